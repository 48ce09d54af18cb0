"""The text of a heading as it is read, without its markup."""

import re
from collections.abc import Iterator

from essaim.syntax.markdown.attributes import end_of_attributes
from essaim.syntax.markdown.inline import InlineReader
from essaim.syntax.markdown.spans import find_escapes, unescape_entities
from essaim.syntax.markdown.ways import LinkKind

_PROTECTED = str.maketrans("*_&", "\ue000\ue001\ue002")
_RESTORED = str.maketrans("\ue000\ue001\ue002", "*_&", "\ue003")
_MARK = "\ue003"
"""Stands where markup was, for emphasis begins and ends beside words or markup, not beside spaces."""
_MAX_TITLE = 2000
"""A text longer than this is no title, whatever its signs."""
_DELIMITERS = re.compile(r"\*+|_+")

Edit = tuple[int, int, str]


def plain_text(text: str, inline: InlineReader, end: int, *, with_names: bool = True) -> str:
    """Return what a reader sees of a text, up to a position; if asked, without the names of links without words."""
    pieces, done = [], 0
    for start, stop, replacement in sorted(_edits(text, inline, with_names)):
        if done <= start < end:
            pieces += [text[done:start], replacement]
            done = stop
    pieces.append(text[done:end])
    plain = unescape_entities(_without_emphasis("".join(pieces).strip()))
    return " ".join(plain.translate(_RESTORED).split())


def _edits(text: str, inline: InlineReader, with_names: bool) -> Iterator[Edit]:
    for code in inline.codes:
        inner = text[code.inner : code.inner_end].strip()
        yield code.start, end_of_attributes(text, code.end), _MARK + inner.translate(_PROTECTED)
    for start, end in inline.math:
        yield start, end, _MARK + text[start:end].translate(_PROTECTED)
    for start, sign in find_escapes(text, inline.codes):
        yield start, start + 2, sign.translate(_PROTECTED)
    for start, end in inline.notes:
        yield start, end, _MARK
    for start, end in inline.html:
        yield start, end, _MARK
    for start, end in inline.autolinks:
        yield start, end, text[start + 1 : end - 1].translate(_PROTECTED)
    for link in inline.links:
        end = end_of_attributes(text, link.end)
        if link.kind is LinkKind.MARKDOWN:
            yield link.start, link.text_start, _MARK
            yield link.text_end, end, _MARK
        elif link.kind is LinkKind.IMAGE:
            yield link.start, end, _MARK
        else:
            name = text[link.target_start : link.target_end] if with_names else ""
            shown = text[link.text_start : link.text_end] or name
            yield link.start, end, _MARK + shown.strip().translate(_PROTECTED)


def _without_emphasis(text: str) -> str:
    """Take out the signs of emphasis that pair up."""
    if ("*" not in text and "_" not in text) or len(text) > _MAX_TITLE:
        return text
    cut: list[tuple[int, int]] = []
    openings: list[list[int]] = []  # where each opening run begins, and how much of it is left
    for match in _DELIMITERS.finditer(text):
        start, end = match.span()
        can_open, can_close = _flanks(text, start, end)
        left = end - start
        while can_close and left:
            opening = next((run for run in reversed(openings) if text[run[0]] == text[start]), None)
            if opening is None:
                break
            del openings[openings.index(opening) + 1 :]
            size = min(left, opening[1])
            cut += [(opening[0] + opening[1] - size, opening[0] + opening[1]), (end - left, end - left + size)]
            opening[1] -= size
            left -= size
            if not opening[1]:
                openings.pop()
        if can_open and left:
            openings.append([end - left, left])
    return _without(text, cut)


def _flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether a run of signs can open emphasis, and whether it can close it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    can_open = bool(after) and not after.isspace()
    can_close = bool(before) and not before.isspace()
    if text[start] == "_":
        can_open, can_close = can_open and not before.isalnum(), can_close and not after.isalnum()
    return can_open, can_close


def _without(text: str, cut: list[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in sorted(cut):
        pieces.append(text[done:start])
        done = end
    return "".join([*pieces, text[done:]])
