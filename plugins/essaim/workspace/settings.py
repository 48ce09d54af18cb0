"""What a wiki says beside its pages: its values, its redirections, its neighbours, the rows that pages share."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from essaim.diagnostics import Diagnostic
from essaim.graph.neighbours import load_neighbours
from essaim.graph.redirections import load_redirections
from essaim.graph.variables import Variables, load_variables
from essaim.pages.rows import RowFile, SharedRows, load_rows, sharing_fields
from essaim.schema.sharing import file_name
from essaim.source import SourceFile
from essaim.workspace.analysis import Analysis
from essaim.workspace.discover import (
    FACTS_FILE,
    NEIGHBOURS_FILE,
    REDIRECTIONS_FILE,
    VARIABLES_FILE,
    Layout,
    is_inventory_copy,
)


def no_variables(layout: Layout, today: date) -> Variables:
    """Return the values of a wiki that has none."""
    return load_variables([SourceFile.from_text(path, "") for path in _value_files(layout)], today)[0]


def with_variables(analysis: Analysis) -> Analysis:
    """Read the values that the cooperative decided, and the dated facts."""
    paths = _value_files(analysis.layout)
    variables, found = load_variables([_source(analysis, path) for path in paths], analysis.today)
    kept = tuple(d for d in analysis.general if d.path not in paths)
    return replace(analysis, variables=variables, general=kept + found)


def is_of_variables(path: str, layout: Layout) -> bool:
    """Whether a file holds values that pages cite."""
    return path in _value_files(layout)


def _value_files(layout: Layout) -> tuple[str, str]:
    return layout.in_docs(VARIABLES_FILE), layout.in_docs(FACTS_FILE)


def with_rows(analysis: Analysis) -> Analysis:
    """Read the rows that pages share, each file by the fields that take some from it."""
    files: dict[str, RowFile] = {}
    found: list[Diagnostic] = []
    for name, using in sharing_fields(analysis.schema.types.values()).items():
        files[name], problems = load_rows(
            _setting(analysis, file_name(name)), analysis.layout.in_docs(f"{name}.md"), using
        )
        found += problems
    rows = SharedRows(files=files)
    paths = analysis.rows.paths | rows.paths
    kept = tuple(d for d in analysis.general if d.path not in paths)
    return replace(analysis, rows=rows, general=(*kept, *found))


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
    return _source(analysis, analysis.layout.in_docs(name))


def _source(analysis: Analysis, path: str) -> SourceFile:
    return analysis.sources.get(path) or SourceFile.from_text(path, "")
