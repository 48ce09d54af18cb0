"""The texts of a page's fields with the values that the cooperative decided, in place of their `{{ … }}`."""

from collections.abc import Callable
from dataclasses import replace

from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.pages.parse import aliases_of, title_of
from essaim.schema.model import Field

Fill = Callable[[str], str]
"""From a text to what readers see of it."""
_TEXTS = ("text", "markdown")


def fill_page(page: Page, fill: Fill) -> Page:
    """Return a page with its variables filled in, in its title, its other names and the data of its texts.

    What values were written as stays, so that a page can be filled again when the values change.
    """
    if not page.document.variables:
        return page
    fields, values = page.type.fields, page.values
    return replace(
        page,
        values={name: _filled(value, fields[name], fill) for name, value in values.items()},
        title=fill(title_of(page.document, values, page.type)),
        aliases=tuple((fill(text), start, end) for text, start, end in aliases_of(values.get(page.type.alias_field))),
    )


def _filled(value: FieldValue, field: Field, fill: Fill) -> FieldValue:
    if isinstance(value, Values):
        return value._replace(items=tuple(_filled(item, field.item or field, fill) for item in value.items))
    if isinstance(value, Group):
        inner = {name: _filled(item, field.fields[name], fill) for name, item in value.fields.items()}
        return value._replace(fields=inner)
    if isinstance(value, Value) and field.type.name in _TEXTS:
        return value._replace(data=fill(value.text))
    return value
