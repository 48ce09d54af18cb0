"""Which text is being converted: a page, or within it a piece of another."""

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from essaim.views.markdown.rendering import Rendering


class Stack:
    """The conversions under way, outermost first."""

    def __init__(self) -> None:
        self._renderings: list[Rendering] = []

    @property
    def current(self) -> Rendering | None:
        """The conversion under way, None when the text is not of the wiki."""
        return self._renderings[-1] if self._renderings else None

    def begin(self, rendering: Rendering | None) -> None:
        """Begin another page."""
        self._renderings = [rendering] if rendering is not None else []

    @contextmanager
    def within(self, rendering: Rendering) -> Iterator[None]:
        """Convert a piece of another page."""
        self._renderings.append(rendering)
        try:
            yield
        finally:
            self._renderings.pop()


class WikiTreeprocessor(Treeprocessor):
    """Treats the tree of a text of the wiki; that of any other text stays as it is."""

    def __init__(self, md: Markdown, stack: Stack) -> None:
        super().__init__(md)
        self._stack = stack

    def run(self, root: Element) -> None:
        """Treat a tree."""
        if self._stack.current is not None:
            self.treat(root, self._stack.current)

    def treat(self, root: Element, rendering: Rendering) -> None:
        """Treat the tree of a text under conversion."""
        raise NotImplementedError
