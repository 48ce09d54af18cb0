"""A change of several files, made in memory first: what it changes, and whether it breaks anything."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from essaim.diagnostics import Diagnostic, Severity
from essaim.graph.model import LinkTarget, PageLinks
from essaim.graph.naming import Doubt, Naming
from essaim.pages.page import Page
from essaim.rules import links as rules
from essaim.source import Position, SourceFile
from essaim.workspace.analysis import Analysis

_TOLD_ONCE = (rules.CYCLE.code, rules.EMBEDDING_RING.code)
"""What several pages make together: told on the first of them in the order of paths, which a new path may change."""


class Refused(Exception):  # noqa: N818
    """A plan cannot be made: a French sentence says why, and `places` where."""

    def __init__(self, sentence: str, places: tuple["Place", ...] = ()) -> None:
        super().__init__(sentence)
        self.places = places


class Place(NamedTuple):
    """A place of a file, and a French sentence about it."""

    path: str
    position: Position
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.position.line}:{self.position.column} {self.text}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Files to write in place of others, in order, and at last one to take away.

    `before` holds what the files are known to be, `after` what they are to be. `new` is the path of the page that
    takes the place of `old`, '' when none does. `links` counts the names written anew, in as many `pages`; `left` are
    the places that may name the page and were not touched. `alias` is the old id if it is a name of the page still.
    """

    old: str
    new: str
    before: Mapping[str, SourceFile]
    after: Mapping[str, SourceFile]
    links: int = 0
    pages: int = 0
    left: tuple[Place, ...] = ()
    alias: str = ""

    @property
    def is_move(self) -> bool:
        """Whether the page goes to a path where nothing is."""
        return self.new in self.after and self.new not in self.before


def rewritten(source: SourceFile, text: str, path: str | None = None) -> SourceFile:
    """Return a source with another text, and maybe another path; its byte-order mark stays."""
    mark = "\ufeff" if source.has_bom else ""
    return SourceFile.from_bytes(path or source.path, (mark + text).encode("utf-8", "surrogatepass"))


def doubtful(analysis: Analysis, found: list[Naming | Doubt], names: tuple[str, ...]) -> tuple[Place, ...]:
    """Return the places that name a page, or may, and are not for a machine to change.

    Names that several pages bear, files that are not UTF-8, pages that cannot be read and hold a name of the page.
    """
    told = []
    words = re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in names)})(?![\w-])")
    for named in found:
        source = analysis.sources[named.source]
        if isinstance(named, Doubt):
            told.append(
                Place(source.path, source.position(named.start), f"« {named.text} » peut désigner plusieurs pages.")
            )
        elif source.undecodable_at is not None:
            told.append(Place(source.path, source.position(named.start), "Ce fichier n'est pas en UTF-8."))
    for path, page in analysis.graph.pages.items():
        source = page.document.source
        match = words.search(source.text) if page.unreadable else None
        if match:
            told.append(Place(path, source.position(match.start()), "L'en-tête de cette fiche ne se lit pas."))
    return tuple(sorted(set(told)))


def verify(before: Analysis, after: Analysis, moved: Mapping[str, str], gone: str = "") -> None:
    """Raise Refused unless every name still means the same page, and nothing new is wrong.

    `moved` maps paths to those that take their place; `gone` is a page whose own links no longer count.
    """
    places = [
        *(place for path in before.graph.out if path != gone for place in _strayed(before, after, moved, path)),
        *_new_mistakes(before, after, moved, gone),
    ]
    if places:
        raise Refused("ce changement abîmerait d'autres fiches :", tuple(sorted(set(places))))


def _strayed(before: Analysis, after: Analysis, moved: Mapping[str, str], path: str) -> Iterator[Place]:
    """Yield the names of a page that do not mean any more what they meant."""
    here = moved.get(path, path)
    old, new = before.graph.out[path], after.graph.out.get(here)
    if new is old:
        return
    source = before.graph.pages[path].document.source
    if new is None or len(new.links) != len(old.links):
        yield Place(path, Position(1, 1), "Les liens de cette fiche ne seraient plus lus.")
        return
    targets = _named(before.graph.pages[path], old), _named(after.graph.pages[here], new)
    for (start, was), (_, is_now) in zip(*targets, strict=False):
        if was and moved.get(was, was) != is_now:
            yield Place(path, source.position(start), f"Ce lien ne mènerait plus à « {moved.get(was, was)} ».")


def _named(page: Page, links: PageLinks) -> list[tuple[int, str]]:
    """Return what each name of a page leads to, in reading order, with where it stands; '' for what leads nowhere."""
    references = [(reference.start, links.references.get(reference.start, "")) for reference in page.references]
    return [*references, *((target.link.target_start, _led_to(target)) for target in links.links)]


def _led_to(target: LinkTarget) -> str:
    return target.path if target.status in ("page", "file", "index") else ""


def _new_mistakes(before: Analysis, after: Analysis, moved: Mapping[str, str], gone: str) -> Iterator[Place]:
    known = Counter(_kind(d, moved) for d in before.diagnostics if d.path != gone)
    for diagnostic in after.diagnostics:
        if diagnostic.severity is Severity.INFO:
            continue
        kind = _kind(diagnostic, {})
        known[kind] -= 1
        if known[kind] < 0:
            yield Place(diagnostic.path, diagnostic.span.start, f"{diagnostic.message} ({diagnostic.code})")


def _kind(diagnostic: Diagnostic, moved: Mapping[str, str]) -> tuple[str, str]:
    """Return what makes two mistakes the same: the code and the page, but for what pages make together."""
    is_shared = diagnostic.code in _TOLD_ONCE
    return diagnostic.code, "" if is_shared else moved.get(diagnostic.path, diagnostic.path)
