"""The pages that may differ after an edit."""

from collections.abc import Mapping

from essaim.views.listing import LISTS, OUTLINES
from essaim.views.site import Site
from essaim.views.tracing.moves import Moves
from essaim.views.tracing.reads import Trace, read_of

_OF_ALL = (
    "schema",
    "variables",
    "audience",
    "today",
    "docs_dir",
    "models",
    "new_page",
    "lists_wanted",
    "rows",
    "departed",
)
"""What every page may stand on: when one of these changes, all are affected."""


def affected(before: Site, after: Site, traces: Mapping[str, Trace]) -> set[str]:
    """Return the pages of `after` whose inputs may not be those that they were in `before`.

    `traces` are those of the pages of `before`; a page without one is affected.
    """
    pages = after.graph.pages
    if any(_differs(getattr(before, name), getattr(after, name)) for name in _OF_ALL):
        return set(pages)
    moves = Moves(before, after)
    moved = moves.reads()
    found = {path for path in pages if path not in traces or not traces[path].isdisjoint(moved)}
    for acronym in moves.acronyms():
        found.update(path for path, page in pages.items() if acronym in page.held.source.text)
    return found


def same_of_all(before: Site, after: Site) -> frozenset[str]:
    """Return what is the same in `after` as in `before` of what is made from all pages, among LISTS and OUTLINES."""
    if any(_differs(getattr(before, name), getattr(after, name)) for name in _OF_ALL):
        return frozenset()
    moved = Moves(before, after).reads()
    return frozenset(kind for kind in (LISTS, OUTLINES) if read_of(kind, "") not in moved)


def _differs(one: object, other: object) -> bool:
    return one is not other and one != other
