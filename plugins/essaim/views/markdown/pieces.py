"""Pieces of other pages, converted on their own and put where they are embedded."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from essaim.views.body import BodyLink, Piece
from essaim.views.body_text import host_text
from essaim.views.markdown.rendering import Rendering
from essaim.views.markdown.stack import Stack, WikiTreeprocessor

NewMarkdown = Callable[[], Markdown]
_INLINE_PARENTS = frozenset("a h1 h2 h3 h4 h5 h6 em strong del span sup sub mark summary".split())


class Pieces(WikiTreeprocessor):
    """Puts each embedded piece in place of its link: among blocks, never inside a line of text."""

    def __init__(self, md: Markdown, stack: Stack, new_markdown: NewMarkdown) -> None:
        super().__init__(md, stack)
        self._new_markdown = new_markdown
        self._count = 0

    def treat(self, root: Element, rendering: Rendering) -> None:
        """Put the pieces of a tree in place."""
        self._count = 0  # a converter that is used again numbers those of each page anew
        if not any(link.piece for link in rendering.numbered):
            return
        for parent in list(root.iter()):
            if str(parent.tag) in _INLINE_PARENTS:
                continue
            children = [part for child in parent for part in self._split(child, rendering)]
            parent[:] = [self._placed(child, rendering) for child in children]

    def _split(self, paragraph: Element, rendering: Rendering) -> Iterator[Element]:
        """Yield a paragraph, or its lines and the pieces that stand between them."""
        if paragraph.tag != "p" or not any(_piece(child, rendering) for child in paragraph):
            yield paragraph
            return
        part = Element("p", dict(paragraph.attrib))
        part.text = paragraph.text
        for child in list(paragraph):
            if _piece(child, rendering) is None:
                part.append(child)
                continue
            if len(part) or (part.text or "").strip():
                yield part
            part = Element("p")
            part.text, child.tail = child.tail, None
            yield child
        if len(part) or (part.text or "").strip():
            yield part

    def _placed(self, element: Element, rendering: Rendering) -> Element:
        found = _piece(element, rendering)
        if found is None:
            return element
        link, piece = found
        self._count += 1
        block = Element("div", {"class": "essaim-inclus" if piece.label else "essaim-inclus essaim-inclus-entier"})
        block.tail = element.tail
        if piece.label:
            block.append(_source(piece.label, rendering.number(link)))
        content = Element("div")
        prefix = f"{rendering.prefix}inclus-{self._count}-"
        inner = Rendering.of(rendering.path, piece.links, rendering.address_of, prefix)
        inner.lowered = rendering.lowered + (not piece.label)
        with self._stack.within(inner):
            html = self._new_markdown().convert(host_text(piece))
        content.text = AtomicString(self.md.htmlStash.store(html))
        block.append(content)
        return block


def _source(label: str, address: str) -> Element:
    """Return the line that says where a piece comes from."""
    source = Element("p", {"class": "essaim-inclus-source"})
    way = Element("a", {"href": address})
    way.text = AtomicString(label)
    source.append(way)
    return source


def _piece(element: Element, rendering: Rendering) -> tuple[BodyLink, Piece] | None:
    """Return what an element embeds, if that is what it is for."""
    if element.tag != "a" or element.get("class") != "essaim-inclus":
        return None
    link = rendering.numbered_as(element.get("href"))
    return (link, link.piece) if link is not None and link.piece is not None else None
