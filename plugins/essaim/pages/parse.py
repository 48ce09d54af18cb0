"""From a source and the type of its folder to a `Page`."""

from collections.abc import Iterator
from posixpath import basename

from essaim.diagnostics import Diagnostic
from essaim.pages.fields import FieldReader
from essaim.pages.page import FieldValue, Page, PageId, Value, Values
from essaim.pages.sections import check_sections
from essaim.rules import frontmatter
from essaim.schema.model import COVERS, PageType
from essaim.source import SourceFile
from essaim.syntax.document import Document, parse_document


def parse_page(source: SourceFile, page_type: PageType) -> tuple[Page, tuple[Diagnostic, ...]]:
    """Read one page; whatever is wrong with it, there is a page and there are diagnostics."""
    document, found = parse_document(source)
    reader = FieldReader(source)
    values: dict[str, FieldValue] = {}
    if document.fields is not None:
        values = reader.read(document.fields, page_type.fields, "", allows_extra=page_type.allows_extra)
    elif not document.unreadable:
        found += _check_absent(document, page_type)
    if not document.unreadable:
        found += check_sections(document, page_type)
    page = Page(
        id=PageId(page_type.name, page_id(source.path)),
        type=page_type,
        document=document,
        values=values,
        references=tuple(reader.references),
        title=_title(document, values, page_type),
        aliases=tuple(_aliases(values.get(page_type.alias_field))),
    )
    return page, tuple(found + reader.diagnostics)


def page_id(path: str) -> str:
    """Return the id of a page by its path: the file's stem; for the cover of a folder, the folder's name."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".md")
    return (basename(folder) or stem) if name in COVERS else stem


def _check_absent(document: Document, page_type: PageType) -> Iterator[Diagnostic]:
    required = [field.name for field in page_type.fields.values() if field.required]
    if required:
        fields = ", ".join(f"« {name} »" for name in required)
        rule = frontmatter.MISSING_FRONT_MATTER
        yield rule.at(document.source, (0, min(1, len(document.source.text))), fields=fields)


def _title(document: Document, values: dict[str, FieldValue], page_type: PageType) -> str:
    named = values.get(page_type.title_field)
    if isinstance(named, Value) and named.text.strip():
        return " ".join(named.text.split())
    first = next((heading.title for heading in document.headings if heading.level == 1), "")
    return first or basename(document.source.path).removesuffix(".md")


def _aliases(value: FieldValue | None) -> Iterator[tuple[str, int, int]]:
    items = value.items if isinstance(value, Values) else (value,) if value else ()
    for item in items:
        if isinstance(item, Value) and item.text.strip():
            yield item.text.strip(), item.start, item.end
