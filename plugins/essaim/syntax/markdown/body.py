"""A body read once, for the mask, the headings and the links that are asked of it one after the other."""

from functools import lru_cache

from essaim.syntax.markdown.block import Block, normalise
from essaim.syntax.markdown.blocks import read_blocks
from essaim.syntax.markdown.comments import cut, find_comments, kept_places, shifted
from essaim.syntax.markdown.elements import Element
from essaim.syntax.markdown.fences import fill_fences
from essaim.syntax.markdown.html import read_html
from essaim.syntax.markdown.inline import InlineReader
from essaim.syntax.markdown.loose_fences import even_fences, says_more
from essaim.syntax.markdown.reading import Leaf

MAX_BODY = 400_000
"""Code points in one body: some eighty printed pages."""


class Body:
    """What a body holds: its leaves, its definitions, and the extents of what is not Markdown."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        normal, self._places = normalise(text if len(text) <= MAX_BODY else "")
        source = normal
        fences: list[tuple[int, int]] = []
        hidden: list[tuple[int, int]] = []
        elements: dict[int, Element] = {}
        self.open_fences: list[int] = []
        self.open_comments: list[int] = []
        self.left_out: list[tuple[int, int]] = []
        if "```" in normal or "~~~" in normal:
            filled = fill_fences(source)
            if filled[2] or says_more(source):
                source = even_fences(source)
                filled = fill_fences(source)
            normal, fences, self.open_fences = filled
        comments = find_comments(normal)
        if comments:
            self._leave_out(normal, comments)
            normal, source, fences = cut(normal, comments), cut(source, comments), shifted(fences, comments)
        self.fences = {self.place(end - 1) + 1: self.place(start) for start, end in fences}
        if "<" in normal:
            html, self.open_comments = read_html(normal)
            normal, elements = html.text, html.elements
            hidden = html.hidden
        reading = read_blocks(normal, source, fences, elements)
        self.shown_fences = {self.place(end - 1) + 1: self.place(start) for start, end in reading.fences.items()}
        """The fences that show as such, by their ends: not those in indented code."""
        hidden += reading.fences.items()
        hidden += [(start, start + len(line)) for code in reading.code for line, start in code.lines()]
        self.hidden = hidden if len(text) <= MAX_BODY else [(0, len(text))]
        self.leaves = reading.leaves
        self.definitions = reading.definitions
        self.footnotes = reading.footnotes
        self.ids = reading.ids
        self.too_deep = reading.too_deep
        self.too_many = reading.too_many
        self.abbreviations = reading.abbreviations
        self.nested_notes = reading.nested_notes

    def inline(self, leaf: Leaf) -> InlineReader:
        """Return the inline markup of a leaf."""
        if leaf.inline is None:
            leaf.inline = InlineReader(leaf.block.text, self.definitions, self.footnotes)
        return leaf.inline

    def _leave_out(self, normal: str, comments: list[tuple[int, int]]) -> None:
        """Take comments out of the places of the normalised body, and note where they are."""
        self.left_out = [(self.place(start), self.place(end - 1) + 1) for start, end in comments]
        kept = kept_places(len(normal), comments)
        self.open_fences = [start for start, _ in shifted([(start, start) for start in self.open_fences], comments)]
        self._places = [self.place(place) for place in kept]

    def place(self, offset: int) -> int:
        """Return where in the body, as it is written, an offset of the normalised one is."""
        return offset if self._places is None else self._places[offset]

    def extent(self, block: Block, start: int, end: int) -> tuple[int, int]:
        """Return the extent in the body of a part of a block."""
        if self._places is None and block.starts is None:
            return block.base + start, min(block.base + end, self._length)
        first = self.place(block.offset(start))
        last = self.place(block.offset(end - 1)) + 1 if end > start else first
        return first, min(max(first, last), self._length)


@lru_cache(maxsize=1)
def read_body(text: str) -> Body:
    """Read a body."""
    return Body(text)
