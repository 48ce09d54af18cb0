"""Months as grids of weeks, with what takes place on each day."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from essaim.schema.fieldtypes.times import MONTHS
from essaim.views.fields import ShownValue


@dataclass(frozen=True, kw_only=True, slots=True)
class CellEntry:
    """What takes place on one day, in few words: `hour` is '' for whole days and for what began on a day before."""

    page: ShownValue
    hour: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One day of a month; `date` is ISO 8601."""

    day: int
    date: str
    is_today: bool
    entries: tuple[CellEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """One month: « novembre 2026 », and its weeks from Monday, None for the days of other months. A week when nothing
    takes place is left out."""

    label: str
    weeks: tuple[tuple[Cell | None, ...], ...]


def month_grid(first: date, entries: Mapping[date, tuple[CellEntry, ...]], today: date) -> Month:
    """Return the month that begins on a day, with the entries of its days."""
    weeks = (
        tuple(_cell(day, entries.get(day, ()), today) if day.month == first.month else None for day in week)
        for week in Calendar().monthdatescalendar(first.year, first.month)
    )
    return Month(
        label=f"{MONTHS[first.month - 1]} {first.year}",
        weeks=tuple(week for week in weeks if any(cell is not None and cell.entries for cell in week)),
    )


def _cell(day: date, entries: tuple[CellEntry, ...], today: date) -> Cell:
    return Cell(day=day.day, date=day.isoformat(), is_today=day == today, entries=entries)
