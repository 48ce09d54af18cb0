"""Bodies that could exhaust the renderer are refused before it sees them."""

import re
from collections.abc import Iterator

from essaim.diagnostics import Diagnostic
from essaim.rules import body as rules
from essaim.rules import files
from essaim.source import SourceFile
from essaim.syntax.markdown.body import MAX_BODY, Body, read_body
from essaim.syntax.markdown.tangles import find_tangle

_MAX_FOOTNOTES = 400
_MAX_ABBREVIATIONS = 800
_MAX_OPEN_BRACKETS = 40
_MAX_TAGS = 1000
_MANY_TAGS = 20
_SIGNS = re.compile(r"(?:!?\[){40}|[*_]{200}|(?:[*_]{1,3}[^\s*_]{0,2}){400}|(?:<!--[\s]*){40}|(?:<[a-z]+>\s*){200}")
_BRACKET = re.compile(r"[\[\]]")

Excess = tuple[int, str]
"""Where there is too much, and of what."""


def check_limits(source: SourceFile, masked: str, base: int) -> Iterator[Diagnostic]:
    """Report a body that is too long, too deep or too dense to be rendered safely."""
    if len(masked) > MAX_BODY:
        yield files.TOO_LARGE.at(source, (base, base), what="Le texte", limit=f"{MAX_BODY} caractères")
        return
    read = read_body(source.text[base : base + len(masked)])
    body = source.text[base : base + len(masked)]
    for place, what in (*_dense(masked), *_tangled(body), *_dense_leaves(read), *_structure(read)):
        yield rules.TOO_COMPLEX.at(source, (base + place, base + place + 1), what=what)


def _dense(masked: str) -> Iterator[Excess]:
    match = _SIGNS.search(masked) if _is_suspect(masked) else None
    if match:
        yield match.start(), "Trop de signes de mise en forme se suivent"


def _tangled(body: str) -> Iterator[Excess]:
    place = find_tangle(body) if body.count("<") > _MANY_TAGS else None
    if place is not None:
        yield place, "Trop de balises HTML restent ouvertes"


def _is_suspect(text: str) -> bool:
    """Whether the signs are many enough for a closer look; counting is much cheaper than matching."""
    return (
        text.count("[") > 300 or text.count("*") + text.count("_") > 600 or text.count("<") > 120 or "[" * 40 in text
    )


def _dense_leaves(read: Body) -> Iterator[Excess]:
    """Find the first text in which the renderer would go back too often over what follows."""
    for leaf in read.leaves:
        text = leaf.block.text
        if text.count("[") > _MAX_OPEN_BRACKETS and (_opens_many(text) or read.inline(leaf).is_exhausted):
            yield read.place(leaf.block.offset(0)), "Trop de crochets ou de parenthèses restent ouverts"
            return
        if text.count("<") > _MAX_TAGS:
            yield read.place(leaf.block.offset(0)), f"Un même paragraphe a plus de {_MAX_TAGS} signes « < »"
            return


def _opens_many(text: str) -> bool:
    """Whether many brackets are open at once."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match[0] == "[" else max(0, depth - 1)
        if depth > _MAX_OPEN_BRACKETS:
            return True
    return False


def _structure(read: Body) -> Iterator[Excess]:
    if read.too_deep:
        yield read.place(read.too_deep[0]), "Plus de vingt niveaux de listes ou de citations s'emboîtent"
    if read.too_many:
        yield read.place(read.too_many[0]), "Trop de titres ou de filets se suivent sans ligne vide"
    if len(read.footnotes) > _MAX_FOOTNOTES:
        place = read.place(next(iter(read.footnotes.values()))[0].base)
        yield place, f"Il y a plus de {_MAX_FOOTNOTES} notes de bas de page"
    if len(read.abbreviations) > _MAX_ABBREVIATIONS:
        yield read.place(read.abbreviations[0]), f"Il y a plus de {_MAX_ABBREVIATIONS} abréviations"
    if read.nested_notes:
        yield read.place(read.nested_notes[0]), "Une note de bas de page en définit une autre"
