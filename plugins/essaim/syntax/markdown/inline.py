"""Links within one text, in the order in which the renderer looks for them."""

import re
from collections.abc import Collection
from typing import NamedTuple

from essaim.syntax.markdown.block import FILL
from essaim.syntax.markdown.spans import Code, fill_code, fill_escapes, fill_math, find_code
from essaim.syntax.markdown.ways import WAYS, Ending, LinkKind, Way, after_parenthesis

_NOTE = re.compile(r"\[\^([^\[\]]*)\]")
_SINGLE = r"\[(?!\[)|\](?!\])"
WIKI_TARGET = (
    rf"!?\[\[(?!\[)(?P<target>(?:[^\[\]\n|#\\\x02]|{_SINGLE})*)(?P<section>#(?:[^\[\]\n|\\\x02]|{_SINGLE})*)?"
)
"""How a wikilink begins, up to the `|` before its words; a single bracket is part of a name."""
WIKI_TEXT = rf"(?P<text>(?:[^\[\]\n]|{_SINGLE})*)"
"""The words of a wikilink."""
_WIKI = re.compile(rf"{WIKI_TARGET}(?:\x02?\|{WIKI_TEXT})?\]\]")
_BRACKET = re.compile(r"[\[\]]")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://[^<>]*|[^<> !]+@[^@<> ]+)>")
_HTML = re.compile(
    # As `markdown.inlinepatterns.HTML_RE`: tags, comments, instructions.
    r"<(?:/?+[a-zA-Z][^\s\"'<>@]*+(?:\s+[^\s\"'=<>]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>]++))?+)*+\s*+/?"
    r"|!--(?:(?!<!--|-->).)*--|[?](?:(?!<[?]|[?]>).)*[?]|!\[CDATA\[(?:(?!<!\[CDATA\[|\]\]>).)*\]\])>",
    re.DOTALL,
)
_MAX_MISSES = 50
"""Parentheses left open in one text, after which no more destinations are looked for."""


class Found(NamedTuple):
    """A link in a text: its extent, that of its words, and that of its target or else the label of that target."""

    kind: LinkKind
    start: int
    end: int
    text_start: int
    text_end: int
    target_start: int
    target_end: int
    label: str | None = None


class InlineReader:
    """Reads the inline markup of one text, as far as links are concerned."""

    def __init__(self, text: str, labels: Collection[str], notes: Collection[str]) -> None:
        self.codes: list[Code] = find_code(text) if "`" in text else []
        self.math: list[tuple[int, int]] = []
        self.notes: list[tuple[int, int]] = []
        self.html: list[tuple[int, int]] = []
        self.autolinks: list[tuple[int, int]] = []
        self._found: list[Found] = []
        self._voids: list[tuple[int, int]] = []
        self._labels = labels
        self._misses = 0
        clean = fill_code(text, self.codes) if self.codes else text
        if "$" in clean:
            clean, self.math = fill_math(clean)
        if "\\" in clean:
            clean = fill_escapes(clean)
        if notes and "[^" in clean:
            clean = self._fill_notes(clean, notes)
        if "[[" in clean:
            clean = _WIKI.sub(self._wikilink, clean)
        self._scan(clean, 0, 0)

    @property
    def is_exhausted(self) -> bool:
        """Whether so many parentheses are left open that no more links are looked for."""
        return self._misses > _MAX_MISSES

    @property
    def links(self) -> list[Found]:
        """The links, outermost first, without those that end up in an attribute or a comment."""
        if len(self._found) < 2 and not self.html:
            return self._found
        links = sorted(self._found, key=lambda link: (link.start, -link.end))
        voids = sorted(self._voids + self.html)
        kept, number, end = [], 0, 0
        for link in links:
            while number < len(voids) and voids[number][0] <= link.start:
                end = max(end, voids[number][1])
                number += 1
            if link.end > end:
                kept.append(link)
        return kept

    def _fill_notes(self, text: str, notes: Collection[str]) -> str:
        def fill(match: re.Match[str]) -> str:
            if match[1] not in notes:
                return match[0]
            self.notes.append(match.span())
            return FILL * len(match[0])

        return _NOTE.sub(fill, text)

    def _wikilink(self, match: re.Match[str]) -> str:
        if not match["target"].strip() and not (match["section"] or "")[1:].strip():
            return match[0]
        kind = LinkKind.EMBED if match[0][0] == "!" else LinkKind.WIKI
        text = match.span("text") if match["text"] is not None else (match.end() - 2, match.end() - 2)
        end = match.end("section" if match["section"] else "target")
        self._found.append(Found(kind, *match.span(), *text, match.start("target"), end))
        return FILL * len(match[0])

    def _scan(self, text: str, offset: int, first: int) -> None:
        """Look for links, from one of the ways on, in a part of the text that begins at an offset."""
        for number in range(first, len(WAYS)):
            if "[" not in text:
                break
            if self._labels or WAYS[number].end is after_parenthesis:
                text = self._look(text, offset, number)
        if "<" in text:
            self.autolinks += [(offset + match.start(), offset + match.end()) for match in _AUTOLINK.finditer(text)]
            text = _AUTOLINK.sub(lambda match: FILL * len(match[0]), text)
            self.html += [(offset + match.start(), offset + match.end()) for match in _HTML.finditer(text)]

    def _look(self, text: str, offset: int, number: int) -> str:
        """Look for links written in one way; return the text with these filled in."""
        way, pairs = WAYS[number], _pairs(text)
        pieces, done, position = [], 0, 0
        while match := way.opening.search(text, position):
            position = start = match.end()
            close = pairs.get(start - 1)
            ending = None if close is None else self._ending(way, text, start, close)
            if close is None or ending is None:
                continue
            position = ending.end
            if ending.target is None and ending.label is None:
                continue
            target_start, target_end = ending.target or (close, close)
            self._found.append(
                Found(
                    way.kind,
                    offset + match.start(),
                    offset + position,
                    offset + start,
                    offset + close,
                    offset + target_start,
                    offset + target_end,
                    ending.label,
                )
            )
            if way.kind is LinkKind.IMAGE:
                self._voids.append((offset + start, offset + position))
            else:
                self._voids.append((offset + close, offset + position))
                self._scan(text[start:close], offset + start, number + 1)
            pieces += [text[done : match.start()], FILL * (position - match.start())]
            done = position
        return "".join([*pieces, text[done:]])

    def _ending(self, way: Way, text: str, start: int, close: int) -> Ending | None:
        needs_parenthesis = way.end is after_parenthesis
        if needs_parenthesis and (text[close + 1 : close + 2] != "(" or self.is_exhausted):
            return None
        ending = way.end(text, start, close, self._labels)
        self._misses += needs_parenthesis and ending is None
        return ending


def _pairs(text: str) -> dict[int, int]:
    """Return the bracket that closes each opening bracket."""
    pairs: dict[int, int] = {}
    open_brackets: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            open_brackets.append(match.start())
        elif open_brackets:
            pairs[open_brackets.pop()] = match.start()
    return pairs
