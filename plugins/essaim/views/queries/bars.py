"""The drawing of bars: one below the other, so that a phone has room for their names.

Widths are in hundredths of the width of the drawing, heights in em: texts keep their size wherever it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from essaim.views.queries.figures import say_number
from essaim.views.queries.scales import LETTER, Mark, Scale, mark_at, scale_over

LABEL, BAR, GAP, AXIS = 1.6, 1.2, 0.6, 1.6
"""Heights: of the name of a row, of a bar, of what separates two rows, of the marks below all."""
_FOOT = 0.45
"""Between the foot of the letters of a name and its first bar."""
_WIDEST = 46.0
"""Width that the values beside the bars may take."""
_LETTERS = 38
NOTHING = "–"
"""What stands for a value that is missing."""

Values = tuple[Decimal | None, ...]
"""The values of a row, one for each series."""


class RowLabel(NamedTuple):
    """The name of a row; `y` is the foot of its letters."""

    y: float
    text: str


class Bar(NamedTuple):
    """A bar of a series, `y` its top, and its value in words. Without value it has no width."""

    series: int
    x: float
    y: float
    width: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BarDrawing:
    """Bars that start at `zero`; the drawing is `height` em high, its bars `width` wide at most."""

    height: float
    width: float
    labels: tuple[RowLabel, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    zero: float


def draw_bars(names: Sequence[str], rows: Sequence[Values], unit: str = "") -> BarDrawing:
    """Draw a bar for each value of each row below the name of the row, with the value at the end of its line.

    Of a row of several series only those that have something are drawn: nobody can tell one zero from another.
    """
    said = _said(rows, unit)
    width = 100 - min(_WIDEST, _width(said))
    scale = _fitting_scale([value for row in rows for value in row if value is not None], width)
    zero = scale.place(Decimal(0)) * width
    labels: list[RowLabel] = []
    bars: list[Bar] = []
    top = 0.0
    for name, row, texts in zip(names, rows, said, strict=True):
        labels.append(RowLabel(round(top + LABEL - _FOOT, 2), shorten(name)))
        shown = [series for series, value in enumerate(row) if value] or [0]
        for line, series in enumerate(shown):
            end = scale.place(row[series] or Decimal(0)) * width
            y = round(top + LABEL + line * BAR, 2)
            bars.append(Bar(series, round(min(zero, end), 2), y, round(abs(end - zero), 2), texts[series]))
        top += LABEL + len(shown) * BAR + GAP
    return BarDrawing(
        height=round(top + AXIS, 2),
        width=round(width, 2),
        labels=tuple(labels),
        bars=tuple(bars),
        marks=_marks(scale, width),
        zero=round(zero, 2),
    )


def _said(rows: Sequence[Values], unit: str) -> list[tuple[str, ...]]:
    """Return the values in words; without their unit when there is no room for it."""
    said = [tuple(NOTHING if value is None else say_number(value, unit) for value in row) for row in rows]
    return _said(rows, "") if unit and _width(said) > _WIDEST else said


def _width(said: Sequence[tuple[str, ...]]) -> float:
    return LETTER * (1 + max((len(text) for row in said for text in row), default=0))


def shorten(text: str, letters: int = _LETTERS) -> str:
    """Return a text that fits, its end cut off when it is too long."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _fitting_scale(numbers: Sequence[Decimal], width: float) -> Scale:
    """Return a scale from zero, with fewer ticks when their marks would have no room beside each other."""
    scales = [scale_over(numbers, intervals=intervals) for intervals in (4, 3, 2, 1)]
    return next((s for s in scales if len(_marks(s, width)) == len(s.ticks)), scales[-1])


def _marks(scale: Scale, width: float) -> tuple[Mark, ...]:
    """Return the marks that have room beside the one before."""
    marks: list[Mark] = []
    for tick in scale.ticks:
        mark = mark_at(scale.place(tick) * width, say_number(tick))
        if not marks or marks[-1].extent[1] + LETTER <= mark.extent[0]:
            marks.append(mark)
    return tuple(marks)
