"""The index page of a collection: its pages as cards, a table or a list, as `_type.yml` asks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from essaim.folding import fold
from essaim.graph.model import Graph
from essaim.pages.page import Page, Value, Values
from essaim.schema.model import COVERS, Inverse, PageType
from essaim.views.audience import sees_field, sees_type, summary_of
from essaim.views.fields import ShownField, ShownValue, show_field
from essaim.views.relations import show_relations
from essaim.views.site import Site
from essaim.views.words import capitalised

HOME = "Accueil"
"""Label of the home page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexEntry:
    """One page of an index: its name, its summary, and a cell for each column or facet (None when empty)."""

    path: str
    title: str
    summary: str
    cells: tuple[ShownField | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexPage:
    """The index of a collection. `path` is that of its `index.md`, whether it exists or not."""

    path: str
    type: str
    label: str
    view: str
    columns: tuple[str, ...]
    """Labels of the cells; the column of the title has an empty cell that the title fills."""
    title_column: int | None
    entries: tuple[IndexEntry, ...]


def index_page(page_type: PageType, site: Site) -> IndexPage | None:
    """Return the index of a collection, or None when it has none or nothing to show."""
    if page_type.index is None or (not sees_type(site.audience, page_type)):
        return None
    spec = page_type.index
    pages = [p for p in site.graph.pages.values() if p.type.name == page_type.name and site.sees(p.path)]
    if not pages:
        return None
    wanted = spec.columns if spec.view == "table" and spec.columns else spec.facets
    names = tuple(name for name in wanted if _sees_column(page_type, name, site))
    is_sorted = _sees_column(page_type, spec.sort.removeprefix("-"), site)
    pages = _sorted(pages, page_type, spec.sort if is_sorted else "")
    title_column = names.index(page_type.title_field) if page_type.title_field in names else None
    return IndexPage(
        path=cover_path(page_type.folder, site.graph),
        type=page_type.name,
        label=capitalised(page_type.label_many),
        view=spec.view,
        columns=tuple(_label(page_type, name, site) for name in names),
        title_column=title_column,
        entries=tuple(_entry(page, names, site) for page in pages),
    )


def site_indexes(site: Site) -> dict[str, IndexPage]:
    """Return the index pages that have something to show, by the path of their `index.md`."""
    declared = [index_page(page_type, site) for page_type in site.schema.by_folder.values()]
    found = [index for index in declared if index is not None]
    folders = folder_indexes(site)
    home = next((index for index in folders if index.label == HOME), None)
    if home is not None:
        folders.remove(home)
        ways = (IndexEntry(path=i.path, title=i.label, summary="", cells=()) for i in (*found, *folders))
        folders.append(replace(home, entries=(*home.entries, *ways)))
    return {index.path: index for index in (*found, *folders)}


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
        if page.type.index is None and site.sees(page.path):
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
        pages.sort(key=lambda page: (fold(page.title), page.path))
        entries = tuple(_entry(page, (), site) for page in pages)
        found.append(
            IndexPage(path=path, type="", label=label, view="list", columns=(), title_column=None, entries=entries)
        )
    return found


def _folder_label(folder: str, collection: PageType | None) -> str:
    label = collection.label_many if collection else folder.rpartition("/")[2].replace("-", " ").replace("_", " ")
    return capitalised(label)


def _entry(page: Page, names: tuple[str, ...], site: Site) -> IndexEntry:
    cells = tuple(_cell(page, name, site) for name in names)
    return IndexEntry(path=page.path, title=page.title, summary=summary_of(page, site.audience), cells=cells)


def _cell(page: Page, name: str, site: Site) -> ShownField | None:
    if name in page.values:
        return show_field(page, page.type.fields[name], page.values[name], site)
    for relation in show_relations(page, site):
        if relation.name == name:
            values = tuple(ShownValue(text=c.title, page=c.path) for c in relation.pages)
            return ShownField(name=name, label=relation.label, kind="reference", values=values)
    return None


def _sees_column(page_type: PageType, name: str, site: Site) -> bool:
    if name in page_type.fields:
        return sees_field(site.audience, page_type.fields[name])
    return any(_seen_inverses(page_type, name, site))


def _seen_inverses(page_type: PageType, name: str, site: Site) -> Iterator[Inverse]:
    for relation in site.schema.inverses_of(page_type.name).get(name, ()):
        source, field = site.schema.types[relation.source_type], relation.field
        if field.inverse and sees_type(site.audience, source) and sees_field(site.audience, field):
            yield field.inverse


def _label(page_type: PageType, name: str, site: Site) -> str:
    if name in page_type.fields:
        return page_type.fields[name].label
    return next((inverse.label for inverse in _seen_inverses(page_type, name, site)), name)


def _sorted(pages: list[Page], page_type: PageType, sort: str) -> list[Page]:
    """Return pages by a field, then by title; those without a value come last, whatever the direction."""
    name = sort.removeprefix("-") or page_type.title_field
    by_title = sorted(pages, key=lambda page: (fold(page.title), page.path))
    keyed = [(_sort_key(page, page_type, name), page) for page in by_title]
    filled = [(key, page) for key, page in keyed if key is not None]
    filled.sort(key=lambda item: item[0], reverse=sort.startswith("-"))
    return [page for _, page in filled] + [page for key, page in keyed if key is None]


def _sort_key(page: Page, page_type: PageType, name: str) -> Any:
    """Return what a page is sorted by, or None; the keys of one field compare with one another."""
    if name == page_type.title_field:
        return fold(page.title)
    value = page.values.get(name)
    if isinstance(value, Values):
        value = next((item for item in value.items if isinstance(item, Value)), None)
    if not isinstance(value, Value):
        return None
    kind = page_type.fields[name].type
    return fold(value.data) if isinstance(value.data, str) else kind.measure(value.data)
