"""Options of the plugin `essaim-views`."""

from mkdocs.config import config_options as option
from mkdocs.config.base import Config


class ViewsConfig(Config):
    """What `mkdocs.yml` may say under `essaim-views:`."""

    order = option.ListOfItems(option.Type(str), default=[])
    """Types whose index comes first in the navigation, in this order; the others follow by label."""
