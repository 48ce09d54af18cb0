"""Source text and places in it.

Inside a parse a place is an offset: a count of code points from the start of the file. Whatever leaves the
engine (diagnostics, edits) names a place by `Position`: 1-based line and column, columns in code points.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple, Self

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"


class Position(NamedTuple):
    """A place in a file: 1-based line, 1-based column in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """What lies between two positions, the end excluded."""

    start: Position
    end: Position


class Extent(NamedTuple):
    """What lies between two offsets of a text, the end excluded."""

    start: int
    end: int


class TextEdit(NamedTuple):
    """Replace what `span` covers by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """One file as it was read.

    `path` is relative to the root, with `/`. `text` has no byte-order mark; `digest` is that of the bytes.
    """

    path: str
    text: str
    digest: str
    has_bom: bool = False
    undecodable_at: int | None = None
    """Offset of the first byte sequence that is not UTF-8, replaced in `text` by U+FFFD."""

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Self:
        """Decode the bytes of a file; what is not UTF-8 is replaced and noted, never raised."""
        undecodable_at = None
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            undecodable_at = len(data[: error.start].decode())
            text = data.decode(errors="replace")
        has_bom = text.startswith(_BOM)
        if has_bom:
            text = text[1:]
            undecodable_at = None if undecodable_at is None else undecodable_at - 1
        digest = blake2b(data, digest_size=16).hexdigest()
        return cls(path=path, text=text, digest=digest, has_bom=has_bom, undecodable_at=undecodable_at)

    @classmethod
    def from_text(cls, path: str, text: str) -> Self:
        """Make a source from text that may hold anything a string can, lone surrogates included."""
        return cls.from_bytes(path, text.encode("utf-8", "surrogatepass"))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Say at which line and column an offset stands."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Say at which offset a position stands; a column past the end of its line is at that end."""
        start = self._line_starts[position.line - 1]
        return min(start + position.column - 1, self.line_extent(position.line).end)

    def span(self, extent: tuple[int, int]) -> Span:
        """Name an extent by its positions."""
        return Span(self.position(extent[0]), self.position(extent[1]))

    def line_extent(self, line: int) -> Extent:
        """Give the extent of a 1-based line, its line break excluded; past the end, an empty one."""
        if line > len(self._line_starts):
            return Extent(len(self.text), len(self.text))
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return Extent(start, start + len(self.text[start:end].rstrip("\r\n")))

    def line_text(self, line: int) -> str:
        """Give the text of a 1-based line, without its line break."""
        start, end = self.line_extent(line)
        return self.text[start:end]


def apply_edits(source: SourceFile, edits: list[TextEdit]) -> str:
    """Return the text once the edits are made; of edits that overlap only the first is made."""
    placed = sorted({(source.offset(e.span.start), source.offset(e.span.end), e.text) for e in edits})
    pieces, done = [], 0
    for start, end, text in placed:
        if start < done:
            continue
        pieces += [source.text[done:start], text]
        done = end
    return "".join([*pieces, source.text[done:]])
