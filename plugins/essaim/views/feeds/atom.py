"""A feed as Atom (RFC 4287)."""

import re
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from essaim.views.feeds.model import Author, Entry, Feed
from essaim.views.listing import Artifact

TYPE = "application/atom+xml"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, escaped or not."""


def atom(feed: Feed) -> Artifact:
    """Write a feed as Atom."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "fr"})
    address = f"{feed.base}{quote(feed.atom_path)}"
    _add(root, "id", address)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated.isoformat())
    _add(root, "link", rel="self", type=TYPE, href=address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    _add_author(root, Author(feed.author))
    for entry in feed.entries:
        _fill(_add(root, "entry"), entry)
    return Artifact(path=feed.atom_path, text=f"{_DECLARATION}\n{tostring(root, encoding='unicode')}\n")


def _fill(element: Element, entry: Entry) -> None:
    _add(element, "id", entry.id)
    if entry.address:
        _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    _add(element, "title", entry.title)
    _add(element, "updated", entry.updated.isoformat())
    if entry.published is not None:
        _add(element, "published", entry.published.isoformat())
    for author in entry.authors:
        _add_author(element, author)
    if entry.kind:
        _add(element, "category", term=entry.kind)
    if entry.summary:
        _add(element, "summary", entry.summary, type="text")
    if entry.content:
        _add(element, "content", entry.content, type="text")


def _add_author(parent: Element, author: Author) -> None:
    element = _add(parent, "author")
    _add(element, "name", author.name)
    if author.address:
        _add(element, "uri", author.address)


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    element = SubElement(parent, tag, {name: _possible(value) for name, value in attributes.items()})
    element.text = None if text is None else _possible(text)
    return element


def _possible(text: str) -> str:
    return _IMPOSSIBLE.sub("\ufffd", text)
