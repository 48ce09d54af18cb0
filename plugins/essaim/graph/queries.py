"""The `requete` blocks of a page, bound to the types and to the names of the wiki."""

from collections.abc import Iterator
from typing import NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.graph.names import NameIndex, accepts_for
from essaim.graph.variables import Variables
from essaim.pages.page import Page
from essaim.rules import queries as rules
from essaim.schema.model import Schema
from essaim.schema.predicates import NamedPage
from essaim.schema.queries.bind import bind_query
from essaim.schema.queries.model import QuerySpec
from essaim.source import SourceFile


class BoundQueries(NamedTuple):
    """The queries of a page in reading order, None where one cannot be asked; and what binding them looked at.

    `keys` are the folded names looked up; `has_missing` says whether one of them named nothing.
    """

    specs: tuple[QuerySpec | None, ...]
    diagnostics: tuple[Diagnostic, ...]
    keys: frozenset[str]
    has_missing: bool


def bind_queries(page: Page, schema: Schema, names: NameIndex, variables: Variables) -> BoundQueries:
    """Bind the queries of a page."""
    source = page.document.source
    bound = [bind_query(asked, source, page.type, schema, variables.fill) for asked in page.document.queries]
    named = [place for query in bound for place in query.names]
    missing = tuple(_check_names(named, names, source))
    return BoundQueries(
        specs=tuple(query.spec for query in bound),
        diagnostics=(*(d for query in bound for d in query.diagnostics), *missing),
        keys=frozenset(key for name, _, _ in named for key in names.keys_of(name.name)),
        has_missing=bool(missing),
    )


def _check_names(
    named: list[tuple[NamedPage, int, int]], names: NameIndex, source: SourceFile
) -> Iterator[Diagnostic]:
    """Report the names beside reference fields that no page of the right type bears."""
    for name, start, end in named:
        accepts = accepts_for(name.field)
        if names.find(name.name, accepts):
            continue
        near = names.near(name.name, accepts)
        types = " ou ".join(f"« {one} »" for one in name.field.to) + (" " if name.field.to else "")
        suggestion = near.name.text if near else None
        yield rules.UNKNOWN_NAME.at(source, (start, end), suggestion=suggestion, target=name.name, types=types)
