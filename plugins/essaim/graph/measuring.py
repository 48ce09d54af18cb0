"""What a measure comes to: how many, how much, what share; each row and each page counted once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from math import fsum
from typing import Any, NamedTuple, Protocol

from essaim.graph.comparing import PageValue
from essaim.pages.page import Group, Page
from essaim.schema.conditions import BoundMeasure, FieldPath
from essaim.schema.fieldtypes.times import Duration, DurationOf
from essaim.schema.model import Field


class Row(NamedTuple):
    """One row of a group field, known as the very one of its page. `declared` is the field."""

    page: Page
    group: Group
    declared: Field | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.group is other.group

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return id(self.group)  # where it stands tells less: rows that a file lends to a page all stand at one name


class Asks(Protocol):
    """Finds what paths lead to: rows, pages and values; and whether conditions hold for rows and pages."""

    def reached(self, item: Any, path: FieldPath) -> Iterable[Any]:
        """Yield what a path leads to from an item, a row or a page."""

    def satisfies(self, tree: Any, item: Any) -> bool:
        """Whether a condition holds for an item, a row or a page."""

    def counts(self, where: Any, thing: Any) -> bool:
        """Whether what a measure asks holds for one of the things it counts."""


def measure(asking: Asks, asked: BoundMeasure, item: Any) -> tuple[Any, ...]:
    """Return what a measure comes to for an item: one value, or none where there is nothing to compute."""

    def holds(thing: Any) -> bool:
        return asked.where is None or asking.counts(asked.where, thing)

    def values(things: Iterable[Any]) -> list[Any]:
        return [value for thing in things for value in asking.reached(thing, asked.path.last)]

    is_own = len(asked.path.steps) == 1 and not asked.path.of_this
    starts = (item,) if is_own else _things(asking.reached(item, asked.path.parent))
    if asked.function == "count":
        return (_count(values(starts), asked, holds),)
    kept = values(start for start in starts if holds(start))
    if asked.function == "share":
        return _share(kept, values(starts))
    if asked.function == "sum":
        return (_sum(kept, asked.kind),)
    best = min if asked.function == "min" else max
    return (best(kept, key=size_of),) if kept else ()


def _count(found: list[Any], asked: BoundMeasure, holds: Callable[[Any], bool]) -> int:
    plain = sum(not isinstance(one, Row | PageValue) for one in found) if asked.where is None else 0
    return plain + sum(map(holds, _things(found)))


def _things(found: Iterable[Any]) -> tuple[Row | PageValue, ...]:
    """Return the rows and pages among what was found, each once; a name that no page bears is neither."""
    return tuple(dict.fromkeys(one for one in found if isinstance(one, Row | PageValue)))


def _sum(values: list[Any], kind: str) -> Any:
    if kind == "duration":
        return Duration(*(sum(value[part] for value in values) for part in range(3)))
    return sum(values) if all(isinstance(value, int) for value in values) else fsum(values)


def _share(part: Iterable[Any], whole: Iterable[Any]) -> tuple[float, ...]:
    total = fsum(map(size_of, whole))
    return (100 * fsum(map(size_of, part)) / total,) if total else ()


def size_of(value: Any) -> Any:
    """Return what values of one kind are compared and added up by: the minutes of a duration, a moment as written."""
    if isinstance(value, Duration):
        return DurationOf().measure(value)
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def is_any(value: Any) -> bool:
    """Whether a measure counts for something where a condition asks if there is any."""
    return bool(size_of(value) != 0)
