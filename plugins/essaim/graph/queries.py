"""The `requete` blocks of a page, bound to the types and to the names of the wiki."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.graph.names import Name, NameIndex
from essaim.graph.variables import Variables
from essaim.pages.page import Page
from essaim.rules import queries as rules
from essaim.schema.conditions import NamedPage
from essaim.schema.model import Schema
from essaim.schema.queries.bind import bind_query
from essaim.schema.queries.model import QuerySpec
from essaim.schema.queries.reading import Filled
from essaim.source import SourceFile
from essaim.syntax.markdown import find_variables


class BoundQueries(NamedTuple):
    """The queries of a page in reading order, None where one cannot be asked; and what binding them looked at.

    `keys` are the folded names looked up; `has_missing` says whether one of them named nothing.
    """

    specs: tuple[QuerySpec | None, ...]
    diagnostics: tuple[Diagnostic, ...]
    keys: frozenset[str]
    has_missing: bool


def bind_queries(
    page: Page, schema: Schema, names: NameIndex, variables: Variables, *, is_sure: bool
) -> BoundQueries:
    """Bind the queries of a page; `is_sure` says whether every name of the wiki is known."""
    source = page.document.source

    def fill(text: str) -> Filled:
        named = find_variables(text, 0) if "{{" in text else ()
        return Filled(variables.fill_name(text), is_whole=all(variables.text(variable.name) for variable in named))

    bound = [bind_query(asked, source, page.type, schema, fill) for asked in page.document.queries]
    named = [place for query in bound for place in query.names]
    missing = tuple(_check_names(named, names, source, is_sure=is_sure))
    return BoundQueries(
        specs=tuple(query.spec for query in bound),
        diagnostics=(*(d for query in bound for d in query.diagnostics), *missing),
        keys=frozenset(key for name, _, _ in named for key in names.keys_of(name.name)),
        has_missing=bool(missing),
    )


def _check_names(
    named: list[tuple[NamedPage, int, int]], names: NameIndex, source: SourceFile, *, is_sure: bool
) -> Iterator[Diagnostic]:
    """Report the names beside reference fields that no page of the right type bears."""
    for name, start, end in named:
        accepts = _accepts_for(name)
        if names.find(name.name, accepts):
            continue
        near = names.near(name.name, accepts)
        types = " ou ".join(f"« {one} »" for one in name.types) + " " if 0 < len(name.types) <= 3 else ""
        suggestion = near.name.text if near else None
        mended = _mended(source.text[start:end], name.name, suggestion) if near and near.is_only and is_sure else None
        words: dict[str, Any] = {"target": name.name, "types": types}
        yield rules.UNKNOWN_NAME.at(source, (start, end), suggestion=suggestion, replacement=mended, **words)


def _accepts_for(named: NamedPage) -> Callable[[Name], bool]:
    return lambda name: not named.types or name.page.type in named.types


def _mended(written: str, name: str, suggestion: str | None) -> str | None:
    """Return a name as it is to be written in the place of another, None where quotes could be taken for others."""
    quote = written[:1] if written[:1] in ("'", '"') else ""
    is_plain = suggestion is not None and re.fullmatch(r"[\w .·/-]+" if quote else r"[^\W\d][\w-]*", suggestion)
    return f"{quote}{suggestion}{quote}" if is_plain and written == f"{quote}{name}{quote}" else None
