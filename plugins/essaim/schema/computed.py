"""Fields that nobody writes: how their value is computed from the rest of the wiki."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from essaim.schema.conditions import BoundMeasure, Condition, FieldPath

COMPUTABLE = ("choice", "boolean", "integer", "number")
"""The field types whose values can be computed."""


class Case(NamedTuple):
    """A value, and the condition for which a page has it; None always holds."""

    when: Condition | None
    value: Any


@dataclass(frozen=True, kw_only=True)
class Computed:
    """How a field is computed: by the first case that holds or, of a number, by a measure.

    `paths` are all that it looks at, from the page; `reach` is how far its conditions go.
    """

    cases: tuple[Case, ...] = ()
    measure: BoundMeasure | None = None
    is_decimal: bool = False
    paths: tuple[FieldPath, ...] = ()
    reach: int = 1


def by_cases(cases: Iterator[Case]) -> Computed:
    """Return how a field is computed by its cases."""
    known = tuple(cases)
    asked = [case.when for case in known if case.when is not None]
    return Computed(
        cases=known,
        paths=tuple(path for condition in asked for path in condition.paths),
        reach=max((condition.reach for condition in asked), default=1),
    )
