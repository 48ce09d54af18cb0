"""Whether a page has the sections its type asks for, in the form it asks for."""

import re
from collections.abc import Iterator

from essaim.diagnostics import Diagnostic
from essaim.folding import fold
from essaim.rules import body as rules
from essaim.schema.load_sections import FORMS
from essaim.schema.model import PageType
from essaim.source import Extent
from essaim.syntax.document import Document
from essaim.syntax.markdown import Section, find_sections

_SHAPES = {
    "text": re.compile(r"\S"),
    "numbered": re.compile(r"^[ \t]*\d+[.)][ \t]+\S", re.MULTILINE),
    "bullets": re.compile(r"^[ \t]*[-*+][ \t]+\S", re.MULTILINE),
    "checklist": re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\]", re.MULTILINE),
    "table": re.compile(r"^[ \t]*\|?.*\|.*\r?\n[ \t]*\|?[ \t:]*-[-| \t:]*$", re.MULTILINE),
}


def check_sections(document: Document, page_type: PageType) -> Iterator[Diagnostic]:
    """Report the required sections that are missing, and those whose text has not the form asked for."""
    if not page_type.sections:
        return
    present = {fold(s.heading.title): s for s in find_sections(document.headings, document.body.end)}
    for spec in page_type.sections:
        section = present.get(fold(spec.title))
        if section is None:
            if spec.required:
                yield rules.MISSING_SECTION_TITLE.at(document.source, _end(document), section=spec.title)
        elif spec.form and not _SHAPES[spec.form].search(_masked(document, section)):
            extent = (section.heading.start, section.heading.end)
            yield rules.SECTION_FORM.at(document.source, extent, section=spec.title, form=FORMS[spec.form])


def find_piece(document: Document, anchor: str) -> Extent | None:
    """Return the extent of what an anchor names: a section without its title, a block, or with '' the whole body."""
    if not anchor:
        return document.body
    for section in find_sections(document.headings, document.body.end):
        if section.heading.anchor == anchor:
            return Extent(section.start, section.end)
    return next(
        (Extent(block.start, block.end) for block in document.blocks if f"^{block.id}" == anchor),
        None,
    )


def _masked(document: Document, section: Section) -> str:
    return document.masked[section.start - document.body.start : section.end - document.body.start]


def _end(document: Document) -> tuple[int, int]:
    """Return where a missing section would go: after the last line that says something."""
    end = document.body.start + len(document.body_text.rstrip())
    return end, end
