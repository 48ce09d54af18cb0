"""Days, months and years as places along time: each is a number, and the next one is the next number."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from essaim.schema.fieldtypes.times import Date, Month, MonthOf

_MOST = 400
"""Places in a row at most: more of them are told by months rather than days, by years rather than months."""
_SHORT = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split()


class Period(StrEnum):
    """How finely time is told."""

    DAY = "jour"
    MONTH = "mois"
    YEAR = "annee"


Time = date | Month
"""What stands in time: a day, a moment of a day (as written), or a month."""


def place_in_time(time: Time, period: Period) -> int:
    """Return the number of the day, month or year in which something stands; a month stands on its first day."""
    if period is Period.YEAR:
        return time.year
    if period is Period.MONTH:
        return time.year * 12 + time.month - 1
    return (date(time.year, time.month, 1) if isinstance(time, Month) else time).toordinal()


def readable_period(times: Collection[Time], period: Period) -> Period:
    """Return the period asked, or a longer one when there would be too many between the first and the last."""
    wider = {Period.DAY: Period.MONTH, Period.MONTH: Period.YEAR}
    places = {place_in_time(time, period) for time in times}
    too_many = bool(places) and max(places) - min(places) >= _MOST
    return readable_period(times, wider[period]) if too_many and period in wider else period


def between(places: Iterable[int]) -> list[int]:
    """Return all places from the first to the last; only those that are there when that would be too many."""
    known = sorted({*places})
    if not known or known[-1] - known[0] >= _MOST:
        return known
    return [*range(known[0], known[-1] + 1)]


def say_place(place: int, period: Period) -> str:
    """Write a day, a month or a year in full."""
    if period is Period.YEAR:
        return str(place)
    if period is Period.MONTH:
        return MonthOf().display(Month(place // 12, place % 12 + 1))
    return Date().display(date.fromordinal(place))


def say_place_short(place: int, period: Period) -> str:
    """Write a day, a month or a year as an axis has room for."""
    if period is Period.YEAR:
        return str(place)
    if period is Period.MONTH:
        return f"{_SHORT[place % 12]} {place // 12}"
    day = date.fromordinal(place)
    return f"{day.day} {_SHORT[day.month - 1]} {day.year}"
