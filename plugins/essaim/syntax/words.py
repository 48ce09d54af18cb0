"""Looking for words in a text as people write them: numbers, any blanks, any case.

What is looked for comes from authors, who write no regular expressions: what is made of it here never goes back over
more than a few signs, so that a search costs what the text is long.
"""

import re
from functools import lru_cache
from unicodedata import normalize

_NUMBER = r"(?<![0-9])(?:[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3}){1,6}|[0-9]{1,30})(?:[.,][0-9]{1,20})?(?![0-9])"
_BLANK = r"(?:[^\S\n]|\*|&nbsp;|&\#160;|&\#8239;)*+\n?+(?:[^\S\n]|\*)*+"
"""Blanks and the signs of emphasis, over the end of one line at most: a blank line ends a paragraph."""
_ALIKE = {sign: f"[{signs}]" for signs in ("'’", "\\-\u2010\u2011") for sign in signs if sign != "\\"}
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![^\W_])", r"(?![^\W_])"


@lru_cache(maxsize=64)
def compile_words(words: tuple[str, ...], exact: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return what finds any of some words, of which there is one at least.

    In `words`, `#` stands for a number; in `exact` it stands for itself. Whole words only are found: not `euro` in
    `europe`.
    """
    every = [(text, True) for text in words] + [(text, False) for text in exact]
    every.sort(key=lambda pair: -len(pair[0]))  # of two that begin alike, the longer
    return re.compile("|".join(_pattern(text, with_numbers) for text, with_numbers in every), re.IGNORECASE)


def _pattern(text: str, with_numbers: bool) -> str:
    text = normalize("NFC", text).strip()
    signs = [_sign(sign, with_numbers) for sign in " ".join(text.split())]
    before = _EDGE_BEFORE if text[0].isalnum() else ""
    after = _EDGE_AFTER if text[-1].isalnum() else ""
    return f"{before}{''.join(signs)}{after}"


def _sign(sign: str, with_numbers: bool) -> str:
    if sign == "#" and with_numbers:
        return _NUMBER
    if sign == " ":
        return _BLANK
    if sign in _ALIKE:
        return _ALIKE[sign]
    apart = normalize("NFD", sign)  # a letter and its accent, as some keyboards write them
    return re.escape(sign) if apart == sign else f"(?:{re.escape(sign)}|{re.escape(apart)})"
