"""The page « Ce que notre coopérative a réglé »: its values, where each serves, and those still to be decided."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from essaim.folding import fold
from essaim.graph.variables import TO_FILL
from essaim.pages.page import FieldValue, Group, Page, Values
from essaim.schema.model import Field
from essaim.views.audience import sees_field
from essaim.views.fields import ShownValue
from essaim.views.listing import Cell, Listing, ListPage
from essaim.views.site import Site

NAME = "reglages"
"""Name of the page of settings."""
_NOBODY = "aucune page pour l'instant"


def settings_page(site: Site) -> ListPage | None:
    """Return the list of the cooperative's values, those to be decided first; None when it has none."""
    values, cited = site.variables.values, _cited(site)
    if not values and not cited:
        return None
    missing = [(name, "pas encore décidée") for name, text in values.items() if not text]
    missing += [(name, f"absente de {site.variables.path}") for name in sorted(cited.keys() - values.keys())]
    decided = [(name, text) for name, text in values.items() if text]
    return ListPage(
        path=site.in_docs(f"{NAME}.md"),
        title="Ce que notre coopérative a réglé",
        intro="Un taux, un délai, le nom d'un outil : décidés une fois, montrés par toutes les pages qui les citent.",
        listings=(
            _listing(
                "a-decider",
                "Ce qui reste à décider",
                f"En attendant, le lecteur voit « {TO_FILL} ». La valeur s'écrit dans {site.variables.path}.",
                "Ce qui manque",
                missing,
                cited,
            ),
            _listing("decide", "Ce qui est décidé", "", "Valeur", decided, cited),
        ),
        empty="Aucune valeur pour l'instant.",
    )


def _listing(
    anchor: str,
    title: str,
    intro: str,
    column: str,
    rows: list[tuple[str, str]],
    cited: Mapping[str, tuple[ShownValue, ...]],
) -> Listing:
    return Listing(
        id=anchor,
        title=title,
        intro=intro,
        columns=("Nom", column, "Citée par"),
        rows=tuple(_row(name, text, cited.get(name, ())) for name, text in rows),
        anchors=tuple(name for name, _ in rows),
    )


def _row(name: str, text: str, pages: tuple[ShownValue, ...]) -> tuple[Cell, ...]:
    return (ShownValue(text=name),), (ShownValue(text=text),), pages or (ShownValue(text=_NOBODY),)


def _cited(site: Site) -> dict[str, tuple[ShownValue, ...]]:
    """Return the pages that cite each value where the audience sees it, by title."""
    found: dict[str, list[ShownValue]] = defaultdict(list)
    for page in sorted(site.graph.pages.values(), key=lambda page: (fold(page.title), page.path)):
        if page.document.variables and site.sees(page.path) and page.path not in site.errors:
            for name in dict.fromkeys(_names(page, site)):
                found[name].append(ShownValue(text=page.title, page=page.path))
    return {name: tuple(pages) for name, pages in found.items()}


def _names(page: Page, site: Site) -> Iterator[str]:
    fields = page.type.fields
    hidden = [extent for name, value in page.values.items() for extent in _hidden(value, fields[name], site)]
    for variable in page.document.variables:
        if not any(start <= variable.start < end for start, end in hidden):
            yield variable.name


def _hidden(value: FieldValue, field: Field, site: Site) -> Iterator[tuple[int, int]]:
    """Yield the extents of what the audience is not shown of a value."""
    if not sees_field(site.audience, field):
        yield value.start, value.end
    elif isinstance(value, Values):
        for item in value.items:
            yield from _hidden(item, field.item or field, site)
    elif isinstance(value, Group):
        for name, inner in value.fields.items():
            yield from _hidden(inner, field.fields[name], site)
