"""The days of a recurrence rule, never further than asked."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
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
    spelt = _spelt(rule, start)
    begin = start if rule.times else _shortly_before(spelt, start, first)
    known = rrule(
        freq=_FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(begin, time()),
        interval=rule.interval,
        until=datetime.combine(last, time()),  # else a rule that never comes true is followed to the year 9999
        bymonth=spelt.months or None,
        bymonthday=spelt.month_days or None,
        byweekday=[weekday(day.day, day.rank or None) for day in rule.days] or None,
        bysetpos=rule.positions or None,
        wkst=rule.week_start,
    )
    for moment in islice(known, rule.times or None):
        if first <= moment.date() < last:
            yield moment.date()


def _spelt(rule: Rule, start: date) -> Rule:
    """Return a rule that says itself the day of the month that it takes from its first time, and the month."""
    if rule.frequency not in ("MONTHLY", "YEARLY") or rule.days or rule.month_days:
        return rule
    months = rule.months or (start.month,) if rule.frequency == "YEARLY" else rule.months
    return rule._replace(months=months, month_days=(start.day,))


def _shortly_before(rule: Rule, start: date, first: date) -> date:
    """Return a day from which a rule gives the same days from `first` on: what began long ago is not gone through."""
    if first <= start:
        return start
    if rule.frequency in ("DAILY", "WEEKLY"):
        period = rule.interval * (7 if rule.frequency == "WEEKLY" else 1)
        return start + timedelta(days=(first - start).days // period * period)
    months = rule.interval * (12 if rule.frequency == "YEARLY" else 1)
    gone = (first.year - start.year) * 12 + first.month - start.month
    begin = start.year * 12 + start.month - 1 + gone // months * months
    return date(begin // 12, begin % 12 + 1, 1) if gone >= months else start
