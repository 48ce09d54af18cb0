"""The view `carte` in a real Chromium: the list first, a map that leads to it, by keyboard, on a phone, as text."""

import os
import re
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.test_pages import CONTRAST, Quiet
from tests.conftest import run_module, write_files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
PLACES = {
    "D:63": 12,
    "D:69": 6,
    "D:73": 3,
    "D:75": 1,
    "D:92": 2,
    "D:974": 2,
    "D:2A": 1,
    "C:29019": 1,
    "D:975": 1,
    "FR": 1,
}
PROFILES = {
    f"docs/profils/p{code.replace(':', '').lower()}-{n}.md": f"---\ntitre: Profil {code} {n}\nlieu: {code}\n---\n"
    for code, count in PLACES.items()
    for n in range(count)
}
FILES = {
    "docs/_type.yml": "type: page\n",
    "docs/index.md": "# Accueil\n\n```requete\nde: profil\nvue: carte\ntitre: Nos profils\n```\n\nFin.\n",
    "docs/deux.md": "# Deux cartes\n\n```requete\nde: profil\nvue: carte\n```\n\n"
    "```requete\nde: profil\nou: titre contains 73\nvue: carte\n```\n",
    "docs/profils/_type.yml": "type: profil\nlabel: {one: profil, many: profils, gender: m}\nfields:\n"
    "  titre: {type: text}\n  lieu: {type: territory}\n",
    "docs/profils/nulle-part.md": "---\ntitre: Sans lieu\n---\n",
    "docs/membres/_type.yml": "type: membre\nvisibility: members\nfields:\n  titre: {type: text}\n"
    "  lieu: {type: territory}\n",
    "docs/membres/canari.md": "---\ntitre: CANARI\nlieu: D:69\n---\n",
    "docs/tous.md": "# Tous\n\n```requete\nde: [profil, membre]\nvue: carte\n```\n",
    "mkdocs.yml": "site_name: x\nplugins: [essaim, essaim-links, essaim-views]\ntheme:\n  name: material\n"
    "  font: false\n  language: fr\n  palette:\n"
    "    - {media: '(prefers-color-scheme: light)', scheme: default, primary: teal}\n"
    "    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}\n",
} | PROFILES
NUMBERS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const seen = (...colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const linear = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = (c) => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
  const page = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll(".essaim-france a")].map((link) => {
    const fill = getComputedStyle(link.querySelector("path")).fill;
    const text = getComputedStyle(link.querySelector("text")).fill;
    const [high, low] = [luminance(seen(page, fill)), luminance(seen(page, fill, text))].sort((a, b) => b - a);
    return { level: link.getAttribute("class"), fill: seen(page, fill).join(), ratio: (high + 0.05) / (low + 0.05) };
  });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_files(tmp_path_factory.mktemp("carte"), FILES)
    run_module("mkdocs", "build", "-q", "-d", str(root / "site"), cwd=root, status=0)
    return root / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
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


def link(page: Page, name: str) -> Locator:
    """Return the link of a département on the map."""
    return page.get_by_role("group", name="Carte").get_by_role("link", name=name, exact=True)


def test_the_list_comes_first_and_leads_to_the_pages(page: Page, address: str) -> None:
    page.goto(address)
    said = page.locator(".essaim-vue").inner_text()
    assert said.index("Puy-de-Dôme (63)") < said.index("Contours")
    assert "12 profils" in said
    assert "Profil C:29019 0 commune 29019" in said
    page.get_by_role("link", name="Profil D:73 1", exact=True).click()
    assert page.locator("h1").inner_text().startswith("Profil D:73 1")


def test_the_map_says_each_departement_and_leads_to_its_list(page: Page, address: str) -> None:
    page.goto(address)
    named = page.get_by_role("group", name="Carte : profils par département").get_by_role("link")
    names = [named.nth(n).get_attribute("aria-label") for n in range(named.count())]
    assert names == [
        "Corse-du-Sud : 1 profil",
        "Finistère : 1 profil",
        "Hauts-de-Seine : 2 profils",
        "La Réunion : 2 profils",
        "Paris : 1 profil",
        "Puy-de-Dôme : 12 profils",
        "Rhône : 6 profils",
        "Savoie : 3 profils",
    ]
    link(page, "Savoie : 3 profils").click()
    target = page.locator("li:target")
    assert target.inner_text().startswith("Savoie (73) 3 profils")
    expect(target).to_be_in_viewport()


def test_the_keyboard_can_pass_the_map_or_walk_it(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Passer la carte").focus()
    expect(page.get_by_role("link", name="Passer la carte")).to_be_in_viewport()
    page.keyboard.press("Tab")
    first = link(page, "Corse-du-Sud : 1 profil")
    expect(first).to_be_focused()
    width = "e => parseFloat(getComputedStyle(e.querySelector('path')).strokeWidth)"
    assert first.evaluate(width) > 3 * link(page, "Finistère : 1 profil").evaluate(width)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.essaim-vue')") is None


def test_what_the_map_does_not_show_is_told(page: Page, address: str) -> None:
    page.goto(address)
    said = page.locator(".essaim-vue").inner_text()
    assert "Ces profils valent pour plusieurs départements : la carte ne les compte pas." in said
    assert "Dans la liste, mais pas sur la carte : Saint-Pierre-et-Miquelon (975)." in said
    assert "Sans territoire 1 profil" in said
    assert "Contours : IGN" in said
    assert "Licence Ouverte 2.0" in said


def test_shades_are_told_by_numbers_and_words(page: Page, address: str) -> None:
    page.goto(address)
    assert link(page, "Puy-de-Dôme : 12 profils").locator("text").text_content() == "12"
    told = page.locator(".essaim-teintes").inner_text().split("\n")
    assert told == ["1 profil", "2 à 4 profils", "5 à 9 profils", "10 profils et plus"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_stand_out_and_shades_differ(browser: Browser, address: str, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    found = page.evaluate(NUMBERS)
    assert min(one["ratio"] for one in found) >= 4.5, found
    assert len({one["level"] for one in found}) == len({one["fill"] for one in found}) == 4
    assert page.evaluate(CONTRAST) == []
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_the_screen(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".essaim-france > svg").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["width"] > 0.75 * min(width, 640)
    digits = link(page, "Paris : 1 profil").locator("text").bounding_box()
    assert digits is not None
    assert digits["height"] >= 10
    context.close()


def test_without_script_or_style_it_reads_as_text(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route("**/*.css", lambda route: route.abort())
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_text("Rhône (69)")).to_be_visible()
    expect(page.get_by_role("link", name="Profil D:69 5", exact=True)).to_be_visible()
    expect(link(page, "Rhône : 6 profils").locator("path")).to_have_attribute("d", re.compile("^m"))
    assert page.locator(".essaim-france > svg").get_attribute("fill") == "none"
    context.close()


def test_two_maps_in_a_page_keep_their_own_addresses(page: Page, address: str) -> None:
    page.goto(f"{address}/deux/")
    ids = page.evaluate("[...document.querySelectorAll('article [id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    targets = page.evaluate(
        "[...document.querySelectorAll('.essaim-france a')].map(a => a.getAttribute('href').slice(1))"
    )
    assert set(targets) <= set(ids)
    assert len(targets) == len(set(targets)) == 9


def test_a_map_weighs_less_than_40_kb(site: Path) -> None:
    with_map, without = ((site / name).read_text("utf-8") for name in ("index.html", "profils/pd73-1/index.html"))
    assert with_map.count("<svg") > without.count("<svg")
    paths = sum(len(part) for part in with_map.split('d="m')[1:] for part in [part.partition('"')[0]])
    assert 20_000 < paths < 32_000
    assert len(with_map.encode()) - len(without.encode()) < 45_000


def test_the_map_counts_what_its_audience_sees(site: Path) -> None:
    public = (site / "tous" / "index.html").read_text("utf-8")
    assert "Rhône : 6 profils" in public
    assert "CANARI" not in public
