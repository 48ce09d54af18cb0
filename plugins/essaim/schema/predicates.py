"""Conditions bound to a type: which words are fields, which are values, and of what kind.

A path of a condition goes through groups, through references to the pages they name, and back along inverse
relations. Whether it leads anywhere is known here; what it finds, only the graph can say.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from essaim.schema.fieldtypes.base import Invalid
from essaim.suggest import nearest
from essaim.syntax.predicate import (
    All,
    AnyOf,
    ListOf,
    Not,
    Operand,
    Predicate,
    PredicateError,
    Test,
    Text,
    Word,
    parse_predicate,
)

if TYPE_CHECKING:
    from essaim.schema.model import Field, PageType, Relation

BUILT_IN = ("id", "type")
"""Names every page has besides its fields."""
_ORDERED = frozenset({"integer", "number", "date", "datetime", "month", "duration"})
_TODAY = frozenset({"date", "datetime", "month"})


class FieldPath(NamedTuple):
    """A path from a page to values: each step a field name, a built-in or an inverse relation."""

    steps: tuple[str, ...]
    of_this: bool = False


class Constant(NamedTuple):
    """A value, converted to the type of what it is compared with."""

    value: Any


class Today(NamedTuple):
    """The day of the analysis."""


BoundOperand = FieldPath | Constant | Today | tuple[Any, ...]


class Comparison(NamedTuple):
    """A test whose sides are bound; `right` is None when the test is whether the path holds anything."""

    left: BoundOperand
    operator: str | None
    right: BoundOperand | None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition ready to be asked of any page of a type."""

    text: str
    tree: "BoundPredicate"
    paths: tuple[FieldPath, ...]
    """Every path of the condition, in reading order: the first is where a diagnostic is best shown."""


BoundPredicate = Comparison | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a condition does not fit a type: `kind` is syntax, field or type."""

    kind: str
    text: str
    start: int
    end: int
    suggestion: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What names mean: the type asked, the other types, and the inverse relations of each."""

    page_type: "PageType"
    types: Mapping[str, "PageType"]
    inverses_of: Callable[[str], Mapping[str, tuple["Relation", ...]]]


def bind_condition(text: str, scope: Scope) -> Condition | Problem:
    """Parse a condition and bind it to a type."""
    parsed = parse_predicate(text)
    if isinstance(parsed, PredicateError):
        return Problem("syntax", parsed.problem, parsed.start, parsed.end)
    paths: list[FieldPath] = []
    tree = _bind(parsed, scope, paths)
    return tree if isinstance(tree, Problem) else Condition(text=text, tree=tree, paths=tuple(paths))


def _bind(item: Predicate, scope: Scope, paths: list[FieldPath]) -> Any:
    if isinstance(item, Test):
        return _bind_test(item, scope, paths)
    if isinstance(item, Not):
        inner = _bind(item.item, scope, paths)
        return inner if isinstance(inner, Problem) else Not(inner)
    bound = [_bind(part, scope, paths) for part in item.items]
    problem = next((part for part in bound if isinstance(part, Problem)), None)
    return problem or type(item)(tuple(bound))


def _bind_test(test: Test, scope: Scope, paths: list[FieldPath]) -> Comparison | Problem:
    left = _bind_field(test.left, scope, paths)
    if isinstance(left, Problem):
        return left
    operand, field = left
    if test.operator is None or test.right is None:
        return Comparison(operand, None, None)
    if test.operator in ("<", "<=", ">", ">=") and field is not None and field.type.name not in _ORDERED:
        text = f"« {field.name} » n'a pas d'ordre : utilisez =, != ou contains"
        return Problem("type", text, test.left.start, test.left.end)
    right = _bind_value(test.right, field, scope, paths)
    return right if isinstance(right, Problem) else Comparison(operand, test.operator, right)


def _bind_field(
    operand: Operand, scope: Scope, paths: list[FieldPath]
) -> tuple[BoundOperand, "Field | None"] | Problem:
    if isinstance(operand, ListOf):
        return Problem("syntax", "une comparaison commence par un champ", operand.start, operand.end)
    if isinstance(operand, Text):
        return Constant(operand.text), None
    if operand.text == "today":
        return Today(), None
    of_this = operand.text == "this" or operand.text.startswith("this.")
    steps = tuple(operand.text.split("."))[1 if of_this else 0 :]
    found = _follow(steps, scope) if not of_this else None
    if isinstance(found, str):
        names = _names(scope)
        suggestion = nearest(operand.text, names)
        return Problem("field", operand.text, operand.start, operand.end, suggestion)
    path = FieldPath(steps, of_this)
    paths.append(path)
    return path, found


def _bind_value(operand: Operand, field: "Field | None", scope: Scope, paths: list[FieldPath]) -> Any:
    if isinstance(operand, ListOf):
        items = [_bind_value(item, field, scope, paths) for item in operand.items]
        problem = next((item for item in items if isinstance(item, Problem)), None)
        return problem or tuple(items)
    if isinstance(operand, Word):
        if operand.text == "today" and (field is None or field.type.name in _TODAY):
            return Today()
        is_choice = field is not None and operand.text in field.choices
        if not is_choice and (operand.text.startswith("this") or not isinstance(_follow_word(operand, scope), str)):
            bound = _bind_field(operand, scope, paths)
            return bound if isinstance(bound, Problem) else bound[0]
    if field is None or field.type.is_nested:
        return Constant(operand.text)
    value = field.type.parse(operand.text, field)
    if isinstance(value, Invalid):
        return _bad_value(operand, field, value, scope)
    return Constant(value)


def _bad_value(operand: Word | Text, field: "Field", invalid: Invalid, scope: Scope) -> Problem:
    suggestion = invalid.suggestion
    if suggestion is None and isinstance(operand, Word):
        suggestion = nearest(operand.text, _names(scope))
    text = f"« {operand.text} » n'est pas une valeur de « {field.name} »"
    return Problem("type", text, operand.start, operand.end, suggestion)


def _follow_word(word: Word, scope: Scope) -> "Field | str | None":
    return _follow(tuple(word.text.split(".")), scope)


def _follow(steps: tuple[str, ...], scope: Scope) -> "Field | str | None":
    """Follow a path from a type; return the field it ends on, None for a page or built-in, a str if unknown."""
    types: Iterable[PageType] = (scope.page_type,)
    field: Field | None = None
    for step in steps:
        if field is not None and field.type.name == "group":
            field = field.fields.get(step)
            if field is None:
                return step
            continue
        if field is not None:
            if not field.is_reference:
                return step
            types = [scope.types[name] for name in field.to or scope.types if name in scope.types]
        candidates = [t.fields[step] for t in types if step in t.fields]
        if candidates:
            field = candidates[0]
            continue
        if step in BUILT_IN:
            field = None
            continue
        inverses = [r for t in types for r in scope.inverses_of(t.name).get(step, ())]
        if not inverses:
            return step
        types = [scope.types[r.source_type] for r in inverses]
        field = None
    return field


def _names(scope: Scope) -> list[str]:
    names = list(scope.page_type.fields)
    names += [inner.path for f in scope.page_type.fields.values() for inner in f.walk()]
    return [*names, *scope.inverses_of(scope.page_type.name)]
