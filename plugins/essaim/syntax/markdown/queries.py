"""The `requete` blocks of a body: fenced text that asks a question of the wiki."""

import re
from typing import NamedTuple

from essaim.syntax.markdown.body import read_body

NAMES = ("requete", "requête")
"""What stands after the fence; people write it with its accent too."""
_FIRST_LINE = re.compile(rf"(?P<sign>`{{3,}}|~{{3,}})[ ]*\.?(?:{'|'.join(NAMES)})[ ]*(?:\r\n|\r|\n)")
_LAST_LINE = re.compile(r"(?:\r\n|\r|\n)?[> ]*(?:`{3,}|~{3,})[ ]*\Z")
_QUOTES = re.compile(r"^[> ]*", re.MULTILINE)


class QueryBlock(NamedTuple):
    """One block: the extent of the fence, and that of what it says, with that text.

    In `text` the quote signs that begin its lines are spaces.
    """

    start: int
    end: int
    text_start: int
    text_end: int
    text: str


def find_query_blocks(body: str, base: int) -> tuple[QueryBlock, ...]:
    """Find the blocks of a body, where the renderer would see fenced code; offsets are counted from `base`."""
    if not any(name in body for name in NAMES):
        return ()
    found = (_block(body, start, end, base) for end, start in sorted(read_body(body).fences.items()))
    return tuple(block for block in found if block is not None)


def _block(body: str, start: int, end: int, base: int) -> QueryBlock | None:
    fence = body[start:end]
    first = _FIRST_LINE.match(fence)
    last = _LAST_LINE.search(fence, first.end() - 1) if first else None
    if first is None or last is None:
        return None
    text_start, text_end = first.end(), max(last.start(), first.end())
    text = fence[text_start:text_end]
    if ">" in body[body.rfind("\n", 0, start) + 1 : start]:
        text = _QUOTES.sub(lambda match: " " * len(match[0]), text)
    at = base + start
    return QueryBlock(at, base + end, at + text_start, at + text_end, text)
