"""HTML fragments of a page: what is put around its body. Templates are compiled once."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from essaim.views.addresses import AddressOf
from essaim.views.diagram import draw
from essaim.views.history import ShownHistory
from essaim.views.index import IndexPage
from essaim.views.inputs import PageInputs
from essaim.views.listing import ListPage
from essaim.views.neighbourhood import Neighbourhood
from essaim.views.search.records import Record
from essaim.views.typography import bind_spaces
from mkdocs_essaim.content.files import published_file
from mkdocs_essaim.views.filters import filters_of, keys_of, ranks_of

ROW_HEIGHT = 3
"""Height of a row of a drawing, in em, as `essaim.css` counts it too."""


class FeedLink(NamedTuple):
    """What leads from a page to a feed: what the feed tells, the name of its format, its MIME type, its address."""

    title: str
    name: str
    type: str
    address: str


class Renderer:
    """Renders the fragments of pages from their inputs."""

    def __init__(self) -> None:
        self.site_url = ""
        """The published address of the site, '' when it is not known: programs subscribe by whole addresses."""
        self._templates = Environment(
            loader=PackageLoader("mkdocs_essaim"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            auto_reload=False,  # or each fragment of each page asks the disk whether its template changed
        )
        self._templates.globals["webcal"] = lambda path: webcal(path, self.site_url)
        self._templates.filters["number"] = "{:g}".format

    def keep_in(self, folder: Path) -> None:
        """Keep in a folder of ours what templates compile to, for the next process."""
        self._templates.bytecode_cache = FileSystemBytecodeCache(str(folder))

    def above(self, inputs: PageInputs, address_of: AddressOf) -> str:
        """Render what stands between the title and the body: the way up, the summary, the fields."""
        return self._templates.get_template("above.html.jinja").render(inputs=inputs, address_of=address_of)

    def summary(self, text: str) -> str:
        """Render the sentence that says what a cover is about; '' when it has none."""
        return self._templates.get_template("summary.html.jinja").render(text=text) if text else ""

    def below(self, inputs: PageInputs, address_of: AddressOf) -> str:
        """Render what follows the body: the pages that name this one."""
        return self._templates.get_template("below.html.jinja").render(inputs=inputs, address_of=address_of)

    def neighbourhood(self, near: Neighbourhood, address_of: AddressOf) -> str:
        """Render the drawing of the pages around one, and its equivalent in text; '' when none is published."""
        diagram = draw(near, address_of)
        if diagram is None:
            return ""
        template = self._templates.get_template("neighbourhood.html.jinja")
        return template.render(near=near, diagram=diagram, address_of=address_of, row_height=ROW_HEIGHT)

    def history(self, history: ShownHistory, address_of: AddressOf) -> str:
        """Render what a page shows of its past."""
        return self._templates.get_template("history.html.jinja").render(history=history, address_of=address_of)

    def index(self, index: IndexPage, address_of: AddressOf) -> str:
        """Render the pages of a collection."""
        template = self._templates.get_template("index.html.jinja")
        data = {"filters": filters_of(index), "keys_of": keys_of, "ranks_of": ranks_of}
        return template.render(index=index, address_of=address_of, **data)

    def subscribe(self, links: Iterable[FeedLink]) -> str:
        """Render the line that offers to follow a page by a feed."""
        return self._templates.get_template("subscribe.html.jinja").render(links=links)

    def edition(self, address: str) -> str:
        """Render what only paper shows at the foot of a page: its whole address."""
        return self._templates.get_template("edition.html.jinja").render(address=address)

    def feed_links(self, links: Iterable[FeedLink]) -> str:
        """Render the links by which feed readers find the feeds of a page."""
        return self._templates.get_template("feed_links.html.jinja").render(links=links)

    def view(self, kind: str, view: Any, address_of: AddressOf, id: str) -> str:
        """Render what a query shows; `id` begins the ids that the fragment gives."""
        template = self._templates.get_template(f"vues/{kind or 'attente'}.html.jinja")
        return template.render(view=view, address_of=address_of, id=id)

    def redirect(self, title: str, address: str) -> str:
        """Render the whole page that stands at an old address and leads to another."""
        return self._templates.get_template("redirect.html.jinja").render(title=title, address=address)

    def no_search(self, address: str) -> str:
        """Render what is told without a script: there is no search, and where every page is listed if it is."""
        return self._templates.get_template("no_search.html.jinja").render(address=address)

    def search(self, record: Record, body: str) -> str:
        """Render what is indexed of a page: its record, and the body it shows."""
        return self._templates.get_template("search.html.jinja").render(record=record, body=body)

    def lists(self, list_page: ListPage, address_of: AddressOf) -> str:
        """Render the tables of a list page, or what it says when there is nothing to list."""
        return self._templates.get_template("list.html.jinja").render(list_page=list_page, address_of=address_of)


def webcal(path: str, site_url: str) -> str:
    """Return the address by which a click subscribes to a published calendar, '' when the site has no address."""
    scheme, separator, rest = urljoin(site_url, quote(path)).partition("://")
    return f"webcal://{rest}" if separator and scheme in ("http", "https") else ""


def after_heading(html: str, fragment: str) -> str:
    """Put a fragment after the title of a page."""
    head, end, rest = html.partition("</h1>")
    return f"{head}{end}\n{fragment}{rest}"


def address_from(page: Page, files: Files, docs_dir: str) -> AddressOf:
    """Return how the page being rendered sees the others; each address is worked out once."""
    return _Addresses(page, files, docs_dir).__getitem__


class _Addresses(dict[str, str]):
    """The addresses of paths as one page sees them, found as they are asked for."""

    def __init__(self, page: Page, files: Files, docs_dir: str) -> None:
        super().__init__()
        self._file, self._files, self._docs_dir = page.file, files, docs_dir

    def __missing__(self, path: str) -> str:
        file = published_file(path, self._files, self._docs_dir)
        self[path] = file.url_relative_to(self._file) if file else ""
        return self[path]


def bind_titles(entries: Iterable[AnchorLink]) -> None:
    """Give the entries of a table of contents the spaces of French, as the headings they repeat."""
    for entry in entries:
        entry.title = bind_spaces(entry.title)
        bind_titles(entry.children)
