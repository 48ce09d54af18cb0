"""The search in a real Chromium: what people type, what they find, by keyboard, and what it costs them.

The repository's wiki is built once, and served below a path as some cooperatives do.
"""

import os
import re
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import ThreadingHTTPServer
from itertools import cycle, islice
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, expect, sync_playwright

from essaim.views.search.records import Record
from essaim.views.search.vocabulary import words_of
from mkdocs_essaim.search.assets import published_assets
from mkdocs_essaim.search.index import SearchIndex, find_executable
from mkdocs_essaim.views.render import Renderer
from tests.browser.test_pages import CONTRAST, Quiet
from tests.conftest import ROOT, run_module, write_files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
QUESTIONS = yaml.safe_load((ROOT / "tests/recherche/questions.yml").read_text("utf-8"))
CASES = yaml.safe_load((ROOT / "tests/recherche/mots.yml").read_text("utf-8"))
NOT_FOUND = {"où sont mes sous"}
"""Questions that are known not to find their page: they say too little."""
BUDGET = 250_000
"""Bytes that a reader downloads at most for a first question to a wiki of 3,000 pages, uncompressed."""
WORDS = 30_000
"""Bytes of the words of the wiki, asked for when one is misspelled."""
ANSWERED = re.compile("page|répond")
"""What the line above the results says once a question is answered, or cannot be."""
SAID = "([line, words]) => new RegExp(words).test(document.querySelector(line).textContent)"
"""Whether a line says something: looked at each time the page is drawn, as these tests wait for many answers."""
BUTTON, RESULTS, STATUS = "Rechercher", ".essaim-recherche-titre", ".essaim-recherche-compte"


def serve(folder: Path) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def address(this_wiki: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("recherche")
    (folder / "wiki").symlink_to(this_wiki)
    with serve(folder) as server:
        yield f"http://127.0.0.1:{server.server_port}/wiki/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ["ESSAIM_BROWSER"], args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)) if "recherche" in (error.stack or "") else None)
    opened.on("console", lambda message: problems.append(message.text) if is_ours(message) else None)
    yield opened
    context.close()
    assert problems == []


def is_ours(message: ConsoleMessage) -> bool:
    """Whether a message is an error of a script, not a file that a theme asks for in vain."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def ask(page: Page, question: str) -> list[str]:
    """Type a question and wait for its answer; return the paths of the first pages, below that of the site."""
    if not page.locator("dialog[open]").count():
        page.get_by_role("button", name=BUTTON).click()
    field = page.get_by_role("searchbox")
    field.fill("")
    page.wait_for_function(SAID, arg=[STATUS, "^$"])
    field.fill(question)
    page.wait_for_function(SAID, arg=[STATUS, ANSWERED.pattern])
    links: list[str] = page.locator(f"{RESULTS}").evaluate_all("links => links.map(link => link.href)")
    return [urlsplit(link).path.removeprefix("/wiki/").strip("/") for link in links]


def test_what_members_type_finds_the_page_they_need(page: Page, address: str) -> None:
    """One of the pages that answer is in the first three; questions without are named, with what came instead."""
    page.goto(address)
    missed = {}
    for case in QUESTIONS:
        first = ask(page, case["question"])[:3]
        wanted = [case["page"]] if isinstance(case["page"], str) else case["page"]
        if not set(wanted) & set(first):
            missed[case["question"]] = f"none of {wanted} is in {first}"
    assert len(QUESTIONS) == 80
    assert {question: why for question, why in missed.items() if question not in NOT_FOUND} == {}
    assert missed.keys() == NOT_FOUND, "found at last: take it out of NOT_FOUND"


@pytest.mark.parametrize("question", ["ennt" * 40 + "b", "tpds" * 3000 + "b", "((((·" * 2000])
def test_a_question_made_to_hang_the_page_is_answered(page: Page, address: str, question: str) -> None:
    page.goto(f"{address}?q={question}")
    expect(page.locator(STATUS)).to_contain_text("Aucune page", timeout=10_000)
    assert len(page.get_by_role("searchbox").input_value()) <= 300


@pytest.mark.parametrize(
    "forms",
    [
        [
            "entrepreneuse salariée",
            "entrepreneur·e salarié·e",
            "entrepreneur.e salarié.e",
            "ENTREPRENEUR(E) SALARIÉ(E)",
        ],
        ["coopérateur·trice", "cooperateur.trice", "coopérateur-trice", "COOPERATEUR(TRICE)", "coopérateur•trice"],
        ["démarche", "demarche", "DÉMARCHES", "les démarches"],
        ["l'activité", "activite", "d’activités"],
    ],
    ids=lambda forms: forms[0],
)
def test_all_the_forms_of_a_word_find_the_same_pages(page: Page, address: str, forms: list[str]) -> None:
    page.goto(address)
    first, *others = [set(ask(page, form)[:5]) for form in forms]
    assert [form for form, found in zip(forms[1:], others, strict=True) if len(found & first) < 4] == []


def test_the_browser_reads_words_as_the_engine_does(page: Page, address: str) -> None:
    page.goto(address)
    texts = [case["text"] for case in CASES]
    script = "async ([at, texts]) => { const words = await import(at); return texts.map(words.readings); }"
    read = page.evaluate(script, [f"{address}assets/recherche/mots.js", texts])
    assert dict(zip(texts, read, strict=True)) == {case["text"]: case["words"] for case in CASES}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("remboursemant", "remboursement"),
        ("cotisassion", "cotisation"),
        ("convensionel", "conventionnelle"),
        ("asemblé", "assemblée"),
        ("fotografe", "photographe"),
        ("kompta", "compta"),
        ("maissons", "maisons"),
    ],
)
def test_a_word_is_mended_by_its_letters_or_its_sounds(page: Page, address: str, written: str, meant: str) -> None:
    page.goto(address)
    words = [
        "contrat",
        "remboursement",
        "cotisation",
        "conventionnelle",
        "assemblée",
        "photographe",
        "compta",
        "maisons",
    ]
    script = (
        "async ([at, text, word]) => { const { vocabulary } = await import(at + 'proches.js');"
        " const { fold } = await import(at + 'mots.js'); return vocabulary(text).nearest(fold(word)); }"
    )
    assert page.evaluate(script, [f"{address}assets/recherche/", "\n".join(words), written]) == meant


def test_a_mistake_is_mended_and_said_and_one_may_insist(page: Page, address: str) -> None:
    page.goto(address)
    assert "demarches/se-faire-rembourser-ses-frais" in ask(page, "remboursemant de mes frais")[:3]
    correction = page.locator(".essaim-recherche-correction")
    expect(correction).to_have_text("Chercher exactement « remboursemant de mes frais »")
    expect(page.locator(STATUS)).to_contain_text("pour « remboursement de mes frais »")
    correction.get_by_role("button").click()
    expect(correction).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_who_waits_is_told_so(page: Page, address: str) -> None:
    held: list[Route] = []  # what the network keeps until the reader was told

    def let_go() -> None:
        while not held:
            page.wait_for_timeout(10)
        held.pop().continue_()

    page.route("**/fenetre.js", lambda route: held.append(route), times=1)
    page.goto(address)
    page.get_by_role("button", name=BUTTON).click()
    waiting = page.locator(".essaim-recherche-attente")
    expect(waiting).to_have_text("La recherche s'ouvre…")
    let_go()
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(waiting).to_have_text("")
    page.route("**/pagefind/pagefind.js", lambda route: held.append(route), times=1)
    page.get_by_role("searchbox").fill("frais")
    expect(page.locator(STATUS)).to_have_text("Recherche en cours…")
    let_go()
    expect(page.locator(STATUS)).to_have_text(ANSWERED)


def test_who_waits_in_vain_is_told_what_to_do(page: Page, address: str) -> None:
    page.route("**/fenetre.js", lambda route: route.abort())
    page.goto(address)
    page.get_by_role("button", name=BUTTON).click()
    waiting = page.locator(".essaim-recherche-attente")
    expect(waiting).to_have_text("La recherche ne s'ouvre pas. Vérifiez votre connexion, puis réessayez.")
    assert waiting.evaluate("e => e.getBoundingClientRect().height") > 20
    page.unroute("**/fenetre.js")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(waiting).to_have_text("")


def test_a_word_that_nothing_is_like_finds_nothing_and_says_what_to_do(page: Page, address: str) -> None:
    page.goto(address)
    assert ask(page, "zzyzzx") == []
    expect(page.locator(STATUS)).to_have_text(
        "Aucune page trouvée. Essayez un autre mot, plus court ou plus courant."
    )


def test_a_result_shows_kind_summary_and_the_words_that_were_asked(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "note de frais")
    first = page.locator(".essaim-recherche-resultats > li").first
    expect(first.locator(RESULTS)).to_have_text("Se faire rembourser ses frais")
    expect(first.locator(".essaim-recherche-type")).to_have_text("démarche")
    assert "Vous avez payé quelque chose" in first.inner_text()
    assert {text.lower() for text in first.locator("mark").all_inner_texts()} & {"frais", "note"}


def test_a_result_leads_to_a_section(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "carburant kilomètres")
    link = page.get_by_role("list", name="Sections").first.get_by_role("link").first
    section = link.inner_text()
    link.click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    anchor = urlsplit(page.url).fragment
    assert anchor
    assert section in page.locator(f"[id='{anchor}']").inner_text()


def test_nothing_is_asked_for_before_the_search_is_opened(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address, wait_until="networkidle")
    assert [url for url in asked if "recherche" in url] == [
        "assets/essaim-recherche.css",
        "assets/essaim-recherche.js",
    ]
    assert [url for url in asked if "pagefind" in url or "search" in url] == []
    before = len(asked)
    ask(page, "contrat")
    loaded = asked[before:]
    assert "pagefind/pagefind.js" in loaded
    assert [url for url in loaded if not url.startswith(("assets/recherche/", "assets/favicon", "pagefind/"))] == []
    assert "pagefind/mots.gz" not in loaded  # known words are for those that are not understood
    ask(page, "cotisassion")
    assert "pagefind/mots.gz" in asked


def test_the_key_opens_the_search_but_not_while_one_types(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelector('article').insertAdjacentHTML('afterbegin', '<input id=champ>')")
    page.locator("#champ").press("/")
    assert page.locator("#champ").input_value() == "/"
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("#champ").evaluate("field => field.blur()")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Que cherchez-vous ?")).to_be_focused()
    assert page.get_by_role("searchbox").input_value() == ""


def test_the_key_can_be_left_to_other_uses(page: Page, address: str) -> None:
    """As WCAG 2.1.4 asks of a shortcut of one character."""
    page.goto(address)
    page.keyboard.press("/")
    page.get_by_label("Ouvrir la recherche avec la touche « / »").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.locator("dialog[open]").count() == 0
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_label("Ouvrir la recherche avec la touche « / »")).not_to_be_checked()


def test_everything_is_done_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    button = page.get_by_role("button", name=BUTTON)
    button.focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("note de frais")
    expect(page.locator(RESULTS).first).to_have_text("Se faire rembourser ses frais")
    expect(page.get_by_role("status").last).to_have_text(re.compile(r"^\d+ pages trouvées\.$"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULTS).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # asks again at once, and leads to the first result
    expect(page.locator(RESULTS).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}demarches/se-faire-rembourser-ses-frais/")


def test_results_are_narrowed_by_keyboard_and_counted(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "contrat")
    page.locator("summary", has_text="Filtrer").focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("checkbox", name=re.compile("^Démarche"))
    expect(box).to_be_visible()
    number = re.search(r"\((\d+)\)", box.evaluate("box => box.parentElement.textContent"))
    page.keyboard.press("Tab")
    while not box.evaluate("box => box === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert number
    expect(page.locator(STATUS)).to_have_text(f"{number[1]} pages trouvées.")
    assert set(page.locator(".essaim-recherche-type").all_inner_texts()) == {"démarche"}
    expect(page.locator("summary", has_text="Filtrer")).to_have_text("Filtrer (1)")


def test_filters_are_those_of_the_wiki_under_their_labels(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=BUTTON).click()
    page.locator("summary", has_text="Filtrer").click()
    expect(page.locator(".essaim-recherche legend")).to_have_text(
        ["Type de page", "Territoire", "Compétence", "Étape"]
    )
    page.get_by_role("checkbox", name=re.compile("^Savoie")).check()  # without a question: all that is there
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^\d+ pages trouvées\.$"))
    assert "profil" in page.locator(".essaim-recherche-type").all_inner_texts()


def test_a_question_and_its_filters_are_shared_by_their_address(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "groupe")
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_role("checkbox", name=re.compile("^Profil")).check()
    expect(page.locator(".essaim-recherche-type").first).to_have_text("profil")
    said, shared = page.locator(STATUS).inner_text(), page.url
    assert parse_qs(urlsplit(shared).query) == {"q": ["groupe"], "type": ["Profil"]}
    page.keyboard.press("Escape")
    expect(page).to_have_url(address)
    page.goto(shared)
    expect(page.locator(STATUS)).to_have_text(said)
    assert page.get_by_role("searchbox").input_value() == "groupe"


def test_one_comes_back_to_the_results(page: Page, address: str) -> None:
    page.goto(address)
    first = ask(page, "note de frais")
    page.locator(RESULTS).first.click()
    page.wait_for_url(f"{address}demarches/**")
    page.go_back()
    expect(page.locator(RESULTS).first).to_be_visible()
    assert page.get_by_role("searchbox").input_value() == "note de frais"
    assert urlsplit(page.locator(RESULTS).first.get_attribute("href") or "").path.endswith(f"{first[0]}/")


def test_more_results_come_when_asked_for(page: Page, address: str) -> None:
    page.goto(address)
    assert len(ask(page, "coopérative")) == 6
    page.get_by_role("button", name="Montrer la suite").click()
    expect(page.locator(RESULTS)).to_have_count(12)
    expect(page.locator(RESULTS).nth(6)).to_be_focused()


def test_without_javascript_there_is_no_dead_control(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.get_by_role("button", name=BUTTON).count() == 0
    assert page.get_by_role("link", name="Démarches").count() > 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_window_fits_and_its_text_stands_out(browser: Browser, address: str, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    box = page.get_by_role("button", name=BUTTON).bounding_box()
    assert box
    assert box["width"] >= 24
    assert box["height"] >= 24
    ask(page, "remboursemant de frais")
    page.locator("summary", has_text="Filtrer").click()
    expect(page.get_by_role("checkbox", name=re.compile("^Démarche"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".essaim-recherche-cadre").evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_the_search_is_there_in_another_theme(page: Page, tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "site_name: x\nuse_directory_urls: false\ntheme: {name: mkdocs, locale: en}\n"
        "plugins: [essaim, essaim-views, essaim-search]\n",
        "docs/index.md": "# Accueil\n",
        "docs/été à la mer.md": "# L'été à la mer\n\nDes coopératrices nagent.\n",
    }
    source = write_files(tmp_path / "source", files)
    run_module("mkdocs", "build", "-q", "-d", str(tmp_path / "site"), cwd=source, status=0)
    with serve(tmp_path / "site") as server:
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        assert len(ask(page, "cooperateur")) == 1
        page.locator(RESULTS).click()
        assert "L'été à la mer" in page.locator("h1").inner_text()
        server.shutdown()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of 3,000 pages of French, indexed as a build does; each page has words that no other has."""
    folder = tmp_path_factory.mktemp("grand")
    sources = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("demarches/*.md")]
    texts = [path.read_text("utf-8") for path in sorted(sources) if "moteur" not in path.parts]
    words = re.findall(r"[^\W\d_]+(?:['’·][^\W\d_]+)*", " ".join(texts))
    random = Random(3000)  # noqa: S311
    syllables = "ba be bi co cu da de fa fi ga la li ma me mo na ni pa pe ra ri sa so ta te ti va vi".split()
    executable = find_executable()
    assert executable
    index, renderer = SearchIndex(executable), Renderer()
    index.begin(3000)

    def say(count: int) -> str:
        start = random.randrange(len(words))
        rare = "".join(random.choices(syllables, k=4))
        return " ".join([*islice(cycle(words), start, start + count), rare])

    for number in range(3000):
        title, summary, heading = say(5).capitalize(), say(25), say(4)
        kinds, places = (("type", (f"Type {number % 12}",)), ("territoire", (f"Département {number % 101}",)))
        record = Record(
            title=title,
            kind="fiche",
            summary=summary,
            names=(say(2),),
            meanings=(say(6),),
            forms=(),
            filters=(kinds, places),
        )
        body = "".join(f'<h2 id="s{part}">{heading}</h2><p>{say(150)}</p>' for part in range(4))
        text = renderer.search(record, body)
        index.add(f"fiches/{number}/index.html", text, record.filters, words_of((title, summary, heading)))
    index.publish(folder)
    index.close()
    page = (
        '<!doctype html><html lang="fr"><title>x</title><link rel="stylesheet" href="assets/essaim-recherche.css">'
        '<header></header><script src="assets/essaim-recherche.js"></script></html>'
    )
    return write_files(folder, {"index.html": page, **published_assets({}, has_ranks=False)})


@pytest.mark.parametrize(
    ("question", "most"),
    [("note de frais", BUDGET), ("contrat", BUDGET), ("remboursemant de mes frais", BUDGET + WORDS)],
)
def test_a_first_question_to_3000_pages_stays_light(page: Page, large: Path, question: str, most: int) -> None:
    """Everything that is asked for from the opening of the window to the first results, as it stands on the disk."""
    received: list[Response] = []
    with serve(large) as server:
        page.goto(f"http://127.0.0.1:{server.server_port}/", wait_until="networkidle")
        page.on("response", lambda response: received.append(response))
        assert ask(page, question)
        page.wait_for_load_state("networkidle")
        sizes = {urlsplit(response.url).path: len(response.body()) for response in received}
        server.shutdown()
    assert sum(sizes.values()) <= most, sizes


QUESTION_WORDS = ("contrat", "associé(e)", "note de frais", "cotisassion", "coopératrice", "part sociale", "zzyzzx")


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages in one index, in `un`, and in eight, in `huit`, on a page that is in English."""
    root = tmp_path_factory.mktemp("divise")
    executable, renderer = find_executable(), Renderer()
    assert executable
    found = sorted([*ROOT.glob("demarches/*.md"), *ROOT.glob("docs/termes/*.md")])
    sources = [path for path in found if path.name[0] != "_" and "\ntitre:" in path.read_text("utf-8")]
    for name, size in (("un", 1000), ("huit", len(sources) // 8 + 1)):
        index = SearchIndex(executable, shard_size=size)
        index.begin(len(sources))
        for source in sources:
            _, head, text = source.read_text("utf-8").split("---", 2)
            title = str(yaml.safe_load(head)["titre"])
            kinds = (("type", (source.parent.name,)),)
            record = Record(title=title, kind="fiche", summary="", names=(), meanings=(), forms=(), filters=kinds)
            html = renderer.search(record, f"<p>{escape(text)}</p>")
            index.add(f"{source.parent.name}/{source.stem}/index.html", html, kinds, words_of((title,)))
        index.publish(root / name / "wiki")
        assert index.count == {"un": 1, "huit": 8}[name]
        index.close()
        page = (
            '<!doctype html><html lang="en"><title>x</title><header></header>'
            '<script src="assets/essaim-recherche.js"></script></html>'
        )
        write_files(root / name / "wiki", {"index.html": page, **published_assets({}, has_ranks=True)})
    return root


def test_several_indexes_answer_as_one(page: Page, divided: Path) -> None:
    """The same pages; those that answer nearly as well may change places, as each index has its own usual length."""
    answers: dict[str, dict[str, tuple[str, list[str]]]] = {}
    for name in ("un", "huit"):
        with serve(divided / name) as server:
            page.goto(f"http://127.0.0.1:{server.server_port}/wiki/")
            for question in QUESTION_WORDS:
                paths = ask(page, question)
                answers.setdefault(question, {})[name] = (page.locator(STATUS).inner_text(), paths)
            server.shutdown()
    for question, given in answers.items():
        (said, one), (said_too, eight) = given["un"], given["huit"]
        assert said == said_too, question
        assert {*one[:1]} <= {*eight[:2]}, question
        assert len({*one} & {*eight}) >= len(one) - 1, question
    assert answers["contrat"]["un"][1]
