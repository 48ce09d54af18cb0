"""What is only for the members of a cooperative: it stays with them, in the pages and the rows that go along too."""

from collections.abc import Iterator, Mapping

from essaim.pages.page import Page
from essaim.pages.rows import RowFile, named_rows
from essaim.schema.model import NO_FIELDS, Field, PageType
from essaim.source import SourceFile
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Scalar, Sequence
from essaim.syntax.yaml import parse_yaml_file
from essaim.workspace.analysis import Analysis
from essaim.workspace.rewriting import made
from essaim.workspace.swarm.choosing import Choice
from essaim.workspace.swarm.pruning import prune_edits
from essaim.workspace.swarm.settings import scalars_in, without_entries


def without_reserved(page: Page) -> SourceFile:
    """Return a page without what it says in fields for members, right or wrong."""
    source, fields = page.document.source, page.document.fields
    doomed = [scalar.start for scalar in _reserved(fields, page.type.fields)] if fields is not None else []
    return made(source, prune_edits(source, fields, page.type.fields, doomed)) if fields and doomed else source


def _reserved(node: Node, fields: Mapping[str, Field]) -> Iterator[Scalar]:
    """Yield what stands in the fields for members of a mapping, or of each of a list of them."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _reserved(item, fields)
    for key, value in node.entries if isinstance(node, MappingNode) else ():
        field = fields.get(key.text)
        if field is not None and field.visibility != "public":
            yield from scalars_in(value)
        elif field is not None:
            yield from _reserved(value, (field.item or field).fields)


def without_own_rows(analysis: Analysis, choice: Choice) -> dict[str, SourceFile]:
    """Return what types, models and settings are of another wiki, once the files of rows keep what is ours."""
    shared = {
        file.source.path: _without_own(choice.supports[file.source.path], name, file, analysis, choice)
        for name, file in analysis.rows.files.items()
        if file.source.path in choice.supports
    }
    return {**choice.supports, **shared}


def _without_own(source: SourceFile, name: str, file: RowFile, analysis: Analysis, choice: Choice) -> SourceFile:
    """Return a file of rows without those that only pages that stay name, and without what is for members.

    Without a type whose pages go along, all of them stay.
    """
    using = [
        field
        for page_type, readings in file.readings.items()
        if page_type in choice.types and _is_shared(analysis.schema.types[page_type])
        for field, _ in readings
        if field.visibility == "public"
    ]
    node, _ = parse_yaml_file(source)
    if not using or not isinstance(node, MappingNode):
        return without_entries(source)
    gone, kept = _named(name, analysis, choice)
    shown = {inner for field in using for inner, one in field.fields.items() if one.visibility == "public"}
    doomed: list[int] = []
    for row, value in node.entries:
        is_gone = row.text in gone - kept
        for key, inner in value.entries if isinstance(value, MappingNode) else ():
            if is_gone or key.text not in shown:
                doomed += [scalar.start for scalar in scalars_in(inner)]
    return made(source, prune_edits(source, node, NO_FIELDS, doomed))


def _is_shared(page_type: PageType) -> bool:
    """Whether some pages of a type may go along."""
    return page_type.share == "commons" or page_type.commons_when is not None


def _named(name: str, analysis: Analysis, choice: Choice) -> tuple[set[str], set[str]]:
    """Return the rows that the pages that stay name, and those that the others do."""
    gone: set[str] = set()
    kept: set[str] = set()
    for path, page in analysis.graph.pages.items():
        rows = kept if path in choice.pages else gone
        rows.update(row.id for field, row in named_rows(page) if field.shared == name)
    return gone, kept
