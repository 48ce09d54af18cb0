"""How the host is made to read Markdown as the engine does."""

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from essaim.views.markdown.dialect import DIALECT


def speak_dialect(config: MkDocsConfig) -> None:
    """Add the Markdown extensions that the engine counts on; those that a site sets itself stay as it says."""
    for name, options in DIALECT.items():
        if not _has(config, name):
            config.markdown_extensions.append(name)
            config.mdx_configs.setdefault(name, dict(options))


def _has(config: MkDocsConfig, name: str) -> bool:
    return name in config.markdown_extensions or f"markdown.extensions.{name}" in config.markdown_extensions


def new_markdown(config: MkDocsConfig) -> Markdown:
    """Return a converter as MkDocs makes them."""
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
