"""A query with what it found: what every view of queries is made from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from essaim.graph.comparing import PageValue
from essaim.graph.measuring import Row
from essaim.graph.query import Item, Query
from essaim.graph.selection import select
from essaim.pages.page import Page
from essaim.schema.conditions import Condition
from essaim.schema.queries.kinds import KINDS
from essaim.schema.queries.model import Column, QuerySpec, SortKey
from essaim.views.attachments import KINDS as FILES
from essaim.views.attachments import Beside
from essaim.views.audience import Audience
from essaim.views.fields import ShownField, ShownValue, show_field, show_scalar
from essaim.views.queries.ordering import order_of
from essaim.views.site import Site
from essaim.views.words import counted

NOT_SAID = "Non précisé"
"""Heading of the items that have no value in the column by which they are grouped."""


_MOST_IN_CELL = 50
"""Values of one cell at most."""


def first_of(values: Iterable[ShownValue]) -> tuple[ShownValue, ...]:
    """Return the values that a cell has room for, then how many more there are."""
    every = tuple(values)
    left = len(every) - _MOST_IN_CELL
    return every if left <= 0 else (*every[:_MOST_IN_CELL], ShownValue(text=f"et {counted(left, 'autre')}"))


class ItemGroup(NamedTuple):
    """The items that share a value: the value and how it is shown, None and `NOT_SAID` when they have none."""

    value: Any
    shown: ShownValue
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A query asked for one audience. `items` are sorted; `left` counts those beyond the limit."""

    spec: QuerySpec
    site: Site
    query: Query
    items: tuple[Item, ...]
    left: int = 0

    def sees(self, column: Column) -> bool:
        """Whether the audience may know of a column: one that only members see is as if nobody had asked for it."""
        if self.site.audience is Audience.MEMBERS:
            return not column.is_left_out
        return not column.is_reserved

    def values(self, item: Item, column: Column) -> list[Any]:
        """Return what an item has in a column: pages as `PageValue`, other values as their field reads them."""
        return list(self.query.values(item, column.path))

    def show(self, value: Any, column: Column) -> ShownValue:
        """Return one value of a column as a reader is shown it."""
        if isinstance(value, PageValue):
            return ShownValue(text=value.page.title, page=value.page.path)
        inner = column.field_of(value)
        if inner is None or inner.type.is_nested or inner.is_reference:  # a name that no page bears, for one
            types = self.site.schema.types
            is_type = column.path.steps[-1:] == ("type",) and value in types
            return ShownValue(text=types[value].label_one if is_type else str(value))
        return show_scalar(value, inner)

    def cell(self, item: Item, column: Column) -> ShownField | None:
        """Return what an item has in a column as a reader is shown it, None when nothing."""
        if column.kind == "group":
            return self._rows(item, column)
        if column.kind in FILES:
            shown = dict.fromkeys(self._files(item, column))
        else:
            shown = dict.fromkeys(self.show(value, column) for value in self.values(item, column))
        if not shown:
            return None
        name = column.path.steps[-1] if column.path.steps else "this"
        return ShownField(name=name, label=column.label, kind=column.kind, values=first_of(shown))

    def _files(self, item: Item, column: Column) -> Iterator[ShownValue]:
        """Yield the files that a column ends on, each with the words that stand beside it."""
        name = column.path.steps[-1]
        for holder in self.query.reached(item, column.path.parent):
            if isinstance(holder, Row):
                declared = holder.declared and (holder.declared.item or holder.declared)
                beside = Beside(declared.fields if declared else {}, holder.group.fields)
            elif isinstance(holder, PageValue) and holder.read:
                beside = Beside(holder.page.type.fields, holder.page.values)
            else:
                continue
            if name in beside.fields and name in beside.values:
                shown = show_field(holder.page, beside.fields[name], beside.values[name], self.site, beside)
                yield from shown.values if shown else ()

    def _rows(self, item: Item, column: Column) -> ShownField | None:
        name, page = column.path.steps[0], self.query.this if column.path.of_this else item.page
        if page is None or len(column.path.steps) > 1 or name not in page.values or page.path in self.site.errors:
            return None
        is_row = item.row is not None and name == self.spec.rows and not column.path.of_this
        value = item.row if is_row and item.row else page.values[name]
        return show_field(page, page.type.fields[name], value, self.site)

    def groups(self, column: Column, items: Iterable[Item] | None = None) -> list[ItemGroup]:
        """Return the items by their value in a column, in the order of these; an item with several comes in each."""
        found: dict[Any, list[Item]] = {}
        for item in self.items if items is None else items:
            for value in dict.fromkeys(self.values(item, column)) or (None,):
                found.setdefault(value, []).append(item)
        ordered = sorted(
            (value for value in found if value is not None), key=lambda v: order_of(v, column, self.site)
        )
        groups = [ItemGroup(value, self.show(value, column), tuple(found[value])) for value in ordered]
        if None in found:
            groups.append(ItemGroup(None, ShownValue(text=NOT_SAID), tuple(found[None])))
        return groups

    def among(self, condition: Condition | None) -> tuple[Item, ...]:
        """Return the items of the types asked for which another condition holds, by title and without limit."""
        return tuple(select(self.query, self.site.columns, self.spec.types, condition))


def ask(spec: QuerySpec, page: Page, site: Site) -> Asked:
    """Ask a query of the page on which it stands."""
    query = site.asking(page, spec.rows)
    asked = Asked(spec=spec, site=site, query=query, items=())
    items = list(asked.among(spec.condition))
    for key in reversed(spec.sort):
        items = _sorted(items, key, asked)
    limit = len(items) if spec.limit is None or KINDS[spec.view].counts_dates else spec.limit
    return Asked(spec=spec, site=site, query=query, items=tuple(items[:limit]), left=len(items[limit:]))


def _sorted(items: list[Item], key: SortKey, asked: Asked) -> list[Item]:
    """Return items by their first value in a column; those without one come last, whatever the direction."""
    keyed = [(next(_orders(item, key, asked), None), item) for item in items]
    filled = [(order, item) for order, item in keyed if order is not None]
    filled.sort(key=lambda pair: pair[0], reverse=key.descending)
    return [item for _, item in filled] + [item for order, item in keyed if order is None]


def _orders(item: Item, key: SortKey, asked: Asked) -> Iterator[Any]:
    return (order_of(value, key.column, asked.site) for value in asked.values(item, key.column))
