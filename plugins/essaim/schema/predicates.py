"""Binding conditions to types: which words are fields, which are values, and of what kind."""

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from essaim.schema.conditions import (
    BoundMeasure,
    BoundOperand,
    Comparison,
    Condition,
    Constant,
    FieldPath,
    NamedPage,
    Problem,
    Today,
)
from essaim.schema.fieldtypes.base import Invalid
from essaim.schema.measures import Unfit, counts_things, kind_of, way_of
from essaim.schema.paths import Lost, Scope, Way, follow_path, names_after, nearest_path
from essaim.schema.sides import TIMES, Side
from essaim.suggest import nearest
from essaim.syntax.predicate import (
    ListOf,
    Measure,
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
from essaim.syntax.reach import FARTHEST, reach_of

_ORDERS = ("<", "<=", ">", ">=")
_ORDERED = frozenset({"integer", "number", "date", "datetime", "month", "duration"})
_LOOSE = frozenset({"text", "markdown", "reference"})
"""The field types that take any text."""


class _Seen(NamedTuple):
    """What was met while binding."""

    paths: list[FieldPath]
    names: list[NamedPage]


def bind_condition(text: str, scope: Scope) -> Condition | Problem:
    """Parse a condition and bind it to the types of a scope."""
    parsed = parse_predicate(text)
    if isinstance(parsed, PredicateError):
        return Problem("syntax", parsed.problem, parsed.start, parsed.end)
    reach = reach_of(parsed)
    if reach > FARTHEST:
        return Problem("syntax", f"elle va trop loin : {reach} pas à la suite, {FARTHEST} au plus", 0, len(text))
    seen = _Seen([], [])
    tree = _bind(parsed, scope, seen)
    if isinstance(tree, Problem):
        return tree
    return Condition(text=text, tree=tree, paths=tuple(seen.paths), names=tuple(seen.names), reach=reach)


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
    if isinstance(test.left, Text) and isinstance(test.right, Word | Measure):
        value, side = test.left, _bind_side(test.right, scope, seen)
        bound = side if isinstance(side, Problem) else _bind_against(value, side, test, scope, seen)
        if isinstance(bound, Problem) or isinstance(side, Problem):
            return bound if isinstance(bound, Problem) else Comparison(bound, test.operator, None)
        return Comparison(bound, test.operator, side.operand)
    side = _bind_side(test.left, scope, seen)
    if isinstance(side, Problem):
        return side
    if test.operator is None or test.right is None:
        return Comparison(side.operand, None, None)
    right = _bind_against(test.right, side, test, scope, seen)
    return right if isinstance(right, Problem) else Comparison(side.operand, test.operator, right)


def _bind_side(operand: Operand, scope: Scope, seen: _Seen) -> Side | Problem:
    """Bind the side of a test that is not a value: a path, a measure or a day."""
    if isinstance(operand, ListOf):
        return Problem("syntax", "une comparaison commence par un champ", operand.start, operand.end)
    if isinstance(operand, Text):
        return Side(Constant(operand.text), operand)
    if isinstance(operand, Measure):
        return _bind_measure(operand, scope, seen)
    if isinstance(operand, Shift) or operand.text == "today":
        return Side(_day(operand), operand)
    return _bind_path(operand, scope, seen)


def _bind_path(operand: Word, scope: Scope, seen: _Seen) -> Side | Problem:
    of_this = _is_of_this(operand)
    steps = tuple(operand.text.split("."))[1 if of_this else 0 :]
    found = follow_path(steps, scope.of_this if of_this else scope)
    if isinstance(found, Lost):
        near = nearest_path(steps, found)
        suggestion = f"this.{near}" if near and of_this else near
        return Problem("field", operand.text, operand.start, operand.end, suggestion)
    path = FieldPath(steps, of_this)
    seen.paths.append(path)
    return Side(path, operand, found)


def _bind_measure(measure: Measure, scope: Scope, seen: _Seen) -> Side | Problem:
    side = _bind_path(measure.path, scope, seen)
    if isinstance(side, Problem) or side.way is None or not isinstance(side.operand, FieldPath):
        return side
    kind = kind_of(measure.function, measure.path.text, side.way)
    if isinstance(kind, Unfit):
        return Problem("type", kind, *side.place)
    bound = BoundMeasure(measure.function, side.operand, None, kind, asks_this=False, text=measure.text)
    if measure.where is not None:
        inner = _Seen([], seen.names)
        where = _bind_where(measure, bound, scope, inner)
        if isinstance(where, Problem):
            return _told_from(bound.bearers, where)
        seen.paths.extend(bound.bearers.then(path) for path in inner.paths)
        bound = bound._replace(where=where, asks_this=any(path.of_this for path in inner.paths))
    return Side(bound, measure, way_of(kind, measure.text))


def _told_from(path: FieldPath, problem: Problem) -> Problem:
    """Return what is wrong with what is asked at the end of a path, as it is told from where the path starts."""
    if problem.kind != "field" or problem.text.partition(".")[0] == "this":
        return problem
    start = ("this",) if path.of_this else ()
    return replace(problem, text=".".join((*start, *path.steps, problem.text)))


def _bind_where(measure: Measure, bound: BoundMeasure, scope: Scope, seen: _Seen) -> Any:
    """Bind what is asked of the rows or pages of a measure to what these are."""
    path = bound.bearers
    outer = scope.of_this if path.of_this else scope
    if not path.steps and not path.of_this:
        return _bind(measure.where, scope, seen) if measure.where else None
    way = follow_path(path.steps, outer)
    if isinstance(way, Lost) or not counts_things(way, way.pages(scope.types)):
        text = f"« where » choisit des lignes ou des fiches : « {measure.path.text} » mène à de simples valeurs"
        return Problem("type", text, measure.path.start, measure.path.end)
    return _bind(measure.where, scope.within(way), seen) if measure.where else None


def _bind_against(value: Operand, side: Side, test: Test, scope: Scope, seen: _Seen) -> Any:
    """Bind what one side of a test is compared with."""
    if test.operator in _ORDERS and side.way is not None and not side.kinds & _ORDERED:
        return Problem("type", f"« {side.name} » n'a pas d'ordre : utilisez =, != ou contains", *side.place)
    if test.operator == "contains":  # beside it stands a part of a name, as well as a name
        seen = _Seen(seen.paths, [])
    bound = _bind_value(value, side, scope, seen)
    if not isinstance(side.operand, Today) or not isinstance(bound, Constant):
        return bound
    try:
        return Constant(date.fromisoformat(bound.value))
    except ValueError:
        text = f"« {bound.value} » n'est pas une date de la forme 2026-11-22"
        return Problem("type", text, value.start, value.end)


def _bind_value(operand: Operand, side: Side, scope: Scope, seen: _Seen) -> Any:
    if isinstance(operand, ListOf):
        items = [_bind_value(item, side, scope, seen) for item in operand.items]
        problem = next((item for item in items if isinstance(item, Problem)), None)
        return problem or tuple(items)
    takes_today = side.way is None or not side.fields or bool(side.kinds & TIMES)
    if takes_today and (isinstance(operand, Shift) or (isinstance(operand, Word) and operand.text == "today")):
        return _day(operand)
    if isinstance(operand, Measure) or (isinstance(operand, Word) and _is_path(operand, side, scope)):
        return _bind_other(operand, side, scope, seen)
    return _bind_constant(operand, side, scope, seen)


def _bind_other(operand: Word | Measure, side: Side, scope: Scope, seen: _Seen) -> BoundOperand | Problem:
    """Bind a path or a measure that another is compared with."""
    other = _bind_side(operand, scope, seen)
    if isinstance(other, Problem) or side.may_meet(other):
        return other if isinstance(other, Problem) else other.operand
    text = f"« {side.name} » et « {other.name} » ne se comparent pas : ce ne sont pas des valeurs de même sorte"
    return Problem("type", text, operand.start, operand.end)


def _bind_constant(operand: Word | Text | Shift, side: Side, scope: Scope, seen: _Seen) -> Constant | Problem:
    """Bind a value by the fields it is compared with: the strictest that takes it says what it is."""
    values = [(field, field.type.parse(operand.text, field)) for field in side.fields if not field.type.is_nested]
    if not values:
        _see_name(operand.text, operand, side, scope, seen)
        return Constant(operand.text)
    fitting = [(field, value) for field, value in values if not isinstance(value, Invalid)]
    if fitting:
        field, value = min(fitting, key=lambda pair: pair[0].type.name in _LOOSE)
        if field.is_reference:
            _see_name(value, operand, side, scope, seen)
        return Constant(value)
    invalid = next((value for _, value in values if value.suggestion), values[0][1])
    return _bad_value(operand, side.name, invalid, scope)


def _see_name(name: str, operand: Word | Text | Shift, side: Side, scope: Scope, seen: _Seen) -> None:
    """Note that a condition names a page, when that is all that its name may be compared with."""
    if side.way is None or isinstance(operand, Shift) or any(not field.is_reference for field in side.fields):
        return
    types = tuple(page_type.name for page_type in side.way.pages(scope.types))
    if types:
        seen.names.append(NamedPage(name, types if len(types) < len(scope.types) else (), operand.start, operand.end))


def _day(operand: Word | Shift) -> Today:
    return Today(operand.months, operand.days) if isinstance(operand, Shift) else Today()


def _bad_value(operand: Word | Text | Shift, name: str, invalid: Invalid, scope: Scope) -> Problem:
    suggestion = invalid.suggestion
    if suggestion is None and isinstance(operand, Word):
        suggestion = nearest(operand.text, ("today", *names_after(scope.page_types, scope)))
    text = f"« {operand.text} » n'est pas une valeur de « {name} »"
    return Problem("type", text, operand.start, operand.end, suggestion)


def _is_of_this(word: Word) -> bool:
    return word.text == "this" or word.text.startswith("this.")


def _is_path(word: Word, side: Side, scope: Scope) -> bool:
    """Whether a word names a field rather than a value: not one that is a choice of what it is compared with."""
    if any(word.text in field.choices for field in side.fields):
        return False
    return _is_of_this(word) or isinstance(follow_path(tuple(word.text.split(".")), scope), Way)
