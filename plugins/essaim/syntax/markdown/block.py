"""Lines cut out of a body, which remember where in it they stand."""

import re
from collections.abc import Sequence
from typing import NamedTuple

INDENT = "    "
"""What sets a line inside the item, the definition or the note above it."""
FILL = "\x02"
"""Stands for what is not Markdown, sign for sign; `normalise` takes it out of what authors write."""

_RAW_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
_LOOSE_SPACES = re.compile(r"\n +\n")


class Block(NamedTuple):
    """Lines of text, and where each begins in the normalised body: `starts` is None when they follow one another."""

    text: str
    base: int
    starts: Sequence[int] | None = None

    def offset(self, position: int) -> int:
        """Return the place in the body of a position in the text."""
        if self.starts is None:
            return self.base + position
        line = self.text.count("\n", 0, position)
        return self.starts[line] + position - (self.text.rfind("\n", 0, position) + 1)

    def cut(self, start: int, end: int | None = None) -> "Block":
        """Return the part between two positions."""
        text = self.text[start:end]
        if self.starts is None:
            return Block(text, self.base + start)
        first = self.text.count("\n", 0, start)
        starts = list(self.starts[first : first + text.count("\n") + 1])
        starts[0] += start - (self.text.rfind("\n", 0, start) + 1)
        return Block(text, starts[0], starts)

    def strip(self, signs: str | None = None) -> "Block":
        """Return the text without the given signs, or without white space, around it."""
        text = self.text.strip(signs)
        start = self.text.find(text)
        return self if len(text) == len(self.text) else self.cut(start, start + len(text))

    def rstrip(self) -> "Block":
        """Return the text without the white space at its end."""
        return self.cut(0, len(self.text.rstrip()))

    def lines(self) -> list[tuple[str, int]]:
        """Return each line with its place in the body."""
        texts = self.text.split("\n")
        if self.starts is not None:
            return list(zip(texts, self.starts, strict=True))
        lines, offset = [], self.base
        for text in texts:
            lines.append((text, offset))
            offset += len(text) + 1
        return lines

    def split(self) -> list["Block"]:
        """Return the parts that blank lines separate; a part begins with the line break of one more blank line."""
        parts, start = [], 0
        for text in self.text.split("\n\n"):
            parts.append(
                Block(text, self.base + start) if self.starts is None else self.cut(start, start + len(text))
            )
            start += len(text) + 2
        return parts


def join(lines: Sequence[tuple[str, int]], base: int = 0) -> Block:
    """Make a block of lines."""
    if len(lines) == 1:
        return Block(*lines[0])
    starts = [start for _, start in lines]
    return Block("\n".join(text for text, _ in lines), starts[0] if starts else base, starts or None)


def detab(block: Block, width: int = 4) -> tuple[Block, Block | None]:
    """Take an indent off the first lines; return them, and the lines from the first that is not indented."""
    lines = block.lines()
    kept = []
    for text, start in lines:
        if text.startswith(" " * width):
            kept.append((text[width:], start + width))
        elif not text.strip():
            kept.append(("", start))
        else:
            break
    rest = lines[len(kept) :]
    return join(kept, block.base), join(rest) if rest else None


def loose_detab(block: Block, level: int = 1) -> Block:
    """Take indents off the lines that have them."""
    indent = INDENT * level
    if indent not in block.text:
        return block
    return join(
        [
            (text[len(indent) :], start + len(indent)) if text.startswith(indent) else (text, start)
            for text, start in block.lines()
        ]
    )


def normalise(body: str) -> tuple[str, Sequence[int] | None]:
    """Return the text as the renderer first sets it right, and the place in the body of each of its signs.

    Line ends become `\\n`, tabs become spaces, lines of spaces become empty. The places are None when they are
    those of the body.
    """
    if not any(sign in body for sign in "\t\r\x02\x03") and not _LOOSE_SPACES.search(body):
        return body + "\n\n", None
    texts: list[str] = []
    places: list[int] = []
    for line in _RAW_LINE.finditer(body):
        text, own = _expand(line[1], line.start())
        if texts and not text.strip(" "):
            text, own = "", []
        texts.append(text)
        places += [*own, line.end(1)]
    return "\n".join(texts) + "\n\n", [*places, len(body), len(body)]


def _expand(line: str, start: int) -> tuple[str, Sequence[int]]:
    if not any(sign in line for sign in "\t\x02\x03"):
        return line, range(start, start + len(line))
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(line, start):
        if sign in "\x02\x03":
            continue
        width = 4 - len(signs) % 4 if sign == "\t" else 1
        signs += " " * width if sign == "\t" else sign
        places += [place] * width
    return "".join(signs), places
