"""From the keys of a `requete` block to a query bound to the types; every mistake is told at its place."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from essaim.diagnostics import Diagnostic, Severity
from essaim.rules import queries as rules
from essaim.schema.conditions import NamedPage
from essaim.schema.model import PageType, Schema
from essaim.schema.options import Options, Saying
from essaim.schema.paths import Scope
from essaim.schema.queries.kinds import COMMON, DEFAULT, KINDS
from essaim.schema.queries.model import QuerySpec
from essaim.schema.queries.reading import Fill, Reader, names_of, one_of
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.document import AskedBlock
from essaim.syntax.markdown import QueryBlock

_NUMBERS = ("integer", "number", "duration")
"""The field types that can be computed over."""
_SAYING = Saying(rules.UNKNOWN_KEY, rules.MISSING_KEY, rules.INVALID_VALUE)


class Bound(NamedTuple):
    """A query, None when nothing can be looked for; what is wrong; and the pages it names, each with its place."""

    spec: QuerySpec | None
    diagnostics: tuple[Diagnostic, ...]
    names: tuple[tuple[NamedPage, int, int], ...]


def bind_query(asked: AskedBlock, source: SourceFile, this: PageType, schema: Schema, fill: Fill) -> Bound:
    """Bind a block of a page of type `this`; `fill` puts in the values of variables."""
    if asked.node is None:
        return Bound(None, (), ())
    found: list[Diagnostic] = []
    options = Options(source, asked.node, found, "dans une requête", _SAYING)
    known = {t.name: t for t in (schema.plain, *schema.types.values()) if not t.is_abstract}
    view, types = _view(options), _types(options, known)
    scope = Scope(
        page_types=tuple(known[name] for name in types), types=known, inverses_of=schema.inverses_of, this=this
    )
    reader = Reader(options, scope, this, fill)
    for node in names_of(options, "de"):
        if node.text in known and known[node.text].visibility == "members":
            reader.reserve(node, node.text)
    keys = {**COMMON, **KINDS[view].keys} if view else COMMON
    if view:
        options.where = f"dans une requête dont la vue est « {view} »"
        options.only(keys)
    values = {key: value for key, takes in keys.items() if (value := reader.value(key, takes)) is not None}
    _check_calculation(options, values)
    is_sound = view and types and not reader.waits
    is_whole = is_sound and all(diagnostic.severity is Severity.INFO for diagnostic in found)
    spec = _spec(asked.block, view, types, values) if is_whole else None
    return Bound(spec, tuple(found), tuple(reader.names))


def _check_calculation(options: Options, values: Mapping[str, Any]) -> None:
    """Report a calculation over nothing, or over what is no number."""
    if values.get("calcul", "nombre") == "nombre":
        return
    if "champ" not in options:
        options.missing("champ")
    node, column = options.raw("champ"), values.get("champ")
    if node is not None and column is not None and not any(field.type.name in _NUMBERS for field in column.inner):
        options.invalid("champ", node, "un champ de nombres ou de durées")


def _spec(block: QueryBlock, view: str, types: tuple[str, ...], values: Mapping[str, Any]) -> QuerySpec:
    return QuerySpec(
        start=block.start,
        end=block.end,
        view=view,
        types=types,
        condition=values.get("ou"),
        sort=values.get("tri", ()),
        rows=values.get("pour_chaque", ""),
        limit=values.get("limite"),
        title=values.get("titre", ""),
        empty=values.get("vide", ""),
        options={key: value for key, value in values.items() if key not in COMMON},
    )


def _view(options: Options) -> str:
    """Return the view that is asked, '' when no view has that name."""
    node = options.scalar("vue", one_of(KINDS))
    if node is None:
        return "" if "vue" in options else DEFAULT
    if node.text in KINDS:
        return node.text
    options.invalid("vue", node, one_of(KINDS), nearest(node.text, KINDS))
    return ""


def _types(options: Options, known: Mapping[str, PageType]) -> tuple[str, ...]:
    """Return the types that are asked: every one when none is named, none when those that are do not exist."""
    if "de" not in options:
        return tuple(known)
    found = []
    for node in names_of(options, "de"):
        if node.text in known:
            found.append(node.text)
            continue
        near = nearest(node.text, known)
        found += [near] if near else []  # what else is wrong is told of the type that was meant
        words: dict[str, Any] = {"suggestion": near, "replacement": near, "type": node.text}
        options.found.append(rules.UNKNOWN_TYPE.at(options.source, (node.start, node.end), **words))
    return tuple(dict.fromkeys(found))
