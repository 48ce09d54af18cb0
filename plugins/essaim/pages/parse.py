"""From a source and the type of its folder to a `Page`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename

from essaim.diagnostics import Diagnostic, Severity
from essaim.pages.fields import FieldReader
from essaim.pages.page import FieldValue, Page, PageId, Value, Values
from essaim.pages.properties import Alias, other_names, property_links
from essaim.pages.sections import check_sections
from essaim.rules import body, files, frontmatter
from essaim.schema.model import COVERS, PageType
from essaim.source import SourceFile
from essaim.syntax.document import Document, parse_document
from essaim.syntax.lazy import LazyDocument
from essaim.syntax.markdown import Heading, Link

_BEGINNING = 4000
"""How far into a text, in code points, one looks for a front matter that is not one."""

_HARMLESS = frontmatter.CODES | {body.UNCLOSED_FENCE.code, files.CONTROL_CHARACTER.code}
"""What a page of a type that asks for nothing may get wrong and still be shown."""


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
        path=source.path,
        id=PageId(page_type.name, page_id(source.path)),
        type=page_type,
        held=LazyDocument.of(document),
        values=values,
        references=tuple(reader.references),
        title=title_of(document, values, page_type),
        aliases=tuple(_aliases(document, values, page_type)),
        property_links=_property_links(document, page_type),
        variables=document.variables,
        headings=document.headings,
        unreadable=document.unreadable,
    )
    return page, tuple(_weighed(diagnostic, page_type) for diagnostic in found + reader.diagnostics)


def page_id(path: str) -> str:
    """Return the id of a page by its path: the file's stem; for the cover of a folder, the folder's name."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".md")
    return (basename(folder) or stem) if name in COVERS else stem


def _weighed(diagnostic: Diagnostic, page_type: PageType) -> Diagnostic:
    """Return a diagnostic as it counts for a type.

    Of a declared type that asks for nothing, a slip in the front matter, code that does not close or a sign that is
    left out do not keep the text from its readers, unless a field is for some of them only: it may be in what could
    not be read.
    """
    asks = not page_type.path or not page_type.allows_extra or any(f.required for f in page_type.fields.values())
    asks = asks or any(field.visibility != "public" for field in page_type.all_fields())
    if asks or diagnostic.code not in _HARMLESS or diagnostic.severity is not Severity.ERROR:
        return diagnostic
    return replace(diagnostic, severity=Severity.WARNING)


def _check_absent(document: Document, page_type: PageType) -> Iterator[Diagnostic]:
    """Report that what a page needs is not there, or that what is for members stands in its text."""
    required = [field.name for field in page_type.fields.values() if field.required]
    beginning = document.body_text[:_BEGINNING]
    required = required or [
        field.name
        for field in page_type.fields.values()
        if field.visibility != "public" and re.search(rf"^\W*{re.escape(field.name)}\W*[:=]", beginning, re.MULTILINE)
    ]
    if required:
        fields = ", ".join(f"« {name} »" for name in required)
        rule = frontmatter.MISSING_FRONT_MATTER
        yield rule.at(document.source, (0, min(1, len(document.source.text))), fields=fields)


def title_of(document: Document, values: Mapping[str, FieldValue], page_type: PageType) -> str:
    """Return what names a page, as it is written: its title field, its first level-1 heading, or its file.

    A heading that names another page in a link without words is no title: it may name what not every reader sees.
    """
    named = values.get(page_type.title_field)
    if isinstance(named, Value) and named.text.strip():
        return " ".join(named.text.split())
    first = next((heading for heading in document.headings if heading.level == 1), None)
    title = first.title if first and not _names_another(document, first) else ""
    return title or basename(document.source.path).removesuffix(".md")


def _names_another(document: Document, heading: Heading) -> bool:
    links = (link for link in document.links if heading.start <= link.start < heading.end)
    return any(link.kind.is_wikilink and link.target and not link.text for link in links)


def aliases_of(value: FieldValue | None) -> Iterator[tuple[str, int, int]]:
    """Yield the other names of a page as they are written, each with its place."""
    items = value.items if isinstance(value, Values) else (value,) if value else ()
    for item in items:
        if isinstance(item, Value) and item.text.strip():
            yield item.text.strip(), item.start, item.end


def _aliases(document: Document, values: Mapping[str, FieldValue], page_type: PageType) -> Iterator[Alias]:
    if page_type.allows_extra and document.fields is not None:
        return other_names(document.fields, page_type, document.source)
    return aliases_of(values.get(page_type.alias_field))


def _property_links(document: Document, page_type: PageType) -> tuple[Link, ...]:
    if not page_type.allows_extra or document.fields is None:
        return ()
    return property_links(document.fields, page_type, document.source)
