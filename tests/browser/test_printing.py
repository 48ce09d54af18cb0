"""Pages on paper, printed by a real Chromium: what is there, what is not, and on how many sheets."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.test_pages import Quiet
from tests.conftest import write_files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
MATERIAL = """\
site_name: Le wiki
site_url: https://wiki.exemple.invalid/
copyright: Mention de bas de page
plugins: [essaim, essaim-links, essaim-views]
theme:
  name: material
  font: false
  language: fr
  palette:
    - {media: '(prefers-color-scheme: light)', scheme: default, primary: teal}
    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}
"""
PLAIN = """\
site_name: Le wiki
site_url: https://wiki.exemple.invalid/
plugins: [essaim, essaim-links, essaim-views]
theme: {name: mkdocs, color_mode: auto, locale: fr}
"""
TABLE = '```requete\nde: point\nou: "sujet = {}"\nvue: tableau\ntitre: {}\ncolonnes: [titre, qui, quand]\n```\n\n'
FILES = {
    "docs/index.md": "# Accueil\n\n[[lundi]]\n",
    "docs/points/_type.yml": """\
type: point
fields:
  titre: text
  sujet: {type: choice, of: [dates, argent, accueil]}
  qui: text
  quand: {type: date}
index: {view: table, columns: [titre, qui], sort: titre}
""",
    "docs/reunions/_type.yml": """\
type: reunion
print: true
fields:
  titre: text
  resume: text
  fiches: {type: reference, many: true}
includes: fiches
""",
    "docs/reunions/lundi.md": (
        "---\ntitre: Point du lundi\nresume: Vingt minutes, debout.\n---\n\n"
        + "".join(TABLE.format(name, name.capitalize()) for name in ("dates", "argent", "accueil"))
        + "Voir [un texte](https://exemple.invalid/texte) et [[dossier|le dossier]].\n"
    ),
    "docs/reunions/dossier.md": "---\ntitre: Dossier\nfiches: [premier, second]\n---\n\nÀ lire avant.\n",
    "docs/premier.md": "# Premier\n\nUn.\n",
    "docs/second.md": "# Second\n\nDeux.\n",
} | {
    f"docs/points/p{number:02}.md": (
        f"---\ntitre: Point numéro {number} de la liste\nsujet: {('dates', 'argent', 'accueil')[number % 3]}\n"
        f"qui: Personne {number}\nquand: 2026-12-{number + 1:02}\n---\n"
    )
    for number in range(25)
}
"""A meeting with 25 points, in three tables."""


def build(folder: Path, config: str) -> Path:
    """Build the wiki on a given day."""
    source = write_files(folder / "source", {**FILES, "mkdocs.yml": config})
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1796083200"}
    command = ["mkdocs", "build", "-q", "-d", str(folder / "site")]
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=source, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module", params=["material", "mkdocs"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the wiki with each theme and serve it."""
    folder = tmp_path_factory.mktemp(request.param)
    site = build(folder, MATERIAL if request.param == "material" else PLAIN)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
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


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    yield context.new_page()
    context.close()


def sheets(page: Page) -> int:
    """Return on how many sheets a page is printed."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_meeting_of_three_tables_fits_on_one_sheet(page: Page, address: str) -> None:
    page.goto(f"{address}/reunions/lundi/")
    assert page.locator(".essaim-vue tbody tr").count() == 25
    assert sheets(page) == 1


def test_what_is_for_screens_is_not_printed(page: Page, address: str) -> None:
    page.goto(f"{address}/reunions/lundi/")
    expect(page.get_by_role("button", name="Imprimer", exact=True)).to_be_visible()
    page.emulate_media(media="print")
    left = page.evaluate(
        """() => [...document.querySelectorAll('header, nav, footer, button, form, input, .navbar')]
            .filter((one) => one.checkVisibility() && one.getClientRects().length && one.offsetHeight > 1)
            .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert left == []
    assert page.get_by_text("Vingt minutes, debout.").is_visible()


def test_columns_keep_the_names_that_one_sorts_by(page: Page, address: str) -> None:
    page.goto(f"{address}/points/")
    expect(page.locator("th button")).to_have_count(2)
    page.emulate_media(media="print")
    shown = page.locator(".essaim-index thead th").evaluate_all(
        "all => all.map((one) => one.firstElementChild.checkVisibility() && one.innerText.trim())"
    )
    assert shown == ["Titre", "Qui"]


def test_it_is_black_on_white(page: Page, address: str) -> None:
    page.goto(f"{address}/reunions/lundi/")
    page.emulate_media(media="print")
    words = "h1, .essaim-resume, caption, .essaim-table td, .essaim-table th a, a[href^='https:']"
    told = page.locator(":is(.md-content, [role=main])").locator(words)
    colours = told.evaluate_all("all => all.map((one) => getComputedStyle(one).color)")
    assert set(colours) == {"rgb(0, 0, 0)"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    size = page.locator(".essaim-resume").evaluate("e => parseFloat(getComputedStyle(e.parentElement).fontSize)")
    assert size == pytest.approx(11 * 96 / 72, abs=0.1)


def test_nothing_is_cut_at_the_sides(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 680, "height": 1000})  # what a sheet holds between its margins
    page.goto(f"{address}/reunions/lundi/")
    page.emulate_media(media="print")
    sides = page.locator("h1, .essaim-vue table, .essaim-edition").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect()).flatMap((box) => [box.left, box.right])"
    )
    assert min(sides) >= 0
    assert max(sides) <= 680


def test_only_addresses_of_other_sites_follow_the_words(page: Page, address: str) -> None:
    page.goto(f"{address}/reunions/lundi/")
    page.emulate_media(media="print")

    def after(selector: str) -> str:
        told: str = page.locator(selector).first.evaluate("e => getComputedStyle(e, '::after').content")
        return told

    assert after('a[href^="https://exemple"]') == '" (https://exemple.invalid/texte)"'
    assert after('p > a[href="../dossier/"]') in ("none", "normal")


def test_each_page_of_a_dossier_begins_on_a_new_sheet(page: Page, address: str) -> None:
    page.goto(f"{address}/reunions/dossier/")
    assert sheets(page) == 3


def test_the_foot_tells_the_day_and_the_address(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/reunions/lundi/")
    assert not page.locator(".essaim-edition").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".essaim-edition").inner_text() == "https://wiki.exemple.invalid/reunions/lundi/"
    box = page.locator(".essaim-edition").locator("xpath=..")
    assert "Édité le 1er décembre 2026" in page.evaluate(
        "getComputedStyle(document.body).getPropertyValue('--essaim-edition')"
    )
    assert box.evaluate("e => getComputedStyle(e, '::after').content") == '"Édité le 1er décembre 2026"'


def test_the_button_prints(page: Page, address: str) -> None:
    page.goto(f"{address}/reunions/lundi/")
    page.evaluate("window.print = () => { window.asked = true; }")  # the dialog of the machine
    page.get_by_role("button", name="Imprimer", exact=True).click()
    assert page.evaluate("window.asked")
    page.goto(f"{address}/points/p01/")
    assert page.get_by_role("button", name="Imprimer", exact=True).count() == 0


def test_the_button_is_only_there_with_the_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/reunions/lundi/")
    assert page.get_by_text("Imprimer", exact=True).count() == 0
    context.close()
