"""A query as it was bound to the types: what to look for, and how to show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from essaim.schema.conditions import Condition, FieldPath
from essaim.schema.fieldtypes.times import Duration, Month
from essaim.schema.model import Field

_CLASSES: Mapping[str, type] = MappingProxyType(
    {
        "integer": int,
        "number": float,
        "boolean": bool,
        "date": date,
        "datetime": datetime,
        "month": Month,
        "duration": Duration,
    }
)
"""What the values of field types are in Python, when they are no texts."""


class Column(NamedTuple):
    """A path from a page, as a column of a view: its heading, and the field it ends on, None when it is no field.

    `fields` are all those it ends on, when pages of several types are asked; `is_reserved` says whether only members
    see anything in it.
    """

    path: FieldPath
    label: str
    field: Field | None
    fields: tuple[Field, ...] = ()
    is_reserved: bool = False
    is_left_out: bool = False
    """Whether nobody sees anything in it: it is about pages of a lot that the wiki leaves out."""

    def field_of(self, value: Any) -> Field | None:
        """Return the field, as one value of it is, that a value comes from, when it ends on several."""
        return next((field for field in self.inner if _fits(value, field)), None)

    @property
    def inner(self) -> tuple[Field, ...]:
        """The fields it ends on, each as one value of it is."""
        return tuple(field.item or field for field in self.fields or filter(None, (self.field,)))

    @property
    def kind(self) -> str:
        """The name of the type of its field, '' when it leads to pages or to a fact of every page."""
        return (self.field.item or self.field).type.name if self.field else ""


def _fits(value: Any, field: Field) -> bool:
    if field.choices:
        return value in field.choices
    return type(value) is _CLASSES.get(field.type.name, str)


class SortKey(NamedTuple):
    """A column to sort by, and in which direction."""

    column: Column
    descending: bool


@dataclass(frozen=True, kw_only=True)
class QuerySpec:
    """A query. `types` are all types when its author named none; `rows` names the group field it unfolds, or is ''.

    `options` holds what its view alone takes, each as `kinds` says: columns as `Column` or a tuple of them, words,
    conditions, numbers. `start` and `end` are the extent of the block.
    """

    start: int
    end: int
    view: str
    types: tuple[str, ...]
    condition: Condition | None = None
    sort: tuple[SortKey, ...] = ()
    rows: str = ""
    limit: int | None = None
    title: str = ""
    empty: str = ""
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def column(self, name: str) -> Column | None:
        """Return the column that a key names."""
        found = self.options.get(name)
        return found if isinstance(found, Column) else None

    def columns(self, name: str) -> tuple[Column, ...]:
        """Return the columns that a key names."""
        found = self.options.get(name, ())
        return (found,) if isinstance(found, Column) else tuple(found)

    def words(self, name: str, default: str = "") -> str:
        """Return the text of a key."""
        return str(self.options.get(name, default))

    def whole(self, name: str, default: int) -> int:
        """Return the whole number of a key."""
        return int(self.options.get(name, default))

    def day(self, name: str) -> date | None:
        """Return the day of a key."""
        found = self.options.get(name)
        return found if isinstance(found, date) else None

    def condition_of(self, name: str) -> Condition | None:
        """Return the condition of a key."""
        found = self.options.get(name)
        return found if isinstance(found, Condition) else None

    def amount(self, name: str) -> float | Column | None:
        """Return the number of a key, or the path from the page that asks where one is to be found."""
        found = self.options.get(name)
        return found if isinstance(found, Column | float) else None
