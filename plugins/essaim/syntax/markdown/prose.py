"""The words of a body that are only words: no link, no code, no HTML, no address, nothing that defines something."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from essaim.syntax.markdown.block import FILL
from essaim.syntax.markdown.body import read_body

_NOT_WORDS = re.compile(
    r"<(?P<tag>a|abbr|button|code|kbd|option|pre|samp|script|style|svg|textarea|title)\b[^<>]{0,500}>[^<]{0,500}</(?P=tag)>"
    r"|<[/!?a-zA-Z][^<>]{0,2000}>"
    r"|\$\$[^$]{1,2000}\$\$|\$[^$\n]{1,500}\$|%%[^%]{1,2000}%%"
    r"|\{\{[^{}\n]*\}\}"
    r"|\{[:#.%!][^{}\n]*\}"
    r"|\[\^[^\[\]\n]*\]"
    r"|(?:\b(?:https?|ftps?|mailto|tel|file):|\bwww\.)\S+"
    r"|\b[\w.+-]{1,64}@[\w-]\S*"
    r"|&\#?\w{1,30};"
    r"|^[ \t>]*(?:!!!|\?\?\?|===|///)[^\n]*"
    r"|^[ \t>]*\*\[[^\]\n]{1,500}\][ ]?:[ ]*\n?[^\n]*"
    r"|^[ \t>]*\[[^\[\]\n^][^\[\]\n]{0,500}\]:[^\n]*(?:\n[ ]*[\"'(][^\n]*)?",
    re.MULTILINE,
)
_SIGNS = ("<", "{", "[", "&", "@", "://", "mailto:", "tel:", "file:", "$", "%%", "www.", "!!!", "???", "===", "///")
"""What is not words has one of them: cheap to look for."""
_LINE = re.compile(r"[^\r\n]+")


def keep_words(masked: str, others: Iterable[tuple[int, int]]) -> str:
    """Return a masked body with all that is not words filled in, sign for sign; `others` are extents to fill too."""
    pieces, done = [], 0
    for start, end in sorted(others):
        if end > done:
            pieces += [masked[done : max(start, done)], _fill(masked[max(start, done) : end])]
            done = end
    text = "".join([*pieces, masked[done:]])
    return _NOT_WORDS.sub(lambda match: _fill(match[0]), text) if any(sign in text for sign in _SIGNS) else text


class ReadLines:
    """The lines of a body that its readers see as text, titles left out."""

    def __init__(self, body: str) -> None:
        read = read_body(body)
        lines = [line for leaf in read.leaves if not leaf.level for line in leaf.block.lines()]
        places = sorted((read.place(start), read.place(start + len(text))) for text, start in lines)
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def hold(self, start: int, end: int) -> bool:
        """Whether an extent of the body is on one of them."""
        number = bisect_right(self._starts, start) - 1
        return number >= 0 and end <= self._ends[number]


def _fill(text: str) -> str:
    """Return a text filled in, its line breaks kept."""
    return _LINE.sub(lambda match: FILL * len(match[0]), text) if "\n" in text or "\r" in text else FILL * len(text)


def line_at(text: str, offset: int) -> str:
    """Return the line of a text that an offset stands on."""
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(text)]
