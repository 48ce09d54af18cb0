"""The view `compteur`: one number, or one for each value of a column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from essaim.graph.query import Item
from essaim.schema.queries.model import Column
from essaim.views.audience import sees_type
from essaim.views.escaping import escape
from essaim.views.fields import ShownValue
from essaim.views.queries.asked import Asked
from essaim.views.queries.entries import WriteValue
from essaim.views.queries.figures import Calculation, as_number, compute, say_number

_NOUNS = {
    Calculation.SUM: "Total",
    Calculation.MEAN: "Moyenne",
    Calculation.MIN: "Minimum",
    Calculation.MAX: "Maximum",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Counter:
    """Numbers in words: `text` is that of everything found, `rows` one for each value of the column `heading`."""

    title: str
    text: str
    heading: str
    measure: str
    rows: tuple[tuple[ShownValue, str], ...]


def make_compteur(asked: Asked) -> Counter:
    """Return what a query counts or computes."""
    spec = asked.spec
    calculation = Calculation(spec.words("calcul", Calculation.COUNT))
    measured, group_by = spec.column("champ"), spec.column("groupe_par")
    if group_by and not asked.sees(group_by):
        group_by = None
    groups = asked.groups(group_by) if group_by else []
    return Counter(
        title=spec.title or measure_name(asked, calculation, measured),
        text=_said(asked, asked.items, calculation, measured),
        heading=group_by.label if group_by else "",
        measure=measure_name(asked, calculation, measured),
        rows=tuple((group.shown, _said(asked, group.items, calculation, measured)) for group in groups),
    )


def measure_name(asked: Asked, calculation: Calculation, measured: Column | None) -> str:
    """Return what is counted or computed: « Nombre de démarches », « Total : Montant »."""
    if calculation is Calculation.COUNT or measured is None:
        return f"Nombre : {_noun(asked)}"
    return f"{_NOUNS[calculation]} : {measured.label}" if asked.sees(measured) else _NOUNS[calculation]


def _noun(asked: Asked) -> str:
    """Return what the pages asked are called: « fiches » when they are of several types, or of one that is reserved."""
    types = [asked.site.schema.types.get(name) for name in asked.spec.types]
    known = types[0] if len(types) == 1 else None
    return known.label_many if known and sees_type(asked.site.audience, known) else "fiches"


def _said(asked: Asked, items: Iterable[Item], calculation: Calculation, measured: Column | None) -> str:
    unit = asked.spec.words("unite")
    if calculation is Calculation.COUNT and measured is None:
        return say_number(compute(calculation, [Decimal(1) for _ in items]) or Decimal(0), unit)
    values = [value for item in items for value in asked.values(item, measured)] if measured else []
    numbers = [number for value in values if (number := as_number(value)) is not None]
    result = compute(calculation, numbers if calculation is not Calculation.COUNT else [Decimal(1) for _ in values])
    return "aucun" if result is None else say_number(result, unit)


def compteur_text(view: Counter, write: WriteValue) -> str:
    """Return the numbers as a sentence, and a table when there are several."""
    return "\n".join(_lines(view, write)) + "\n"


def _lines(view: Counter, write: WriteValue) -> Iterator[str]:
    yield f"**{escape(view.title)}** : {escape(view.text)}"
    if view.rows:
        yield from ("", f"| {escape(view.heading)} | {escape(view.measure)} |", "| --- | ---: |")
        yield from (f"| {write(value)} | {escape(text)} |" for value, text in view.rows)
