"""Where Markdown is not Markdown: code, comments and raw HTML, replaced by spaces of the same length."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from essaim.syntax.markdown.body import Body, read_body

_SIGNS = ("`", "$", "<!--")
"""One of these is in each text that has something to blank out."""
_NOT_BREAKS = re.compile(r"[^\r\n]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mask:
    """A body with its non-Markdown blanked out, offset for offset.

    `blocks` keeps inline code, for headings read it; `inline` blanks it too, for links are not looked for there.
    `open_fence` is the offset of a fence that nothing closes.
    """

    blocks: str
    inline: str
    open_fence: int | None = None
    open_comment: int | None = None


def mask_body(body: str) -> Mask:
    """Blank out code, comments and raw HTML of a body."""
    read = read_body(body)
    hidden = [(read.place(start), read.place(end)) for start, end in read.hidden]
    blocks = blank(body, [*hidden, *read.left_out])
    inline = blank(blocks, _spans(read)) if any(sign in blocks for sign in _SIGNS) else blocks
    fences = (read.place(offset) for offset in read.open_fences)
    comments = (read.place(offset) for offset in read.open_comments)
    return Mask(
        blocks=blocks,
        inline=inline,
        open_fence=next((place for place in fences if blocks[place] in "`~"), None),
        open_comment=next((place for place in comments if inline[place] == "<"), None),
    )


def _spans(read: Body) -> Iterable[tuple[int, int]]:
    """Return the extents of code, formulas and comments within texts."""
    for leaf in read.leaves:
        text = leaf.block.text
        if any(sign in text for sign in _SIGNS):
            inline = read.inline(leaf)
            for start, end in inline.math:
                yield read.extent(leaf.block, start, end)
            for code in inline.codes:
                yield read.extent(leaf.block, code.start, code.end)
            for start, end in inline.html:
                if text.startswith("<!--", start):
                    yield read.extent(leaf.block, start, end)


def blank(text: str, extents: Iterable[tuple[int, int]]) -> str:
    """Return a text with spaces in some of its extents, its line breaks kept."""
    pieces, done = [], 0
    for start, end in sorted(extents):
        if end > done:
            blanked = text[max(start, done) : end]
            spaces = " " * len(blanked) if blanked.isprintable() else _NOT_BREAKS.sub(" ", blanked)
            pieces += [text[done:start], spaces]
            done = end
    return "".join([*pieces, text[done:]])


def shown_text(body: str, besides: Iterable[tuple[int, int]] = ()) -> str:
    """Blank out the fenced code and the comments of a body, and some other extents of it."""
    read = read_body(body)
    fences = ((start, end) for end, start in read.shown_fences.items())
    return blank(body, [*fences, *read.left_out, *_html_comments(body), *besides])


def _html_comments(body: str) -> Iterable[tuple[int, int]]:
    start = body.find("<!--")
    while start >= 0 and (end := body.find("-->", start)) >= 0:
        yield start, end + 3
        start = body.find("<!--", end)
