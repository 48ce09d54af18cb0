"""The plugins of others that act on pages: what they keep from one page to the next is not known."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

_EVENTS = (
    "on_nav",
    "on_env",
    "on_pre_page",
    "on_page_read_source",
    "on_page_markdown",
    "on_page_content",
    "on_page_context",
    "on_post_page",
)
"""What a page is made by, or with."""
_OURS = __name__.partition(".")[0]


def strangers(config: MkDocsConfig) -> list[str]:
    """Return the names of the plugins and hooks that are not ours and take part in the making of pages.

    With one of them, pages are made in order by one process, all of them: it may count, gather, or look at a clock.
    """
    return sorted({*_plugins(config), *_hooks(config)})


def _plugins(config: MkDocsConfig) -> Iterator[str]:
    for name, plugin in config.plugins.items():
        kind = type(plugin)
        is_ours = kind.__module__.partition(".")[0] == _OURS
        if not is_ours and any(
            getattr(kind, event, None) is not getattr(BasePlugin, event, None) for event in _EVENTS
        ):
            yield name


def _hooks(config: MkDocsConfig) -> Iterator[str]:
    hooks = cast("Mapping[str, Any]", config.hooks)  # whatever MkDocs says of its type
    for name, hook in hooks.items():
        if any(hasattr(hook, event) for event in _EVENTS):
            yield name
