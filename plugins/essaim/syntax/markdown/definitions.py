"""Definitions that the text refers to: link targets, footnotes, abbreviations."""

import re
from collections import deque

from essaim.syntax.markdown.block import INDENT, Block, join, loose_detab
from essaim.syntax.markdown.reading import Node, Reading

_FOOTNOTE = re.compile(r"^[ ]{0,3}\[\^(?P<label>[^\]]*)\]:[ ]*(?P<text>.*)$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^[*]\[(?P<label>[^\\]{0,500}?)\][ ]?:[ ]*\n?[ ]*(?P<title>.*)$", re.MULTILINE)
_TARGET = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\[\]]*)\]:[ ]*(?:\n[ ]*)?(?P<target>[^\s]+)[ ]*(?:\n[ ]*)?"
    r"(?:(?P<quote>[\"']).*(?P=quote)[ ]*|\(.*\)[ ]*)?$",
    re.MULTILINE,
)


def read_footnote(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Set aside a footnote, with what is indented under it; it is read after all else."""
    match = _FOOTNOTE.search(block.text)
    if match is None:
        return False
    before = block.cut(0, match.start())
    following = _FOOTNOTE.search(block.text, match.end())
    while following and not block.text[match.end() : following.start()].strip("\n"):
        reading.footnotes[match["label"]] = [_text(block, match).rstrip()]
        match, following = following, _FOOTNOTE.search(block.text, following.end())
    after = block.cut(match.end())
    after = after.cut(len(after.text) - len(after.text.lstrip("\n")))
    another = _FOOTNOTE.search(after.text)
    lazy = after.cut(0, another.start()).strip("\n") if another else after
    parts = [join([*_text(block, match).lines(), *loose_detab(lazy).lines()]) if lazy.text else _text(block, match)]
    if another:
        rest.appendleft(after.cut(another.start()))
    else:
        parts += _indented(rest)
    reading.footnotes[match["label"]] = [*parts[:-1], parts[-1].rstrip()]
    if before.text.strip():
        rest.appendleft(before)
    return True


def _text(block: Block, match: re.Match[str]) -> Block:
    return block.cut(match.start("text"), match.end("text"))


def _indented(rest: deque[Block]) -> list[Block]:
    """Take the blocks that are indented under a footnote, up to another footnote."""
    parts = []
    while rest and rest[0].text.startswith(INDENT):
        block = rest.popleft()
        another = _FOOTNOTE.search(block.text)
        if another:
            parts.append(loose_detab(block.cut(0, another.start()).strip("\n")))
            rest.appendleft(block.cut(another.start()))
            break
        parts.append(loose_detab(block))
    return parts


def read_abbreviation(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Pass over an abbreviation, which holds no markup."""
    match = _ABBREVIATION.search(block.text)
    if match is None or not _is_abbreviation(match):
        return False
    end = match.end()
    reading.abbreviations.append(block.offset(match.start()))
    while (following := _ABBREVIATION.match(block.text, end + 1)) and _is_abbreviation(following):
        reading.abbreviations.append(block.offset(end + 1))
        end = following.end()
    _put_back(block, match.start(), end, rest)
    return True


def _is_abbreviation(match: re.Match[str]) -> bool:
    return bool(match["label"].strip() and match["title"].strip())


def read_targets(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Note the targets that a block gives to labels; the last one given to a label holds."""
    match = _TARGET.search(block.text)
    if match is None:
        return False
    start = end = match.start()
    for found in _TARGET.finditer(block.text, start):
        if found.start() > start and (block.text[end : found.start()].strip("\n") or "\n" in found[0]):
            break
        target = block.cut(found.start("target"), found.end("target"))
        opening = len(target.text) - len(target.text.lstrip("<"))
        target = target.cut(opening, max(opening, len(target.text.rstrip(">"))))
        reading.definitions[found["label"].strip().lower()] = target
        end = found.end()
    _put_back(block, start, end, rest)
    return True


def _put_back(block: Block, start: int, end: int, rest: deque[Block]) -> None:
    """Put back the lines before and after a definition."""
    if block.text[end:].strip():
        rest.appendleft(block.cut(end + len(block.text[end:]) - len(block.text[end:].lstrip("\n"))))
    if block.text[:start].strip():
        rest.appendleft(block.cut(0, len(block.text[:start].rstrip("\n"))))
