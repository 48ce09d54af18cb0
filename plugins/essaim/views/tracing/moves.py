"""What moved from a site to the next, in the words of traces."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from typing import Any

from essaim.graph.model import Edge, Graph
from essaim.pages.page import Page
from essaim.views.events.event import Event
from essaim.views.listing import LISTS, OUTLINES
from essaim.views.site import Site
from essaim.views.tracing.mappings import SHARED
from essaim.views.tracing.reads import (
    ANYTHING,
    CALENDAR,
    CITED,
    DATES,
    EDGE,
    EDGES,
    NAME,
    PAGE,
    TEXT,
    VALUE,
    VALUES,
    WISH,
    Trace,
    read_of,
)

_NONE: Any = object()


class Moves:
    """Compares two sites, `before` and `after`, of one schema on one day."""

    def __init__(self, before: Site, after: Site) -> None:
        self._sites = before, after
        graphs = self._graphs = before.graph, after.graph
        self._texts = differing(*(graph.pages for graph in graphs))
        self._links = differing(*(graph.out for graph in graphs))
        errors = differing(before.errors, after.errors)
        self._named = {path for path in self._texts if _face(graphs[0], path) != _face(graphs[1], path)}
        self._there = before.graph.pages.keys() ^ after.graph.pages.keys()
        self._born = set(before.left_out) ^ set(after.left_out)
        if self._there or self._born:
            self._born |= set(before.unborn) ^ set(after.unborn)
        sound = {path for path in errors if (path in before.errors) != (path in after.errors)}
        self._open = self._there | self._born | sound
        """The pages of which more, or less, can be seen than before."""
        self._past = differing(before.history.pages, after.history.pages)
        self._own = self._texts | self._links | errors | self._past
        self._values, self._edges = self._asked()

    def reads(self) -> Trace:
        """Return all that moved, as it is told by those who read it."""
        found = {
            PAGE: self._named | self._open | self._files() | self._flagged(),
            TEXT: self._own,
            CITED: differing(*(graph.into for graph in self._graphs)),
            NAME: differing(*(graph.names.by_key for graph in self._graphs)),
            WISH: self._wishes(),
            VALUE: self._values,
            VALUES: self._types(self._values),
            EDGE: self._edges,
            EDGES: self._types(self._edges),
            **self._dates(),
        }
        words = {read_of(kind, name) for kind, names in found.items() for name in names}
        if self._past or found[PAGE] or self._values or (self._edges and self._computes()) or found.get(DATES):
            words.add(read_of(LISTS, ""))
        if any(self._outline(0, path) != self._outline(1, path) for path in self._texts | self._links):
            words.add(read_of(OUTLINES, ""))
        return frozenset({*words, read_of(ANYTHING, "")} if words else ())

    def _computes(self) -> bool:
        """Whether lists may show what is computed, from links for one."""
        return any(page_type.computed for page_type in self._sites[1].schema.types.values())

    def _outline(self, at: int, path: str) -> tuple[Any, ...]:
        """Return the sections of a page in one of the sites; with all places, where what they say varies."""
        site, graph = self._sites[at], self._graphs[at]
        page = graph.pages.get(path)
        if page is None:
            return ()
        links = graph.out[path].links if path in graph.out else ()
        hidden = [one for one in links if one.is_reserved or one.is_left_out or one.path in site.unborn]
        if page.variables or hidden:
            return page.headings, page.variables, hidden
        return tuple((heading.level, heading.title, heading.anchor) for heading in page.headings)

    def acronyms(self) -> Collection[str]:
        """Return the acronyms that other pages explain than before."""
        if not self._values:
            return ()
        return differing(*(site.glossary.pages for site in self._sites))

    def _asked(self) -> tuple[set[str], set[str]]:
        """Return the pages of which queries may find other values, and other links."""
        values = self._named | self._open
        edges = set(self._open)
        for path in self._links | self._open:
            old, new = (_edges(graph, path) for graph in self._graphs)
            is_open = path in self._open
            if is_open or _ends(old, by_field=True) != _ends(new, by_field=True):
                values |= {path, *(edge.target for edge in (*old, *new) if edge.field is not None)}
            if is_open or _ends(old, by_field=False) != _ends(new, by_field=False):
                edges |= {path, *(edge.target for edge in (*old, *new) if edge.field is None)}
            if path not in values and _references(self._graphs[0], path) != _references(self._graphs[1], path):
                values.add(path)
        for path in self._open:
            for graph in self._graphs:
                for source, cited in graph.into.get(path, {}).items():
                    (values if any(edge.field is not None for edge in cited) else edges).add(source)
                    edges.add(source)
        return values, edges | values

    def _types(self, paths: Iterable[str]) -> set[str]:
        return {graph.pages[path].type.name for path in paths for graph in self._graphs if path in graph.pages}

    def _files(self) -> set[str]:
        before, after = self._sites
        listed = set() if before.files is after.files else set(before.files) ^ set(after.files)
        return listed | differing(before.facts, after.facts) | differing(before.redirects, after.redirects)

    def _flagged(self) -> set[str]:
        """Return the pages that tell other things of themselves on those that cite them."""
        return differing(*(site.raised for site in self._sites)) if self._edges else set()

    def _wishes(self) -> set[str]:
        """Return the names of pages to write that are begun elsewhere."""
        asks = any(path in g.out and g.out[path].has_missing for g in self._graphs for path in self._own)
        if not asks and not self._open:
            return set()
        return differing(*({name: (w.address, w.anchor) for name, w in s.wanted.items()} for s in self._sites))

    def _dates(self) -> dict[str, set[str]]:
        if not self._edges and not self._files():
            return {}
        before, after = (site.events for site in self._sites)
        told = [{path: self._told(event) for path, event in one.by_path.items()} for one in (before, after)]
        held = [
            {
                path: [(event.page.path, self._told(event)) for event in events]
                for path, events in one.by_group.items()
            }
            for one in (before, after)
        ]
        return {DATES: differing(*told) | differing(*held), CALENDAR: set(before.shared_ids ^ after.shared_ids)}

    def _told(self, event: Event) -> tuple[Any, ...]:
        """Return what others show of an event: of its page, its face."""
        face = _face_of(event.page) if event.page.path in self._named else ()
        return (face, *(getattr(event, one.name) for one in fields(event) if one.name != "page"))


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Return the names that do not stand for the same in two mappings; what was not touched is one and the same."""
    if before is after:
        return set()
    found = {name for name, value in after.items() if before.get(name, _NONE) is not value}
    changed = {name for name in found if name not in before or before[name] != after[name]}
    return changed | (before.keys() - after.keys())


def _face(graph: Graph, path: str) -> tuple[Any, ...] | None:
    return _face_of(graph.pages[path]) if path in graph.pages else None


def _face_of(page: Page) -> tuple[Any, ...]:
    """Return all that a page has but its text."""
    return tuple(getattr(page, name) for name in SHARED)


def _edges(graph: Graph, path: str) -> tuple[Edge, ...]:
    return graph.out[path].edges if path in graph.out else ()


def _references(graph: Graph, path: str) -> Mapping[int, str]:
    return graph.out[path].references if path in graph.out else {}


def _ends(edges: Iterable[Edge], *, by_field: bool) -> list[tuple[str, Any]]:
    """Return where edges lead, wherever they stand in the text."""
    return [(edge.target, edge.field) for edge in edges if (edge.field is not None) == by_field]
