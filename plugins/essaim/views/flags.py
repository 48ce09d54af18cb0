"""The pages to read again because of another that they cite: what each of them says, and their list."""

from collections.abc import Iterator
from dataclasses import dataclass

from essaim.folding import fold
from essaim.graph.flags import Raised, flagged_citations
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
    edges = (
        edge
        for edge in site.graph.edges_from(page.path)
        if edge.field is None or sees_field(site.audience, edge.field)
    )
    found = flagged_citations(edges, lambda path: site.raised.get(path, ()))
    return tuple(_show(site.graph.pages[edge.target], flag) for edge, flag in found)


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
        listings=(
            Listing(
                id="pages-a-relire",
                title="Les pages à relire",
                intro="",
                columns=("Page", "Elle cite", "Pourquoi la relire"),
                rows=tuple(_rows(site)),
            ),
        ),
        empty="Rien à relire aujourd'hui : aucune page n'en cite une qui soit signalée.",
    )


def _tells(page_type: PageType, site: Site) -> bool:
    is_told = site.audience is Audience.MEMBERS or any(not flag.is_reserved for flag in page_type.flags)
    return bool(page_type.flags) and is_told and sees_type(site.audience, page_type)


def _rows(site: Site) -> Iterator[tuple[Cell, ...]]:
    pages = [page for path, page in site.graph.pages.items() if site.sees(path) and path not in site.errors]
    for page in sorted(pages, key=lambda page: (fold(page.title), page.path)):
        for flag in page_flags(page, site):
            yield (ShownValue(text=page.title, page=page.path),), (flag.cited,), (ShownValue(text=flag.text),)
