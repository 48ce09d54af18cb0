"""Tables, whose cells are texts of their own."""

import re
from collections import deque

from essaim.syntax.markdown.block import Block
from essaim.syntax.markdown.reading import Node, Reading

_SIGN = re.compile(r"\\\\|(?P<escaped>\\`+)|(?P<ticks>`+)|\\\||(?P<pipe>\|)")
_PIPE = re.compile(r"\|")
_MARKUP = re.compile(r"[\[`<{]")
_END_BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|$")


def read_table(reading: Reading, parent: Node, block: Block, rest: deque[Block]) -> bool:
    """Read a table: a row of titles, a row of dashes, and rows with as many cells."""
    if "\n" not in block.text:
        return False
    rows = [(text.strip(" "), start + len(text) - len(text.lstrip(" "))) for text, start in block.lines()]
    titles, rule = rows[0][0], rows[1][0]
    has_border = _has_border(titles)
    width = len(_cells(titles, has_border))
    if width == 1 and not (has_border and all(_has_border(row) for row, _ in rows[1:])):
        return False
    dashes = _cells(rule, has_border)
    if len(dashes) != width or not all(set(rule[start:end]) <= set("|:- ") for start, end in dashes):
        return False
    Node("table", parent)
    for row, offset in (rows[0], *rows[2:]):
        if _MARKUP.search(row):
            for start, end in _cells(row, has_border)[:width]:
                reading.add_leaf(Block(row[start:end], offset + start).strip(" ")).takes_mark = False
    return True


def _has_border(row: str) -> bool:
    return row.startswith("|") or (row.endswith("|") and _END_BORDER.search(row) is not None)


def _cells(row: str, has_border: bool) -> list[tuple[int, int]]:
    """Return the extents of the cells of a row."""
    start, end = 0, len(row)
    if has_border:
        start = int(row.startswith("|"))
        border = _END_BORDER.search(row, start) if row.endswith("|") else None
        end = border.start() if border else end
    cells = []
    for pipe in _pipes(row[:end]):
        if pipe >= start:
            cells.append((start, pipe))
            start = pipe + 1
    return [*cells, (start, end)]


def _pipes(row: str) -> list[int]:
    """Return where cells end: the pipes that are neither escaped nor in code."""
    if "`" not in row and "\\" not in row:
        return [pipe.start() for pipe in _PIPE.finditer(row)]
    signs = list(_SIGN.finditer(row))
    pipes = [sign.start() for sign in signs if sign["pipe"]]
    code = _code([sign for sign in signs if sign["ticks"] or sign["escaped"]])
    kept, number = [], 0
    for pipe in pipes:
        while number < len(code) and code[number][1] <= pipe:
            number += 1
        if number == len(code) or pipe < code[number][0]:
            kept.append(pipe)
    return kept


def _code(ticks: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Return the extents of the code in a row, between ticks of the same length."""
    sizes = [len(tick["ticks"] or tick["escaped"][1:]) for tick in ticks]
    code, done = [], 0
    while done < len(ticks):
        # A backslash before the opening ticks takes the first from them.
        size = sizes[done] - bool(ticks[done]["escaped"])
        closing = next((n for n in range(done + 1, len(ticks)) if sizes[n] == size), None) if size else None
        if closing is not None:
            code.append((ticks[done].start(), ticks[closing].end()))
            done = closing
        done += 1
    return code
