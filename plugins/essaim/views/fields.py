"""The typed values of a page as a reader is shown them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.schema.model import Field
from essaim.views.audience import sees_field
from essaim.views.site import Site
from essaim.views.values import values_in


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownValue:
    """One value: its text and, when it leads somewhere, where: a page's path or an address."""

    text: str
    page: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownField:
    """One field: its label and its values, or the rows of fields that its groups hold."""

    name: str
    label: str
    kind: str
    values: tuple[ShownValue, ...] = ()
    rows: tuple[tuple["ShownField", ...], ...] = ()

    @property
    def text(self) -> str:
        """All values in one line."""
        return ", ".join(value.text for value in self.values)


def show_fields(page: Page, site: Site, *, without: tuple[str, ...] = ()) -> tuple[ShownField, ...]:
    """Return the filled fields of a page, in the order its type declares them, but for some."""
    values = values_in(page, site)
    names = (name for name in page.type.fields if name in values and name not in without)
    shown = (show_field(page, page.type.fields[name], values[name], site) for name in names)
    return tuple(field for field in shown if field is not None)


def show_field(page: Page, field: Field, value: FieldValue, site: Site) -> ShownField | None:
    """Return one field as shown, or None when its audience or its emptiness hides it."""
    if not sees_field(site.audience, field):
        return None
    flat = [*_flatten(value)]
    values = [_show_value(page, field, item, site) for item in flat if isinstance(item, Value)]
    rows = [_show_row(page, field, item, site) for item in flat if isinstance(item, Group)]
    shown = ShownField(
        name=field.name,
        label=field.label,
        kind=(field.item or field).type.name,
        values=tuple(v for v in values if v is not None),
        rows=tuple(row for row in rows if row),
    )
    return shown if shown.values or shown.rows else None


def _flatten(value: FieldValue) -> Iterator[Value | Group]:
    if isinstance(value, Values):
        for item in value.items:
            yield from _flatten(item)
    else:
        yield value


def _show_row(page: Page, field: Field, group: Group, site: Site) -> tuple[ShownField, ...]:
    fields = (field.item or field).fields
    cells = (show_field(page, fields[name], group.fields[name], site) for name in fields if name in group.fields)
    return tuple(cell for cell in cells if cell is not None)


def _show_value(page: Page, field: Field, value: Value, site: Site) -> ShownValue | None:
    inner = field.item or field
    if inner.is_reference:
        target = site.graph.out[page.path].references.get(value.start)
        if target is None:
            return ShownValue(text=value.text)
        return ShownValue(text=site.graph.pages[target].title, page=target) if site.sees(target) else None
    return show_scalar(value.data, inner)


def show_scalar(data: Any, field: Field) -> ShownValue:
    """Return one value of a field that names no page, with where it leads: a site, a mailbox or a telephone."""
    address = {"url": "{}", "email": "mailto:{}", "tel": "tel:{}"}.get(field.type.name, "").format(data)
    text = field.type.display(data, field)
    return ShownValue(text=text, address=address.replace(" ", "") if field.type.name == "tel" else address)
