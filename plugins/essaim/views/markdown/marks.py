"""Marks in the text that a reader does not see: fences, `^id` that names a block, `%% … %%` that hides a remark."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from essaim.syntax.markdown.comments import cut, find_comments
from essaim.syntax.markdown.loose_fences import even_fences
from essaim.syntax.markdown.marks import MARK
from essaim.views.markdown.rendering import Rendering
from essaim.views.markdown.stack import Stack, WikiTreeprocessor

_MARKED = frozenset("p li h1 h2 h3 h4 h5 h6 dd".split())


class Fences(Preprocessor):
    """Evens the fences of a text before the renderer reads them."""

    def __init__(self, md: Markdown, stack: Stack) -> None:
        super().__init__(md)
        self._stack = stack

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with fences as the renderer wants them."""
        return lines if self._stack.current is None else even_fences("\n".join(lines)).split("\n")


class Comments(Preprocessor):
    """Cuts the remarks out of a text."""

    def __init__(self, md: Markdown, stack: Stack) -> None:
        super().__init__(md)
        self._stack = stack

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines without their remarks."""
        text = "\n".join(lines)
        if self._stack.current is None or "%%" not in text:
            return lines
        return cut(text, find_comments(text)).split("\n")


class BlockMarks(WikiTreeprocessor):
    """Turns the mark at the end of a block into its id; a mark on its own names the block before it."""

    def treat(self, root: Element, rendering: Rendering) -> None:
        """Name the blocks of a tree."""
        taken: set[str] = set()
        for parent in list(root.iter()):
            before: Element | None = None
            for child in list(parent):
                text = child.text or ""
                match = MARK.search(text) if "^" in text and str(child.tag) in _MARKED else None
                if match is None or match["id"] in taken:
                    before = child
                    continue
                taken.add(match["id"])
                child.text = text[: match.start()]
                if child.tag == "p" and not child.text.strip() and not len(child) and before is not None:
                    parent.remove(child)
                    before.set("id", f"^{match['id']}")
                    continue
                child.set("id", f"^{match['id']}")
                before = child
