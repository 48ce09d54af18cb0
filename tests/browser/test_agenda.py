"""The agenda in a real Chromium: on a phone and on a wide screen, in both colour schemes, by keyboard."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.test_pages import CONTRAST, Quiet
from tests.conftest import run_module, write_files
from tests.engine.test_events import GROUP, TYPE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
MKDOCS = """\
site_name: Essai
plugins: [essaim, essaim-views]
theme:
  name: material
  language: fr
  font: false
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, primary: teal, accent: teal}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, primary: teal, accent: teal}
"""
FORMS = {"": "les deux", "mois/": "mois", "liste/": "liste"}


def wiki(today: date) -> dict[str, str]:
    later = today + timedelta(days=1)
    daily = f"titre: Point du jour\ndebut: {today} 12:00\nfin: {today} 12:45\nrevient: chaque jour\n"
    name = "Séminaire interdépartemental d'automne"
    where = "Salle-polyvalente-et-intergénérationnelle-de-l-agglomération-rochefortaisedelarive"
    long = f"titre: {name}\ndebut: {today} 09:00\nfin: {later} 17:00\netat: annule\nlieu: {where}\n"
    block = "```requete\nde: evenement\nvue: agenda\ndu: {}\nforme: {}\n```\n\n[[pilotage]] [[point]] [[seminaire]]\n"
    texts = {
        "docs/evenements/_type.yml": TYPE,
        "docs/groupes/_type.yml": GROUP,
        "docs/groupes/pilotage.md": "---\ntitre: Pilotage\n---\n",
        "docs/evenements/point.md": f"---\n{daily}groupe: [pilotage]\nlieu: Au siège\n---\n",
        "docs/evenements/seminaire.md": f"---\n{long}---\n",
    }
    for path, form in FORMS.items():
        texts[f"docs/{path}index.md"] = f"# Agenda\n\n{block.format(today, form)}"
    return texts


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the wiki and serve it; a build that runs over midnight is of the day when it began."""
    root: Path = write_files(tmp_path_factory.mktemp("wiki"), {**wiki(date.today()), "mkdocs.yml": MKDOCS})
    run_module("mkdocs", "build", "-q", cwd=root, status=0)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root / "site"))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu"]
        started = playwright.chromium.launch(executable_path=os.environ["ESSAIM_BROWSER"], args=options)
        yield started
        started.close()


def opened(browser: Browser, address: str, width: int, scheme: Any = "light", **options: Any) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
@pytest.mark.parametrize("path", [*FORMS, "evenements/seminaire/", "groupes/pilotage/"])
def test_it_never_scrolls_sideways(browser: Browser, address: str, path: str, width: int) -> None:
    page = opened(browser, address + path, width)
    assert page.evaluate("document.querySelector('.md-main').scrollWidth") <= width
    rights = "[...document.querySelectorAll('article *')].map(e => e.getBoundingClientRect().right)"
    assert max(page.evaluate(rights)) <= width
    page.context.close()


@pytest.mark.parametrize(
    ("path", "width", "list_shown", "grids_shown"),
    [
        ("", 390, True, False),
        ("", 1280, True, True),
        ("mois/", 390, True, False),
        ("mois/", 1280, False, True),
        ("liste/", 390, True, False),
        ("liste/", 1280, True, False),
    ],
)
def test_grids_are_for_wide_screens_and_the_list_for_the_others(
    browser: Browser, address: str, path: str, width: int, list_shown: bool, grids_shown: bool
) -> None:
    page = opened(browser, address + path, width, java_script_enabled=False)
    assert page.locator(".essaim-agenda-jours").is_visible() == list_shown
    assert {table.is_visible() for table in page.locator("table.essaim-mois").all()} <= {grids_shown}
    assert page.locator("table.essaim-mois").count() == (0 if path == "liste/" else 2)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["", "evenements/point/", "groupes/pilotage/"])
def test_text_stands_out_from_its_background(
    browser: Browser, address: str, path: str, width: int, scheme: Any
) -> None:
    page = opened(browser, address + path, width, scheme)
    assert page.evaluate(CONTRAST) == []
    page.context.close()


def test_a_grid_is_told_to_assistive_technologies(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    table = page.locator("table.essaim-mois").first
    assert table.locator("caption").inner_text() != ""
    assert [head.inner_text() for head in table.get_by_role("columnheader").all()][::6] == ["lundi", "dimanche"]
    assert page.locator("table td", has_text="aujourd'hui").count() == 1
    assert page.locator("ol.essaim-agenda-jours > li", has_text="(aujourd'hui)").count() == 1
    assert page.locator("ol.essaim-agenda-jours").get_attribute("aria-label") == "Agenda"
    page.context.close()


def test_cancelled_is_said_in_words_wherever_it_is_shown(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    texts = page.locator(".essaim-agenda ul > li", has_text="Séminaire").all_inner_texts()
    assert len(texts) >= 2
    assert all("annulé" in text for text in texts)
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_one_reaches_an_event_and_the_calendar_by_keyboard(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width)
    page.locator(".essaim-agenda-jours a").first.focus()
    reached = []
    for _ in range(400):
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
        if reached[-1] == "agenda.ics":
            break
        page.keyboard.press("Tab")
    assert reached[-1] == "agenda.ics"
    assert "evenements/point/" in reached
    page.context.close()


def test_a_calendar_is_given_as_one(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    link = page.locator("a[href='agenda.ics']")
    assert link.get_attribute("type") == "text/calendar"
    answer = page.request.get(address + "agenda.ics")
    assert answer.ok
    assert answer.text().startswith("BEGIN:VCALENDAR\r\n")
    page.context.close()
