"""A wiki as a plain tree: Markdown with its links resolved, files, and the graph as JSON."""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from essaim.graph.files import is_hidden
from essaim.views.addresses import published_path
from essaim.views.audience import sees_field, summary_of
from essaim.views.files import seen_files
from essaim.views.generated import EVERYTHING
from essaim.views.inputs import page_inputs
from essaim.views.plain import render_index, render_list, render_page, render_redirect
from essaim.views.redirects import redirects
from essaim.views.site import Site
from essaim.workspace.analysis import Analysis
from essaim.workspace.discover import is_stray

MARK = ".essaim-stage"
"""Name of the file that marks a folder as written by `stage`, and so as one it may replace."""


class NotOurs(Exception):  # noqa: N818
    """The target folder holds something that `stage` did not write."""


def stage(analysis: Analysis, root: Path, target: Path, site: Site) -> int:
    """Write the tree into a folder, which must be empty, new, or from an earlier run; return the files written.

    Raises NotOurs when the folder holds anything else.
    """
    if target.exists() and any(target.iterdir()):
        if not (target / MARK).is_file():
            raise NotOurs(str(target))
        shutil.rmtree(target)
    target.mkdir(parents=True, exist_ok=True)
    (target / MARK).touch()
    docs_dir = site.docs_dir
    count = 0
    for path, text in _texts(site):
        _write(target / published_path(path, docs_dir), text)
        count += 1
    for path in seen_files(analysis.files, site):
        if not path.endswith(".md") and not is_hidden(path) and not is_stray(path):
            copy = target / published_path(path, docs_dir)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / path, copy)
            count += 1
    address_of = partial(published_path, docs_dir=docs_dir)
    for artifact in (a for generated in EVERYTHING for a in generated.artifacts(site, address_of)):
        if not (target / artifact.path).exists():
            _write(target / artifact.path, artifact.text)
            count += 1
    _write(target / "graph.json", json.dumps(graph_data(site), ensure_ascii=False, indent=1) + "\n")
    return count + 1


def graph_data(site: Site) -> dict[str, Any]:
    """Return the pages and edges an audience may see, as JSON data."""
    graph, docs_dir = site.graph, site.docs_dir
    pages = {path: page for path, page in sorted(graph.pages.items()) if site.sees(path)}
    nodes = [
        {
            "path": published_path(path, docs_dir),
            "id": str(page.id),
            "title": page.title,
            "summary": summary_of(page, site.audience),
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
        if edge.target in pages and (edge.field is None or sees_field(site.audience, edge.field))
    ]
    return {"pages": nodes, "edges": edges}


def _texts(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every page, index, list page and redirect."""
    indexes, pages = site.indexes, site.graph.pages
    lists = {page.path: page for generated in EVERYTHING for page in generated.list_pages(site)}
    for path in sorted(pages):
        if path not in indexes and path not in lists and site.sees(path):
            yield path, render_page(page_inputs(pages[path], site))
    for path, index in sorted(indexes.items()):
        cover = page_inputs(pages[path], site) if path in pages else None
        yield path, render_index(index, site.docs_dir, cover)
    for path, list_page in sorted(lists.items()):
        cover = page_inputs(pages[path], site) if path in pages else None
        yield path, render_list(list_page, site.docs_dir, cover)
    for redirect in redirects(site):
        if redirect.path not in lists:
            yield redirect.path, render_redirect(redirect, site.docs_dir)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
