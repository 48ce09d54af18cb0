"""Where a page names another in plain words, without a link."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from essaim.diagnostics import Diagnostic, Fix
from essaim.graph.model import Graph
from essaim.graph.spoken import Spoken, SpokenNames, places_of
from essaim.pages.page import Page
from essaim.rules import mentions as rules
from essaim.schema.model import VISIBILITIES
from essaim.source import Extent, TextEdit
from essaim.syntax.markdown.prose import ReadLines, keep_words, line_at

_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’‘ʼ]\Z", re.IGNORECASE)
_BESIDE = frozenset("\\/@#[!&<-‐‑.$=+~^{%\x02")
_AFTER = frozenset("\\/@](:{<-‐‑=+~^%\x02")
_TARGET = re.compile(r"[^\[\]\n|#\\:{}<>`*_&]+")
_MAX_BEFORE = 2000
"""Code points before a name in which an unfinished link is looked for."""


class Mention(NamedTuple):
    """Plain words of a page, by their extent in its file, that are a name of another."""

    start: int
    end: int
    target: str
    in_table: bool
    """Whether a bar beside them would begin a cell."""


def check_mentions(graph: Graph, departed: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Tell, page by page, where a link to a page that is named could be made: not to those of people who left."""
    names = SpokenNames(graph)
    for path in sorted(graph.pages):
        page = graph.pages[path]
        source = page.document.source
        for mention in find_mentions(page, graph, names):
            extent = (mention.start, mention.end)
            words = source.text[mention.start : mention.end]
            link = link_to(graph, mention.target, words, in_table=mention.in_table)
            if link and mention.target not in departed:
                fix = Fix(edits=(TextEdit(source.span(extent), link),), is_offer=True)
                title = graph.pages[mention.target].title
                yield rules.MENTION.at(source, extent, fix=fix, words=words, title=title, link=link)


def find_mentions(page: Page, graph: Graph, names: SpokenNames) -> Iterator[Mention]:
    """Yield the first mention of each page that a page names and never cites, in reading order."""
    document = page.document
    begun = names.begun(document.masked)
    if not begun:
        return
    base = document.body.start
    others = [(link.start - base, link.end - base) for link in document.links]
    others += [(heading.start - base, heading.end - base) for heading in document.headings]
    text = keep_words(document.masked, others)
    known = {edge.target for edge in graph.edges_from(page.path)} | {page.path}
    lines: ReadLines | None = None
    done = 0
    for start in sorted(place for word in begun for place in places_of(word, text)):
        said, end = names.longest(text, start) if start >= done else ([], 0)
        done = max(done, end)
        target = _target(text, Extent(start, end), said, page, graph, known) if said else ""
        if target:
            in_table = "|" in line_at(text, start)
            lines = lines or ReadLines(document.body_text)
            if in_table or lines.hold(start, end):  # the reader does not keep the cells without markup
                known.add(target)
                yield Mention(base + start, base + end, target, in_table)


def _target(text: str, extent: Extent, said: list[Spoken], page: Page, graph: Graph, known: set[str]) -> str:
    """Return the one page that words in their place mean, or nothing if the page cites it or must not."""
    words = text[extent.start : extent.end]
    paths = {name.path for name in said if name.is_said(words)}
    if not paths or paths <= known:
        return ""
    paths |= {name.path for name in graph.names.find(words)}
    if len(paths) != 1 or not _stands_alone(text, *extent):
        return ""
    target = paths.pop()
    reserve, own = graph.pages[target].type.visibility, page.type.visibility
    return "" if target in known or VISIBILITIES.index(reserve) > VISIBILITIES.index(own) else target


def link_to(graph: Graph, path: str, words: str, *, in_table: bool) -> str:
    """Return a link by name to a page that reads as the given words; nothing if no name of it will do."""
    page = graph.pages[path]
    bar = "\\|" if in_table else "|"
    names = {page.title: f"[[{words}]]"} if words == page.title else {}
    for name in (page.id.id, page.title, str(page.id)):
        names.setdefault(name, f"[[{name}{bar}{words}]]")
    fitting = (name for name in names if _TARGET.fullmatch(name) and _means(graph, name, path))
    return next((names[name] for name in fitting), "")


def _means(graph: Graph, name: str, path: str) -> bool:
    return {found.path for found in graph.names.find(name)} == {path}


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing glued to words makes them part of something else."""
    before, after = text[max(0, start - 9) : start], text[end : end + 2]
    if "](" in text[max(text.rfind("\n\n", 0, start) + 1, start - _MAX_BEFORE) : start]:
        return False  # a link that is not finished would take them in
    if before and (before[-1] in _BESIDE or (before[-1] in "'’‘ʼ" and not _ELISION.search(before))):
        return False
    return not after or not (after[0] in _AFTER or (after[0] in ".'’‘ʼ" and after[1:].isalnum()))
