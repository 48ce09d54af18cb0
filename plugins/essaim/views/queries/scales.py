"""Scales: where numbers stand along a line, and the texts that mark places on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from typing import NamedTuple

LETTER = 2.2
"""Width of a letter on the narrowest screen, in hundredths of the width of a drawing."""
_DIGITS = 120
_STEPS = (1, 2, 5, 10)


class Mark(NamedTuple):
    """A text at a place along an axis, of 100; `anchor` is which part of the text stands there."""

    at: float
    text: str
    anchor: str = "middle"

    @property
    def extent(self) -> tuple[float, float]:
        """From where to where its text goes."""
        width = len(self.text) * LETTER
        start = self.at - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return start, start + width


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """Round numbers at equal distances, in order: the first and the last hold all that is drawn between them."""

    ticks: tuple[Decimal, ...]

    @property
    def low(self) -> Decimal:
        """The lowest number that has a place."""
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        """The highest number that has a place."""
        return self.ticks[-1]

    def place(self, number: Decimal) -> float:
        """Return where a number stands: 0 at the lowest, 1 at the highest."""
        with localcontext(prec=_DIGITS):
            return float((number - self.low) / (self.high - self.low))


def scale_over(numbers: Iterable[Decimal], *, intervals: int = 4, with_zero: bool = True) -> Scale:
    """Return a scale of about that many intervals over some numbers. Without zero, numbers far above it may fill it.

    Where only whole numbers are drawn, only whole numbers are marked.
    """
    known = [*numbers]
    low, high = min(known, default=Decimal(0)), max(known, default=Decimal(0))
    if with_zero or low < high * 2 < 0 or 0 < low * 2 < high or low == high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    with localcontext(prec=_DIGITS):
        step = _step((high - low) / intervals) if high > low else Decimal(1)
        if step < 1 and all(number == number.to_integral_value() for number in known):
            step = Decimal(1)
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        last = max(last, first + 1)
        return Scale(ticks=tuple((first + n) * step for n in range(int(last - first) + 1)))


def _step(rough: Decimal) -> Decimal:
    """Return the first round number that is not below another: 1, 2 or 5 times a power of ten."""
    unit = Decimal(1).scaleb(rough.adjusted())
    return next(unit * n for n in _STEPS if unit * n >= rough)


def mark_at(at: float, text: str) -> Mark:
    """Return a mark whose text stays in the drawing: centred on its place, but near an end."""
    start, end = Mark(at, text).extent
    return Mark(round(at, 2), text, "start" if start < 0 else "end" if end > 100 else "middle")
