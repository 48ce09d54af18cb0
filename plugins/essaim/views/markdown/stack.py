"""Which text is being converted: a page, or within it a piece of another."""

from collections.abc import Iterator
from contextlib import contextmanager

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
