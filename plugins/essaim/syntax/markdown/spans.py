"""Code spans and escaped signs: what is taken out of a text before links are looked for."""

import re
from html import unescape
from typing import NamedTuple

from essaim.syntax.markdown.block import FILL

_TICKS = re.compile(r"`+")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]+);")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!|$")
_ESCAPED_BEFORE_MATH = re.compile(r"(?<!\\)(?:\\{2})+(?=\$)")
_MATH = re.compile(rf"(?<!\\)\$(?!\s)(?:\\.|[^\\${FILL}])+?(?<!\s)\$", re.DOTALL)


class Code(NamedTuple):
    """A code span: its extent, and that of the code in it."""

    start: int
    end: int
    inner: int
    inner_end: int


def unescape_entities(text: str) -> str:
    """Return a text with the signs that its entities stand for."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def find_code(text: str) -> list[Code]:
    """Find the code spans of a text.

    Ticks close on the next ticks of the same length; failing that, on the longest there are after them, if shorter.
    """
    runs = [match.span() for match in _TICKS.finditer(text)]
    later: _LaterRuns | None = None
    spans, number, done = [], 0, 0
    while number < len(runs):
        start, end = max(runs[number][0], done), runs[number][1]
        if text[start - 1 : start] == "\\":
            start += (start - done - len(text[done:start].rstrip("\\"))) % 2
        size, closing, inner = end - start, number + 1, end
        if closing == len(runs) or runs[closing][1] - runs[closing][0] != size:
            later = later or _LaterRuns(runs)
            closing = later.closing(number, size)
            inner = min(end, start + runs[closing][1] - runs[closing][0])
        if size > 0 and closing > number:
            spans.append(Code(start, runs[closing][1], inner, runs[closing][0]))
            number, done = closing, runs[closing][1]
        else:
            # The renderer skips as many signs again after ticks that nothing closes.
            done = max(done, end + max(size, 0))
        number += 1
        while number < len(runs) and runs[number][1] <= done:
            number += 1
    return spans


class _LaterRuns:
    """What follows each run of ticks, so that no text is gone through twice."""

    def __init__(self, runs: list[tuple[int, int]]) -> None:
        self._sizes = [end - start for start, end in runs]
        self._by_size: dict[int, list[int]] = {}
        self._longest: list[int] = []
        longest = -1
        for number in range(len(runs) - 1, -1, -1):
            self._longest.append(longest)
            self._by_size.setdefault(self._sizes[number], []).append(number)
            if longest < 0 or self._sizes[number] >= self._sizes[longest]:
                longest = number
        self._longest.reverse()

    def closing(self, number: int, size: int) -> int:
        """Return the run that closes as many ticks as `size`, the last of one run, or that run if none does."""
        same = self._by_size.get(size, [])
        while same and same[-1] <= number:
            same.pop()
        if same:
            return same[-1]
        longest = self._longest[number]
        return longest if longest > number and self._sizes[longest] < size else number


def fill_code(text: str, spans: list[Code]) -> str:
    """Fill in the code spans of a text."""
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], FILL * (span.end - span.start)]
        done = span.end
    return "".join([*pieces, text[done:]])


def fill_math(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Fill in the formulas of a text, between `$` and `$`; return it and their extents."""
    text = _ESCAPED_BEFORE_MATH.sub(lambda match: FILL * len(match[0]), text)
    extents = [match.span() for match in _MATH.finditer(text)]
    return _MATH.sub(lambda match: FILL * len(match[0]), text), extents


def fill_escapes(text: str) -> str:
    """Fill in the escaped signs of a text, but for the `|` of a wikilink in a table."""
    return _ESCAPE.sub(_fill_escape, text)


def find_escapes(text: str, spans: list[Code]) -> list[tuple[int, str]]:
    """Return the place of each escaped sign, and the sign."""
    if "\\" not in text:
        return []
    return [(m.start(), m[1]) for m in _ESCAPE.finditer(fill_code(text, spans)) if m[1] in ESCAPABLE]


def _fill_escape(match: re.Match[str]) -> str:
    if match[1] not in ESCAPABLE:
        return match[0]
    return FILL + "|" if match[1] == "|" else FILL * 2
