"""What our plugins tell a build of what their pages stand on."""

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


@runtime_checkable
class Guest(Protocol):
    """A plugin that takes part in the making of pages, and can say what that depends on."""

    def stands_on(self) -> Iterable[str]:
        """Tell what every page depends on by this plugin, beside its settings."""

    def page_stands_on(self, page: Page) -> Iterable[str]:
        """Tell what one page depends on by this plugin, beside that."""


def guests(config: MkDocsConfig) -> Iterator[Guest]:
    """Yield the plugins that can tell."""
    return (plugin for plugin in config.plugins.values() if isinstance(plugin, Guest))
