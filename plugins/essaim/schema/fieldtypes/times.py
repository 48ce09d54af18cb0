"""Days, hours, months, and how long things last."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from essaim.schema.fieldtypes.base import FieldType, Invalid

if TYPE_CHECKING:
    from essaim.schema.model import Field

MONTHS = tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())
WEEKDAYS = tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split())
_FRENCH_DATE = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")
_WRITTEN = re.compile(r"(?P<day>\d{1,2})(?:er)? (?P<month>\w+) (?P<year>\d{4})")


class Month(NamedTuple):
    """A month of a year."""

    year: int
    month: int


class Duration(NamedTuple):
    """How long: calendar months, plus days, plus minutes."""

    months: int = 0
    days: int = 0
    minutes: int = 0


class Date(FieldType):
    """A day."""

    name = "date"
    expected = "une date de la forme 2026-11-22 (année, mois, jour)"
    has_bounds = True

    def parse(self, text: str, field: "Field") -> Any:
        """Accept AAAA-MM-JJ; propose it for a date written the French way."""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return Invalid("ce jour n'existe pas dans le calendrier")
        return _propose(text, self.expected)

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Write the day in full."""
        day = "1er" if value.day == 1 else str(value.day)
        return f"{day} {MONTHS[value.month - 1]} {value.year}"

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Use the standard format."""
        return {"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}


class Datetime(FieldType):
    """A day and an hour, with or without offset from UTC."""

    name = "datetime"
    expected = "une date et une heure de la forme 2026-11-22 18:30"
    has_bounds = True
    _SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)

    def parse(self, text: str, field: "Field") -> Any:
        """Accept ISO 8601 with a T or a space."""
        if not self._SHAPE.fullmatch(text):
            return Invalid(f"il faut {self.expected}")
        try:
            return datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return Invalid("ce jour ou cette heure n'existe pas")

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Write the day in full and the hour."""
        return f"{Date().display(value)} à {value.hour} h {value.minute:02}".removesuffix(" 00")

    def measure(self, value: Any) -> Any:
        """Compare wall-clock time, as written."""
        return value.replace(tzinfo=None)

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Accept what this type accepts."""
        return {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}"}


class MonthOf(FieldType):
    """A month of a year."""

    name = "month"
    expected = "un mois de la forme 2026-11 (année, mois)"
    has_bounds = True

    def parse(self, text: str, field: "Field") -> Any:
        """Accept AAAA-MM."""
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if match and 1 <= int(match[2]) <= 12:
            return Month(int(match[1]), int(match[2]))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return Invalid(f"il faut {self.expected}, sans le jour", text[:7], text[:7])
        return Invalid(f"il faut {self.expected}")

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Write the month in full."""
        return f"{MONTHS[value.month - 1]} {value.year}"

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Accept what this type accepts."""
        return {"type": "string", "pattern": "^\\d{4}-(?:0[1-9]|1[0-2])$"}


class DurationOf(FieldType):
    """How long something lasts."""

    name = "duration"
    expected = "une durée, par exemple 3 mois, 10 jours, 1 h 30 ou 12 months"
    has_bounds = True
    _PART = re.compile(
        r"(?P<count>\d+) ?(?P<unit>years?|ans?|années?|months?|mois|weeks?|semaines?|days?|jours?|j"
        r"|hours?|heures?|h|minutes?|min)(?P<rest>[0-5]\d\b)?[ ,]*(?:et |and )?",
        re.IGNORECASE,
    )
    _ISO = re.compile(
        r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?", re.ASCII
    )

    def parse(self, text: str, field: "Field") -> Any:
        """Accept counts with units in French or English, and ISO 8601."""
        iso = self._ISO.fullmatch(text)
        if iso and len(text) < 40:
            years, months, weeks, days, hours, minutes = (int(part or 0) for part in iso.groups())
            return Duration(years * 12 + months, weeks * 7 + days, hours * 60 + minutes)
        at, total = 0, Duration()
        clean = re.sub(r"(\d+ ?h) (\d\d)$", r"\1\2", " ".join(text.split()))
        while at < len(clean) and len(clean) < 60:
            part = self._PART.match(clean, at)
            if part is None:
                return Invalid(f"il faut {self.expected}")
            total = _add(total, int(part["count"]), part["unit"].lower(), int(part["rest"] or 0))
            at = part.end()
        return total if clean and at >= len(clean) else Invalid(f"il faut {self.expected}")

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Write the duration in French."""
        years, months = divmod(value.months, 12)
        hours, minutes = divmod(value.minutes, 60)
        parts = (
            (years, "an", "ans"),
            (months, "mois", "mois"),
            (value.days, "jour", "jours"),
            (hours, "heure", "heures"),
            (minutes, "minute", "minutes"),
        )
        return " ".join(f"{n} {one if n == 1 else many}" for n, one, many in parts if n) or "0 minute"

    def measure(self, value: Any) -> Any:
        """Compare with a month counted as thirty days."""
        return (value.months * 30 + value.days) * 1440 + value.minutes


def _add(total: Duration, count: int, unit: str, rest: int) -> Duration:
    if unit.startswith(("y", "a")):
        return total._replace(months=total.months + 12 * count)
    if unit.startswith("mo"):
        return total._replace(months=total.months + count)
    if unit.startswith(("w", "s")):
        return total._replace(days=total.days + 7 * count)
    if unit.startswith(("d", "j")):
        return total._replace(days=total.days + count)
    if unit.startswith("h"):
        return total._replace(minutes=total.minutes + 60 * count + rest)
    return total._replace(minutes=total.minutes + count)


def _propose(text: str, expected: str) -> Invalid:
    """Propose the ISO form of a date written 22/11/2026 or 22 novembre 2026."""
    slashed, written = _FRENCH_DATE.fullmatch(text), _WRITTEN.fullmatch(text.lower())
    match = slashed or written
    if match:
        names = {name: number for number, name in enumerate(MONTHS, 1)}
        month = int(match["month"]) if slashed else names.get(match["month"], 0)
        try:
            iso = date(int(match["year"]), month, int(match["day"])).isoformat()
        except ValueError:
            return Invalid(f"il faut {expected}")
        return Invalid(f"il faut {expected}", iso, iso)
    return Invalid(f"il faut {expected}")
