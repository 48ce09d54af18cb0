"""The settings of a wiki, `_cae.yml`, `_redirections.yml` and `_voisins.yml`: read again when they change."""

from collections.abc import Collection
from dataclasses import replace

from essaim.graph.neighbours import load_neighbours
from essaim.graph.redirections import load_redirections
from essaim.graph.variables import load_variables
from essaim.source import SourceFile
from essaim.workspace.analysis import Analysis
from essaim.workspace.discover import (
    NEIGHBOURS_FILE,
    REDIRECTIONS_FILE,
    VARIABLES_FILE,
    Layout,
    is_inventory_copy,
)


def with_variables(analysis: Analysis) -> Analysis:
    """Read the values that the cooperative decided."""
    source = _setting(analysis, VARIABLES_FILE)
    variables, found = load_variables(source)
    kept = tuple(d for d in analysis.general if d.path != source.path)
    return replace(analysis, variables=variables, general=kept + found)


def with_neighbours(analysis: Analysis) -> Analysis:
    """Read the other cooperatives and the copies of their inventories."""
    neighbours, found = load_neighbours(_setting(analysis, NEIGHBOURS_FILE), analysis.sources)
    kept = tuple(d for d in analysis.general if not is_of_neighbours(d.path, analysis.layout))
    return replace(analysis, neighbours=neighbours, general=kept + found)


def with_redirects(analysis: Analysis, changes: Collection[str], changed_keys: set[str]) -> tuple[Analysis, set[str]]:
    """Read the redirections and follow them where that may have changed; return the old paths that lead elsewhere."""
    if analysis.layout.in_docs(REDIRECTIONS_FILE) in changes:
        analysis = replace(analysis, redirections=load_redirections(_setting(analysis, REDIRECTIONS_FILE)))
    elif not changed_keys or not analysis.redirections.lines:
        return analysis, set()
    before, graph = analysis.redirects, analysis.graph
    redirects = analysis.redirections.resolve(graph.names, graph.pages)
    changed = {old for old in before.keys() | redirects.keys() if before.get(old) != redirects.get(old)}
    return replace(analysis, redirects=redirects), changed


def is_of_neighbours(path: str, layout: Layout) -> bool:
    """Whether a file says something of the other cooperatives."""
    is_declaration = path.endswith(NEIGHBOURS_FILE) and path == layout.in_docs(NEIGHBOURS_FILE)
    return is_declaration or is_inventory_copy(path)


def _setting(analysis: Analysis, name: str) -> SourceFile:
    """Return a file of the documentation folder, empty when there is none."""
    path = analysis.layout.in_docs(name)
    return analysis.sources.get(path) or SourceFile.from_text(path, "")
