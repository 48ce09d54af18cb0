"""What an open type (`extra: allow`) reads in the fields that it does not declare: other names and links."""

import re
from collections.abc import Iterator

from essaim.schema.model import PageType
from essaim.source import SourceFile
from essaim.syntax.markdown import Link, LinkKind
from essaim.syntax.markdown.inline import WIKI_TARGET, WIKI_TEXT
from essaim.syntax.nodes import Mapping, Node, Scalar, Sequence

ALIASES = ("alias", "aliases")
"""The fields that hold the other names of a note, whatever tool wrote it."""
_WIKILINK = re.compile(rf"{WIKI_TARGET}(?:\|{WIKI_TEXT})?\]\]")

Alias = tuple[str, int, int]
"""Another name of a page, and its place."""


def other_names(fields: Mapping, page_type: PageType, source: SourceFile) -> Iterator[Alias]:
    """Yield the other names of a page, under `alias` as under `aliases`: the items of a list, or what the commas of
    a text part.
    """
    for key, node in fields.entries:
        if key.text not in (page_type.alias_field, *ALIASES):
            continue
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Scalar) and item.text.strip() and not item.is_empty:
                yield from _split(item, source) if item is node else [(item.text.strip(), item.start, item.end)]


def _split(node: Scalar, source: SourceFile) -> Iterator[Alias]:
    """Yield the names between the commas of a text, each with its place if the text is plain."""
    written = source.text[node.start : node.end]
    if node.style or "," not in written:
        yield from ((name.strip(), node.start, node.end) for name in node.text.split(",") if name.strip())
        return
    for part in re.finditer(r"[^,\s][^,]*", written):
        start = node.start + part.start()
        yield part[0].rstrip(), start, start + len(part[0].rstrip())


def property_links(fields: Mapping, page_type: PageType, source: SourceFile) -> tuple[Link, ...]:
    """Return the wikilinks in the fields that an open type does not declare."""
    return tuple(
        link
        for key, node in fields.entries
        if key.text not in page_type.fields and key.text not in ALIASES
        for link in _links(node, source)
    )


def _links(node: Node, source: SourceFile) -> Iterator[Link]:
    written = source.text[node.start : node.end]
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _links(entry.value, source)
    elif isinstance(node, Sequence) and not _WIKILINK.match(written):
        for item in node.items:
            yield from _links(item, source)
    else:  # `up: [[Note]]` without quotes is a list in a list to YAML
        for match in _WIKILINK.finditer(written):
            if match["target"].strip():
                yield _link(match, node.start)


def _link(match: re.Match[str], base: int) -> Link:
    return Link(
        LinkKind.EMBED if match[0].startswith("!") else LinkKind.WIKI,
        match["target"].strip(),
        (match["section"] or "")[1:].strip(),
        (match["text"] or "").strip(),
        base + match.start(),
        base + match.end(),
        base + match.start("target"),
        base + match.end("section" if match["section"] else "target"),
    )
