"""Links of a body: wikilinks and Markdown links, with the place of each part that an edit may touch."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

_WIKI = re.compile(r"\[\[(?P<target>[^\[\]\n|#\\]*)(?P<section>#[^\[\]\n|\\]*)?(?:\\?\|(?P<text>[^\[\]\n]*))?\]\]")
_TEXT = r"\[(?P<text>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
_DESTINATION = (
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:[^()\\\n]|\\.|\([^()\n]*\))*?))"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_INLINE = re.compile(rf"(?<!\\)(?P<image>!)?{_TEXT}{_DESTINATION}")
_IMAGE = re.compile(rf"(?<!\\)(?P<image>!){_TEXT}{_DESTINATION}")
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\[\]^][^\[\]]*)\]:[ ]*\n?[ ]*(?:<(?P<angle>[^<>\n]+)>|(?P<plain>[^\s<>]+))"
    r"[ ]*(?:\n?[ ]*(?:\"[^\"\n]*\"|'[^'\n]*'|\([^)\n]*\)))?[ ]*\r?$",
    re.MULTILINE,
)
_USE = re.compile(rf"(?<!\\)(?P<image>!)?{_TEXT}(?:[ \n]?\[(?P<label>[^\[\]]*)\])?(?![\[(:])")
_VARIABLE = re.compile(r"\{\{[ \t]*(?P<name>[\w-]+(?:\.[\w-]+)+)[ \t]*\}\}")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")


class LinkKind(StrEnum):
    """How a link is written."""

    WIKI = "wiki"
    EMBED = "embed"
    MARKDOWN = "markdown"
    IMAGE = "image"


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
    links = [*_wikilinks(masked, base)] if "[[" in masked else []
    if links:
        masked = _WIKI.sub(lambda match: " " * len(match[0]), masked)
    if "](" in masked:
        links += _inline_links(body, masked, base)
    if "]:" in masked:
        links += _reference_links(body, masked, base)
    return tuple(sorted(links, key=lambda link: link.start))


def find_variables(masked: str, base: int) -> tuple[Variable, ...]:
    """Find the variables of a body outside what is masked."""
    if "{{" not in masked:
        return ()
    return tuple(Variable(m["name"], base + m.start(), base + m.end()) for m in _VARIABLE.finditer(masked))


def _wikilinks(masked: str, base: int) -> Iterator[Link]:
    for match in _WIKI.finditer(masked):
        before = masked[max(0, match.start() - 2) : match.start()]
        embed = before.endswith("!") and before != "\\!"
        if before.endswith("\\"):
            continue
        section = (match["section"] or "")[1:].strip()
        target = match["target"].strip()
        if not target and not section:
            continue
        start, end = match.start("target"), match.end("section" if match["section"] else "target")
        kind = LinkKind.EMBED if embed else LinkKind.WIKI
        text = (match["text"] or "").strip()
        yield Link(
            kind,
            target,
            section,
            text,
            base + match.start() - embed,
            base + match.end(),
            base + start,
            base + end,
        )


def _inline_links(body: str, masked: str, base: int) -> Iterator[Link]:
    for match in _INLINE.finditer(masked):
        if _PARAGRAPH_END.search(match[0]):
            continue
        yield _link(match, body, base)
        if not match["image"] and "![" in match["text"]:
            for inner in _IMAGE.finditer(masked, match.start("text"), match.end("text")):
                yield _link(inner, body, base)


def _link(match: re.Match[str], body: str, base: int) -> Link:
    group = "angle" if match["angle"] is not None else "plain"
    target, _, section = match[group].partition("#")
    kind = LinkKind.IMAGE if match["image"] else LinkKind.MARKDOWN
    text = body[match.start("text") : match.end("text")]
    places = (match.start(), match.end(), match.start(group), match.end(group))
    return Link(kind, target.strip(), section.strip(), text, *(base + place for place in places))


def _reference_links(body: str, masked: str, base: int) -> Iterator[Link]:
    """Find `[text][label]`, `[label][]` and `[label]` whose label is defined; the target is in the definition."""
    definitions: dict[str, re.Match[str]] = {}
    for match in _DEFINITION.finditer(masked):
        definitions.setdefault(_label(match["label"]), match)
    if not definitions:
        return
    rest = _DEFINITION.sub(lambda match: " " * len(match[0]), masked)
    rest = _INLINE.sub(lambda match: " " * len(match[0]), rest)
    for use in _USE.finditer(rest):
        definition = definitions.get(_label(use["label"] or use["text"]))
        if definition is None or _PARAGRAPH_END.search(use[0]):
            continue
        group = "angle" if definition["angle"] is not None else "plain"
        target, _, section = definition[group].partition("#")
        kind = LinkKind.IMAGE if use["image"] else LinkKind.MARKDOWN
        text = body[use.start("text") : use.end("text")]
        places = (use.start(), use.end(), definition.start(group), definition.end(group))
        yield Link(kind, target, section, text, *(base + place for place in places))


def _label(label: str) -> str:
    return " ".join(label.lower().split())
