"""What names a page, under the labels its inverse relations declare."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from essaim.folding import fold
from essaim.graph.model import Edge
from essaim.pages.page import Page
from essaim.views.audience import sees_field
from essaim.views.quotes import quote_of
from essaim.views.site import Site

CITED = "Cité dans"
"""Label of the pages that only link here."""
_MAX_QUOTED = 30
"""Pages of one relation whose sentences are shown; of those after them, the titles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageCard:
    """What one page shows of another: `label` says what kind of page it is (« démarche »)."""

    path: str
    title: str
    label: str
    quote: str = ""
    """The sentence in which it links here, '' when it does not or the sentence says no more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRelation:
    """The pages that name this one in the same way; `name` is empty for plain links."""

    name: str
    label: str
    pages: tuple[PageCard, ...]


def card(page: Page, quote: str = "") -> PageCard:
    """Return what other pages show of a page."""
    return PageCard(path=page.path, title=page.title, label=page.type.label_one, quote=quote)


def show_relations(page: Page, site: Site) -> tuple[ShownRelation, ...]:
    """Return the inverse relations of a page by label, plain links last, in each what changed last first.

    A page named twice comes once; one that names this page by a field and links to it too is shown under the field
    only.
    """
    by_label: dict[tuple[bool, str, str], dict[str, Edge]] = defaultdict(dict)
    named: set[str] = set()
    for edge in site.graph.edges_to(page.path):
        if edge.source == page.path or not site.sees(edge.source):
            continue
        if edge.field is not None and not sees_field(site.audience, edge.field):
            continue
        inverse = edge.field.inverse if edge.field else None
        key = (inverse is None, inverse.name if inverse else "", inverse.label if inverse else CITED)
        by_label[key].setdefault(edge.source, edge)
        if inverse is not None:
            named.add(edge.source)
    relations = []
    for (plain, name, label), sources in sorted(by_label.items()):
        edges = [edge for source, edge in sources.items() if not (plain and source in named)]
        if edges:
            relations.append(ShownRelation(name=name, label=label, pages=_cards(edges, site)))
    return tuple(relations)


def _cards(edges: list[Edge], site: Site) -> tuple[PageCard, ...]:
    sources = {edge.source: (site.graph.pages[edge.source], edge) for edge in edges}
    ranks = sorted((-_changed(path, site), _folded(page.title), path) for path, (page, _) in sources.items())
    ranked = [sources[path] for *_, path in ranks]
    return tuple(
        card(page, _quote(page, edge, site) if number < _MAX_QUOTED else "")
        for number, (page, edge) in enumerate(ranked)
    )


@lru_cache(maxsize=16_384)
def _folded(title: str) -> str:
    """Return a folded title: each page is named by several."""
    return fold(title)


def _changed(path: str, site: Site) -> float:
    """Return when a page last changed, in seconds; 0 when nobody knows."""
    history = site.history.pages.get(path)
    return history.last.when.timestamp() if history else 0.0


def _quote(source: Page, edge: Edge, site: Site) -> str:
    if edge.field is not None or edge.source in site.errors:  # a page that waits for a correction is not shown
        return ""
    return quote_of(source, edge.start, site)
