"""The plugin `essaim-views`: shows what the graph knows around each page, and the index of each collection."""

from html import escape
from importlib.resources import files as resources

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from essaim.views.body import escape as escape_markdown
from essaim.views.body import published_path
from essaim.views.index import HOME, cover_path, site_indexes
from mkdocs_essaim.content.plugin import ContentPlugin
from mkdocs_essaim.views.config import ViewsConfig
from mkdocs_essaim.views.navigation import build_navigation
from mkdocs_essaim.views.render import AddressOf, Renderer, after_heading

STYLE = "assets/essaim.css"


class ViewsPlugin(BasePlugin[ViewsConfig]):
    """Adds index pages, typed panels, relations, and a navigation that does not carry the whole wiki."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the plugin that owns the analysis; bring the style sheet."""
        content = config.plugins.get("essaim")
        if not isinstance(content, ContentPlugin):
            raise PluginError("essaim-views a besoin du plugin « essaim » : ajoutez-le avant lui dans mkdocs.yml.")
        self._content = content
        self._renderer = Renderer()
        if STYLE not in config.extra_css:
            config.extra_css.insert(0, STYLE)
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the index pages that nobody wrote, and a navigation unless `mkdocs.yml` has one."""
        docs_dir = self._content.site.docs_dir
        found = site_indexes(self._content.site)
        self._indexes = {published_path(path, docs_dir): index for path, index in found.items()}
        self._files = files
        for uri, index in self._indexes.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, content=f"# {escape_markdown(index.label)}\n"))
        style = resources("mkdocs_essaim").joinpath("assets/essaim.css").read_text("utf-8")
        files.append(File.generated(config, STYLE, content=style))
        labels = self._labels(files)
        for file in files.documentation_pages():
            if file.src_uri not in labels and file.inclusion.is_in_nav():
                file.inclusion = InclusionLevel.NOT_IN_NAV
        if config.nav is None:
            first = [uri for name in self.config.order for uri, i in self._indexes.items() if i.type == name]
            config.nav = build_navigation(labels, first)
        return files

    def _labels(self, files: Files) -> dict[str, str]:
        """Return the label of every index page, written or generated, by its source URI."""
        analysis = self._content.analysis
        titles = {published_path(p, analysis.layout.docs_dir): page.title for p, page in analysis.graph.pages.items()}
        labels = {}
        for file in files.documentation_pages():
            if file.name == "index":
                label = self._indexes[file.src_uri].label if file.src_uri in self._indexes else ""
                labels[file.src_uri] = escape(titles.get(file.src_uri) or label or HOME, quote=False)
        return labels | ({"index.md": HOME} if "index.md" in labels else {})

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put around a page's body what the graph knows, or below it the index of its collection."""
        address_of = self._address_from(page)
        index = self._indexes.get(page.file.src_uri)
        inputs = self._content.inputs(page)
        if index is not None:
            return html + self._renderer.index(index, address_of)
        if inputs is None or inputs.errors:
            return html
        above = self._renderer.above(inputs, address_of, self._way_up(inputs.collection, address_of))
        return after_heading(html, above) + self._renderer.below(inputs, address_of)

    def _way_up(self, folder: str, address_of: AddressOf) -> str:
        """Return the address of a collection's index, '' when it has none."""
        return address_of(cover_path(folder, self._content.analysis.graph)) if folder else ""

    def _address_from(self, page: Page) -> AddressOf:
        docs_dir = self._content.analysis.layout.docs_dir

        def address_of(path: str) -> str:
            file = self._files.get_file_from_path(published_path(path, docs_dir))
            return file.url_relative_to(page.file) if file and file.inclusion.is_included() else ""

        return address_of
