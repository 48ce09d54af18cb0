"""The menu of the theme, drawn once for many pages: each is shown what the theme alone would draw for it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from mkdocs_essaim.views.drawn_menu import Menu, draw_once
from tests.conftest import write_files

CONFIG = """\
site_name: Fournil
use_directory_urls: FOLDERS
theme: {name: material, features: [navigation.indexes], custom_dir: ours}
nav:
  - Accueil: index.md
  - Gestes: [gestes/index.md, {Pétrir: gestes/petrir.md}, {Au four: [{Cuire: gestes/four/cuire.md}]}]
  - Levain: gestes/levain/frais.md
  - Ailleurs: https://exemple.invalid/
"""
IN_NAV = {"index.md", "gestes/index.md", "gestes/petrir.md", "gestes/four/cuire.md", "gestes/levain/frais.md"}
ALONE = {"gestes/levain.md"}
"""Pages that the menu does not name, but whose folder it leads into: `./frais/` is an address of that one alone."""
OTHERS = {f"{folder}geste-{n}.md" for folder in ("", "gestes/", "gestes/four/", "recettes/") for n in range(3)}
Draw = Callable[[Environment, Page], str]


def wiki(root: Path, *, folders: bool = True, ours: dict[str, str] | None = None) -> tuple[MkDocsConfig, Files]:
    """Return the configuration and the files of a site, with the templates that a cooperative changed."""
    pages = {f"docs/{uri}": f"# {uri}\n\n## Une section\n" for uri in sorted(IN_NAV | ALONE | OTHERS)}
    config_text = CONFIG.replace("FOLDERS", str(folders).lower())
    write_files(root, {"mkdocs.yml": config_text, "ours/a.txt": "", **pages, **(ours or {})})
    config = load_config(str(root / "mkdocs.yml"))
    return config, get_files(config)


def drawing(config: MkDocsConfig, files: Files) -> tuple[Navigation, Draw]:
    """Return the navigation of a site, and how a page of it is drawn."""
    nav = get_navigation(files, config)
    for file in files.documentation_pages():
        assert file.page is not None
        file.page.read_source(config)
        file.page.render(config, files)

    def draw(env: Environment, page: Page) -> str:
        page.active = True
        try:
            return env.get_template("main.html").render(get_context(nav, files, config, page))
        finally:
            page.active = False

    return nav, draw


def lines(html: str) -> list[str]:
    """Return the lines of a page without what indents them."""
    return [line.strip() for line in html.split("\n") if line.strip()]


@pytest.mark.parametrize("folders", [True, False])
def test_each_page_shows_the_menu_that_the_theme_draws(tmp_path: Path, folders: bool) -> None:
    config, files = wiki(tmp_path, folders=folders)
    plain, ours = config.theme.get_env(), config.theme.get_env()
    draw_once(ours, config)
    _, draw = drawing(config, files)
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    assert len(pages) == len(IN_NAV | ALONE | OTHERS)
    different = [page.url for page in (*pages, *pages) if lines(draw(ours, page)) != lines(draw(plain, page))]
    assert different == []


def test_pages_that_the_menu_does_not_name_share_that_of_their_folder(tmp_path: Path) -> None:
    config, files = wiki(tmp_path)
    env = config.theme.get_env()
    draw_once(env, config)
    nav, draw = drawing(config, files)
    menu = env.globals["essaim_menu"]
    assert isinstance(menu, Menu)
    places = {file.src_uri: menu.place(file.page, nav) for file in files.documentation_pages()}
    assert {uri for uri, place in places.items() if place is None} == IN_NAV | ALONE
    assert len({places[uri] for uri in OTHERS}) == 4
    for uri in sorted(OTHERS):
        known = dict(menu.drawn)
        page = files.src_uris[uri].page
        assert page is not None
        draw(env, page)
        assert set(menu.drawn) - set(known) <= {places[uri]}
        assert {place: menu.drawn[place] for place in known} == known
    assert len(menu.drawn) == 4


def test_a_menu_is_sent_without_what_indents_it(tmp_path: Path) -> None:
    config, files = wiki(tmp_path)
    env = config.theme.get_env()
    draw_once(env, config)
    _, draw = drawing(config, files)
    for uri in ("index.md", "recettes/geste-1.md"):
        page = files.src_uris[uri].page
        assert page is not None
        html = draw(env, page)
        menu = html[html.index('<nav class="md-nav md-nav--primary"') : html.index("Ailleurs")]
        assert menu.count("<li") >= 5
        assert "\n " not in menu
        assert "\n\n" not in menu


def test_a_menu_that_a_cooperative_changed_is_drawn_for_each_page(tmp_path: Path) -> None:
    config, files = wiki(tmp_path, ours={"ours/partials/nav.html": "<nav>{{ page.title }}</nav>"})
    env = config.theme.get_env()
    draw_once(env, config)
    _, draw = drawing(config, files)
    assert "essaim_menu" not in env.globals
    page = files.src_uris["recettes/geste-1.md"].page
    assert page is not None
    assert "<nav>recettes/geste-1.md</nav>" in draw(env, page)


def test_the_menu_of_another_build_is_not_kept(tmp_path: Path) -> None:
    config, files = wiki(tmp_path)
    env = config.theme.get_env()
    draw_once(env, config)
    _, draw = drawing(config, files)
    page = files.src_uris["recettes/geste-1.md"].page
    assert page is not None
    assert "Ailleurs" in draw(env, page)
    config.nav, files = [{"Le fournil": "index.md"}], get_files(config)
    _, draw = drawing(config, files)
    page = files.src_uris["recettes/geste-1.md"].page
    assert page is not None
    html = draw(env, page)
    assert "Le fournil" in html
    assert "Ailleurs" not in html
