"""Lists, definition lists, and what is indented under their items."""

import re
from collections import deque
from collections.abc import Collection

from essaim.syntax.markdown.block import INDENT, Block, detab, join, loose_detab
from essaim.syntax.markdown.reading import Node, Reading, is_plain

_ITEM = re.compile(r"[ ]{0,3}(?:(?P<number>\d+\.)|[*+-])[ ]+(?P<text>.*)")
_NESTED = re.compile(r"[ ]{4,7}(?:\d+\.|[*+-])[ ]+.*")
_INDENTS = re.compile(r"(?:[ ]{4})+")
_DEFINITION = re.compile(r"(?:^|\n)[ ]{0,3}:[ ]{1,3}(?P<text>.*?)(?:\n|$)")
_NOT_INDENTED = re.compile(r"[ ]{0,3}[^ :]")


def read_list(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read the items of a list, which may carry on the list before them."""
    match = _ITEM.match(block.text)
    if match is None:
        return False
    items = _items(block)
    last = parent.last
    if last is not None and last.tag in ("ul", "ol"):
        _loosen(last.children[-1])
        reading.read(Node("li", last), [items.pop(0)], "looselist")
    elif parent.tag in ("ul", "ol"):
        last = parent
    else:
        last = Node("ol" if match["number"] else "ul", parent)
    for item in items:
        if item.text.startswith(INDENT):
            reading.read(last.children[-1], [item], "list")
        elif item.text[:1].strip() and is_plain(item.text):
            Node("li", last).text = reading.add_leaf(item)
        else:
            reading.read(Node("li", last), [item], "list")
    return True


def _items(block: Block) -> list[Block]:
    items: list[list[tuple[str, int]]] = []
    for text, start in block.lines():
        match = _ITEM.match(text)
        if match:
            items.append([(match["text"], start + match.start("text"))])
        elif _NESTED.match(text) and not items[-1][0][0].startswith(INDENT):
            items.append([(text, start)])
        else:
            items[-1].append((text, start))
    return [join(lines) for lines in items]


def _loosen(item: Node) -> None:
    """Put the text of an item, and what follows its last child, into paragraphs."""
    _wrap_text(item)
    if item.last is not None and item.last.tail is not None:
        tail, item.last.tail = item.last.tail, None
        Node("p", item).text = tail
        tail.takes_mark = True


def _wrap_text(item: Node) -> None:
    """Put the text of an item into a paragraph."""
    if item.text is not None:
        paragraph = Node("p")
        paragraph.text, item.text = item.text, None
        item.children.insert(0, paragraph)


def read_in_list(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read what is indented under an item of a list."""
    return _read_indented(reading, parent, block, ("li",), ("ul", "ol"))


def read_in_definition(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read what is indented under a definition."""
    return _read_indented(reading, parent, block, ("dd", "li"), ("dl", "ol", "ul"))


def _read_indented(
    reading: Reading, parent: Node, block: Block, items: Collection[str], lists: Collection[str]
) -> bool:
    if not block.text.startswith(INDENT) or reading.state == "detabbed":
        return False
    last = parent.last
    if parent.tag not in items and (last is None or last.tag not in lists):
        return False
    level, sibling = _find_level(reading, parent, block, items, lists)
    block = loose_detab(block, level)
    if parent.tag in items:
        reading.read(last if last is not None and last.tag in lists else parent, [block], "detabbed")
    elif sibling.tag in items:
        reading.read(sibling, [block], "detabbed")
    elif sibling.last is not None and sibling.last.tag in items:
        _wrap_text(sibling.last)
        reading.read(sibling.last, block.split(), "detabbed")
    else:
        reading.read(Node(next(iter(items)), sibling), [block], "detabbed")
    return True


def _find_level(
    reading: Reading, parent: Node, block: Block, items: Collection[str], lists: Collection[str]
) -> tuple[int, Node]:
    """Return how many lists within one another the indent of a block reaches, and the innermost of them."""
    match = _INDENTS.match(block.text)
    indents = len(match[0]) // 4 if match else 0
    level, node = 1 if reading.state == "list" else 0, parent
    while indents > level:
        child = node.last
        if child is None or (child.tag not in lists and child.tag not in items):
            break
        level += child.tag in lists
        node = child
    return level, node


def read_definitions(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read a definition, and the terms above it."""
    match = _DEFINITION.search(block.text)
    if match is None:
        return False
    terms = [term for line in block.cut(0, match.start()).lines() if (term := Block(*line).strip()).text]
    last = parent.last
    if not terms and last is None:
        return False
    definition, after = _definition(block, match)
    state = "list"
    if not terms and last is not None and last.tag == "p" and last.text is not None:
        state = "looselist"
        terms = [Block(*line) for line in last.text.block.lines()]
        reading.remove_leaf(last.text)
        parent.children.pop()
        last = parent.last
    if last is None or last.tag != "dl":
        last = Node("dl", parent)
    elif not terms and last.last is not None and last.last.tag == "dd" and last.last.children:
        state = "looselist"
    for term in terms:
        Node("dt", last).text = reading.add_leaf(term)
    reading.read(Node("dd", last), [definition], state)
    if after is not None:
        rest.appendleft(after)
    return True


def _definition(block: Block, match: re.Match[str]) -> tuple[Block, Block | None]:
    """Return the text of a definition, and the lines after it."""
    below, after = block.cut(match.end()), None
    if not _NOT_INDENTED.match(below.text):
        below, after = detab(below)
    first = block.cut(match.start("text"), match.end("text"))
    return join([*first.lines(), *below.lines()]) if below.text else first, after
