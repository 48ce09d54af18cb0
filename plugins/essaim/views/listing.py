"""Pages and files that nobody writes: lists made from the whole wiki."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from essaim.views.fields import ShownValue

Cell = tuple[ShownValue, ...]
LISTS = "lists"
"""What lists of the whole wiki show of its pages: more than their texts."""
OUTLINES = "outlines"
"""Where others may lead in the texts of pages: their sections."""


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


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A generated page: its tables, or what it says when there is nothing to list.

    `path` is that of the page in the repository if somebody wrote one (`docs/a-ecrire.md`): what it says then stands
    above the tables. These, `listings`, are made when they are first asked for. A page `is_of_faces` when they show
    of pages what any list may, and nothing else.
    """

    path: str
    title: str
    intro: str
    empty: str
    is_of_faces: bool = False
    make: Callable[[], tuple[Listing, ...]] = field(repr=False, compare=False)

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """Its tables."""
        return self.make()


@dataclass(frozen=True, kw_only=True, slots=True)
class Artifact:
    """A generated file: its path in the published tree, and its text."""

    path: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LateArtifact:
    """A generated file whose text is made when it is asked for: it is the same while what it `stands_on` is.

    That is said in the words of traces.
    """

    path: str
    make: Callable[[], str]
    stands_on: frozenset[str]

    @property
    def text(self) -> str:
        """Its text, made anew each time."""
        return self.make()
