"""The order of the menu, as `mkdocs.yml` writes it, in pages of this build."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from logging import LoggerAdapter
from typing import Any

from mkdocs.structure.files import Files

from essaim.suggest import nearest
from essaim.views.addresses import published_path
from essaim.views.index import IndexPage
from essaim.views.site import Site
from mkdocs_essaim.views.config import Group, names_of
from mkdocs_essaim.views.navigation import Section

_PAGE = ".md"


@dataclass(frozen=True, kw_only=True)
class Menu:
    """What comes first in a navigation, and the labels of the pages that it names by their path, by source URI."""

    first: tuple[str | Section, ...]
    pages: Mapping[str, str]


def menu_of(
    order: Sequence[str | Group],
    site: Site,
    indexes: Mapping[str, IndexPage],
    files: Files,
    log: "LoggerAdapter[Any]",
) -> Menu:
    """Return the menu that an `order` means in this build; say in the log what it names that is nowhere.

    `indexes` are those of the collections that the audience sees, by source URI: what it does not see has no entry.
    """
    if not order:
        return Menu(first=(), pages={})
    titles = {published_path(path, site.docs_dir): page.title for path, page in site.graph.pages.items()}
    _report_unknown(order, site, {*titles, *files.src_uris}, log)
    published = {file.src_uri for file in files.documentation_pages()}
    covers = {uri for uri in published if uri in indexes}
    named = [name for name in names_of(order) if name.endswith(_PAGE) and name in published - covers]

    def uris_of(name: str) -> list[str]:
        if name.endswith(_PAGE):
            return [name]
        return [uri for uri, index in indexes.items() if index.type == name]

    first: list[str | Section] = []
    for entry in order:
        if isinstance(entry, Group):
            uris = tuple(uri for name in entry.names for uri in uris_of(name))
            first.append(Section(title=escape(entry.title, quote=False), uris=uris))
        else:
            first += uris_of(entry)
    return Menu(
        first=tuple(first),
        pages={uri: escape(titles[uri], quote=False) for uri in named if uri in titles},
    )


def _report_unknown(order: Sequence[str | Group], site: Site, pages: set[str], log: "LoggerAdapter[Any]") -> None:
    if not site.schema.is_whole:
        return
    for name in names_of(order):
        known = pages if name.endswith(_PAGE) else site.schema.types.keys()
        if name not in known:
            what = "une page inconnue" if name.endswith(_PAGE) else "un type inconnu"
            near = nearest(name, known)
            hint = f" Vouliez-vous dire « {near} » ?" if near else " Corrigez le nom, ou ôtez-le."
            log.warning(f"essaim-views : dans mkdocs.yml, « order » nomme {what} : « {name} ».{hint}")
