"""What is being read of a site, and what it comes to."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from essaim.graph.grounds import Grounds
from essaim.graph.query import Query
from essaim.pages.page import Page
from essaim.views.tracing.reads import EDGE, EDGES, KINDS, VALUE, VALUES, Trace, read_of

_MOST = 48
"""Pages that an answer names one by one; of one that is found in more, the types of these are told."""


class Stood(NamedTuple):
    """What an answer stands on, `linked` where it went along links: paths, or types where these are many."""

    paths: frozenset[str]
    types: frozenset[str]
    linked_paths: frozenset[str]
    linked_types: frozenset[str]


class _Words(dict[str, str]):
    """The text of each read of one kind: one and the same for all traces, which are kept together."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, name: str) -> str:
        word = self[name] = read_of(self._kind, name)
        return word


class Notes:
    """What is being read: `noted` are the sets that mappings fill, `asked` queries whose grounds tell the rest."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.noted: Mapping[str, set[str]] = {kind: set() for kind in KINDS}
        self.asked: list[Query] = []
        self.shown: set[str] = set()
        """The pages, maybe many, of which queries show something that they did not find."""
        self._pages = pages
        self._words = {kind: _Words(kind) for kind in KINDS}
        self._stood: dict[Grounds, Stood] = {}

    def take(self) -> Trace:
        """Return what was read since the last time."""
        for query in self.asked:
            self._note(self._stands(query.grounds))
        self.asked.clear()
        self._note(Stood(*self._few(self.shown, frozenset()), frozenset(), frozenset()))
        self.shown.clear()
        found = frozenset(
            word for kind, names in self.noted.items() if names for word in map(self._words[kind].__getitem__, names)
        )
        for names in self.noted.values():
            names.clear()
        return found

    def _note(self, stood: Stood) -> None:
        self.noted[VALUE].update(stood.paths)
        self.noted[VALUES].update(stood.types)
        self.noted[EDGE].update(stood.linked_paths)
        self.noted[EDGES].update(stood.linked_types)

    def _stands(self, grounds: Grounds) -> Stood:
        """Return what an answer stands on, with the answers that it took over."""
        kept = [self._kept(answer) for answer in grounds.answers]
        links = grounds.pages if grounds.by_links else ()
        paths = grounds.pages.union(*(one.paths for one in kept))
        linked = set(links).union(*(one.linked_paths for one in kept))
        return Stood(
            *self._few(paths, frozenset().union(*(one.types for one in kept))),
            *self._few(linked, frozenset().union(*(one.linked_types for one in kept))),
        )

    def _kept(self, answer: Grounds) -> Stood:
        """Return what a kept answer stands on, which changes no more."""
        if answer not in self._stood:
            self._stood[answer] = self._stands(answer)
        return self._stood[answer]

    def _few(self, paths: Iterable[str], types: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        found = frozenset(paths)
        if len(found) <= _MOST:
            return found, types
        return frozenset(), types | {self._pages[path].type.name for path in found}
