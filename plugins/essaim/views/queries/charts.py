"""A chart: numbers by row and series, as a drawing, as a table, and in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from essaim.views.fields import ShownValue
from essaim.views.queries.bars import NOTHING, BarDrawing, Values, draw_bars
from essaim.views.queries.curves import CurveDrawing, draw_curves
from essaim.views.queries.figures import say_number
from essaim.views.words import counted

LONG = 12
"""A table with more rows than this is folded away;"""
_CELLS = 36
"""so is one with more values: on a phone each has a line."""
_DRAWN = 40
"""Rows of bars at most."""


class ChartRow(NamedTuple):
    """One row: its name in full and as an axis has room for, its place in the order, a value for each series."""

    name: ShownValue
    short: str
    place: int
    values: Values


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """Numbers to draw. `heading` says what the rows are and `measure` what the numbers are.

    `series` is empty when rows have one value each. `in_time` rows are days, months or years in a row. `from_zero`
    says whether a curve goes down to zero even when all its values are far from it.
    """

    title: str
    heading: str
    measure: str
    rows: tuple[ChartRow, ...]
    series: tuple[str, ...] = ()
    unit: str = ""
    is_curve: bool = False
    in_time: bool = False
    from_zero: bool = True
    notes: tuple[str, ...] = ()
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return all(value is None for row in self.rows for value in row.values)

    @property
    def is_long(self) -> bool:
        """Whether its table is folded away at first."""
        return len(self.rows) > LONG or len(self.rows) * len(self.columns) > _CELLS

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the values."""
        return self.series or (self.measure,)

    @property
    def table(self) -> tuple[tuple[ShownValue, tuple[str, ...]], ...]:
        """The rows as a reader is told them: the name of each, and its values in words."""
        return tuple((row.name, tuple(self.say(value) for value in row.values)) for row in self.rows)

    @property
    def drawn(self) -> tuple[ChartRow, ...]:
        """The rows that have room in the drawing: of times the last, of others the first."""
        if self.is_curve or len(self.rows) <= _DRAWN:
            return self.rows
        return self.rows[-_DRAWN:] if self.in_time else self.rows[:_DRAWN]

    @property
    def bars(self) -> BarDrawing:
        """The drawing as bars."""
        return draw_bars([row.name.text for row in self.drawn], [row.values for row in self.drawn], self.unit)

    @property
    def curves(self) -> CurveDrawing:
        """The drawing as curves."""
        rows = self.rows
        places, names = [row.place for row in rows], [row.short for row in rows]
        return draw_curves(places, names, [row.values for row in rows], self.from_zero)

    @property
    def all_notes(self) -> tuple[str, ...]:
        """What a reader should know besides: its notes, and what is not drawn."""
        if len(self.drawn) == len(self.rows):
            return self.notes
        which = "dernières" if self.in_time else "premières"
        return (*self.notes, f"Le dessin montre les {_DRAWN} {which} lignes, le tableau les {len(self.rows)}.")

    @property
    def summary(self) -> str:
        """What the drawing shows, in words."""
        cells = [
            (value, ", ".join((row.name.text, *self.series[n : n + 1])))
            for row in self.rows
            for n, value in enumerate(row.values)
            if value is not None
        ]
        kind = "Courbe" if self.is_curve else "Barres"
        low, high = min(cells, key=lambda cell: cell[0]), max(cells, key=lambda cell: cell[0])
        told = f"{kind} : {counted(len(cells), 'valeur')}. "
        if low[0] != high[0]:
            told += f"La plus petite : {self.say(low[0])} ({low[1]}). "
        return told + f"La plus grande : {self.say(high[0])} ({high[1]}). Le tableau qui suit les donne toutes."

    def say(self, value: Decimal | None) -> str:
        """Write a value with its unit."""
        return NOTHING if value is None else say_number(value, self.unit)
