"""What happened to a wiki since the last build of its site: which pages are to be looked at again."""

from dataclasses import replace

from essaim.pages.history import History, PageHistory
from essaim.views.addresses import published_path
from essaim.views.tracing import affected, same_lists
from essaim.workspace.kept import state_of
from mkdocs_essaim.building.memory import Memory
from mkdocs_essaim.content.plugin import ContentPlugin


def past_of(history: History) -> dict[str, str]:
    """Return what tells the past of each page from another."""
    return {path: _mark(past) for path, past in history.pages.items()}


def unaffected(content: ContentPlugin, memory: Memory, environment: str) -> set[str]:
    """Return the source URIs of the pages that cannot show anything else than in the last build."""
    analysis = content.before
    if analysis is None or memory.environment != environment or memory.state != state_of(analysis):
        return set()
    history = content.site.history
    if (memory.past.keys() & content.site.graph.pages.keys()) - history.pages.keys():
        return set()  # a past is gone, and nothing tells who showed it: git left, or it was written anew
    same = {path: past for path, past in history.pages.items() if memory.past.get(path) == _mark(past)}
    before = content.site_before(replace(history, pages=same), memory.left_out)
    paths = {uri: content.path_of(uri) for uri in memory.entries}
    traces = {path: memory.entries[uri].trace for uri, path in paths.items() if path}
    touched = affected(before, content.site, traces)
    found = {uri for uri, path in paths.items() if path and path not in touched}
    if same_lists(before, content.site):
        covers = (published_path(path, content.site.docs_dir) for path in content.site.indexes)
        found |= {uri for uri in covers if paths.get(uri) == ""}  # those that somebody wrote are told by their trace
    return found - content.lists.keys()


def _mark(past: PageHistory) -> str:
    return "\0".join((past.last.commit, str(past.changes), str(past.is_cut), past.last.author, *past.authors))
