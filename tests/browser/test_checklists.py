"""Steps that a reader ticks, in a real Chromium: kept in the browser, through edits of the text and from one browser
to another.

Versions of one small wiki are built and served in turn at the same address, as a site that is published again.
"""

import json
import os
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
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
site_url: http://127.0.0.1/
plugins: [essaim, essaim-views]
markdown_extensions: [pymdownx.tasklist]
theme:
  name: material
  font: false
  language: fr
  features: [navigation.instant]
  palette:
    - {media: '(prefers-color-scheme: light)', scheme: default, primary: teal}
    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}
"""
PLAIN = """\
site_name: x
plugins: [essaim, essaim-views]
theme: {name: mkdocs, color_mode: auto, locale: fr}
"""
SIGN, OPEN, SEND, MEET = (
    "**Signez le contrat.** Puis voyez [la suite](suite.md).",
    "Ouvrez votre compte dans l'outil de gestion.",
    "Envoyez votre première note de frais.",
    "Rencontrez le groupe d'accueil.",
)


def arriving(*steps: str) -> str:
    """Return the page of the steps, with some in other places that have no box."""
    numbered = "".join(f"{number}. {step}\n" for number, step in enumerate(steps, 1))
    return f"""\
---
titre: Arriver
semaines:
  - {{titre: Semaine 1, voir: [suite]}}
  - {{titre: Semaine 2, quoi: Se reposer}}
---

- Un point qui n'est pas une étape

## Étapes

{numbered}
    - Un détail

Autre chose :

1. Une autre liste

## Valise

- [ ] le pain
    - [ ] du sel
- [x] une lampe
"""


FILES = {
    "mkdocs.yml": MATERIAL,
    "docs/index.md": "# Accueil\n\n[[arriver]]\n\n![[arriver#Étapes]]\n",
    "docs/pas/_type.yml": """\
type: pas
fields:
  titre: {type: text}
  semaines:
    type: group
    many: true
    checklist: true
    fields: {titre: text, quoi: text, voir: {type: reference, many: true}}
sections:
  - {title: "Étapes", form: numbered, checklist: true}
  - {title: "Valise", form: checklist}
""",
    "docs/pas/arriver.md": arriving(SIGN, OPEN, SEND, MEET),
    "docs/pas/suite.md": "---\ntitre: La suite\n---\n\n## Étapes\n\n1. Respirer\n",
}
EDITED = arriving(
    "Lisez la page d'accueil.",
    "**Signez le contrat !** Puis voyez [la suite](suite.md)…",
    "Ouvrez votre compte dans le nouvel outil de gestion, et choisissez un mot de passe.",
    "Prenez rendez-vous pour votre première paie avec la comptabilité.",
    MEET,
)
ARRIVING, NEXT = "pas/arriver/", "pas/suite/"
STEPS = ["Signez le contrat.", OPEN, SEND, MEET]


FILL = """(room) => {
    localStorage.setItem("room", "x".repeat(room));
    for (let size = 4e6, i = 0; size >= 1;) {
        try { localStorage.setItem(`x${i}`, "x".repeat(size)); i += 1; }
        catch { size = Math.floor(size / 2); }
    }
    localStorage.removeItem("room");
}"""
"""Leaves that much room, in characters, where a page keeps things."""


class Fresh(Quiet):
    """Serves files that no browser keeps: the next version is seen at once."""

    def end_headers(self) -> None:
        """Say so."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class Published:
    """A site at one address: `show` says which of its versions is served."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.served = folder / "served"
        self.served.mkdir()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Fresh, directory=str(self.served)))
        self.address = f"http://127.0.0.1:{self.server.server_port}/wiki/"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def build(self, version: str, files: dict[str, str], *rename: str) -> None:
        """Build a version, after a page was renamed if that is asked for."""
        source = write_files(self.folder / f"{version}-source", {**FILES, **files})
        if rename:
            run_module("essaim_app", "rename", *rename, cwd=source, status=0)
        run_module("mkdocs", "build", "-q", "-d", str(self.folder / version), cwd=source, status=0)

    def show(self, version: str) -> None:
        """Publish a version in place of another."""
        (self.served / "wiki").unlink(missing_ok=True)
        (self.served / "wiki").symlink_to(self.folder / version)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Build every version once."""
    site = Published(tmp_path_factory.mktemp("ticks"))
    site.build("first", {})
    site.build("edited", {"docs/pas/arriver.md": EDITED})
    site.build(
        "elsewhere", {"docs/pas/arriver.md": arriving("Envoyez une première note de frais.", SIGN, OPEN, MEET)}
    )
    site.build("moved", {"docs/pas/arriver.md": arriving(MEET, SEND, SIGN, OPEN)})
    site.build("renamed", {}, "docs/pas/arriver.md", "docs/pas/entrer.md")
    site.build("plain", {"mkdocs.yml": PLAIN})
    frame = '<!doctype html><title>x</title><iframe sandbox="allow-scripts" src="wiki/pas/arriver/"></iframe>'
    (site.served / "cadre.html").write_text(frame)
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def wiki(published: Published) -> Published:
    published.show("first")
    return published


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
def page(context: BrowserContext, wiki: Published) -> Page:
    """A browser that shows the steps for the first time."""
    opened = context.new_page()
    opened.goto(wiki.address + ARRIVING)
    return opened


def group(page: Page, name: str = "Étapes") -> Locator:
    return page.get_by_role("group", name=f"Votre progression : {name}")


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name, exact=True)


def ticked(page: Page) -> list[str]:
    """Return the names of the boxes that are ticked, once the script has put them there."""
    expect(group(page)).to_be_visible()
    return [one.get_attribute("aria-label") or "" for one in page.get_by_role("checkbox", checked=True).all()]


def kept(page: Page) -> dict[str, Any]:
    """Return what the browser keeps, by page."""
    found: dict[str, str] = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    prefix = "essaim-cases:/wiki/:"
    return {key.removeprefix(prefix): json.loads(text) for key, text in found.items() if key.startswith(prefix)}


class TestTicking:
    def test_the_declared_lists_have_boxes_and_no_other_has(self, page: Page) -> None:
        expect(group(page)).to_be_visible()
        names = [one.get_attribute("aria-label") for one in page.locator("article input[type=checkbox]").all()]
        assert names == [*STEPS, "le pain", "du sel", "une lampe", "Semaine 1", "Semaine 2"]

    def test_a_passage_shown_in_another_page_has_none(self, page: Page, wiki: Published) -> None:
        page.goto(wiki.address)
        expect(page.locator(".essaim-inclus li").first).to_be_visible()
        assert page.locator("article input[type=checkbox]").count() == 0

    def test_by_mouse(self, page: Page) -> None:
        box(page, OPEN).click()
        expect(group(page).get_by_role("status").first).to_have_text("Fait : 1 sur 4")
        box(page, "Signez le contrat.").click()
        expect(group(page).get_by_role("status").first).to_have_text("Fait : 2 sur 4")
        assert group(page).get_by_role("progressbar").evaluate("e => [e.value, e.max]") == [2, 4]
        box(page, OPEN).click()
        expect(group(page).get_by_role("status").first).to_have_text("Fait : 1 sur 4")

    def test_by_keyboard(self, page: Page) -> None:
        group(page).get_by_role("button", name="Reprendre").focus()
        page.keyboard.press("Tab")
        expect(box(page, "Signez le contrat.")).to_be_focused()
        page.keyboard.press("Space")
        assert ticked(page) == ["Signez le contrat.", "une lampe"]
        expect(box(page, "Signez le contrat.")).to_be_focused()

    def test_the_target_is_large_enough(self, page: Page) -> None:
        for label in page.locator(".essaim-case").all():
            size = label.bounding_box()
            assert size is not None
            assert min(size["width"], size["height"]) >= 24
        for button in page.locator(".essaim-suivi button:visible").all():
            assert button.evaluate("e => e.getBoundingClientRect().height") >= 24

    def test_a_link_in_a_step_still_leads_away(self, page: Page) -> None:
        page.locator("li.essaim-etape").get_by_role("link", name="la suite").click()
        expect(page.locator("h1")).to_contain_text("La suite")

    def test_what_was_ticked_is_there_at_the_next_visit(self, page: Page) -> None:
        box(page, OPEN).check()
        box(page, "Semaine 2").check()
        page.reload()
        assert ticked(page) == [OPEN, "une lampe", "Semaine 2"]

    def test_a_box_that_the_author_ticked_can_be_unticked(self, page: Page) -> None:
        expect(group(page, "Valise").get_by_role("status").first).to_have_text("Fait : 1 sur 3")
        box(page, "une lampe").uncheck()
        page.reload()
        assert ticked(page) == []

    def test_pages_changed_without_loading_have_theirs(self, page: Page, wiki: Published) -> None:
        box(page, OPEN).check()
        page.goto(wiki.address)
        page.get_by_role("link", name="Arriver", exact=True).first.click()
        assert ticked(page) == [OPEN, "une lampe"]
        page.locator("li.essaim-etape").get_by_role("link", name="la suite").click()
        box(page, "Respirer").check()
        expect(page.get_by_role("button", name="Emporter ma progression")).to_have_count(1)
        assert kept(page).keys() == {"pas/arriver", "pas/suite"}

    def test_everything_is_unticked_at_once_and_comes_back(self, page: Page) -> None:
        for name in (OPEN, MEET):
            box(page, name).check()
        button = group(page).get_by_role("button", name="Tout décocher")
        button.click()
        expect(group(page).get_by_text("Tout est décoché.")).to_be_visible()
        assert ticked(page) == ["une lampe"]
        undo = group(page).get_by_role("button", name="Remettre les coches")
        expect(undo).to_be_focused()
        undo.click()
        assert ticked(page) == [OPEN, MEET, "une lampe"]
        page.reload()
        assert ticked(page) == [OPEN, MEET, "une lampe"]

    def test_nothing_leaves_the_browser(self, page: Page) -> None:
        page.wait_for_load_state("networkidle")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        box(page, OPEN).check()
        with page.expect_download():
            page.get_by_role("button", name="Emporter ma progression").click()
        page.wait_for_timeout(300)
        assert [url for url in asked if not url.startswith("blob:")] == []
        expect(group(page).get_by_text("Gardé dans ce navigateur seulement.")).to_be_visible()

    def test_another_tab_follows(self, page: Page, context: BrowserContext, wiki: Published) -> None:
        other = context.new_page()
        other.goto(wiki.address + ARRIVING)
        box(page, OPEN).check()
        expect(box(other, OPEN)).to_be_checked()
        box(other, MEET).check()
        expect(box(page, MEET)).to_be_checked()
        expect(group(page).get_by_role("status").first).to_have_text("Fait : 2 sur 4")


class TestEdits:
    def visit(self, page: Page, wiki: Published, version: str, path: str = ARRIVING) -> None:
        wiki.show(version)
        page.goto("about:blank")
        page.goto(wiki.address + path)

    def test_a_step_is_known_again_when_its_words_change_a_little(self, page: Page, wiki: Published) -> None:
        for name in STEPS[:3]:
            box(page, name).check()
        self.visit(page, wiki, "edited")
        rewritten = "Ouvrez votre compte dans le nouvel outil de gestion, et choisissez un mot de passe."
        assert ticked(page) == ["Signez le contrat !", rewritten, "une lampe"]
        expect(group(page).get_by_role("status").first).to_have_text("Fait : 2 sur 5")

    def test_other_words_at_another_place_are_another_step(self, page: Page, wiki: Published) -> None:
        for name in (SEND, MEET):
            box(page, name).check()
        self.visit(page, wiki, "elsewhere")
        assert ticked(page) == [MEET, "une lampe"]

    def test_a_step_that_comes_back_is_still_done(self, page: Page, wiki: Published) -> None:
        for name in STEPS[:3]:
            box(page, name).check()
        self.visit(page, wiki, "edited")
        box(page, MEET).check()
        self.visit(page, wiki, "first")
        assert ticked(page) == [*STEPS, "une lampe"]

    def test_ticks_follow_the_steps_that_move(self, page: Page, wiki: Published) -> None:
        for name in STEPS[:2]:
            box(page, name).check()
        self.visit(page, wiki, "moved")
        assert ticked(page) == [*STEPS[:2], "une lampe"]
        self.visit(page, wiki, "first")
        assert ticked(page) == [*STEPS[:2], "une lampe"]

    def test_a_page_that_was_renamed_keeps_them(self, page: Page, wiki: Published) -> None:
        box(page, OPEN).check()
        self.visit(page, wiki, "renamed", "pas/entrer/")
        assert ticked(page) == [OPEN, "une lampe"]
        assert kept(page).keys() == {"pas/entrer"}
        box(page, MEET).check()
        page.reload()
        assert ticked(page) == [OPEN, MEET, "une lampe"]

    def test_only_looking_keeps_nothing(self, page: Page, wiki: Published) -> None:
        expect(group(page)).to_be_visible()
        self.visit(page, wiki, "edited")
        expect(group(page)).to_be_visible()
        assert kept(page) == {}


def carry(page: Page, path: Path) -> dict[str, Any]:
    """Save the progress of a site to a file; return what it holds."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Emporter ma progression").click()
    assert download.value.suggested_filename.startswith("ma-progression-")
    download.value.save_as(path)
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def bring(page: Page, *, name: str = "progression.json", text: str) -> str:
    """Import a file; return what the page says of it."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Reprendre une progression").click()
    chooser.value.set_files({"name": name, "mimeType": "application/json", "buffer": text.encode("utf-8")})
    answer = group(page).locator(".essaim-suivi-reponse")
    expect(answer).not_to_be_empty()
    return answer.inner_text()


def progress(**changes: Any) -> str:
    """Return a file of progress, with some of it changed."""
    step = {"etape": OPEN, "faite": True, "le": "2026-01-01T10:00:00.000Z"}
    pages = {"pas/arriver": {"listes": {"etapes": [step]}, "disparues": []}}
    return json.dumps({"format": "essaim-progression", "version": 1, "date": "2026-01-01", "pages": pages} | changes)


class TestCarrying:
    def test_from_one_browser_to_another(self, page: Page, browser: Browser, wiki: Published, tmp_path: Path) -> None:
        box(page, OPEN).check()
        box(page, "Semaine 1").check()
        page.goto(wiki.address + NEXT)
        box(page, "Respirer").check()
        saved = carry(page, tmp_path / "p.json")
        assert (saved["format"], saved["version"]) == ("essaim-progression", 1)
        assert saved["pages"].keys() == {"pas/arriver", "pas/suite"}
        steps = saved["pages"]["pas/arriver"]["listes"]["etapes"]
        assert [(step["etape"], step["faite"]) for step in steps][1] == (OPEN, True)
        elsewhere = browser.new_context()
        other = elsewhere.new_page()
        other.goto(wiki.address + ARRIVING)
        said = bring(other, text=(tmp_path / "p.json").read_text("utf-8"))
        assert said == "Progression reprise : 3 coches reprises."
        assert ticked(other) == [OPEN, "une lampe", "Semaine 1"]
        other.goto(wiki.address + NEXT)
        expect(box(other, "Respirer")).to_be_checked()
        elsewhere.close()

    def test_after_everything_was_erased(self, page: Page, tmp_path: Path) -> None:
        box(page, MEET).check()
        carry(page, tmp_path / "p.json")
        page.evaluate("localStorage.clear()")
        page.reload()
        assert ticked(page) == ["une lampe"]
        bring(page, text=(tmp_path / "p.json").read_text("utf-8"))
        page.reload()
        assert ticked(page) == [MEET, "une lampe"]

    def test_to_a_text_that_was_edited_since(self, page: Page, wiki: Published, tmp_path: Path) -> None:
        box(page, OPEN).check()
        carry(page, tmp_path / "p.json")
        page.evaluate("localStorage.clear()")
        wiki.show("edited")
        page.goto("about:blank")
        page.goto(wiki.address + ARRIVING)
        bring(page, text=(tmp_path / "p.json").read_text("utf-8"))
        rewritten = "Ouvrez votre compte dans le nouvel outil de gestion, et choisissez un mot de passe."
        assert ticked(page) == [rewritten, "une lampe"]

    def test_what_both_know_is_joined_and_the_last_decision_holds(self, page: Page) -> None:
        box(page, MEET).check()
        box(page, OPEN).check()
        box(page, OPEN).uncheck()  # later than the file says it was ticked
        said = bring(page, text=progress())
        assert said == "Rien n'a changé : vos choix faits ici sont plus récents que ce fichier."
        assert ticked(page) == [MEET, "une lampe"]

    def test_the_same_file_twice_brings_nothing_new(self, page: Page) -> None:
        assert bring(page, text=progress()) == "Progression reprise : 1 coche reprise."
        assert bring(page, text=progress()) == "Rien de nouveau dans ce fichier."
        assert ticked(page) == [OPEN, "une lampe"]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{", "ne se lit pas"),
            ("", "ne se lit pas"),
            ("\x00\x01PNG", "ne se lit pas"),
            ("null", "n'est pas une progression"),
            ("[]", "n'est pas une progression"),
            ('{"pages": {}}', "n'est pas une progression"),
            (progress(format="autre"), "n'est pas une progression"),
            (progress(pages=[]), "n'est pas une progression"),
            (progress(version=2), "autre version"),
            (" " * 2_000_001, "trop gros"),
        ],
    )
    def test_a_file_that_is_none_changes_nothing(self, page: Page, text: str, said: str) -> None:
        box(page, MEET).check()
        before = kept(page)
        answer = bring(page, text=text)
        assert said in answer
        assert answer.endswith("Rien n'a changé.")
        assert kept(page) == before
        assert ticked(page) == [MEET, "une lampe"]

    def test_what_is_wrong_in_a_file_is_left_out_and_the_rest_taken(self, page: Page) -> None:
        good = {"etape": OPEN, "faite": True, "le": "2026-01-01T10:00:00.000Z"}
        wrong = [{"etape": 3}, None, good | {"le": "hier"}, good | {"faite": "oui"}]
        steps = json.dumps([good, *wrong])
        text = (
            '{"format": "essaim-progression", "version": 1, "pages": {'
            f'"pas/arriver": {{"listes": {{"etapes": {steps}, "__proto__": {steps}}}, "disparues": []}},'
            f'"__proto__": {{"listes": {{"etapes": {steps}}}}}, "pas/x": "non", "constructor": {{"listes": {{}}}}'
            "}}"
        )
        said = bring(page, text=text)
        assert said.startswith("Progression reprise : 2 coches reprises.")
        assert "éléments illisibles ont été laissés de côté" in said
        assert ticked(page) == [OPEN, "une lampe"]
        assert kept(page).keys() == {"pas/arriver"}
        assert page.evaluate("({}).etapes === undefined && ({}).listes === undefined && ({}).faite === undefined")

    def test_a_date_in_the_future_does_not_win_for_ever(self, page: Page) -> None:
        bring(page, text=progress().replace("2026-01-01T10", "2999-01-01T10"))
        assert ticked(page) == [OPEN, "une lampe"]
        last = kept(page)["pas/arriver"]["listes"]["etapes"][1]["le"]
        page.wait_for_function("last => new Date().toISOString() > last", arg=last)
        now: str = page.evaluate("new Date().toISOString()")
        later = progress().replace("2026-01-01T10:00:00.000Z", now).replace("true", "false")
        assert bring(page, text=later) == "Progression reprise : 1 coche retirée."
        assert ticked(page) == ["une lampe"]

    def test_words_of_a_file_are_never_markup(self, page: Page) -> None:
        bring(page, text=progress().replace("compte", "<img src=x onerror=document.title=1>"))
        page.reload()
        expect(group(page)).to_be_visible()
        assert page.title() != "1"


class TestWithout:
    def test_without_javascript_the_lists_are_lists(self, browser: Browser, wiki: Published) -> None:
        opened = browser.new_context(java_script_enabled=False)
        page = opened.new_page()
        page.goto(wiki.address + ARRIVING)
        expect(page.locator("article ol > li").first).to_contain_text("Signez le contrat")
        expect(page.get_by_text("Semaine 2")).to_be_visible()
        assert page.locator("article :is(button, progress, input:not([disabled]))").count() == 0
        opened.close()

    def test_without_storage_one_is_told_that_nothing_is_kept(self, page: Page, wiki: Published) -> None:
        """In a frame that the browser keeps apart, where asking for the storage is an error."""
        page.goto(wiki.address.removesuffix("wiki/") + "cadre.html")
        frame = page.frame_locator("iframe")
        frame.get_by_role("checkbox", name=OPEN).check()
        expect(frame.get_by_text("Fait : 1 sur 4")).to_be_visible()
        expect(frame.get_by_text("Ce navigateur ne garde rien").first).to_be_visible()

    def test_when_no_room_is_left_one_is_told_and_nothing_is_lost(self, page: Page) -> None:
        box(page, OPEN).check()
        page.evaluate(FILL, 0)
        page.reload()
        assert ticked(page) == [OPEN, "une lampe"]
        box(page, MEET).check()
        expect(group(page).get_by_text("Ce navigateur ne garde rien")).to_be_visible()
        page.evaluate("for (const key of Object.keys(localStorage)) if (/^x/.test(key)) localStorage.removeItem(key)")
        box(page, SEND).check()
        expect(group(page).get_by_text("Gardé dans ce navigateur seulement.")).to_be_visible()
        page.reload()
        assert ticked(page) == [OPEN, SEND, MEET, "une lampe"]

    def test_a_file_that_finds_no_room_brings_nothing(self, page: Page) -> None:
        box(page, OPEN).check()
        page.evaluate(FILL, 2000)
        before = kept(page)
        one = json.loads(progress())["pages"]["pas/arriver"]
        step = one["listes"]["etapes"][0]
        many = {"listes": {"etapes": [step | {"etape": f"{n} {'mot ' * 90}"} for n in range(30)]}, "disparues": []}
        said = bring(page, text=progress(pages={"pas/un": one, "pas/deux": many, "pas/trois": one}))
        assert said == "Ce navigateur n'a plus assez de place pour reprendre ce fichier. Rien n'a changé."
        assert kept(page) == before
        assert ticked(page) == [OPEN, "une lampe"]

    @pytest.mark.parametrize("text", ["{", "null", "[]", '{"listes": {"etapes": [{"etape": 3}]}}', '"x"'])
    def test_what_somebody_else_wrote_there_does_no_harm(self, page: Page, text: str) -> None:
        page.evaluate("text => localStorage.setItem('essaim-cases:/wiki/:pas/arriver', text)", text)
        page.reload()
        assert ticked(page) == ["une lampe"]
        box(page, OPEN).check()
        page.reload()
        assert ticked(page) == [OPEN, "une lampe"]

    def test_a_wiki_that_declares_none_has_no_script(self, published: Published, tmp_path: Path) -> None:
        source = write_files(tmp_path / "source", {"mkdocs.yml": PLAIN, "docs/index.md": "# A\n"})
        run_module("mkdocs", "build", "-q", "-d", str(tmp_path / "site"), cwd=source, status=0)
        assert not (tmp_path / "site/assets/essaim-cases.js").exists()
        assert "essaim-cases" not in (tmp_path / "site/index.html").read_text("utf-8")
        assert (published.folder / "first/assets/essaim-cases.js").exists()
        shutil.rmtree(tmp_path / "site")


class TestLooks:
    @pytest.mark.parametrize("version", ["first", "plain"])
    def test_a_phone_never_scrolls_sideways(self, browser: Browser, wiki: Published, version: str) -> None:
        wiki.show(version)
        opened = browser.new_context(viewport={"width": 320, "height": 640})
        page = opened.new_page()
        page.goto(wiki.address + ARRIVING)
        box(page, OPEN).check()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        for one in page.locator(".essaim-case").all():
            place = one.bounding_box()
            assert place is not None
            assert 0 <= place["x"] <= 320 - place["width"]
        opened.close()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_words_and_boxes_stand_out(self, browser: Browser, wiki: Published, scheme: Any) -> None:
        opened = browser.new_context(color_scheme=scheme)
        page = opened.new_page()
        page.goto(wiki.address + ARRIVING)
        box(page, OPEN).check()
        group(page).get_by_role("button", name="Tout décocher").click()
        box(page, MEET).check()
        bring(page, text="{")
        assert page.evaluate(CONTRAST) == []
        edges = "e => { e.style.color = getComputedStyle(e).borderTopColor; e.textContent = 'x'; }"
        for one in page.locator(".essaim-suivi button").all():
            one.evaluate(edges)
        assert page.evaluate(CONTRAST) == []
        opened.close()

    def test_on_paper_the_boxes_stay_and_the_buttons_go(self, page: Page) -> None:
        box(page, OPEN).check()
        page.emulate_media(media="print")
        assert page.locator(".essaim-suivi button:visible").count() == 0
        style = (
            "(e, what) => { const s = getComputedStyle(e, what); return [s.borderRightColor, s.backgroundColor]; }"
        )
        expect(box(page, SEND)).to_be_visible()
        assert box(page, OPEN).evaluate(style) == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
        tick = box(page, OPEN).evaluate("e => getComputedStyle(e, '::before').borderRightColor")
        assert tick == "rgb(0, 0, 0)"

    def test_without_the_theme_that_draws_it_the_same_boxes_are_there(self, page: Page, wiki: Published) -> None:
        """Here nothing turns « - [ ] » into a box but the script."""
        wiki.show("plain")
        page.goto("about:blank")
        page.goto(wiki.address + ARRIVING)
        assert ticked(page) == ["une lampe"]
        box(page, "le pain").check()
        page.reload()
        assert ticked(page) == ["le pain", "une lampe"]
        assert "[ ] le pain" not in page.locator("[role=main]").inner_text()
