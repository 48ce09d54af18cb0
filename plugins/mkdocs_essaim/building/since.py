"""What happened to a wiki since the last build of its site: which pages are to be looked at again."""

from collections.abc import Set
from dataclasses import replace
from typing import NamedTuple

from essaim.pages.history import History, PageHistory
from essaim.views.listing import LISTS
from essaim.views.tracing import affected, same_of_all
from essaim.workspace.kept import state_of
from mkdocs_essaim.building.memory import Memory
from mkdocs_essaim.content.plugin import ContentPlugin


def past_of(history: History) -> dict[str, str]:
    """Return what tells the past of each page from another."""
    return {path: _mark(past) for path, past in history.pages.items()}


class Same(NamedTuple):
    """What cannot be otherwise than in the last build: pages, by source URI, and what is made from all of them."""

    pages: Set[str]
    of_all: Set[str]


_NOTHING = Same(frozenset(), frozenset())


def unaffected(content: ContentPlugin, memory: Memory, environment: str) -> Same:
    """Return what cannot show anything else than in the last build."""
    analysis = content.before
    if analysis is None or memory.environment != environment or memory.state != state_of(analysis):
        return _NOTHING
    history = content.site.history
    if (memory.past.keys() & content.site.graph.pages.keys()) - history.pages.keys():
        return _NOTHING  # a past is gone, and nothing tells who showed it: git left, or it was written anew
    same = {path: past for path, past in history.pages.items() if memory.past.get(path) == _mark(past)}
    before = content.site_before(replace(history, pages=same), memory.left_out)
    paths = {uri: content.path_of(uri) for uri in memory.entries}
    traces = {path: memory.entries[uri].trace for uri, path in paths.items() if path}
    touched, of_all = affected(before, content.site, traces), same_of_all(before, content.site)
    pages = {uri for uri, path in paths.items() if path and path not in touched}
    if LISTS in of_all:  # an index for which somebody wrote a text is told by its trace
        pages |= {uri for uri in map(content.uri_of, content.site.indexes) if paths.get(uri) == ""}
    lists = {uri for uri, one in content.lists.items() if not one.is_of_faces or LISTS not in of_all}
    pages |= {uri for uri in content.lists.keys() - lists if paths.get(uri) == ""}
    return Same(pages - lists, of_all)


def _mark(past: PageHistory) -> str:
    return "\0".join((past.last.commit, str(past.changes), str(past.is_cut), past.last.author, *past.authors))
