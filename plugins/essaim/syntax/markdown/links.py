"""Links of a body: wikilinks and Markdown links, with the place of each part that an edit may touch."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from essaim.syntax.markdown.block import FILL
from essaim.syntax.markdown.body import Body, read_body
from essaim.syntax.markdown.reading import Leaf
from essaim.syntax.markdown.spans import ESCAPABLE, unescape_entities
from essaim.syntax.markdown.ways import LinkKind

_VARIABLE = re.compile(r"\{\{[ \t]*(?P<name>[\w-]+(?:\.[\w-]+)+)[ \t]*\}\}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Link(NamedTuple):
    """A link as it is written.

    `target` is the name or path before `#`, `section` what follows it; `start`..`end` is the whole link, and
    `target_start`..`target_end` its target with its section, where an edit would write another.
    """

    kind: LinkKind
    target: str
    section: str
    text: str
    start: int
    end: int
    target_start: int
    target_end: int


class Variable(NamedTuple):
    """A `{{ name }}` and its place."""

    name: str
    start: int
    end: int


def find_links(body: str, masked: str, base: int) -> tuple[Link, ...]:
    """Find the links of a body outside what is masked; offsets are counted from `base`."""
    if "[" not in masked:
        return ()
    read = read_body(body)
    links = [link for leaf in read.leaves if "[" in leaf.block.text for link in _links(read, leaf, base)]
    return tuple(sorted(links, key=lambda link: link.start))


def find_variables(masked: str, base: int) -> tuple[Variable, ...]:
    """Find the variables of a body outside what is masked."""
    if "{{" not in masked:
        return ()
    return tuple(Variable(m["name"], base + m.start(), base + m.end()) for m in _VARIABLE.finditer(masked))


def _links(read: Body, leaf: Leaf, base: int) -> Iterator[Link]:
    for found in read.inline(leaf).links:
        block, start, end = leaf.block, found.target_start, found.target_end
        if found.label is not None:
            block, start, end = read.definitions[found.label], 0, len(read.definitions[found.label].text)
        target = block.text[start:end].strip()
        start = block.text.index(target, start)
        name, _, section = plain_target(target.replace(FILL, "")).partition("#")
        text = leaf.block.text[found.text_start : found.text_end].replace(FILL, "")
        link_start, link_end = read.extent(leaf.block, found.start, found.end)
        target_start, target_end = read.extent(block, start, start + len(target))
        yield Link(
            found.kind,
            name.strip(),
            section.strip(),
            text if found.kind in (LinkKind.MARKDOWN, LinkKind.IMAGE) else text.strip(),
            base + link_start,
            base + link_end,
            base + target_start,
            base + target_end,
        )


def plain_target(target: str) -> str:
    """Return a target as a browser is to read it, without escapes and entities."""
    if "\\" in target:
        target = _ESCAPED.sub(lambda match: match[1] if match[1] in ESCAPABLE else match[0], target)
    return unescape_entities(target)
