"""The first time a page uses an acronym of the glossary, it is explained."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from essaim.views.markdown.rendering import Rendering
from essaim.views.markdown.stack import WikiTreeprocessor
from essaim.views.terms import ShownTerm

_LEFT_ALONE = frozenset("a abbr code h1 h2 h3 h4 h5 h6 kbd pre script style svg".split())

Place = tuple[Element, Element | None]
"""Where a text stands: at the start of an element, or after one of its children."""


class Terms(WikiTreeprocessor):
    """Makes of the first occurrence of each acronym a link to its page, with what it stands for."""

    def treat(self, root: Element, rendering: Rendering) -> None:
        """Explain the acronyms of a tree."""
        if not rendering.terms:
            return
        signs = "|".join(map(re.escape, sorted(rendering.terms, key=len, reverse=True)))
        pattern = re.compile(rf"(?<!\w)(?:{signs})(?!\w)")
        for parent, child in list(_places(root)):
            text = (parent.text if child is None else child.tail) or ""
            if pattern.search(text):
                _explain(parent, child, text, pattern, rendering)


def _places(root: Element) -> Iterator[Place]:
    """Yield every place of text in reading order, but for titles, links and code."""
    work: list[tuple[Element, Place | None]] = [(root, None)]
    while work:
        element, place = work.pop()
        if place is not None:
            yield place
        elif str(element.tag) not in _LEFT_ALONE and "arithmatex" not in element.get("class", ""):
            yield element, None
            for child in reversed(element):
                work += [(element, (element, child)), (child, None)]


def _explain(
    parent: Element, child: Element | None, text: str, pattern: re.Pattern[str], rendering: Rendering
) -> None:
    """Put links in a text that stands at a place."""
    position = 0 if child is None else list(parent).index(child) + 1
    ways, done, before = [], 0, child
    for match in pattern.finditer(text):
        term = rendering.terms.pop(match[0], None)
        if term is None:
            continue
        _set(parent, before, text[done : match.start()])
        before = _way(term, rendering)
        ways.append(before)
        done = match.end()
    if ways:
        _set(parent, before, text[done:])
        parent[position:position] = ways


def _set(parent: Element, child: Element | None, text: str) -> None:
    if child is None:
        parent.text = text
    else:
        child.tail = text


def _way(term: ShownTerm, rendering: Rendering) -> Element:
    way = Element("a", {"class": "essaim-terme", "href": rendering.number_page(term.path)})
    short = Element("abbr", {"title": term.expansion})
    short.text = term.acronym
    way.append(short)
    return way
