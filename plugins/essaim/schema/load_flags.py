"""From the flags of a `_type.yml` to `FlagSpec`s: conditions, and the fields of messages, bound to a type."""

import re
from collections.abc import Iterator

from essaim.diagnostics import Severity
from essaim.schema.conditions import Condition, FieldPath, Problem
from essaim.schema.flags import FlagSpec
from essaim.schema.load_rules import read_condition, report_problem
from essaim.schema.model import PageType, Schema
from essaim.schema.options import Options
from essaim.schema.paths import Lost, Scope, Way, follow_path, nearest_path
from essaim.schema.queries.model import Column
from essaim.suggest import nearest
from essaim.syntax.nodes import Scalar

_PLACE = re.compile(r"(?<!\{)\{[ ]*(?P<name>[^\s{}]+)[ ]*\}(?!\})")
"""Where a value of the cited page stands in a message."""
_SEVERITIES = (Severity.INFO, Severity.WARNING)


def load_flags(options: Options, page_type: PageType, schema: Schema) -> Iterator[FlagSpec]:
    """Yield the flags a `_type.yml` declares, bound to a type; one that does not fit is reported and left out."""
    scope = schema.scope_of(page_type)
    for node in options.mappings("flags"):
        inner = options.sub(node, "pour un signalement")
        inner.only(("when", "message", "severity", "unless", "spares"))
        for key in ("when", "message"):
            if key not in inner:
                inner.missing(key)
        when, message = read_condition(inner, "when", scope), _message(inner, scope)
        severity = Severity(inner.one_of("severity", _SEVERITIES, Severity.INFO))
        unless, spares = _unless(inner, schema), _spares(inner, schema)
        if when is not None and message:
            yield FlagSpec(
                when=when,
                message=message,
                severity=severity,
                unless=unless,
                spares=spares,
                is_reserved=_is_reserved(when, message, scope),
            )


def _message(options: Options, scope: Scope) -> tuple[str | Column, ...]:
    """Return the texts and the columns of a message, none when it names what the type does not have."""
    node = options.scalar("message")
    if node is None:
        return ()
    parts: list[str | Column] = []
    done, is_sound = 0, True
    for match in _PLACE.finditer(node.text):
        column = _column(options, node, match, scope)
        if column is None:
            is_sound = False
        else:
            parts += [node.text[done : match.start()], column]
            done = match.end()
    parts.append(node.text[done:])
    return tuple(part for part in parts if part != "") if is_sound else ()


def _column(options: Options, node: Scalar, match: re.Match[str], scope: Scope) -> Column | None:
    steps = tuple(match["name"].split("."))
    way = follow_path(steps, scope)
    if isinstance(way, Lost):
        problem = Problem("field", match["name"], *match.span("name"), nearest_path(steps, way))
        report_problem(options, node, problem, scope.page_types[0])
        return None
    if any(field.type.is_nested for field in way.inner):
        options.invalid(
            "message", node, f"un champ qui a une seule sorte de valeur, ce que n'a pas « {match['name']} »"
        )
        return None
    return Column(FieldPath(steps), way.label, way.field, way.fields, way.is_reserved)


def _unless(options: Options, schema: Schema) -> tuple[str, ...]:
    """Return the fields by which a citation does not count; one by which no page cites another is reported."""
    known = {field.path for page_type in schema.types.values() for field in page_type.references()}
    found = []
    for node in options.scalars("unless"):
        if node.text in known:
            found.append(node.text)
        else:
            expected = "un champ par lequel d'autres fiches citent celles-ci"
            options.invalid("unless", node, expected, nearest(node.text, known))
    return tuple(found)


def _spares(options: Options, schema: Schema) -> tuple[str, ...]:
    """Return the types whose pages are not told; one that is not a type is reported."""
    found = []
    for node in options.scalars("spares"):
        if node.text in schema.types:
            found.append(node.text)
        else:
            options.invalid("spares", node, "le nom d'un type", nearest(node.text, schema.types))
    return tuple(found)


def _is_reserved(when: Condition, message: tuple[str | Column, ...], scope: Scope) -> bool:
    """Whether only members see something of what a flag depends on."""
    ways = (follow_path(path.steps, scope) for path in when.paths)
    hidden = any(isinstance(way, Way) and way.is_reserved for way in ways)
    return hidden or any(isinstance(part, Column) and part.is_reserved for part in message)
