"""Diagnostics for a person: the sentence, the line, and a marker under what is meant."""

from collections.abc import Callable, Iterable, Iterator
from unicodedata import combining, east_asian_width

from essaim.diagnostics import Diagnostic, Severity
from essaim.source import SourceFile

_WORDS = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement", Severity.INFO: "information"}
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "34"}
_MAX_SHOWN = 110
"""Columns of a source line that are shown; a longer line is cut around the marker."""


def render_text(
    diagnostics: Iterable[Diagnostic], source_of: Callable[[str], SourceFile | None], *, colour: bool = False
) -> str:
    """Render diagnostics one after the other, with a blank line between."""
    return "\n".join("\n".join(_render(d, source_of(d.path), colour=colour)) + "\n" for d in diagnostics)


def _render(diagnostic: Diagnostic, source: SourceFile | None, *, colour: bool) -> Iterator[str]:
    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    line, column = diagnostic.span.start
    tint = _COLOURS[diagnostic.severity]
    word = paint(f"{_WORDS[diagnostic.severity]}[{diagnostic.code}]", f"1;{tint}")
    yield f"{paint(_printable(f'{diagnostic.path}:{line}:{column}'), '1')} {word} {_printable(diagnostic.message)}"
    if source is None:
        return
    text, marker = _excerpt(diagnostic, source.line_text(line))
    gutter = " " * len(str(line))
    if text.strip():
        yield f" {paint(f'{line} |', '2')} {text}"
        yield f" {paint(f'{gutter} |', '2')} {paint(marker, tint)}"
    if diagnostic.fix is not None:
        asked = f"« essaim fix --mentions {diagnostic.path} » peut faire le lien"
        done = asked if diagnostic.fix.is_offer else "« essaim fix » peut le corriger"
        yield f" {paint(f'{gutter} =', '2')} {done}"


def _excerpt(diagnostic: Diagnostic, line: str) -> tuple[str, str]:
    """Return what is shown of a line, and the marker that goes under it."""
    start = diagnostic.span.start.column - 1
    same_line = diagnostic.span.end.line == diagnostic.span.start.line
    end = diagnostic.span.end.column - 1 if same_line else len(line)
    shift = 0
    if len(line) > _MAX_SHOWN:
        shift = max(0, min(start - 30, len(line) - _MAX_SHOWN))
        line = line[shift : shift + _MAX_SHOWN]
    start, end = start - shift, min(end - shift, len(line))
    before, inside = line[:start], line[start : max(end, start)]
    lead = "".join("\t" if sign == "\t" else " " * _width(sign) for sign in before)
    return _printable(line), lead + "^" * max(1, sum(map(_width, inside)))


def _printable(text: str) -> str:
    """Replace what could move the cursor or hide text on a terminal by a visible sign."""
    return "".join(sign if sign.isprintable() or sign in "\t\u00a0\u202f" else "�" for sign in text)


def _width(sign: str) -> int:
    """Return how many columns a character takes on a terminal."""
    if combining(sign) or sign in "\u200d\ufe0f":
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1
