"""The plugin `essaim-history`: reads the past of pages once per build, and publishes what is known of it."""

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from essaim.pages.history import Absence, Coverage, History
from essaim.views.changes import NAME
from essaim.views.feeds.changes import recent_feed
from essaim.views.feeds.model import Feed
from essaim.views.generated import HISTORY
from essaim.workspace.cache import FOLDER
from essaim_git.history import read_history
from mkdocs_essaim.feeds import add_feed, feed_links
from mkdocs_essaim.generated import add_style, content_of, publish, whole_addresses
from mkdocs_essaim.head import in_head
from mkdocs_essaim.history.config import HistoryConfig
from mkdocs_essaim.views.render import address_from, after_heading

log = get_plugin_logger("essaim-history")
_REASONS = {
    Absence.NO_GIT: "le programme git est introuvable",
    Absence.NO_REPOSITORY: "ce dossier n'est pas suivi par git",
    Absence.NO_COMMIT: "aucune page n'est encore enregistrée dans git",
    Absence.FAILED: "git ne peut pas lire ce dépôt",
}


class HistoryPlugin(BasePlugin[HistoryConfig]):
    """Gives the past of pages to all views; ends pages with it; adds the pages and files that are made from it."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the history, from the last commit known, and give it to the plugin that owns the site."""
        self._content = content_of(config, "essaim-history")
        root = Path(config.config_file_path).parent
        history = read_history(root, root / FOLDER)
        self._content.remember(history)
        _report(history)
        self._feed: Feed | None = None
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what nobody writes."""
        publish(HISTORY, self._content, files, config)
        add_style(self._content, files, config)
        address_of = whole_addresses(self._content, files, config)
        self._feed = recent_feed(self._content.site, address_of, config.site_url or "", config.site_name)
        if self._feed is not None:
            add_feed(self._feed, files, config)
        return files

    def stands_on(self) -> Iterator[str]:
        """Tell the feed that every page leads to."""
        yield self._feed.title if self._feed is not None else ""

    def page_stands_on(self, page: Page) -> Iterator[str]:
        """Tell nothing more: the past of a page is among its inputs."""
        return iter(())

    @event_priority(-75)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """End a page with its past; begin that of the last changes with the way to their feeds."""
        if self._feed is not None and page.file.src_uri == f"{NAME}.md":
            html = after_heading(html, self._content.renderer.subscribe(feed_links(self._feed, page)))
        inputs = self._content.inputs(page)
        if inputs is None or inputs.errors or inputs.history is None:
            return html
        address_of = address_from(page, files, self._content.site.docs_dir)
        return html + self._content.renderer.history(inputs.history, address_of)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let feed readers find the feeds of the whole wiki from every page."""
        if self._feed is None:
            return output
        return in_head(output, self._content.renderer.feed_links(feed_links(self._feed, page)))


def _report(history: History) -> None:
    """Say once what is missing of the past: the site is whole without."""
    if history.absence is not None:
        detail = f" ({history.detail})" if history.detail else ""
        log.info(f"L'histoire des pages n'est pas montrée : {_REASONS[history.absence]}{detail}.")
    elif history.coverage is Coverage.SHALLOW:
        log.info(
            "Cette copie du dépôt ne contient que les derniers changements : l'histoire des pages est partielle."
        )
