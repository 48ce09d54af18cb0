"""How much work it is to render the pages of a wiki: counts of calls, the same on every machine, never a clock."""

from functools import partial
from math import log
from pathlib import Path

import jinja2
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import mkdocs_essaim
from essaim.views.addresses import published_path
from essaim.views.inputs import page_inputs
from essaim.views.search.filters import USUAL, load_filters
from essaim.views.search.meanings import Meanings
from essaim.views.search.records import page_record
from essaim.views.site import Site
from mkdocs_essaim.views.render import Renderer, address_from
from tests.conftest import write_files
from tests.engine.test_operation_counts import FOLDER, calls, site

FOLDERS = (FOLDER, *(str(Path(package.__file__ or "").parent) for package in (mkdocs_essaim, jinja2)))
"""The engine, the plugins with their templates, and what these call."""


def rendered(known: Site, files: Files, pages: dict[str, Page], renderer: Renderer) -> None:
    """Render all that is put around the text of every page, and what is searched of it."""
    filters, meanings = load_filters(USUAL, known.schema, known.audience), Meanings(known)
    drawn = 0
    for path, page in pages.items():
        inputs = page_inputs(known.graph.pages[path], known)
        address_of = address_from(page, files, known.docs_dir)
        html = renderer.above(inputs, address_of) + renderer.below(inputs, address_of)
        if inputs.neighbourhood is not None:
            html += renderer.neighbourhood(inputs.neighbourhood, address_of)
            drawn += 1
        assert page_record(known.graph.pages[path], known, html, filters, meanings) is not None
    assert drawn > len(pages) / 10


def prepared(root: Path, groups: int) -> partial[None]:
    """Return the rendering of a wiki of ten pages a group, once its templates are read."""
    known = site(groups, ())
    config = load_config(str(write_files(root, {"mkdocs.yml": "site_name: Essai\n", "docs/a.md": ""}) / "mkdocs.yml"))
    uris = {path: published_path(path, known.docs_dir) for path in known.graph.pages}
    found = {path: File(uri, config.docs_dir, config.site_dir, use_directory_urls=True) for path, uri in uris.items()}
    files, renderer = Files(list(found.values())), Renderer()
    pages = {path: Page(None, file, config) for path, file in found.items()}
    rendered(known, files, dict([*pages.items()][:20]), renderer)
    return partial(rendered, known, files, pages, renderer)


def test_four_thousand_pages_are_rendered_at_four_times_the_work_of_a_thousand(tmp_path: Path) -> None:
    small, large = (calls(prepared(tmp_path / str(groups), groups), FOLDERS) for groups in (100, 400))
    n_log_n = 4 * log(4_000) / log(1_000)
    more = {f"{code.co_filename}:{code.co_name}": large[code] / count for code, count in small.items() if count > 900}
    assert len(more) > 60
    assert any("templates/below" in name for name in more)
    assert {name: ratio for name, ratio in more.items() if ratio > n_log_n} == {}
    assert large.total() < 4.1 * small.total()
