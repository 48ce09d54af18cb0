"""A site that notes what is read of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TypeVar

from essaim.diagnostics import Diagnostic
from essaim.graph.columns import Columns
from essaim.graph.flags import Raised
from essaim.graph.glossary import Glossary
from essaim.graph.model import Graph
from essaim.graph.names import NameIndex
from essaim.graph.query import Query
from essaim.pages.page import Page
from essaim.views.events.known import KnownEvents
from essaim.views.index import IndexPage
from essaim.views.site import Site
from essaim.views.tracing.mappings import NotedMap, NotedPages, NotedSet, ShownMap
from essaim.views.tracing.notes import Notes
from essaim.views.tracing.reads import ANYTHING, CALENDAR, CITED, DATES, NAME, PAGE, TEXT, VALUES, WISH
from essaim.views.wanted import Wanted

_KEPT = ("quotes", "named", "computed")
"""What a site keeps from one page to the next: what is made of the whole is shared with it."""


@dataclass(frozen=True, kw_only=True)
class WatchedSite(Site):
    """A site made from another, `whole`, that notes what is read of it.

    What is found once for the whole wiki is found by the other: of it, this notes what is taken.
    """

    whole: Site
    notes: Notes

    @property
    def unwatched(self) -> Site:
        """The site that notes nothing."""
        return self.whole

    def asked(self, types: Iterable[str]) -> Site:
        """Return the site as a query asks it; its types are noted, whether they have pages or not."""
        self.notes.noted[VALUES].update(types)
        return self._asked

    @cached_property
    def _asked(self) -> "AskedSite":
        site, notes = self.whole, self.notes
        graph, pages = site.graph, site.graph.pages
        asked = replace(
            graph,
            pages=ShownMap(pages, pages, notes),
            out=ShownMap(graph.out, pages, notes),
            into=ShownMap(graph.into, pages, notes),
        )
        return _watching(AskedSite, site, notes, asked, ShownMap(site.errors, pages, notes))

    def stands_on(self, paths: Iterable[str]) -> None:
        """Note some pages."""
        self.notes.noted[PAGE].update(paths)

    def sees(self, path: str) -> bool:
        """Whether the audience is shown the page at a path."""
        self.notes.noted[PAGE].add(path)
        return self.whole.sees(path)

    def asking(self, this: Page | None = None, rows: str = "") -> Query:
        """Return a query of the other site; what it will have been answered from is noted in the end."""
        query = self.whole.asking(this and self.whole.graph.pages[this.path], rows)
        self.notes.asked.append(query)
        return query

    @cached_property
    def wanted(self) -> Mapping[str, Wanted]:
        """The pages that links ask for and nobody wrote."""
        return NotedMap(self.whole.wanted, self.notes, WISH)

    @cached_property
    def glossary(self) -> Glossary:
        """The acronyms that pages explain. Every page asks for all of them: `affected` looks which it writes."""
        return self.whole.glossary

    @cached_property
    def unborn(self) -> Collection[str]:
        """Where the covers of the collections that have nothing to list would be."""
        return NotedSet.of(self.whole.unborn, self.notes, PAGE)

    @cached_property
    def columns(self) -> Columns:
        """The values that queries look up: what they take of them is in their grounds."""
        return self.whole.columns

    @cached_property
    def raised(self) -> Mapping[str, tuple[Raised, ...]]:
        """The flags of the pages that have some."""
        return NotedMap(self.whole.raised, self.notes, PAGE)

    @cached_property
    def events(self) -> KnownEvents:
        """The events that the audience may know of."""
        known = self.whole.events
        return replace(
            known,
            by_path=NotedMap(known.by_path, self.notes, DATES),
            by_group=NotedMap(known.by_group, self.notes, DATES),
            shared_ids=NotedSet.of(known.shared_ids, self.notes, CALENDAR),
        )

    @property
    def indexes(self) -> Mapping[str, IndexPage]:
        """The index pages, which are found in everything."""
        self.notes.noted[ANYTHING].add("")
        return self.whole.indexes


@dataclass(frozen=True, kw_only=True)
class AskedSite(WatchedSite):
    """A site as queries ask it: the pages that they show are noted by their types where they are many."""

    def sees(self, path: str) -> bool:
        """Whether the audience is shown the page at a path."""
        return path in self.graph.pages and self.whole.sees(path)


_W = TypeVar("_W", bound=WatchedSite)


def watch(site: Site, notes: Notes) -> WatchedSite:
    """Return a site that notes what is read of another."""
    graph = site.graph
    watched = Graph(
        pages=NotedPages(graph.pages, notes),
        names=NameIndex(by_key=NotedMap(graph.names.by_key, notes, NAME)),
        out=NotedMap(graph.out, notes, TEXT),
        into=NotedMap(graph.into, notes, CITED),
    )
    return _watching(WatchedSite, site, notes, watched, NotedMap(site.errors, notes, PAGE))


def _watching(
    kind: type[_W], site: Site, notes: Notes, graph: Graph, errors: Mapping[str, tuple[Diagnostic, ...]]
) -> _W:
    given = {one.name: getattr(site, one.name) for one in fields(Site) if one.init} | {
        "graph": graph,
        "errors": errors,
        "history": replace(site.history, pages=NotedMap(site.history.pages, notes, TEXT)),
        "redirects": NotedMap(site.redirects, notes, PAGE),
        "files": NotedSet.of(site.files, notes, PAGE),
        "facts": NotedMap(site.facts, notes, PAGE),
    }
    made = kind(**given, whole=site, notes=notes)
    for name in _KEPT:
        object.__setattr__(made, name, getattr(site, name))
    return made
