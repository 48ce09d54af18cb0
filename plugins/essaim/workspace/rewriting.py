"""Edits of the pages that name a page, so that they name another; and of the paths a page itself gives."""

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from essaim.folding import fold
from essaim.graph.addresses import path_part, relative_path, write_path
from essaim.graph.names import NameIndex
from essaim.graph.naming import Form, Naming, write_name
from essaim.pages.edit import write_scalar
from essaim.pages.page import Page, values_of
from essaim.source import SourceFile, TextEdit, apply_edits
from essaim.syntax.markdown import Link
from essaim.workspace.analysis import Analysis
from essaim.workspace.plan import rewritten

_EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")


def rename_edits(
    source: SourceFile, namings: Iterable[Naming], page: Page, names: NameIndex, here: str
) -> list[TextEdit]:
    """Return the edits of a file, to stand at the path `here`, that make it name a page in place of another."""
    edits = []
    for naming in namings:
        text = write_name(naming, page, names, here)
        if text is not None and text != naming.written:
            edits.append(TextEdit(source.span((naming.start, naming.end)), text))
    return edits


def replace_edits(
    source: SourceFile, namings: Iterable[Naming], page: Page, names: NameIndex, here: str
) -> Iterator[TextEdit]:
    """Yield the edits that make a file name a page in place of one that goes; a section it lacks is left out."""
    for naming in namings:
        text = write_name(naming, page, names, here)
        if text is None:
            continue
        yield TextEdit(source.span((naming.start, naming.end)), text)
        rest = source.text[naming.end : naming.rest]
        before, sign, section = rest.partition("#")
        if sign and not _has_section(page, section, is_anchor=naming.form is Form.PATH):
            yield TextEdit(source.span((naming.end + len(before), naming.rest)), "")


def _has_section(page: Page, section: str, *, is_anchor: bool) -> bool:
    wanted = unquote(section) if is_anchor else section.rpartition("#")[2].strip()
    headings = page.document.headings
    return any(h.anchor == wanted or (not is_anchor and fold(h.title) == fold(wanted)) for h in headings)


def move_edits(analysis: Analysis, page: Page, to: str) -> Iterator[TextEdit]:
    """Yield the edits that keep the paths that a page gives right once it stands in another folder."""
    source, here, there = analysis.sources[page.path], dirname(page.path), dirname(to)
    if here == there:
        return
    for target in analysis.graph.out[page.path].links:
        link = target.link
        written = path_part(source.text[link.target_start : link.target_end]).rstrip()
        path = normpath(join(here, unquote(link.target.partition("?")[0])))
        if not written or path == page.path or _EXTERNAL.match(link.target):
            continue
        if not link.kind.is_wikilink:
            text = write_path(written, path, there) + ("/" if written.endswith("/") else "")
        elif target.status == "file" and target.path == path and not _is_found(analysis, link, target.path, there):
            text = relative_path(path, there)
        else:
            continue
        yield TextEdit(source.span((link.target_start, link.target_start + len(written))), text)
    yield from _file_edits(source, page, here, there)


def _is_found(analysis: Analysis, link: Link, path: str, folder: str) -> bool:
    """Whether a wikilink finds the same file from another folder."""
    beside = normpath(join(folder, link.target))
    if beside in analysis.files or link.target in analysis.files:
        return (beside if beside in analysis.files else link.target) == path
    return [p for p in analysis.files if p.endswith(f"/{link.target}")] == [path]


def _file_edits(source: SourceFile, page: Page, here: str, there: str) -> Iterator[TextEdit]:
    for name, field in page.type.fields.items():
        if name in page.values:
            for value in values_of(page.values[name], field, "file", "image"):
                path = relative_path(normpath(join(here, value.text)), there)
                written = source.text[value.start : value.end]
                yield TextEdit(source.span((value.start, value.end)), write_scalar(path, written))


def made(source: SourceFile, edits: Iterable[TextEdit], path: str | None = None) -> SourceFile:
    """Return a source once edits are made, maybe at another path."""
    return rewritten(source, apply_edits(source, list(edits)), path)
