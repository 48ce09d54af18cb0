"""Pages and files that nobody writes: lists made from the whole wiki."""

from dataclasses import dataclass

from essaim.views.fields import ShownValue

Cell = tuple[ShownValue, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """One table of a generated page. `id` is its anchor; the cells of a row stand under `columns`.

    The first cell of a row is its heading. `anchors`, when not empty, gives the anchor of each row.
    """

    id: str
    title: str
    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage:
    """A generated page: its tables, or what it says when there is nothing to list.

    `path` is that of the page in the repository if somebody wrote one (`docs/a-ecrire.md`): what it says then stands
    above the tables.
    """

    path: str
    title: str
    intro: str
    listings: tuple[Listing, ...]
    empty: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Artifact:
    """A generated file: its path in the published tree, and its text."""

    path: str
    text: str
