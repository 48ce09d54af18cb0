"""The view `graphique`: what is computed over the items of a query, by category or along time."""

from collections.abc import Iterator, Sequence

from essaim.schema.queries.model import Column
from essaim.views.escaping import escape
from essaim.views.queries.asked import Asked
from essaim.views.queries.charts import Chart, ChartRow
from essaim.views.queries.entries import WriteValue
from essaim.views.queries.measures import measure_of
from essaim.views.queries.rows import TIMES, categories_of, rows_of
from essaim.views.queries.tallies import Entry, few_series, tabulate
from essaim.views.words import counted, uncapitalised

NOTHING_TO_DRAW = "Rien à dessiner pour le moment."
_ALONE = ("",)
"""The one series of a chart that has no others."""


def make_graphique(asked: Asked) -> Chart:
    """Return the chart of a query. What its audience may not see is as if nobody had written it, its name too."""
    spec, empty = asked.spec, asked.spec.empty or NOTHING_TO_DRAW
    column = spec.column("groupe_par")
    measure = measure_of(asked, asked.items)
    rows = rows_of(asked, column) if column is not None else None
    if rows is None or not measure.is_known:
        return Chart(title=spec.title or "Graphique", heading="", measure="", rows=(), empty=empty)
    in_time = column is not None and column.kind in TIMES
    of_items, order = _series(asked)
    entries = [
        Entry(places, names, numbers)
        for places, names, numbers in zip(rows.of_items, of_items, measure.of_items, strict=True)
    ]
    entries, series = few_series(entries, order)
    values = tabulate(entries, rows.places, series, measure.calculation)
    lines = zip(rows.names, rows.shorts, rows.places, values, strict=True)
    return Chart(
        title=spec.title or f"{measure.name} par {uncapitalised(rows.heading)}",
        heading=rows.heading,
        measure=measure.name,
        rows=tuple(ChartRow(*line) for line in lines),
        series=series if order != _ALONE else (),
        unit=measure.unit,
        is_curve=spec.words("forme", "courbe" if in_time else "barres") == "courbe",
        in_time=in_time,
        from_zero=measure.calculation.adds_up,
        notes=(*rows.notes, *_left_out(asked.left)),
        empty=empty,
    )


def _left_out(count: int) -> Iterator[str]:
    if count:
        yield f"La limite laisse de côté {counted(count, 'ligne')}."


def _series(asked: Asked) -> tuple[Sequence[tuple[str, ...]], tuple[str, ...]]:
    """Return the series of each item, and all of them in their order."""
    column = asked.spec.column("series")
    rows = categories_of(asked, column) if column is not None else None
    if rows is None:
        return [_ALONE for _ in asked.items], _ALONE
    said = [_told(name.text, column) for name in rows.names]
    of_items = [tuple(dict.fromkeys(said[place] for place in places)) for places in rows.of_items]
    return of_items, tuple(dict.fromkeys(said))


def _told(name: str, column: Column | None) -> str:
    """Return the name of a series; a bare « oui » also says what it answers."""
    if column is None or column.kind != "boolean":
        return name
    return f"{column.label} {name}" if column.label.endswith("?") else f"{column.label} : {name}"


def graphique_text(view: Chart, write: WriteValue) -> str:
    """Return the table of a chart in Markdown."""
    return "\n".join(_lines(view, write)) + "\n"


def _lines(view: Chart, write: WriteValue) -> Iterator[str]:
    yield from (f"**{escape(view.title)}**", "")
    if view.is_empty:
        yield escape(view.empty)
        return
    yield "| " + " | ".join(map(escape, (view.heading, *view.columns))) + " |"
    yield "| --- |" + " ---: |" * len(view.columns)
    for name, values in view.table:
        yield "| " + " | ".join((write(name), *map(escape, values))) + " |"
    for note in view.notes:
        yield from ("", escape(note))
