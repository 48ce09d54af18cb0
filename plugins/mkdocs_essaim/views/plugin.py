"""The plugin `essaim-views`: shows what the graph knows around each page, and the index of each collection."""

from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from essaim.views.addresses import published_path
from essaim.views.escaping import escape as escape_markdown
from essaim.views.generated import VIEWS
from essaim.views.index import HOME, site_indexes
from mkdocs_essaim.generated import add_style, content_of, publish
from mkdocs_essaim.views.config import ViewsConfig
from mkdocs_essaim.views.navigation import build_navigation, list_section
from mkdocs_essaim.views.render import address_from, after_heading


class ViewsPlugin(BasePlugin[ViewsConfig]):
    """Adds index pages, typed panels, relations, and a navigation that does not carry the whole wiki."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the plugin that owns the analysis; bring the style sheet."""
        self._content = content_of(config, "essaim-views")
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that nobody wrote, and a navigation unless `mkdocs.yml` has one."""
        docs_dir = self._content.site.docs_dir
        found = site_indexes(self._content.site)
        self._indexes = {published_path(path, docs_dir): index for path, index in found.items()}
        for uri, index in self._indexes.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, content=f"# {escape_markdown(index.label)}\n"))
        publish(VIEWS, self._content, files, config)
        add_style(files, config)
        labels = self._labels(files)
        lists = self._lists() if config.nav is None else {}
        for file in files.documentation_pages():
            if file.src_uri not in labels and file.src_uri not in lists and file.inclusion.is_in_nav():
                file.inclusion = InclusionLevel.NOT_IN_NAV
        if config.nav is None:
            first = [uri for name in self.config.order for uri, i in self._indexes.items() if i.type == name]
            config.nav = [*build_navigation(labels, first), *list_section(lists)]
        return files

    def _labels(self, files: Files) -> dict[str, str]:
        """Return the label of every index page, written or generated, by its source URI."""
        analysis = self._content.analysis
        titles = {published_path(p, analysis.layout.docs_dir): page.title for p, page in analysis.graph.pages.items()}
        labels = {}
        beside = _beside_folders(files)
        for file in files.documentation_pages():
            if file.name == "index" or file.src_uri in beside:
                label = self._indexes[file.src_uri].label if file.src_uri in self._indexes else ""
                labels[file.src_uri] = escape(titles.get(file.src_uri) or label or HOME, quote=False)
        return labels | ({"index.md": HOME} if "index.md" in labels else {})

    def _lists(self) -> dict[str, str]:
        """Return the titles of the list pages by source URI: what is written for one has its own."""
        pages, lists = self._content.site.graph.pages, self._content.lists
        titles = {uri: pages[one.path].title if one.path in pages else one.title for uri, one in lists.items()}
        return {uri: escape(title, quote=False) for uri, title in titles.items()}

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put around a page's body what the graph knows, or below it the index of its collection."""
        address_of = address_from(page, files, self._content.site.docs_dir)
        index = self._indexes.get(page.file.src_uri)
        inputs = self._content.inputs(page)
        if index is not None:
            return html + self._content.renderer.index(index, address_of)
        if inputs is None or inputs.errors:
            return html
        above = self._content.renderer.above(inputs, address_of)
        return after_heading(html, above) + self._content.renderer.below(inputs, address_of)


def _beside_folders(files: Files) -> set[str]:
    """Return the URIs of the pages that stand for a folder beside them: one of their name, without an index."""
    pages = files.documentation_pages()
    folders = {file.src_uri.rpartition("/")[0] for file in pages}
    folders -= {file.src_uri.rpartition("/")[0] for file in pages if file.name == "index"}
    return {file.src_uri for file in pages if file.src_uri.removesuffix(".md") in folders}
