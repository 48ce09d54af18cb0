"""What a page is, once its document has been read by its type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from essaim.schema.model import Field, PageType
from essaim.syntax.document import Document
from essaim.syntax.lazy import LazyDocument
from essaim.syntax.markdown import Heading, Link
from essaim.syntax.markdown.links import Variable


class Value(NamedTuple):
    """A converted scalar, the exact text it was written as, and its place.

    The variables of a text are filled in in `data`, not in `text`.
    """

    data: Any
    text: str
    start: int
    end: int


class Values(NamedTuple):
    """The values of a field that may have several."""

    items: tuple["FieldValue", ...]
    start: int
    end: int


class Group(NamedTuple):
    """The fields written inside a group, or those of the shared row that its `id` names instead."""

    fields: Mapping[str, "FieldValue"]
    start: int
    end: int
    id: str = ""


FieldValue = Value | Values | Group


class PageId(NamedTuple):
    """What names a page everywhere: its type and its id. Written `type/id`."""

    type: str
    id: str

    def __str__(self) -> str:
        return f"{self.type}/{self.id}"


class PageRef(NamedTuple):
    """A place in the front matter that names another page."""

    field: Field
    target: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page: its names, its values, and the document they come from.

    `path` is that of its file, relative to the root. `values` holds what could be converted; what could not is in the
    diagnostics only.
    """

    path: str
    id: PageId
    type: PageType
    held: LazyDocument
    values: Mapping[str, FieldValue]
    references: tuple[PageRef, ...]
    title: str
    aliases: tuple[tuple[str, int, int], ...]
    """Other names, each with its place."""
    property_links: tuple[Link, ...] = ()
    """Wikilinks in fields that the type does not declare."""
    variables: tuple[Variable, ...] = ()
    """The variables of its front matter and of its body."""
    headings: tuple[Heading, ...] = ()
    """The headings of its body."""
    unreadable: bool = False
    """Whether its front matter could not be read."""

    @property
    def document(self) -> Document:
        """The file taken apart; for a page that was kept, taken apart again when first asked for."""
        return self.held.whole

    @property
    def summary(self) -> str:
        """The `resume` field, or nothing."""
        value = self.values.get("resume")
        return str(value.data) if isinstance(value, Value) else ""


def scalars_of(value: FieldValue, *within: Field) -> Iterator[tuple[Value, tuple[Field, ...]]]:
    """Yield each scalar inside a value with all the fields it stands in, outermost first: of the value, `within`."""
    field = within[-1]
    if isinstance(value, Values):
        inside = within if field.item is None else (*within, field.item)
        for item in value.items:
            yield from scalars_of(item, *inside)
    elif isinstance(value, Group):
        for name, inner in value.fields.items():
            yield from scalars_of(inner, *within, field.fields[name])
    else:
        yield value, within


def values_of(value: FieldValue, field: Field, *kinds: str) -> Iterator[Value]:
    """Yield the scalars of some field types inside a value."""
    return (scalar for scalar, within in scalars_of(value, field) if within[-1].type.name in kinds)
