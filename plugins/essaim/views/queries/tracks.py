"""The drawing of a gauge: one bar along what it is measured against. Widths are in hundredths of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from essaim.views.queries.scales import LETTER, Mark, mark_at

_DIGITS = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A part of the bar, from its left end."""

    x: float
    width: float


@dataclass(frozen=True, kw_only=True, slots=True)
class GaugeDrawing:
    """A track as long as the whole, filled up to the value. `over` is what goes beyond a limit, told by hatching.

    `limit` is the mark that was set, `marks` are told below the bar.
    """

    track: Stretch
    filled: Stretch
    over: Stretch | None
    limit: Mark | None
    marks: tuple[Mark, ...]


def draw_gauge(
    value: Decimal, whole: tuple[Decimal, str], limit: tuple[Decimal, str] | None, ceiling: Decimal
) -> GaugeDrawing:
    """Draw a value against a whole above zero; the whole and the limit come with their words.

    What goes beyond `ceiling` is told apart.
    """
    size, said = whole
    known = [Decimal(0), value, size, *([limit[0]] if limit else [])]
    low, high = min(known), max(known)

    def at(number: Decimal) -> float:
        with localcontext(prec=_DIGITS):
            return round(float((number - low) / (high - low)) * 100, 2)

    def stretch(start: Decimal, end: Decimal) -> Stretch:
        return Stretch(x=at(start), width=round(at(end) - at(start), 2))

    zero = Decimal(0)
    bounded = min(value, max(ceiling, zero)) if value > 0 else value
    return GaugeDrawing(
        track=stretch(zero, size),
        filled=stretch(min(zero, bounded), max(zero, bounded)),
        over=stretch(bounded, value) if value > bounded else None,
        limit=mark_at(at(limit[0]), limit[1]) if limit else None,
        marks=tuple(_apart(mark_at(at(size), said), mark_at(at(zero), "0"))),
    )


def _apart(first: Mark, second: Mark) -> Iterator[Mark]:
    """Yield a mark, and another if there is room for it on its left."""
    yield first
    if second.extent[1] + LETTER < first.extent[0]:
        yield second
