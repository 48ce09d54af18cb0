"""Pieces of pages shown in others that, one within the other, would show themselves without end."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.graph.model import Graph, LinkTarget
from essaim.pages.sections import find_piece
from essaim.rules import links as rules


class _Embedding(NamedTuple):
    """A piece shown in a page: where the link stands, and the extent of the other page that it shows."""

    page: str
    target: LinkTarget
    start: int
    end: int


def check_embeddings(graph: Graph) -> Iterator[Diagnostic]:
    """Report each ring of embeddings once, on the first of its links in path order."""
    by_page: dict[str, list[_Embedding]] = defaultdict(list)
    for path in sorted(path for path, links in graph.out.items() if links.has_embeddings):
        for target in graph.out[path].links:
            if target.is_embedding:
                extent = find_piece(graph.pages[target.path].document, target.anchor)
                if extent is not None:
                    by_page[path].append(_Embedding(path, target, *extent))
    told: set[tuple[str, int]] = set()
    for embeddings in [*by_page.values()]:
        for embedding in embeddings:
            ring = _ring(embedding, by_page)
            if ring and told.isdisjoint(_place(member) for member in ring):
                told.update(_place(member) for member in ring)
                link = embedding.target.link
                trail = " → ".join(f"« {graph.pages[member.target.path].title} »" for member in ring)
                source = graph.pages[embedding.page].document.source
                yield rules.EMBEDDING_RING.at(source, (link.start, link.end), trail=trail)


def _place(embedding: _Embedding) -> tuple[str, int]:
    return embedding.page, embedding.target.link.start


def _ring(first: _Embedding, by_page: dict[str, list[_Embedding]]) -> list[_Embedding]:
    """Return the shortest way from an embedding through what it shows back to itself, [] when there is none."""
    trails = [[first]]
    seen: set[tuple[str, int]] = set()
    for trail in trails:
        last = trail[-1]
        for inner in by_page.get(last.target.path, ()):
            if not last.start <= inner.target.link.start < last.end:
                continue
            if _place(inner) == _place(first):
                return trail
            if _place(inner) not in seen:
                seen.add(_place(inner))
                trails.append([*trail, inner])
    return []
