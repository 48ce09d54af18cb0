"""The words that its collection forbids, wherever they stand in a page."""

import re
from collections.abc import Iterator

from essaim.diagnostics import Diagnostic
from essaim.folding import fold
from essaim.graph.query import Item, Query
from essaim.graph.variables import Variables
from essaim.pages.page import Page, scalars_of
from essaim.rules import declared
from essaim.schema.forbidden import ForbiddenWords
from essaim.source import Extent
from essaim.syntax.markdown import find_sections, find_variables
from essaim.syntax.markdown.mask import shown_text
from essaim.syntax.words import compile_words

_KINDS = ("text", "markdown", "url")
"""The field types whose values are read."""


def check_forbidden(page: Page, query: Query, variables: Variables) -> Iterator[Diagnostic]:
    """Report each place of a page where words stand that its collection forbids."""
    for rule in page.type.forbidden:
        if rule.is_for_public and page.type.meant_for != "public":
            continue
        pattern = _pattern(rule, variables)
        if pattern is None or (rule.when is not None and not query.holds(rule.when, Item(page))):
            continue
        for extent in (*_in_fields(page, rule, pattern), *_in_body(page, rule, pattern)):
            source = page.document.source
            yield declared.DECLARED_RULE.at(source, extent, severity=rule.severity, message=rule.message)


def _pattern(rule: ForbiddenWords, variables: Variables) -> re.Pattern[str] | None:
    """Return what finds the words of a rule, None when there are none: its variables are unknown or empty."""
    words = tuple(text for text in rule.words if "{{" not in text)
    exact = tuple(dict.fromkeys(item for text in rule.words if "{{" in text for item in _filled(text, variables)))
    return compile_words(words, exact) if words or exact else None


def _filled(text: str, variables: Variables) -> list[str]:
    """Return a text once for each item of the variables it cites."""
    found, done = [""], 0
    for variable in find_variables(text, 0):
        before = text[done : variable.start]
        found = [start + before + item for start in found for item in variables.items(variable.name)]
        done = variable.end
    return [start + text[done:] for start in found if (start + text[done:]).strip()]


def _in_fields(page: Page, rule: ForbiddenWords, pattern: re.Pattern[str]) -> Iterator[Extent]:
    for name, value in page.values.items():
        for scalar, within in scalars_of(value, page.type.fields[name]):
            is_read = not rule.is_for_public or all(field.visibility == "public" for field in within)
            if not is_read or within[-1].type.name not in _KINDS:
                continue
            written = page.document.source.text[scalar.start : scalar.end]
            places = [Extent(scalar.start + m.start(), scalar.start + m.end()) for m in pattern.finditer(written)]
            if not places and pattern.search(scalar.text):  # escapes hide where
                places = [Extent(scalar.start, scalar.end)]
            yield from places


def _in_body(page: Page, rule: ForbiddenWords, pattern: re.Pattern[str]) -> Iterator[Extent]:
    document = page.document
    text, base = document.body_text, document.body.start
    if not pattern.search(text) and "<!--" not in text and "%%" not in text:
        return  # what is left out is looked for only where something may be found
    text = shown_text(text, [(start - base, end - base) for start, end in _left_out(page, rule)])
    for match in pattern.finditer(text):
        yield Extent(base + match.start(), base + match.end())


def _left_out(page: Page, rule: ForbiddenWords) -> Iterator[Extent]:
    """Yield the sections that a rule does not read, with their titles."""
    beginnings = tuple(map(fold, rule.sections))
    document = page.document
    for section in find_sections(document.headings, document.body.end) if beginnings else ():
        if fold(section.heading.title).startswith(beginnings):
            yield Extent(section.heading.start, section.end)
