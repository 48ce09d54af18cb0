"""Recurrence rules read as RFC 5545 writes them: `FREQ=MONTHLY;BYDAY=2TU`."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from essaim.schema.fieldtypes.base import Invalid
from essaim.schema.fieldtypes.rhythms.rule import DAYS, FREQUENCIES, Rule, Weekday
from essaim.suggest import nearest

MOST_TIMES = 1000
"""How many times something that is counted comes back at most."""
_MOST_INTERVAL = 999
_LONGEST = 300
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"[0-9]{8}(?P<hour>T[0-9]{6}Z?)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_rule(text: str) -> Rule | Invalid:
    """Read a rule of RFC 5545, with or without `RRULE:` before it."""
    bare = re.sub(r"^RRULE:", "", text.strip().upper()).rstrip(";")
    if len(bare) > _LONGEST:
        return Invalid("cette règle est trop longue")
    rule = Rule(frequency="")
    seen: set[str] = set()
    for part in bare.split(";"):
        name, _, value = part.partition("=")
        known = _PARTS.get(name)
        if known is None or name in seen:
            return _misplaced(part, bare, is_known=known is not None)
        seen.add(name)
        changed = known.read(rule, value)
        if changed is None:
            return Invalid(f"la partie {name} attend {known.expected}")
        rule = changed
    problem = _problem(rule)
    return Invalid(problem) if problem else rule


def _misplaced(part: str, text: str, *, is_known: bool) -> Invalid:
    name = part.partition("=")[0]
    if is_known:
        return Invalid(f"la partie « {name} » est écrite deux fois")
    near = nearest(name, _PARTS)
    mended = text.replace(name, near, 1) if near else None
    return Invalid(f"la partie « {part} » n'en est pas une ; il y a {', '.join(_PARTS)}", mended, mended)


def _problem(rule: Rule) -> str:
    """Return why the parts of a rule do not go together, '' when they do."""
    if not rule.frequency:
        return "il manque la partie FREQ, par exemple FREQ=WEEKLY"
    is_short = rule.frequency in ("DAILY", "WEEKLY")
    if rule.times and rule.until:
        return "une règle a un nombre de fois (COUNT) ou une date de fin (UNTIL), pas les deux"
    if is_short and any(day.rank for day in rule.days):
        return "un rang devant le jour, comme 2TU, demande FREQ=MONTHLY ou FREQ=YEARLY"
    if len({bool(day.rank) for day in rule.days}) > 1:  # programs do not agree on what it means
        return "BYDAY donne un rang à tous les jours, ou à aucun"
    if rule.frequency == "MONTHLY" and any(abs(day.rank) > 5 for day in rule.days):
        return "un mois n'a pas plus de cinq fois le même jour"
    if rule.frequency == "WEEKLY" and rule.month_days:
        return "BYMONTHDAY ne va pas avec FREQ=WEEKLY"
    if rule.positions and (is_short or not (rule.days or rule.month_days)):
        return "BYSETPOS demande FREQ=MONTHLY ou FREQ=YEARLY, avec BYDAY ou BYMONTHDAY"
    return ""


def _frequency(rule: Rule, value: str) -> Rule | None:
    return rule._replace(frequency=value) if value in FREQUENCIES else None


def _interval(rule: Rule, value: str) -> Rule | None:
    number = _number(value, 1, _MOST_INTERVAL)
    return rule._replace(interval=number) if number else None


def _count(rule: Rule, value: str) -> Rule | None:
    number = _number(value, 1, MOST_TIMES)
    return rule._replace(times=number) if number else None


def _until(rule: Rule, value: str) -> Rule | None:
    match = _UNTIL.fullmatch(value)
    if match is None:
        return None
    try:
        return rule._replace(until=datetime.fromisoformat(value) if match["hour"] else date.fromisoformat(value))
    except ValueError:
        return None


def _weekdays(rule: Rule, value: str) -> Rule | None:
    days: list[Weekday] = []
    for item in value.split(","):
        match = _WEEKDAY.fullmatch(item)
        rank = _number(match[1], -53, 53) if match and match[1] else 0
        if match is None or (match[1] and not rank):
            return None
        days.append(Weekday(rank, DAYS.index(match[2])))
    return rule._replace(days=tuple(sorted(set(days))))


def _week_start(rule: Rule, value: str) -> Rule | None:
    return rule._replace(week_start=DAYS.index(value)) if value in DAYS else None


def _months(rule: Rule, value: str) -> Rule | None:
    numbers = _numbers(value, 1, 12)
    return rule._replace(months=numbers) if numbers else None


def _month_days(rule: Rule, value: str) -> Rule | None:
    numbers = _numbers(value, -31, 31)
    return rule._replace(month_days=numbers) if numbers else None


def _positions(rule: Rule, value: str) -> Rule | None:
    numbers = _numbers(value, -366, 366)
    return rule._replace(positions=numbers) if numbers else None


def _numbers(value: str, least: int, most: int) -> tuple[int, ...]:
    """Return the numbers of a list, sorted; none when one of them does not fit."""
    numbers = {_number(item, least, most) for item in value.split(",")}
    return tuple(sorted(numbers)) if all(numbers) else ()


def _number(text: str, least: int, most: int) -> int:
    """Return a number between bounds, 0 for anything else."""
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
        return 0
    return int(text) if least <= int(text) <= most else 0


class _Part(NamedTuple):
    """A part of a rule: how it is read, and what it must be, a French noun phrase."""

    read: Callable[[Rule, str], Rule | None]
    expected: str


_PARTS: Mapping[str, _Part] = MappingProxyType(
    {
        "FREQ": _Part(
            _frequency, "DAILY, WEEKLY, MONTHLY ou YEARLY : un événement revient au plus une fois par jour"
        ),
        "INTERVAL": _Part(_interval, f"un nombre de 1 à {_MOST_INTERVAL}"),
        "COUNT": _Part(_count, f"un nombre de 1 à {MOST_TIMES} ; sans fin, retirez cette partie"),
        "UNTIL": _Part(_until, "une date de la forme 20270630"),
        "BYMONTH": _Part(_months, "des mois de 1 à 12, séparés par des virgules"),
        "BYMONTHDAY": _Part(_month_days, "des jours du mois, de 1 à 31 ou de -31 à -1"),
        "BYDAY": _Part(_weekdays, "des jours comme MO, TU, WE, TH, FR, SA, SU, avec ou sans rang : 2TU, -1FR"),
        "BYSETPOS": _Part(_positions, "des rangs comme 1 ou -1"),
        "WKST": _Part(_week_start, "un jour comme MO"),
    }
)
