"""JSON-LD in the head of pages."""

from html import unescape
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from essaim.views.index import IndexPage
from essaim.views.linked_data.model import LinkedData
from essaim.views.linked_data.pages import index_data, list_data
from essaim.views.linked_data.script import SiteFacts, linked_data_json
from mkdocs_essaim.content.files import published_file
from mkdocs_essaim.content.plugin import ContentPlugin


def linked_data_script(
    page: Page, index: IndexPage | None, content: ContentPlugin, files: Files, config: MkDocsConfig
) -> str:
    """Return the script element that tells machines what a page is; `index` is the one that it shows, if any.

    Addresses are whole where `site_url` is set, else as the page sees them.
    """
    data = page_data_of(page, index, content)

    def address(file: File | None) -> str:
        if file is None:
            return ""
        return urljoin(config.site_url, file.url) if config.site_url else file.url_relative_to(page.file)

    def address_of(path: str) -> str:
        return address(page.file if path == data.path else published_file(path, files, content.site.docs_dir))

    home = files.get_file_from_path("index.md") or files.get_file_from_path("README.md")
    facts = SiteFacts(config.site_name, config.site_description or "", address(home))
    return f'<script type="application/ld+json">{linked_data_json(data, facts, address_of)}</script>\n'


def page_data_of(page: Page, index: IndexPage | None, content: ContentPlugin) -> LinkedData:
    """Return what a page says of itself; of one that another plugin makes, its title."""
    inputs, list_page = content.inputs(page), content.lists.get(page.file.src_uri)
    if index is not None:
        return index_data(index, content.site)
    if inputs is not None:
        return inputs.linked_data
    if list_page is not None:
        return list_data(list_page, content.site)
    return LinkedData(kind="WebPage", path="", name=unescape(str(page.title or "")))
