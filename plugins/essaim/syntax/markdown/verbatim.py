"""Indented code, mathematics, and the elements of raw HTML whose content is Markdown."""

import re
from collections import deque

from essaim.syntax.markdown.block import FILL, INDENT, Block, detab, join
from essaim.syntax.markdown.elements import Element
from essaim.syntax.markdown.reading import Node, Reading

_MATH = re.compile(r"[$]{2}(?:\\.|[^\\])+?[$]{2}[ ]*$", re.DOTALL)


def read_element(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read an element of raw HTML that the renderer takes apart."""
    if block.text[0] != FILL:
        return False
    element = reading.elements.get(block.offset(0))
    if element is None:
        return False
    after = block.text.lstrip(FILL)
    if after:
        rest.appendleft(block.cut(len(block.text) - len(after)))
    _read_content(reading, parent, element)
    return True


def _read_content(reading: Reading, parent: Node, element: Element) -> None:
    node, content = Node(element.tag, parent), element.content
    node.level = parent.level + 1
    if "id" in element.attributes:
        reading.ids.add(element.attributes["id"])
    if element.state == "block":
        reading.read(node, content.split())
    if element.state != "span":
        return
    level = int(element.tag[1]) if re.fullmatch("h[1-6]", element.tag) else 0
    end = content.offset(len(content.text))
    node.text = reading.add_leaf(content, level, end, element.attributes.get("id", ""))
    for match in re.finditer(f"{FILL}+", content.text):
        inner = reading.elements.get(content.offset(match.start()))
        if inner is not None:
            _read_content(reading, node, inner)


def read_code(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Set aside indented code."""
    if not block.text.startswith(INDENT):
        return False
    code, after = detab(_without_fences(reading, block) if FILL in block.text else block)
    reading.code.append(code)
    if parent.last is None or parent.last.tag != "pre":
        Node("pre", parent)
    if after is not None:
        rest.appendleft(after)
    return True


def read_math(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Set aside a formula between `$$` and `$$`."""
    if _MATH.match(block.text) is None:
        return False
    reading.code.append(block)
    Node("div", parent)
    return True


def _without_fences(reading: Reading, block: Block) -> Block:
    """Put fenced code back as it was written: the renderer does so in a block that begins with indented code."""
    lines = []
    for text, start in block.lines():
        prefix = len(text) - len(text.lstrip("> "))
        end = None if text[prefix:].strip(FILL) else reading.fences.pop(start + prefix, None)
        if end is None:
            lines.append((text, start))
            continue
        line_start = reading.source.rfind("\n", 0, start + prefix) + 1
        cut = start - line_start
        for line, place in Block(reading.source[line_start:end], line_start).lines():
            lines.append((line[cut:], place + min(cut, len(line))))
    return join(lines)
