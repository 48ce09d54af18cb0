"""What a file's bytes hide: another encoding than UTF-8, invisible signs."""

import re
from collections.abc import Iterator

from essaim.diagnostics import Diagnostic
from essaim.rules import files
from essaim.source import SourceFile

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ufeff\ufffe\uffff]")

_SURROGATE = re.compile("[\ud800-\udfff]")
"""What stands in Python for a byte that is no text."""


def check_characters(source: SourceFile) -> Iterator[Diagnostic]:
    """Report bytes that are not UTF-8, a byte-order mark, and the first control character."""
    if source.undecodable_at is not None:
        yield files.NOT_UTF8.at(source, (source.undecodable_at, source.undecodable_at + 1))
    if source.has_bom:
        yield files.BYTE_ORDER_MARK.at(source, (0, 0))
    match = _find_control(source.text)
    if match:
        yield files.CONTROL_CHARACTER.at(source, match.span(), character=_name(match[0]), replacement="")


def unwritable_in(text: str) -> str:
    """Return the name of the first sign of a text that no file may hold, « U+0007 »; '' when there is none."""
    match = _find_control(text) or _SURROGATE.search(text)
    return _name(match[0]) if match else ""


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def without_control(source: SourceFile) -> SourceFile:
    """Return the source with control characters blanked out one for one, so that places stay."""
    if not _find_control(source.text):
        return source
    text = _CONTROL.sub(" ", source.text)
    return SourceFile(path=source.path, text=text, digest=source.digest, has_bom=source.has_bom)


def _find_control(text: str) -> re.Match[str] | None:
    """Find the first control character; text that is printable but for its line ends needs no closer look."""
    return None if text.replace("\n", "").isprintable() else _CONTROL.search(text)
