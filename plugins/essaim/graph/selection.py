"""The items a condition holds for, found by columns: only what may hold is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from essaim.graph.columns import Columns, Found, Paths, keys_of, rank_of
from essaim.graph.comparing import shifted
from essaim.graph.grounds import Grounds
from essaim.graph.query import Item, Query
from essaim.schema.conditions import BoundMeasure, Comparison, Condition, Constant, FieldPath, Today
from essaim.syntax.predicate import All, AnyOf

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "in": "="}
"""The operators, with those that say the same of the sides the other way round."""


def select(query: Query, columns: Columns, types: Iterable[str], condition: Condition | None) -> Sequence[Item]:
    """Return the items of the pages of some types for which a condition holds, by title.

    Of pages that ask the same in the same words, only the first has it looked up, unless it is about themselves.
    """
    types = tuple(types)
    if condition is not None and any(path.of_this for path in condition.paths):
        return _select(query, columns, types, condition)
    key = (types, query.rows, condition.text if condition else "")

    def look_up() -> Found:
        asking = replace(query, grounds=Grounds())
        return Found(_select(asking, columns, types, condition), asking.grounds)

    found = columns.remembered(key, look_up)
    query.grounds.answers.add(found.grounds)  # who takes over an answer stands on what it stands on
    return found.items


def _select(query: Query, columns: Columns, types: tuple[str, ...], condition: Condition | None) -> list[Item]:
    if condition is None:
        return [item for page in columns.of_types(types) for item in query.unfold(page)]
    paths = _candidates(condition.tree, query, columns, types)
    pages = columns.of_types(types) if paths is None else columns.named(types, paths)
    return [item for page in pages for item in query.unfold(page) if query.holds(condition, item)]


def _candidates(tree: Any, query: Query, columns: Columns, types: tuple[str, ...]) -> Paths | None:
    """Return pages among which are all for which a condition holds; None stands for every page."""
    if isinstance(tree, Comparison):
        return _compared(tree, query, columns, types)
    if isinstance(tree, All):
        found = [paths for part in tree.items if (paths := _candidates(part, query, columns, types)) is not None]
        return frozenset.intersection(*found) if found else None
    if isinstance(tree, AnyOf):
        parts = [_candidates(part, query, columns, types) for part in tree.items]
        whole = [paths for paths in parts if paths is not None]
        return frozenset().union(*whole) if len(whole) == len(parts) else None
    return None


def _compared(test: Comparison, query: Query, columns: Columns, types: tuple[str, ...]) -> Paths | None:
    sides = _sides(test, query)
    if sides is None:
        return None
    looked_up, operator, other = sides
    values = [True] if operator is None else _values(other, query)
    if values is None:
        return None
    column = columns.column(types, looked_up)
    query.grounds.answers.add(column.grounds)
    if operator is None:
        return column.filled
    if operator == "contains":
        return frozenset.intersection(*map(column.holding, values)) if values else frozenset()
    if operator in ("=", "in"):
        return column.at(key for value in values for key in keys_of(value))
    ranks = [rank for value in values if (rank := rank_of(value)) is not None]
    if not ranks:
        return frozenset()  # nothing stands before or after what has no order
    return column.between(None, max(ranks)) if operator.startswith("<") else column.between(min(ranks), None)


def _sides(test: Comparison, query: Query) -> tuple[FieldPath | BoundMeasure, str | None, Any] | None:
    """Return the path or measure that a column can be made of, and what it is compared with."""
    left, right = _looked_up(test.left, query), _looked_up(test.right, query)
    if left is not None and test.operator != "!=":
        return left, test.operator, test.right
    if right is not None and test.operator in _MIRRORED:
        return right, _MIRRORED[test.operator], test.left
    return None


def _looked_up(operand: Any, query: Query) -> FieldPath | BoundMeasure | None:
    """Return an operand that is the same for each page whoever asks; a measure of one row is not that of its page."""
    if isinstance(operand, FieldPath):
        return None if operand.of_this else operand
    if not isinstance(operand, BoundMeasure) or operand.path.of_this or operand.asks_this or query.rows:
        return None
    return operand


def _values(operand: Any, query: Query) -> list[Any] | None:
    """Return the values of an operand that is the same for every page; None when it is not."""
    if isinstance(operand, Constant):
        return [operand.value]
    if isinstance(operand, Today):
        return [shifted(query.today, operand)]
    if isinstance(operand, FieldPath):
        return list(query.values(Item(query.this), operand)) if operand.of_this and query.this else None
    if isinstance(operand, BoundMeasure):
        return list(query.operand(operand, Item(query.this))) if operand.path.of_this and query.this else None
    parts = [_values(part, query) for part in operand or ()]
    known = [part for part in parts if part is not None]
    return [value for part in known for value in part] if len(known) == len(parts) else None
