"""Pages read as slides in a real Chromium: by keyboard, by finger, by address, on a phone and on paper."""

import os
import re
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.browser.test_pages import CONTRAST, Quiet
from tests.conftest import run_module, write_files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
MATERIAL = """\
site_name: x
plugins: [essaim, essaim-views]
theme:
  name: material
  font: false
  language: fr
  features: [navigation.instant, navigation.top]
  palette:
    - {media: '(prefers-color-scheme: light)', scheme: default, primary: teal}
    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}
"""
PLAIN = "site_name: x\nplugins: [essaim, essaim-views]\ntheme: {name: mkdocs, color_mode: auto, locale: fr}\n"
FILES = {
    "docs/index.md": "# Accueil\n\n[[accueillir]] et [[simple]]\n",
    "docs/seances/_type.yml": """\
type: seance
slides: true
fields:
  titre: text
  resume: text
  duree: text
  pas: {type: group, many: true, fields: {quoi: text}}
""",
    "docs/seances/accueillir.md": """\
---
titre: Accueillir
resume: Une heure ensemble.
duree: une heure
pas: [{quoi: Saluer}]
---

Avant de commencer.

## Se présenter

Chaque personne dit son nom. [Un lien](../index.md)

### Un détail

- un
- deux

## Visiter

| a | b |
| - | - |
| c | d |

## Se quitter

Merci.
""",
    "docs/simple.md": "# Simple\n\n## Un\n\n## Deux\n",
}
PATH = "/seances/accueillir/"


@pytest.fixture(scope="module", params=["material", "mkdocs"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the wiki with each theme and serve it."""
    folder = tmp_path_factory.mktemp(request.param)
    config = MATERIAL if request.param == "material" else PLAIN
    source = write_files(folder / "source", {**FILES, "mkdocs.yml": config})
    run_module("mkdocs", "build", "-q", "-d", str(folder / "site"), cwd=source, status=0)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "site"))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ["ESSAIM_BROWSER"], args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """A browser that shows the page."""
    opened = context.new_page()
    opened.goto(address + PATH)
    return opened


def bar(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Diaporama")


def told(page: Page, number: int) -> None:
    """Check that a slide is shown, and that the page says so."""
    expect(bar(page).get_by_role("status")).to_have_text(f"Diapo {number} sur 4")
    expect(page).to_have_url(re.compile(rf"#diapo-{number}$"))


def shown(page: Page) -> list[str]:
    """Return which of some words can be seen."""
    words = {
        "titre": page.locator("h1"),
        "résumé": page.get_by_text("Une heure ensemble."),
        "avant": page.get_by_text("Avant de commencer."),
        "présenter": page.get_by_role("heading", name="Se présenter"),
        "détail": page.get_by_role("heading", name="Un détail"),
        "visiter": page.get_by_role("cell", name="d", exact=True),
        "quitter": page.get_by_text("Merci."),
        "panneau": page.locator(".essaim-fiche"),
        "groupe": page.get_by_text("Saluer"),
        "cité": page.locator(".essaim-relations"),
        "menu": page.locator(".md-header, .navbar"),
    }
    return [name for name, locator in words.items() if locator.first.is_visible()]


def begin(page: Page) -> None:
    page.get_by_role("link", name="Diaporama", exact=True).click()
    told(page, 1)


def test_a_slide_for_each_heading(page: Page) -> None:
    assert {"titre", "présenter", "groupe", "menu"} <= {*shown(page)}
    begin(page)
    assert shown(page) == ["titre", "résumé", "avant"]
    page.keyboard.press("ArrowRight")
    told(page, 2)
    assert shown(page) == ["présenter", "détail"]
    page.keyboard.press("ArrowRight")
    told(page, 3)
    assert shown(page) == ["visiter"]
    page.keyboard.press("ArrowRight")
    told(page, 4)
    assert shown(page) == ["quitter"]
    page.keyboard.press("ArrowRight")
    told(page, 4)


def test_by_keyboard(page: Page) -> None:
    begin(page)
    for key, number in (
        ("Space", 2),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("End", 4),
        ("Shift+Space", 3),
        ("Home", 1),
        ("ArrowLeft", 1),
    ):
        page.keyboard.press(key)
        told(page, number)
    page.keyboard.press("Escape")
    expect(bar(page)).to_have_count(0)
    expect(page.get_by_role("link", name="Diaporama", exact=True)).to_be_focused()
    assert page.evaluate("location.hash") == ""
    assert {"titre", "présenter", "groupe", "menu"} <= {*shown(page)}
    page.keyboard.press("Home")
    assert page.evaluate("location.hash") == ""


def test_the_focus_follows_unless_it_is_on_a_button(page: Page) -> None:
    begin(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Se présenter")).to_be_focused()
    following = bar(page).get_by_role("button", name="Suivante")
    following.focus()
    page.keyboard.press("Enter")
    told(page, 3)
    expect(following).to_be_focused()
    page.keyboard.press("Space")
    told(page, 4)
    expect(following).to_have_attribute("aria-disabled", "true")
    expect(following).to_be_focused()
    assert bar(page).get_by_role("status").get_attribute("aria-live") == "polite"


def test_the_address_keeps_the_slide(page: Page, context: BrowserContext, address: str) -> None:
    begin(page)
    page.keyboard.press("End")
    told(page, 4)
    other = context.new_page()
    other.goto(f"{address}{PATH}#diapo-3")
    told(other, 3)
    assert shown(other) == ["visiter"]
    other.reload()
    told(other, 3)
    page.go_back()
    told(page, 1)
    page.go_back()
    expect(bar(page)).to_have_count(0)
    assert "menu" in shown(page)
    page.go_forward()
    told(page, 1)


@pytest.mark.parametrize("hash", ["#diapo-0", "#diapo-99", "#diapo-x", "#visiter"])
def test_an_address_that_no_slide_has(context: BrowserContext, address: str, hash: str) -> None:
    page = context.new_page()
    page.goto(f"{address}{PATH}{hash}")
    expect(page.get_by_role("link", name="Diaporama", exact=True, include_hidden=True)).to_have_count(1)
    expect(bar(page)).to_have_count(1 if hash[-1].isdigit() else 0)


def test_a_link_in_a_slide_leads_away(page: Page) -> None:
    begin(page)
    page.keyboard.press("ArrowRight")
    page.get_by_role("link", name="Un lien").click()
    expect(page.locator("h1")).to_contain_text("Accueil")
    expect(bar(page)).to_have_count(0)
    assert page.locator(".essaim-diaporama").count() == 0
    assert "menu" in shown(page)
    page.go_back()
    told(page, 2)
    assert shown(page) == ["présenter", "détail"]


def test_a_type_that_says_nothing_has_none(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/simple/#diapo-1")
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("Diaporama").count() == 0
    assert page.locator("h1").is_visible()


def test_without_javascript_the_page_is_just_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PATH}#diapo-2")
    assert page.get_by_text("Diaporama").count() == 0
    assert {"titre", "présenter", "visiter", "menu"} <= {*shown(page)}
    context.close()


def test_by_finger(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True)
    page = context.new_page()
    page.goto(address + PATH)
    page.get_by_role("link", name="Diaporama", exact=True).tap()
    told(page, 1)
    session = context.new_cdp_session(page)

    def swipe(x: int, y: int) -> None:
        def touch(kind: str, *points: tuple[int, int]) -> None:
            session.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]}
            )

        touch("touchStart", (160, 300))
        touch("touchMove", (160 + x // 2, 300 + y // 2))
        touch("touchMove", (160 + x, 300 + y))
        touch("touchEnd")

    swipe(-120, 10)
    told(page, 2)
    swipe(-120, 10)
    told(page, 3)
    swipe(120, -10)
    told(page, 2)
    swipe(-40, 0)
    swipe(-60, 100)
    page.wait_for_timeout(200)
    told(page, 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_phone_never_scrolls_sideways(browser: Browser, address: str, number: int) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{address}{PATH}#diapo-{number}")
    told(page, number)
    page.wait_for_timeout(300)  # Material puts its tables in boxes that scroll, a moment later
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in bar(page).get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["height"] >= 40
    context.close()


@pytest.mark.parametrize(("motion", "name"), [("reduce", "none"), ("no-preference", "essaim-diapo")])
def test_slides_move_only_for_who_wants_it(browser: Browser, address: str, motion: Any, name: str) -> None:
    context = browser.new_context(reduced_motion=motion)
    page = context.new_page()
    page.goto(f"{address}{PATH}#diapo-1")
    told(page, 1)
    assert page.locator("h1").evaluate("e => getComputedStyle(e).animationName") == name
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(browser: Browser, address: str, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}{PATH}#diapo-2")
    told(page, 2)
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_on_paper_each_slide_has_a_sheet(page: Page) -> None:
    begin(page)
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 4
    assert all(float(width) > float(height) for width, height in boxes)
    page.emulate_media(media="print")
    assert shown(page) == ["titre", "résumé", "avant", "présenter", "détail", "visiter", "quitter"]
