"""The view `compteur`: one number, or one for each value of a column."""

from collections.abc import Iterator
from dataclasses import dataclass

from essaim.views.audience import sees_type
from essaim.views.escaping import escape
from essaim.views.fields import ShownValue
from essaim.views.queries.asked import Asked
from essaim.views.queries.entries import WriteValue
from essaim.views.queries.figures import say_number
from essaim.views.queries.measures import Measure, measure_of
from essaim.views.words import capitalised


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
    group_by = asked.spec.column("groupe_par")
    groups = asked.groups(group_by) if group_by and asked.sees(group_by) else []
    whole = measure_of(asked, asked.items)
    return Counter(
        title=asked.spec.title or (whole.name if asked.spec.column("champ") else _noun(asked)),
        text=_said(whole),
        heading=group_by.label if groups and group_by else "",
        measure=whole.name,
        rows=tuple((group.shown, _said(measure_of(asked, group.items))) for group in groups),
    )


def _noun(asked: Asked) -> str:
    """Return what the pages asked are called: « Fiches » when they are of several types, or of a reserved one."""
    types = [asked.site.schema.types.get(name) for name in asked.spec.types]
    known = types[0] if len(types) == 1 else None
    return capitalised(known.label_many if known and sees_type(asked.site.audience, known) else "fiches")


def _said(measure: Measure) -> str:
    return "aucun" if measure.result is None else say_number(measure.result, measure.unit)


def compteur_text(view: Counter, write: WriteValue) -> str:
    """Return the numbers as a sentence, and a table when there are several."""
    return "\n".join(_lines(view, write)) + "\n"


def _lines(view: Counter, write: WriteValue) -> Iterator[str]:
    yield f"**{escape(view.title)}** : {escape(view.text)}"
    if view.rows:
        yield from ("", f"| {escape(view.heading)} | {escape(view.measure)} |", "| --- | ---: |")
        yield from (f"| {write(value)} | {escape(text)} |" for value, text in view.rows)
