"""The days of a recurrence rule, never further than asked."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from itertools import islice
from types import MappingProxyType
from typing import Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from essaim.schema.fieldtypes.rhythms.rule import Rule

MOST_YEARS = 200
"""A rule that began longer before the end of what is asked is not worked out."""
_FREQUENCIES: Mapping[str, Literal[0, 1, 2, 3]] = MappingProxyType(
    {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
)


def rule_days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield, in order, the days of a rule that begins on `start`, from `first` up to `last`, which is left out.

    The end of the rule that is a date (`until`) is for who knows the hours.
    """
    if last.year - start.year > MOST_YEARS:
        return
    known = rrule(
        freq=_FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(start, time()),
        interval=rule.interval,
        until=datetime.combine(last, time()),  # else a rule that never comes true is followed to the year 9999
        bymonth=rule.months or None,
        bymonthday=rule.month_days or None,
        byweekday=[weekday(day.day, day.rank or None) for day in rule.days] or None,
        bysetpos=rule.positions or None,
        wkst=rule.week_start,
    )
    for moment in islice(known, rule.times or None):
        if first <= moment.date() < last:
            yield moment.date()
