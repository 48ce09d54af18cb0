"""When two names are the same name for a French reader.

Case, accents, ligatures, apostrophes, hyphens and spaces do not count; the many dots of inclusive writing are
one dot, and `coopérateur·trice` is also `coopérateur` and `coopératrice`.
"""

import re
from unicodedata import combining, normalize

_DOTS = "·‧⋅∙•⸱․"
_SAME = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′´`", "'"),
        **dict.fromkeys("-‐‑‒–—_\u00a0\u202f\u2009", " "),
        **dict.fromkeys(_DOTS, "·"),
        **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad", None),
        "œ": "oe",
        "æ": "ae",
    }
)
_SUFFIX = r"(?:trices?|rices?|euses?|ieres?|eres?|ennes?|elles?|ves?|ses?|tes?|nes?|les?|es?|s)"
_INCLUSIVE = re.compile(
    rf"(?P<base>[^\W\d_]{{2,}})(?:(?P<parts>(?:[·./]{_SUFFIX}\b)+)|\((?P<in_brackets>{_SUFFIX})\)(?P<plural>s?))"
)
_MAYBE_INCLUSIVE = re.compile(rf"[{_DOTS}./(]|[a-zà-ÿ]E")
"""Cheap to look for: most names have none of it."""
_TAILS = (  # (how the suffix begins, what it replaces at the end of the masculine)
    ("trice", "teur"),
    ("rice", "eur"),
    ("euse", "eur"),
    ("iere", "ier"),
    ("ere", "er"),
    ("enne", "en"),
    ("elle", "eau"),
    ("ve", "f"),
    ("se", "x"),
)


def twin(name: str) -> str:
    """Return a form equal for two names that only case or Unicode normalisation tells apart."""
    return normalize("NFKC", name).casefold()


def fold(name: str) -> str:
    """Return the form under which names are compared."""
    if name.isascii():
        folded = name.lower().translate(_SAME)
    else:
        decomposed = normalize("NFKD", name.translate(_SAME).casefold())
        folded = "".join(c for c in decomposed if not combining(c)).translate(_SAME)
    return " ".join(folded.split())


def forms(name: str) -> tuple[str, ...]:
    """Return the folded name first, then the plain words its inclusive forms stand for, if any.

    >>> forms("Coopérateur·trice")
    ('cooperateur·trice', 'cooperateur', 'cooperatrice')
    """
    if not _MAYBE_INCLUSIVE.search(name):
        return (fold(name),)
    folded = fold(_capital_e(name))
    match = _INCLUSIVE.search(folded)
    if match is None:
        return (folded,)
    dotted = _INCLUSIVE.sub(_as_dotted, folded)
    masculine = _INCLUSIVE.sub(lambda m: _masculine(m), folded)
    feminine = _INCLUSIVE.sub(lambda m: _feminine(m), folded)
    return tuple(dict.fromkeys((dotted, masculine, feminine)))


def _capital_e(name: str) -> str:
    """Write `salariéE` and `salariéEs` with a dot."""
    return re.sub(r"(?<=[a-zà-ÿ])E(s?)\b", r"·e\1", name)


def _parts(match: re.Match[str]) -> tuple[str, str, str]:
    """Split an inclusive word into base, feminine suffix and plural mark."""
    base = match["base"]
    if match["in_brackets"]:
        return base, match["in_brackets"], match["plural"] or ""
    suffixes = re.split(r"[·./]", match["parts"])[1:]
    plural = "s" if suffixes[-1] == "s" or (len(suffixes[-1]) > 1 and suffixes[-1].endswith("s")) else ""
    feminine = suffixes[0]
    if feminine == "s":
        return base, "", "s"
    return base, feminine.removesuffix("s") if plural else feminine, plural


def _as_dotted(match: re.Match[str]) -> str:
    base, suffix, plural = _parts(match)
    return f"{base}·{suffix}{plural}" if suffix else base + plural


def _masculine(match: re.Match[str]) -> str:
    base, _, plural = _parts(match)
    return base if base.endswith(("s", "x")) else base + plural


def _feminine(match: re.Match[str]) -> str:
    base, suffix, plural = _parts(match)
    for start, tail in _TAILS:
        if suffix.startswith(start) and base.endswith(tail):
            return base.removesuffix(tail) + suffix + plural
    return base + suffix + plural
