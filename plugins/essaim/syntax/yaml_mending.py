"""What French authors do to YAML, recognised and explained.

When the parser gives up, the place and the words of its complaint say which slip it was. Where the slip can be
neutralised without moving any character, parsing starts again, so that one slip does not hide the next.
"""

import re
from collections.abc import Iterator
from typing import Any

from essaim.diagnostics import Diagnostic, Fix
from essaim.rules import frontmatter
from essaim.source import Extent, SourceFile, TextEdit
from essaim.syntax.nodes import Scalar

BLANKS = "\u00a0\u202f\u2007\u2009\u3000"
"""Spaces that look ordinary and that YAML does not take for spaces."""
PLACEHOLDER = "\ue000"
"""Stands for a sign that was reported, one code point for one, while parsing goes on."""

_ENTRY = re.compile(
    r"(?P<before>[ \t]*(?:-[ \t]+)*(?:\"[^\"]*\"|'[^']*'|[^\s:\"'\[{#][^:\n]*?)[ \t]*:[ \t]+)(?P<value>.*)"
)
_ITEM = re.compile(r"(?P<before>[ \t]*(?:-[ \t]+)+)(?P<value>.*)")
_SPACED_KEY = re.compile(rf"[ \t]*(?:-[ \t]+)*[^\s:\"'\[{{#{BLANKS}][^:\n{BLANKS}]*:(?P<blank>[{BLANKS}]+)")
_SPACED_ITEM = re.compile(rf"-(?P<blank>[{BLANKS}]+)")
_SPACED_INDENT = re.compile(rf"[ ]*(?P<blank>[{BLANKS}][{BLANKS} ]*)[\w-]+[ ]*:")
_BLOCK = re.compile(r"(?:^|[ :-])[|>][-+1-9]{0,2}[ ]*(?:#.*)?$")
_CUT = re.compile(r"(?P<gap>[ \t]+)#(?P<next>.?)")

_PROBLEMS = (  # (what libyaml says, what a person can do)
    ("unexpected end of stream", "un guillemet s'ouvre et ne se ferme pas"),
    ("unknown escape character", "entre guillemets doubles, écrivez « \\\\ » pour une barre inverse"),
    ("could not find expected ':'", "il manque « : » après le nom du champ"),
    ("did not find expected ',' or ']'", "il manque une virgule ou un crochet fermant"),
    ("did not find expected ',' or '}'", "il manque une virgule ou une accolade fermante"),
    ("did not find expected '-' indicator", "chaque élément d'une liste commence par « - », au même retrait"),
    ("did not find expected key", "vérifiez le retrait de cette ligne et les guillemets de la valeur"),
    ("block sequence entries", "une liste commence à la ligne qui suit le nom du champ"),
    ("block mapping", "vérifiez le retrait de cette ligne"),
)


def mend(
    source: SourceFile, base: int, text: str, error: Any, open_bracket: int | None
) -> tuple[Diagnostic, str | None]:
    """Explain why the parser gave up; return the text with the slip neutralised, or None when that is unsafe.

    `open_bracket` is the offset of the bracket inside which it gave up, if it did in one.
    """
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(int(mark.index if mark else getattr(error, "position", 0)), len(text))
    problem = f"{getattr(error, 'problem', '') or ''}"
    start, end = _line(text, at)
    spaced = _find_spaced(text, end)
    if spaced:
        return mend_space(source, base, text, spaced)
    tab = text.find("\t", start, end)
    if tab >= 0 and (not text[start:tab].strip(" -") or "tab" in problem):
        last = tab + len(text[tab:end]) - len(text[tab:end].lstrip("\t"))
        diagnostic = frontmatter.TAB.at(source, (base + tab, base + last), replacement="  " * (last - tab))
        return diagnostic, _blank_out(text, tab, last)
    if "mapping values are not allowed" in problem:
        return _explain_colon(source, base, text, at)
    if "cannot start any token" in problem:
        return _explain_sign(source, base, text, at)
    value = _value_extent(text, at)
    if value is not None and text[value.start : value.start + 1] in ("*", "&"):
        return _explain_alias(source, base, text, value)
    if open_bracket is not None and (open_bracket < base + start or not text[at:].strip()):
        return _explain_bracket(source, open_bracket), None
    context = getattr(error, "context_mark", None)
    if "unexpected end of stream" in problem and context is not None:
        at = int(context.index)
    reason = next((french for english, french in _PROBLEMS if english in problem), None)
    reason = reason or "vérifiez les deux-points, les retraits et les guillemets"
    return frontmatter.YAML_SYNTAX.at(source, (base + at, base + min(at + 1, len(text))), problem=reason), None


def mend_space(source: SourceFile, base: int, text: str, spaced: Extent) -> tuple[Diagnostic, str]:
    """Report a special space where an ordinary one belongs; return the text with one in its place."""
    extent = (base + spaced.start, base + spaced.end)
    diagnostic = frontmatter.SPECIAL_SPACE.at(source, extent, replacement=" ")
    return diagnostic, _blank_out(text, *spaced)


def find_swallowed(text: str, start: int, end: int) -> Extent | None:
    """Find the special space that made a key, or the sign of an item, part of the plain value at an extent."""
    raw = text[start:end]
    spaced = None if raw.isascii() else _SPACED_KEY.match(raw) or _SPACED_ITEM.match(raw)
    if spaced is None:
        return None
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if before.rstrip(" ").endswith(":"):  # beside its key, what looks like another one is text
        return None
    return Extent(start + spaced.start("blank"), start + spaced.end("blank"))


def check_cut(source: SourceFile, scalar: Scalar) -> Iterator[Diagnostic]:
    """Report a `#` that cuts a plain value, or leaves nothing of it, where a comment was hardly meant."""
    raw = source.text[scalar.start : scalar.end]
    cut = _CUT.match(source.text, scalar.end)
    if cut is None or not (cut["next"].strip() or (raw and cut["gap"] == " ")):
        return
    sign = (cut.end("gap"), cut.end("gap") + 1)
    end = source.line_extent(source.position(scalar.start).line).end
    if end < cut.start():  # a value over several lines: quoting is not a machine's choice
        yield frontmatter.CUT_BY_HASH.at(source, sign)
        return
    start = scalar.start if raw else cut.end("gap")
    value = source.text[start:end].rstrip()
    edit = TextEdit(source.span((start, start + len(value))), quoted(value))
    yield frontmatter.CUT_BY_HASH.at(source, sign, fix=Fix(edits=(edit,)))


def as_scalar(text: str) -> str:
    """Write a text as YAML, plain where that is safe anywhere, between brackets too."""
    return text if re.fullmatch(r"[\w./+'’·€-]+(?: [\w./+'’·€-]+)*", text) and text[0] not in "-'" else quoted(text)


def quoted(text: str) -> str:
    """Write a text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _line(text: str, at: int) -> Extent:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return Extent(start, len(text) if end < 0 else end)


def _find_spaced(text: str, until: int) -> Extent | None:
    """Find the first line, up to an offset, whose key or indent holds a special space; block texts may."""
    if text.isascii():
        return None
    start, block = 0, None
    while start <= until:
        end = _line(text, start).end
        line = text[start:end]
        indent = len(line) - len(line.lstrip(" "))
        inside = block is not None and (indent > block or not line.strip())
        block = block if inside else indent if _BLOCK.search(line) else None
        match = None if inside else _SPACED_INDENT.match(line) or _SPACED_KEY.match(line)
        if match:
            return Extent(start + match.start("blank"), start + match.end("blank"))
        start = end + 1
    return None


def _blank_out(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _value_extent(text: str, at: int) -> Extent | None:
    """Return the extent of the value that stands on the line of an offset, if it begins before that offset."""
    start, end = _line(text, at)
    for pattern in (_ENTRY, _ITEM):
        match = pattern.match(text[start:end])
        if match and start + match.start("value") <= at:
            value = match["value"].rstrip()
            return Extent(start + match.start("value"), start + match.start("value") + len(value))
    return None


def _explain_colon(source: SourceFile, base: int, text: str, at: int) -> tuple[Diagnostic, str | None]:
    value = _value_extent(text, at)
    if value is None or text[value.start : value.start + 1] in ("'", '"', "[", "{"):
        reason = "vérifiez le retrait de cette ligne, et les guillemets de la précédente"
        return frontmatter.YAML_SYNTAX.at(source, (base + at, base + at + 1), problem=reason), None
    span = source.span((base + value.start, base + value.end))
    fix = Fix(edits=(TextEdit(span, quoted(text[value.start : value.end])),))
    diagnostic = frontmatter.UNQUOTED_COLON.at(source, (base + at, base + at + 1), fix=fix)
    hidden = text[value.start : value.end].replace(":", PLACEHOLDER)
    return diagnostic, text[: value.start] + hidden + text[value.end :]


def _explain_bracket(source: SourceFile, at: int) -> Diagnostic:
    """Show the bracket: the parser complains where the next one would stand, maybe far below."""
    reason = f"ce que « {source.text[at]} » ouvre ici ne se ferme pas, ou il y manque une virgule"
    return frontmatter.YAML_SYNTAX.at(source, (at, at + 1), problem=reason)


def _explain_sign(source: SourceFile, base: int, text: str, at: int) -> tuple[Diagnostic, str | None]:
    value = _value_extent(text, at)
    reason = f"le signe « {text[at : at + 1]} » en début de valeur demande des guillemets droits autour d'elle"
    if value is None or value.start != at:
        return frontmatter.YAML_SYNTAX.at(source, (base + at, base + at + 1), problem=reason), None
    extent = (base + value.start, base + value.end)
    replacement = quoted(text[value.start : value.end])
    diagnostic = frontmatter.YAML_SYNTAX.at(source, extent, problem=reason, replacement=replacement)
    return diagnostic, text[:at] + PLACEHOLDER + text[at + 1 :]


def _explain_alias(source: SourceFile, base: int, text: str, value: Extent) -> tuple[Diagnostic, str]:
    """Explain a value that begins like an alias or an anchor, as `*important*` does."""
    replacement = quoted(text[value.start : value.end])
    extent, sign = (base + value.start, base + value.end), text[value.start]
    diagnostic = frontmatter.ALIAS.at(source, extent, sign=sign, replacement=replacement)
    hidden = PLACEHOLDER + text[value.start + 1 : value.end].replace(":", PLACEHOLDER)
    return diagnostic, text[: value.start] + hidden + text[value.end :]
