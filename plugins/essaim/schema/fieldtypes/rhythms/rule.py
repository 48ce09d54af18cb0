"""Recurrence rules: what of RFC 5545 a calendar of days needs.

The hour is that of the event's beginning, so nothing comes back more than once a day: there is no BYHOUR, no
FREQ=HOURLY, and so none of the rules that would take for ever to work out.
"""

from datetime import date, datetime
from typing import NamedTuple

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


class Weekday(NamedTuple):
    """A day of the week, 0 for Monday; `rank` picks one of those of a month or a year, from its end when negative,
    and is 0 for all of them.
    """

    rank: int
    day: int


class Rule(NamedTuple):
    """A rhythm. `times` is 0 when nothing counts; an `until` with an hour and no offset is local to the event."""

    frequency: str
    interval: int = 1
    times: int = 0
    until: date | datetime | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    """Days of a month, from its end when negative."""
    days: tuple[Weekday, ...] = ()
    positions: tuple[int, ...] = ()
    """Which of the days that are left in a period to keep, from its end when negative; empty keeps all."""
    week_start: int = 0


def rule_text(rule: Rule) -> str:
    """Return a rule as RFC 5545 writes it, its parts always in the same order."""
    parts = {
        "FREQ": rule.frequency,
        "INTERVAL": str(rule.interval) if rule.interval > 1 else "",
        "COUNT": str(rule.times or ""),
        "UNTIL": _until_text(rule.until) if rule.until else "",
        "BYMONTH": _joined(rule.months),
        "BYMONTHDAY": _joined(rule.month_days),
        "BYDAY": ",".join(f"{day.rank or ''}{DAYS[day.day]}" for day in rule.days),
        "BYSETPOS": _joined(rule.positions),
        "WKST": DAYS[rule.week_start] if rule.week_start else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _until_text(until: date | datetime) -> str:
    if not isinstance(until, datetime):
        return f"{until.year:04}{until:%m%d}"
    return f"{until.year:04}{until:%m%dT%H%M%S}{'Z' if until.tzinfo else ''}"


def _joined(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))
