"""The body of a page as Pagefind is given it: most of what it would pass over is left out before."""

import re

_OF_OTHERS = re.compile(r'<(section|footer) class="essaim-(?:relations|voisinage|histoire)"')
"""How what our templates put below a text begins. Pagefind is told to pass over the same, whoever wrote it."""


def without_others(html: str) -> str:
    """Return the HTML of a page without most of what the search passes over; an element with others in it stays."""
    kept, done = [], 0
    for opening in _OF_OTHERS.finditer(html):
        name = opening[1]
        end = html.find(f"</{name}>", opening.end())
        if opening.start() < done or end < 0 or html.find(f"<{name}", opening.end(), end) >= 0:
            continue
        kept.append(html[done : opening.start()])
        done = end + len(name) + 3
    return "".join([*kept, html[done:]])
