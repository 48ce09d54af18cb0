"""Recurrence rules said in French: « le 2e mardi du mois, jusqu'au 30 juin 2027 »."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from essaim.schema.fieldtypes.rhythms.rule import Rule, Weekday
from essaim.schema.fieldtypes.times import MONTHS, WEEKDAYS, Date

WORKING_DAYS = tuple(Weekday(0, day) for day in range(5))
_EVERY = MappingProxyType(
    {
        "DAILY": ("chaque jour", "tous les {} jours"),
        "WEEKLY": ("chaque semaine", "toutes les {} semaines"),
        "MONTHLY": ("chaque mois", "tous les {} mois"),
        "YEARLY": ("chaque année", "tous les {} ans"),
    }
)


def say_rule(rule: Rule) -> str:
    """Return a rule as a French reader says it."""
    words = _short(rule) or ", ".join([_every(rule), *_where(rule)])
    if rule.times:
        words += f", {rule.times} fois"
    return f"{words}, jusqu'au {Date().display(rule.until)}" if rule.until else words


def _every(rule: Rule) -> str:
    each, every = _EVERY[rule.frequency]
    return each if rule.interval == 1 else every.format(rule.interval)


def _short(rule: Rule) -> str:
    """Return the usual words of a usual rule, '' for any other."""
    if rule.interval > 1 or rule.months or rule.positions or (rule.days and rule.month_days):
        return ""
    if rule.frequency == "WEEKLY" and rule.days == WORKING_DAYS:
        return "du lundi au vendredi"
    if rule.frequency == "WEEKLY" and rule.days:
        return f"chaque {_listed(WEEKDAYS[day.day] for day in rule.days)}"
    if rule.frequency == "MONTHLY" and rule.days and all(day.rank for day in rule.days):
        return f"{_listed(map(_weekday, rule.days))} du mois"
    if rule.frequency == "MONTHLY" and rule.month_days:
        return f"{_listed(map(_month_day, rule.month_days))} du mois"
    return ""


def _where(rule: Rule) -> Iterator[str]:
    """Yield which days of its periods a rule keeps."""
    months = [MONTHS[month - 1] for month in rule.months]
    if rule.month_days and len(months) == 1 and rule.frequency == "YEARLY":
        yield f"{_listed(map(_month_day, rule.month_days))} {months[0]}"
    else:
        if months:
            yield f"en {_listed(months)}"
        if rule.month_days:
            yield f"{_listed(map(_month_day, rule.month_days))} du mois"
    if rule.days:
        yield _listed(map(_weekday, rule.days))
    if rule.positions:
        yield f"mais seulement {_listed(map(_rank, rule.positions))} de ces jours"


def _weekday(day: Weekday) -> str:
    return f"{_rank(day.rank)} {WEEKDAYS[day.day]}" if day.rank else f"le {WEEKDAYS[day.day]}"


def _month_day(day: int) -> str:
    if day < 0:
        return f"{_rank(day)} jour"
    return "le 1er" if day == 1 else f"le {day}"


def _rank(rank: int) -> str:
    if rank == -1:
        return "le dernier"
    if rank < 0:
        return f"le {-rank}e avant la fin,"
    return "le 1er" if rank == 1 else f"le {rank}e"


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} et {last}" if first else last
