"""Options of the plugin `essaim`."""

from mkdocs.config import config_options as option
from mkdocs.config.base import Config


class ContentConfig(Config):
    """What `mkdocs.yml` may say under `essaim:`."""

    audience = option.Choice(("public", "members"), default="public")
    """For whom the site is built; what is for members only never enters a public site."""

    strict = option.Optional(option.Type(bool))
    """Whether an author's mistake stops the build; by default, what `mkdocs build --strict` says."""
