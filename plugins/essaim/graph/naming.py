"""Where a page is named, and how: by its id, its path, its title."""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from posixpath import dirname, join, normpath
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from essaim.folding import forms, twin
from essaim.graph.addresses import path_part, relative_path, write_path
from essaim.graph.model import Graph, LinkTarget
from essaim.graph.names import Name, NameIndex, accepts_for, any_name, names_of
from essaim.pages.edit import write_scalar
from essaim.pages.page import Page, PageRef
from essaim.schema.model import Field

_IN_BRACKETS = re.compile(r"(?P<open>['\"]?\[\[\s*)(?P<name>.*?)(?P<close>\s*(?:\|.*)?\]\]['\"]?)", re.DOTALL)


class Form(StrEnum):
    """How a page is named: by id, `type/id`, the end of its path, a title or other name, a file name, or a path."""

    ID = "id"
    TYPED = "type"
    FOLDER = "folder"
    NAME = "name"
    FILE = "file"
    PATH = "path"


class Naming(NamedTuple):
    """A place that names a page: the extent of the name in the file, what is written there, and how.

    `rest` is where the anchor or section after the name ends; `field` is None in a body.
    """

    source: str
    start: int
    end: int
    rest: int
    written: str
    text: str
    form: Form
    field: Field | None = None


class Doubt(NamedTuple):
    """A place that may name a page, and may name another."""

    source: str
    start: int
    text: str


def namings_of(graph: Graph, path: str) -> Iterator[Naming | Doubt]:
    """Yield every place where a page is named, or may be, page by page; those that name it by an old path are not."""
    target = graph.pages[path]
    keys = names_of(target).keys()
    for source in sorted(graph.out):
        out = graph.out[source]
        if source == path or source in graph.into.get(path, ()) or not out.keys.isdisjoint(keys) or path in out.paths:
            page = graph.pages[source]
            for reference in page.references:
                yield from _reference(graph, page, reference, path)
            for link in out.links:
                yield from _link(graph, page, link, path)


def _reference(graph: Graph, page: Page, reference: PageRef, path: str) -> Iterator[Naming | Doubt]:
    start, end = reference.start, reference.end
    accepts = accepts_for(reference.field)
    found = graph.out[page.path].references.get(start)
    written = page.document.source.text[start:end]
    if found == path:
        form = form_of(graph.names, reference.target, path, accepts)
        yield Naming(page.path, start, end, end, written, reference.target, form, reference.field)
    elif found is None and path in {name.path for name in graph.names.find(reference.target, accepts)}:
        yield Doubt(page.path, start, reference.target)


def _link(graph: Graph, page: Page, target: LinkTarget, path: str) -> Iterator[Naming | Doubt]:
    link = target.link
    written = path_part(page.document.source.text[link.target_start : link.target_end]).rstrip()
    start, end = link.target_start, link.target_start + len(written)
    if target.status == "ambiguous":
        if path in {name.path for name in graph.names.find(link.target)}:
            yield Doubt(page.path, start, link.target)
    elif target.path == path and target.status in ("page", "file") and link.target:
        form = Form.FILE
        if not link.kind.is_wikilink:
            form = Form.PATH
            if normpath(join(dirname(page.path), unquote(link.target.partition("?")[0]))) != path:
                return  # an old path, that a redirection follows
        elif graph.names.find(link.target):
            form = form_of(graph.names, link.target, path)
        yield Naming(page.path, start, end, link.target_end, written, link.target, form)


def form_of(names: NameIndex, text: str, path: str, accepts: Callable[[Name], bool] = any_name) -> Form:
    """Say how a text names a page that it is known to name.

    A text that fits the id and the title alike, in other letters than those of the id, is a title.
    """
    folder, _, stem = text.rpartition("/")
    direct = [name for key in forms(text) for name in names.by_key.get(key, ()) if accepts(name)]
    own = [name for name in direct if name.path == path]
    if folder and not own:
        sharing = [name for key in forms(stem) for name in names.by_key.get(key, ()) if accepts(name)]
        of_type = [name for name in sharing if name.page.type == normalize("NFC", folder)]
        if any(name.rank == 0 for name in of_type):
            return Form.TYPED
        is_path = twin(f"/{path}").endswith(twin(f"/{text}.md"))
        return Form.NAME if of_type and not is_path else Form.FOLDER
    ids = [name for name in own if name.rank == 0]
    if not ids:
        return Form.NAME
    is_exact = normalize("NFC", ids[0].text) == normalize("NFC", text)
    return Form.ID if is_exact or all(name.text == ids[0].text for name in own) else Form.NAME


def name_in_form(form: Form, text: str, page: Page, names: NameIndex, field: Field | None = None) -> str | None:
    """Return a name for a page in the manner of another, that means that page and no other; None if there is none."""
    parts = page.path.removesuffix(".md").split("/")
    ends = ["/".join(parts[-count:]) for count in range(2, len(parts) + 1)]
    typed, depth = str(page.id), text.count("/") - 1
    first = {Form.TYPED: [typed], Form.FOLDER: ends[depth:][:1]}.get(form, [page.id.id])
    for name in (*first, typed, *ends):
        found = names.find(name, accepts_for(field))
        if {n.path for n in found} == {page.path}:
            return name
    return None


def write_name(naming: Naming, page: Page, names: NameIndex, here: str) -> str | None:
    """Return what to write in place of a naming so that it names another page, seen from the path `here`."""
    if naming.form is Form.PATH:
        return write_path(naming.written, page.path, dirname(here))
    if naming.form is Form.FILE:
        return _file_name(naming, page, names, here)
    name = name_in_form(naming.form, naming.text, page, names, naming.field)
    if name is None or naming.field is None:
        return name
    bracketed = _IN_BRACKETS.fullmatch(naming.written)
    if bracketed is None:
        return _as_block(naming, name) if naming.written[:1] in "|>" else write_scalar(name, naming.written)
    quote = naming.written[0]
    return bracketed["open"] + write_scalar(name, quote)[1:-1] + bracketed["close"]


def _as_block(naming: Naming, name: str) -> str:
    return naming.written.replace(naming.text.strip(), name, 1)


def _file_name(naming: Naming, page: Page, names: NameIndex, here: str) -> str | None:
    """Return the name of a file as a wikilink gives it: from beside the page, or the end of its path."""
    if naming.text.startswith("."):
        return relative_path(page.path, dirname(here))
    text = naming.text.removesuffix(".md")
    name = name_in_form(Form.FOLDER if "/" in text else Form.ID, text, page, names)
    return f"{name}.md" if name else None
