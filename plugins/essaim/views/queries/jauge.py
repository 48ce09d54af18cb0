"""The view `jauge`: what a query computes, against a whole or a goal."""

from decimal import Decimal

from essaim.graph.query import Item
from essaim.schema.queries.model import Column
from essaim.views.escaping import escape
from essaim.views.queries.asked import Asked
from essaim.views.queries.entries import WriteValue
from essaim.views.queries.figures import as_number
from essaim.views.queries.gauges import Gauge
from essaim.views.queries.measures import measure_of

NO_VALUE = "Aucune valeur pour le moment."


def make_jauge(asked: Asked) -> Gauge:
    """Return the gauge of a query: towards a goal when it names one, else a share of more of its types' pages."""
    spec, measure = asked.spec, measure_of(asked, asked.items)
    is_share = "sur" not in spec.options
    whole = measure_of(asked, asked.among(spec.condition_of("parmi"))).result if is_share else _amount(asked, "sur")
    return Gauge(
        title=spec.title or measure.name,
        measure=measure.name,
        value=measure.result,
        whole=whole,
        is_share=is_share,
        limit=_amount(asked, "seuil"),
        is_ceiling=spec.words("sens") == "max",
        unit=measure.unit,
        empty=spec.empty or NO_VALUE,
    )


def _amount(asked: Asked, name: str) -> Decimal | None:
    """Return the number of a key, or the first that the page that asks holds at its path; None when it holds none."""
    amount, this = asked.spec.amount(name), asked.query.this
    if not isinstance(amount, Column):
        return as_number(amount)
    numbers = (as_number(value) for value in asked.values(Item(this), amount)) if this else iter(())
    return next((number for number in numbers if number is not None), None)


def jauge_text(view: Gauge, write: WriteValue) -> str:
    """Return a gauge as one sentence in Markdown; there is no page to `write` a link to."""
    return f"**{escape(view.title)}** : {escape(view.sentence)}\n"
