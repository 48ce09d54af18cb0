"""Options of the plugin `essaim-search`."""

from mkdocs.config import config_options as option
from mkdocs.config.base import Config

from essaim.views.search.filters import USUAL


class SearchConfig(Config):
    """What `mkdocs.yml` may say under `essaim-search:`."""

    filters = option.ListOfItems(option.Type(str), default=list(USUAL))
    """By what results can be narrowed: « type », « territoire », a type that pages name, or a field."""

    last = option.ListOfItems(option.Type(str), default=[])
    """Types whose pages come after others that answer as well."""
