"""What names a page, under the labels its inverse relations declare."""

from collections import defaultdict
from dataclasses import dataclass

from essaim.folding import fold
from essaim.pages.page import Page
from essaim.views.audience import sees_field
from essaim.views.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class PageCard:
    """What one page shows of another."""

    path: str
    title: str
    label: str
    """What kind of page it is: « démarche »."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRelation:
    """The pages that name this one in the same way; `name` is empty for plain links."""

    name: str
    label: str
    pages: tuple[PageCard, ...]


CITED = "Cité dans"
"""Label of the pages that only link here."""


def card(page: Page) -> PageCard:
    """Return what other pages show of a page."""
    return PageCard(path=page.path, title=page.title, label=page.type.label_one)


def show_relations(page: Page, site: Site) -> tuple[ShownRelation, ...]:
    """Return the inverse relations of a page by label, plain links last; a page named twice comes once.

    A page that names this one by a field and links to it too is shown under the field only.
    """
    by_label: dict[tuple[bool, str, str], set[str]] = defaultdict(set)
    named: set[str] = set()
    for edge in site.graph.edges_to(page.path):
        if edge.source == page.path or not site.sees(edge.source):
            continue
        if edge.field is not None and not sees_field(site.audience, edge.field):
            continue
        inverse = edge.field.inverse if edge.field else None
        by_label[inverse is None, inverse.name if inverse else "", inverse.label if inverse else CITED].add(
            edge.source
        )
        if inverse is not None:
            named.add(edge.source)
    relations = []
    for (plain, name, label), sources in sorted(by_label.items()):
        shown = sources - named if plain else sources
        cards = sorted((card(site.graph.pages[source]) for source in shown), key=lambda c: (fold(c.title), c.path))
        if cards:
            relations.append(ShownRelation(name=name, label=label, pages=tuple(cards)))
    return tuple(relations)
