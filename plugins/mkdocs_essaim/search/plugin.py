"""The plugin `essaim-search`: publishes an index of what each page shows, and the window that searches it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from essaim.suggest import nearest
from essaim.views.all_pages import NAME as EVERY_PAGE
from essaim.views.audience import sees_type
from essaim.views.search.filters import USUAL, load_filters, possible_filters
from essaim.views.search.meanings import Meanings
from essaim.views.search.records import Record, headings_of, index_record, plain_record, with_text
from essaim.views.search.vocabulary import words_of
from mkdocs_essaim.generated import content_of
from mkdocs_essaim.search.assets import add_assets, ask_for_assets
from mkdocs_essaim.search.body import without_others
from mkdocs_essaim.search.config import SearchConfig
from mkdocs_essaim.search.index import SearchIndex, find_executable

log = get_plugin_logger("essaim-search")


class SearchPlugin(BasePlugin[SearchConfig]):
    """Indexes what the audience of a build is shown."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Stay the same instance over the rebuilds of a live server, and with it the last index."""
        executable = find_executable()
        self._index = SearchIndex(executable) if executable else None
        self._is_kept = self._is_at_rest = False
        if self._index is None:
            log.warning("Pagefind n'existe pas pour cette machine : le site est construit sans recherche.")

    def keep_in(self, folder: Path) -> None:
        """Keep in a folder, from one build to the next, what the search is made of; call it after `on_startup`."""
        if self._index is not None:
            self._index.close()
            self._index, self._is_kept = SearchIndex(self._index.executable, folder), True

    def rest(self) -> None:
        """Take in nothing more: what is kept is for the next build, which may have begun."""
        self._is_at_rest = True

    @property
    def index(self) -> SearchIndex | None:
        """The search of the build, None when this machine cannot make one."""
        return self._index

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the plugin that owns the analysis."""
        self._content = content_of(config, "essaim-search")
        if self._index is not None:
            ask_for_assets(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Begin an index; add the scripts that read it."""
        if self._index is not None:
            self._check_names()
            site = self._content.site
            self._filters = load_filters(self.config.filters, site.schema, site.audience)
            self._index.begin(len(files.documentation_pages()))
            explains = any(t.glossary for t in site.schema.by_folder.values() if sees_type(site.audience, t))
            add_assets(self._filters, files, config, has_ranks=explains or bool(self.config.last))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Look at the site once every plugin has said which pages it publishes."""
        site = self._content.site
        self._indexes = {self._content.uri_of(path): index for path, index in site.indexes.items()}
        self._meanings = Meanings(site)
        self._last: tuple[Page | None, Record | None] = None, None

    def stands_on(self) -> Iterator[str]:
        """Tell what is searched of pages that use acronyms, and where those go who have no script."""
        if self._index is not None:
            yield repr((self._meanings.known, self._every_page.url if self._every_page is not None else ""))

    def page_stands_on(self, page: Page) -> Iterator[str]:
        """Tell what is searched of a page beside its text."""
        if self._index is not None:
            self._last = page, self._plain_record(page)
            yield repr(self._last[1])

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Take in what a page shows, once it is whole."""
        if self._index is None or self._is_at_rest or not page.file.inclusion.is_included():
            return
        record = self._record(html, page)
        if record is not None:
            words = words_of((record.title, *record.names, record.summary, *headings_of(html)))
            text = self._content.renderer.search(record, without_others(html))
            self._index.add(page.file.dest_uri, text, record.filters, words)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Remember where every page is listed: whole pages are not told of the files."""
        self._every_page = files.get_file_from_path(f"{EVERY_PAGE}.md")
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Tell those who have no script that there is no search, and where to look instead: above the title."""
        if self._index is None:
            return output
        every = self._every_page
        said = self._content.renderer.no_search(every.url_relative_to(page.file) if every is not None else "")
        before, title, after = output.partition("<h1")
        return f"{before}{said}{title}{after}" if title else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the index, unless it is kept elsewhere: who keeps it publishes what changed of it."""
        if self._index is not None and not self._is_kept:
            self._index.publish(Path(config.site_dir))

    def on_shutdown(self) -> None:
        """Remove what was kept for the next build."""
        if self._index is not None:
            self._index.close()

    def _record(self, html: str, page: Page) -> Record | None:
        """Return what is searched of a page: nothing of a list that nobody writes."""
        index, (known, record) = self._indexes.get(page.file.src_uri), self._last
        if index is not None and page.file.src_uri not in self._content.lists:
            return index_record(index, html)
        if known is not page:  # only a build that keeps pages has asked already what this one stands on
            record = self._plain_record(page)
        return with_text(record, html, self._meanings) if record is not None else None

    def _plain_record(self, page: Page) -> Record | None:
        """Return what is searched of a page beside what its words stand for."""
        inputs, uri = self._content.inputs(page), page.file.src_uri
        if uri in self._content.lists:
            return None
        if uri in self._indexes:
            return index_record(self._indexes[uri], "")
        if inputs is None:
            return None
        site = self._content.site
        return plain_record(site.graph.pages[inputs.path], site, self._filters, self.config.last)

    def _check_names(self) -> None:
        """Raise PluginError for a filter, or a type that comes last, that is nothing in this wiki."""
        schema = self._content.site.schema
        for names, possible in ((self.config.filters, possible_filters(schema)), (self.config.last, {*schema.types})):
            for name in names:
                if name not in possible and name not in USUAL:
                    near = nearest(name, possible)
                    advice = f" Vouliez-vous dire « {near} » ?" if near else ""
                    raise PluginError(f"essaim-search : ce wiki ne connaît pas « {name} ».{advice}")
