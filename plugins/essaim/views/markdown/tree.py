"""What is done to the tree of a page: its links resolved, its headings given the anchors that others link to."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from essaim.syntax.markdown import LinkKind
from essaim.syntax.markdown.links import plain_target
from essaim.views.addresses import fragment
from essaim.views.body import BodyLink
from essaim.views.markdown.rendering import SCHEME, Rendering, key_of
from essaim.views.markdown.stack import WikiTreeprocessor

_ADDRESSES = {"a": "href", "img": "src", "audio": "src", "video": "src"}
_HEADING = re.compile("h[1-6]")
_ESCAPE = re.compile(r"\x02(\d+)\x03")


class MarkdownLinks(WikiTreeprocessor):
    """Numbers the Markdown links and images that the engine has resolved; gives headings their anchors."""

    def treat(self, root: Element, rendering: Rendering) -> None:
        """Number the links of a tree."""
        for element in root.iter():
            name = _ADDRESSES.get(str(element.tag))
            address = element.get(name) if name else None
            if name and address is not None and not address.startswith(SCHEME):
                link = _find(rendering, address)
                if link is not None:
                    element.set(name, rendering.number(link))
        headings = [element for element in root.iter() if _HEADING.fullmatch(str(element.tag))]
        if len(headings) == len(rendering.anchors):
            for heading, anchor in zip(headings, rendering.anchors, strict=True):
                heading.set("id", anchor)


def _find(rendering: Rendering, address: str) -> BodyLink | None:
    written = plain_target(_ESCAPE.sub(lambda match: chr(int(match[1])), address))
    target, _, section = written.partition("#")
    return rendering.links.get(key_of(LinkKind.MARKDOWN, target.strip(), section.strip()))


class Addresses(WikiTreeprocessor):
    """Gives each numbered link its address, or takes the link away where there is none to follow."""

    def treat(self, root: Element, rendering: Rendering) -> None:
        """Finish the links of a tree; those of a piece take their ids with them."""
        for element, name, link in _numbered(root, rendering):
            _finish(element, name, link, rendering)
        if rendering.prefix:
            _set_apart(root, rendering.prefix, rendering.lowered)


def _numbered(root: Element, rendering: Rendering) -> Iterator[tuple[Element, str, BodyLink]]:
    for element in root.iter():
        name = _ADDRESSES.get(str(element.tag))
        link = rendering.numbered_as(element.get(name)) if name else None
        if name and link is not None:
            yield element, name, link


def _finish(element: Element, name: str, link: BodyLink, rendering: Rendering) -> None:
    if link.path == rendering.path and link.anchor:
        element.set(name, fragment(link.anchor))
        return
    address = link.path if link.status == "neighbour" else rendering.address_of(link.path) if link.path else ""
    if not (address or link.address):
        _unlink(element, link)
        return
    element.set(name, link.address or address + fragment(link.anchor))
    if link.status == "neighbour":
        element.set("class", "essaim-ailleurs")
    elif link.status == "missing":
        element.attrib |= {"class": "essaim-manquant", "title": "Page à écrire"}


def _unlink(element: Element, link: BodyLink) -> None:
    """Leave only the words of a link."""
    if not element.text and element.get("alt"):
        element.text = element.get("alt")
    element.tag = "span"
    element.attrib.clear()
    if link.status == "missing":
        element.attrib |= {"class": "essaim-manquant", "title": "Page à écrire"}
    elif link.status == "lost":
        element.attrib |= {"class": "essaim-introuvable", "title": "Rien à cet endroit"}
    elif link.status == "ambiguous":
        element.attrib |= {"class": "essaim-ambigu", "title": "Plusieurs pages portent ce nom"}


def _set_apart(root: Element, prefix: str, lowered: int) -> None:
    """Make a piece fit into a page: ids with a prefix, no ways to its own headings, no title of its own."""
    if len(root) and root[0].tag == "h1" and not (root.text or "").strip():
        root.remove(root[0])
    ids = {element.get("id") for element in root.iter()} - {None}
    for parent in root.iter():
        for child in list(parent):
            if "headerlink" in child.get("class", "").split():
                parent.remove(child)
    for element in root.iter():
        if _HEADING.fullmatch(str(element.tag)):
            element.tag = f"h{min(6, max(2, int(element.tag[1])) + lowered)}"
        for name in ("id", "for", "name"):
            if element.get(name):
                element.set(name, prefix + element.get(name, ""))
        address = element.get("href", "")
        if address.startswith("#") and address[1:] in ids:
            element.set("href", f"#{prefix}{address[1:]}")
