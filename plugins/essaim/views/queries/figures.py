"""Numbers: what is computed over several, and how a French reader is told one."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum
from typing import Any

from essaim.schema.fieldtypes.times import Duration, DurationOf

THIN, FIRM = "\u202f", "\u00a0"
"""The space between thousands, and the one before a unit: neither lets a line break."""
_EXACT = 120
"""Digits to compute with: enough for sums of what number fields hold (40 characters) to be exact."""
_SHOWN = 15
"""Significant digits shown at most; larger and smaller numbers are told with a power of ten."""
_SMALLEST = -6
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class Calculation(StrEnum):
    """What is computed over the values of several pages."""

    COUNT = "nombre"
    SUM = "somme"
    MEAN = "moyenne"
    MIN = "minimum"
    MAX = "maximum"

    @property
    def adds_up(self) -> bool:
        """Whether nothing counts as zero: a mean of nothing is not zero, it is nothing."""
        return self in (Calculation.COUNT, Calculation.SUM)


def as_number(value: Any) -> Decimal | None:
    """Return a value of a field as an exact number, a duration in hours, or None when it is no number."""
    if isinstance(value, Duration):
        return Decimal(DurationOf().measure(value)) / 60
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return number if number.is_finite() else None


def compute(calculation: Calculation, numbers: Sequence[Decimal]) -> Decimal | None:
    """Return the result over some numbers: exact but for the mean, which is rounded; None when there is none."""
    if not numbers:
        return Decimal(0) if calculation.adds_up else None
    with localcontext(prec=_EXACT):
        if calculation is Calculation.COUNT:
            return Decimal(len(numbers))
        if calculation is Calculation.SUM:
            return sum(numbers, Decimal(0))
        if calculation is Calculation.MEAN:
            return round_for_reading(sum(numbers, Decimal(0)) / len(numbers))
        return min(numbers) if calculation is Calculation.MIN else max(numbers)


def per_cent(part: Decimal, whole: Decimal) -> Decimal:
    """Return how much a part is of a whole that is not zero, rounded to one decimal or more when it is tiny."""
    with localcontext(prec=_EXACT):
        return round_for_reading(part * 100 / whole, decimals=1)


def gap(one: Decimal, other: Decimal) -> Decimal:
    """Return how far two numbers are from each other, exactly."""
    with localcontext(prec=_EXACT):
        return abs(one - other)


def round_for_reading(number: Decimal, decimals: int = 2) -> Decimal:
    """Round a number to some decimals, or to two significant digits when there would be nothing left of it."""
    with localcontext(prec=_EXACT, rounding=ROUND_HALF_UP):
        if not number or number.adjusted() > _SHOWN:  # nothing to round, or no decimals that are shown
            return number
        return number.quantize(Decimal(1).scaleb(-max(decimals, 1 - number.adjusted())))


def say_number(number: Decimal, unit: str = "") -> str:
    """Write a number the French way, with its unit: « 1 234,5 € »."""
    text = "0" if not number else _say(number)
    return f"{text}{FIRM}{unit}" if unit else text


def _say(number: Decimal) -> str:
    size = number.adjusted()
    if _SMALLEST <= size < _SHOWN:
        rounded = Context(prec=_SHOWN, rounding=ROUND_HALF_UP).plus(number)
        return f"{_trim(f'{rounded:,f}')}".replace(",", THIN).replace(".", ",")
    with localcontext(prec=4, rounding=ROUND_HALF_UP):
        rounded = +number
    power = rounded.adjusted()
    digits = _trim(f"{rounded.scaleb(-power):f}").replace(".", ",")
    return f"{digits}{FIRM}×{FIRM}10{str(power).translate(_SUPERSCRIPTS)}"


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
