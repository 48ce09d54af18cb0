"""Fences as other tools read them: written so that the renderer sees the same code."""

import re

from essaim.syntax.markdown.fences import PREFIX, Fence, cut_line, leaves, open_fence

_NEAR = 3
"""How much farther in or out than its opening a fence may close."""
_LOOSE = re.compile(r"(?:`{3,}(?=[^`\n]*$)|~{3,}(?=[^~\n]*$))[ ]*\.?[\w#.+-]+(?=[ :,({]|$)")
"""A fence with its language, whatever else its line says."""
_MORE = re.compile(r"^[> ]*(?:`{3,}|~{3,})[ ]*\.?[\w#.+-]+[ :,({]+[^ \n]", re.MULTILINE)
"""A line that may open a fence and says more than its language."""


def says_more(text: str) -> bool:
    """Whether some fence of a text may say more than the renderer knows: if none does and all close, all are even."""
    return _MORE.search(text) is not None


def even_fences(text: str) -> str:
    """Return a text of the same length whose fences the renderer sees as their authors mean them.

    Where a fence closes, what the renderer does not know on the line that opens it becomes blanks. A fence that only
    its indent keeps from closing is set as far in as the sign that should close it. All else is left as it is.
    """
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    reader = _Reader(lines)
    number = 0
    while number < len(lines):
        number = reader.read(number) if "```" in lines[number] or "~~~" in lines[number] else number + 1
    return "\n".join(lines)


class _Reader:
    """Finds where the fences of some lines end, and evens those that need it."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._last = {line.rstrip(" "): n for n, line in enumerate(lines) if line[:3] in ("```", "~~~")}
        self._patience = 8 * len(lines) + 1000
        """How many lines may be read again: enough for what people write, too few to keep anyone waiting."""

    def read(self, number: int) -> int:
        """Even the fence that a line opens, if it opens one; return the line after it."""
        line = self._lines[number]
        fence = open_fence(line, 0)
        if fence is not None:
            return self._close(fence._replace(start=number))[0] + 1
        plain = _plain_opening(line)
        fence = open_fence(plain, 0) if plain and self._patience >= 0 else None
        if fence is not None:
            self._lines[number] = plain
            end, closes = self._close(fence._replace(start=number))
            if closes:
                return end + 1
            self._patience -= end - number
            self._lines[number] = line
        return number + 1

    def _close(self, fence: Fence) -> tuple[int, bool]:
        """Return the line on which a fence ends and whether it closes there, once it is even."""
        end, closes = self._end(fence)
        if closes:
            return end, True
        if not fence.prefix:
            return self._draw_in(fence)
        for width in range(len(fence.prefix) - 1, max(len(fence.prefix) - _NEAR, 0) - 1, -1):
            nearer = fence._replace(prefix=fence.prefix[:width])
            if nearer.quotes != fence.quotes or self._patience < 0:
                break
            there, closes = self._end(nearer)
            self._patience -= there - fence.start
            if closes:
                line = self._lines[fence.start]
                self._lines[fence.start] = f"{nearer.prefix}{line[len(fence.prefix) :]}".ljust(len(line))
                return there, True
        return end, False

    def _draw_in(self, fence: Fence) -> tuple[int, bool]:
        """Set at the margin the first sign that stands near it and closes a fence that begins there."""
        for number in range(fence.start + 1, len(self._lines)):
            line = self._lines[number]
            if line.strip(" ") == fence.sign and line.index(fence.sign) <= _NEAR:
                self._lines[number] = fence.sign.ljust(len(line))
                return number, True
        return len(self._lines), False

    def _end(self, fence: Fence) -> tuple[int, bool]:
        """Return the line on which a fence ends, and whether it closes there."""
        if not fence.prefix and self._last.get(fence.sign, 0) <= fence.start:
            return len(self._lines), False
        for number in range(fence.start + 1, len(self._lines)):
            content = self._lines[number]
            if fence.prefix:
                prefix, content = cut_line(content, len(fence.prefix))
                if leaves(fence, prefix, content):
                    return number, False
            if content.rstrip(" ") == fence.sign:
                return number, True
        return len(self._lines), False


def _plain_opening(line: str) -> str:
    """Return a line that opens a fence without what the renderer does not know of it, '' if it opens none."""
    prefix = PREFIX.match(line)
    match = _LOOSE.match(line, prefix.end() if prefix else 0)
    return line[: match.end()].ljust(len(line)) if match else ""
