"""When an event takes place: each of its times, within a window and never more than so many."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from essaim.pages.page import Page
from essaim.schema.fieldtypes.rhythms.rule import Rule
from essaim.views.events.days import rule_days
from essaim.views.events.event import YEARS, Event, Moment, day_of, in_zone

MOST = 1000
"""Times of one event that are told at most."""
_HORIZON = timedelta(days=5 * 366)
"""How far ahead the next times of an event are looked for."""


class Occurrence(NamedTuple):
    """One time of an event: of days, `end` is the last one; of hours, when it ends."""

    start: Moment
    end: Moment
    page: Page

    @property
    def first_day(self) -> date:
        """The day when it begins, where it takes place."""
        return day_of(self.start)

    @property
    def last_day(self) -> date:
        """The last day of which it takes a part: what ends at midnight takes none of the day that begins."""
        if isinstance(self.end, datetime) and self.end > self.start:
            return day_of(self.end - timedelta(microseconds=1))
        return day_of(self.end)


def occurrences(event: Event, first: date, last: date) -> list[Occurrence]:
    """Return the times of an event of which a part falls on a day from `first` up to `last`, which is left out."""
    return [*times(event, first, last)]


def times(event: Event, first: date, last: date) -> Iterator[Occurrence]:
    """Yield the same, each when it is asked for."""
    return islice(_occurrences(event, first, last), MOST)


def next_occurrences(event: Event, today: date, most: int) -> list[Occurrence]:
    """Return the next times of an event, those of today included, as far as five years ahead."""
    last = max(today, day_of(event.start)) + _HORIZON
    return [*islice(_occurrences(event, today, last), most)]


def settled(event: Event) -> Event | None:
    """Return an event that begins at its first time by its rule, or None when it never takes place."""
    begin = day_of(event.start)
    day = next(_days(event, begin, begin + _HORIZON), None)
    if day is None or (event.rule is None and is_exception(event, event.start)):
        return None
    end = at_hour_of(event.end, day + (day_of(event.end) - begin))
    return replace(event, start=at_hour_of(event.start, day), end=end)


def last_moment(rule: Rule, event: Event) -> Moment | None:
    """Return until when an event comes back: a day, or an hour in its time zone; None when no date says it."""
    if isinstance(rule.until, datetime) and isinstance(event.start, datetime) and rule.until.year in YEARS:
        return in_zone(rule.until, ZoneInfo(event.timezone))
    return day_of(rule.until) if rule.until else None


def is_exception(event: Event, start: Moment) -> bool:
    """Whether an event does not take place at one of its times: its day or its hour is an exception."""
    return start in event.exceptions or day_of(start) in event.exceptions


def _occurrences(event: Event, first: date, last: date) -> Iterator[Occurrence]:
    lasts = day_of(event.end) - day_of(event.start)
    for day in _days(event, first - min(lasts, first - date.min), last):
        start = at_hour_of(event.start, day)
        found = Occurrence(start, at_hour_of(event.end, day + lasts), event.page)
        if found.last_day >= first and not is_exception(event, start):
            yield found


def _days(event: Event, first: date, last: date) -> Iterator[date]:
    """Yield the days when an event begins."""
    start = day_of(event.start)
    if event.rule is None:
        yield from [start] if first <= start < last else []
        return
    until = last_moment(event.rule, event)
    for day in rule_days(event.rule, start, first, last):
        if until is not None and _is_after(at_hour_of(event.start, day), until):
            return
        yield day


def _is_after(start: Moment, until: Moment) -> bool:
    """Whether something begins after the last moment of its rule: a day holds all its hours."""
    if isinstance(start, datetime) and isinstance(until, datetime):
        return start > until
    return day_of(start) > day_of(until)


def at_hour_of(moment: Moment, day: date) -> Moment:
    """Return the same hour on another day, by the clock on the wall; the day itself for what has no hour."""
    if not isinstance(moment, datetime):
        return day
    return datetime.combine(day, moment.timetz())
