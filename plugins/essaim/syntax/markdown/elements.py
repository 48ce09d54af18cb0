"""What becomes of a text whose raw HTML is taken out."""

from dataclasses import dataclass, field

from essaim.syntax.markdown.block import FILL, Block


@dataclass(slots=True)
class Element:
    """An element that carries `markdown`: blocks are read in it, or only spans, or nothing, as `state` tells."""

    tag: str
    state: str
    attributes: dict[str, str]
    start: int
    inner: int
    content: Block = field(default_factory=lambda: Block("", 0))
    pieces: list[str] = field(default_factory=list)
    fresh: bool = True
    """Whether nothing follows its start tag yet."""


class Output:
    """A text being put together from another, sign for sign.

    Each raw element gives way to as many signs that stand for nothing, set apart by blank lines. `elements` are
    those that the renderer takes apart, by the place of their first such sign.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = Element("", "block", {}, 0, 0)
        self.hidden: list[tuple[int, int]] = []
        self.elements: dict[int, Element] = {}
        self.open: list[Element] = []
        self.tail = False
        """Whether a raw element has ended on this line."""

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._root.pieces)

    def add_text(self, text: str) -> None:
        """Add what is not HTML."""
        self._pieces().append(text)
        if self.open:
            self.open[-1].fresh = False

    def add_raw(self, start: int, end: int) -> None:
        """Add an element that is passed through."""
        self.hidden.append((start, end))
        self._fill(start, end, "\n")
        self.tail = True

    def add_standalone(self, start: int, end: int, *, is_block: bool) -> None:
        """Add what has no content: a comment, a declaration, an empty element."""
        before = self._before()
        if self.tail and not self.open:
            self.hidden.append((start, end))
            self._pieces().append((" " if before.strip() else "\n") * (end - start))
        elif is_block and self.begins_line(start):
            self.hidden.append((start, end))
            self._fill(start, end, "\n" if self.open or (before[-1:] == "\n" and before[-2:] != "\n\n") else "")
            self.tail = not self.open
        else:
            self._pieces().append(self._text[start:end])

    def is_open(self, name: str) -> bool:
        """Whether an element of that name is open."""
        return any(element.tag == name for element in self.open)

    def close_until(self, name: str, start: int, end: int) -> None:
        """Close elements up to one of that name, whose end tag has that extent."""
        while self._close(start, end if self.open[-1].tag == name else start) != name:
            pass

    def finish(self) -> None:
        """Close what is open where the text ends."""
        end = len(self._text)
        if self.open:
            self.close_until(self.open[0].tag, end, end)
        if self.open:
            # The renderer takes an inner element of the same name for the one to close, and loses it all.
            self.hidden.append((self.open[0].start, end))
            self.open = []

    def begins_line(self, start: int) -> bool:
        """Whether at most three spaces are before a place on its line."""
        _, line_end, before = self._text[max(0, start - 4) : start].rpartition("\n")
        return (line_end != "" or start <= 3) and not before.strip()

    def _close(self, start: int, end: int) -> str:
        element = self.open.pop()
        element.content = Block("".join(element.pieces), element.inner)
        before = self._before()
        lead = "\n" if before.endswith("\n") and not before.endswith("\n\n") else ""
        if self.open and not before.endswith("\n"):
            lead = "\n\n"
        if element.state == "off":
            self.hidden.append((element.start, end))
        else:
            self.hidden += [(element.start, element.inner), (start, end)]
        self.elements[element.start + len(lead)] = element
        self._fill(element.start, end, lead)
        self.tail = not self.open
        return element.tag

    def _fill(self, start: int, end: int, lead: str) -> None:
        self._pieces().append(lead + FILL * (end - start - len(lead) - 2) + "\n\n")

    def _pieces(self) -> list[str]:
        return (self.open[-1] if self.open else self._root).pieces

    def _before(self) -> str:
        pieces = self._pieces()
        return pieces[-1] if pieces else ""
