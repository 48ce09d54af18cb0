"""The pages one step away from a page, in both directions, by relation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from essaim.pages.page import Page
from essaim.schema.model import COVERS, Field
from essaim.views.audience import sees_field
from essaim.views.relations import PageCard, ShownRelation, card
from essaim.views.site import Site

CITES = "Cite"
"""Label of the pages that this one only links to."""
_LISTED = 60
"""Pages that the list names at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NeighbourGroup:
    """The neighbours by one relation, said from this page: « Ouvre la voie à ». `count` includes those not named."""

    label: str
    pages: tuple[PageCard, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.pages)


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbourhood:
    """All that stands one step away, what is only a link last. `count` is of distinct pages."""

    title: str
    groups: tuple[NeighbourGroup, ...]
    count: int


def neighbourhood(page: Page, site: Site, relations: Iterable[ShownRelation]) -> Neighbourhood | None:
    """Return the neighbours of a page that the audience sees, or None when there are fewer than two.

    `relations` are those that point at the page, as shown. The cover of a folder leads everywhere: it has none.
    """
    if page.path.rpartition("/")[2] in COVERS:
        return None
    groups: dict[str, dict[str, PageCard]] = {}
    for label, near in _by_relation(page, site, relations):
        groups.setdefault(label, {}).setdefault(near.path, near)
    count = len({path for cards in groups.values() for path in cards})
    if count < 2:
        return None
    kept = share(_LISTED, [len(cards) for cards in groups.values()])
    return Neighbourhood(
        title=page.title,
        groups=tuple(
            NeighbourGroup(label=label, pages=tuple(islice(cards.values(), many)), count=len(cards))
            for (label, cards), many in zip(groups.items(), kept, strict=True)
        ),
        count=count,
    )


def _by_relation(page: Page, site: Site, relations: Iterable[ShownRelation]) -> Iterator[tuple[str, PageCard]]:
    """Yield each neighbour with the label of its relation: fields in both directions, then what is only a link."""
    inwards = [(relation, near) for relation in relations for near in relation.pages]
    edges = [e for e in site.graph.edges_from(page.path) if e.target != page.path and site.sees(e.target)]
    by_field = [e for e in edges if e.field is not None and sees_field(site.audience, e.field)]
    named = {edge.target for edge in by_field}
    yield from ((relation.label, near) for relation, near in inwards if relation.name)
    yield from ((_label(page, e.field), card(site.graph.pages[e.target])) for e in by_field if e.field)
    yield from ((relation.label, near) for relation, near in inwards if not relation.name)
    for edge in edges:
        if edge.field is None and edge.target not in named:
            yield CITES, card(site.graph.pages[edge.target])


def _label(page: Page, field: Field) -> str:
    """Return the label under which a page shows a reference: that of the field at the top."""
    return page.type.fields[field.path.partition(".")[0]].label


def share(places: int, wanted: list[int]) -> list[int]:
    """Divide places among those who want some: everybody gets a first one before anybody a second.

    >>> share(6, [1, 9, 3])
    [1, 3, 2]
    """
    given = [0] * len(wanted)
    while places and given != wanted:
        for index, many in enumerate(wanted):
            if places and given[index] < many:
                given[index] += 1
                places -= 1
    return given
