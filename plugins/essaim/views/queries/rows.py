"""The rows of a chart: what a query found by category, or along time."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from essaim.graph.query import Item
from essaim.schema.fieldtypes.times import Month
from essaim.schema.queries.model import Column
from essaim.views.fields import ShownValue
from essaim.views.queries.asked import Asked
from essaim.views.queries.bars import shorten
from essaim.views.queries.periods import Period, between, place_in_time, readable_period, say_place, say_place_short

TIMES = ("date", "datetime", "month")
"""Kinds of fields whose values stand in time."""
_SHORT = 14
"""Letters of a category below a curve."""
_PERIODS = {Period.DAY: "Jour", Period.MONTH: "Mois", Period.YEAR: "Année"}


class ChartRows(NamedTuple):
    """Rows: what they are, their names in full and short, their places, and those of each item in its order."""

    heading: str
    names: tuple[ShownValue, ...]
    shorts: tuple[str, ...]
    places: tuple[int, ...]
    of_items: Sequence[tuple[int, ...]]
    notes: tuple[str, ...] = ()


def rows_of(asked: Asked, column: Column) -> ChartRows | None:
    """Return the rows of a chart, None when no item has a value in its column."""
    return _times(asked, column) if column.kind in TIMES else categories_of(asked, column)


def _times(asked: Asked, column: Column) -> ChartRows | None:
    times = [[v for v in asked.values(item, column) if isinstance(v, date | Month)] for item in asked.items]
    known = [time for found in times for time in found]
    if not known:
        return None
    wanted = Period(asked.spec.words("par", Period.MONTH))
    if column.kind == "month" and wanted is Period.DAY:
        wanted = Period.MONTH
    period = readable_period(known, wanted)
    of_items = [tuple(dict.fromkeys(place_in_time(time, period) for time in found)) for found in times]
    places = between(place for found in of_items for place in found)
    return ChartRows(
        heading=_PERIODS[period],
        names=tuple(ShownValue(text=say_place(place, period)) for place in places),
        shorts=tuple(say_place_short(place, period) for place in places),
        places=tuple(places),
        of_items=of_items,
        notes=tuple(_time_notes(times, wanted, period)),
    )


def _time_notes(times: Sequence[Sequence[date | Month]], wanted: Period, period: Period) -> Iterator[str]:
    if period is not wanted:
        yield f"La période est trop longue pour compter par {_name(wanted)} : ici, on compte par {_name(period)}."
    undated = sum(not found for found in times)
    if undated:
        yield (
            "1 ligne sans date n'est pas comptée."
            if undated == 1
            else f"{undated} lignes sans date ne sont pas comptées."
        )


def _name(period: Period) -> str:
    return _PERIODS[period].lower()


def categories_of(asked: Asked, column: Column) -> ChartRows | None:
    """Return a row for each value of a column, None when no item has one."""
    groups = asked.groups(column)
    if all(group.value is None for group in groups):
        return None
    of_items: dict[tuple[str, int], list[int]] = {_key(item): [] for item in asked.items}
    for place, group in enumerate(groups):
        for item in group.items:
            of_items[_key(item)].append(place)
    names = tuple(group.shown for group in groups)
    return ChartRows(
        heading=column.label,
        names=names,
        shorts=tuple(shorten(name.text, _SHORT) for name in names),
        places=tuple(range(len(groups))),
        of_items=[tuple(of_items[_key(item)]) for item in asked.items],
    )


def _key(item: Item) -> tuple[str, int]:
    return item.page.path, item.row.start if item.row else -1
