"""What readers filter an index by: the values of each kind of field, as keys that a condition accepts."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from essaim.folding import fold
from essaim.pages.page import Page, Value
from essaim.schema.model import Field
from essaim.views.audience import Audience, sees_field
from essaim.views.site import Site
from essaim.views.sorts import place_of
from essaim.views.words import capitalised

_OVERSEAS = ("97", "98")
"""How the codes of communes begin whose département has three signs."""


class Mark(NamedTuple):
    """One value of one page. `key` is the text that a condition compares the field with, `label` what is read.

    `rank` is its place among the values of a facet that has an order of its own, None where how often a value is
    found orders them.
    """

    key: str
    label: str
    rank: Any = None


def _choice(data: str, field: Field) -> Mark:
    return Mark(data, field.choices.get(data, data), [*field.choices].index(data) if data in field.choices else None)


def _boolean(data: bool, field: Field) -> Mark:
    word = field.type.display(data, field)
    return Mark(word, capitalised(word), 0 if data else 1)


def _year(data: Any, field: Field) -> Mark:
    return Mark(str(data.year), str(data.year), -data.year)


def _territory(data: str, field: Field) -> Mark:
    """A commune counts for its département."""
    kind, _, code = data.partition(":")
    if kind == "C":
        data = f"D:{code[: 3 if code.startswith(_OVERSEAS) else 2]}"
    return Mark(data, field.type.display(data, field))


def _number(data: float, field: Field) -> Mark:
    key = str(int(data)) if data == int(data) else repr(data)
    return Mark(key, field.type.display(data, field), data)


def _duration(data: Any, field: Field) -> Mark:
    return Mark(field.type.display(data), field.type.display(data), field.type.measure(data))


def _text(data: str, field: Field) -> Mark:
    return Mark(data, data)


_READERS: Mapping[str, Callable[[Any, Field], Mark]] = MappingProxyType(
    {
        "choice": _choice,
        "boolean": _boolean,
        "date": _year,
        "datetime": _year,
        "month": _year,
        "territory": _territory,
        "integer": _number,
        "number": _number,
        "duration": _duration,
        "text": _text,
    }
)
FREE = frozenset({"integer", "number", "duration", "text"})
"""Kinds of fields whose values may all differ: facets only where pages share a few."""


def facet_field(field: Field, audience: Audience) -> Field | None:
    """Return the field whose values a facet shows: this one, or the best inside a list or group; None if none is.

    Inside a group, a closed kind (a choice, a reference…) comes before a free one.
    """
    if not sees_field(audience, field):
        return None
    if field.item is not None:
        return facet_field(field.item, audience)
    inner = [found for part in field.fields.values() if (found := facet_field(part, audience))]
    if inner:
        return next((found for found in inner if found.type.name not in FREE), inner[0])
    return field if field.is_reference or field.type.name in _READERS else None


def mark_of(page: Page, value: Value, field: Field, site: Site) -> Mark | None:
    """Return the mark of one value of a field, or None when its audience hides what it names."""
    if not field.is_reference:
        return _READERS[field.type.name](value.data, field)
    target = site.graph.out[page.path].references.get(value.start)
    return mark_of_page(target, site) if target is not None and site.sees(target) else None


def mark_of_page(path: str, site: Site) -> Mark:
    """Return the mark of a page that another names: pages whose index is sorted by a number keep that order."""
    page = site.graph.pages[path]
    return Mark(page.id.id, page.title, place_of(page, site))


def same(mark: Mark, field: Field | None) -> str:
    """Return what two marks of one value have in common: texts are compared as conditions compare them."""
    return fold(mark.key) if field is not None and field.type.name == "text" else mark.key
