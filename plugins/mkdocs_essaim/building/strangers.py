"""The plugins and Markdown extensions of others that act on pages: what their pages depend on is not known."""

from collections.abc import Iterator

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

_EVENTS = (
    "on_nav",
    "on_env",
    "on_pre_page",
    "on_page_read_source",
    "on_page_markdown",
    "on_page_content",
    "on_page_context",
    "on_post_page",
    "on_post_build",
)
"""What a page is made by, or with, or looked at with all the others once they are written."""
_OURS = __name__.partition(".")[0]
_KNOWN = ("markdown.", "pymdownx.", "material.", _OURS)
"""Where the Markdown extensions come from that give a text the same HTML each time, but for those that read files."""
_READERS = ("pymdownx.snippets", "pymdownx.b64")


def strangers(config: MkDocsConfig) -> list[str]:
    """Return the names of the plugins, hooks and extensions that are not ours and take part in the making of pages.

    With one of them, pages are made in order by one process, all of them: it may count, gather, read other files, or
    look at a clock.
    """
    return sorted({*_plugins(config), *_extensions(config)})


def _plugins(config: MkDocsConfig) -> Iterator[str]:
    """Yield the plugins; hooks are among them, as the modules that they are."""
    for name, plugin in config.plugins.items():
        is_ours = type(plugin).__module__.partition(".")[0] == _OURS
        if not is_ours and any(hasattr(plugin, event) for event in _EVENTS):
            yield name


def _extensions(config: MkDocsConfig) -> Iterator[str]:
    markdown = Markdown()
    for name in map(str, config.markdown_extensions):
        extension = markdown.build_extension(name, config.mdx_configs.get(name) or {})
        module = type(extension).__module__
        if module in _READERS or not module.startswith(_KNOWN):
            yield name
