"""The index page of a collection: its pages as cards, a table or a list, as `_type.yml` asks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from essaim.folding import fold, forms
from essaim.graph.model import Graph
from essaim.graph.query import Item
from essaim.pages.page import Page
from essaim.schema.model import COVERS, IndexSpec, PageType
from essaim.views.audience import sees_type, summary_of
from essaim.views.columns import column_cell, column_label
from essaim.views.facets import Facet, Faceted, find_facets
from essaim.views.fields import ShownField
from essaim.views.site import Site
from essaim.views.sorts import IndexSort, by_title, find_ranks, find_sorts, sort_pages
from essaim.views.words import capitalised

HOME = "Accueil"
"""Label of the home page."""
_FEWEST = 6
"""Entries from which an index can be filtered and sorted: fewer are seen at a glance."""
_NOTHING = Faceted((), {})


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexEntry:
    """One page of an index: its name, its summary, and a cell for each column (None when empty)."""

    path: str
    title: str
    summary: str
    cells: tuple[ShownField | None, ...] = ()
    keys: tuple[tuple[int, ...], ...] = ()
    """For each facet of the index, the numbers of the values that the page has."""
    ranks: tuple[int | None, ...] = ()
    """For each order of the index, the place of the page from the lowest, 0; None when it has no value."""
    words: str = ""
    """Folded words by which the page is found too, besides those that are shown of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexList:
    """What an index lists. Without facets nor orders, it is too short to need them, or is no collection."""

    names: tuple[str, ...] = ()
    """Fields and inverse relations of the cells."""
    columns: tuple[str, ...] = ()
    """Labels of the cells; the column of the title has an empty cell that the title fills."""
    title_column: int | None = None
    entries: tuple[IndexEntry, ...]
    facets: tuple[Facet, ...] = ()
    sorts: tuple[IndexSort, ...] = ()
    sort: str = ""
    """The order of the entries: the name of one of `sorts`, after a dash when it is the contrary order."""


@dataclass(frozen=True, kw_only=True)
class IndexPage:
    """The index of a collection. `path` is that of its `index.md`, whether it exists or not.

    What it lists, `listed`, is made when it is first asked for: a build in which no index is made again never asks.
    """

    path: str
    type: str
    label: str
    view: str
    make: Callable[[], IndexList] = field(repr=False, compare=False)

    @cached_property
    def listed(self) -> IndexList:
        """What it lists."""
        return self.make()


def index_page(page_type: PageType, site: Site) -> IndexPage | None:
    """Return the index of a collection, or None when it has none or nothing to show."""
    spec = page_type.index
    if spec is None or not sees_type(site.audience, page_type):
        return None
    if not any(page.type.name == page_type.name and site.lists(page.path) for page in site.graph.pages.values()):
        return None
    return IndexPage(
        path=cover_path(page_type.folder, site.graph),
        type=page_type.name,
        label=capitalised(page_type.label_many),
        view=spec.view,
        make=partial(_collection_list, page_type, spec, site),
    )


def _collection_list(page_type: PageType, spec: IndexSpec, site: Site) -> IndexList:
    pages = by_title(p for p in site.graph.pages.values() if p.type.name == page_type.name and site.lists(p.path))
    where = spec.where
    if where is not None:
        pages = [page for page in pages if site.asking(page).holds(where, Item(page))]
    labels = {name: column_label(page_type, name, site) for name in _columns(spec)}
    names = tuple(name for name, label in labels.items() if label is not None)
    sorts = find_sorts(page_type, (spec.sort.removeprefix("-"), *_ordered(spec)), site)
    ranked = find_ranks(pages, sorts, site)
    sort = spec.sort if spec.sort.removeprefix("-") in {kept.name for kept in ranked.sorts} else sorts[0].name
    is_long = len(pages) >= _FEWEST
    faceted = find_facets(page_type, spec.facets, pages, site) if is_long else _NOTHING
    return IndexList(
        names=names,
        columns=tuple(labels[name] or name for name in names),
        title_column=names.index(page_type.title_field) if page_type.title_field in names else None,
        entries=tuple(
            IndexEntry(
                path=page.path,
                title=page.title,
                summary=_summary(page, site),
                cells=tuple(column_cell(page, name, site) for name in names),
                keys=faceted.keys.get(page.path, ()),
                ranks=ranked.ranks[page.path] if is_long else (),
                words=_words(page, spec, site) if is_long else "",
            )
            for page in sort_pages(pages, page_type, sort, site)
        ),
        facets=faceted.facets,
        sorts=ranked.sorts if is_long else (),
        sort=sort,
    )


def _columns(spec: IndexSpec) -> Sequence[str]:
    """Return the names of the cells that a view shows."""
    if spec.view == "list":
        return ()
    return spec.columns if spec.view == "table" and spec.columns else spec.facets


def _ordered(spec: IndexSpec) -> Sequence[str]:
    """Return the fields that an index is sorted by besides its own order: those that it shows or filters by."""
    return (*_columns(spec), *spec.facets)


def _words(page: Page, spec: IndexSpec, site: Site) -> str:
    """Return the plain words that inclusive forms stand for and, where it is not shown, the summary."""
    summary = _summary(page, site)
    spoken = [form for word in f"{page.title} {summary}".split() for form in forms(word)[1:]]
    is_shown = spec.view != "table" or "resume" in _columns(spec)
    return " ".join([*dict.fromkeys(spoken), *(() if is_shown else (fold(summary),))])


def site_indexes(site: Site) -> dict[str, IndexPage]:
    """Return the index pages that have something to show, by the path of their `index.md`."""
    declared = [index_page(page_type, site) for page_type in site.schema.by_folder.values()]
    found = [index for index in declared if index is not None]
    folders = folder_indexes(site)
    home = next((index for index in folders if index.label == HOME), None)
    if home is not None:
        folders.remove(home)
        folders.append(replace(home, make=partial(_with_ways, home, [*found, *folders])))
    return {index.path: index for index in (*found, *folders)}


def _with_ways(home: IndexPage, others: Sequence[IndexPage]) -> IndexList:
    ways = (IndexEntry(path=index.path, title=index.label, summary="") for index in others)
    return replace(home.listed, entries=(*home.listed.entries, *ways))


def cover_path(folder: str, graph: Graph) -> str:
    """Return the path of the page that stands for a folder, whether somebody wrote it or not."""
    paths = [f"{folder}/{name}".removeprefix("/") for name in COVERS]
    return next((path for path in paths if path in graph.pages), paths[0])


def folder_indexes(site: Site) -> list[IndexPage]:
    """Return the index of each folder whose pages no other index lists and for which nobody wrote one.

    A page beside a folder, of the same name, is one somebody wrote: they would stand at the same address. The home
    page is one of them: without a written one, it leads to the collections too.
    """
    home = "" if site.docs_dir == "." else site.docs_dir
    folders: dict[str, list[Page]] = {home: []}
    for page in site.graph.pages.values():
        if page.type.index is None and site.lists(page.path):
            folders.setdefault(page.path.rpartition("/")[0], []).append(page)
    found = []
    for folder, pages in sorted(folders.items()):
        path = cover_path(folder, site.graph)
        collection = site.schema.by_folder.get(folder)
        if path in site.graph.pages or (collection is not None and collection.index is not None):
            continue
        if site.sees(f"{folder}.md"):
            continue
        label = HOME if folder == home else _folder_label(folder, collection)
        make = partial(_folder_list, pages, site)
        found.append(IndexPage(path=path, type="", label=label, view="list", make=make))
    return found


def _folder_list(pages: Iterable[Page], site: Site) -> IndexList:
    entries = (IndexEntry(path=page.path, title=page.title, summary=_summary(page, site)) for page in by_title(pages))
    return IndexList(entries=tuple(entries))


def _folder_label(folder: str, collection: PageType | None) -> str:
    label = collection.label_many if collection else folder.rpartition("/")[2].replace("-", " ").replace("_", " ")
    return capitalised(label)


def _summary(page: Page, site: Site) -> str:
    """Return the summary of a page; of one that waits for a correction, only the title is shown."""
    return summary_of(page, site.audience) if page.path not in site.errors else ""
