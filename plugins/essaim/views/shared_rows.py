"""The list of the rows of a file that pages share, « Textes et sources »: each once, with the pages that cite it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from essaim.folding import fold
from essaim.graph.checks import rival_of_list
from essaim.pages.page import FieldValue, scalars_of
from essaim.pages.rows import RowFile, Rows, named_rows
from essaim.schema.model import Field
from essaim.views.audience import sees_field, sees_type
from essaim.views.fields import ShownValue, show_scalar
from essaim.views.listing import Cell, Listing, ListPage
from essaim.views.site import Site

_NOBODY = "aucune page pour l'instant"
_NAME = "Nom à écrire dans une fiche"


class _Column(NamedTuple):
    """One field of the rows, with the rows as its type reads them."""

    field: Field
    rows: Rows


def rows_pages(site: Site) -> Iterator[ListPage]:
    """Yield the list of each file of rows that some type shown to the audience uses."""
    for name, file in site.rows.files.items():
        using = list(_using(file, site))
        rival = rival_of_list(file.page, site.graph, site.schema, site.docs_dir)
        if using and file.places and rival is None:
            yield _page(name, file, using, site)


def _using(file: RowFile, site: Site) -> Iterator[tuple[Field, Rows]]:
    """Yield the fields by which the audience may see the rows."""
    for type_name, readings in file.readings.items():
        if sees_type(site.audience, site.schema.types[type_name]):
            yield from ((field, rows) for field, rows in readings if sees_field(site.audience, field))


def _page(name: str, file: RowFile, using: list[tuple[Field, Rows]], site: Site) -> ListPage:
    title = using[0][0].label
    columns, cited = list(_columns(using, site)), _cited(name, site)
    rows = (
        (*(_cell(one, row, site) for one in columns), cited.get(row) or (ShownValue(text=_NOBODY),), _named(row))
        for row in file.places
    )
    return ListPage(
        path=file.page,
        title=title,
        intro="Écrites une fois, ces lignes servent à toutes les pages qui les citent : corrigées ici, elles le sont "
        "partout.",
        make=lambda: (
            Listing(
                id="toutes-les-lignes",
                title="Toutes les lignes",
                intro=f"Elles s'écrivent dans {file.source.path}.",
                columns=(*(column.field.label for column in columns), "Cité par", _NAME),
                rows=tuple(rows),
                anchors=tuple(file.places),
            ),
        ),
        empty="Aucune ligne pour l'instant.",
    )


def _columns(using: list[tuple[Field, Rows]], site: Site) -> Iterator[_Column]:
    """Yield the fields that have something to show in some row, each name once."""
    done = set()
    for field, rows in using:
        for inner in field.fields.values():
            column = _Column(inner, rows)
            is_new = inner.name not in done and sees_field(site.audience, inner)
            if is_new and any(_cell(column, row, site) for row in rows):
                done.add(inner.name)
                yield column


def _cell(column: _Column, row: str, site: Site) -> Cell:
    value = column.rows[row].fields.get(column.field.name) if row in column.rows else None
    return tuple(_shown(value, column.field, site)) if value is not None else ()


def _shown(value: FieldValue, field: Field, site: Site) -> Iterator[ShownValue]:
    for scalar, within in scalars_of(value, field):
        if all(sees_field(site.audience, one) for one in within):
            yield show_scalar(scalar.data, within[-1])


def _named(row: str) -> Cell:
    return (ShownValue(text=row),)


def _cited(name: str, site: Site) -> dict[str, tuple[ShownValue, ...]]:
    """Return the pages that cite each row where the audience sees it, by title."""
    found: dict[str, dict[str, ShownValue]] = defaultdict(dict)
    for page in sorted(site.graph.pages.values(), key=lambda page: (fold(page.title), page.path)):
        if site.sees(page.path) and page.path not in site.errors:
            for field, row in named_rows(page):
                if field.shared == name and sees_field(site.audience, field):
                    found[row.id][page.path] = ShownValue(text=page.title, page=page.path)
    return {row: tuple(pages.values()) for row, pages in found.items()}
