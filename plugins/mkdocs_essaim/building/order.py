"""What was asked of a build, in values that another process can be given."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from mkdocs.config import load_config
from mkdocs.config.config_options import Plugins
from mkdocs.config.defaults import MkDocsConfig

from essaim.views.audience import Audience
from essaim.workspace.kept import kept_file
from mkdocs_essaim.content.plugin import ContentPlugin
from mkdocs_essaim.generated import content_of
from mkdocs_essaim.search.plugin import SearchPlugin


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """The settings of a site, for whom it is, where it will stand, and the folder of ours that it is made in."""

    config_file: Path
    audience: Audience
    folder: Path
    room: Path
    strict: bool

    def begin(self) -> tuple[MkDocsConfig, ContentPlugin]:
        """Return the configuration, as asked, with its plugins started, and the one that owns the site."""
        cast(
            "Plugins", MkDocsConfig.plugins
        ).plugin_cache.clear()  # the host would give two builds of a process the same plugins
        config = load_config(str(self.config_file))
        content, search = content_of(config, "essaim"), config.plugins.get("essaim-search")
        content.config.audience = self.audience.value
        content.config.strict = self.strict
        content.published_to = self.folder
        content.kept_in = kept_file(self.config_file.parent, self.room.name)
        config.plugins.on_startup(command="build", dirty=False)
        if isinstance(search, SearchPlugin):
            search.keep_in(self.room / "recherche")
        return config, content

    def compiled(self) -> Path:
        """Return where compiled templates are kept: nobody else may write there what we would run."""
        folder = self.room / "modeles"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        return folder
