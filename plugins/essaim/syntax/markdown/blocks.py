"""The blocks of a body, read as the renderer reads them: what follows decides in which order it tries."""

import re
from collections import deque
from collections.abc import Sequence

from essaim.syntax.markdown.admonitions import (
    read_admonition,
    read_details,
    read_in_admonition,
    read_in_details,
)
from essaim.syntax.markdown.block import FILL, INDENT, Block, detab, join, loose_detab
from essaim.syntax.markdown.definitions import read_abbreviation, read_footnote, read_targets
from essaim.syntax.markdown.elements import Element
from essaim.syntax.markdown.lists import read_definitions, read_in_definition, read_in_list, read_list
from essaim.syntax.markdown.reading import Node, Reading
from essaim.syntax.markdown.tables import read_table

_HEADING = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?P<title>(?:[^\\#\n]++|\\.|#+(?=[^#\n]))*?)#*(?:\n|$)")
_UNDERLINED = re.compile(r"(?P<title>.*)\n(?P<line>=+|-+)[ ]*(?:\n|$)")
_RULE = r"[ ]{0,3}(?>(?:-+[ ]{0,2}){3,}|(?:_+[ ]{0,2}){3,}|(?:\*+[ ]{0,2}){3,})[ ]*(?![^\n])"
_RULE_FIRST, _RULE_LATER = re.compile(_RULE), re.compile(rf"\n{_RULE}")
_QUOTE = re.compile(r"(?:^|\n)[ ]{0,3}>[ ]?")
_QUOTE_LINE = re.compile(r"[ ]{0,3}>[ ]?")


def read_blocks(
    text: str, source: str = "", fences: Sequence[tuple[int, int]] = (), elements: dict[int, Element] | None = None
) -> Reading:
    """Read all the blocks of a text, footnotes last; `source` is the text before its fences were filled in."""
    reading = Reading(_READERS, source, fences, elements)
    reading.read(Node("div"), Block(text, 0).split())
    labels = dict.fromkeys(reading.footnotes)
    for label in labels:
        reading.read(Node("div"), [part for block in reading.footnotes[label] for part in block.split()])
    reading.nested_notes = [blocks[0].base for label, blocks in reading.footnotes.items() if label not in labels]
    return reading


def _read_element(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
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


def _read_code(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    if not block.text.startswith(INDENT):
        return False
    code, after = detab(_without_fences(reading, block) if FILL in block.text else block)
    reading.code.append(code)
    if parent.last is None or parent.last.tag != "pre":
        Node("pre", parent)
    if after is not None:
        rest.appendleft(after)
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


def _read_heading(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    match = _HEADING.search(block.text)
    if match is None:
        return False
    if match.start() > 0:
        reading.read(parent, [block.cut(0, match.start())])
    level = len(match["level"])
    title = block.cut(match.start("title"), match.end("title")).strip()
    Node(f"h{level}", parent).text = reading.add_leaf(title, level, title.offset(len(title.text)))
    if match.end() < len(block.text):
        after = block.cut(match.end())
        rest.appendleft(loose_detab(after) if reading.state == "looselist" else after)
    return True


def _read_underlined(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    match = _UNDERLINED.match(block.text)
    if match is None:
        return False
    level = 1 if match["line"][0] == "=" else 2
    title = block.cut(0, match.end("title")).strip()
    Node(f"h{level}", parent).text = reading.add_leaf(title, level, block.offset(match.end("line")))
    if match.end() < len(block.text):
        rest.appendleft(block.cut(match.end()))
    return True


def _read_rule(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    match = _RULE_FIRST.match(block.text) or _RULE_LATER.search(block.text)
    if match is None:
        return False
    before = block.text[: match.start()].rstrip("\n")
    if before:
        reading.read(parent, [block.cut(0, len(before))])
    Node("hr", parent)
    after = block.text[match.end() :].lstrip("\n")
    if after:
        rest.appendleft(block.cut(len(block.text) - len(after)))
    return True


def _read_quote(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    match = _QUOTE.search(block.text)
    if match is None:
        return False
    if match.start() > 0:
        reading.read(parent, [block.cut(0, match.start())])
    lines = []
    for text, start in block.cut(match.start()).lines():
        sign = None if text.strip() == ">" else _QUOTE_LINE.match(text)
        cut = len(text) if text.strip() == ">" else sign.end() if sign else 0
        lines.append((text[cut:], start + cut))
    quote = parent.last if parent.last is not None and parent.last.tag == "blockquote" else Node("blockquote", parent)
    reading.read(quote, join(lines).split(), "blockquote")
    return True


def _read_paragraph(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    reading.add_paragraph(parent, block)
    return True


_READERS = (
    # In the order of `markdown.blockprocessors` and the extensions, each with a sign that it cannot do without.
    ("!!!", read_admonition),
    (INDENT, read_in_admonition),
    (FILL, _read_element),
    ("???", read_details),
    (INDENT, read_in_details),
    (INDENT, read_in_list),
    (INDENT, read_in_definition),
    (INDENT, _read_code),
    ("|", read_table),
    ("#", _read_heading),
    ("\n", _read_underlined),
    ("", _read_rule),
    (" ", read_list),
    (": ", read_definitions),
    (">", _read_quote),
    ("[^", read_footnote),
    ("*[", read_abbreviation),
    ("]:", read_targets),
    ("", _read_paragraph),
)
