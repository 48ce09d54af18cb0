"""The text of a `markdown` field: paragraphs, lists, emphasis, code and links to other sites, as values.

It is read here and not by the renderer of bodies, for a field stands where no block of a body may. What is not told
above is text, HTML included.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`]{1,500})`"
    r"|\[(?P<words>[^\[\]]{1,500})\]\((?P<where>(?:https?://|mailto:)[^\s()<>]{1,2000})\)"
    r"|<(?P<bare>(?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|\*\*(?=[^\s*])(?P<strong>.{1,500}?)(?<=\S)\*\*(?!\*)"
    r"|(?<![\w*])(?P<sign>[*_])(?=[^\s*_])(?P<stressed>.{1,500}?)(?<=[^\s*_])(?P=sign)(?![\w*])"
)
"""What is no plain text; bounded, so that marks without their ends cost no more than the text is long."""
_ITEM = re.compile(r" {0,3}(?:[-*+]|(?P<number>\d{1,9}[.)]))[ \t]+(?=\S)")


class Run(NamedTuple):
    """Some words that look alike: where they lead, '' when nowhere, and whether they are strong, stressed or code."""

    text: str
    address: str = ""
    is_strong: bool = False
    is_stressed: bool = False
    is_code: bool = False


class Block(NamedTuple):
    """A paragraph (`p`), which has one line, or a list (`ul`, `ol`), which has one for each item."""

    kind: str
    lines: tuple[tuple[Run, ...], ...]


def read_prose(text: str) -> tuple[Block, ...]:
    """Return what a text is made of."""
    return tuple(Block(kind, tuple(tuple(_runs(words, Run(""))) for words in lines)) for kind, lines in _blocks(text))


def plain_prose(blocks: tuple[Block, ...]) -> str:
    """Return the words alone, on one line."""
    return " ".join("".join(run.text for run in line) for block in blocks for line in block.lines)


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the kind of each block and its lines; a line that begins nothing goes on with the one before."""
    for is_blank, lines in groupby(text.splitlines(), key=lambda line: not line.strip()):
        kind, found = "", list[str]()
        for line in () if is_blank else lines:
            item = _ITEM.match(line)
            starts = "p" if item is None else "ol" if item["number"] else "ul"
            if found and (starts == "p" or (starts == "ol" and kind == "p")):  # « 2026. » may begin a line
                found[-1] += f" {line.strip()}"
                continue
            if found and starts != kind:
                yield kind, found
                found = []
            kind = starts
            found.append(line[item.end() :].strip() if item else line.strip())
        if found:
            yield kind, found


def _runs(text: str, like: Run) -> Iterator[Run]:
    """Yield the runs of a line, which look `like` what they stand in, then as their own marks say."""
    done, plain = 0, ""
    for mark in _MARK.finditer(text):
        plain += text[done : mark.start()]
        done = mark.end()
        if mark["escaped"]:
            plain += mark["escaped"]
            continue
        if plain:
            yield like._replace(text=plain)
            plain = ""
        yield from _marked(mark, like)
    if plain + text[done:]:
        yield like._replace(text=plain + text[done:])


def _marked(mark: re.Match[str], like: Run) -> Iterator[Run]:
    if mark["code"]:
        yield like._replace(text=mark["code"], is_code=True)
    elif mark["words"]:
        words = "".join(run.text for run in _runs(mark["words"], like))  # one link, not one for each mark in it
        yield like._replace(text=words, address=mark["where"])
    elif mark["bare"]:
        yield like._replace(text=mark["bare"].removeprefix("mailto:"), address=mark["bare"])
    elif mark["strong"]:
        yield from _runs(mark["strong"], like._replace(is_strong=True))
    else:
        yield from _runs(mark["stressed"], like._replace(is_stressed=True))
