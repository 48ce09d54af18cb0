"""Facets and orders of index pages in a real Chromium: three hundred pages, by keyboard, with and without script.

What must be found is counted here from the front matter that was written, not from what the site says.
"""

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

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
FAMILIES = {"vendre": "Vendre", "apprendre": "Apprendre", "gouverner": "Gouverner", "partir": "Partir"}
STAGES = {"tester": "Tester son activité", "durer": "Durer", "associer": "S'associer"}
PLACES = [
    "D:26",
    "C:26198",
    "D:07",
    "C:07019",
    "D:38",
    "D:42",
    "D:43",
    "D:63",
    "D:69",
    "D:73",
    "D:74",
    "D:01",
    "D:03",
]
FIELDS = """\
fields:
  titre: {type: text}
  resume: {type: text}
  famille: {type: choice, of: {vendre: Vendre, apprendre: Apprendre, gouverner: Gouverner, partir: Partir}}
  etape: {type: reference, to: etape, label: Étape, inverse: {name: NAME, label: NAME}}
  lieux: {type: territory, many: true, label: Lieux}
  duree: {type: integer, label: Durée}
  vu_le: {type: date, label: Vu le}
  secret:
    {type: choice, of: {canarirouge: CanariRouge, canaribleu: Canaribleu}, visibility: members, label: CanariTitre}
"""


class Fiche(NamedTuple):
    """One page, as it is written."""

    title: str
    summary: str
    family: str
    stage: str
    places: list[str]
    length: int | None
    seen: str

    @property
    def text(self) -> str:
        """Its source."""
        length = "" if self.length is None else f"duree: {self.length}\n"
        secret = "canarirouge" if self.length else "canaribleu"
        return (
            f"---\ntitre: {self.title}\nresume: {self.summary}\nfamille: {self.family}\netape: {self.stage}\n"
            f"lieux: {self.places}\n{length}vu_le: {self.seen}\nsecret: {secret}\n---\n"
        )


def fiches() -> list[Fiche]:
    """Return the three hundred pages."""
    words = ["Écrire un devis", "écouter", "Été", "Œuvrer", "Zébrer", "à deux", "Bâtir", "Entrepreneur·e"]
    return [
        Fiche(
            title=f"{words[n % 8]} {n}",
            summary=f"Une chose à l'essai{' pour la coopérative' if n % 10 == 0 else ''}.",
            family=[*FAMILIES][(n * n) % 3] if n != 77 else "partir",
            stage=[*STAGES][n // 7 % 3],
            places=[PLACES[n % 13], PLACES[n * 5 % 13]],
            length=None if n % 50 == 0 else n * 37 % 120,
            seen=f"202{n % 4 + 3}-0{n % 9 + 1}-11",
        )
        for n in range(300)
    ]


FICHES = fiches()
CONFIGURATIONS = {
    "material": "site_name: x\nsite_url: http://127.0.0.1/\ntheme:\n  name: material\n  font: false\n"
    "  language: fr\n  palette:\n"
    "    - {media: '(prefers-color-scheme: light)', scheme: default, primary: teal}\n"
    "    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}\n",
    "instant": "site_name: x\nsite_url: http://127.0.0.1/\ntheme:\n  name: material\n  font: false\n"
    "  language: fr\n  features: [navigation.instant]\n",
    "mkdocs": "site_name: x\ntheme: {name: mkdocs, color_mode: auto, locale: fr}\n",
}


def declared(name: str, index: str) -> str:
    return f"type: {name}\nlabel: {{one: {name}, many: {name}s}}\n{FIELDS.replace('NAME', name)}index: {index}\n"


def sources() -> dict[str, str]:
    """Return the files of the wiki: three hundred cards, and the same pages as a table and as a list."""
    facets = "facets: [famille, etape, lieux, vu_le, secret]"
    views = {
        "fiche": f"{{view: cards, {facets}, sort: titre}}",
        "ligne": f"{{view: table, columns: [titre, famille, etape, duree, vu_le, secret], {facets}, sort: -vu_le}}",
        "simple": f"{{view: list, {facets}, sort: secret}}",
    }
    files = {
        "docs/index.md": "# Accueil\n\n[Les fiches](fiches/index.md)\n",
        "docs/etapes/_type.yml": "type: etape\nlabel: {one: étape, many: étapes}\n"
        "fields: {titre: {type: text}, ordre: {type: integer}}\nindex: {view: list, sort: ordre}\n",
    }
    for number, (name, title) in enumerate(STAGES.items()):
        files[f"docs/etapes/{name}.md"] = f"---\ntitre: {title}\nordre: {number}\n---\n"
    for name, index in views.items():
        files[f"docs/{name}s/_type.yml"] = declared(name, index)
        files |= {f"docs/{name}s/n{n:03}-{name}.md": fiche.text for n, fiche in enumerate(FICHES)}
    return files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site with each theme."""
    folder, files = tmp_path_factory.mktemp("index"), sources()
    for theme, configuration in CONFIGURATIONS.items():
        plugins = "plugins: [essaim, essaim-views]\n"
        left_out = {"material": (), "instant": ("docs/lignes", "docs/simples"), "mkdocs": ("docs/simples",)}[theme]
        kept = {name: text for name, text in files.items() if not name.startswith(left_out)}
        source = write_files(folder / f"{theme}-source", {"mkdocs.yml": configuration + plugins, **kept})
        run_module("mkdocs", "build", "-q", "-d", str(folder / theme), cwd=source, status=0)
    return folder


@pytest.fixture(scope="module")
def addresses(built: Path) -> Iterator[dict[str, str]]:
    """Serve the sites."""
    servers = {
        theme: ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built / theme)))
        for theme in CONFIGURATIONS
    }
    for server in servers.values():
        Thread(target=server.serve_forever, daemon=True).start()
    yield {theme: f"http://127.0.0.1:{server.server_port}/" for theme, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture
def cards(addresses: dict[str, str]) -> str:
    return addresses["material"] + "fiches/"


@pytest.fixture
def table(addresses: dict[str, str]) -> str:
    return addresses["material"] + "lignes/"


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
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def kept(holds: Callable[[Fiche], bool]) -> list[str]:
    return sorted(fiche.title for fiche in FICHES if holds(fiche))


def shown(page: Page) -> list[str]:
    """Return the titles that are shown, in their order."""
    titles: list[str] = page.evaluate(
        "[...document.querySelectorAll('.essaim-index :is(.essaim-titre, tbody th)')]"
        ".filter(e => e.checkVisibility()).map(e => e.textContent.trim())"
    )
    return titles


def status(page: Page) -> Locator:
    return page.locator("p[role=status]")


def choice(page: Page, facet: str, value: str) -> Locator:
    """Return the box of a value, by its label: its count follows it."""
    group = page.get_by_role("group", name=facet)
    return group.get_by_role("checkbox", name=re.compile(rf"^{re.escape(value)} : \d+$"))


def focused(page: Page) -> str:
    said: str = page.evaluate(
        "(e => (e.closest('label') || e).innerText || e.ariaLabel || e.tagName)(document.activeElement)"
    )
    return " ".join(said.split())


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what is called so."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached with Tab")


class TestByKeyboard:
    def test_two_facets_leave_the_pages_that_the_front_matter_says(self, page: Page, cards: str) -> None:
        page.goto(cards)
        expect(status(page)).to_have_text("300 fiches")
        tab_to(page, "Vendre")
        page.keyboard.press("Space")
        tab_to(page, "Tester son activité")
        page.keyboard.press("Space")
        expected = kept(lambda f: f.family == "vendre" and f.stage == "tester")
        assert 0 < len(expected) < 60
        expect(status(page)).to_have_text(f"{len(expected)} fiches sur 300")
        assert sorted(shown(page)) == expected
        assert page.url == cards + "?famille=vendre&etape=tester"
        assert page.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineStyle") == "solid"

    def test_or_inside_a_facet_and_between_them(self, page: Page, cards: str) -> None:
        page.goto(cards)
        for facet, value in [("Famille", "Vendre"), ("Famille", "Partir"), ("Vu le", "2026")]:
            choice(page, facet, value).focus()
            page.keyboard.press("Space")
        expected = kept(lambda f: f.family in ("vendre", "partir") and f.seen.startswith("2026"))
        assert sorted(shown(page)) == expected
        assert page.url == cards + "?famille=vendre&famille=partir&vu_le=2026"

    def test_a_table_is_sorted_from_its_headers(self, page: Page, table: str) -> None:
        page.goto(table)
        header = page.get_by_role("columnheader", name="Vu le")
        assert header.get_attribute("aria-sort") == "descending"
        tab_to(page, "Durée")
        page.keyboard.press("Enter")
        lengths = {fiche.title: fiche.length for fiche in FICHES}
        filled = sorted(length for length in lengths.values() if length is not None)
        assert [lengths[title] for title in shown(page)] == [*filled, *[None] * 6]
        assert page.url == table + "?tri=duree"
        page.keyboard.press("Enter")
        assert [lengths[title] for title in shown(page)] == [*reversed(filled), *[None] * 6]
        assert page.url == table + "?tri=-duree"
        assert page.get_by_role("columnheader", name="Durée").get_attribute("aria-sort") == "descending"
        assert header.get_attribute("aria-sort") is None
        assert page.get_by_label("Trier par").input_value() == "-duree"


class TestChoices:
    def test_counts_are_those_of_what_each_value_would_leave(self, page: Page, cards: str) -> None:
        page.goto(cards + "?famille=partir")
        (only,) = (fiche for fiche in FICHES if fiche.family == "partir")
        for stage, label in STAGES.items():
            count = int(only.stage == stage)
            expect(page.get_by_role("checkbox", name=f"{label} : {count}", exact=True)).to_be_visible()
        for family, label in FAMILIES.items():  # other values of the same facet would add theirs
            count = sum(fiche.family == family for fiche in FICHES)
            if count:
                expect(page.get_by_role("checkbox", name=f"{label} : {count}", exact=True)).to_be_visible()

    def test_a_value_that_would_give_nothing_says_so_and_stays(self, page: Page, cards: str) -> None:
        page.goto(cards + "?famille=partir")
        none = next(label for name, label in STAGES.items() if name != FICHES[77].stage)
        box = page.get_by_role("checkbox", name=f"{none} : 0")
        assert box.locator("xpath=..").evaluate("e => getComputedStyle(e).borderStyle") == "dashed"
        box.check()
        expect(status(page)).to_have_text("Aucune fiche sur 300")
        expect(page.get_by_text("Aucune fiche ne répond à tous ces choix")).to_be_visible()
        page.locator(".essaim-tamis-rien").get_by_role("button", name="Tout effacer").click()
        expect(status(page)).to_have_text("300 fiches")
        assert len(shown(page)) == 300
        assert page.url == cards
        assert focused(page) == "Filtrer et trier"

    def test_on_a_phone_the_form_leads_to_what_it_left(self, browser: Browser, cards: str) -> None:
        context = browser.new_context(viewport={"width": 360, "height": 640})
        page = context.new_page()
        page.goto(cards)
        page.get_by_text("Filtrer et trier", exact=True).click()
        choice(page, "Famille", "Partir").check()
        page.get_by_role("button", name="Voir la fiche").click()
        assert page.evaluate("document.querySelector('.essaim-tamis-pli').open") is False
        assert focused(page) == "Filtrer et trier (1 choix actif)"
        (title,) = shown(page)
        expect(page.get_by_role("link", name=title)).to_be_in_viewport()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.get_by_text("Filtrer et trier").click()
        expect(page.get_by_role("button", name="Voir la fiche")).to_be_hidden()
        context.close()

    def test_communes_count_for_their_departement_and_long_facets_open(self, page: Page, cards: str) -> None:
        page.goto(cards)
        group = page.get_by_role("group", name="Lieux")
        assert sum(box.is_visible() for box in group.get_by_role("checkbox").all()) == 8
        group.get_by_text("Voir les autres valeurs (3)").click()
        assert sum(box.is_visible() for box in group.get_by_role("checkbox").all()) == 11
        choice(page, "Lieux", "Drôme (26)").check()
        assert sorted(shown(page)) == kept(lambda f: {"D:26", "C:26198"} & {*f.places} != set())
        assert page.url == cards + "?lieux=D:26"

    def test_a_chosen_value_is_seen_even_among_the_others(self, page: Page, cards: str) -> None:
        page.goto(cards)
        last = page.get_by_role("group", name="Lieux").get_by_role("checkbox", include_hidden=True).last
        value = last.input_value()
        page.goto(f"{cards}?lieux={value}")
        expect(page.locator(f"input[value='{value}']")).to_be_checked()
        expect(page.locator(f"input[value='{value}']")).to_be_visible()

    @pytest.mark.parametrize(
        ("typed", "holds"),
        [
            ("ete", lambda f: f.title.startswith("Été")),
            ("œUVRER", lambda f: f.title.startswith("Œuvrer")),
            ("coopérative", lambda f: "coopérative" in f.summary),
            ("l’essai", lambda f: True),
            ("coop zebrer", lambda f: "coopérative" in f.summary and f.title.startswith("Zébrer")),
            ("entrepreneure", lambda f: f.title.startswith("Entrepreneur·e")),
        ],
    )
    def test_words_are_found_as_names_are(
        self, page: Page, cards: str, typed: str, holds: Callable[[Fiche], bool]
    ) -> None:
        page.goto(cards)
        page.get_by_label("Filtrer par un mot").type(typed)
        assert sorted(shown(page)) == kept(holds)
        page.wait_for_function("typed => new URLSearchParams(location.search).get('mot') === typed", arg=typed)
        page.reload()
        assert page.get_by_label("Filtrer par un mot").input_value() == typed
        assert sorted(shown(page)) == kept(holds)

    def test_titles_are_sorted_as_french_readers_expect(self, page: Page, cards: str) -> None:
        page.goto(cards)
        titles = shown(page)
        page.get_by_label("Trier par").select_option("Titre : de Z à A")
        assert shown(page) == titles[::-1]
        assert page.url == cards + "?tri=-titre"
        starts = list(dict.fromkeys(title.rpartition(" ")[0] for title in titles))
        assert starts == [
            "à deux",
            "Bâtir",
            "écouter",
            "Écrire un devis",
            "Entrepreneur·e",
            "Été",
            "Œuvrer",
            "Zébrer",
        ]

    def test_a_list_has_them_too(self, page: Page, addresses: dict[str, str]) -> None:
        page.goto(addresses["material"] + "simples/?famille=apprendre&etape=durer")
        assert sorted(shown(page)) == kept(lambda f: f.family == "apprendre" and f.stage == "durer")


class TestAddress:
    @pytest.mark.parametrize("theme", CONFIGURATIONS)
    def test_reload_and_back_and_forward_restore_what_was_chosen(
        self, page: Page, addresses: dict[str, str], theme: str
    ) -> None:
        cards = addresses[theme] + "fiches/"
        page.goto(cards)
        choice(page, "Famille", "Vendre").check()
        choice(page, "Étape", "Durer").check()
        first, both = (
            kept(lambda f: f.family == "vendre"),
            kept(lambda f: f.family == "vendre" and f.stage == "durer"),
        )
        assert sorted(shown(page)) == both
        page.reload()
        expect(status(page)).to_have_text(f"{len(both)} fiches sur 300")
        assert sorted(shown(page)) == both
        page.go_back()
        expect(status(page)).to_have_text(f"{len(first)} fiches sur 300")
        assert sorted(shown(page)) == first
        expect(choice(page, "Étape", "Durer")).not_to_be_checked()
        page.go_back()
        expect(status(page)).to_have_text("300 fiches")
        page.go_forward()
        expect(status(page)).to_have_text(f"{len(first)} fiches sur 300")
        page.locator(".essaim-titre a").first.or_(
            page.locator("li:not([hidden]) .essaim-titre a").first
        ).first.evaluate("() => document.querySelector('li:not([hidden]) .essaim-titre a').click()")
        page.wait_for_url(re.compile("/fiches/n"))
        page.go_back()
        expect(status(page)).to_have_text(f"{len(first)} fiches sur 300")
        assert sorted(shown(page)) == first
        assert page.locator("search.essaim-tamis").count() == 1

    def test_it_reads_as_a_condition_whatever_the_case_and_keeps_what_is_not_its_own(
        self, page: Page, cards: str
    ) -> None:
        page.goto(cards + "?h=autre&famille=VENDRE&etape=inconnue&tri=perdu#bas")
        assert sorted(shown(page)) == kept(lambda f: f.family == "vendre")
        choice(page, "Étape", "Durer").check()
        assert page.url == cards + "?h=autre&famille=vendre&etape=durer#bas"

    def test_coming_from_another_page_without_loading_makes_the_form(
        self, page: Page, addresses: dict[str, str]
    ) -> None:
        page.goto(addresses["instant"])
        page.locator("article").get_by_role("link", name="Les fiches").click()
        expect(page.locator("search.essaim-tamis")).to_have_count(1)
        choice(page, "Famille", "Vendre").check()
        assert sorted(shown(page)) == kept(lambda f: f.family == "vendre")


class TestEverybody:
    @pytest.mark.parametrize("path", ["fiches/", "lignes/", "simples/"])
    def test_without_script_the_whole_list_and_no_dead_control(
        self, browser: Browser, addresses: dict[str, str], path: str
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{addresses['material']}{path}?famille=vendre")
        article = page.locator("article")
        assert article.locator(".essaim-index li, .essaim-index tbody tr").count() == 300
        assert article.locator("li, tr").locator("visible=true").count() >= 300
        assert article.locator("button, input, select, form, details").count() == 0
        expect(page.get_by_text("300 fiches", exact=True)).to_be_visible()
        context.close()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("path", ["fiches/?famille=partir", "lignes/?famille=vendre&tri=duree"])
    def test_text_stands_out(self, browser: Browser, addresses: dict[str, str], path: str, scheme: Any) -> None:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(addresses["material"] + path)
        page.get_by_text("Voir les autres valeurs").click()
        assert page.evaluate(CONTRAST) == []
        context.close()

    @pytest.mark.parametrize("theme", ["material", "mkdocs"])
    @pytest.mark.parametrize("path", ["fiches/", "lignes/"])
    def test_on_a_phone_the_form_is_folded_and_nothing_scrolls_sideways(
        self, browser: Browser, addresses: dict[str, str], path: str, theme: str
    ) -> None:
        context = browser.new_context(viewport={"width": 320, "height": 640})
        page = context.new_page()
        page.goto(addresses[theme] + path + "?famille=vendre")
        title = page.locator(".essaim-tamis summary").first
        expect(title).to_have_text("Filtrer et trier (1 choix actif)")
        expect(choice(page, "Famille", "Vendre")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        title.click()
        page.get_by_text("Voir les autres valeurs").click()
        expect(choice(page, "Famille", "Vendre")).to_be_checked()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        small = page.evaluate(
            "[...document.querySelectorAll('.essaim-tamis :is(label:has([type=checkbox]), select, summary, button)')]"
            ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.innerText)"
        )
        assert small == []
        context.close()

    def test_names_and_roles_are_told(self, page: Page, table: str) -> None:
        page.goto(table)
        expect(page.get_by_role("search", name="Filtrer et trier la liste")).to_have_count(1)
        bare = page.evaluate(
            "[...document.querySelectorAll('.essaim-tamis :is(input, select)')]"
            ".filter(e => !e.labels.length || !e.labels[0].textContent.trim()).length"
        )
        assert bare == 0
        legends = page.locator(".essaim-tamis fieldset > legend").all_inner_texts()
        assert legends == ["Famille", "Étape", "Lieux", "Vu le"]
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))
        buttons = page.get_by_role("columnheader").get_by_role("button")
        assert buttons.all_inner_texts() == ["Titre", "Famille", "Étape", "Durée", "Vu le"]

    def test_focus_is_seen_on_every_control(self, page: Page, table: str) -> None:
        page.goto(table + "?famille=vendre")
        page.locator(".essaim-tamis summary").first.focus()
        seen = 0
        for _ in range(40):
            page.keyboard.press("Tab")
            outline = page.evaluate(
                "(e => e.closest('.essaim-tamis, thead') && getComputedStyle(e.closest('label:has([type=checkbox])')"
                " || e).outlineStyle)(document.activeElement)"
            )
            if outline is None:
                break
            assert outline in ("solid", "auto"), focused(page)
            seen += 1
        assert seen > 20

    def test_the_form_is_not_printed(self, page: Page, cards: str) -> None:
        page.goto(cards + "?famille=vendre")
        page.emulate_media(media="print")
        expect(page.locator(".essaim-tamis")).to_be_hidden()
        assert sorted(shown(page)) == kept(lambda f: f.family == "vendre")

    def test_three_hundred_pages_are_filtered_at_once(self, page: Page, cards: str) -> None:
        page.goto(cards)
        spent = page.evaluate(
            "() => { const box = document.querySelector('input[value=vendre]'); const start = performance.now();"
            " for (let n = 0; n < 20; n++) box.click(); return (performance.now() - start) / 20; }"
        )
        assert spent < 50, f"{spent} ms"


def test_a_field_for_members_is_nowhere_in_the_public_site(built: Path) -> None:
    for path in built.rglob("*"):
        if path.is_file() and "-source" not in path.relative_to(built).parts[0]:
            assert b"canari" not in path.read_bytes().lower(), path
