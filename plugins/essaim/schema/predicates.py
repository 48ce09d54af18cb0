"""Conditions bound to a type: which words are fields, which are values, and of what kind."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from essaim.schema.fieldtypes.base import Invalid
from essaim.schema.paths import Lost, Scope, Way, follow_path, names_after, nearest_path
from essaim.suggest import nearest
from essaim.syntax.predicate import (
    All,
    AnyOf,
    ListOf,
    Not,
    Operand,
    Predicate,
    PredicateError,
    Shift,
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
    """The day of the analysis, or one some calendar months and days away from it."""

    months: int = 0
    days: int = 0


BoundOperand = FieldPath | Constant | Today | tuple[Any, ...]


class Comparison(NamedTuple):
    """A test whose sides are bound; `right` is None when the test is whether the path holds anything."""

    left: BoundOperand
    operator: str | None
    right: BoundOperand | None


class NamedPage(NamedTuple):
    """A page that a condition names beside a reference field, and where in its text."""

    name: str
    field: "Field"
    start: int
    end: int


class _Seen(NamedTuple):
    """What was met while binding."""

    paths: list[FieldPath]
    names: list[NamedPage]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition ready to be asked of any page of a type."""

    text: str
    tree: "BoundPredicate"
    paths: tuple[FieldPath, ...]
    """Every path of the condition, in reading order: the first is where a diagnostic is best shown."""
    names: tuple["NamedPage", ...] = ()
    """The pages that the condition names."""


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
    """Parse a condition and bind it to the types of a scope."""
    parsed = parse_predicate(text)
    if isinstance(parsed, PredicateError):
        return Problem("syntax", parsed.problem, parsed.start, parsed.end)
    seen = _Seen([], [])
    tree = _bind(parsed, scope, seen)
    if isinstance(tree, Problem):
        return tree
    return Condition(text=text, tree=tree, paths=tuple(seen.paths), names=tuple(seen.names))


def _bind(item: Predicate, scope: Scope, seen: _Seen) -> Any:
    if isinstance(item, Test):
        return _bind_test(item, scope, seen)
    if isinstance(item, Not):
        inner = _bind(item.item, scope, seen)
        return inner if isinstance(inner, Problem) else Not(inner)
    bound = [_bind(part, scope, seen) for part in item.items]
    problem = next((part for part in bound if isinstance(part, Problem)), None)
    return problem or type(item)(tuple(bound))


def _bind_test(test: Test, scope: Scope, seen: _Seen) -> Comparison | Problem:
    if isinstance(test.left, Text) and isinstance(test.right, Word):
        return _bind_mirrored(test.left, test, test.right, scope, seen)
    left = _bind_field(test.left, scope, seen)
    if isinstance(left, Problem):
        return left
    operand, field = left
    if test.operator is None or test.right is None:
        return Comparison(operand, None, None)
    right = _check_order(test, test.left, field) or _bind_beside(test.right, operand, field, scope, seen)
    return right if isinstance(right, Problem) else Comparison(operand, test.operator, right)


def _bind_mirrored(value: Text, test: Test, other: Word, scope: Scope, seen: _Seen) -> Comparison | Problem:
    """Bind a test whose value stands before the field it is compared with."""
    bound = _bind_field(other, scope, seen)
    if isinstance(bound, Problem):
        return bound
    operand, field = bound
    left = _check_order(test, other, field) or _bind_beside(value, operand, field, scope, seen)
    return left if isinstance(left, Problem) else Comparison(left, test.operator, operand)


def _check_order(test: Test, place: Operand, field: "Field | None") -> Problem | None:
    if test.operator not in ("<", "<=", ">", ">=") or field is None or field.type.name in _ORDERED:
        return None
    return Problem("type", f"« {field.name} » n'a pas d'ordre : utilisez =, != ou contains", place.start, place.end)


def _bind_beside(value: Operand, operand: BoundOperand, field: "Field | None", scope: Scope, seen: _Seen) -> Any:
    """Bind what is compared with an operand: a value of its field or, beside `today`, a day."""
    bound = _bind_value(value, field, scope, seen)
    if not isinstance(operand, Today) or not isinstance(bound, Constant):
        return bound
    try:
        return Constant(date.fromisoformat(bound.value))
    except ValueError:
        text = f"« {bound.value} » n'est pas une date de la forme 2026-11-22"
        return Problem("type", text, value.start, value.end)


def _bind_field(operand: Operand, scope: Scope, seen: _Seen) -> tuple[BoundOperand, "Field | None"] | Problem:
    if isinstance(operand, ListOf):
        return Problem("syntax", "une comparaison commence par un champ", operand.start, operand.end)
    if isinstance(operand, Text):
        return Constant(operand.text), None
    if isinstance(operand, Shift) or operand.text == "today":
        return _day(operand), None
    of_this = _is_of_this(operand)
    steps = tuple(operand.text.split("."))[1 if of_this else 0 :]
    found = follow_path(steps, scope.of_this if of_this else scope)
    if isinstance(found, Lost):
        return Problem("field", operand.text, operand.start, operand.end, nearest_path(steps, found))
    path = FieldPath(steps, of_this)
    seen.paths.append(path)
    return path, (found.field.item or found.field) if found.field else None


def _bind_value(operand: Operand, field: "Field | None", scope: Scope, seen: _Seen) -> Any:
    if isinstance(operand, ListOf):
        items = [_bind_value(item, field, scope, seen) for item in operand.items]
        problem = next((item for item in items if isinstance(item, Problem)), None)
        return problem or tuple(items)
    if isinstance(operand, Shift) and (field is None or field.type.name in _TODAY):
        return _day(operand)
    if isinstance(operand, Word):
        if operand.text == "today" and (field is None or field.type.name in _TODAY):
            return _day(operand)
        is_choice = field is not None and operand.text in field.choices
        if not is_choice and (_is_of_this(operand) or not isinstance(_follow_word(operand, scope), Lost)):
            bound = _bind_field(operand, scope, seen)
            return bound if isinstance(bound, Problem) else bound[0]
    if field is None or field.type.is_nested:
        return Constant(operand.text)
    if field.is_reference and not isinstance(operand, Shift):
        seen.names.append(NamedPage(operand.text, field, operand.start, operand.end))
    value = field.type.parse(operand.text, field)
    if isinstance(value, Invalid):
        return _bad_value(operand, field, value, scope)
    return Constant(value)


def _day(operand: Word | Shift) -> Today:
    return Today(operand.months, operand.days) if isinstance(operand, Shift) else Today()


def _bad_value(operand: Word | Text | Shift, field: "Field", invalid: Invalid, scope: Scope) -> Problem:
    suggestion = invalid.suggestion
    if suggestion is None and isinstance(operand, Word):
        suggestion = nearest(operand.text, names_after(scope.page_types, scope))
    text = f"« {operand.text} » n'est pas une valeur de « {field.name} »"
    return Problem("type", text, operand.start, operand.end, suggestion)


def _is_of_this(word: Word) -> bool:
    return word.text == "this" or word.text.startswith("this.")


def _follow_word(word: Word, scope: Scope) -> Way | Lost:
    return follow_path(tuple(word.text.split(".")), scope)
