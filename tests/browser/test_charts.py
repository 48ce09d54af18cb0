"""Charts and gauges in a real Chromium: on a phone, in both schemes, without JavaScript, on paper."""

import os
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.test_pages import CONTRAST, Quiet
from tests.conftest import run_module, write_files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
TRADES = "batiment informatique sante accompagnement artisanat culture transport littoral".split()
FILES = {
    "mkdocs.yml": """\
site_name: Essai
theme:
  name: material
  language: fr
  font: false
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, primary: teal}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, primary: teal}
plugins: [essaim, essaim-views]
""",
    "docs/index.md": "# Accueil\n",
    "docs/contrats/_type.yml": """\
type: contrat
label: {one: contrat, many: contrats}
fields:
  titre: {type: text}
  metier: {type: choice, of: [batiment, informatique, sante, accompagnement, artisanat, culture, transport, littoral]}
  branche: {type: text}
  montant: {type: number, label: Montant}
  signe_le: {type: date, label: Signé le}
""",
}
CONTRACTS = {
    f"docs/contrats/c{n}.md": f"---\ntitre: Contrat {n}\nmetier: {TRADES[n % 5]}\n"
    f"montant: {(n * 977) % 5000 - 900}.5\n"
    f"branche: Branche {n % 9} dont le nom est bien trop long pour tenir sur un téléphone\n"
    f"signe_le: 2026-{n % 11 + 1:02}-0{n % 9 + 1}\n---\n"
    for n in range(60)
}
QUERIES = (
    "vue: graphique\ngroupe_par: metier\ntitre: Barres",
    "vue: graphique\ngroupe_par: branche\ncalcul: somme\nchamp: montant\nunite: €\ntitre: Longs noms",
    "vue: graphique\ngroupe_par: metier\nseries: branche\ntitre: Séries",
    "vue: graphique\ngroupe_par: signe_le\ncalcul: somme\nchamp: montant\nunite: €\ntitre: Courbe",
    "vue: graphique\ngroupe_par: signe_le\nseries: branche\ntitre: Courbes",
    "vue: graphique\ngroupe_par: titre\ncalcul: somme\nchamp: montant\ntitre: Longue",
    "vue: jauge\nsur: 75\ntitre: But",
    "vue: jauge\nou: metier = sante\nseuil: 10\nsens: max\ntitre: Plafond",
    "vue: jauge\nou: montant < 0\ncalcul: somme\nchamp: montant\nsur: 100000\nunite: €\ntitre: Négative",
)
BODY = "".join(f"```requete\nde: contrat\n{query}\n```\n\n" for query in QUERIES)
BOXES = """(svg) => [...svg.querySelectorAll("text")].map((text) => {
  const { left, top, right, bottom } = text.getBoundingClientRect();
  return { left, top, right, bottom, said: text.textContent };
})"""
FAINT = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const linear = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = light(getComputedStyle(document.body).getPropertyValue("--md-default-bg-color"));
  const strokes = [...document.querySelectorAll(".essaim-trace :is(rect, use, .essaim-courbe)")];
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const colour = (e) => getComputedStyle(e)[e.classList.contains("essaim-plein") ? "fill" : "stroke"];
  return strokes.filter((e) => ratio(light(colour(e)), behind) < 3).map((e) => e.getAttribute("class"));
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a wiki whose page « Chiffres » has a chart or gauge of each kind, and serve it."""
    wiki, site = tmp_path_factory.mktemp("wiki"), tmp_path_factory.mktemp("site")
    write_files(wiki, FILES | CONTRACTS | {"docs/chiffres.md": f"# Chiffres\n\n{BODY}"})
    run_module("mkdocs", "build", "-q", "-d", str(site), cwd=wiki, status=0)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/chiffres/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=os.environ["ESSAIM_BROWSER"], args=options)
        yield started
        started.close()


def opened(browser: Browser, address: str, width: int = 1280, **options: Any) -> Page:
    """Open the page in a window of its own."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.goto(address)
    return page


def test_every_query_has_its_figure_with_an_image_and_a_table(browser: Browser, address: str) -> None:
    page = opened(browser, address, java_script_enabled=False)
    figures = page.locator("figure.essaim-graphique")
    assert figures.count() == len(QUERIES)
    assert page.locator("figure.essaim-graphique svg[role=img]").count() == len(QUERIES)
    assert page.locator("figure.essaim-graphique table").count() == len(QUERIES)
    for title in ("Longs noms", "Séries", "Plafond"):
        assert page.get_by_role("img", name=title).is_visible()
    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_drawings_fit_in_their_page_and_their_words_apart(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for drawing in page.locator("svg.essaim-trace").all():
        frame = drawing.evaluate("(svg) => svg.getBoundingClientRect().toJSON()")
        boxes = drawing.evaluate(BOXES)
        assert frame["height"] > 40
        for box in boxes:
            assert box["left"] >= frame["left"] - 1, box
            assert box["right"] <= min(width, frame["right"] + 1), box
            assert box["top"] >= frame["top"] - 3, box
            assert box["bottom"] <= frame["bottom"] + 1, box
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                beside = one["right"] <= other["left"] or other["right"] <= one["left"]
                assert beside or one["bottom"] <= other["top"] + 6 or other["bottom"] <= one["top"] + 6, (one, other)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_bars_stand_out(browser: Browser, address: str, scheme: Any) -> None:
    page = opened(browser, address, color_scheme=scheme)
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate(FAINT) == []
    page.context.close()


def test_a_long_table_unfolds_by_keyboard(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    summary = page.locator("summary", has_text="Les chiffres : 60 lignes")
    table = page.get_by_role("figure", name="Longue").get_by_role("table")
    assert not table.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
    page.context.close()


def test_folded_tables_are_printed(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.emulate_media(media="print")
    table = page.locator("figure", has_text="Longue").locator("table")
    assert table.evaluate("(table) => table.getBoundingClientRect().height") > 1000
    assert table.evaluate("(table) => table.checkVisibility({ contentVisibilityAuto: true })")
    page.context.close()


def test_patterns_are_really_drawn(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    for name in page.locator("svg.essaim-trace rect[fill^=url]").evaluate_all(
        "all => all.map(e => e.getAttribute('fill'))"
    ):
        assert page.locator(name[4:-1]).count() == 1
    hatched = page.locator("svg.essaim-trace rect.essaim-rel-1").first
    assert hatched.evaluate("(e) => getComputedStyle(e).fill").startswith("url(")
    assert (
        page.locator("svg.essaim-trace rect.essaim-rel-0").first.evaluate("(e) => getComputedStyle(e).fill") != "none"
    )
    page.context.close()
