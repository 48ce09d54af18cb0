"""The conversion of Markdown, as MkDocs does it for each page, with a converter that is made once."""

import logging

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages as host
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from mkdocs_essaim.content.dialect import new_markdown

_KNOWN = ("markdown.", "pymdownx.", "material.", "essaim.", "mkdocs_essaim.")
"""Where the extensions come from that begin each text anew: those of others may not."""
log = logging.getLogger("mkdocs.structure.pages")


class Converter:
    """Gives pages their HTML, their table of contents and their anchors."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config, self._files = config, files
        markdown = new_markdown(config)
        self._markdown = markdown if _begins_anew(markdown, config) else None

    def convert(self, page: Page) -> None:
        """Convert the text of a page, as its `render` would."""
        if self._markdown is None:
            page.render(self._config, self._files)
            return
        markdown, around = self._markdown.reset(), (page.file, self._files, self._config)
        ids, raw_ids = host._ExtractAnchorsTreeprocessor(*around), host._RawHTMLPreprocessor()
        links, title = host._RelativePathTreeprocessor(*around), host._ExtractTitleTreeprocessor()
        for processor in (raw_ids, ids, links, title):  # in place of those of the page before
            processor._register(markdown)
        page.content = markdown.convert(page.markdown or "")
        page.toc = get_toc(getattr(markdown, "toc_tokens", []))
        page._title_from_render = title.title
        page.present_anchor_ids = ids.present_anchor_ids | raw_ids.present_anchor_ids
        if log.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors


def _begins_anew(markdown: Markdown, config: MkDocsConfig) -> bool:
    """Whether a converter gives a text the same HTML whatever it converted before."""
    if any((options or {}).get("UNIQUE_IDS") for options in config.mdx_configs.values()):
        return False
    readers = (markdown.preprocessors, markdown.parser.blockprocessors, markdown.inlinePatterns)
    parts = [part for registry in (*readers, markdown.treeprocessors, markdown.postprocessors) for part in registry]
    return all(type(part).__module__.startswith(_KNOWN) for part in (*parts, *markdown.registeredExtensions))
