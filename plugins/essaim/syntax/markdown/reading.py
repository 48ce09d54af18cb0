"""What the readers of blocks share: the tree so far, the leaves found, the names defined."""

import re
from collections import deque
from collections.abc import Callable, Sequence

from essaim.syntax.markdown.block import Block, join
from essaim.syntax.markdown.elements import Element
from essaim.syntax.markdown.inline import InlineReader

MAX_LEVEL = 20
"""Lists, quotes and the like within one another; what is deeper is not read."""
MAX_PIECES = 500
"""Headings, rules and the like in one block; what follows them is not read."""

_CONTAINERS = frozenset(("li", "dd", "blockquote", "admonition", "details"))
_MARK = r"(?:[ ]{0,3}(?:[->]|[+*:][ ]|\[(?!\[)|\d+\.|([*_])(?:[ ]{0,2}\1){2})|\*\[|[#=\x02]|!!!|\?\?\?)"
_FIRST = re.compile(rf"{_MARK}|[ ]{{4}}|[$]{{2}}")
_LATER = re.compile(rf"\n{_MARK}")


def is_plain(text: str) -> bool:
    """Whether a block has nothing that a reader other than that of paragraphs could want."""
    if not text[:1].isalpha() and _FIRST.match(text):
        return False
    return "\n" not in text or not ("|" in text or _LATER.search(text))


class Leaf:
    """Text in which inline markup is looked for as a whole: a paragraph, a title, a cell.

    `level` is that of a heading, or 0; `end` is where in the body the heading's lines end, and `anchor` its given
    id. `takes_mark` is whether a mark at its end names it: not in a cell, not after a list within an item.
    """

    __slots__ = ("anchor", "block", "end", "inline", "level", "takes_mark")

    def __init__(self, block: Block, level: int = 0, end: int = 0, anchor: str = "") -> None:
        self.block = block
        self.level = level
        self.end = end
        self.anchor = anchor
        self.takes_mark = True
        self.inline: InlineReader | None = None


class Node:
    """An element of the tree; no more of it is kept than what decides how the next block is read."""

    __slots__ = ("children", "level", "tag", "tail", "text")

    def __init__(self, tag: str, parent: "Node | None" = None) -> None:
        self.tag = tag
        self.level = 0
        self.children: list[Node] = []
        self.text: Leaf | None = None
        self.tail: Leaf | None = None
        if parent is not None:
            self.level = parent.level + (tag in _CONTAINERS)
            parent.children.append(self)

    @property
    def last(self) -> "Node | None":
        """The last child."""
        return self.children[-1] if self.children else None


Reader = Callable[["Reading", Node, Block, deque[Block]], bool]
"""Reads a block into a node, and may put back the lines it leaves; tells whether the block was for it."""


class Reading:
    """One body being read, block after block."""

    def __init__(
        self,
        readers: Sequence[tuple[str, Reader]],
        source: str = "",
        fences: Sequence[tuple[int, int]] = (),
        elements: dict[int, Element] | None = None,
    ) -> None:
        self.source = source
        self.fences = dict(fences)
        self.elements = elements or {}
        self.leaves: list[Leaf] = []
        self.code: list[Block] = []
        self.definitions: dict[str, Block] = {}
        self.footnotes: dict[str, list[Block]] = {}
        self.nested_notes: list[int] = []
        self.abbreviations: list[int] = []
        self.ids: set[str] = set()
        self.too_deep: list[int] = []
        self.too_many: list[int] = []
        self._readers = readers
        self._states: list[str] = [""]

    @property
    def state(self) -> str:
        """What surrounds the block being read, as far as it matters to the readers."""
        return self._states[-1]

    def read(self, parent: Node, blocks: Sequence[Block], state: str | None = None) -> None:
        """Read blocks into a node."""
        if parent.level > MAX_LEVEL:
            self.too_deep += [block.base for block in blocks[:1]]
            return
        if state is not None:
            self._states.append(state)
        rest = deque(blocks)
        pieces = 0
        while rest:
            left = len(rest)
            self._read_next(parent, rest)
            pieces = pieces + 1 if len(rest) >= left else 0
            if pieces > MAX_PIECES:
                self.too_many.append(rest.popleft().base)
                pieces = 0
        if state is not None:
            self._states.pop()

    def _read_next(self, parent: Node, rest: deque[Block]) -> None:
        block = rest.popleft()
        if block.text.startswith("\n"):
            block = block.cut(1)
        if not block.text:
            return
        if is_plain(block.text):
            self.add_paragraph(parent, block)
            return
        for sign, reader in self._readers:
            if sign in block.text and reader(self, parent, block, rest):
                break

    def add_paragraph(self, parent: Node, block: Block) -> None:
        """Add text to a node: within a tight list it joins what is there, elsewhere it stands on its own."""
        text = block.text.lstrip()
        if not text:
            return
        lead = len(block.text) - len(text)
        if self._states[-1] != "list":
            Node("p", parent).text = self.add_leaf(block.cut(lead) if lead else block)
        elif parent.last is not None:
            parent.last.tail = self._joined(parent.last.tail, block, lead)
            parent.last.tail.takes_mark = False
        else:
            parent.text = self._joined(parent.text, block, lead)

    def add_leaf(self, block: Block, level: int = 0, end: int = 0, anchor: str = "") -> Leaf:
        """Add text in which inline markup is to be looked for."""
        leaf = Leaf(block, level, end, anchor)
        self.leaves.append(leaf)
        return leaf

    def remove_leaf(self, leaf: Leaf) -> None:
        """Take back a text that turns out to be read otherwise."""
        if self.leaves[-1] is leaf:
            self.leaves.pop()
        else:
            self.leaves.remove(leaf)

    def _joined(self, leaf: Leaf | None, block: Block, lead: int) -> Leaf:
        if leaf is None:
            return self.add_leaf(block.cut(lead) if lead else block)
        leaf.block = join([*leaf.block.lines(), *block.lines()])
        return leaf
