"""The glossary as pages show it: the acronyms that one uses, and those that nothing explains."""

import re
from dataclasses import dataclass

from essaim.graph.glossary import (
    definition_of,
    expansion_of,
    has_glossary,
    own_abbreviations,
    unexplained,
    words_of,
)
from essaim.pages.page import Page
from essaim.views.audience import sees_field
from essaim.views.fields import ShownValue
from essaim.views.listing import Listing
from essaim.views.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownTerm:
    """An acronym, what it stands for, its definition ('' when hidden), and the path of its page."""

    acronym: str
    expansion: str
    definition: str
    path: str


def page_terms(page: Page, site: Site) -> tuple[ShownTerm, ...]:
    """Return the acronyms of the glossary that a page uses, written as the glossary writes them, in their order.

    An acronym in a link, a title or code does not count, nor one that the page explains for itself, nor the page's
    own.
    """
    masked = page.document.masked
    used = [acronym for acronym in site.glossary.pages if acronym in masked]
    if not used:
        return ()
    text, own = words_of(page, of_links=False), own_abbreviations(page)
    found = (_shown(acronym, page, site) for acronym in used if acronym not in own and _stands_in(acronym, text))
    return tuple(sorted(filter(None, found), key=lambda term: term.acronym))


def undefined_acronyms(site: Site) -> Listing | None:
    """Return the acronyms that the pages an audience sees use and nothing explains, most used first.

    None when the wiki has no glossary, for there is nowhere to explain them.
    """
    if not has_glossary(site.schema):
        return None
    pages: dict[str, list[str]] = {}
    shown = (path for path in sorted(site.graph.pages) if site.sees(path) and path not in site.errors)
    for use in unexplained(site.graph, site.schema, shown):
        pages.setdefault(use.acronym, []).append(use.path)
    ranked = sorted(pages.items(), key=lambda item: (-len(item[1]), item[0]))
    return Listing(
        id="sigles-a-expliquer",
        title="Les sigles à expliquer",
        intro="Ces sigles ne sont ni dans le glossaire, ni dits en toutes lettres. Le plus employé vient en premier.",
        columns=("Sigle", "Employé par"),
        rows=tuple(((ShownValue(text=acronym),), _cell(paths, site)) for acronym, paths in ranked),
    )


def _cell(paths: list[str], site: Site) -> tuple[ShownValue, ...]:
    return tuple(ShownValue(text=site.graph.pages[path].title, page=path) for path in paths)


def _shown(acronym: str, page: Page, site: Site) -> ShownTerm | None:
    """Return what an audience is told of an acronym: nothing unless just one page explains it to them."""
    paths = [path for path in site.glossary.pages[acronym] if _tells(path, site)]
    if len(paths) != 1 or paths[0] == page.path:
        return None
    term = site.graph.pages[paths[0]]
    return ShownTerm(
        acronym=acronym,
        expansion=expansion_of(term),
        definition=definition_of(term) if _sees(term, "definition", site) else "",
        path=term.path,
    )


def _tells(path: str, site: Site) -> bool:
    return site.sees(path) and path not in site.errors and _sees(site.graph.pages[path], "acronym", site)


def _sees(term: Page, option: str, site: Site) -> bool:
    """Whether an audience is shown a field of a page of the glossary, named by the option that names it."""
    name = getattr(term.type.glossary, option)
    return name in term.type.fields and sees_field(site.audience, term.type.fields[name])


def _stands_in(acronym: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(acronym)}(?!\w)", text) is not None
