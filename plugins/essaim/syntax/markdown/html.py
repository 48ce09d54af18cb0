"""Raw HTML: the elements that the renderer passes through, and those whose content it reads as Markdown."""

import re
from collections import Counter

from essaim.syntax.markdown import tags
from essaim.syntax.markdown.elements import Element, Output

_MAX_MISSES = 100
"""Signs that look like the start of a tag and are not, after which no more tags are looked for."""
_MAX_OPEN = 100
"""Elements read as Markdown within one another; the tags of those deeper are text."""


def read_html(text: str) -> tuple[Output, list[int]]:
    """Read the raw HTML of a text; return what becomes of it, and the starts of the comments that nothing closes."""
    reader = _HtmlReader(text)
    return reader.output, reader.open_comments


class _HtmlReader:
    """Goes once through a text, as `markdown.extensions.md_in_html.HTMLExtractorExtra`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.output = Output(text)
        self.open_comments: list[int] = []
        self._raw: list[str] = []
        self._raw_names: Counter[str] = Counter()
        self._raw_start = 0
        self._misses = 0
        self._read()

    def _read(self) -> None:
        text, done = self._text, 0
        while token := tags.TOKEN.search(text, done):
            self._data(text[done : token.start()])
            done = self._read_token(token)
        self._data(text[done:])
        if self._raw:
            self.output.add_raw(self._raw_start, len(text))
        self.output.finish()

    def _read_token(self, token: re.Match[str]) -> int:
        """Read what a `<` begins; return where it ends."""
        start = token.start()
        if token["comment"]:
            close = None if self.open_comments else tags.COMMENT_END.search(self._text, start + 4)
            if close:
                self._standalone(start, close.end())
                return close.end()
            self.open_comments.append(start)
        elif self._misses <= _MAX_MISSES:
            pattern = tags.END if token["end"] else tags.START if token["start"] else tags.OTHER
            match = pattern.match(self._text, start)
            if match:
                return self._read_tag(token, match)
            self._misses += 1
        self._data("<")
        return start + 1

    def _read_tag(self, token: re.Match[str], match: re.Match[str]) -> int:
        if token["start"]:
            return self._start_tag(match)
        if token["end"]:
            self._end_tag(match)
        else:
            self._standalone(*match.span())
        return match.end()

    def _start_tag(self, match: re.Match[str]) -> int:
        name, end, output = match["name"].lower(), match.end(), self.output
        begins = output.tail or output.begins_line(match.start())
        if match["attributes"].endswith("/") or (name == "hr" and begins):
            self._standalone(*match.span(), is_block=name in tags.BLOCKS)
        elif name in tags.BLOCKS and (begins or (output.open and output.open[-1].fresh)):
            self._block_tag(name, match)
        elif self._raw:
            self._open_raw(name)
        else:
            self._data(match[0])
            return end
        return self._after_script(name, end) if name in ("script", "style") else end

    def _block_tag(self, name: str, match: re.Match[str]) -> None:
        start, output = match.start(), self.output
        attributes = tags.read_attributes(match["attributes"])
        around = output.open[-1].state if output.open else ""
        state = tags.content_state(name, attributes.get("markdown", "0"), around)
        if self._raw or (state == "off" and not output.open):
            self._raw_start = self._raw_start if self._raw else start
            self._open_raw(name)
        elif len(output.open) > _MAX_OPEN:
            self._data(match[0])
        else:
            if output.is_open("p"):
                output.close_until("p", start, start)
            output.open.append(Element(name, state, attributes, start, match.end()))

    def _after_script(self, name: str, start: int) -> int:
        close = re.compile(rf"</\s*{name}\s*>", re.IGNORECASE).search(self._text, start)
        end = close.start() if close else len(self._text)
        self._data(self._text[start:end])
        return end

    def _end_tag(self, match: re.Match[str]) -> None:
        name = match["name"].lower()
        if self._raw:
            self._close_raw(name)
            if not self._raw:
                self._raw_names.clear()
                self.output.add_raw(self._raw_start, match.end())
        elif self.output.is_open(name):
            self.output.close_until(name, *match.span())
        else:
            self._data(match[0])

    def _open_raw(self, name: str) -> None:
        self._raw.append(name)
        self._raw_names[name] += 1

    def _close_raw(self, name: str) -> None:
        """Close the elements within a raw one, up to one of that name."""
        while self._raw_names[name]:
            closed = self._raw.pop()
            self._raw_names[closed] -= 1
            if closed == name:
                break

    def _standalone(self, start: int, end: int, *, is_block: bool = True) -> None:
        if not self._raw:
            self.output.add_standalone(start, end, is_block=is_block)

    def _data(self, text: str) -> None:
        self.output.tail = self.output.tail and "\n" not in text
        if text and not self._raw:
            self.output.add_text(text)
