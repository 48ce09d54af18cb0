"""The views `liste`, `tableau` and `cartes`: the pages found, each with some of its values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from essaim.graph.query import Item
from essaim.schema.conditions import FieldPath
from essaim.schema.queries.model import Column
from essaim.views.audience import summary_of
from essaim.views.escaping import escape
from essaim.views.fields import ShownField, ShownValue
from essaim.views.queries.asked import Asked
from essaim.views.words import counted

WriteValue = Callable[[ShownValue], str]
"""Writes a value as Markdown, with a link when it leads somewhere."""

_MOST = 1000
"""Entries of one view at most, those of all its groups together."""
_TITLE = Column(FieldPath(("titre",)), "Titre", None)
_SUMMARY = Column(FieldPath(("resume",)), "Résumé", None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One page found: its name, its summary where it is shown, and a cell for each column (None when empty)."""

    page: ShownValue
    summary: str
    cells: tuple[ShownField | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryGroup:
    """The entries that share a value; `heading` is None when the view is not grouped.

    `size` counts those that the view has no room for too.
    """

    heading: ShownValue | None
    entries: tuple[Entry, ...]
    size: int

    @property
    def count(self) -> str:
        """How many there are, in words."""
        return counted(self.size, "fiche")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entries:
    """Pages found. `kind` is liste, tableau or cartes; `columns` are the headings of the cells.

    `title_column` is the place among them of the column that names the pages, None when it comes before them. `more`
    says how many a limit leaves out, '' when none.
    """

    kind: str
    title: str
    empty: str
    columns: tuple[str, ...]
    title_column: int | None
    groups: tuple[EntryGroup, ...]
    more: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.groups


def make_entries(asked: Asked) -> Entries:
    """Return the pages that a query found, in groups when it asks for groups."""
    spec = asked.spec
    columns = tuple(column for column in spec.columns("colonnes") if asked.sees(column))
    if spec.view == "tableau" and not columns:
        columns = (_TITLE, _SUMMARY)
    group_by = spec.column("groupe_par")
    groups = asked.groups(group_by) if group_by and asked.items and asked.sees(group_by) else []
    found: list[tuple[ShownValue | None, tuple[Item, ...]]] = [(group.shown, group.items) for group in groups]
    if not groups and asked.items:
        found = [(None, asked.items)]
    shown = [
        EntryGroup(heading=heading, entries=_entries(items[:room], columns, asked), size=len(items))
        for room, heading, items in _with_room(found)
    ]
    left = asked.left + sum(len(items) for _, items in found) - sum(len(group.entries) for group in shown)
    return Entries(
        kind=spec.view,
        title=spec.title,
        empty=spec.empty or "Rien pour l'instant.",
        columns=tuple(column.label for column in columns),
        title_column=next((n for n, column in enumerate(columns) if _is_title(column, asked)), None),
        groups=tuple(shown),
        more=f"Et {counted(left, 'autre')}." if left else "",
    )


def _with_room(
    groups: Iterable[tuple[ShownValue | None, tuple[Item, ...]]],
) -> Iterator[tuple[int, ShownValue | None, tuple[Item, ...]]]:
    """Yield the first groups, each after the number of its items that the view has room for."""
    room = _MOST
    for heading, items in groups:
        if room:
            yield room, heading, items
            room -= len(items[:room])


def _is_title(column: Column, asked: Asked) -> bool:
    types = asked.site.schema.types
    names = {types[name].title_field for name in asked.spec.types if name in types} | {"titre"}
    return len(column.path.steps) == 1 and not column.path.of_this and column.path.steps[0] in names


def _entries(items: tuple[Item, ...], columns: tuple[Column, ...], asked: Asked) -> tuple[Entry, ...]:
    with_summary = asked.spec.view != "tableau" and not columns
    return tuple(
        Entry(
            page=ShownValue(text=item.page.title, page=item.page.path),
            summary=_summary(item, asked) if with_summary or asked.spec.view == "cartes" else "",
            cells=tuple(asked.cell(item, column) for column in columns),
        )
        for item in items
    )


def _summary(item: Item, asked: Asked) -> str:
    return "" if item.page.path in asked.site.errors else summary_of(item.page, asked.site.audience)


def entries_text(view: Entries, write: WriteValue) -> str:
    """Return the pages found as Markdown: a table, or a list under the heading of each group."""
    return "\n".join(_lines(view, write)) + "\n"


def _lines(view: Entries, write: WriteValue) -> Iterator[str]:
    if view.title:
        yield from (f"**{escape(view.title)}**", "")
    if view.is_empty:
        yield escape(view.empty)
    for group in view.groups:
        if group.heading is not None:
            yield from (f"**{write(group.heading)}** ({group.count})", "")
        yield from _table(view, group, write) if view.kind == "tableau" else _list(view, group, write)
        yield ""
    if view.more:
        yield view.more


def _table(view: Entries, group: EntryGroup, write: WriteValue) -> Iterator[str]:
    labels = view.columns if view.title_column is not None else ("Titre", *view.columns)
    yield "| " + " | ".join(map(escape, labels)) + " |"
    yield "|" + " --- |" * len(labels)
    for entry in group.entries:
        cells = [cell_text(cell, write) for cell in entry.cells]
        if view.title_column is None:
            cells.insert(0, write(entry.page))
        else:
            cells[view.title_column] = write(entry.page)
        yield "| " + " | ".join(cells) + " |"


def _list(view: Entries, group: EntryGroup, write: WriteValue) -> Iterator[str]:
    for entry in group.entries:
        facts = [
            f"{escape(label)} : {cell_text(cell, write)}"
            for number, (label, cell) in enumerate(zip(view.columns, entry.cells, strict=True))
            if cell is not None and number != view.title_column
        ]
        said = " ; ".join(filter(None, (escape(entry.summary), *facts)))
        yield f"- {write(entry.page)}" + (f" : {said}" if said else "")


def cell_text(cell: ShownField | None, write: WriteValue) -> str:
    """Return what a cell holds as one line of Markdown."""
    if cell is None:
        return ""
    rows = [" ; ".join(f"{escape(part.label)} : {cell_text(part, write)}" for part in row) for row in cell.rows]
    return " / ".join([", ".join(map(write, cell.values)), *rows] if cell.values else rows)
