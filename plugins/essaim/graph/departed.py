"""The pages of people who left, and where their names are still written."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from essaim.diagnostics import Diagnostic
from essaim.graph.model import Graph
from essaim.graph.query import Item, Query
from essaim.graph.spoken import SpokenNames, places_of
from essaim.pages.page import Page
from essaim.rules import mentions as rules
from essaim.source import Extent
from essaim.syntax.markdown import Link
from essaim.syntax.markdown.mask import blank


def departed_pages(graph: Graph, today: date) -> frozenset[str]:
    """Return the paths of the pages of people who left, as their types say it."""
    query = Query(graph=graph, today=today)
    return frozenset(path for path, page in graph.pages.items() if _is_departed(page, query))


def _is_departed(page: Page, query: Query) -> bool:
    return page.type.departed is not None and query.holds(page.type.departed.when, Item(page))


def names_of_departed(page: Page) -> tuple[str, ...]:
    """Return the names that a page had: its title and its other names."""
    return tuple(dict.fromkeys((page.title, *(text for text, _, _ in page.aliases))))


def check_departed_names(graph: Graph, departed: Collection[str]) -> Iterator[Diagnostic]:
    """Tell where a page still writes, in plain words, the name of somebody who left; links to them are no matter."""
    if not departed:
        return
    names = SpokenNames(graph, departed)
    ids = {graph.pages[path].id.id for path in departed}
    for path in sorted(graph.pages.keys() - departed):
        page = graph.pages[path]
        source = page.document.source
        links = [target.link for target in graph.out[path].links if target.path in departed]
        for start, end in _places(page, links, names):
            words = source.text[start:end]
            if words not in ids:  # a path, not a name
                yield rules.DEPARTED_NAME.at(source, (start, end), words=words)


def _places(page: Page, links: Sequence[Link], names: SpokenNames) -> Iterator[Extent]:
    """Yield where names are said in a file, outside the links whose words are not shown and what names pages."""
    text = _plain(page, links)
    done = 0
    for start in sorted(place for word in names.begun(text) for place in places_of(word, text)):
        said, end = names.longest(text, start) if start >= done else ([], 0)
        if any(name.text == text[start:end] or name.is_said(text[start:end]) for name in said):
            done = end
            yield Extent(start, end)


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _plain(page: Page, links: Sequence[Link]) -> str:
    """Return the text of a file with some links, and what the front matter names pages by, blanked out."""
    text = page.document.source.text
    extents = [(link.start, link.end) for link in (*links, *page.property_links)]
    defined = (link for link in links if not link.start <= link.target_start < link.end)  # `[1]: path "title"`
    extents += [(link.target_start, _end_of_line(text, link.target_end)) for link in defined]
    return blank(text, (*extents, *((reference.start, reference.end) for reference in page.references)))
