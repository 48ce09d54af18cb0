"""A page whose names lead to what stays behind: its fields lose them, its links become their words."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from essaim.diagnostics import Diagnostic
from essaim.graph.addresses import path_part, write_path
from essaim.graph.model import LinkTarget
from essaim.pages.page import Page
from essaim.source import SourceFile, TextEdit
from essaim.syntax.markdown import Link, LinkKind
from essaim.workspace.analysis import Analysis
from essaim.workspace.rewriting import made
from essaim.workspace.swarm.names import unnamed
from essaim.workspace.swarm.pruning import prune_edits

_BARE_ITEM = re.compile(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?:\[[ x]\][ \t]*)?")
"""What is left of a line, or of an item, that held nothing else."""
_BOX = re.compile(r"(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t][^\n]*\n\n?\Z")
"""The line that begins a box, just above its text."""


@dataclass(frozen=True, kw_only=True)
class Mender:
    """Mends pages; `before` is the wiki they come from, `hidden` the pages there that are not to be named."""

    before: Analysis
    hidden: Collection[str]

    def mend(self, after: Analysis, path: str) -> SourceFile:
        """Return a page once its names that no longer mean in the wiki `after` what they meant before are undone."""
        page, old, new = after.graph.pages[path], self.before.graph.out[path], after.graph.out[path]
        strayed = [start for start, target in old.references.items() if new.references.get(start) != target]
        edits = [*_prune(page, strayed)]
        led = {edge.start: edge.target for edge in new.edges if edge.field is None}
        for edge in old.edges:
            link = next((one for one in page.property_links if one.start == edge.start), None)
            if link is not None and edge.field is None and led.get(edge.start) != edge.target:
                edits.append(_edit(page, link.start, link.end, _in_yaml(self._words(link, page))))
        for was, is_now in zip(old.links, new.links, strict=True):
            edits += self._link_edits(after, page, was, is_now)
        return made(page.document.source, edits)

    def repair(self, after: Analysis, path: str, mistakes: Collection[Diagnostic]) -> SourceFile | None:
        """Return a page without what the mistakes are about: a name, a link, a query; None when it is the page."""
        page = after.graph.pages[path]
        document = page.document
        starts = {reference.start for reference in page.references}
        links = (*page.property_links, *document.links)
        edits: list[TextEdit] = []
        doomed: list[int] = []
        for mistake in mistakes:
            offset = document.source.offset(mistake.span.start)
            link = next((one for one in links if one.start <= offset < one.end), None)
            asked = next((a.block for a in document.queries if a.block.start <= offset < a.block.end), None)
            if offset in starts:
                doomed.append(offset)
            elif asked is not None:
                edits.append(_without(page, asked.start, asked.end))
            elif link is not None:
                edits += self._undone(page, link)
            else:
                return None
        return made(document.source, [*edits, *_prune(page, doomed)])

    def _link_edits(self, after: Analysis, page: Page, was: LinkTarget, is_now: LinkTarget) -> Iterator[TextEdit]:
        if was.status in ("external", "missing", "ambiguous") or was.path == is_now.path:
            return
        link = is_now.link
        if was.status == "page" and not link.kind.is_wikilink:
            written = path_part(page.document.source.text[link.target_start : link.target_end]).rstrip()
            here = dirname(page.path)
            if was.path in after.graph.pages and normpath(join(here, unquote(link.target))) in self.before.redirects:
                end = link.target_start + len(written)  # an old path, of a page that goes along
                yield _edit(page, link.target_start, end, write_path(written, was.path, here))
                return
        yield from self._undone(page, link, was.title)

    def _undone(self, page: Page, link: Link, title: str = "") -> Iterator[TextEdit]:
        """Put its words in place of a link, and nothing in place of what showed something."""
        if not link.start <= link.target_start < link.end:  # `[words][label]`: the target stands further on
            yield _without_line(page, link.target_start)
        if link.kind in (LinkKind.EMBED, LinkKind.IMAGE):
            yield _without(page, link.start, link.end)
            return
        words = (title if link.kind is LinkKind.WIKI and not link.text else "") or self._words(link, page)
        if link.start < page.document.body.start:
            words = _in_yaml(words)
        yield _edit(page, link.start, link.end, words)

    def _words(self, link: Link, page: Page) -> str:
        """Return what a reader reads of a link; a name alone gives the title, unless that must not be told."""
        if link.kind is LinkKind.MARKDOWN:
            source = page.document.source.text
            close = source.rfind("](", link.start, link.target_start) if link.target_start < link.end else -1
            return source[link.start + 1 : close] if close > link.start else link.text
        if link.text:
            return link.text
        found = self.before.graph.names.find(link.target)
        if not found:
            return link.target.rpartition(":")[2]
        target = self.before.graph.pages[found[0].path]
        return unnamed(target) if target.path in self.hidden else target.title


def _prune(page: Page, doomed: Collection[int]) -> Iterator[TextEdit]:
    if doomed and page.document.fields is not None:
        yield from prune_edits(page.document.source, page.document.fields, page.type.fields, doomed)


def _in_yaml(words: str) -> str:
    """Return words that can stand between quotes of either kind."""
    return words.replace('"', "”").replace("'", "’")


def _without(page: Page, start: int, end: int) -> TextEdit:
    """Take out an extent, and its lines when nothing else is on them."""
    text = page.document.source.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last + 1
    if _BARE_ITEM.fullmatch(text[first:start]) and not text[end:last].strip():
        first = _box_start(text, first, last)
        is_between = not text[:first].rstrip("\n") or text[:first].endswith("\n\n")
        gap = 1 if is_between and text.startswith("\n", last) else 0
        return _edit(page, first, last + gap, "")
    return _edit(page, start, end, "")


def _without_line(page: Page, offset: int) -> TextEdit:
    """Take out the whole line of an offset."""
    text = page.document.source.text
    start = text.rfind("\n", 0, offset) + 1
    return _without(page, start, text.find("\n", offset) if "\n" in text[offset:] else len(text))


def _box_start(text: str, first: int, last: int) -> int:
    """Return where the box begins whose only text the given lines are; else where they do."""
    above = text.rfind("\n", 0, max(first - 2, 0)) + 1
    box = _BOX.match(text, above, first)
    if box is None:
        return first
    inside = box["indent"] + "    "
    rest = text[last:].lstrip("\n")
    return first if rest.startswith(inside) or not text.startswith(inside, first) else above


def _edit(page: Page, start: int, end: int, text: str) -> TextEdit:
    return TextEdit(page.document.source.span((start, end)), text)
