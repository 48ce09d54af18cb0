"""The pages to read again because of another that they cite: what each of them says, and their list."""

from collections.abc import Iterator
from dataclasses import dataclass

from essaim.folding import fold
from essaim.graph.flags import Raised, flagged_citations
from essaim.graph.model import Edge
from essaim.pages.page import Page
from essaim.schema.model import PageType
from essaim.views.audience import Audience, sees_field, sees_type
from essaim.views.fields import ShownValue
from essaim.views.listing import Cell, Listing, ListPage
from essaim.views.site import Site

NAME = "signalements"
"""Name of the list of pages to read again because of another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownFlag:
    """What is told of a page that is cited: a sentence in parts, of which some lead to pages, that one among them."""

    cited: ShownValue
    parts: tuple[ShownValue, ...]

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(part.text for part in self.parts)


def page_flags(page: Page, site: Site) -> tuple[ShownFlag, ...]:
    """Return what a page tells of those it cites, in the order in which the audience first sees it cite them."""
    return tuple(_show(site.graph.pages[edge.target], flag) for edge, flag in _flagged(page, site))


def _flagged(page: Page, site: Site) -> Iterator[tuple[Edge, Raised]]:
    edges = (
        edge
        for edge in site.graph.edges_from(page.path)
        if edge.field is None or sees_field(site.audience, edge.field)
    )
    return flagged_citations(page, edges, lambda path: site.raised.get(path, ()))


def _show(cited: Page, flag: Raised) -> ShownFlag:
    shown = ShownValue(text=cited.title, page=cited.path)
    parts = [ShownValue(text=part.text, page=part.page) for part in flag.parts]
    if not any(part.page == cited.path for part in parts):
        parts += [ShownValue(text=" Voir « "), shown, ShownValue(text=" ».")]
    return ShownFlag(cited=shown, parts=tuple(parts))


def flags_page(site: Site) -> ListPage | None:
    """Return the list of the pages that cite one that is flagged; None when no type has flags that concern them."""
    if not any(_tells(page_type, site) for page_type in site.schema.by_folder.values()):
        return None
    return ListPage(
        path=site.in_docs(f"{NAME}.md"),
        title="À relire à cause d'une autre page",
        intro="Chacune de ces pages en cite une autre à qui il est arrivé quelque chose : elle a été remplacée, ou "
        "attend d'être revue. Relisez la page, corrigez ce qui a changé, puis citez ce qui vaut maintenant.",
        make=lambda: (
            Listing(
                id="pages-a-relire",
                title="Ce qui a changé, et les pages à relire",
                intro="",
                columns=("Ce qui a changé", "Pourquoi relire", "Pages à relire"),
                rows=tuple(_rows(site)),
            ),
        ),
        empty="Rien à relire aujourd'hui : aucune page n'en cite une qui soit signalée.",
    )


def _tells(page_type: PageType, site: Site) -> bool:
    is_told = site.audience is Audience.MEMBERS or any(not flag.is_reserved for flag in page_type.flags)
    return bool(page_type.flags) and is_told and sees_type(site.audience, page_type)


def _rows(site: Site) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each cause: first those by the first flag of their types, which weighs most."""
    pages = [page for path, page in site.graph.pages.items() if site.sees(path) and path not in site.errors]
    citing: dict[tuple[int, str, str], tuple[ShownFlag, list[ShownValue]]] = {}
    for page in sorted(pages, key=lambda page: (fold(page.title), page.path)):
        for edge, flag in _flagged(page, site):
            cited = site.graph.pages[edge.target]
            cause = (cited.type.flags.index(flag.spec), fold(cited.title), cited.path)
            _, found = citing.setdefault(cause, (_show(cited, flag), []))
            found.append(ShownValue(text=page.title, page=page.path))
    for _, (shown, found) in sorted(citing.items(), key=lambda item: item[0]):
        yield (shown.cited,), (ShownValue(text=shown.text),), tuple(found)
