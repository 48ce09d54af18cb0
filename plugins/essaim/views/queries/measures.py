"""What a query computes over its items: the calculation, the numbers of each item, and what the result is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from essaim.graph.query import Item
from essaim.schema.queries.model import Column
from essaim.views.queries.asked import Asked
from essaim.views.queries.figures import Calculation, as_number, compute

_NAMES = {  # of nothing in particular, and after the name of a field
    Calculation.COUNT: ("Nombre", "en nombre"),
    Calculation.SUM: ("Total", "au total"),
    Calculation.MEAN: ("Moyenne", "en moyenne"),
    Calculation.MIN: ("Minimum", "au plus bas"),
    Calculation.MAX: ("Maximum", "au plus haut"),
}
_ONE = Decimal(1)
_HOURS = "h"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """A calculation over items. `name` says of what, but when no item has a number: then nothing is told of it."""

    calculation: Calculation
    name: str
    unit: str
    of_items: tuple[tuple[Decimal, ...], ...]

    @property
    def is_known(self) -> bool:
        """Whether any item has a number."""
        return any(self.of_items)

    @property
    def result(self) -> Decimal | None:
        """What is computed over all items."""
        return compute(self.calculation, [number for numbers in self.of_items for number in numbers])


def measure_of(asked: Asked, items: Iterable[Item]) -> Measure:
    """Return what a query computes, over some items; each counts for one when it names no field to compute over."""
    spec, column = asked.spec, asked.spec.column("champ")
    calculation = Calculation(spec.words("calcul", Calculation.COUNT)) if column else Calculation.COUNT
    of_items = tuple(_numbers(asked, item, column, calculation) for item in items)
    alone, after = _NAMES[calculation]
    hours = _HOURS if column and column.kind == "duration" and calculation is not Calculation.COUNT else ""
    return Measure(
        calculation=calculation,
        name=f"{column.label} {after}" if column and any(of_items) else alone,
        unit=spec.words("unite") or hours,
        of_items=of_items,
    )


def _numbers(asked: Asked, item: Item, column: Column | None, calculation: Calculation) -> tuple[Decimal, ...]:
    if column is None:
        return (_ONE,)
    values = asked.values(item, column)
    if calculation is Calculation.COUNT:
        return tuple(_ONE for _ in values)
    return tuple(number for number in map(as_number, values) if number is not None)
