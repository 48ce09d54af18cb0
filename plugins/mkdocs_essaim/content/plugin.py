"""The plugin `essaim`: owns the Workspace; every page MkDocs reads is read from its PageInputs."""

import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from essaim.diagnostics import Severity
from essaim.pages.history import History
from essaim.views.addresses import published_path
from essaim.views.audience import Audience
from essaim.views.inputs import PageInputs
from essaim.views.listing import ListPage
from essaim.views.markdown import WikiExtension
from essaim.views.plain import render_errors
from essaim.views.sanitise import sanitise
from essaim.views.site import Site
from essaim.views.tracing import Trace, Tracer, affected
from essaim.workspace import Analysis, Workspace
from essaim.workspace.day import build_day
from essaim.workspace.departing import without_departed
from essaim.workspace.lots import UnknownLot
from essaim.workspace.site import site_of
from mkdocs_essaim.content.config import ContentConfig, new_page_template
from mkdocs_essaim.content.dialect import new_markdown, speak_dialect
from mkdocs_essaim.content.files import arrange_files, outside_folders
from mkdocs_essaim.content.guard import GuardExtension
from mkdocs_essaim.content.layout import layout_of
from mkdocs_essaim.content.meta import render_meta
from mkdocs_essaim.content.navigation import seen_navigation
from mkdocs_essaim.content.report import line_of, report
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
    published_to: Path | None = None
    """Where the site will stand, when the host writes it elsewhere first."""
    kept_in: Path | None = None
    """Where the analysis is kept from one process to the next, if it is."""
    traces: dict[str, Trace]
    """What the inputs of the pages that were asked for were found in, by path."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Stay the same instance over the rebuilds of a live server, and with it the Workspace."""
        self._inputs: dict[str, PageInputs] = {}
        self._paths: dict[str, str] = {}
        self._tracer: Tracer | None = None
        self._workspace: Workspace | None = None
        self.renderer = Renderer()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the wiki; report everything; stop here, once, if the build is strict and errors remain."""
        root = Path(config.config_file_path).parent
        today = build_day(os.environ, date.today())
        if self._workspace is None:
            site_dir = self.published_to or Path(config.site_dir)
            self._workspace = Workspace(root, today, layout_of(root, config, site_dir, self.config.without_lots))
        try:
            self.analysis = self._workspace.refresh(today, kept=self.kept_in)
        except UnknownLot as problem:
            raise PluginError(f"essaim : {problem}") from None
        self._site_of = partial(
            site_of,
            audience=Audience(self.config.audience),
            new_page=new_page_template(self.config.new_page, config, self.analysis.layout.docs_dir),
            lists_wanted="essaim-links" in config.plugins,
        )
        audience, before = Audience(self.config.audience), self.before
        self._shown_before = without_departed(before, audience) if before is not None else None
        self._shown = without_departed(self.analysis, audience, self._shown_before)
        self.site = self._site_of(self.analysis, shown=self._shown)
        self._inputs, self._tracer, self.lists, self.traces = {}, None, {}, {}
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

    def stands_on(self) -> Iterator[str]:
        """Tell for whom the site is."""
        yield self.site.audience.value

    def page_stands_on(self, page: Page) -> Iterator[str]:
        """Tell what a page shows: that of the wiki, that of a list, or the text that another plugin gives."""
        inputs, uri = self.inputs(page), page.file.src_uri
        yield inputs.digest if inputs is not None else page.file.content_string
        if uri in self.lists:
            yield repr((self.lists[uri], self.lists[uri].listings))

    @property
    def before(self) -> Analysis | None:
        """The analysis that a process before this one kept, if any."""
        return self._workspace.before if self._workspace is not None else None

    def keep(self) -> None:
        """Keep the analysis for the next process."""
        if self._workspace is not None:
            self._workspace.keep()

    def renew(self, paths: Collection[str]) -> Iterator[str] | None:
        """Take in some files as they are now; return the pages that may show otherwise: those of the files at once,
        then those that they cite, then what is found to stand on them.

        None when more than the text of pages changed: then nothing is taken in, for menu, lists or addresses may be
        others. Pages that nobody writes stay as they are.
        """
        before, pages = self.site, self.site.graph.pages
        if self._workspace is None or not all(path in pages and self._workspace.has(path) for path in paths):
            return None
        self.analysis = self._workspace.reread(paths)
        self._shown = without_departed(self.analysis, before.audience, self._shown)
        after = self._site_of(self.analysis, shown=self._shown)
        self.site = replace(after, history=before.history, left_out=before.left_out)
        self._inputs, self._tracer = {}, None
        return (path for path in self._touched_by(paths, before) if self.site.sees(path))

    def _touched_by(self, paths: Collection[str], before: Site) -> Iterator[str]:
        """Yield the pages of some files, then what an edit of these touches: the newly cited first."""
        yield from sorted(paths)
        cited, known = (
            {edge.target for path in paths for edge in site.graph.edges_from(path)} for site in (self.site, before)
        )
        touched = affected(before, self.site, self.traces) - {*paths}
        yield from sorted(touched, key=lambda path: (path in known or path not in cited, path not in cited, path))

    def wrong_in(self, paths: Collection[str]) -> list[str]:
        """Return the errors and warnings of some files, each on one line."""
        told = (Severity.ERROR, Severity.WARNING)
        return [line_of(one) for one in self.analysis.diagnostics if one.path in paths and one.severity in told]

    def site_before(self, history: History, left_out: Collection[str]) -> Site:
        """Return the site of the analysis that was kept, with the settings of this one."""
        if self.before is None:
            raise RuntimeError("no analysis was kept")
        site = self._site_of(self.before, shown=self._shown_before)
        return replace(site, history=history, left_out=left_out)

    def forget(self, page: Page) -> None:
        """Let go what a page was made from: it is made."""
        self._inputs.pop(self._paths.get(page.file.src_uri, ""), None)

    def folders(self) -> list[str]:
        """Return the top folders that the wiki stands in, from its root."""
        docs_dir = self.analysis.layout.docs_dir
        return ["" if docs_dir == "." else docs_dir, *outside_folders(self.analysis)]

    def uri_of(self, path: str) -> str:
        """Return the source URI that a page has, or would have, by its path in the repository."""
        return published_path(path, self.site.docs_dir)

    def path_of(self, uri: str) -> str:
        """Return the path in the repository of a page of the wiki by its source URI, '' for another."""
        return self._paths.get(uri, "")

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
            if self._tracer is None:  # only now is the site whole
                self._tracer = Tracer(self.site)
            self._inputs[path], self.traces[path] = self._tracer.inputs(self.site.graph.pages[path])
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
    file = files.src_uris.get(uri)
    return file is not None and file.inclusion.is_included()
