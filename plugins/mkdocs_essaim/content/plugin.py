"""The plugin `essaim`: owns the Workspace; every page MkDocs reads is read from its PageInputs."""

import json
from datetime import date
from html import escape
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from essaim.diagnostics import Diagnostic, Severity
from essaim.views.audience import Audience
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.plain import render_errors
from essaim.views.site import Site
from essaim.workspace import Analysis, Workspace
from essaim.workspace.discover import Layout
from essaim.workspace.site import site_of
from mkdocs_essaim.content.config import ContentConfig
from mkdocs_essaim.content.files import arrange_files, outside_folders

log = get_plugin_logger("essaim")
_EXTENSIONS = ("attr_list", "footnotes", "md_in_html", "tables", "pymdownx.superfences")
"""Markdown extensions whose syntax the engine reads as such: the renderer must know them too."""


class ContentPlugin(BasePlugin[ContentConfig]):
    """Brings typed pages into a build. Other Essaim plugins read `analysis`, `site` and `inputs` from it."""

    analysis: Analysis
    site: Site

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Stay the same instance over the rebuilds of a live server, and with it the Workspace."""
        self._inputs: dict[str, PageInputs] = {}
        self._paths: dict[str, str] = {}
        self._workspace: Workspace | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the wiki; report everything; stop here, once, if the build is strict and errors remain."""
        root = Path(config.config_file_path).parent
        if self._workspace is None:
            self._workspace = Workspace(root, date.today(), _layout(root, config))
        self.analysis = self._workspace.refresh(date.today())
        self.site = site_of(self.analysis, Audience(self.config.audience))
        self._inputs = {}
        _report(self.analysis, strict=config.strict if self.config.strict is None else self.config.strict)
        config.watch += [
            str(root / folder) for folder in outside_folders(self.analysis) if str(root / folder) not in config.watch
        ]
        config.markdown_extensions += [name for name in _EXTENSIONS if not _has(config, name)]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the collections that stand outside the documentation folder, take out what is not published."""
        root = str(Path(config.config_file_path).parent)
        self._paths = arrange_files(files, self.analysis, self.site.audience, root, config)
        return files

    def inputs(self, page: Page) -> PageInputs | None:
        """Return what a page is rendered from, or None when it is not a page of the wiki."""
        path = self._paths.get(page.file.src_uri)
        if path is None:
            return None
        if path not in self._inputs:
            self._inputs[path] = page_inputs(self.site.graph.pages[path], self.site)
        return self._inputs[path]

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Give MkDocs the text of a page: a front matter of plain fields, and the body with its links resolved.

        Of a page with errors, what to mend in its place.
        """
        inputs = self.inputs(page)
        if inputs is None:
            return None
        meta = {"title": escape(inputs.title, quote=False)}  # themes write it as it is
        if inputs.summary:
            meta["description"] = escape(inputs.summary)
        meta = dict(inputs.extra) | {key: json.dumps(value, ensure_ascii=False) for key, value in meta.items()}
        header = "".join(f"{json.dumps(key, ensure_ascii=False)}: {value}\n" for key, value in meta.items())
        body = render_errors(inputs) if inputs.errors else inputs.markdown
        return f"---\n{header}---\n\n{body}"

    @event_priority(50)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Begin each page of the wiki with its title, unless its text does."""
        inputs = self.inputs(page)
        return html if inputs is None or "<h1" in html else f"<h1>{escape(inputs.title)}</h1>\n{html}"


def _layout(root: Path, config: MkDocsConfig) -> Layout:
    """Return the layout by the host's own reading of its configuration."""
    docs_dir, site_dir = (Path(path).resolve() for path in (config.docs_dir, config.site_dir))
    if not docs_dir.is_relative_to(root.resolve()):
        raise PluginError("essaim : « docs_dir » doit être sous le dossier de mkdocs.yml.")
    within = site_dir.is_relative_to(root.resolve())
    return Layout(
        docs_dir=docs_dir.relative_to(root.resolve()).as_posix(),
        site_dir=site_dir.relative_to(root.resolve()).as_posix() if within else "",
    )


def _has(config: MkDocsConfig, name: str) -> bool:
    return name in config.markdown_extensions or f"markdown.extensions.{name}" in config.markdown_extensions


def _report(analysis: Analysis, *, strict: bool) -> None:
    """Log every error and warning; raise once if the build is strict and there are errors."""
    for diagnostic in analysis.diagnostics:
        if diagnostic.severity is Severity.ERROR:
            log.error(_line(diagnostic))
        elif diagnostic.severity is Severity.WARNING:
            log.warning(_line(diagnostic))
    count = analysis.summary.errors
    if strict and count:
        raise PluginError(
            f"essaim : {count} erreur(s) à corriger avant de publier. « essaim check » les montre en place."
        )


def _line(diagnostic: Diagnostic) -> str:
    line, column = diagnostic.span.start
    return f"{diagnostic.path}:{line}:{column} {diagnostic.code} {diagnostic.message}"
