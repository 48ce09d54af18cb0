"""The plugin `essaim-links`: publishes what the links of the whole wiki tell."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from essaim.views.generated import LINKS
from mkdocs_essaim.generated import add_style, content_of, publish
from mkdocs_essaim.links.config import LinksConfig
from mkdocs_essaim.links.inventory import add_inventory
from mkdocs_essaim.links.previews import SCRIPT, add_previews
from mkdocs_essaim.links.redirects import add_redirects
from mkdocs_essaim.views.render import address_from


class LinksPlugin(BasePlugin[LinksConfig]):
    """Adds what is made from links: list pages, files, previews, and a drawing of the pages around each."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the plugin that owns the analysis."""
        self._content = content_of(config, "essaim-links")
        if SCRIPT not in config.extra_javascript:
            config.extra_javascript.append(SCRIPT)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what nobody writes."""
        publish(LINKS, self._content, files, config)
        add_style(self._content, files, config)
        return files

    @event_priority(-25)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """End a page, below its relations, with a drawing of the pages around it."""
        inputs = self._content.inputs(page)
        if inputs is None or inputs.errors or inputs.neighbourhood is None:
            return html
        address_of = address_from(page, files, self._content.site.docs_dir)
        return html + self._content.renderer.neighbourhood(inputs.neighbourhood, address_of)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Add redirects, previews and inventory, once every page is known: no redirect may stand over one."""
        add_redirects(self._content.site, self._content.renderer, files, config)
        add_previews(self._content, files, config)
        add_inventory(self._content.site, files, config)
        return env
