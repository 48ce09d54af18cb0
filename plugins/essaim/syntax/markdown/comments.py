"""Comments between `%%` and `%%`: written for those who edit, left out of what is read."""

import re
from collections.abc import Sequence

_SIGNS = re.compile(
    # Code is passed over: what it shows is no comment.
    r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ ]*\n).){0,2000}?(?<!`)(?P=ticks)(?!`)|(?P<comment>%%(?:(?!%%).)*%%)",
    re.DOTALL,
)

Extents = Sequence[tuple[int, int]]


def find_comments(text: str) -> list[tuple[int, int]]:
    """Return the extents of the comments of a text whose fenced code has been set aside.

    A comment that nothing closes is text.
    """
    if text.count("%%") < 2:
        return []
    return [match.span() for match in _SIGNS.finditer(text) if match["comment"]]


def cut(text: str, extents: Extents) -> str:
    """Return a text without some of its extents."""
    pieces, done = [], 0
    for start, end in extents:
        pieces.append(text[done:start])
        done = end
    return "".join([*pieces, text[done:]])


def kept_places(length: int, extents: Extents) -> list[int]:
    """Return where in a text of that length each sign stood that is left once the extents are cut, and its end."""
    places: list[int] = []
    done = 0
    for start, end in extents:
        places += range(done, start)
        done = end
    return [*places, *range(done, length + 1)]


def shifted(extents: Extents, cuts: Extents) -> list[tuple[int, int]]:
    """Return the extents that are outside the cuts, by where they stand once these are made."""
    found, number, gone = [], 0, 0
    for start, end in sorted(extents):
        while number < len(cuts) and cuts[number][1] <= start:
            gone += cuts[number][1] - cuts[number][0]
            number += 1
        if number == len(cuts) or start < cuts[number][0]:
            found.append((start - gone, end - gone))
    return found
