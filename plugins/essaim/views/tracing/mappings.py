"""Mappings that note what they are asked, and a page that notes that its text is read."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import fields
from typing import Any, TypeVar

from essaim.pages.page import Page
from essaim.syntax.lazy import LazyDocument
from essaim.syntax.markdown import Heading
from essaim.syntax.markdown.links import Variable
from essaim.views.tracing.notes import Notes
from essaim.views.tracing.reads import ANYTHING, PAGE, TEXT

_V = TypeVar("_V")
SHARED = tuple(one.name for one in fields(Page) if one.name not in ("held", "variables", "headings"))
"""What a page has besides its text."""


class NotedMap(dict[str, _V]):
    """A mapping that notes each name it is asked for; who goes through all of it depends on everything."""

    __slots__ = ("_all", "_noted")

    def __init__(self, known: Mapping[str, _V], notes: Notes, kind: str) -> None:
        super().__init__(known)
        self._noted, self._all = notes.noted[kind], notes.noted[ANYTHING]

    def __getitem__(self, name: str) -> _V:
        self._noted.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return what a name stands for, and note that it was asked."""
        self._noted.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self._noted.add(str(name))
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self._all.add("")
        return super().__iter__()

    def __len__(self) -> int:
        self._all.add("")
        return super().__len__()

    def keys(self) -> Any:
        """Return all names."""
        self._all.add("")
        return super().keys()

    def values(self) -> Any:
        """Return all that they stand for."""
        self._all.add("")
        return super().values()

    def items(self) -> Any:
        """Return both."""
        self._all.add("")
        return super().items()


class NotedPages(NotedMap[Page]):
    """The pages; of each only what others show of it is read, until somebody asks for its document."""

    __slots__ = ("_texts", "_watched")

    def __init__(self, known: Mapping[str, Page], notes: Notes) -> None:
        super().__init__(known, notes, PAGE)
        self._texts = notes.noted[TEXT]
        self._watched: dict[str, WatchedPage] = {}

    def __getitem__(self, path: str) -> Page:
        self._noted.add(path)
        watched = self._watched.get(path)
        if watched is None:
            watched = self._watched[path] = WatchedPage(dict.__getitem__(self, path), self._texts)
        return watched

    def get(self, path: str, default: Any = None) -> Any:
        """Return the page at a path, and note that it was asked."""
        return self[path] if path in self else default  # noqa: SIM401


class WatchedPage(Page):
    """A page that notes that its text is read."""

    __slots__ = ("_real", "_texts")

    _real: Page
    _texts: set[str]

    def __init__(self, page: Page, texts: set[str]) -> None:
        for name in SHARED:
            object.__setattr__(self, name, getattr(page, name))
        object.__setattr__(self, "_real", page)
        object.__setattr__(self, "_texts", texts)

    @property
    def held(self) -> LazyDocument:
        """The document, of which its reader then depends."""
        self._texts.add(self.path)
        return self._real.held

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables of the text, at their places."""
        self._texts.add(self.path)
        return self._real.variables

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the text, at their places."""
        self._texts.add(self.path)
        return self._real.headings


class ShownMap(dict[str, _V]):
    """A mapping by path of what queries show: it notes what values it is asked for, which may be those of many."""

    __slots__ = ("_pages", "_paths", "_shown")

    def __init__(self, known: Mapping[str, _V], pages: Mapping[str, Page], notes: Notes) -> None:
        super().__init__(known)
        self._pages, self._shown, self._paths = pages, notes.shown, notes.noted[PAGE]

    def _note(self, path: str) -> None:
        (self._shown if path in self._pages else self._paths).add(path)

    def __getitem__(self, path: str) -> _V:
        self._note(path)
        return super().__getitem__(path)

    def get(self, path: str, default: Any = None) -> Any:
        """Return what is at a path, and note that it was asked."""
        self._note(path)
        return super().get(path, default)

    def __contains__(self, path: object) -> bool:
        self._note(str(path))
        return super().__contains__(path)


class NotedSet(frozenset[str]):
    """A set that notes each name it is asked for."""

    _noted: set[str]
    _all: set[str]

    @classmethod
    def of(cls, known: Set[str] | Any, notes: Notes, kind: str) -> "NotedSet":
        """Return a set of some names that notes reads of a kind."""
        made = cls(known)
        made._noted, made._all = notes.noted[kind], notes.noted[ANYTHING]
        return made

    def __contains__(self, name: object) -> bool:
        self._noted.add(str(name))
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self._all.add("")
        return super().__iter__()
