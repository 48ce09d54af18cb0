"""Conditions that are bound to types: what each part of one stands for, ready to be asked of pages."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from essaim.syntax.predicate import All, AnyOf, Not


class FieldPath(NamedTuple):
    """A path from a page to values: each step a field name, a built-in or an inverse relation."""

    steps: tuple[str, ...]
    of_this: bool = False

    @property
    def parent(self) -> "FieldPath":
        """Where its last step starts from."""
        return FieldPath(self.steps[:-1], self.of_this)

    @property
    def last(self) -> "FieldPath":
        """Its last step, from there."""
        return FieldPath(self.steps[-1:])

    def then(self, other: "FieldPath") -> "FieldPath":
        """Return a path that starts at the end of this one, as it is from the start of this one."""
        return other if other.of_this else FieldPath((*self.steps, *other.steps), self.of_this)


class Constant(NamedTuple):
    """A value, converted to the type of what it is compared with."""

    value: Any


class Today(NamedTuple):
    """The day of the analysis, or one some calendar months and days away from it."""

    months: int = 0
    days: int = 0


class BoundMeasure(NamedTuple):
    """What a function makes of all that a path leads to; `kind` is the field type of the result.

    `where` is asked of the rows or pages that are counted or, of other functions, that have the values. `asks_this`
    says whether it asks anything of the page that asks. Of one type, `text` tells measures apart: two trees may be
    equal that are not the same.
    """

    function: str
    path: FieldPath
    where: Any
    kind: str
    asks_this: bool
    text: str

    @property
    def bearers(self) -> FieldPath:
        """The path to what `where` is asked of."""
        return self.path if self.function == "count" else self.path.parent


BoundOperand = FieldPath | Constant | Today | BoundMeasure | tuple[Any, ...]


class Comparison(NamedTuple):
    """A test whose sides are bound; `right` is None when the test is whether the path holds anything."""

    left: BoundOperand
    operator: str | None
    right: BoundOperand | None


class NamedPage(NamedTuple):
    """A page that a condition names, of one of some types, and where in its text."""

    name: str
    types: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition ready to be asked of any page of a type."""

    text: str
    tree: "BoundPredicate"
    paths: tuple[FieldPath, ...]
    """Every path of the condition, in reading order: the first is where a diagnostic is best shown."""
    names: tuple["NamedPage", ...] = ()
    """The pages that the condition names."""
    reach: int = 1
    """How far it goes, without what the computed fields are computed from that it asks for."""


BoundPredicate = Comparison | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a condition does not fit a type: `kind` is syntax, field or type."""

    kind: str
    text: str
    start: int
    end: int
    suggestion: str | None = None
