"""By what the results of a search can be narrowed: kinds of pages, places, the pages they name, values of a field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from essaim.pages.page import Page, Value, scalars_of
from essaim.schema.model import Field, PageType, Schema
from essaim.views.audience import Audience, sees_field, sees_type
from essaim.views.site import Site
from essaim.views.values import values_in
from essaim.views.words import capitalised

KIND = "type"
"""Name of the filter by kind of page."""
PLACE = "territoire"
"""Name of the filter by place."""
USUAL = (KIND, PLACE, "competence", "etape")
"""The filters of a site that names none; those that nothing fills are left out."""
_FREE = frozenset("text markdown url email tel image file group list".split())
"""Field types whose values are too many to choose among."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """One way to narrow results: its name, its label, and the fields that fill it, by type of page."""

    name: str
    label: str
    fields: Mapping[str, tuple[tuple[Field, ...], ...]]
    """Each field after those it stands in."""
    target: str = ""
    """The type of the pages that the fields name, '' when they name none."""


def load_filters(names: Iterable[str], schema: Schema, audience: Audience) -> dict[str, Filter]:
    """Return the filters of some names that a wiki can fill, by name, in their order.

    A name is « type », « territoire », a type of pages that others name, or a field.
    """
    seen = [t for t in schema.by_folder.values() if sees_type(audience, t)]
    found = {}
    for name in names:
        target = schema.types.get(name)
        fields = {t.name: tuple(_filling(name, target, t, audience)) for t in seen}
        fields = {kind: chains for kind, chains in fields.items() if chains}
        if name == KIND:
            found[name] = Filter(name=name, label="Type de page", fields={})
        elif fields and (target is None or target in seen):
            found[name] = Filter(
                name=name, label=_label(name, target, fields), fields=fields, target=target.name if target else ""
            )
    return found


def possible_filters(schema: Schema) -> set[str]:
    """Return every name that a filter may have."""
    fields = (field.name for t in schema.by_folder.values() for field in t.fields.values())
    return {KIND, PLACE, *schema.types, *fields}


def filter_values(page: Page, site: Site, filters: Mapping[str, Filter]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the values of a page by the name of their filter, as readers are shown them."""
    found = []
    for name, one in filters.items():
        values = [capitalised(page.type.label_one)] if name == KIND else _values(page, site, one)
        if values:
            found.append((name, tuple(dict.fromkeys(values))))
    return tuple(found)


def _values(page: Page, site: Site, one: Filter) -> list[str]:
    wanted = {chain[-1].path for chain in one.fields.get(page.type.name, ())}
    tops = {chain[0].name for chain in one.fields.get(page.type.name, ())}
    found, filled = [], values_in(page, site)
    for top in tops & filled.keys():
        for value, within in scalars_of(filled[top], page.type.fields[top]):
            if within[-1].path in wanted:
                found += _shown(page, value, within[-1], site, one.target)
    return sorted(found)


def _shown(page: Page, value: Value, field: Field, site: Site, kind: str) -> list[str]:
    if not field.is_reference:
        return [field.type.display(value.data, field)]
    target = site.graph.out[page.path].references.get(value.start)
    if target is None or not site.sees(target) or kind not in ("", site.graph.pages[target].type.name):
        return []
    return [site.graph.pages[target].title]


def _filling(
    name: str, target: PageType | None, page_type: PageType, audience: Audience
) -> Iterator[tuple[Field, ...]]:
    for top in page_type.fields.values():
        for chain in _chains(top):
            field = chain[-1]
            if all(sees_field(audience, one) for one in chain) and _fills(name, target, field, chain):
                yield chain


def _fills(name: str, target: PageType | None, field: Field, chain: tuple[Field, ...]) -> bool:
    if name == PLACE:
        return field.type.name == "territory"
    if target is not None:
        return field.is_reference and name in field.to
    return chain[0].name == name and field.type.name not in _FREE


def _chains(field: Field, *before: Field) -> Iterator[tuple[Field, ...]]:
    """Yield a field and those inside it, each after those it stands in."""
    chain = (*before, field)
    yield chain
    for inner in (*field.fields.values(), *([field.item] if field.item is not None else [])):
        yield from _chains(inner, *chain)


def _label(name: str, target: PageType | None, fields: Mapping[str, tuple[tuple[Field, ...], ...]]) -> str:
    if name == PLACE:
        return "Territoire"
    if target is not None:
        return capitalised(target.label_one)
    return next(chain[0].label for chains in fields.values() for chain in chains)
