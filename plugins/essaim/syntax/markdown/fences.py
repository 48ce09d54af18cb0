"""Fenced code: the lines that the renderer sets aside before it reads anything else."""

import re
from typing import NamedTuple

from essaim.syntax.markdown.block import FILL

_OPENING = re.compile(
    r"(?P<fence>~{3,}|`{3,})(?:[ ]*\.?[\w#.+-]+(?=[ ]|$))?"
    r"(?:[ ]*\{[^\n]*\}|(?P<options>(?:[ ]*[a-zA-Z][a-zA-Z0-9_]*(?:=(?:\"[^\"]*\"|'[^']*'))?(?=[ ]|$))+))?[ ]*$"
)
_OPTION = re.compile(r"([a-zA-Z][a-zA-Z0-9_]*)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")
_OPTIONS = {
    "title": re.compile(""),
    "title_mode": re.compile(""),
    "hl_lines": re.compile(r"\d+(?:-\d+)?(?: +\d+(?:-\d+)?)*$"),
    "linenums": re.compile(r"\d"),
}
PREFIX = re.compile(r"[> ]*")
"""What may stand before a fence on its line."""


class Fence(NamedTuple):
    """A fence that is open: its sign, what stands before it on its line, and where it begins."""

    sign: str
    prefix: str
    start: int

    @property
    def quotes(self) -> int:
        """How many quotes it is in."""
        return self.prefix.count(">")


def fill_fences(text: str) -> tuple[str, list[tuple[int, int]], list[int]]:
    """Fill in the fenced code of a text.

    Return the text, the extents of the code, and the starts of the fences that nothing closes. A fence closes on
    its own sign, set as far in; a line set less far in ends it as if it had never been one.
    """
    extents: list[tuple[int, int]] = []
    unclosed: list[int] = []
    fence: Fence | None = None
    offset = 0
    for line in text.split("\n"):
        if fence is None:
            if "```" in line or "~~~" in line:
                fence = open_fence(line, offset)
        elif fence.prefix or line.rstrip(" ") == fence.sign:
            prefix, content = cut_line(line, len(fence.prefix))
            if leaves(fence, prefix, content):
                unclosed.append(fence.start)
                fence = None
            elif content.rstrip(" ") == fence.sign:
                extents.append((fence.start, offset + len(line)))
                fence = None
        offset += len(line) + 1
    if fence is not None:
        unclosed.append(fence.start)
    return fill(text, extents), extents, unclosed


def fill(text: str, extents: list[tuple[int, int]]) -> str:
    """Fill in the given extents of a text."""
    pieces, done = [], 0
    for start, end in extents:
        pieces += [text[done:start], FILL * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def open_fence(line: str, offset: int) -> Fence | None:
    """Return the fence that a line opens, which starts at an offset, or None if the line opens none."""
    prefix = PREFIX.match(line)
    width = prefix.end() if prefix else 0
    match = _OPENING.match(line, width)
    if match is None or not _are_known(match["options"] or ""):
        return None
    return Fence(match["fence"], line[:width], offset + width)


def _are_known(options: str) -> bool:
    """Whether the renderer knows all the options; if not, it takes the fence for text."""
    for match in _OPTION.finditer(options):
        name, value = match[1], match[2] or match[3] or match[1]
        if name not in _OPTIONS or not _OPTIONS[name].match(value):
            return False
    return True


def cut_line(line: str, width: int) -> tuple[str, str]:
    """Cut a line after its quote signs and spaces, after `width` of them at most."""
    end = len(line) - len(line.lstrip("> "))
    return line[: min(end, width)], line[min(end, width) :]


def leaves(fence: Fence, prefix: str, content: str) -> bool:
    """Whether a line that begins so, cut by `cut_line`, is outside the list item or the quote where the fence is."""
    if prefix.count(">") != fence.quotes:
        return True
    if not content:
        return False
    return len(prefix) < len(fence.prefix) if fence.quotes else len(prefix) != len(fence.prefix)
