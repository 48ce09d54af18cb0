"""The columns of an index: fields, and inverse relations, as one audience is shown them."""

from collections.abc import Iterator

from essaim.pages.page import Page
from essaim.schema.model import Inverse, PageType
from essaim.views.audience import sees_field, sees_type
from essaim.views.fields import ShownField, ShownValue, show_field
from essaim.views.relations import show_relations
from essaim.views.site import Site
from essaim.views.values import value_in


def column_label(page_type: PageType, name: str, site: Site) -> str | None:
    """Return the label of a field or inverse relation of a type, or None when the audience sees no such thing."""
    if name in page_type.fields:
        field = page_type.fields[name]
        return field.label if sees_field(site.audience, field) else None
    return next((inverse.label for inverse in _seen_inverses(page_type, name, site)), None)


def column_cell(page: Page, name: str, site: Site) -> ShownField | None:
    """Return what a page has in a column that the audience sees; None when nothing."""
    if page.path in site.errors:  # a page that waits for a correction is not shown, but for its title
        return None
    if name in page.type.fields:
        value = value_in(page, name, site)
        return show_field(page, page.type.fields[name], value, site) if value is not None else None
    for relation in show_relations(page, site):
        if relation.name == name:
            values = tuple(ShownValue(text=c.title, page=c.path) for c in relation.pages)
            return ShownField(name=name, label=relation.label, kind="reference", values=values)
    return None


def _seen_inverses(page_type: PageType, name: str, site: Site) -> Iterator[Inverse]:
    for relation in site.schema.inverses_of(page_type.name).get(name, ()):
        source, field = site.schema.types[relation.source_type], relation.field
        if field.inverse and sees_type(site.audience, source) and sees_field(site.audience, field):
            yield field.inverse
