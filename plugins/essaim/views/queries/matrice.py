"""The view `matrice`: pages at the crossing of two of their values."""

from collections.abc import Iterator
from dataclasses import dataclass

from essaim.graph.query import Item
from essaim.views.escaping import escape
from essaim.views.fields import ShownValue
from essaim.views.queries.asked import Asked, ItemGroup, first_of
from essaim.views.queries.entries import WriteValue
from essaim.views.words import counted

_MAX_COLUMNS = 40
"""Columns at most: a wider table reads on no screen."""
_MAX_ROWS = 300
"""Rows at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixRow:
    """One row: its heading, and what stands under each column."""

    heading: ShownValue
    cells: tuple[tuple[ShownValue, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    """Pages by two values: `corner` says what the rows and the columns are."""

    title: str
    corner: str
    empty: str
    columns: tuple[ShownValue, ...]
    rows: tuple[MatrixRow, ...]
    more: str
    """Says what is too long or too wide to be shown, '' when nothing is."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.rows


def make_matrice(asked: Asked) -> Matrix:
    """Return the pages found, by the values of two columns; nothing when its audience may not know of one of them."""
    rows, columns = asked.spec.columns("lignes")[0], asked.spec.columns("colonnes")[0]
    is_seen = asked.sees(rows) and asked.sees(columns)
    across = asked.groups(columns) if is_seen else []
    shown = across[:_MAX_COLUMNS]
    down = asked.groups(rows) if is_seen and asked.items else []
    return Matrix(
        title=asked.spec.title or (f"{rows.label} et {columns.label}" if is_seen else "Tableau croisé"),
        corner=f"{rows.label} / {columns.label}" if is_seen else "",
        empty=asked.spec.empty or "Rien à croiser pour l'instant.",
        columns=tuple(group.shown for group in shown),
        rows=tuple(_rows(down[:_MAX_ROWS], shown, asked)),
        more=_more(len(down[_MAX_ROWS:]), len(across) - len(shown)),
    )


def _more(rows: int, columns: int) -> str:
    """Return what is said of the rows and the columns that are too many."""
    left = [counted(count, noun) for count, noun in ((rows, "ligne"), (columns, "colonne")) if count]
    fit = "tiennent" if rows + columns > 1 else "tient"
    return f"Il y a aussi {' et '.join(left)} qui ne {fit} pas ici." if left else ""


def _rows(down: list[ItemGroup], across: list[ItemGroup], asked: Asked) -> Iterator[MatrixRow]:
    places: dict[int, list[int]] = {}
    for place, group in enumerate(across):
        for item in group.items:
            places.setdefault(id(item), []).append(place)
    for group in down:
        found: list[list[Item]] = [[] for _ in across]
        for item in group.items:
            for place in places.get(id(item), ()):
                found[place].append(item)
        yield MatrixRow(heading=group.shown, cells=tuple(_cell(items, asked) for items in found))


def _cell(items: list[Item], asked: Asked) -> tuple[ShownValue, ...]:
    if asked.spec.words("cellule") == "nombre":
        return (ShownValue(text=str(len(items))),) if items else ()
    return first_of(dict.fromkeys(ShownValue(text=item.page.title, page=item.page.path) for item in items))


def matrice_text(view: Matrix, write: WriteValue) -> str:
    """Return the matrix as a table in Markdown."""
    return "\n".join(_lines(view, write)) + "\n"


def _lines(view: Matrix, write: WriteValue) -> Iterator[str]:
    yield from (f"**{escape(view.title)}**", "")
    if view.is_empty:
        yield escape(view.empty)
        return
    yield "| " + " | ".join([escape(view.corner), *map(write, view.columns)]) + " |"
    yield "|" + " --- |" * (len(view.columns) + 1)
    for row in view.rows:
        yield "| " + " | ".join([write(row.heading), *(", ".join(map(write, cell)) for cell in row.cells)]) + " |"
    if view.more:
        yield from ("", view.more)
