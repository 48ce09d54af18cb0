"""The plugin `essaim`: owns the Workspace; every page MkDocs reads is read from its PageInputs."""

import os
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from essaim.pages.history import History
from essaim.views.audience import Audience
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.listing import ListPage
from essaim.views.markdown import WikiExtension
from essaim.views.plain import render_errors
from essaim.views.sanitise import sanitise
from essaim.views.site import Site
from essaim.workspace import Analysis, Workspace
from essaim.workspace.day import build_day
from essaim.workspace.lots import UnknownLot
from essaim.workspace.site import site_of
from mkdocs_essaim.content.config import ContentConfig, new_page_template
from mkdocs_essaim.content.dialect import new_markdown, speak_dialect
from mkdocs_essaim.content.files import arrange_files, outside_folders
from mkdocs_essaim.content.guard import GuardExtension
from mkdocs_essaim.content.layout import layout_of
from mkdocs_essaim.content.meta import render_meta
from mkdocs_essaim.content.navigation import seen_navigation
from mkdocs_essaim.content.report import report
from mkdocs_essaim.content.snippets import check_snippets
from mkdocs_essaim.content.views import show_views
from mkdocs_essaim.head import in_head
from mkdocs_essaim.views.render import Renderer, address_from

_FORGET = '<meta name="robots" content="noindex">'
log = get_plugin_logger("essaim")


class ContentPlugin(BasePlugin[ContentConfig]):
    """Brings typed pages into a build. Other Essaim plugins read `analysis`, `site` and `inputs` from it,
    render with its `renderer`, and add to `lists`."""

    analysis: Analysis
    site: Site
    renderer: Renderer
    lists: dict[str, ListPage]
    """The list pages that plugins publish in this build, by source URI."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Stay the same instance over the rebuilds of a live server, and with it the Workspace."""
        self._inputs: dict[str, PageInputs] = {}
        self._paths: dict[str, str] = {}
        self._workspace: Workspace | None = None
        self.renderer = Renderer()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the wiki; report everything; stop here, once, if the build is strict and errors remain."""
        root = Path(config.config_file_path).parent
        today = build_day(os.environ, date.today())
        if self._workspace is None:
            self._workspace = Workspace(root, today, layout_of(root, config, self.config.without_lots))
        try:
            self.analysis = self._workspace.refresh(today)
        except UnknownLot as problem:
            raise PluginError(f"essaim : {problem}") from None
        self.site = site_of(
            self.analysis,
            Audience(self.config.audience),
            new_page=new_page_template(self.config.new_page, config, self.analysis.layout.docs_dir),
            lists_wanted="essaim-links" in config.plugins,
        )
        self._inputs, self.lists = {}, {}
        self.renderer.site_url = config.site_url or ""
        check_snippets(config, root, self.analysis.graph.pages)
        report(self.analysis, log, strict=config.strict if self.config.strict is None else self.config.strict)
        config.watch += [
            str(root / folder) for folder in outside_folders(self.analysis) if str(root / folder) not in config.watch
        ]
        speak_dialect(config)
        self._extension = WikiExtension(lambda: new_markdown(config))
        config.markdown_extensions += [self._extension, GuardExtension()]  # type: ignore[list-item]
        return config

    def remember(self, history: History) -> None:
        """Let every view of this build know the past of the pages."""
        self.site = replace(self.site, history=history)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the collections that stand outside the documentation folder, take out what is not published."""
        root = str(Path(config.config_file_path).parent)
        self._paths = arrange_files(files, self.analysis, self.site, root, config)
        published = {path for uri, path in self._paths.items() if _is_published(uri, files)}
        self.site = replace(self.site, left_out=self.analysis.graph.pages.keys() - published)
        self._take_out_unborn(files)
        if config.nav is not None:
            config.nav = seen_navigation(config.nav, self.site)
        return files

    def _take_out_unborn(self, files: Files) -> None:
        """Take out the covers of collections of which the host publishes no page: all are drafts, for one."""
        for uri in [uri for uri, path in self._paths.items() if path in self.site.unborn]:
            file = files.get_file_from_path(uri)
            if file is not None:
                files.remove(file)
            del self._paths[uri]

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
        body = render_errors(inputs) if inputs.errors else inputs.text
        return f"{render_meta(inputs)}\n{body}"

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Tell the renderer which page it is about to read."""
        inputs = self.inputs(page)
        is_read = inputs is not None and not inputs.errors
        self._extension.begin(inputs if is_read else None, address_from(page, files, self.site.docs_dir))

    @event_priority(50)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make what people wrote harmless, before anything of ours joins it. Begin each page of the wiki with its
        title, unless its text does; end list pages with their tables.
        """
        if page.file.generated_by is None:
            html = sanitise(html)
        inputs = self.inputs(page)
        if inputs is not None and not inputs.errors:
            html = show_views(html, inputs, self.renderer, address_from(page, files, self.site.docs_dir))
        if inputs is not None and "<h1" not in html:
            html = f"<h1>{escape(inputs.title)}</h1>\n{html}"
        if page.file.src_uri in self.lists:
            html += self._tables(self.lists[page.file.src_uri], page, files)
        return html

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Ask search engines to forget the page of somebody who left."""
        inputs = self.inputs(page)
        return in_head(output, _FORGET) if inputs is not None and inputs.is_departed else output

    def _tables(self, list_page: ListPage, page: Page, files: Files) -> str:
        """Return the tables of a list page, and let MkDocs know the anchors they bring."""
        if page.present_anchor_ids is not None:
            for listing in list_page.listings:
                page.present_anchor_ids.update((listing.id, *listing.anchors))
        return self.renderer.lists(list_page, address_from(page, files, self.site.docs_dir))


def _is_published(uri: str, files: Files) -> bool:
    file = files.get_file_from_path(uri)
    return file is not None and file.inclusion.is_included()
