"""Options of the plugin `essaim-links`."""

from mkdocs.config.base import Config


class LinksConfig(Config):
    """What `mkdocs.yml` may say under `essaim-links:`."""
