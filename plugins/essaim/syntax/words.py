"""Looking for words in a text as people write them: numbers, any blanks, any case.

What is looked for comes from authors, who write no regular expressions: what is made of it here never goes back over
more than a few signs, so that a search costs what the text is long.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

_NUMBER = (
    r"(?<![0-9])(?>(?:[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3}){1,6}|[0-9]{1,30})(?:[.,][0-9]{1,20})?(?![0-9]))"
)
"""The whole of a number: several in a row could else be cut in as many ways as there are blanks in them."""
_BLANK = r"(?:[^\S\n]|\*|&nbsp;|&\#160;|&\#8239;)*+\n?+(?:[^\S\n]|\*)*+"
"""Blanks and the signs of emphasis, over the end of one line at most: a blank line ends a paragraph."""
_ALIKE = {sign: f"[{signs}]" for signs in ("'’", "\\-\u2010\u2011") for sign in signs if sign != "\\"}
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_DEPTH = 12
"""Groups within one another in a pattern, at most."""


@lru_cache(maxsize=64)
def compile_words(words: tuple[str, ...], exact: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return what finds any of some words, of which there is one at least.

    In `words`, `#` stands for a number; in `exact` it stands for itself. Whole words only are found: not `euro` in
    `europe`.
    """
    every = [*((text, True) for text in words), *((text, False) for text in exact)]
    every.sort(key=lambda pair: -len(pair[0]))  # of two that begin alike, the longer
    signs = dict.fromkeys(_signs(text, with_numbers) for text, with_numbers in every)
    return re.compile(_any_of(signs), re.IGNORECASE)


def _any_of(words: Iterable[tuple[str, ...]], depth: int = _DEPTH) -> str:
    """Return the pattern of any of some words: what begins alike is looked for once, not once for each of them."""
    by_sign: dict[str, list[tuple[str, ...]]] = {}
    for word in words:
        by_sign.setdefault(word[0], []).append(word[1:])
    parts = []
    for sign, rests in by_sign.items():
        if len(rests) == 1 or depth == 0:
            parts += ["".join((sign, *rest)) for rest in rests]
        else:
            ends = "" if all(rests) else "|"
            parts.append(f"{sign}(?:{_any_of(filter(None, rests), depth - 1)}{ends})")
    return "|".join(parts)


def _signs(text: str, with_numbers: bool) -> tuple[str, ...]:
    """Return the patterns of the signs of a text, with those of its edges."""
    text = normalize("NFC", text).strip()
    signs = [_sign(sign, with_numbers) for sign in " ".join(text.split())]
    before = [_EDGE_BEFORE] if text[0].isalnum() else []
    after = [_EDGE_AFTER] if text[-1].isalnum() else []
    return (*before, *signs, *after)


def _sign(sign: str, with_numbers: bool) -> str:
    if sign == "#" and with_numbers:
        return _NUMBER
    if sign == " ":
        return _BLANK
    if sign in _ALIKE:
        return _ALIKE[sign]
    apart = normalize("NFD", sign)  # a letter and its accent, as some keyboards write them
    return re.escape(sign) if apart == sign else f"(?:{re.escape(sign)}|{re.escape(apart)})"
