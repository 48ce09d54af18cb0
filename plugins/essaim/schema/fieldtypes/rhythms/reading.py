"""Recurrence rules read from plain French: « chaque lundi », « le premier jeudi du mois, 10 fois »."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from essaim.folding import fold
from essaim.schema.fieldtypes.rhythms.parsing import MOST_TIMES
from essaim.schema.fieldtypes.rhythms.rule import Rule, Weekday
from essaim.schema.fieldtypes.rhythms.saying import WORKING_DAYS
from essaim.schema.fieldtypes.times import MONTHS, WEEKDAYS
from essaim.suggest import nearest

_NUMBERS: Mapping[str, int] = MappingProxyType(
    {**{word: n for n, word in enumerate("deux trois quatre cinq six sept huit".split(), 2)}, "quinze": 15}
)
_RANKS: Mapping[str, int] = MappingProxyType(
    {
        "premier": 1,
        "1er": 1,
        "deuxieme": 2,
        "second": 2,
        "2nd": 2,
        "troisieme": 3,
        "quatrieme": 4,
        "cinquieme": 5,
        "dernier": -1,
        "avant dernier": -2,
        **{f"{n}{end}": n for n in range(2, 6) for end in ("e", "eme")},
    }
)
_MONTHS: Mapping[str, int] = MappingProxyType({fold(name): n for n, name in enumerate(MONTHS, 1)})
_UNITS = MappingProxyType({"j": "DAILY", "s": "WEEKLY", "m": "MONTHLY", "a": "YEARLY"})
"""Frequencies by the first letter of their French unit."""
_FORTNIGHT = MappingProxyType({8: 1, 15: 2})
"""« Tous les 15 jours » means every two weeks, « tous les 8 jours » every week."""

_DAY, _MONTH = "|".join(WEEKDAYS), "|".join(_MONTHS)
_RANK = "|".join(sorted(_RANKS, key=len, reverse=True))
_NUMBER = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_UNIT = "jours?|semaines?|mois|annees?|ans?"
_AND = r"(?:, ?| et )(?:(?:le|les|chaque|tous les) )?"
_CADENCE = re.compile(
    rf"(?:(?:chaque|(?:tous|toutes) les)(?: (?P<every>{_NUMBER}))? (?P<unit>{_UNIT})"
    rf"|une? (?P<other>{_UNIT}) sur (?P<of>{_NUMBER}))(?:$|,? )"
)
_WORKING = re.compile(r"(?:(?:chaque|tous les) jours? ouvres?|du lundi au vendredi)")
_OTHER_DAY = re.compile(rf"un (?P<day>{_DAY}) sur (?P<of>{_NUMBER})")
_EACH = re.compile(rf"(?:(?:chaque|tous les|les|le) )?(?:{_DAY})s?(?:{_AND}(?:{_DAY})s?)*(?: de chaque semaine)?")
_RANKED = re.compile(
    rf"(?:(?:chaque|tous les|les|le) )?(?:{_RANK})s?(?: (?:{_DAY})s?)?(?:{_AND}(?:{_RANK})s?(?: (?:{_DAY})s?)?)*"
    rf"(?: (?:du|de chaque|de tous les) mois| (?:de |d')(?P<month>{_MONTH}))?"
)
_PICK = re.compile(rf"({_RANK})s?\b(?: ({_DAY})s?\b)?")
_DATED = re.compile(
    rf"(?:le|chaque) (?:(?P<day>\d{{1,2}})(?:er)?|(?P<last>dernier jour))"
    rf"(?P<rest> (?:(?:du|de chaque) mois|(?P<month>{_MONTH})(?: de chaque annee)?))?"
)
_UNTIL = re.compile(
    rf",? jusqu'au (?:(?P<iso>\d{{4}} \d\d \d\d)|(?P<day>\d{{1,2}})(?:er)? (?P<month>{_MONTH}) (?P<year>\d{{4}}))"
)
_TIMES = re.compile(r",? (?:pendant )?(?P<count>\d{1,4}) fois")
_VOCABULARY = frozenset(
    f"{_DAY} {_MONTH} {' '.join(_RANKS)} {' '.join(_NUMBERS)} chaque tous toutes les le du de au et un une sur jour "
    "jours ouvre ouvres semaine semaines mois annee ans an jusqu'au fois".replace("|", " ").split()
)


def read_french(text: str) -> Rule | None:
    """Return the rule that some words mean, or None when they are not understood."""
    words = fold(text)
    at = min((words.rfind(mark) for mark in (" jusqu'au ", " fois") if mark in words), default=-1)
    if at < 0:
        return _rhythm(words)
    until = _UNTIL.search(words)
    times = _TIMES.search(words)
    end = until or times
    if end is None or end.end() != len(words):
        return None
    rule, ends = _rhythm(words[: end.start()]), _until(end) if until else {"times": int(end["count"])}
    return rule._replace(**ends) if rule and ends and 0 < ends.get("times", 1) <= MOST_TIMES else None


def mended_french(text: str) -> str | None:
    """Return words that are understood and that others, misspelt, probably were; None when there are none."""
    words = [_mended_word(word) for word in fold(text).replace(",", " , ").split()]
    mended = " ".join(words).replace(" ,", ",")
    return mended if read_french(mended) else None


def _mended_word(word: str) -> str:
    is_known = word in _VOCABULARY or not word[0].isalpha()
    return word if is_known else nearest(word, _VOCABULARY) or word


def _rhythm(words: str) -> Rule | None:
    """Return the rule of some words that tell no end."""
    if _WORKING.fullmatch(words):
        return Rule("WEEKLY", days=WORKING_DAYS)
    other = _OTHER_DAY.fullmatch(words)
    if other:
        return Rule("WEEKLY", interval=_number(other["of"]), days=(Weekday(0, WEEKDAYS.index(other["day"])),))
    cadence = _CADENCE.match(words)
    if cadence is None:
        return _days(words, alone=True)
    every = _number(cadence["every"] or cadence["of"] or "1")
    rule = Rule(_UNITS[(cadence["unit"] or cadence["other"])[0]], interval=every)
    if rule.frequency == "DAILY" and every in _FORTNIGHT:
        rule = Rule("WEEKLY", interval=_FORTNIGHT[every])
    rest = words[cadence.end() :]
    if not rest:
        return rule if every else None
    days = _days(rest, alone=False)
    return days._replace(interval=every) if days and every and days.frequency == rule.frequency else None


def _days(words: str, *, alone: bool) -> Rule | None:
    """Return the rule that some days make: of the week, of the month, of the year.

    « Le 15 » is a rhythm only after « chaque mois », so not when it stands `alone`.
    """
    if _EACH.fullmatch(words):
        numbers = sorted({WEEKDAYS.index(day) for day in re.findall(_DAY, words)})
        return Rule("WEEKLY", days=tuple(Weekday(0, number) for number in numbers))
    dated = _DATED.fullmatch(words)
    if dated:
        day = -1 if dated["last"] else int(dated["day"])
        is_whole = 0 < abs(day) <= 31 and (dated["rest"] or not alone)
        months = (_MONTHS[dated["month"]],) if dated["month"] else ()
        return Rule("YEARLY" if months else "MONTHLY", months=months, month_days=(day,)) if is_whole else None
    ranked = _RANKED.fullmatch(words)
    if ranked is None:
        return None
    days = tuple(sorted(_ranked(words)))
    months = (_MONTHS[ranked["month"]],) if ranked["month"] else ()
    return Rule("YEARLY" if months else "MONTHLY", months=months, days=days) if days else None


def _ranked(words: str) -> Iterator[Weekday]:
    """Yield the days with their ranks: « le 1er et le 3e mardi » are two Tuesdays. Nothing if a rank has no day."""
    day = ""
    for rank, named in reversed(_PICK.findall(words)):
        day = named or day
        if not day:
            return
        yield Weekday(_RANKS[rank], WEEKDAYS.index(day))


def _until(end: re.Match[str]) -> dict[str, Any]:
    """Return the last day as a change to make to a rule; none when the calendar has no such day."""
    try:
        if end["iso"]:
            return {"until": date.fromisoformat(end["iso"].replace(" ", "-"))}
        return {"until": date(int(end["year"]), _MONTHS[end["month"]], int(end["day"]))}
    except ValueError:
        return {}


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(word)
