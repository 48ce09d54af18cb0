"""A wiki as a plain tree: Markdown with its links resolved, files, and the graph as JSON."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from essaim.views.audience import Audience, sees_field, sees_page, sees_type, summary_of
from essaim.views.body import published_path
from essaim.views.index import HOME, IndexEntry, IndexPage, folder_indexes, index_page
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.plain import render_index, render_page
from essaim.workspace.analysis import Analysis
from essaim.workspace.discover import is_hidden, is_stray

MARK = ".essaim-stage"
"""Name of the file that marks a folder as written by `stage`, and so as one it may replace."""


class NotOurs(Exception):  # noqa: N818
    """The target folder holds something that `stage` did not write."""


def inputs_of(analysis: Analysis, path: str, audience: Audience) -> PageInputs:
    """Return what the HTML of the page at a path depends on."""
    return page_inputs(
        analysis.graph.pages[path],
        analysis.graph,
        analysis.variables,
        analysis.faulty.get(path, ()),
        docs_dir=analysis.layout.docs_dir,
        audience=audience,
    )


def indexes_of(analysis: Analysis, audience: Audience) -> dict[str, IndexPage]:
    """Return the index pages that have something to show, by the path of their `index.md`."""
    types = analysis.schema.by_folder.values()
    declared = [index_page(page_type, analysis.graph, analysis.schema, audience) for page_type in types]
    found = [index for index in declared if index is not None]
    folders = folder_indexes(analysis.graph, analysis.schema, analysis.layout.docs_dir, audience)
    home = next((index for index in folders if index.label == HOME), None)
    if home is not None:
        folders.remove(home)
        ways = (IndexEntry(path=i.path, title=i.label, summary="", cells=()) for i in (*found, *folders))
        folders.append(replace(home, entries=(*home.entries, *ways)))
    return {index.path: index for index in (*found, *folders)}


def stage(analysis: Analysis, root: Path, target: Path, audience: Audience) -> int:
    """Write the tree into a folder, which must be empty, new, or from an earlier run; return the files written.

    Raises NotOurs when the folder holds anything else.
    """
    if target.exists() and any(target.iterdir()):
        if not (target / MARK).is_file():
            raise NotOurs(str(target))
        shutil.rmtree(target)
    target.mkdir(parents=True, exist_ok=True)
    (target / MARK).touch()
    docs_dir = analysis.layout.docs_dir
    count = 0
    for path, text in _texts(analysis, audience):
        _write(target / published_path(path, docs_dir), text)
        count += 1
    for path in sorted(analysis.files):
        seen = sees_type(audience, analysis.schema.type_of(path))
        if seen and not path.endswith(".md") and not is_hidden(path) and not is_stray(path):
            copy = target / published_path(path, docs_dir)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / path, copy)
            count += 1
    _write(target / "graph.json", json.dumps(graph_data(analysis, audience), ensure_ascii=False, indent=1) + "\n")
    return count + 1


def graph_data(analysis: Analysis, audience: Audience) -> dict[str, Any]:
    """Return the pages and edges an audience may see, as JSON data."""
    graph, docs_dir = analysis.graph, analysis.layout.docs_dir
    pages = {path: page for path, page in sorted(graph.pages.items()) if sees_page(audience, page)}
    nodes = [
        {
            "path": published_path(path, docs_dir),
            "id": str(page.id),
            "title": page.title,
            "summary": summary_of(page, audience),
        }
        for path, page in pages.items()
    ]
    edges = [
        {
            "from": published_path(edge.source, docs_dir),
            "to": published_path(edge.target, docs_dir),
            "relation": edge.field.path if edge.field else None,
            "inverse": edge.inverse or None,
        }
        for path in pages
        for edge in graph.edges_from(path)
        if edge.target in pages and (edge.field is None or sees_field(audience, edge.field))
    ]
    return {"pages": nodes, "edges": edges}


def _texts(analysis: Analysis, audience: Audience) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every page and index."""
    indexes = indexes_of(analysis, audience)
    for path in sorted(analysis.graph.pages):
        if path not in indexes and sees_page(audience, analysis.graph.pages[path]):
            yield path, render_page(inputs_of(analysis, path, audience))
    for path, index in sorted(indexes.items()):
        cover = inputs_of(analysis, path, audience) if path in analysis.graph.pages else None
        yield path, render_index(index, analysis.layout.docs_dir, cover)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
