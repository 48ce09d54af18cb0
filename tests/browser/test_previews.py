"""Previews and the drawing of a page's neighbours in a real Chromium: by mouse, keyboard, touch, and without script.

Two sites of the same pages: Material with its instant navigation, below a path; and MkDocs's own theme, with
addresses that end in `.html`.
"""

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
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
SUMMARY = "Du pain <b>gras</b> & bon, en deux jours."
FILES = {
    "docs/index.md": "# Accueil\n\n[[pain]], [les recettes](recettes/index.md), [la photo](four.png), "
    "[ailleurs](https://exemple.invalid/), [plus bas](#bas)\n\n"
    + "Du texte.\n\n" * 30
    + "## Bas\n\n[[pain|Encore le pain]]\n",
    "docs/four.png": "png",
    "docs/recettes/_type.yml": """\
type: recette
label: {one: recette, many: recettes, gender: f}
fields:
  titre: {type: text}
  resume: {type: text}
  demande: {type: reference, to: recette, many: true, label: Demande, inverse: {name: sert, label: Sert à faire}}
  par: {type: reference, many: true, label: Faite par, inverse: {name: fait, label: A fait}}
index: {view: cards}
""",
    "docs/recettes/pain.md": f"---\ntitre: Pain d'été\nresume: '{SUMMARY}'\ndemande: [levain, farine]\n"
    "par: [zoé]\n---\n\nVoir [[secret]].\n",
    "docs/recettes/levain.md": "---\ntitre: Levain\n---\n\nTourne autour du [[pain]].\n",
    "docs/recettes/farine.md": "---\ntitre: Une farine de blé ancien moulue lentement sur une meule de pierre\n---\n",
    "docs/recettes/zoé.md": "---\ntitre: Zoé\n---\n",
    "docs/reserve/_type.yml": "type: reserve\nvisibility: members\nfields:\n  titre: {type: text}\n"
    "  de: {type: reference, label: De, inverse: {name: r, label: Réservé}}\n",
    "docs/reserve/secret.md": "---\ntitre: CANARI\nde: pain\n---\n",
} | {f"docs/recettes/n{n}.md": f"---\ntitre: Numéro {n}\n---\n" for n in range(90)}
CONFIGURATIONS = {
    "material": "site_name: x\nsite_url: http://127.0.0.1/\ntheme:\n  name: material\n  font: false\n"
    "  language: fr\n  features: [navigation.instant]\n  palette:\n"
    "    - {media: '(prefers-color-scheme: light)', scheme: default, primary: teal}\n"
    "    - {media: '(prefers-color-scheme: dark)', scheme: slate, primary: teal}\n",
    "mkdocs": "site_name: x\nuse_directory_urls: false\ntheme: {name: mkdocs, color_mode: auto, locale: fr}\n",
}
each_theme = pytest.mark.parametrize("theme", CONFIGURATIONS)
CARD = ".essaim-apercu"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both sites, each in a folder `wiki` of its own."""
    folder = tmp_path_factory.mktemp("previews")
    for theme, configuration in CONFIGURATIONS.items():
        plugins = "plugins: [essaim, essaim-links, essaim-views]\n"
        source = write_files(folder / f"{theme}-source", {"mkdocs.yml": configuration + plugins, **FILES})
        run_module("mkdocs", "build", "-q", "-d", str(folder / theme / "wiki"), cwd=source, status=0)
    return folder


@pytest.fixture(scope="module")
def addresses(built: Path) -> Iterator[dict[str, str]]:
    """Serve both sites."""
    servers = {
        theme: ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built / theme)))
        for theme in CONFIGURATIONS
    }
    for server in servers.values():
        Thread(target=server.serve_forever, daemon=True).start()
    yield {theme: f"http://127.0.0.1:{server.server_port}/wiki/" for theme, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()


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


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    opened = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    yield opened.new_page()
    opened.close()


def of(theme: str, path: str) -> str:
    """Return the address of a page in the shape a site has."""
    if theme == "material":
        return f"{path}/" if path else ""
    return f"{path or 'index'}.html"


def link(page: Page, name: str = "Pain d'été") -> Locator:
    return page.locator("[role=main], article").get_by_role("link", name=name, exact=True).first


class TestByMouse:
    @each_theme
    def test_the_card_says_title_kind_and_summary_as_they_were_written(
        self, page: Page, addresses: dict[str, str], theme: str
    ) -> None:
        page.goto(addresses[theme])
        link(page).hover()
        card = page.locator(CARD)
        expect(card).to_have_text(f"Pain d'étérecette{SUMMARY}")
        assert card.locator("b").count() == 0
        shown = [element.inner_text() for element in card.locator("> *").all()]
        page.goto(addresses[theme] + of(theme, "recettes/pain"))
        assert shown[0] in page.locator("h1").inner_text()
        assert shown[2] == page.locator(".essaim-resume").inner_text()

    @each_theme
    def test_every_page_of_every_file_is_found(self, page: Page, addresses: dict[str, str], theme: str) -> None:
        page.goto(addresses[theme] + of(theme, "recettes/index" if theme == "mkdocs" else "recettes"))
        files: set[str] = set()
        page.on("request", lambda request: files.add(request.url) if "/apercus/" in request.url else None)
        for name in ("Zoé", "Levain", *(f"Numéro {n}" for n in range(0, 90, 15))):
            link(page, name).hover()
            expect(page.locator(CARD + "-titre")).to_have_text(name)
        assert len(files) >= 2

    def test_it_stays_under_the_pointer_and_goes_after_it(self, page: Page, addresses: dict[str, str]) -> None:
        page.goto(addresses["material"])
        link(page).hover()
        card = page.locator(CARD)
        expect(card).to_be_visible()
        card.hover()
        page.wait_for_timeout(500)
        expect(card).to_be_visible()
        page.mouse.move(900, 700)
        expect(card).to_have_count(0)

    def test_escape_sends_it_away_and_it_does_not_come_back_by_itself(
        self, page: Page, addresses: dict[str, str]
    ) -> None:
        page.goto(addresses["material"])
        link(page).hover()
        expect(page.locator(CARD)).to_be_visible()
        page.keyboard.press("Escape")
        page.wait_for_timeout(500)
        expect(page.locator(CARD)).to_have_count(0)

    def test_a_pointer_that_only_passes_shows_nothing(self, page: Page, addresses: dict[str, str]) -> None:
        stop_clock(page, addresses["material"])
        link(page).hover()
        page.clock.run_for(100)
        page.mouse.move(900, 700)
        page.clock.run_for(600)
        expect(page.locator(CARD)).to_have_count(0)
        link(page).hover()
        page.clock.run_for(600)
        expect(page.locator(CARD)).to_be_visible()

    @pytest.mark.parametrize("name", ["la photo", "ailleurs", "plus bas"])
    def test_what_is_no_other_page_of_the_wiki_has_none(
        self, page: Page, addresses: dict[str, str], name: str
    ) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(addresses["material"], wait_until="networkidle")
        asked.clear()
        link(page, name).hover()
        page.wait_for_timeout(600)
        expect(page.locator(CARD)).to_have_count(0)
        assert [
            url for url in asked if not url.endswith("/sitemap.xml")
        ] == []  # the theme may still ask for that one

    def test_near_the_bottom_of_the_window_it_stands_above(self, page: Page, addresses: dict[str, str]) -> None:
        page.goto(addresses["material"])
        last = link(page, "Encore le pain")
        last.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().bottom + scrollY - innerHeight + 8)")
        last.hover()
        expect(page.locator(CARD)).to_be_visible()
        box, name = page.locator(CARD).bounding_box(), last.bounding_box()
        assert box is not None
        assert name is not None
        assert box["y"] + box["height"] <= name["y"]

    def test_it_is_there_after_an_instant_navigation_too(self, page: Page, addresses: dict[str, str]) -> None:
        page.goto(addresses["material"])
        page.evaluate("window.stayed = true")
        link(page).hover()
        expect(page.locator(CARD)).to_be_visible()
        link(page).click()
        page.wait_for_url("**/recettes/pain/")
        expect(page.locator(CARD)).to_have_count(0)
        link(page, "Levain").hover()
        expect(page.locator(CARD + "-titre")).to_have_text("Levain")


def test_nothing_is_asked_of_anyone_else(page: Page, addresses: dict[str, str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(addresses["material"])
    link(page).hover()
    expect(page.locator(CARD)).to_be_visible()
    outside = [url for url in asked if not url.startswith((addresses["material"], "data:", "blob:"))]
    assert outside == []


def test_without_network_a_link_is_a_link_and_the_next_try_succeeds(page: Page, addresses: dict[str, str]) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(addresses["material"])
    page.route("**/apercus/*", lambda route: route.abort())
    link(page).hover()
    page.wait_for_timeout(600)
    expect(page.locator(CARD)).to_have_count(0)
    assert problems == []
    page.unroute("**/apercus/*")
    page.mouse.move(900, 700)
    link(page).hover()
    expect(page.locator(CARD)).to_be_visible()


def test_a_strict_content_policy_lets_it_work(page: Page, addresses: dict[str, str]) -> None:
    def serve_strictly(route: Any) -> None:
        answer = route.fetch()
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    page.route(re.compile(r"/recettes/pain\.html$"), serve_strictly)
    page.goto(addresses["mkdocs"] + "recettes/pain.html")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    link(page, "Levain").hover()
    expect(page.locator(CARD)).to_be_visible()
    box = page.locator(CARD).bounding_box()
    assert box is not None
    assert box["y"] > 0
    expect(page.locator(".essaim-graphe").get_by_role("link", name="Levain")).to_have_count(2)
    page.get_by_label("Demande").uncheck()
    expect(page.locator(".essaim-graphe").get_by_role("link", name="Levain")).to_have_count(1)
    assert refused == []


class TestByKeyboard:
    @each_theme
    def test_focus_shows_it_and_says_it_escape_closes_it(
        self, page: Page, addresses: dict[str, str], theme: str
    ) -> None:
        page.goto(addresses[theme])
        reach(page, link(page))
        card = page.locator(CARD)
        expect(card).to_have_attribute("role", "tooltip")
        expect(link(page)).to_have_accessible_description(re.compile("Pain d'été.*recette.*Du pain", re.S))
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        expect(link(page)).to_be_focused()
        expect(link(page)).to_have_accessible_description("")

    def test_tab_leaves_it_for_the_next_link(self, page: Page, addresses: dict[str, str]) -> None:
        page.goto(addresses["material"])
        reach(page, link(page))
        expect(page.locator(CARD + "-titre")).to_have_text("Pain d'été")
        page.keyboard.press("Tab")
        expect(link(page, "les recettes")).to_be_focused()
        expect(page.locator(CARD)).to_have_text("Recettesindex94 pages.")
        page.keyboard.press("Tab")
        expect(page.locator(CARD)).to_have_count(0)

    def test_enter_follows_the_link(self, page: Page, addresses: dict[str, str]) -> None:
        page.goto(addresses["mkdocs"])
        reach(page, link(page))
        expect(page.locator(CARD)).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**/recettes/pain.html")


def reach(page: Page, target: Locator) -> None:
    """Press Tab until a link has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            return
    pytest.fail("the keyboard does not reach the link")


class TestByTouch:
    @each_theme
    def test_a_tap_follows_the_link_at_once(self, phone: Page, addresses: dict[str, str], theme: str) -> None:
        phone.goto(addresses[theme])
        link(phone).tap()
        phone.wait_for_url(f"**/{of(theme, 'recettes/pain')}")
        assert phone.locator(CARD).count() == 0

    @each_theme
    def test_a_long_press_opens_the_card_instead(self, phone: Page, addresses: dict[str, str], theme: str) -> None:
        phone.goto(addresses[theme])
        long_press(phone, link(phone))
        card = phone.get_by_role("dialog", name="Aperçu : Pain d'été")
        expect(card).to_contain_text(SUMMARY)
        assert phone.url == addresses[theme]
        box = card.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320
        card.get_by_role("link", name="Ouvrir la page").tap()
        phone.wait_for_url(f"**/{of(theme, 'recettes/pain')}")

    def test_the_browser_s_menu_does_not_come_on_top(self, phone: Page, addresses: dict[str, str]) -> None:
        phone.goto(addresses["mkdocs"])
        menu = "e => e.dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, cancelable: true}))"
        assert link(phone).evaluate(menu) is True
        long_press(phone, link(phone))
        expect(phone.locator(CARD)).to_be_visible()
        assert link(phone).evaluate(menu) is False

    def test_a_tap_elsewhere_closes_it(self, phone: Page, addresses: dict[str, str]) -> None:
        phone.goto(addresses["material"])
        long_press(phone, link(phone))
        expect(phone.locator(CARD)).to_be_visible()
        phone.touchscreen.tap(200, 560)
        expect(phone.locator(CARD)).to_have_count(0)
        assert phone.url == addresses["material"]

    def test_a_finger_that_moves_is_scrolling(self, phone: Page, addresses: dict[str, str]) -> None:
        phone.goto(addresses["material"])
        long_press(phone, link(phone), move=60)
        phone.wait_for_timeout(300)
        assert phone.locator(CARD).count() == 0

    def test_the_next_tap_on_the_same_link_follows_it(self, phone: Page, addresses: dict[str, str]) -> None:
        phone.goto(addresses["mkdocs"])
        long_press(phone, link(phone))
        expect(phone.locator(CARD)).to_be_visible()
        phone.touchscreen.tap(200, 560)
        link(phone).tap()
        phone.wait_for_url("**/recettes/pain.html")


def stop_clock(page: Page, address: str) -> None:
    """Open a page whose time passes only when it is told to, however busy the machine is."""
    page.clock.install(time=datetime(2026, 11, 27, 8, tzinfo=UTC))
    page.goto(address)
    page.clock.pause_at(datetime(2026, 11, 27, 9, tzinfo=UTC))


def long_press(page: Page, target: Locator, move: int = 0) -> None:
    """Put a finger on a link, maybe move it, and lift it 700 ms later."""
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    if move:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - move}]})
    page.wait_for_timeout(700)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


class TestNeighbours:
    def test_the_drawing_and_its_filter_work_without_a_script(
        self, browser: Browser, addresses: dict[str, str]
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(addresses["material"] + "recettes/pain/")
        around = page.get_by_role("region", name="Autour de cette page")
        drawing = around.locator(".essaim-graphe")
        expect(drawing.get_by_role("link")).to_have_count(5)  # two by « Demande », Zoé, two that only link here
        line = drawing.locator("g", has=page.get_by_role("link", name="Zoé")).locator("path")
        expect(line).to_be_visible()
        around.get_by_label("Faite par").uncheck()
        expect(drawing.get_by_role("link", name="Zoé")).to_be_hidden()
        expect(line).to_be_hidden()
        expect(drawing.get_by_text("Faite par")).to_be_hidden()
        expect(drawing.get_by_role("link", name="Levain").first).to_be_visible()
        around.get_by_label("Faite par").check()
        expect(drawing.get_by_role("link", name="Zoé")).to_be_visible()
        context.close()

    @each_theme
    def test_everything_is_in_the_page_without_a_script(
        self, browser: Browser, addresses: dict[str, str], theme: str
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(addresses[theme] + of(theme, "recettes/levain"))
        expect(link(page)).to_be_visible()
        expect(page.get_by_role("heading", name="Sert à faire")).to_be_visible()
        page.goto(addresses[theme] + of(theme, "recettes/pain"))
        expect(page.locator(".essaim-resume")).to_have_text(SUMMARY)
        listed = page.locator(".essaim-voisins")
        listed.locator("summary").click()
        drawn = page.locator(".essaim-graphe").get_by_role("link").all_inner_texts()
        expect(listed.get_by_role("link", name="Zoé")).to_be_visible()
        assert set(listed.get_by_role("link").all_inner_texts()) == set(drawn)
        listed.get_by_role("link", name="Zoé").click()
        assert "Zoé" in page.locator("h1").inner_text()
        context.close()

    def test_its_links_have_names_and_the_keyboard_reaches_them(self, page: Page, addresses: dict[str, str]) -> None:
        page.goto(addresses["material"] + "recettes/pain/")
        links = page.locator(".essaim-graphe a")
        for one in links.all():
            expect(one).to_have_accessible_name(re.compile(r"\S"))
        reach(page, links.first)
        reach(page, links.last)
        assert page.locator(".essaim-graphe").get_attribute("role") == "group"
        assert page.locator(".essaim-graphe").get_attribute("aria-label")

    def test_labels_never_run_into_one_another(self, phone: Page, addresses: dict[str, str]) -> None:
        phone.goto(addresses["material"] + "recettes/pain/")
        boxes = phone.locator(".essaim-graphe :is(a, p)").evaluate_all(
            "all => all.map(e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] })"
        )
        assert len(boxes) >= 8
        for number, (left, top, right, bottom) in enumerate(boxes):
            assert left >= 0
            assert right <= 320
            for other in boxes[:number]:
                assert left >= other[2] or other[0] >= right or top >= other[3] or other[1] >= bottom
        spill = (
            "all => all.filter(e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflow == 'visible')"
        )
        assert phone.locator(".essaim-graphe a").evaluate_all(spill) == []
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320

    def test_no_two_relations_share_colour_or_line(self, page: Page, addresses: dict[str, str]) -> None:
        page.goto(addresses["material"] + "recettes/pain/")
        looks = page.evaluate("""() => [...Array(8).keys()].map(n => {
            const g = document.querySelector(".essaim-graphe g");
            g.setAttribute("class", `essaim-rel-${n}`);
            const style = getComputedStyle(g.querySelector("path"));
            return [style.stroke, style.strokeDasharray];
        })""")
        assert len({colour for colour, _ in looks}) == 8
        assert len({line for _, line in looks}) == 8

    def test_the_drawing_is_light(self, built: Path) -> None:
        text = (built / "material/wiki/recettes/pain/index.html").read_text("utf-8")
        drawing = text[text.index('<svg class="essaim-graphe') : text.index("</svg>\n", text.index("essaim-graphe"))]
        assert len(drawing.encode()) / drawing.count("<a ") < 6000 / 14


@each_theme
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card_and_the_drawing_stand_out_in_both_schemes(
    browser: Browser, addresses: dict[str, str], theme: str, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(addresses[theme] + of(theme, "recettes/pain"))
    link(page, "Levain").hover()
    expect(page.locator(CARD)).to_be_visible()
    ours = page.evaluate(CONTRAST.replace("article *", ".essaim-apercu, .essaim-apercu *, .essaim-voisinage *"))
    assert ours == []
    lines = page.evaluate("""() => [...Array(8).keys()].map(n => {
        const g = document.querySelector(".essaim-graphe g");
        g.setAttribute("class", `essaim-rel-${n}`);
        const shown = document.createElement("canvas").getContext("2d");
        const rgb = (colour) => { shown.fillStyle = colour; shown.fillRect(0, 0, 1, 1);
            return [...shown.getImageData(0, 0, 1, 1).data].slice(0, 3); };
        const linear = (v) => v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
        const light = (c) => rgb(c).map(linear).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const [a, b] = [light(getComputedStyle(g.querySelector("path")).stroke),
            light(getComputedStyle(document.body).backgroundColor)].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
    })""")
    assert min(lines) >= 3, lines
    context.close()


@each_theme
def test_what_is_for_members_is_in_no_preview_and_no_drawing(built: Path, theme: str) -> None:
    site = built / theme / "wiki"
    files = sorted((site / "apercus").iterdir())
    assert len(files) == 4
    addresses = [address for file in files for address in json.loads(file.read_text("utf-8"))]
    assert of(theme, "recettes/pain") in addresses
    assert not [address for address in addresses if "secret" in address or "reserve" in address]
    for path in site.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"CANARI" not in content, path
            assert "Réservé".encode() not in content, path


def test_a_site_without_the_plugin_has_neither(tmp_path: Path) -> None:
    source = {"mkdocs.yml": "site_name: x\nplugins: [essaim, essaim-views]\n", **FILES}
    run_module(
        "mkdocs", "build", "-q", "-d", str(tmp_path / "out"), cwd=write_files(tmp_path / "in", source), status=0
    )
    page = (tmp_path / "out/recettes/pain/index.html").read_text("utf-8")
    assert "Sert à faire" not in page
    assert "essaim-voisinage" not in page
    assert not (tmp_path / "out/apercus").exists()
