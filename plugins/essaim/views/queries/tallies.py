"""Numbers sorted into rows and series, and computed over."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from essaim.views.queries.figures import Calculation, compute

OTHERS = "Autres"
"""The series of all that has none of its own."""
_SERIES = 6
"""Series that stand on their own, at most."""

Row = TypeVar("Row", bound=Hashable)


class Entry(NamedTuple, Generic[Row]):
    """What one item brings: its numbers, to each of its rows and each of its series."""

    rows: tuple[Row, ...]
    series: tuple[str, ...]
    numbers: tuple[Decimal, ...]


def tabulate(
    entries: Iterable[Entry[Row]], rows: Sequence[Row], series: Sequence[str], calculation: Calculation
) -> list[tuple[Decimal | None, ...]]:
    """Return for each row the result of each series, in their orders; a row may be met by no entry."""
    numbers: dict[tuple[Row, str], list[Decimal]] = {}
    for entry in entries:
        for row in entry.rows:
            for name in entry.series:
                numbers.setdefault((row, name), []).extend(entry.numbers)
    return [tuple(compute(calculation, numbers.get((row, name), ())) for name in series) for row in rows]


def few_series(entries: Sequence[Entry[Row]], order: Sequence[str]) -> tuple[list[Entry[Row]], tuple[str, ...]]:
    """Return entries whose smallest series are one, « Autres », and the names of the series in their order.

    Those that have most entries stay; of equals, the first in order do.
    """
    counts = Counter(name for entry in entries for name in entry.series)
    names = [name for name in order if counts[name]]
    kept = {*sorted(names, key=lambda name: -counts[name])[:_SERIES]}
    if len(names) == len(kept):
        return [*entries], tuple(names)
    merged = [
        entry._replace(series=tuple(dict.fromkeys(name if name in kept else OTHERS for name in entry.series)))
        for entry in entries
    ]
    return merged, (*(name for name in names if name in kept and name != OTHERS), OTHERS)
