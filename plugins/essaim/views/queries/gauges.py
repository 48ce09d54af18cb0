"""A gauge: how much something is of a whole, or how far towards a goal; as a drawing and in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from essaim.views.queries.figures import gap, per_cent, say_number
from essaim.views.queries.tracks import GaugeDrawing, draw_gauge
from essaim.views.words import capitalised

_ALL = Decimal(100)
_PER_CENT = "%"
_LETTERS = 22
"""Letters of a mark on the narrowest screen: half of its width."""


class _Aim(NamedTuple):
    """A value, what it is compared with, what that is called, and how both are told."""

    value: Decimal
    bound: Decimal
    noun: str
    say: Callable[[Decimal], str]
    say_gap: Callable[[Decimal], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Gauge:
    """A value against a whole; None stands for what is not known.

    When `is_share`, the whole is of the same kind as the value, what is told is the part, and `limit` is in per cent.
    `is_ceiling` says that the limit, or the whole when there is none, is not to be passed; else it is to be reached.
    """

    title: str
    measure: str
    value: Decimal | None
    whole: Decimal | None
    is_share: bool = False
    limit: Decimal | None = None
    is_ceiling: bool = False
    unit: str = ""
    empty: str = ""

    @property
    def share(self) -> Decimal | None:
        """How much the value is of the whole, in per cent; None of a whole that is not above zero."""
        if self.value is None or self.whole is None or self.whole <= 0:
            return None
        return per_cent(self.value, self.whole)

    @property
    def sentence(self) -> str:
        """What the gauge shows, in words."""
        if self.value is None:
            return self.empty
        return " ".join(f"{part}." for part in self._told(self.value))

    def _told(self, value: Decimal) -> Iterator[str]:
        yield self._part(value)
        if value < 0:
            yield "La valeur est négative"
        elif self.is_share and self.share is not None and self.share > _ALL:
            yield "C'est plus que l'ensemble"
        aim = self._aim
        if aim is not None:
            told = _compare_with_ceiling(aim) if self.is_ceiling else _compare_with_goal(aim)
            yield capitalised(told)

    def _part(self, value: Decimal) -> str:
        said = self.say(value)
        if self.whole is None:
            return f"{said}, mais le nombre à atteindre n'est pas encore connu"
        if self.share is None:
            sign = "négatif" if self.whole < 0 else "à zéro"
            return f"{said}, mais l'ensemble est {sign} : il n'y a pas de part à calculer"
        if self.is_share:
            return f"{_say_share(self.share)} : {said} sur {self.say(self.whole)}"
        return f"{said} sur {self.say(self.whole)}, soit {_say_share(self.share)}"

    @property
    def _aim(self) -> _Aim | None:
        """What the value is compared with: its limit or, towards a goal, the whole."""
        value = self.share if self.is_share else self.value
        bound = self.whole if self.limit is None and not self.is_share else self.limit
        if value is None or bound is None:
            return None
        say, say_gap = (_say_share, _say_points) if self.is_share else (self.say, self.say)
        return _Aim(value, bound, self.aim_name, say, say_gap)

    @property
    def aim_name(self) -> str:
        """What the limit is called, or the whole when it is the goal."""
        return "plafond" if self.is_ceiling else "objectif" if self.limit is None else "seuil"

    @property
    def drawing(self) -> GaugeDrawing | None:
        """The drawing, None when there is no whole to draw a value against."""
        if self.value is None or self.whole is None or self.share is None:
            return None
        limit = self.limit
        value, whole, say = (self.share, _ALL, _say_share) if self.is_share else (self.value, self.whole, self.say)
        ceiling = limit if limit is not None and self.is_ceiling else whole
        said = None
        if limit is not None:
            said = limit, _fitting(f"{self.aim_name} : {say(limit)}", say(limit), say_number(limit))
        return draw_gauge(value, (whole, _fitting(say(whole), say_number(whole))), said, ceiling)

    @property
    def table(self) -> tuple[tuple[str, str], ...]:
        """Its figures: the name of each and what it is, in words."""
        whole = "Ensemble" if self.is_share or self.limit is not None else self.aim_name.capitalize()
        rows = [
            ("Ce qui est compté" if self.is_share else self.measure, self.value, self.say),
            (whole, self.whole, self.say),
            ("Part", self.share, _say_share),
            (self.aim_name.capitalize(), self.limit, _say_share if self.is_share else self.say),
        ]
        return tuple((name, say(number)) for name, number, say in rows if number is not None)

    def say(self, number: Decimal) -> str:
        """Write a number with its unit."""
        return say_number(number, self.unit)


def _compare_with_goal(aim: _Aim) -> str:
    if aim.value < aim.bound:
        return f"encore {aim.say_gap(gap(aim.value, aim.bound))} pour atteindre {aim.say(aim.bound)}"
    if aim.value == aim.bound:
        return f"{aim.noun} de {aim.say(aim.bound)} atteint"
    return f"{aim.noun} de {aim.say(aim.bound)} dépassé de {aim.say_gap(gap(aim.value, aim.bound))}"


def _compare_with_ceiling(aim: _Aim) -> str:
    bound, left = aim.say(aim.bound), aim.say_gap(gap(aim.value, aim.bound))
    if aim.value < aim.bound:
        return f"sous le plafond de {bound} : il reste {left}"
    return f"plafond de {bound} " + ("atteint" if aim.value == aim.bound else f"dépassé de {left}")


def _fitting(*texts: str) -> str:
    """Return the first text that has room in a drawing, the last at any rate."""
    return next((text for text in texts if len(text) <= _LETTERS), texts[-1])


def _say_share(share: Decimal) -> str:
    return say_number(share, _PER_CENT)


def _say_points(points: Decimal) -> str:
    return say_number(points, "point" if points < 2 else "points")
