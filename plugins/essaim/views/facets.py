"""The facets of an index: for each field that readers filter by, its values and how many pages have each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from essaim.folding import fold
from essaim.pages.page import Page, scalars_of
from essaim.schema.model import Field, PageType
from essaim.views.audience import sees_field
from essaim.views.columns import column_label
from essaim.views.facet_values import FREE, Mark, facet_field, mark_of, mark_of_page, same
from essaim.views.site import Site
from essaim.views.values import value_in

_MOST_FREE = 24
"""Values that a facet of texts or numbers has at most: beyond, none of them gathers pages."""
_LONGEST = 60
"""Characters of the longest text that is a value of a facet and not a sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FacetValue:
    """One value: its key, its label, and how many pages have it.

    `key` is what a condition says after the name of the facet: `famille = vendre`. Of a year (`2026`) it is the year;
    of a territory, the département, which stands for its communes too.
    """

    key: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """What readers may filter an index by: the path of a field or the name of an inverse relation, and its values.

    Choices come in the order they are declared, years latest first, numbers from the lowest, pages as their own index
    sorts them if it does by a number; other values by how many pages have them.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]


class Faceted(NamedTuple):
    """The facets of an index; `keys` gives for each page, by path, the numbers of its values in each facet."""

    facets: tuple[Facet, ...]
    keys: Mapping[str, tuple[tuple[int, ...], ...]]


class _Source(NamedTuple):
    """Where the values of a facet are found: in a top field, at `field`; or, when it is None, in an inverse."""

    top: str
    name: str
    label: str
    field: Field | None


def find_facets(page_type: PageType, names: Sequence[str], pages: Sequence[Page], site: Site) -> Faceted:
    """Return the facets of some pages of a type by the names of fields; a facet without two values is left out."""
    facets: list[Facet] = []
    keys: dict[str, list[tuple[int, ...]]] = {page.path: [] for page in pages}
    for name in dict.fromkeys(names):
        source = _source(page_type, name, site)
        if source is None:
            continue
        marks = {page.path: _marks(page, source, site) for page in pages}
        values = _values(source, marks)
        if len(values) < 2:
            continue
        facets.append(Facet(name=source.name, label=source.label, values=tuple(values.values())))
        numbers = {key: number for number, key in enumerate(values)}
        for path, found in marks.items():
            keys[path].append(tuple(sorted(numbers[key] for key in found)))
    return Faceted(tuple(facets), {path: tuple(found) for path, found in keys.items()})


def _source(page_type: PageType, name: str, site: Site) -> _Source | None:
    label = column_label(page_type, name, site)
    top = page_type.fields.get(name)
    if top is None:
        return None if label is None else _Source(name, name, label, None)
    field = facet_field(top, site.audience)
    if field is None or label is None:
        return None
    is_inside = field.path != top.path and not field.is_reference
    return _Source(name, field.path, f"{label} : {field.label}" if is_inside else label, field)


def _marks(page: Page, source: _Source, site: Site) -> dict[str, Mark]:
    """Return the values of a page, each once; of a page that waits for a correction, none."""
    if page.path in site.errors:
        return {}
    found = _of_field(page, source.top, source.field, site) if source.field else _of_inverse(page, source.name, site)
    return {same(mark, source.field): mark for mark in found}


def _of_field(page: Page, top: str, field: Field, site: Site) -> Iterator[Mark]:
    value = value_in(page, top, site)
    if value is None:
        return
    for scalar, within in scalars_of(value, page.type.fields[top]):
        mark = mark_of(page, scalar, field, site) if within[-1].path == field.path else None
        if mark is not None:
            yield mark


def _of_inverse(page: Page, name: str, site: Site) -> Iterator[Mark]:
    for edge in site.graph.edges_to(page.path):
        is_shown = site.sees(edge.source) and edge.source not in site.errors
        if edge.inverse == name and edge.field and is_shown and sees_field(site.audience, edge.field):
            yield mark_of_page(edge.source, site)


def _values(source: _Source, marks: Mapping[str, Mapping[str, Mark]]) -> dict[str, FacetValue]:
    """Return the values of a facet in their order, by what is common to the ways of writing each."""
    counts = Counter(key for found in marks.values() for key in found)
    ways: dict[str, Counter[Mark]] = {key: Counter() for key in counts}
    for found in marks.values():
        for key, mark in found.items():
            ways[key][mark] += 1
    if source.field is not None and source.field.type.name in FREE and not _gathers(counts, ways):
        return {}
    chosen = {key: _usual(found) for key, found in ways.items()}
    ranks = {key: mark.rank for key, mark in chosen.items()}
    by_count = sorted(counts, key=lambda key: (-counts[key], fold(chosen[key].label), key))
    ranked = sorted((key for key in by_count if ranks[key] is not None), key=lambda key: ranks[key])
    order = ranked + [key for key in by_count if ranks[key] is None]
    return {key: FacetValue(key=chosen[key].key, label=chosen[key].label, count=counts[key]) for key in order}


def _usual(ways: Counter[Mark]) -> Mark:
    """Return the most usual way of writing a value."""
    return min(ways, key=lambda mark: (-ways[mark], mark.label))


def _gathers(counts: Counter[str], ways: Mapping[str, Counter[Mark]]) -> bool:
    """Whether some pages share values that are few and short."""
    is_short = all(len(mark.label) <= _LONGEST for found in ways.values() for mark in found)
    return is_short and len(counts) <= _MOST_FREE and max(counts.values(), default=0) > 1
