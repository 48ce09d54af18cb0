"""French spaces: what must not be parted at the end of a line is bound, in the text of a page and nowhere else."""

import re
from collections.abc import Iterator

_THIN, _FULL = "\u202f", "\u00a0"
_UNITS = "€|%|°C|km|kg|ko|Mo|h|min|ans?|mois|jours?|heures?|euros?"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_SPACE = re.compile(
    rf" (?:(?=([;!?])(?:[\s<)»]|$))|(?=[:»](?:[\s<).,;…]|$))|(?<=« )(?=\S|$)|(?<=\d )(?=(?:{_UNITS})(?![\w-]))"
    rf"|(?<=\d[ {_FULL}]h )(?=\d\d(?!\d))|(?:(?<=\d )|(?<=1er ))(?=(?:{_MONTHS})(?![\w-])))"
)
"""An ordinary space before a sign that stands alone, after an opening quotation mark, before a unit, in an hour, or
between a day and its month."""
_CODE = re.compile(r"<(code|pre|kbd|samp|script|style|textarea)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL)
"""What is read as it is written."""


def bind_spaces(html: str) -> str:
    """Return a fragment of HTML with the spaces of French: thin before « ; ! ? », full before « : » and in « »."""
    return "".join(_bound(html))


def _bound(html: str) -> Iterator[str]:
    codes = _CODE.finditer(html)
    code = next(codes, None)
    done = 0
    for found in _SPACE.finditer(html):
        place = found.start()
        while code is not None and code.end() <= place:
            code = next(codes, None)
        if (code is not None and code.start() < place) or html.rfind("<", 0, place) > html.rfind(">", 0, place):
            continue
        yield html[done:place]
        yield _THIN if found[1] else _FULL
        done = place + 1
    yield html[done:]
