"""The orders an index can be read in: by title, or by a field whose values have an order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from essaim.folding import fold
from essaim.pages.page import FieldValue, Page, Value, Values
from essaim.schema.model import Field, PageType
from essaim.views.audience import sees_field
from essaim.views.columns import column_label
from essaim.views.site import Site
from essaim.views.values import value_in

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("text", "markdown", "reference", "territory", "siren", "email", "url", "tel"), "text"),
        **dict.fromkeys(("integer", "number", "duration"), "number"),
        **dict.fromkeys(("date", "datetime", "month"), "date"),
        **dict.fromkeys(("choice", "boolean"), "choice"),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexSort:
    """A field that an index can be sorted by. `kind` says how its orders are told: text, number, date or choice."""

    name: str
    label: str
    kind: str


class Ranked(NamedTuple):
    """The orders of an index; `ranks` gives for each page, by path, its place in each: the lowest is 0.

    The rank of a page without a value is None.
    """

    sorts: tuple[IndexSort, ...]
    ranks: Mapping[str, tuple[int | None, ...]]


def find_sorts(page_type: PageType, names: Sequence[str], site: Site) -> tuple[IndexSort, ...]:
    """Return the orders of an index by the names of its fields, first of all by title."""
    title = page_type.title_field
    found = [IndexSort(name=title, label=column_label(page_type, title, site) or "Titre", kind="text")]
    for name in dict.fromkeys(names):
        field = page_type.fields.get(name)
        if field is None or name == title or field.type.name not in _KINDS or not sees_field(site.audience, field):
            continue
        has_places = bool(field.to) and all(_place_field(site.schema.types[to], site) for to in field.to)
        kind = "choice" if has_places else _KINDS[field.type.name]
        found.append(IndexSort(name=name, label=field.label, kind=kind))
    return tuple(found)


def by_title(pages: Iterable[Page]) -> list[Page]:
    """Return pages in the order of their titles."""
    return sorted(pages, key=lambda page: (fold(page.title), page.path))


def sort_pages(pages: Sequence[Page], page_type: PageType, sort: str, site: Site) -> list[Page]:
    """Return pages that stand by title by a field, then by title; those without a value come last, either way."""
    name = sort.removeprefix("-")
    if name == page_type.title_field:
        return list(pages) if name == sort else sorted(pages, key=lambda page: fold(page.title), reverse=True)
    keyed = [(sort_key(page, name, site), page) for page in pages]
    filled = [(key, page) for key, page in keyed if key is not None]
    filled.sort(key=lambda item: item[0], reverse=sort.startswith("-"))
    return [page for _, page in filled] + [page for key, page in keyed if key is None]


def find_ranks(pages: Sequence[Page], sorts: Sequence[IndexSort], site: Site) -> Ranked:
    """Return the orders that do sort some pages, which stand by title, and the ranks of each page in them.

    Pages with the same value have the same rank, except that the first order, by title, tells all pages apart.
    """
    kept = [*sorts[:1]]
    ranks: dict[str, tuple[int | None, ...]] = {page.path: (number,) for number, page in enumerate(pages)}
    for sort in sorts[1:]:
        keys = {page.path: sort_key(page, sort.name, site) for page in pages}
        known = {*keys.values()}
        if len(known) < 2:
            continue
        places = {key: number for number, key in enumerate(sorted(known - {None}))}
        kept.append(sort)
        for path, key in keys.items():
            ranks[path] += (places.get(key),)
    return Ranked(tuple(kept), ranks)


def sort_key(page: Page, name: str, site: Site) -> Any:
    """Return what a page is sorted by in a field, or None; the keys of one field compare with one another."""
    value, field = value_in(page, name, site), page.type.fields.get(name)
    if value is None or field is None or page.path in site.errors:
        return None
    return next((key for item in _scalars(value) if (key := _key(page, item, field, site)) is not None), None)


def _scalars(value: FieldValue) -> Sequence[Value]:
    items = value.items if isinstance(value, Values) else (value,)
    return [item for item in items if isinstance(item, Value)]


def _key(page: Page, value: Value, field: Field, site: Site) -> Any:
    kind = field.type
    if field.is_reference:
        target = site.graph.out[page.path].references.get(value.start)
        return _target_key(site.graph.pages[target], site) if target is not None and site.sees(target) else None
    if kind.name == "choice":
        return [*field.choices].index(value.data) if value.data in field.choices else None
    if kind.name == "boolean":
        return not value.data
    return fold(kind.display(value.data, field)) if isinstance(value.data, str) else kind.measure(value.data)


def _target_key(page: Page, site: Site) -> tuple[bool, Any, str]:
    place = place_of(page, site)
    return (place is None, place or 0, fold(page.title))


def place_of(page: Page, site: Site) -> Any:
    """Return the number by which the index of its own type sorts a page, the lowest first; or None."""
    field = _place_field(page.type, site)
    value = value_in(page, field.name, site) if field is not None and page.path not in site.errors else None
    if page.type.index is None or not isinstance(value, Value):
        return None
    return -value.data if page.type.index.sort.startswith("-") else value.data


def _place_field(page_type: PageType, site: Site) -> Field | None:
    field = page_type.fields.get(page_type.index.sort.removeprefix("-")) if page_type.index else None
    is_number = field is not None and field.type.name in ("integer", "number")
    return field if field is not None and is_number and sees_field(site.audience, field) else None
