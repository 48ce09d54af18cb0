"""The drawing of curves along time, in a square of 100 that the page makes as wide as there is room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from essaim.views.queries.bars import Values
from essaim.views.queries.figures import say_number
from essaim.views.queries.scales import LETTER, Mark, Scale, mark_at, scale_over

TOP, BOTTOM, RIGHT = 9.0, 86.0, 98.5
"""Between which the curves are drawn; what is said of the places stands below."""
_WIDEST = 30.0
"""Width that what is said of the heights may take, on the left."""
_POINTS = 40
"""A curve along more places than this has no points, but where it is nothing else."""


class Point(NamedTuple):
    """A value on a curve."""

    series: int
    x: float
    y: float


class Line(NamedTuple):
    """The values of a series that follow each other without a gap, two at least."""

    series: int
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line as SVG writes it."""
        return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in self.points)


@dataclass(frozen=True, kw_only=True, slots=True)
class CurveDrawing:
    """Curves with their points; `heights` are marked from the bottom up, `marks` from left to right.

    `zero` is the height of zero, None when the drawing does not go down to it.
    """

    lines: tuple[Line, ...]
    points: tuple[Point, ...]
    heights: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    zero: float | None


def draw_curves(places: Sequence[int], names: Sequence[str], rows: Sequence[Values], with_zero: bool) -> CurveDrawing:
    """Draw a line for each series through its values at places that are in order; a missing value interrupts it.

    Without `with_zero`, a drawing of values that are far from zero does not go down to it.
    """
    scale = scale_over([v for row in rows for v in row if v is not None], with_zero=with_zero)
    heights = tuple(Mark(_height(tick, scale), say_number(tick), "start") for tick in scale.ticks)
    left = min(_WIDEST, LETTER * (1 + max(len(mark.text) for mark in heights)))
    along = [_along(place, places, left) for place in places]
    runs = [run for series in range(len(rows[0]) if rows else 0) for run in _runs(series, along, rows, scale)]
    has_points = len(places) <= _POINTS
    return CurveDrawing(
        lines=tuple(Line(run[0].series, tuple(run)) for run in runs if len(run) > 1),
        points=tuple(point for run in runs for point in run if has_points or len(run) == 1),
        heights=heights,
        marks=tuple(_marks(along, names)),
        zero=_height(Decimal(0), scale) if scale.low <= 0 <= scale.high else None,
    )


def _runs(series: int, along: Sequence[float], rows: Sequence[Values], scale: Scale) -> Iterator[list[Point]]:
    run: list[Point] = []
    for x, row in zip(along, rows, strict=True):
        value = row[series]
        if value is not None:
            run.append(Point(series, x, _height(value, scale)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _marks(along: Sequence[float], names: Sequence[str]) -> list[Mark]:
    """Return the marks of the places, or of one in two, in three… so that each has room beside the one before."""
    marks = [mark_at(x, name) for x, name in zip(along, names, strict=True)]
    for every in range(1, len(marks)):
        kept = marks[::every]
        if all(a.extent[1] + LETTER <= b.extent[0] for a, b in pairwise(kept)):
            return kept
    return marks[:1]


def _along(place: int, places: Sequence[int], left: float) -> float:
    span = places[-1] - places[0]
    return round(left + (RIGHT - left) * ((place - places[0]) / span if span else 0.5), 2)


def _height(value: Decimal, scale: Scale) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * scale.place(value), 2)
