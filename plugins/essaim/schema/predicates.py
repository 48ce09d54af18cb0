"""Conditions bound to a type: which words are fields, which are values, and of what kind."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from essaim.schema.fieldtypes.base import Invalid
from essaim.schema.paths import Lost, Scope, follow_path, names_after, nearest_path
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
    from essaim.schema.model import Field

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
    if isinstance(test.left, Text) and isinstance(test.right, Word):
        return _bind_mirrored(test.left, test, test.right, scope, paths)
    left = _bind_field(test.left, scope, paths)
    if isinstance(left, Problem):
        return left
    operand, field = left
    if test.operator is None or test.right is None:
        return Comparison(operand, None, None)
    right = _check_order(test, test.left, field) or _bind_beside(test.right, operand, field, scope, paths)
    return right if isinstance(right, Problem) else Comparison(operand, test.operator, right)


def _bind_mirrored(
    value: Text, test: Test, other: Word, scope: Scope, paths: list[FieldPath]
) -> Comparison | Problem:
    """Bind a test whose value stands before the field it is compared with."""
    bound = _bind_field(other, scope, paths)
    if isinstance(bound, Problem):
        return bound
    operand, field = bound
    left = _check_order(test, other, field) or _bind_beside(value, operand, field, scope, paths)
    return left if isinstance(left, Problem) else Comparison(left, test.operator, operand)


def _check_order(test: Test, place: Operand, field: "Field | None") -> Problem | None:
    if test.operator not in ("<", "<=", ">", ">=") or field is None or field.type.name in _ORDERED:
        return None
    return Problem("type", f"« {field.name} » n'a pas d'ordre : utilisez =, != ou contains", place.start, place.end)


def _bind_beside(
    value: Operand, operand: BoundOperand, field: "Field | None", scope: Scope, paths: list[FieldPath]
) -> Any:
    """Bind what is compared with an operand: a value of its field or, beside `today`, a day."""
    bound = _bind_value(value, field, scope, paths)
    if not isinstance(operand, Today) or not isinstance(bound, Constant):
        return bound
    try:
        return Constant(date.fromisoformat(bound.value))
    except ValueError:
        text = f"« {bound.value} » n'est pas une date de la forme 2026-11-22"
        return Problem("type", text, value.start, value.end)


def _bind_field(
    operand: Operand, scope: Scope, paths: list[FieldPath]
) -> tuple[BoundOperand, "Field | None"] | Problem:
    if isinstance(operand, ListOf):
        return Problem("syntax", "une comparaison commence par un champ", operand.start, operand.end)
    if isinstance(operand, Text):
        return Constant(operand.text), None
    if operand.text == "today":
        return Today(), None
    of_this = _is_of_this(operand)
    steps = tuple(operand.text.split("."))[1 if of_this else 0 :]
    found = follow_path(steps, scope) if not of_this else None
    if isinstance(found, Lost):
        return Problem("field", operand.text, operand.start, operand.end, nearest_path(steps, found))
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
        if not is_choice and (_is_of_this(operand) or not isinstance(_follow_word(operand, scope), Lost)):
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
        suggestion = nearest(operand.text, names_after((scope.page_type,), scope))
    text = f"« {operand.text} » n'est pas une valeur de « {field.name} »"
    return Problem("type", text, operand.start, operand.end, suggestion)


def _is_of_this(word: Word) -> bool:
    return word.text == "this" or word.text.startswith("this.")


def _follow_word(word: Word, scope: Scope) -> "Field | Lost | None":
    return follow_path(tuple(word.text.split(".")), scope)
