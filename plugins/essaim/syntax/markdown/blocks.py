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
from essaim.syntax.markdown.block import FILL, INDENT, Block, join, loose_detab
from essaim.syntax.markdown.definitions import read_abbreviation, read_footnote, read_targets
from essaim.syntax.markdown.elements import Element
from essaim.syntax.markdown.lists import read_definitions, read_in_definition, read_in_list, read_list
from essaim.syntax.markdown.reading import Node, Reading
from essaim.syntax.markdown.tables import read_table
from essaim.syntax.markdown.verbatim import read_code, read_element, read_math

_HEADING = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ ])(?P<title>(?:[^\\#\n]++|\\.|#+(?=[^#\n]))*?)#*(?:\n|$)")
_UNDERLINED = re.compile(r"(?P<title>.*)\n(?P<line>=+|-+)[ ]*(?:\n|$)")
_RULE = r"[ ]{0,3}(?>(?:-+[ ]{0,2}){3,}|(?:_+[ ]{0,2}){3,}|(?:\*+[ ]{0,2}){3,})[ ]*(?![^\n])"
_RULE_FIRST, _RULE_LATER = re.compile(_RULE), re.compile(rf"\n{_RULE}")
_QUOTE = re.compile(r"(?:^|\n)[ ]{0,3}>[ ]?")
_QUOTE_LINE = re.compile(r"[ ]{0,3}>[ ]?")
_CALLOUT = re.compile(r"[ ]{0,3}> *\[!(?P<kind>[\w-]+)(?: *\| *[\w-]+)*\][-+]?(?P<title>.*)")


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
    for text, start in _with_title(block.cut(match.start()).lines()):
        sign = None if text.strip() == ">" else _QUOTE_LINE.match(text)
        cut = len(text) if text.strip() == ">" else sign.end() if sign else 0
        lines.append((text[cut:], start + cut))
    reading.read(Node("blockquote", parent), join(lines).split(), "blockquote")
    return True


def _with_title(lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Set apart the title of a callout (`> [!note] Title`); one without a title is shown that of its kind."""
    number = next((n for n, (text, _) in enumerate(lines) if text.strip() not in ("", ">")), None)
    match = None if number is None else _CALLOUT.match(lines[number][0])
    if number is None or match is None:
        return lines
    start = lines[number][1]
    words = match["title"].strip()
    title = (words, start + match["title"].index(words) + match.start("title")) if words else (match["kind"], start)
    return [*lines[:number], title, ("", start), *lines[number + 1 :]]


def _read_paragraph(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    reading.add_paragraph(parent, block)
    return True


_READERS = (
    # In the order of `markdown.blockprocessors` and the extensions, each with a sign that it cannot do without.
    ("!!!", read_admonition),
    (INDENT, read_in_admonition),
    (FILL, read_element),
    ("???", read_details),
    (INDENT, read_in_details),
    (INDENT, read_in_list),
    (INDENT, read_in_definition),
    (INDENT, read_code),
    ("$$", read_math),
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
