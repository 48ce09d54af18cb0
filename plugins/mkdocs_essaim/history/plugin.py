"""The plugin `essaim-history`: reads the past of pages once per build, and publishes what is known of it."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from essaim.pages.history import Absence, Coverage, History
from essaim.views.changes import NAME
from essaim.views.feed import FEED, recent_feed
from essaim.views.generated import HISTORY
from essaim.workspace.cache import FOLDER
from essaim_git.history import read_history
from mkdocs_essaim.generated import add_artifact, add_style, content_of, publish, whole_addresses
from mkdocs_essaim.history.config import HistoryConfig
from mkdocs_essaim.views.render import address_from

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
        self._has_feed = False
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what nobody writes."""
        publish(HISTORY, self._content, files, config)
        add_style(files, config)
        address_of = whole_addresses(self._content, files, config)
        feed = recent_feed(self._content.site, address_of, config.site_url or "", config.site_name)
        if feed is not None:
            add_artifact(feed, files, config)
            self._has_feed = True
        return files

    @event_priority(-75)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """End a page with its past, and that of the last changes with the way to their feed."""
        if self._has_feed and page.file.src_uri == f"{NAME}.md":
            address = get_relative_url(FEED, page.url)
            link = f'<a href="{address}" type="application/atom+xml">Suivre les changements (flux Atom)</a>'
            html = f"{html}\n<p>{link}</p>\n"
        inputs = self._content.inputs(page)
        if inputs is None or inputs.errors or inputs.history is None:
            return html
        address_of = address_from(page, files, self._content.site.docs_dir)
        return html + self._content.renderer.history(inputs.history, address_of)


def _report(history: History) -> None:
    """Say once what is missing of the past: the site is whole without."""
    if history.absence is not None:
        detail = f" ({history.detail})" if history.detail else ""
        log.info(f"L'histoire des pages n'est pas montrée : {_REASONS[history.absence]}{detail}.")
    elif history.coverage is Coverage.SHALLOW:
        log.info(
            "Cette copie du dépôt ne contient que les derniers changements : l'histoire des pages est partielle."
        )
