"""The order of values: choices as declared, pages as their index lists them, days and numbers by size, else text."""

from datetime import date, datetime
from typing import Any

from essaim.folding import fold
from essaim.graph.comparing import PageValue
from essaim.pages.page import Value
from essaim.schema.fieldtypes.times import Duration, DurationOf, Month
from essaim.schema.queries.model import Column
from essaim.views.site import Site
from essaim.views.values import value_in

Order = tuple[int, Any, str]


def order_of(value: Any, column: Column, site: Site) -> Order:
    """Return what a value is sorted by; the orders of any two values compare."""
    if isinstance(value, PageValue):
        return _order_of_page(value, site)
    inner = column.field_of(value) if isinstance(value, str) else None
    if inner is not None:
        if value in inner.choices:
            return (0, [*inner.choices].index(value), "")
        return (4, fold(inner.type.display(value, inner)), value)
    return _order_of_plain(value)


def _order_of_page(found: PageValue, site: Site) -> Order:
    """Return the order of a page: the number or day by which the index of its type is sorted, else its title."""
    page = found.page
    field = page.type.fields.get(page.type.index.sort) if page.type.index else None
    is_known = field is not None and field.visibility == "public" and found.read
    value = value_in(page, field.name, site) if field is not None and is_known else None
    rank = _order_of_plain(value.data) if isinstance(value, Value) else (4, "", "")
    return (rank[0], rank[1], fold(page.title)) if rank[0] < 4 else (4, fold(page.title), page.path)


def _order_of_plain(value: Any) -> Order:
    if isinstance(value, bool):
        return (0, int(not value), "")
    if isinstance(value, Duration):
        return (1, DurationOf().measure(value), "")
    if isinstance(value, Month):
        return (2, (value.year, value.month, 0, 0), "")
    if isinstance(value, date):
        moment = value.hour * 60 + value.minute if isinstance(value, datetime) else 0
        return (2, (value.year, value.month, value.day, moment), "")
    if isinstance(value, int | float):
        return (1, value, "")
    return (4, fold(str(value)), str(value))
