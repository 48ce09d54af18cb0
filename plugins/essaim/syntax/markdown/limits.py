"""Bodies that could exhaust the renderer are refused before it sees them."""

import re
from collections.abc import Iterator

from essaim.diagnostics import Diagnostic
from essaim.rules import body as rules
from essaim.rules import files
from essaim.source import SourceFile

MAX_BODY = 400_000
"""Code points in one body: some eighty printed pages."""
_MAX_FOOTNOTES = 400
_SIGNS = re.compile(r"(?:!?\[){40}|[*_]{200}|(?:[*_]{1,3}[^\s*_]{0,2}){400}|(?:<!--[\s]*){40}|(?:<[a-z]+>\s*){200}")
_DEEP = re.compile(r"^(?:[ ]{81,}|\t{21,}|(?:>[ ]?){21,})\S", re.MULTILINE)
_NOTE = re.compile(r"^\[\^[^\]]+\]:", re.MULTILINE)


def _is_suspect(text: str) -> bool:
    """Whether the signs are many enough for a closer look; counting is much cheaper than matching."""
    return (
        text.count("[") > 300 or text.count("*") + text.count("_") > 600 or text.count("<") > 120 or "[" * 40 in text
    )


def check_limits(source: SourceFile, masked: str, base: int) -> Iterator[Diagnostic]:
    """Report a body that is too long, too deep or too dense to be rendered safely."""
    if len(masked) > MAX_BODY:
        yield files.TOO_LARGE.at(source, (base, base), what="Le texte", limit=f"{MAX_BODY} caractères")
        return
    dense = _SIGNS.search(masked) if _is_suspect(masked) else None
    if dense:
        what = "Trop de signes de mise en forme se suivent"
        yield rules.TOO_COMPLEX.at(source, (base + dense.start(), base + dense.start() + 1), what=what)
    deep = _DEEP.search(masked) if " " * 81 in masked or "\t" * 21 in masked or ">" in masked else None
    if deep:
        what = "Plus de vingt niveaux de listes ou de citations s'emboîtent"
        yield rules.TOO_COMPLEX.at(source, (base + deep.start(), base + deep.end()), what=what)
    if masked.count("[^") > _MAX_FOOTNOTES and len(_NOTE.findall(masked)) > _MAX_FOOTNOTES:
        note = _NOTE.search(masked)
        at = base + (note.start() if note else 0)
        yield rules.TOO_COMPLEX.at(source, (at, at + 2), what=f"Il y a plus de {_MAX_FOOTNOTES} notes de bas de page")
