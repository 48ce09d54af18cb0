"""The index page of a collection: its pages as cards, a table or a list, as `_type.yml` asks."""

from dataclasses import dataclass
from typing import Any

from essaim.folding import fold
from essaim.graph.model import Graph
from essaim.pages.page import Page, Value, Values
from essaim.schema.model import PageType, Schema
from essaim.views.audience import Audience, sees_page
from essaim.views.fields import ShownField, ShownValue, show_field
from essaim.views.relations import show_relations

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


def index_page(page_type: PageType, graph: Graph, audience: Audience) -> IndexPage | None:
    """Return the index of a collection, or None when it has none or nothing to show."""
    if page_type.index is None or (page_type.visibility != "public" and audience is Audience.PUBLIC):
        return None
    spec = page_type.index
    pages = [p for p in graph.pages.values() if p.type.name == page_type.name and sees_page(audience, p)]
    if not pages:
        return None
    names = spec.columns if spec.view == "table" and spec.columns else spec.facets
    pages.sort(key=lambda page: (_sort_key(page, page_type, spec.sort), fold(page.title), page.path))
    if spec.sort.startswith("-"):
        pages.reverse()
    title_column = names.index(page_type.title_field) if page_type.title_field in names else None
    return IndexPage(
        path=f"{page_type.folder}/index.md".removeprefix("/"),
        type=page_type.name,
        label=page_type.label_many[:1].upper() + page_type.label_many[1:],
        view=spec.view,
        columns=tuple(_label(page_type, name) for name in names),
        title_column=title_column,
        entries=tuple(_entry(page, names, graph, audience) for page in pages),
    )


def folder_indexes(graph: Graph, schema: Schema, docs_dir: str, audience: Audience) -> list[IndexPage]:
    """Return the index of each folder whose pages no other index lists and for which nobody wrote one.

    The home page is one of them: without a written one, it leads to the collections too.
    """
    home = "" if docs_dir == "." else docs_dir
    folders: dict[str, list[Page]] = {home: []}
    for page in graph.pages.values():
        if page.type.index is None and sees_page(audience, page):
            folders.setdefault(page.path.rpartition("/")[0], []).append(page)
    found = []
    for folder, pages in sorted(folders.items()):
        path = f"{folder}/index.md".removeprefix("/")
        collection = schema.by_folder.get(folder)
        if path in graph.pages or (collection is not None and collection.index is not None):
            continue
        label = HOME if folder == home else _folder_label(folder, collection)
        pages.sort(key=lambda page: (fold(page.title), page.path))
        entries = tuple(_entry(page, (), graph, audience) for page in pages)
        found.append(
            IndexPage(path=path, type="", label=label, view="list", columns=(), title_column=None, entries=entries)
        )
    return found


def _folder_label(folder: str, collection: PageType | None) -> str:
    label = collection.label_many if collection else folder.rpartition("/")[2].replace("-", " ").replace("_", " ")
    return label[:1].upper() + label[1:]


def _entry(page: Page, names: tuple[str, ...], graph: Graph, audience: Audience) -> IndexEntry:
    cells = tuple(_cell(page, name, graph, audience) for name in names)
    return IndexEntry(path=page.path, title=page.title, summary=page.summary, cells=cells)


def _cell(page: Page, name: str, graph: Graph, audience: Audience) -> ShownField | None:
    if name in page.values:
        return show_field(page, page.type.fields[name], page.values[name], graph, audience)
    for relation in show_relations(page, graph, audience):
        if relation.name == name:
            values = tuple(ShownValue(text=c.title, page=c.path) for c in relation.pages)
            return ShownField(name=name, label=relation.label, kind="reference", values=values)
    return None


def _label(page_type: PageType, name: str) -> str:
    field = next((f for f in page_type.all_fields() if name in (f.name, f.path)), None)
    return field.label if field else name.replace("_", " ").capitalize()


def _sort_key(page: Page, page_type: PageType, sort: str) -> tuple[int, Any]:
    """Return a key that puts empty values last and compares values of one field only."""
    name = sort.removeprefix("-")
    value = page.values.get(name)
    if isinstance(value, Values):
        value = next((item for item in value.items if isinstance(item, Value)), None)
    if not isinstance(value, Value):
        return (1, "") if name and name != page_type.title_field else (0, fold(page.title))
    data = page_type.fields[name].type.measure(value.data) if page_type.fields[name].type.has_bounds else value.data
    return (0, fold(value.data) if isinstance(value.data, str) else data)
