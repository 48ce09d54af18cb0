"""The page « Ce que notre coopérative a réglé »: its values, where each serves, those to be decided or renewed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from essaim.folding import fold
from essaim.graph.facts import RELIABILITY, Fact, written
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
_NOT_SAID = "non indiquée"
_Cited = Mapping[str, tuple[ShownValue, ...]]


def settings_page(site: Site) -> ListPage | None:
    """Return the list of the cooperative's values, those to be decided or renewed first; None when it has none."""
    variables, cited = site.variables, _cited(site)
    values = variables.values
    if not values and not cited:
        return None
    expired = [name for name in values if values[name] and _has_expired(name, site)]
    missing = [(name, variables.remark(name)) for name in expired]
    missing += [(name, "pas encore décidée") for name, text in values.items() if not text]
    missing += [(name, f"absente de {variables.file_of(name)}") for name in sorted(cited.keys() - values.keys())]
    decided = [(name, text) for name, text in values.items() if text and name not in variables.facts]
    where = " et ".join(dict.fromkeys(variables.file_of(name) for name, _ in missing))
    to_renew = "Un chiffre qui a expiré reste affiché, avec sa date. " if expired else ""
    return ListPage(
        path=site.in_docs(f"{NAME}.md"),
        title="Ce que notre coopérative a réglé",
        intro="Un taux, un délai, le nom d'un outil : décidés une fois, montrés par toutes les pages qui les citent.",
        make=lambda: (
            _listing(
                "a-decider",
                "Ce qui reste à décider ou à mettre à jour" if expired else "Ce qui reste à décider",
                f"{to_renew}Sans valeur, le lecteur voit « {TO_FILL} ». Pour compléter : {where}.",
                "Ce qui manque",
                missing,
                cited,
            ),
            _listing("decide", "Ce qui est décidé", "", "Valeur", decided, cited),
            *_dated([*expired, *(name for name in variables.facts if name not in expired)], site, cited),
        ),
        empty="Aucune valeur pour l'instant.",
    )


def _has_expired(name: str, site: Site) -> bool:
    fact = site.variables.facts.get(name)
    return fact is not None and fact.has_expired(site.today)


def _listing(anchor: str, title: str, intro: str, column: str, rows: list[tuple[str, str]], cited: _Cited) -> Listing:
    shown = (((ShownValue(text=name),), (ShownValue(text=text),), _citing(name, cited)) for name, text in rows)
    return Listing(
        id=anchor,
        title=title,
        intro=intro,
        columns=("Nom", column, "Citée par"),
        rows=tuple(shown),
        anchors=tuple(name for name, _ in rows),
    )


def _dated(names: list[str], site: Site, cited: _Cited) -> tuple[Listing, ...]:
    """Return the table of the values that hold for a time, if there are any."""
    shown = [name for name in names if site.variables.text(name)]
    table = Listing(
        id="chiffres-dates",
        title="Les chiffres datés",
        intro="Un chiffre de la loi change : chacun dit quand il vaut, d'où il vient, et si l'on peut s'y fier.",
        columns=("Nom", "Valeur", "Validité", "Source", "Fiabilité", "Citée par"),
        rows=tuple(_dated_row(name, site, cited) for name in shown),
        anchors=tuple(f"date-{name}" for name in shown),
    )
    return (table,) if shown else ()


def _dated_row(name: str, site: Site, cited: _Cited) -> tuple[Cell, ...]:
    fact = site.variables.facts[name]
    source = ShownValue(text=fact.source or fact.url or _NOT_SAID, address=fact.url)
    reliability = RELIABILITY.get(fact.reliability, _NOT_SAID)
    texts = (name, site.variables.text(name), _validity(fact, site) or _NOT_SAID)
    return (
        *((ShownValue(text=text),) for text in texts),
        (source,),
        (ShownValue(text=reliability),),
        _citing(name, cited),
    )


def _validity(fact: Fact, site: Site) -> str:
    if fact.end is not None and fact.has_expired(site.today):
        return f"a expiré le {written(fact.end)}"
    if fact.start is not None and fact.end is not None:
        return f"du {written(fact.start)} au {written(fact.end)}"
    if fact.start is not None:
        return f"à partir du {written(fact.start)}"
    return f"jusqu'au {written(fact.end)}" if fact.end is not None else ""


def _citing(name: str, cited: _Cited) -> Cell:
    return cited.get(name) or (ShownValue(text=_NOBODY),)


def _cited(site: Site) -> dict[str, tuple[ShownValue, ...]]:
    """Return the pages that cite each value where the audience sees it, by title."""
    found: dict[str, list[ShownValue]] = defaultdict(list)
    for page in sorted(site.graph.pages.values(), key=lambda page: (fold(page.title), page.path)):
        if page.variables and site.sees(page.path) and page.path not in site.errors:
            for name in dict.fromkeys(_names(page, site)):
                found[name].append(ShownValue(text=page.title, page=page.path))
    return {name: tuple(pages) for name, pages in found.items()}


def _names(page: Page, site: Site) -> Iterator[str]:
    fields = page.type.fields
    hidden = [extent for name, value in page.values.items() for extent in _hidden(value, fields[name], site)]
    for variable in page.variables:
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
