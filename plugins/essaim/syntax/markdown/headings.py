"""Headings, their anchors, and the sections they open."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

_ATX = re.compile(
    r"(?:[ ]{4})*(?:>[ ]?)*(?:(?:[-*+]|\d+\.)[ \t]+)*(?P<level>#{1,6})(?P<title>(?:\\.|[^\\\n])*?)#*[ \t\r]*$"
)
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*\r?$")
_ATTRIBUTES = re.compile(r"[ ]*\{:?[ ]*(?P<list>[^}\n]*)\}[ ]*$")
_ID = re.compile(r"#(?P<id>[^\s}]+)")
_MARKUP = re.compile(
    r"!?\[\[(?:[^\]|]*\|)?(?P<wiki>[^\]]*)\]\]|!\[[^\]]*\]\([^)]*\)|\[(?P<link>[^\]]*)\]\([^)]*\)"
    r"|<[^>]*>|[*`]+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])|\[\^[^\]]*\]"
)


class Heading(NamedTuple):
    """A heading: its plain text, its level 1 to 6, the anchor it gets, and the extent of its line."""

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
    """Find the headings of a body; offsets are counted from `base`."""
    used: set[str] = set()
    found = []
    for raw, level, start, end in _raw_headings(body, masked):
        attributes = _ATTRIBUTES.search(raw)
        explicit = _ID.search(attributes["list"]) if attributes else None
        title = plain(raw[: attributes.start()] if attributes else raw)
        anchor = explicit["id"] if explicit else _unique(slugify(title), used)
        used.add(anchor)
        found.append(Heading(title, level, anchor, base + start, base + end))
    return tuple(found)


def _raw_headings(body: str, masked: str) -> Iterator[tuple[str, int, int, int]]:
    if "#" not in masked and "\n--" not in masked and "\n==" not in masked and "\n-" not in masked:
        return
    lines = masked.split("\n")
    offset, previous_blank = 0, True
    for number, line in enumerate(lines):
        end = offset + len(line)
        match = _ATX.match(line) if "#" in line else None
        if match:
            yield (
                body[offset + match.start("title") : offset + match.end("title")],
                len(match["level"]),
                offset,
                end,
            )
        elif previous_blank and line.strip() and number + 1 < len(lines) and _UNDERLINE.match(lines[number + 1]):
            yield body[offset:end], 1 if lines[number + 1].startswith("=") else 2, offset, end
        previous_blank = not line.strip() or match is not None
        offset = end + 1


def find_sections(headings: Sequence[Heading], end: int) -> tuple[Section, ...]:
    """Return the section of each heading; the last ones run to `end`."""
    sections = []
    for number, heading in enumerate(headings):
        after = (h.start for h in headings[number + 1 :] if h.level <= heading.level)
        sections.append(Section(heading, heading.end, next(after, end)))
    return tuple(sections)


def plain(text: str) -> str:
    """Return the text of a heading as it is read, without its markup."""
    return " ".join(_MARKUP.sub(lambda m: m["wiki"] or m["link"] or "", text).split())


def slugify(title: str) -> str:
    """Return the anchor of a title, as Python-Markdown's `toc` does by default."""
    text = normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def _unique(anchor: str, used: set[str]) -> str:
    while anchor in used or not anchor:
        match = re.fullmatch(r"(.+)_(\d+)|(.*)", anchor)
        stem, number = (match[1], int(match[2]) + 1) if match and match[2] else (anchor, 1)
        anchor = f"{stem}_{number}"
    return anchor
