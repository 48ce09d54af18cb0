"""Each `tests/cases/*.md` is a suite, each of its level-2 headings a case: a small wiki and what Essaim says of it.

- A fenced block with `path=…` is a file of the wiki; files that stand between a level-1 heading and the first
  case belong to every case under it, and a case may write one of them anew.
- The block `diagnostics` lists what is expected, a line each: `path:line:column CODE`, then `→ suggestion` if there
  is one. Informations are compared only where a case lists their code.
- In files and paths `⍽` is a non-breaking space, `→` a tab and `⟨U+0301⟩` the character of that number; after the
  path, `crlf` ends the lines as Windows does, `bom` puts a byte-order mark first and `latin-1` is that encoding.

`ESSAIM_UPDATE_CASES=1 pytest tests/engine/test_cases.py` writes the blocks anew from what Essaim says: read the
difference before keeping it.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from essaim.diagnostics import Diagnostic, Severity
from essaim.rules import CATALOGUE
from essaim.source import SourceFile, apply_edits
from essaim.workspace import Analysis, Change, analyze, update
from essaim.workspace.discover import Layout, is_read

CASES = Path(__file__).parent.parent / "cases"
TODAY = date(2026, 5, 1)

_FENCE = re.compile(r"(?P<fence>`{3,})(?P<kind>\w+)(?: path=(?P<path>\S+))?(?P<flags>(?: [\w-]+)*)$")
_ESCAPE = re.compile(r"⍽|→|⟨U\+(?P<number>[0-9A-F]{4,6})⟩")
_HIDDEN = re.compile(r"[^\S ]|[\u0300-\u036f\u200b-\u200f\ufeff]")


@dataclass(kw_only=True)
class Case:
    """A wiki, what is expected of it, and the lines of its suite where that is written (end excluded)."""

    suite: Path
    title: str
    files: dict[str, bytes]
    expected: list[str] | None = None
    lines: tuple[int, int] = (0, 0)

    def analyze(self) -> Analysis:
        return analyze(self.changes(), Layout(), TODAY)

    def changes(self) -> list[Change]:
        return [change_of(path, data) for path, data in self.files.items()]


@dataclass
class Block:
    """A fenced block of a suite, by the indexes of its lines."""

    kind: str
    path: str
    flags: list[str]
    start: int
    lines: list[str] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        """The bytes of the file that the block stands for."""
        text = unescape("".join(line + ("\r\n" if "crlf" in self.flags else "\n") for line in self.lines))
        mark = b"\xef\xbb\xbf" if "bom" in self.flags else b""
        return mark + text.encode("latin-1" if "latin-1" in self.flags else "utf-8", "surrogatepass")


def read_suite(suite: Path) -> Iterator[Case]:
    """Yield the cases of a suite."""
    shared: dict[str, bytes] = {}
    case: Case | None = None
    for item in read_items(suite.read_text("utf-8").split("\n")):
        if isinstance(item, Block):
            if item.path:
                (case.files if case else shared)[unescape(item.path)] = item.data
            elif item.kind == "diagnostics" and case:
                case.expected, case.lines = item.lines, (item.start, item.start + len(item.lines))
        elif item.startswith("## "):
            if case:
                yield case
            case = Case(suite=suite, title=item.removeprefix("## "), files=dict(shared))
        elif item.startswith("# "):
            if case:
                yield case
            case, shared = None, {}
    if case:
        yield case


def read_items(lines: list[str]) -> Iterator[Block | str]:
    """Yield the blocks and the headings of a suite, in order."""
    index = 0
    while index < len(lines):
        opening = _FENCE.match(lines[index])
        if opening:
            end = lines.index(opening["fence"], index + 1)
            inside = lines[index + 1 : end]
            yield Block(opening["kind"], opening["path"] or "", opening["flags"].split(), index + 1, inside)
            index = end
        elif lines[index].startswith(("# ", "## ")):
            yield lines[index]
        index += 1


def unescape(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m["number"], 16)) if m["number"] else {"⍽": "\u00a0", "→": "\t"}[m[0]], text)


def escape(text: str) -> str:
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩" if m[0] != "\u00a0" else "⍽", text)


def change_of(path: str, data: bytes) -> Change:
    return Change(path=path, source=SourceFile.from_bytes(path, data) if is_read(path) else None)


def told(analysis: Analysis, expected: list[str]) -> list[str]:
    """Write diagnostics as a case lists them; informations only if one of their code is expected."""
    listed = {line.split()[1] for line in expected if line.strip()}
    return [line_of(d) for d in analysis.diagnostics if d.severity is not Severity.INFO or d.code in listed]


def line_of(diagnostic: Diagnostic) -> str:
    line, column = diagnostic.span.start
    suggestion = f" → {escape(diagnostic.suggestion)}" if diagnostic.suggestion is not None else ""
    return f"{escape(diagnostic.path)}:{line}:{column} {diagnostic.code}{suggestion}"


def rewrite(suite: Path) -> None:
    """Write the expected lines of a suite anew."""
    lines = suite.read_text("utf-8").split("\n")
    for case in reversed(list(read_suite(suite))):
        if case.expected is not None:
            lines[slice(*case.lines)] = told(case.analyze(), case.expected)
    suite.write_text("\n".join(lines), "utf-8", newline="")


if os.environ.get("ESSAIM_UPDATE_CASES"):
    for path in CASES.glob("*.md"):
        rewrite(path)

ALL = [case for suite in sorted(CASES.glob("*.md")) for case in read_suite(suite)]
each_case = pytest.mark.parametrize("case", ALL, ids=[f"{case.suite.stem}: {case.title}" for case in ALL])


@each_case
def test_case(case: Case) -> None:
    assert case.expected is not None, "a case needs a block « diagnostics », were it empty"
    analysis = case.analyze()
    messages = "\n".join(f"{line_of(d)}  {d.message}" for d in analysis.diagnostics)
    assert told(analysis, case.expected) == case.expected, messages


@each_case
def test_files_may_come_one_by_one_and_in_any_order(case: Case) -> None:
    analysis = case.analyze()
    for changes in (case.changes(), case.changes()[::-1]):
        gradual = analyze((), Layout(), TODAY)
        for change in changes:
            gradual = update(gradual, [change])
        assert gradual.diagnostics == analysis.diagnostics
        assert gradual.summary == analysis.summary


@each_case
def test_diagnostics_are_well_formed(case: Case) -> None:
    analysis = case.analyze()
    for diagnostic in analysis.diagnostics:
        source = analysis.sources[diagnostic.path]
        start, end = diagnostic.span
        assert start <= end
        assert source.position(source.offset(start)) == start, "outside the file"
        assert source.position(source.offset(end)) == end, "outside the file"
        assert diagnostic.severity in (CATALOGUE[diagnostic.code].severity, Severity.WARNING, Severity.INFO)
        assert re.search(r"[.?!»]$", diagnostic.message), diagnostic.message
        assert not re.search(r"\{\w*\}|None|  ", diagnostic.message), diagnostic.message
    assert all(first.order <= second.order for first, second in pairwise(analysis.diagnostics))


@each_case
def test_a_fix_removes_what_it_mends_and_breaks_nothing(case: Case) -> None:
    analysis = case.analyze()
    for diagnostic in analysis.diagnostics:
        if diagnostic.fix is None:
            continue
        source = analysis.sources[diagnostic.path]
        mended = SourceFile.from_text(source.path, apply_edits(source, list(diagnostic.fix.edits)))
        after = update(analysis, [Change(path=source.path, source=mended)])
        assert count_of(diagnostic, after) < count_of(diagnostic, analysis), diagnostic
        assert after.summary.errors <= analysis.summary.errors, diagnostic


def count_of(diagnostic: Diagnostic, analysis: Analysis) -> int:
    """Count the diagnostics that say the same, wherever they stand."""
    return sum((d.code, d.message) == (diagnostic.code, diagnostic.message) for d in analysis.diagnostics)


def test_forty_mistakes_are_seeded() -> None:
    case = next(case for case in ALL if case.suite.stem == "erreurs-semees")
    expected = case.expected or []
    assert len(expected) == len(set(expected)) == 40
    assert len({line.split()[1] for line in expected}) == 32
