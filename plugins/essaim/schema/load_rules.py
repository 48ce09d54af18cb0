"""What can be judged of types only once all are known: rules, titles, relations."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from essaim.diagnostics import Severity
from essaim.rules import types as rules
from essaim.schema.conditions import Condition, Problem
from essaim.schema.forbidden import ForbiddenWords
from essaim.schema.load_forbidden import check_forbidding, load_forbidden
from essaim.schema.model import DeclaredRule, Field, PageType, Schema
from essaim.schema.options import Options, place_in
from essaim.schema.paths import Scope
from essaim.schema.predicates import bind_condition
from essaim.suggest import nearest
from essaim.syntax.nodes import Scalar

_PROBLEM_RULES = {
    "syntax": rules.PREDICATE_SYNTAX,
    "field": rules.UNKNOWN_FIELD,
    "type": rules.PREDICATE_TYPE,
}


def load_rules(options: Options, scope: Scope) -> Iterator[DeclaredRule | ForbiddenWords]:
    """Yield the rules a `_type.yml` declares, bound to a type; one that does not fit is reported and left out."""
    for node in options.mappings("rules"):
        inner = options.sub(node, "pour une règle")
        inner.only(("when", "require", "forbid", "except", "seen_by", "message", "severity"))
        check_forbidding(inner)
        for key in ("message",) if "forbid" in inner else ("require", "message"):
            if key not in inner:
                inner.missing(key)
        when = read_condition(inner, "when", scope)
        rule = load_forbidden(inner, when) if "forbid" in inner else _required(inner, when, scope)
        if rule is not None and ("when" not in inner or when is not None):
            yield rule


def _required(options: Options, when: Condition | None, scope: Scope) -> DeclaredRule | None:
    require = read_condition(options, "require", scope)
    severity = Severity(options.one_of("severity", tuple(Severity), Severity.ERROR))
    message = options.text("message")
    if require is None or not message:
        return None
    return DeclaredRule(when=when, require=require, message=message, severity=severity)


def read_condition(options: Options, key: str, scope: Scope) -> Condition | None:
    """Return a condition bound to the first type of a scope; what does not fit is reported."""
    node = options.scalar(key, "une condition")
    if node is None:
        return None
    bound = bind_condition(node.text, scope)
    if isinstance(bound, Condition):
        return bound
    report_problem(options, node, bound, scope.page_types[0])
    return None


def report_problem(options: Options, node: Scalar, problem: Problem, page_type: PageType) -> None:
    """Report why a condition, or a name, does not fit a type."""
    words: dict[str, Any] = {
        "syntax": {"problem": problem.text},
        "field": {"field": problem.text, "type": page_type.name},
        "type": {"problem": problem.text},
    }[problem.kind]
    extent = place_in(options.source, node, problem.start, problem.end)
    rule = _PROBLEM_RULES[problem.kind]
    replacement = problem.suggestion if extent[1] - extent[0] == problem.end - problem.start else None
    options.found.append(
        rule.at(options.source, extent, suggestion=problem.suggestion, replacement=replacement, **words)
    )


def check_names(options: Options, key: str, page_type: PageType, names: Collection[str]) -> None:
    """Report the fields that a key names and that are not among some names; a minus before one is no part of it."""
    for node in options.scalars(key):
        field = node.text.removeprefix("-") if key == "sort" else node.text
        if field not in names:
            problem = Problem("field", field, len(node.text) - len(field), len(node.text), nearest(field, names))
            report_problem(options, node, problem, page_type)


def check_titles(declared: Mapping[str, Options], schema: Schema) -> None:
    """Report the titles that the type does not have, or that cannot be titles."""
    for name, options in declared.items():
        page_type = schema.types[name]
        check_names(options, "title", page_type, page_type.fields)
        title = page_type.fields.get(page_type.title_field)
        if title is not None and title.visibility != "public" and page_type.visibility == "public":
            options.invalid(
                "title", options.raw("title") or options.node, "un champ public : le titre se lit partout"
            )
        if title is not None and title.is_computed:
            options.invalid("title", options.raw("title") or options.node, "un champ que les auteur·rices écrivent")


def check_relations(declared: Mapping[str, Options], schema: Schema, own: Mapping[str, Mapping[str, Field]]) -> None:
    """Report inverse relations whose name is already a field of the type they point at, or means something else."""
    for name, options in declared.items():
        for top in own[name].values():
            for field in top.walk():
                if field.inverse is None or not field.is_reference:
                    continue
                for target in field.to:
                    other = _conflict(schema, target, field)
                    if other:
                        key = options.mapping("fields", "")
                        entry = next(e for e in key.entries if e.key.text == top.name) if key else None
                        extent = (entry.key.start, entry.key.end) if entry else (0, 0)
                        words: dict[str, Any] = {"name": field.inverse.name, "type": target, "other": other}
                        options.found.append(rules.INVERSE_CONFLICT.at(options.source, extent, **words))


def _conflict(schema: Schema, target: str, field: Field) -> str | None:
    """Say what else bears the name of a field's inverse on a target type."""
    inverse = field.inverse
    if inverse is None or target not in schema.types:
        return None
    if inverse.name in schema.types[target].fields:
        return f"c'est un champ de « {target} »"
    for relation in schema.inverses_of(target).get(inverse.name, ()):
        if relation.field is field:
            return None  # what comes after is to agree with this field, not this field with it
        other = relation.field.inverse
        if other is not None and other.label != inverse.label:
            return f"elle s'appelle « {other.label} » depuis « {relation.source_type}.{relation.field.path} »"
    return None
