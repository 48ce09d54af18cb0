"""What goes along to another cooperative's wiki, and what stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import basename, dirname, join, normpath

from essaim.graph.query import Item, Query
from essaim.pages.page import Page, values_of
from essaim.source import SourceFile
from essaim.workspace.analysis import Analysis
from essaim.workspace.discover import TYPE_FILE
from essaim.workspace.swarm.marks import without_demonstration

MODEL_FILE = "_modele.md"
COMMON_FOLDER = "_commun"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What goes along, by path: `pages` and the `supports` of types, models and settings, without their marked
    passages; `types` are those that go along.
    """

    pages: dict[str, SourceFile]
    supports: dict[str, SourceFile]
    types: frozenset[str]


def choose(analysis: Analysis) -> Choice:
    """Choose what goes along; raises UnclosedMark.

    Types go along, unless their file is nothing but a marked passage; so do the pages of those that are shared as
    commons, the pages that a type says are shared all the same, and the plain pages; never those of people who left.
    """
    sources = analysis.sources
    supports = {path: without_demonstration(sources[path]) for path in sources if is_support(analysis, path)}
    supports = {path: source for path, source in supports.items() if source.text.strip() or not sources[path].text}
    types = frozenset(name for name, one in analysis.schema.types.items() if one.path in supports)
    taken = [path for path, page in analysis.graph.pages.items() if _goes_along(analysis, page, types)]
    taken = [path for path in taken if path not in analysis.departed]
    return Choice(
        pages={path: without_demonstration(sources[path]) for path in sorted(taken)}, supports=supports, types=types
    )


def _goes_along(analysis: Analysis, page: Page, types: frozenset[str]) -> bool:
    page_type, plain = page.type, analysis.schema.plain.name
    if page_type.name == plain:
        return not page_type.path or plain in types
    return page_type.name in types and (page_type.share == "commons" or is_taken_along(analysis, page))


def is_taken_along(analysis: Analysis, page: Page) -> bool:
    """Whether a page of a type that is not shared is one of those that go along all the same."""
    condition = page.type.commons_when
    return condition is not None and Query(graph=analysis.graph, today=analysis.today).holds(condition, Item(page))


def is_support(analysis: Analysis, path: str) -> bool:
    """Whether a file is a type, a model, or a setting of the wiki."""
    name = basename(path)
    is_setting = dirname(path) == analysis.layout.in_docs("").rstrip("/.") and name[:1] == "_"
    return (
        name in (TYPE_FILE, MODEL_FILE)
        or COMMON_FOLDER in PurePosixPath(path).parent.parts
        or (is_setting and name.endswith(".yml"))
    )


def cited_files(analysis: Analysis, config: str) -> Iterator[str]:
    """Yield the files, not read by the engine, that the pages of a wiki or the text of its `mkdocs.yml` name."""
    found = {
        target.path for links in analysis.graph.out.values() for target in links.links if target.status == "file"
    }
    for page in analysis.graph.pages.values():
        found.update(_files_of(page))
    docs_dir = analysis.layout.in_docs("")
    named = {path for path in analysis.files if path.removeprefix(f"{docs_dir}/") in config}
    yield from sorted((found | named) & analysis.files - analysis.sources.keys())


def _files_of(page: Page) -> Iterator[str]:
    for name, value in page.values.items():
        for file in values_of(value, page.type.fields[name], "file", "image"):
            yield normpath(join(dirname(page.path), file.text))
