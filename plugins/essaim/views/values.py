"""What a page has in its fields, written or computed, as one audience may know it."""

from collections.abc import Mapping

from essaim.graph.query import Item
from essaim.pages.page import FieldValue, Page, Value
from essaim.schema.conditions import FieldPath
from essaim.views.site import Site


def value_in(page: Page, name: str, site: Site) -> FieldValue | None:
    """Return what a page has in a top field, None when nothing; what is computed has no place in its file."""
    field = page.type.fields.get(name)
    if field is None or not field.is_computed:
        return page.values.get(name)
    spec = page.type.departed if page.path in site.departed else None
    if spec is not None and name not in spec.keeps:
        return None
    data = next(site.asking(page).values(Item(page), FieldPath((name,))), None)
    return None if data is None else Value(data, field.type.display(data, field), 0, 0)


def values_in(page: Page, site: Site) -> Mapping[str, FieldValue]:
    """Return what a page has in its fields, by their names."""
    computed = [name for name, field in page.type.fields.items() if field.is_computed]
    if not computed:
        return page.values
    found = {name: value_in(page, name, site) for name in computed}
    return {**page.values, **{name: value for name, value in found.items() if value is not None}}
