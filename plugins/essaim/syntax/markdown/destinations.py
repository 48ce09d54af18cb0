"""The destination of a link: what stands between its parentheses."""

import re
from typing import NamedTuple

_SIMPLE = re.compile(r"\(\s*+(?P<target>[^()\"'<][^()\"']*|)\)")
_ANGLE = re.compile(r"\(\s*+<(?P<target>[^<>]*)>\s*(?:(?:'[^']*'|\"[^\"]*\")\s*)?\)")
_OPENING = re.compile(r"\(\s*")
_SIGN = re.compile(r"[()'\"]")


class Destination(NamedTuple):
    """Where a target begins and ends, and where the parenthesis around it and its title ends."""

    start: int
    end: int
    close: int


def find_destination(text: str, position: int) -> Destination | None:
    """Find the destination that begins at a position."""
    match = _SIMPLE.match(text, position) or _ANGLE.match(text, position)
    if match:
        return Destination(*match.span("target"), match.end())
    opening = _OPENING.match(text, position)
    return _Scan(text, opening.end()).run() if opening else None


class _Scan:
    """Follows parentheses and quotes as the renderer does, to the parenthesis that closes the first."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = start
        self._depth = 1
        self._spare = 1  # the depth if what looks like a title is none
        self._spare_close = -1
        self._quotes: dict[str, tuple[int, int]] = {}  # where each sign of quotation first and last stands

    def run(self) -> Destination | None:
        for match in _SIGN.finditer(self._text, self._start):
            sign, position = match[0], match.start()
            if sign in "'\"":
                self._quote(sign, position)
            elif sign == "(":
                self._open()
            else:
                title = self._title_before(position)
                if title is not None:
                    return Destination(self._start, title, position + 1)
                self._close(position)
                if self._depth == 0:
                    return Destination(self._start, position, position + 1)
        if self._spare:
            return None
        # Where nothing closes what looked like a title, the renderer keeps but the last sign out of the link.
        close = self._spare_close if self._spare_close >= 0 else max(self._start, len(self._text) - 2)
        return Destination(self._start, close, close + 1)

    def _quote(self, sign: str, position: int) -> None:
        if not self._quotes:
            self._spare, self._depth = self._depth, 1
        first = self._quotes.get(sign, (position, -1))[0]
        self._quotes[sign] = (first, position if sign in self._quotes else -1)

    def _open(self) -> None:
        if not self._quotes:
            self._depth += 1
        elif self._spare > 0:
            self._spare -= 1

    def _close(self, position: int) -> None:
        if not self._quotes:
            self._depth -= 1
        elif self._spare > 0:
            self._spare -= 1
            if self._spare == 0:
                self._spare_close = position

    def _title_before(self, position: int) -> int | None:
        """Return where the title begins that ends just before a parenthesis."""
        if not self._quotes:
            return None
        last = position - 1
        while self._text[last] == " ":
            last -= 1
        first, end = self._quotes.get(self._text[last], (-1, -1))
        return first if end >= 0 else None
