"""An analysis as values that can be written, and put together again.

Documents are no part of it: they are had again from their texts. A text is read from what was kept only when the file
has changed since.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple
from zlib import crc32

from essaim.graph.model import Graph
from essaim.pages.page import Page
from essaim.source import SourceFile
from essaim.syntax.lazy import LazyDocument
from essaim.workspace.analysis import Analysis
from essaim.workspace.discover import Layout
from essaim.workspace.pickling import Unreadable, from_bytes, to_bytes
from essaim.workspace.sealed import SealedFile

_PAGE = tuple(name for name in Page.__slots__ if name != "held")
_ANALYSIS = tuple(field.name for field in fields(Analysis) if field.name not in ("layout", "sources", "graph"))


class _Text(NamedTuple):
    """Where the text of a source stands among the texts, and all else that is known of the source."""

    digest: str
    has_bom: bool
    undecodable_at: int | None
    start: int
    size: int
    checksum: int


def take_apart(analysis: Analysis) -> tuple[bytes, list[bytes]]:
    """Return an analysis as a head and its texts, to be written one after the other.

    Raises Unreadable when some answer stands on others deeper than can be written.
    """
    texts, pieces = _texts(analysis.sources)
    return to_bytes((texts, _parts(analysis))), pieces


def put_together(file: SealedFile, layout: Layout, known: Mapping[str, SourceFile]) -> Analysis:
    """Put an analysis together again. Raises Unreadable."""
    try:
        texts, (values, written, names, out, into) = from_bytes(file.head)
        sources = {path: _source(path, text, known.get(path), file) for path, text in texts.items()}
        pages: dict[str, Page] = {}
        for attributes in written:
            named = dict(zip(_PAGE, attributes, strict=True))
            pages[named["path"]] = Page(held=LazyDocument(sources[named["path"]]), **named)
        graph = Graph(pages=pages, names=names, out=out, into=into)
        return Analysis(layout=layout, sources=sources, graph=graph, **dict(zip(_ANALYSIS, values, strict=True)))
    except (ValueError, TypeError, LookupError, AttributeError) as problem:
        raise Unreadable(str(problem)) from problem


def _source(path: str, text: _Text, known: SourceFile | None, file: SealedFile) -> SourceFile:
    """Return a source as it was: the one that there is now, or its text as it was kept."""
    if known is not None and known.digest == text.digest:
        return known
    data = file.read(text.start, text.size)
    if crc32(data) != text.checksum:
        raise Unreadable(path)
    return SourceFile(
        path=path, text=data.decode(), digest=text.digest, has_bom=text.has_bom, undecodable_at=text.undecodable_at
    )


def _texts(sources: Mapping[str, SourceFile]) -> tuple[dict[str, _Text], list[bytes]]:
    texts: dict[str, _Text] = {}
    pieces: list[bytes] = []
    start = 0
    for path, source in sources.items():
        piece = source.text.encode()
        size = len(piece)
        texts[path] = _Text(source.digest, source.has_bom, source.undecodable_at, start, size, crc32(piece))
        pieces.append(piece)
        start += size
    return texts, pieces


def _parts(analysis: Analysis) -> tuple[Any, ...]:
    graph = analysis.graph
    pages = [tuple(getattr(page, name) for name in _PAGE) for page in graph.pages.values()]
    return tuple(getattr(analysis, name) for name in _ANALYSIS), pages, graph.names, graph.out, graph.into
