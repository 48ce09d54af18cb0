"""The repository's wiki in a real Chromium: what a reader sees, on a phone, without JavaScript, by keyboard."""

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8").partition("\n")[2].rstrip(";\n")
PAGES = (
    "/",
    "/demarches/",
    "/demarches/signer-un-cape/",
    "/profils/",
    "/profils/ines-valloire/",
    "/termes/",
    "/etapes/",
    "/aide/",
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address(this_wiki: Path) -> Iterator[str]:
    """Serve the wiki."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(this_wiki))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=os.environ["ESSAIM_BROWSER"], args=options)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_nothing_is_asked_of_anyone_else(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(address + path, wait_until="networkidle")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_no_page_breaks_its_scripts_or_misses_a_file(page: Page, address: str) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("response", lambda answer: problems.append(answer.url) if answer.status >= 400 else None)
    for path in PAGES:
        page.goto(address + path, wait_until="networkidle")
    assert problems == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_everything_is_there_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="les démarches").first.click()
    page.get_by_role("link", name="Signer un CAPE").first.click()
    assert page.locator("h1").inner_text().strip().startswith("Signer un CAPE")
    assert page.get_by_role("heading", name="Ouvre la voie à").is_visible()
    page.locator(".essaim-relations a").first.click()
    assert page.locator("h1").count() == 1
    context.close()


def test_one_reaches_a_person_through_what_they_did(page: Page, address: str) -> None:
    page.goto(address + "/demarches/signer-un-cape/")
    row = page.locator("section.essaim-detail", has=page.get_by_role("heading", name="Déjà faite par"))
    name = row.get_by_role("link").first.inner_text()
    row.get_by_role("link").first.click()
    assert name in page.locator("h1").inner_text()
    assert page.get_by_role("heading", name="A déjà fait").is_visible()
    assert page.get_by_text("Personne inventée").is_visible()


def test_what_is_for_members_is_not_shown(page: Page, address: str) -> None:
    page.goto(address + "/profils/ines-valloire/")
    assert "exemple.invalid" not in page.content()
    assert "Consentement" not in page.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_text_stands_out_from_its_background(browser: Browser, address: str, path: str, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address + path)
    faint = page.evaluate(CONTRAST)
    assert faint == []
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_structure_is_told_to_assistive_technologies(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('article :is(h1,h2,h3,h4,h5,h6)')].map(h => +h.tagName[1])")
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert page.evaluate("[...document.querySelectorAll('article img')].filter(i => !i.alt).length") == 0
    assert page.evaluate("[...document.querySelectorAll('article a')].filter(a => !a.textContent.trim()).length") == 0
    bare = "[...document.querySelectorAll('table.essaim-table')].filter(t => !t.querySelector('th[scope]')).length"
    assert page.evaluate(bare) == 0
    ids = page.evaluate("[...document.querySelectorAll('article [id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_what_has_the_focus_is_never_behind_the_header(browser: Browser, address: str) -> None:
    """Walking back with the keyboard at 200 %, where the header takes most room."""
    context = browser.new_context(viewport={"width": 640, "height": 450})
    page = context.new_page()
    page.goto(address + "/demarches/se-faire-rembourser-ses-frais/")
    page.locator("article a").last.focus()
    behind, met = [], 0
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        text, top, header = page.evaluate(
            "() => { const e = document.activeElement; const bar = document.querySelector('.md-header');"
            " return [e.closest('article') ? e.textContent || e.type : '',"
            " e.getBoundingClientRect().top, bar.getBoundingClientRect().bottom]; }"
        )
        met += bool(text)
        if text and top < header:
            behind.append(text)
    assert met > 40
    assert behind == []
    context.close()


def test_the_keyboard_reaches_the_content_first(page: Page, address: str) -> None:
    page.goto(address + "/demarches/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.innerText")
    assert "contenu" in focused.lower()
