"""Headings, their anchors, and the sections they open."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from essaim.syntax.markdown.attributes import ids_in, split_attributes
from essaim.syntax.markdown.block import FILL
from essaim.syntax.markdown.body import Body, read_body
from essaim.syntax.markdown.marks import without_mark
from essaim.syntax.markdown.plain import plain_text
from essaim.syntax.markdown.reading import Leaf

_NOT_IN_ANCHORS = re.compile(r"[^\w\s-]")
_GAPS = re.compile(r"[-\s]+")
_MARKUP = re.compile(r"[\[`*_&<{\\$]")


class Heading(NamedTuple):
    """A heading: its plain text, its level 1 to 6, the anchor it gets, and the extent of its lines."""

    title: str
    level: int
    anchor: str
    start: int
    end: int


class Section(NamedTuple):
    """A heading and what follows it up to the next heading of its level or above."""

    heading: Heading
    start: int
    end: int


def find_headings(body: str, masked: str, base: int) -> tuple[Heading, ...]:
    """Find the headings of a body outside what is masked; offsets are counted from `base`."""
    if masked.isspace():
        return ()
    read = read_body(body)
    leaves = [leaf for leaf in read.leaves if leaf.level]
    titles = [_title(read, leaf) for leaf in leaves]
    anchors = Anchors([*_given_ids(read), *(given for *_, given in titles)] if leaves else [])
    found = []
    for leaf, (title, words, given) in zip(leaves, titles, strict=True):
        start, end = _lines(body, read.place(leaf.block.offset(0)), read.place(leaf.end))
        found.append(Heading(title, leaf.level, given or anchors.unique(slugify(words)), base + start, base + end))
    return tuple(sorted(found, key=lambda heading: heading.start))


def find_sections(headings: Sequence[Heading], end: int) -> tuple[Section, ...]:
    """Return the section of each heading; the last ones run to `end`."""
    ends = [end] * 7  # where a section of each level ends, going back from the last heading
    sections = []
    for heading in reversed(headings):
        sections.append(Section(heading, heading.end, ends[heading.level]))
        ends[heading.level :] = [heading.start] * (7 - heading.level)
    return tuple(reversed(sections))


def slugify(title: str) -> str:
    """Return the anchor of a title, as Python-Markdown's `toc` does by default."""
    text = title if title.isascii() else normalize("NFKD", title).encode("ascii", "ignore").decode()
    return _GAPS.sub("-", _NOT_IN_ANCHORS.sub("", text).strip().lower())


def _title(read: Body, leaf: Leaf) -> tuple[str, str, str]:
    """Return the plain text of a heading, the words its anchor is made of, and the id it is given.

    The words do not hold the names of links without words: a page that not everybody sees may be named there.
    """
    text = without_mark(leaf.block.text.replace(FILL, " ") if FILL in leaf.block.text else leaf.block.text)
    if not _MARKUP.search(text):
        title = " ".join(text.split())
        return title, title, leaf.anchor
    inline = read.inline(leaf)
    elements = [span.end for span in inline.codes] + [link.end for link in inline.links]
    end, attributes = split_attributes(text, max(elements, default=0))
    if attributes or end < len(text):
        end = len(text[:end].rstrip("#").rstrip())
    title = plain_text(text, inline, end)
    words = plain_text(text, inline, end, with_names=False) if "[[" in text else title
    return title, words, attributes.get("id", leaf.anchor)


def _given_ids(read: Body) -> list[str]:
    found = [*read.ids]
    for leaf in read.leaves:
        if "{" in leaf.block.text and "#" in leaf.block.text:
            found += ids_in(leaf.block.text)
    return found


def _lines(body: str, start: int, end: int) -> tuple[int, int]:
    """Return the extent of the lines that two places are on."""
    line_end = body.find("\n", end)
    line_end = len(body) if line_end < 0 else line_end
    return body.rfind("\n", 0, start) + 1, line_end - body.endswith("\r", 0, line_end)


class Anchors:
    """Gives headings anchors that nothing else has."""

    def __init__(self, used: Iterable[str]) -> None:
        self._used = set(used)
        self._last: dict[str, int] = {}

    def unique(self, anchor: str) -> str:
        """Return an anchor, with a number after it if it is taken."""
        if anchor in self._used or not anchor:
            match = re.fullmatch(r"(?P<stem>.*)_(?P<number>[0-9]+)", anchor)
            stem, number = (match["stem"], int(match["number"])) if match else (anchor, 0)
            number = max(number, self._last.get(anchor, 0)) + 1
            while f"{stem}_{number}" in self._used:
                number += 1
            self._last[anchor] = number
            anchor = f"{stem}_{number}"
        self._used.add(anchor)
        return anchor
