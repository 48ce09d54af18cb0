"""The plugin `essaim-views`: shows what the graph knows around each page, and the index of each collection."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from essaim.schema.model import PageType
from essaim.views.audience import sees_type
from essaim.views.checklists import has_checklists, mark_lists
from essaim.views.escaping import escape as escape_markdown
from essaim.views.feeds.collections import collection_feeds
from essaim.views.feeds.model import Feed
from essaim.views.generated import VIEWS
from essaim.views.index import HOME, IndexPage
from essaim.views.passport import has_passport
from essaim.views.typography import bind_spaces
from mkdocs_essaim.feeds import add_feed, feed_links
from mkdocs_essaim.generated import add_script, add_style, content_of, publish, whole_addresses
from mkdocs_essaim.head import in_head
from mkdocs_essaim.views.config import ViewsConfig, names_of
from mkdocs_essaim.views.drawn_menu import draw_once
from mkdocs_essaim.views.linked_data import linked_data_script, page_data_of
from mkdocs_essaim.views.menu import menu_of
from mkdocs_essaim.views.navigation import Section, build_navigation
from mkdocs_essaim.views.not_found import offer_template, ways_on
from mkdocs_essaim.views.render import address_from, after_heading, bind_titles

FILTERS = "assets/essaim-index.js"
"""The script of the form that filters and sorts an index."""
_SCRIPTS: Mapping[str, Callable[[PageType], bool]] = MappingProxyType(
    {
        "assets/essaim-cases.js": has_checklists,
        "assets/essaim-passeport.js": has_passport,
        "assets/essaim-imprimer.js": lambda page_type: page_type.reading.prints,
        "assets/essaim-diapos.js": lambda page_type: page_type.reading.slides,
    }
)
"""The scripts that only some pages need, each with whether those of a type do."""
_LINKED_SECTIONS = "navigation.indexes"
_UNLINK = (
    f"essaim-views : « order » a des groupes. Ôtez « {_LINKED_SECTIONS} » des « features » du thème, dans "
    "mkdocs.yml : le titre d'un groupe y deviendrait un lien vers sa première liste."
)
log = get_plugin_logger("essaim-views")


class ViewsPlugin(BasePlugin[ViewsConfig]):
    """Adds index pages, typed panels, relations, and a navigation that does not carry the whole wiki."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the plugin that owns the analysis; bring the page of what is not found."""
        self._content = content_of(config, "essaim-views")
        offer_template(config)
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that nobody wrote, and a navigation unless `mkdocs.yml` has one."""
        site = self._content.site
        self._index_paths = {self._content.uri_of(path): path for path in site.indexes}
        indexes = {uri: site.indexes[path] for uri, path in self._index_paths.items()}
        for uri, index in indexes.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, content=_cover(index.label)))
        publish(VIEWS, self._content, files, config)
        add_style(self._content, files, config)
        add_script(FILTERS, files, config)
        seen = [page_type for page_type in site.schema.types.values() if sees_type(site.audience, page_type)]
        for script, is_needed in _SCRIPTS.items():
            if any(map(is_needed, seen)):
                add_script(script, files, config)
        self._feeds = self._add_feeds(files, config)
        pages = files.documentation_pages()
        labels = self._labels(pages, indexes)
        is_ours = config.nav is None
        lists = self._lists() if is_ours else {}
        menu = menu_of(self.config.order if is_ours else [], self._content.site, indexes, files, log)
        named = labels.keys() | lists.keys() | menu.pages.keys()
        for file in pages:
            if file.src_uri not in named and file.inclusion.is_in_nav():
                file.inclusion = InclusionLevel.NOT_IN_NAV
        if is_ours:
            if _LINKED_SECTIONS in (config.theme.get("features") or ()) and any(
                isinstance(one, Section) for one in menu.first
            ):
                log.warning(_UNLINK)
            config.nav = build_navigation(labels, menu.first, menu.pages, lists)
        return files

    def _add_feeds(self, files: Files, config: MkDocsConfig) -> dict[str, Feed]:
        """Add the feeds of the collections; return them by the source URI of their index."""
        address_of = whole_addresses(self._content, files, config)
        site = self._content.site
        feeds = collection_feeds(site, address_of, config.site_url or "", config.site_name)
        found = {self._content.uri_of(index): feed for index, feed in feeds}
        for feed in found.values():
            add_feed(feed, files, config)
        return found

    def _index(self, page: Page) -> IndexPage | None:
        """Return the index that a page shows, as the wiki is now; None when it shows none."""
        return self._content.site.indexes.get(self._index_paths.get(page.file.src_uri, ""))

    def _labels(self, files: Sequence[File], indexes: Mapping[str, IndexPage]) -> dict[str, str]:
        """Return the label of every index page, written or generated, by its source URI."""
        site = self._content.site
        labels = {}
        beside = _beside_folders(files)
        for file in files:
            if file.name == "index" or file.src_uri in beside:
                label = indexes[file.src_uri].label if file.src_uri in indexes else ""
                page = site.graph.pages.get(self._content.path_of(file.src_uri))
                labels[file.src_uri] = escape((page.title if page else "") or label or HOME, quote=False)
        return labels | ({"index.md": HOME} if "index.md" in labels else {})

    def _lists(self) -> dict[str, str]:
        """Return the titles of the list pages by source URI: what is written for one has its own."""
        pages, lists = self._content.site.graph.pages, self._content.lists
        titles = {uri: pages[one.path].title if one.path in pages else one.title for uri, one in lists.items()}
        return {uri: escape(title, quote=False) for uri, title in titles.items()}

    def stands_on(self) -> Iterator[str]:
        """Tell the feeds that pages lead to."""
        yield repr(sorted((uri, feed.title, feed.atom_path) for uri, feed in self._feeds.items()))

    def page_stands_on(self, page: Page) -> Iterator[str]:
        """Tell what the index of a collection, or a list, shows."""
        index = self._index(page)
        if index is not None:
            yield repr((index, index.listed))
        if index is not None or page.file.src_uri in self._content.lists:
            yield repr(page_data_of(page, index, self._content))

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put around a page's body what the graph knows, or below it the index of its collection; at the foot of all,
        for paper, the address of the page.
        """
        foot = self._content.renderer.edition(page.canonical_url) if page.canonical_url else ""
        return self._surround(html, page, files) + foot

    def _surround(self, html: str, page: Page, files: Files) -> str:
        address_of = address_from(page, files, self._content.site.docs_dir)
        index = self._index(page)
        inputs = self._content.inputs(page)
        if index is not None:
            feed = self._feeds.get(page.file.src_uri)
            follow = self._content.renderer.subscribe(feed_links(feed, page)) if feed else ""
            if inputs is not None and not inputs.errors:
                html = after_heading(html, self._content.renderer.summary(inputs.summary))
            return html + self._content.renderer.index(index, address_of) + follow
        if inputs is None or inputs.errors:
            return html
        above = self._content.renderer.above(inputs, address_of)
        html = mark_lists(html, inputs.checklists)
        return after_heading(html, above) + self._content.renderer.below(inputs, address_of)

    @event_priority(-100)
    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Bind the spaces of French, once everything that reads the page has read it with ordinary ones."""
        if self.config.french_spaces and page.content:
            page.content = bind_spaces(page.content)
            bind_titles(page.toc)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Remember the files, now that all are known: whole pages are not told of them; the page of what is not found
        is. Have the menu drawn once for all the pages that show the same.
        """
        self._files = files
        draw_once(env, config)
        indexes = {uri: self._content.site.indexes[path] for uri, path in self._index_paths.items()}
        env.globals.update(ways_on(indexes, [*names_of(self.config.order)], files))
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Tell machines what a page is, and feed readers where that of its collection is."""
        index = self._index(page)
        script = linked_data_script(page, index, self._content, self._files, config)
        inputs = self._content.inputs(page)
        cover = self._content.uri_of(inputs.index) if inputs is not None else ""
        feed = self._feeds.get(page.file.src_uri) or self._feeds.get(cover)
        links = self._content.renderer.feed_links(feed_links(feed, page)) if feed else ""
        return in_head(output, f"{links}{script}")


def _cover(label: str) -> str:
    """Return the text of an index that nobody wrote. Themes write the title of the front matter as it is."""
    title = json.dumps(escape(label, quote=False), ensure_ascii=False)
    return f"---\ntitle: {title}\n---\n\n# {escape_markdown(label)}\n"


def _beside_folders(pages: Sequence[File]) -> set[str]:
    """Return the URIs of the pages that stand for a folder beside them: one of their name, without an index."""
    folders = {file.src_uri.rpartition("/")[0] for file in pages}
    folders -= {file.src_uri.rpartition("/")[0] for file in pages if file.name == "index"}
    return {file.src_uri for file in pages if file.src_uri.removesuffix(".md") in folders}
