"""When two names are the same name for a French reader.

Case, accents, ligatures, apostrophes, hyphens and spaces do not count; the many dots of inclusive writing are
one dot, and `coopérateur·trice` is also `coopérateur` and `coopératrice`.
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

_DOTS = "·‧⋅∙•⸱․・ꞏ"
_SAME = {
    **dict.fromkeys("’‘ʼ′´`", "'"),
    **dict.fromkeys("-‐‑‒–—_\u00a0\u202f\u2009", " "),
    **dict.fromkeys(_DOTS, "·"),
    **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad", ""),
    "œ": "oe",
    "æ": "ae",
}
_SIGNS = re.compile(f"[{re.escape(''.join(_SAME))}]")
_SIGNS_AND_MARKS = re.compile(f"[{re.escape(''.join(_SAME))}\u0300-\U0010ffff]")
"""The signs, and what may stand upon another character: none does before U+0300."""
_SUFFIX = r"(?:[td]?rices?|ices?|euses?|i?eres?|i?ennes?|elles?|i?ves?|e?sses?|ses?|tes?|nes?|les?|fes?|es?|s)"
_INCLUSIVE = re.compile(
    rf"(?<![^\W\d_])(?P<base>[^\W\d_]{{2,}})(?:(?P<parts>(?:[·./]{_SUFFIX}\b)+)"
    rf"|\((?P<in_brackets>{_SUFFIX})\)(?P<plural>s\b|\(s\))?)"
)
_CAPITALS = re.compile(r"(?<=[a-zà-ÿ])([TD]?RICE|ICE|EUSE|I?[EÈ]RE|I?ENNE|ELLE|I?VE|SSE|[STNL]?E)([sS]?)\b")
_MAYBE_INCLUSIVE = re.compile(rf"[{_DOTS}./(]|[a-zà-ÿ][A-ZÈ]")
"""Cheap to look for: most names have none of it."""
_TAILS = (  # (how the suffix begins, how the masculine ends, what stays of that end)
    ("drice", "deur", ""),
    ("trice", "teur", ""),
    ("rice", "eur", ""),
    ("ice", "eur", "r"),
    ("euse", "eur", ""),
    ("euse", "eux", ""),
    ("iere", "ier", ""),
    ("ere", "er", ""),
    ("ienne", "ien", ""),
    ("enne", "en", ""),
    ("elle", "eau", ""),
    ("elle", "el", ""),
    ("ive", "if", ""),
    ("ve", "f", ""),
    ("esse", "e", ""),
    ("se", "eur", "eu"),
    ("se", "x", ""),
)


def twin(name: str) -> str:
    """Return a form equal for two names that only case or Unicode normalisation tells apart."""
    return normalize("NFKC", name).casefold()


def fold(name: str) -> str:
    """Return the form under which names are compared."""
    if name.isascii():
        folded = _SIGNS.sub(_plain, name.lower())
    else:
        decomposed = normalize("NFKD", normalize("NFKD", _SIGNS.sub(_plain, name)).casefold())
        folded = _SIGNS_AND_MARKS.sub(_plain, decomposed)
    return " ".join(folded.split())


def _plain(sign: re.Match[str]) -> str:
    character = sign[0]
    return _SAME[character] if character in _SAME else "" if combining(character) else character


@lru_cache(maxsize=4096)
def forms(name: str) -> tuple[str, ...]:
    """Return the folded name first, then the plain words its inclusive forms stand for, if any.

    >>> forms("Coopérateur·trice")
    ('cooperateur·trice', 'cooperateur', 'cooperatrice')
    """
    if not _MAYBE_INCLUSIVE.search(name):
        return (fold(name),)
    folded = fold(_CAPITALS.sub(r"·\1\2", name))
    match = _INCLUSIVE.search(folded)
    if match is None:
        return (folded,)
    dotted = _INCLUSIVE.sub(_as_dotted, folded)
    masculine = _INCLUSIVE.sub(lambda m: _masculine(m), folded)
    feminine = _INCLUSIVE.sub(lambda m: _feminine(m), folded)
    return tuple(dict.fromkeys((dotted, masculine, feminine)))


def _parts(match: re.Match[str]) -> tuple[str, str, str]:
    """Split an inclusive word into base, feminine suffix and plural mark."""
    base = match["base"]
    marks = [match["in_brackets"], *("s" if match["plural"] else "")]
    if match["parts"]:
        marks = re.split(r"[·./]", match["parts"])[1:]
    feminine = marks[0]
    if feminine == "s":
        return base, "", "s"
    if marks[-1] == "s":
        return base, feminine.removesuffix("s"), "s"
    if not feminine.endswith("s"):
        return base, feminine, ""
    if feminine != "es":  # the plural may stand on both sides: coopérateurs·trices
        base = base.removesuffix("s")
    return base, feminine.removesuffix("s"), "s"


def _as_dotted(match: re.Match[str]) -> str:
    base, suffix, plural = _parts(match)
    return f"{base}·{suffix}{plural}" if suffix else base + plural


def _masculine(match: re.Match[str]) -> str:
    base, _, plural = _parts(match)
    return base if base.endswith(("s", "x")) else base + plural


def _feminine(match: re.Match[str]) -> str:
    base, suffix, plural = _parts(match)
    for start, tail, rest in _TAILS:
        if suffix.startswith(start) and base.endswith(tail):
            return base.removesuffix(tail) + rest + suffix + plural
    return base + suffix + plural
