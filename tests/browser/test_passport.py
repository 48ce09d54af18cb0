"""The passport of a newcomer in a real Chromium: its dates, its calendar, its sheet; nothing leaves the browser."""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.browser.test_pages import CONTRAST, Quiet
from tests.conftest import run_module, write_files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
CONFIG = """\
site_name: x
plugins: [essaim, essaim-views]
theme:
  name: material
  font: false
  language: fr
  features: [navigation.instant]
  palette:
    - {media: '(prefers-color-scheme: light)', scheme: default, primary: teal}
    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}
"""
LONG = "Ouvrez l'outil de gestion, puis préparez un devis ; même « pour voir ». " + "été " * 30 + "\\fin"
FILES = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": "# Accueil\n\n[[arriver]]\n",
    "docs/parcours/_type.yml": """\
type: parcours
fields:
  titre: text
  alias: {type: text, many: true}
  semaines:
    type: group
    many: true
    label: "Semaine par semaine"
    fields:
      titre: {type: text, label: Quand}
      quoi: {type: text, label: Ce que je fais}
      semaine: {type: integer}
      demarches: {type: reference, to: demarche, many: true, label: Démarches}
passport: {steps: semaines, title: titre, text: quoi, after: semaine, pages: demarches, page_steps: etapes.titre}
""",
    "docs/demarches/_type.yml": (
        "type: demarche\nfields:\n  titre: text\n  etapes: {type: group, many: true, fields: {titre: text}}\n"
    ),
    "docs/demarches/signer.md": "---\ntitre: Signer\netapes:\n  - {titre: Lire}\n  - {titre: Parapher}\n---\n",
    "docs/demarches/compter.md": "---\ntitre: 'Compter, payer'\n---\n",
    "docs/parcours/arriver.md": f"""\
---
titre: Mes trois premiers mois
alias: [entrer]
semaines:
  - {{titre: Semaine 1, quoi: Dire bonjour, demarches: [signer, compter]}}
  - {{titre: Gérer, quoi: "{LONG.replace(chr(92), chr(92) * 2)}", demarches: [compter]}}
  - {{titre: Le bilan, semaine: 12}}
---

## Comment s'en servir

Pas à pas.
""",
}
PATH = "/parcours/arriver/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a small wiki and serve it."""
    folder = tmp_path_factory.mktemp("passport")
    source = write_files(folder / "source", FILES)
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
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, timezone_id="Europe/Paris", locale="fr-FR")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """A browser that shows the passport for the first time."""
    opened = context.new_page()
    opened.goto(address + PATH)
    return opened


def sheet(page: Page) -> Locator:
    return page.locator(".essaim-passeport")


def begin(page: Page, day: str) -> None:
    """Say when one begins."""
    page.get_by_label("Je commence le").fill(day)
    page.get_by_label("Je commence le").dispatch_event("change")


def dates(page: Page) -> list[str]:
    return page.locator(".essaim-passeport-date").all_inner_texts()


def take(page: Page, folder: Path) -> bytes:
    """Return the calendar that the button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le calendrier (.ics)").click()
    assert re.fullmatch(r"passeport-\d{4}-\d\d-\d\d\.ics", download.value.suggested_filename)
    download.value.save_as(folder / "x.ics")
    return (folder / "x.ics").read_bytes()


def events(text: bytes) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_without_javascript_it_is_a_table(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    assert page.get_by_role("heading", name="Mon passeport").is_visible()
    rows = sheet(page).locator("tbody tr")
    assert [row.locator("th").inner_text() for row in rows.all()] == ["Semaine 1", "Semaine 2", "Semaine 12"]
    assert rows.nth(0).get_by_role("link", name="Signer").is_visible()
    assert not rows.nth(0).get_by_text("Parapher").is_visible()
    rows.nth(0).get_by_text("Ses étapes (2)").click()
    assert rows.nth(0).get_by_text("Parapher").is_visible()
    assert sheet(page).locator("button, input").count() == 0
    context.close()


def test_today_is_proposed_and_only_looking_keeps_nothing(page: Page) -> None:
    today = date.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv')"))
    expect(page.get_by_label("Je commence le")).to_have_value(today.isoformat())
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('passeport'))") == []
    expect(page.get_by_role("button", name="Effacer ma date")).to_be_hidden()


def test_each_step_has_its_week(page: Page) -> None:
    begin(page, "2026-12-03")
    assert dates(page) == [
        "semaine du 30 novembre 2026",
        "semaine du 7 décembre 2026",
        "semaine du 15 février 2027",
    ]
    begin(page, "2026-02-01")  # a Sunday is of the week that ends
    assert dates(page)[:2] == ["semaine du 26 janvier 2026", "semaine du 2 février 2026"]
    begin(page, "2026-06-01")
    assert dates(page)[0] == "semaine du 1er juin 2026"


def test_the_date_is_kept_and_erased(page: Page, address: str) -> None:
    begin(page, "2026-12-03")
    page.goto(address)
    page.get_by_role("link", name="Mes trois premiers mois").first.click()
    expect(page.get_by_label("Je commence le")).to_have_value("2026-12-03")
    page.reload()
    expect(page.get_by_label("Je commence le")).to_have_value("2026-12-03")
    page.get_by_role("button", name="Effacer ma date").click()
    expect(page.get_by_label("Je commence le")).to_be_focused()
    expect(sheet(page).get_by_role("status")).to_have_text("Votre date est effacée de ce navigateur.")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('passeport'))") == []
    page.reload()
    expect(page.get_by_label("Je commence le")).not_to_have_value("2026-12-03")


def test_a_page_that_was_renamed_keeps_it(page: Page) -> None:
    page.evaluate("localStorage.setItem('essaim-passeport:/:parcours/entrer', '2026-12-03')")
    page.reload()
    expect(page.get_by_label("Je commence le")).to_have_value("2026-12-03")
    begin(page, "2026-12-10")
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.includes('passeport'))")
    assert kept == [["essaim-passeport:/:parcours/arriver", "2026-12-10"]]


def test_another_tab_follows(page: Page, context: BrowserContext, address: str) -> None:
    other = context.new_page()
    other.goto(address + PATH)
    begin(page, "2026-12-03")
    expect(other.get_by_label("Je commence le")).to_have_value("2026-12-03")


@pytest.mark.parametrize("start", ["2026-10-21", "2026-12-28", "2027-03-22", "2028-02-21"])
def test_the_calendar_is_right_across_changes_of_hour_and_of_year(page: Page, tmp_path: Path, start: str) -> None:
    begin(page, start)
    found = events(take(page, tmp_path))
    day = date.fromisoformat(start)
    monday = day - timedelta(days=day.weekday())
    assert [one.decoded("DTSTART") for one in found] == [monday + timedelta(weeks=week) for week in (0, 1, 11)]
    assert all(one.decoded("DTEND") - one.decoded("DTSTART") == timedelta(days=1) for one in found)
    assert [one["DTSTART"].params["VALUE"] for one in found] == ["DATE"] * 3


def test_the_calendar_tells_what_to_do(page: Page, tmp_path: Path, address: str) -> None:
    begin(page, "2026-12-03")
    first, second, third = events(take(page, tmp_path))
    assert str(first["SUMMARY"]) == "Semaine 1 : Dire bonjour"
    assert str(first["DESCRIPTION"]) == (
        f"Dire bonjour\n\nSigner\n{address}/demarches/signer/\n\nCompter, payer\n{address}/demarches/compter/"
    )
    assert str(second["SUMMARY"]) == "Semaine 2 : Gérer"
    assert str(second["DESCRIPTION"]).startswith(f"{LONG}\n\n")
    assert str(third["SUMMARY"]) == "Semaine 12 : Le bilan"
    assert "DESCRIPTION" not in third
    assert str(first["URL"]) == address + PATH


def test_the_calendar_is_written_as_the_norm_wants(page: Page, tmp_path: Path) -> None:
    begin(page, "2026-12-03")
    text = take(page, tmp_path)
    lines = text.split(b"\r\n")
    assert lines.pop() == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two
    calendar = Calendar.from_ical(text)
    assert (calendar["VERSION"], "PRODID" in calendar) == ("2.0", True)
    assert all("DTSTAMP" in one for one in events(text))


def test_an_event_keeps_its_identifier(page: Page, tmp_path: Path) -> None:
    begin(page, "2026-12-03")
    before = [str(one["UID"]) for one in events(take(page, tmp_path))]
    page.reload()
    begin(page, "2027-01-14")
    assert [str(one["UID"]) for one in events(take(page, tmp_path))] == before
    assert len(set(before)) == 3


def test_without_a_date_one_is_asked_for(page: Page) -> None:
    begin(page, "")
    assert dates(page) == ["", "", ""]
    page.get_by_role("button", name="Télécharger le calendrier (.ics)").click()
    expect(sheet(page).get_by_role("status")).to_have_text("Choisissez d'abord le jour où vous commencez.")
    expect(page.get_by_label("Je commence le")).to_be_focused()


def test_nothing_is_sent(page: Page, tmp_path: Path) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("window.print = () => {}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begin(page, "2026-12-03")
    take(page, tmp_path)
    page.get_by_role("button", name="Imprimer mon passeport").click()
    page.get_by_role("button", name="Effacer ma date").click()
    page.wait_for_timeout(300)
    assert [url for url in asked if not url.startswith("blob:")] == []


def test_the_sheet_is_printed_alone(page: Page) -> None:
    begin(page, "2026-12-03")
    page.evaluate("window.print = () => { window.asked = true; }")  # the dialog of the machine
    page.get_by_role("button", name="Imprimer mon passeport").click()
    assert page.evaluate("window.asked")
    page.emulate_media(media="print")
    assert not sheet(page).get_by_text("Parapher").is_visible()  # unfolded steps are printed, the others are not
    page.evaluate("document.querySelectorAll('.essaim-passeport details').forEach(one => { one.open = true; })")
    assert not sheet(page).get_by_text("Parapher").is_visible()  # even where a theme unfolds all on paper
    assert sheet(page).get_by_text("semaine du 30 novembre 2026").is_visible()
    assert sheet(page).get_by_text("Mes trois premiers mois").is_visible()
    for hidden in ("h1", "#comment-sen-servir", "header", ".essaim-passeport .essaim-suivi", "#champ-semaines"):
        assert not page.locator(hidden).first.is_visible(), hidden
    box = page.evaluate(
        "getComputedStyle(document.querySelector('.essaim-passeport-quand'), '::before').borderTopStyle"
    )
    assert box == "solid"
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("h1").is_visible()
    assert not sheet(page).get_by_text("Parapher").is_visible()
    assert page.evaluate("document.documentElement.className").find("passeport") < 0


def test_steps_that_the_reader_unfolded_are_printed_too(page: Page) -> None:
    begin(page, "2026-12-03")
    page.evaluate("window.print = () => {}")
    page.evaluate("document.querySelectorAll('.essaim-passeport details').forEach(one => { one.open = true; })")
    page.get_by_role("button", name="Imprimer mon passeport").click()
    page.emulate_media(media="print")
    assert sheet(page).get_by_text("Parapher").is_visible()


def test_a_browser_that_keeps_nothing_says_so(page: Page) -> None:
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    begin(page, "2026-12-03")
    assert dates(page)[0] == "semaine du 30 novembre 2026"
    expect(sheet(page).get_by_text("Ce navigateur ne garde rien")).to_be_visible()


def test_a_phone_never_scrolls_sideways(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + PATH)
    expect(page.get_by_label("Je commence le")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(browser: Browser, address: str, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address + PATH)
    expect(page.get_by_label("Je commence le")).to_be_visible()
    assert page.evaluate(CONTRAST) == []
    context.close()
