"""The `requete` blocks of a body: fenced text that asks a question of the wiki."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from essaim.folding import fold
from essaim.syntax.markdown.body import Body, read_body

NAME = "requete"
"""What stands after the fence, folded: people write it with its accent or a capital too."""
_MAYBE = re.compile(r"requ", re.IGNORECASE)
_FIRST_LINE = re.compile(
    r"(?:`{3,}|~{3,})[ \t]*(?:\{[ \t]*\.|\.?)(?P<name>\w[\w#.+-]*)(?:[ \t}][^\r\n]*)?(?:\r\n|\r|\n)"
)
_LAST_LINE = re.compile(r"[> \t]*(?:`{3,}|~{3,})[ \t]*\Z")
_LINE_END = re.compile(r"(?:\r\n|\r|\n)\Z")
_QUOTES = re.compile(r"^[> \t]+", re.MULTILINE)
_TABS = re.compile(r"^[ ]*\t[ \t]*", re.MULTILINE)


class QueryBlock(NamedTuple):
    """One block: the extent of the fence, and that of what it says, with that text.

    In `text` the signs of a quote that it stands in, and the tabs that set it in, are spaces.
    """

    start: int
    end: int
    text_start: int
    text_end: int
    text: str


def find_query_blocks(body: str, base: int) -> tuple[QueryBlock, ...]:
    """Find the blocks of a body, where the renderer would see fenced code; offsets are counted from `base`."""
    if not _MAYBE.search(body):
        return ()
    read = read_body(body)
    comments = [(start, end) for start, end in _hidden(read) if body.startswith("<!--", start)]
    fences = ((start, end) for end, start in sorted(read.shown_fences.items()))
    shown = (fence for fence in fences if not any(start <= fence[0] < end for start, end in comments))
    return tuple(block for fence in shown if (block := _block(body, *fence, base)) is not None)


def _hidden(read: Body) -> Iterator[tuple[int, int]]:
    return ((read.place(start), read.place(end)) for start, end in read.hidden)


def _block(body: str, start: int, end: int, base: int) -> QueryBlock | None:
    fence = body[start:end]
    first = _FIRST_LINE.match(fence)
    last = _LAST_LINE.match(fence, max(fence.rfind("\n"), fence.rfind("\r")) + 1) if first else None
    if first is None or last is None or fold(first["name"]) != NAME:
        return None
    text_start, above = first.end(), _LINE_END.search(fence, max(last.start() - 2, 0), last.start())
    text_end = max(above.start() if above else last.start(), text_start)
    text, prefix = fence[text_start:text_end], body[body.rfind("\n", 0, start) + 1 : start]
    if prefix:
        text = (_QUOTES if ">" in prefix else _TABS).sub(lambda match: " " * len(match[0]), text)
    at = base + start
    return QueryBlock(at, base + end, at + text_start, at + text_end, text)
