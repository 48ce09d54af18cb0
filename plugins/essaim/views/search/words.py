"""The words of a text as search compares them: folded, without elided articles, inclusive forms as plain words.

`assets/recherche/mots.js` follows the same rule in the browser; one table of cases tests both.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from essaim.folding import fold, forms

_ELIDED = frozenset("c d j l m n s t qu jusqu lorsqu puisqu quoiqu".split())
"""What stands before an apostrophe and is no word of its own."""
_EDGES = "«»\"“”„.,;:!?…*[]{}<>|·•-–—’‘'"
_APOSTROPHE = re.compile(r"['’‘ʼ]")
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[-‑,](?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = ("œ", "æ", "Œ", "Æ")


def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the folded words of a text in their order; an inclusive word is each of those it stands for.

    >>> readings("L'accueil des salarié·e·s")
    (('accueil',), ('des',), ('salaries', 'salariees'))
    """
    return tuple(reading for piece in pieces(text) for reading in _read(piece))


def pieces(text: str) -> Iterator[str]:
    """Yield what stands between blanks and apostrophes, without the punctuation around it nor elided articles."""
    for chunk in text.split():
        *elided, last = _APOSTROPHE.split(_without_edges(chunk))
        yield from (piece for piece in elided if fold(piece) not in _ELIDED)
        yield last


def other_forms(text: str) -> tuple[str, ...]:
    """Return the folded words of a text that a search of its letters would miss: inclusive forms and ligatures."""
    return forms_among(dict.fromkeys(text.split()))


def forms_among(chunks: Iterable[str]) -> tuple[str, ...]:
    """Return these words of what stands between blanks in a text, each once."""
    # most chunks of most pages are the same words, and stand for themselves
    return tuple(dict.fromkeys(chain.from_iterable(map(_forms_of, chunks))))


@lru_cache(maxsize=16_384)
def _forms_of(chunk: str) -> tuple[str, ...]:
    """Return the other forms of what stands between blanks."""
    read = ((piece, _read(piece)) for piece in pieces(chunk))
    hidden = (
        words
        for piece, words in read
        if any(len(reading) > 1 for reading in words) or any(sign in piece for sign in _LIGATURES)
    )
    return tuple(word for words in hidden for reading in words for word in reading)


def _read(piece: str) -> list[tuple[str, ...]]:
    folded, *plain = forms(_BETWEEN_LETTERS.sub("·", piece))
    ways = [_WORD.findall(way) for way in plain]
    if not ways or len({len(way) for way in ways}) > 1:
        return [(word,) for word in _WORD.findall(folded)]
    return [tuple(dict.fromkeys(same)) for same in zip(*ways, strict=True)]


def _without_edges(chunk: str) -> str:
    """Return a chunk without the punctuation around it; brackets stay when a word has them in it: « salarié(e) »."""
    chunk = chunk.strip(_EDGES).lstrip("(")
    return chunk if "(" in chunk else chunk.replace(")", "").strip(_EDGES)
