"""The graph: pages are nodes, references and links are edges with a name in each direction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.graph.names import NameIndex
from essaim.pages.page import Page
from essaim.schema.model import Field
from essaim.schema.queries.model import QuerySpec
from essaim.syntax.markdown import Link, LinkKind


class Edge(NamedTuple):
    """One page naming another, by path. `field` is None when it is a link of the body.

    `start` is where the name stands in the source page.
    """

    source: str
    target: str
    field: Field | None
    start: int

    @property
    def inverse(self) -> str:
        """What the relation is called seen from the target: an inverse name, or nothing for a plain link."""
        return self.field.inverse.name if self.field and self.field.inverse else ""


class LinkTarget(NamedTuple):
    """Where a link of the body leads.

    `path` is a page or a file of the repository, '' when there is none; `anchor` is that of the section, ''
    for the top. `status` is page, file, index (a generated index page), neighbour (a page of another cooperative:
    `path` is then a whole address), external, ambiguous or missing.
    """

    link: Link
    status: str
    path: str = ""
    anchor: str = ""
    is_reserved: bool = False
    """Whether what it leads to is for members only."""
    is_left_out: bool = False
    """Whether what it leads to is of a lot that the wiki leaves out."""
    title: str = ""
    """Title of the page of another cooperative that it leads to, plain text."""
    place: str = ""
    """Name of the other cooperative that it names, plain text, whether the page was found there or not."""

    @property
    def is_embedding(self) -> bool:
        """Whether it shows in place a page, or a section or block that exists."""
        is_found = self.status == "page" and (self.anchor != "" or not self.link.section)
        return self.link.kind is LinkKind.EMBED and is_found


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLinks:
    """All that one page names, resolved.

    `references` maps the offset of each reference to the path of its page. `keys` are the folded names looked
    up and `paths` the repository paths: when one of them changes hands, the page is to be resolved again; so it
    is with any edit of `texts`, pages whose text was searched for an anchor.
    """

    references: Mapping[int, str]
    links: tuple[LinkTarget, ...]
    edges: tuple[Edge, ...]
    diagnostics: tuple[Diagnostic, ...]
    keys: frozenset[str]
    paths: frozenset[str]
    texts: frozenset[str]
    has_missing: bool
    has_embeddings: bool = False
    queries: tuple[QuerySpec | None, ...] = ()
    """The queries of the body in reading order; None stands for one that cannot be asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Graph:
    """Every page by path, its names, what it names, and who names it."""

    pages: Mapping[str, Page]
    names: NameIndex
    out: Mapping[str, PageLinks]
    into: Mapping[str, Mapping[str, tuple[Edge, ...]]]
    """By target, then by source."""

    def edges_to(self, path: str) -> Iterator[Edge]:
        """Yield the edges that point at a page, source by source in path order."""
        sources = self.into.get(path, {})
        for source in sorted(sources):
            yield from sources[source]

    def edges_from(self, path: str) -> tuple[Edge, ...]:
        """Return the edges of a page, in reading order."""
        return self.out[path].edges
