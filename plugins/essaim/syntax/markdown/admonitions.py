"""Admonitions (`!!!`) and their folding kin (`???`)."""

import re
from collections import deque

from essaim.syntax.markdown.block import INDENT, Block, detab
from essaim.syntax.markdown.reading import Node, Reading

_ADMONITION = re.compile(r"(?:^|\n)!!! ?[\w\-]+(?: +[\w\-]+)*(?: +\"(?P<title>.*?)\")? *(?:\n|$)")
_DETAILS = re.compile(
    r"(?:^|\n)\?{3}\+? ?(?:(?:[\w\-]+(?: +[\w\-]+)*?)?(?: +\"(?P<title>.*?)\")|[\w\-]+(?: +[\w\-]+)*?) *(?:\n|$)"
)
_HEADING = re.compile(r"(?P<level>#{1,6})(?P<title>(?:\\.|[^\\]|#+(?=[^#\n]))*?)#*$")


def read_admonition(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read an admonition."""
    match = _ADMONITION.search(block.text)
    if match is None:
        return False
    node = _begin(reading, parent, block, match, "admonition")
    if match["title"] != "":
        # Without a title, the renderer makes one of the admonition's kind.
        title = match.span("title") if match["title"] else (match.end(), match.end())
        Node("p", node).text = reading.add_leaf(block.cut(*title))
    _read_content(reading, node, block.cut(match.end()), 4, rest)
    return True


def read_details(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read a folding admonition, whose title may be a heading."""
    match = _DETAILS.search(block.text)
    if match is None:
        return False
    node = _begin(reading, parent, block, match, "details")
    Node("summary", node)
    if match["title"]:
        title = block.cut(match.start("title"), match.end("title"))
        heading = _HEADING.match(title.text)
        if heading:
            text = title.cut(heading.start("title"), heading.end("title")).strip()
            reading.add_leaf(text, len(heading["level"]), title.offset(len(title.text)))
        else:
            reading.add_leaf(title)
    _read_content(reading, node, block.cut(match.end()), 4, rest)
    return True


def read_in_admonition(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read what is indented under an admonition."""
    return _read_inside(reading, parent, block, rest, "admonition")


def read_in_details(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read what is indented under a folding admonition."""
    return _read_inside(reading, parent, block, rest, "details")


def _begin(reading: Reading, parent: Node, block: Block, match: re.Match[str], tag: str) -> Node:
    if match.start() > 0:
        reading.read(parent, [block.cut(0, match.start())])
    return Node(tag, parent)


def _read_inside(reading: Reading, parent: Node, block: Block, rest: deque[Block], tag: str) -> bool:
    node = parent.last
    if node is None or node.tag != tag or not block.text.startswith(INDENT):
        return False
    depth, inner = 1, node.last
    while inner is not None and inner.tag in ("ul", "ol", "dl") and block.text.startswith(INDENT * (depth + 1)):
        node = inner.children[-1]
        inner, depth = node.last, depth + 1
    if node.tag in ("li", "dd") and node.text is not None:
        text, node.text = node.text, None
        Node("p", node).text = text
    _read_content(reading, node, block, 4 * depth, rest)
    return True


def _read_content(reading: Reading, node: Node, block: Block, width: int, rest: deque[Block]) -> None:
    content, after = detab(block, width)
    reading.read(node, content.split())
    if after is not None:
        rest.appendleft(after)
