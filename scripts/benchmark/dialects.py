"""The same words, written the way each generator reads links."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from enum import Enum

from benchmark.naming import Leaf

_WIKILINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
_MARKDOWN_LINK = re.compile(r"\]\(([^):]+)\.md\)")


class Dialect(Enum):
    """How links are written, and what the title field is called."""

    ESSAIM = "essaim"
    """`[[name]]`, `titre:`"""
    WIKILINKS = "wikilinks"
    """`[[name|title]]`, `title:`, `tags:`: for a plugin that reads wikilinks and does not look titles up."""
    PATHS = "paths"
    """`[title](../folder/name.md)`, `title:`, `tags:`"""
    ADDRESSES = "addresses"
    """`[title](../../folder/name/)`, `title:`: resolved beforehand, nothing is left to look up."""


def written(leaves: Sequence[Leaf], dialect: Dialect) -> dict[str, str]:
    """Return the text of each page by its path, ending in `.md`."""
    by_stem = {leaf.stem: leaf for leaf in leaves if leaf.stem != "index"}
    return {f"{leaf.path}.md": _text(leaf, dialect, by_stem) for leaf in leaves}


def _text(leaf: Leaf, dialect: Dialect, by_stem: Mapping[str, Leaf]) -> str:
    def link(match: re.Match[str]) -> str:
        target = by_stem[match[1]]
        words = match[2] or target.title
        if dialect is Dialect.WIKILINKS:
            return f"[[{target.stem}|{words}]]"
        return f"[{words}]({_way(leaf.path, target.path, dialect)})"

    def address(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(leaf.path), match[1]))
        return f"]({_way(leaf.path, target, dialect)})"

    name, fields, body = "titre", leaf.fields, leaf.body
    if dialect is not Dialect.ESSAIM:
        name, body = "title", _WIKILINK.sub(link, body)
    if dialect is Dialect.ADDRESSES:
        body = _MARKDOWN_LINK.sub(address, body)
    elif dialect is not Dialect.ESSAIM:
        fields = fields.replace("mots_cles:", "tags:")
    return f'---\n{name}: "{leaf.title}"\n{fields}---\n\n{body}'


def _way(source: str, target: str, dialect: Dialect) -> str:
    """Return the way from a page to another: between files, or between the addresses of folders."""
    if dialect is Dialect.PATHS:
        return posixpath.relpath(f"{target}.md", posixpath.dirname(source) or ".")
    return posixpath.relpath(target, source.removesuffix("index") or ".") + "/"
