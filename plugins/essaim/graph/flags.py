"""What pages have to tell of themselves on those that cite them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.graph.comparing import PageValue
from essaim.graph.grounds import Grounds
from essaim.graph.model import Edge, Graph
from essaim.graph.query import Item, Known, Query
from essaim.pages.page import Page
from essaim.rules.declared import FLAGGED
from essaim.schema.flags import FlagSpec
from essaim.schema.queries.model import Column

_MOST = 5
"""Values that one place of a message shows at most."""


class Said(NamedTuple):
    """A part of a message: its text and, when it is the title of a page, the path of that page."""

    text: str
    page: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """A flag of a page whose condition holds, and its message."""

    spec: FlagSpec
    parts: tuple[Said, ...]

    @property
    def text(self) -> str:
        """The message."""
        return "".join(part.text for part in self.parts)


def raised_flags(page: Page, query: Query) -> tuple[Raised, ...]:
    """Return the flags of a page that hold, without those whose message would miss something."""
    asking = replace(query, this=page)  # it notes what it depends on where `query` does
    found = []
    for spec in page.type.flags:
        if asking.holds(spec.when, Item(page)):
            said = [_said(part, page, asking) for part in spec.message]
            if all(said):
                found.append(Raised(spec=spec, parts=tuple(one for parts in said for one in parts)))
    return tuple(found)


def _said(part: str | Column, page: Page, query: Query) -> list[Said]:
    if isinstance(part, str):
        return [Said(part)]
    if part.path.steps in (("titre",), (page.type.title_field,)):
        return [Said(page.title, page.path)]
    shown = [*dict.fromkeys(_shown(value, part) for value in query.values(Item(page), part.path))]
    left = len(shown) - _MOST
    more = [Said(f"{left} autre{'s' if left > 1 else ''}")] if left > 0 else []
    said: list[Said] = []
    for one in (*shown[:_MOST], *more):
        said += [Said(", "), one] if said else [one]
    return said


def _shown(value: Any, column: Column) -> Said:
    if isinstance(value, PageValue):
        return Said(value.page.title, value.page.path)
    field = column.field_of(value)
    is_plain = field is None or field.type.is_nested or field.is_reference
    return Said(str(value) if is_plain or field is None else field.type.display(value, field))


def flagged_citations(
    page: Page, edges: Iterable[Edge], raised: Callable[[str], tuple[Raised, ...]]
) -> Iterator[tuple[Edge, Raised]]:
    """Yield, for each page that some edges of a page cite, its flags with the first edge that cites it.

    A page of a type that the flag spares, such as a record of its day, is not told of it; nor is
    one that cites the other page by a field that excuses it, wherever else it cites that page.
    """
    by_target: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.target != edge.source:
            by_target.setdefault(edge.target, []).append(edge)
    for target, citing in by_target.items():
        paths = {edge.field.path for edge in citing if edge.field is not None}
        for flag in raised(target):
            if page.type.name not in flag.spec.spares and paths.isdisjoint(flag.spec.unless):
                yield citing[0], flag


class KnownFlags:
    """The flags of pages as who sees everything is told of them, each found once, with what they stand on."""

    def __init__(self, graph: Graph, today: date) -> None:
        self._graph = graph
        self._today = today
        self._known: dict[str, tuple[tuple[Raised, ...], Grounds]] = {}
        self._computed: Known = {}

    def of(self, path: str, query: Query) -> tuple[Raised, ...]:
        """Return the flags of a page for a query, which then stands on them."""
        page = self._graph.pages[path]
        if not page.type.flags:
            return ()
        if path not in self._known:
            asking = Query(
                graph=self._graph, today=self._today, grounds=Grounds({path}), says_titles=True, known=self._computed
            )
            self._known[path] = (raised_flags(page, asking), asking.grounds)
        raised, grounds = self._known[path]
        query.grounds.answers.add(grounds)
        return raised


def check_flags(page: Page, query: Query, flags: KnownFlags) -> Iterator[Diagnostic]:
    """Tell where a page first cites each page that is flagged."""
    places: Mapping[int, tuple[int, int]] = {}
    edges = query.graph.edges_from(page.path)
    for edge, flag in flagged_citations(page, edges, lambda path: flags.of(path, query)):
        places = places or _places(page)
        extent, severity = places[edge.start], flag.spec.severity
        yield FLAGGED.at(page.document.source, extent, severity=severity, message=flag.text)


def _places(page: Page) -> dict[int, tuple[int, int]]:
    """Return the extents of what cites in a page, by where they begin."""
    links = {link.start: (link.start, link.end) for link in (*page.document.links, *page.property_links)}
    return links | {reference.start: (reference.start, reference.end) for reference in page.references}
