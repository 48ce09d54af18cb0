"""The menu of the theme, drawn once for all the pages that show the same one.

Material draws its whole menu anew for each page. Nothing in it tells apart two pages that the menu does not name and
that stand in the same folder: nothing is open, and the addresses are the same.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from posixpath import dirname, normpath

from jinja2 import BaseLoader, Environment, TemplateNotFound
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir

_THEME = "material"
_PARTIAL = "partials/nav.html"
_PARTS = (_PARTIAL, "partials/nav-item.html", "partials/logo.html", "partials/source.html")
"""The templates that draw the menu: of other authors, nobody knows what they depend on."""
_DRAWN = f"essaim/{_PARTIAL}"
_INDENT = re.compile(r"\s*\n\s*")
_SOURCE = (
    "{% set essaim_place = essaim_menu.place(page, nav) %}"
    "{% if essaim_place in essaim_menu.drawn %}{{ essaim_menu.drawn[essaim_place] }}"
    f'{{% else %}}{{% set essaim_drawn %}}{{% include "{_DRAWN}" %}}{{% endset %}}'
    "{{ essaim_menu.keep(essaim_place, essaim_drawn) }}{% endif %}"
)

Place = tuple[str, str]
"""The folder of some pages, and how their addresses are read: as folders or as files."""


class Menu:
    """What was drawn in one build, by the place of the pages that show it."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._others = (str(config.theme.get("logo") or ""), str(config.extra.get("homepage") or ""))
        self._nav: Navigation | None = None
        self._tops: frozenset[int] = frozenset()
        self._folders: frozenset[str] = frozenset()
        self.drawn: dict[Place | None, str] = {}

    def place(self, page: Page | None, nav: Navigation) -> Place | None:
        """Return what all pages that show the same menu share; None for a page whose menu is its own."""
        if nav is not self._nav:
            self._learn(nav)
        if page is None or page.parent is not None or id(page) in self._tops:
            return None
        folder, _, name = page.url.rpartition("/")
        if "." in name:
            return folder, "file"
        return None if normpath(f"/{page.url}") in self._folders else (dirname(folder), "folder")

    def keep(self, place: Place | None, drawn: str) -> str:
        """Return a menu without the blanks that indent it, nearly half of it; note it for the pages of its place."""
        drawn = _INDENT.sub("\n", drawn)
        if place is not None:
            self.drawn[place] = drawn
        return drawn

    def _learn(self, nav: Navigation) -> None:
        """Look at a menu: which pages are at its top, and in which folders is something that it leads to."""
        self._nav = nav
        self.drawn.clear()
        self._tops = frozenset(map(id, nav.items))
        urls = (*self._others, *(url for item in nav.items for url in _urls(item)))
        self._folders = frozenset(folder for url in urls for folder in _upwards(normpath(f"/{url}")))


def draw_once(env: Environment, config: MkDocsConfig) -> None:
    """Have the templates of Material draw each menu once, unless somebody changed those that draw it."""
    if config.theme.name != _THEME or env.loader is None:
        return
    home = Path(get_theme_dir(_THEME))
    try:
        files = [env.loader.get_source(env, part)[1] for part in _PARTS]
    except TemplateNotFound:
        return
    if all(file is not None and Path(file).is_relative_to(home) for file in files):
        env.globals["essaim_menu"] = Menu(config)
        env.loader = _MenuLoader(env.loader)


class _MenuLoader(BaseLoader):
    """Loads the templates of a theme; its menu under another name, for ours has taken its own."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the source of a template, its file, and how to know that it did not change."""
        if template == _PARTIAL:
            return _SOURCE, None, None
        return self._loader.get_source(environment, _PARTIAL if template == _DRAWN else template)

    def list_templates(self) -> list[str]:
        """Return the names of the templates of the theme."""
        return self._loader.list_templates()


def _urls(item: StructureItem) -> Iterator[str]:
    """Yield where an entry of a menu leads, and those below it."""
    url = getattr(item, "url", None)  # sections have none
    if url is not None:
        yield url
    for inner in getattr(item, "children", None) or ():
        yield from _urls(inner)


def _upwards(path: str) -> Iterator[str]:
    """Yield a path and the folders it is in."""
    yield path
    while path != "/":
        path = dirname(path)
        yield path
