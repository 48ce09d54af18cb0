"""The texts of a page's fields with the values that the cooperative decided, in place of their `{{ … }}`."""

from collections.abc import Callable
from dataclasses import replace

from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.pages.parse import aliases_of, title_of
from essaim.schema.model import Field

Fill = Callable[[str], str]
"""From a text to what readers see of it."""
_TEXTS = ("text", "markdown")


def fill_page(page: Page, fill: Fill, fill_name: Fill) -> Page:
    """Return a page with its variables filled in, in its title, its other names and the data of its texts.

    Names are filled with `fill_name`: they do not change on the day a value expires.

    What values were written as stays, so that a page can be filled again when the values change.
    """
    if not page.variables:
        return page
    fields, values = page.type.fields, page.values
    names = (page.type.title_field, page.type.alias_field)
    return replace(
        page,
        values={
            name: _filled(value, fields[name], fill_name if name in names else fill) for name, value in values.items()
        },
        title=fill_name(title_of(page.document, values, page.type)),
        aliases=tuple(
            (fill_name(text), start, end) for text, start, end in aliases_of(values.get(page.type.alias_field))
        ),
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
