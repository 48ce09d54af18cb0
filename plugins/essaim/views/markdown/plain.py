"""Texts without any sign of Markdown, which are kept from being searched for each of its signs: most are such."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_SIGN = re.compile("[\\\\`*_\\[<&$\x02]|  \n")
"""One of these is in all that the patterns of the renderer, and those of some modules, can match."""
_SIGNED = ("essaim.views.markdown.inline", "markdown.extensions.footnotes", "pymdownx.arithmatex")


class PlainTexts:
    """The plain texts of one tree: `hide` them before the inline patterns, `show` them right after."""

    def __init__(self) -> None:
        self._hidden: list[tuple[Element, AtomicString, str]] = []

    def hide(self, root: Element, md: Markdown) -> None:
        """Have no pattern tried on texts without any sign, unless there is a pattern whose signs are not known."""
        self._hidden = []
        if not all(type(one).__module__ in _SIGNED or _named(one) in _usual_patterns() for one in md.inlinePatterns):
            return
        for element in root.iter():
            text = element.text
            if type(text) is str and not _SIGN.search(text):
                hidden = AtomicString(text)
                element.text = hidden
                self._hidden.append((element, hidden, text))

    def show(self) -> None:
        """Make them what they were: what comes next treats them as any text. What is another by now stays."""
        for element, hidden, text in self._hidden:
            if element.text is hidden:
                element.text = text
        self._hidden = []


class Hide(Treeprocessor):
    """Hides the plain texts of a tree."""

    def __init__(self, md: Markdown, texts: PlainTexts) -> None:
        super().__init__(md)
        self._texts = texts

    def run(self, root: Element) -> None:
        """Hide them."""
        self._texts.hide(root, self.md)


class Show(Treeprocessor):
    """Shows them again."""

    def __init__(self, md: Markdown, texts: PlainTexts) -> None:
        super().__init__(md)
        self._texts = texts

    def run(self, root: Element) -> None:
        """Show them."""
        self._texts.show()


@lru_cache(maxsize=1)
def _usual_patterns() -> frozenset[tuple[type, str]]:
    """Return the patterns of a renderer without extensions."""
    return frozenset(map(_named, Markdown().inlinePatterns))


def _named(pattern: object) -> tuple[type, str]:
    return type(pattern), getattr(pattern, "pattern", "")
