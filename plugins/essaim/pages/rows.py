"""Rows that live once, in a file of the wiki: pages name them, and read as if they stood there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from essaim.diagnostics import Diagnostic
from essaim.pages.fields import FieldReader
from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.rules import fields as field_rules
from essaim.rules import frontmatter
from essaim.rules import rows as rules
from essaim.schema.model import Field, PageType
from essaim.source import Extent, SourceFile, Span
from essaim.suggest import nearest
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.yaml import parse_yaml_file

_NAME = re.compile(r"\w[\w.-]*")
Rows = Mapping[str, Group]
"""The rows of a file by their names, as one field reads them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFile:
    """The rows of one file. `places` are those of their names; `readings` what each type that uses it reads in them.

    `page` is the path of the page that lists them, if somebody wrote one (`docs/references.md`). `is_whole` says
    whether all of it could be read: else what is missing may be there.
    """

    source: SourceFile
    page: str
    places: Mapping[str, Extent]
    readings: Mapping[str, tuple[tuple[Field, Rows], ...]]
    is_whole: bool

    def rows(self, page_type: str, field: str) -> Rows:
        """Return the rows as a field of a type reads them."""
        return next((rows for known, rows in self.readings.get(page_type, ()) if known.name == field), {})


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedRows:
    """The files of rows, by name."""

    files: Mapping[str, RowFile]

    @property
    def paths(self) -> frozenset[str]:
        """Where the files stand, or would."""
        return frozenset(file.source.path for file in self.files.values())

    @property
    def pages(self) -> frozenset[str]:
        """The pages that list the rows, or would."""
        return frozenset(file.page for file in self.files.values())

    def has_anchor(self, path: str, anchor: str) -> bool:
        """Whether a page lists a row under an anchor."""
        return any(file.page == path and anchor in file.places for file in self.files.values())

    def fill(self, page: Page) -> Page:
        """Return a page with the rows it names, each at the place of its name; an unknown name is an empty row."""
        if not any(named_rows(page)):
            return page
        return replace(page, values={name: self._filled(name, value, page) for name, value in page.values.items()})

    def _filled(self, name: str, value: FieldValue, page: Page) -> FieldValue:
        field = page.type.fields[name]
        if not field.shared or not isinstance(value, Values):
            return value
        rows = self.files[field.shared].rows(page.type.name, name)
        return value._replace(items=tuple(_filled(item, rows) for item in value.items))

    def check(self, page: Page) -> Iterator[Diagnostic]:
        """Report the names of a page that no row bears."""
        for field, group in named_rows(page):
            file = self.files[field.shared]
            if group.id not in file.places and file.is_whole:
                near = nearest(group.id, file.places)
                extent = (group.start, max(group.end, group.start + 1))
                words: dict[str, Any] = {"id": group.id, "file": file.source.path}
                yield rules.UNKNOWN_ROW.at(page.document.source, extent, suggestion=near, replacement=near, **words)

    def check_unused(self, pages: Iterable[Page]) -> Iterator[Diagnostic]:
        """Tell which rows no page names."""
        if self.files:
            named = {(field.shared, group.id) for page in pages for field, group in named_rows(page)}
            for name, file in self.files.items():
                for row, place in file.places.items():
                    if (name, row) not in named:
                        yield rules.UNUSED_ROW.at(file.source, place, id=row)


NO_ROWS = SharedRows(files=MappingProxyType({}))
"""No file has rows."""


def named_rows(page: Page) -> Iterator[tuple[Field, Group]]:
    """Yield the rows that a page names, with the field that does."""
    for name, value in page.values.items():
        field = page.type.fields[name]
        if field.shared and isinstance(value, Values):
            for item in value.items:
                if isinstance(item, Group) and item.id:
                    yield field, item


def _filled(item: FieldValue, rows: Rows) -> FieldValue:
    if not isinstance(item, Group) or not item.id:
        return item
    row = rows.get(item.id)
    fields = {name: _moved(value, item) for name, value in row.fields.items()} if row else {}
    return item._replace(fields=fields)


def _moved(value: FieldValue, to: Group) -> FieldValue:
    """Return a value as if it were written at the place of a row's name."""
    if isinstance(value, Value):
        return value._replace(start=to.start, end=to.end)
    if isinstance(value, Values):
        return Values(tuple(_moved(item, to) for item in value.items), to.start, to.end)
    return Group({name: _moved(inner, to) for name, inner in value.fields.items()}, to.start, to.end)


def sharing_fields(types: Iterable[PageType]) -> dict[str, list[tuple[PageType, Field]]]:
    """Return the fields that take rows from files, with their types, by the name of the file."""
    found: dict[str, list[tuple[PageType, Field]]] = {}
    for page_type in types:
        for field in page_type.fields.values() if not page_type.is_abstract else ():
            if field.shared:
                found.setdefault(field.shared, []).append((page_type, field))
    return found


def load_rows(
    source: SourceFile, page: str, using: list[tuple[PageType, Field]]
) -> tuple[RowFile, tuple[Diagnostic, ...]]:
    """Read a file of rows by the fields that take some from it: a row must suit all of them. `page` lists them."""
    node, found = parse_yaml_file(source)
    is_whole = not found
    if node is not None and not isinstance(node, MappingNode):
        found.append(frontmatter.NOT_A_MAPPING.at(source, (0, 1)))
        is_whole = False
    entries = node.entries if isinstance(node, MappingNode) else ()
    places: dict[str, Extent] = {}
    texts: dict[str, MappingNode] = {}
    for key, value in entries:
        extent = Extent(key.start, key.end)
        if not _NAME.fullmatch(key.text):
            found.append(rules.BAD_ROW_NAME.at(source, extent, id=key.text))
            continue
        places[key.text] = extent
        if isinstance(value, MappingNode):
            texts[key.text] = value
        else:
            expected = "une suite de champs « {nom: valeur, …} »"
            found.append(field_rules.WRONG_SHAPE.at(source, extent, key=key.text, expected=expected))
    known: list[tuple[Field, Rows, list[Diagnostic]]] = []
    readings: dict[str, tuple[tuple[Field, Rows], ...]] = {}
    for page_type, field in using:
        read = next((one for one in known if one[0] == field), None)
        if read is None:
            read = (field, *_read(source, texts, field))
            known.append(read)
        readings[page_type.name] = (*readings.get(page_type.name, ()), read[:2])
    found += _told_once([diagnostics for _, _, diagnostics in known])
    return RowFile(source=source, page=page, places=places, readings=readings, is_whole=is_whole), tuple(found)


def _read(source: SourceFile, texts: Mapping[str, MappingNode], field: Field) -> tuple[Rows, list[Diagnostic]]:
    reader = FieldReader(source)
    rows = {}
    for name, node in texts.items():
        values = reader.read(node, field.fields, f" dans « {name} »", allows_extra=False)
        rows[name] = Group(values, node.start, node.end)
    return rows, reader.diagnostics


def _told_once(readings: list[list[Diagnostic]]) -> Iterator[Diagnostic]:
    """Yield what several fields say of the same rows, each mistake once.

    A key is unknown when no field knows it.
    """
    code = field_rules.UNKNOWN_KEY.code
    keys = [{diagnostic.span for diagnostic in found if diagnostic.code == code} for found in readings]
    unknown = set[Span]().union(*keys).intersection(*keys)
    told = set()
    for diagnostic in (diagnostic for found in readings for diagnostic in found):
        mistake = (diagnostic.code, diagnostic.span)
        if mistake not in told and (diagnostic.code != code or diagnostic.span in unknown):
            yield diagnostic
            told.add(mistake)
