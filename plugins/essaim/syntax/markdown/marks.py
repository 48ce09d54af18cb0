"""Marks of blocks: a `^id` at the end of a text, by which a link `[[page#^id]]` finds it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from essaim.syntax.markdown.body import Body, read_body
from essaim.syntax.markdown.reading import Leaf

MARK = re.compile(r"(?:\A|(?<![ \t\n])[ \t\n]++)\^(?P<id>[A-Za-z0-9-]++)[ \t\n]*+\Z")
"""A mark in the text of one element, before inline markup is looked for."""
_IN_LIST = re.compile(r"[ \t]+\S|[ \t]*(?:[-*+]|\d+[.)])[ \t]")


class BlockMark(NamedTuple):
    """A mark and the block it names; places are offsets in the file.

    A mark is `^id` after white space at the end of the text of one element: a paragraph, an item of a list (its own
    text, before a list within it), a heading, a definition. It names that text. As the whole text of a paragraph, it
    names the block before it: a table, a list, a quote, a fence. It is made of letters without accents, digits and
    hyphens; there are none in the cells of a table, in code and in raw HTML.

    `start`..`end` is the block without the mark, `mark_start`..`mark_end` the mark with the blank before it.
    """

    id: str
    start: int
    end: int
    mark_start: int
    mark_end: int


def find_marks(body: str, base: int) -> tuple[BlockMark, ...]:
    """Find the marks of a body; offsets are counted from `base`."""
    if "^" not in body:
        return ()
    read = read_body(body)
    found = [mark for leaf in read.leaves if "^" in leaf.block.text for mark in _marks(read, leaf, body, base)]
    return tuple(sorted(found, key=lambda mark: mark.mark_start))


def without_mark(text: str) -> str:
    """Return a text without the mark at its end."""
    match = MARK.search(text) if "^" in text else None
    return text[: match.start()] if match else text


def _marks(read: Body, leaf: Leaf, body: str, base: int) -> Iterator[BlockMark]:
    match = MARK.search(leaf.block.text) if leaf.takes_mark else None
    if match is None:
        return
    first = match.start("id") - 1
    sign, end = read.extent(leaf.block, first, match.end("id"))
    if leaf.block.text[: match.start()].strip():
        start, stop = read.extent(leaf.block, 0, match.start())
        yield BlockMark(match["id"], base + start, base + stop, base + stop, base + end)
    else:
        start, stop = _before(read, body, sign)
        yield BlockMark(match["id"], base + start, base + stop, base + sign, base + end)


def _before(read: Body, body: str, place: int) -> tuple[int, int]:
    """Return the extent of the block before a place: a fence, a list, or lines that no blank one parts."""
    end = _end_of_text(body, place)
    if end in read.fences:
        return read.fences[end], end
    start = _start_of_lines(body, end)
    while start > 0 and _IN_LIST.match(body, start):
        above = _end_of_text(body, start)
        first = _start_of_lines(body, above)
        if not _IN_LIST.match(body, first):
            break
        start = first
    return start, end


def _end_of_text(body: str, place: int) -> int:
    """Return where the last line before that of a place ends that is not blank."""
    line = body.rfind("\n", 0, place) + 1
    while line > 0:
        above = body.rfind("\n", 0, line - 1) + 1
        text = body[above : line - 1].rstrip()
        if text:
            return above + len(text)
        line = above
    return 0


def _start_of_lines(body: str, end: int) -> int:
    """Return where the lines begin that run, without a blank one, up to an end."""
    start = body.rfind("\n", 0, end) + 1
    while start > 0:
        above = body.rfind("\n", 0, start - 1) + 1
        if not body[above : start - 1].strip():
            break
        start = above
    return start
