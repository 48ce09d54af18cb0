"""Options of the plugin `essaim-history`."""

from mkdocs.config.base import Config


class HistoryConfig(Config):
    """What `mkdocs.yml` may say under `essaim-history:`."""
