"""Whether a condition holds for a page, and what a path of names leads to in the graph."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from essaim.folding import fold
from essaim.graph.model import Graph
from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.schema.fieldtypes.times import Duration, DurationOf, Month
from essaim.schema.predicates import BoundOperand, Comparison, Condition, Constant, FieldPath, Today
from essaim.syntax.predicate import All, Not


@dataclass(kw_only=True, slots=True)
class Query:
    """Asks conditions of a graph on a given day; `visited` gathers the pages an answer depended on."""

    graph: Graph
    today: date
    this: Page | None = None
    visited: set[str] = field(default_factory=set)

    def holds(self, condition: Condition, page: Page) -> bool:
        """Say whether a condition holds for a page."""
        return self._holds(condition.tree, page)

    def _holds(self, tree: Any, page: Page) -> bool:
        if isinstance(tree, Comparison):
            return self._compare(tree, page)
        if isinstance(tree, Not):
            return not self._holds(tree.item, page)
        if isinstance(tree, All):
            return all(self._holds(item, page) for item in tree.items)
        return any(self._holds(item, page) for item in tree.items)

    def _compare(self, test: Comparison, page: Page) -> bool:
        left = list(self._operand(test.left, page))
        if test.operator is None:
            return any(value is not False and value != "" for value in left)
        right = list(self._operand(test.right, page))
        if test.operator == "!=":
            return not any(_equal(a, b) for a in left for b in right)
        if test.operator in ("=", "in"):
            return any(_equal(a, b) for a in left for b in right)
        if test.operator == "contains":
            return all(any(_contains(a, b) for a in left) for b in right) and bool(right)
        return any(_ordered(a, b, test.operator) for a in left for b in right)

    def _operand(self, operand: BoundOperand | None, page: Page) -> Iterable[Any]:
        if isinstance(operand, Constant):
            return (operand.value,)
        if isinstance(operand, Today):
            return (self.today,)
        if isinstance(operand, FieldPath):
            start = self.this if operand.of_this else page
            return self.values(start, operand.steps) if start else ()
        return [value for item in operand or () for value in self._operand(item, page)]

    def values(self, page: Page, steps: tuple[str, ...]) -> Iterator[Any]:
        """Yield what a path of names leads to from a page; a page at the end of it is its id and its title."""
        self.visited.add(page.path)
        if not steps:  # a page answers to its id and to its title
            yield from (page.id.id, page.title)
            return
        step, rest = steps[0], steps[1:]
        if step in page.values:
            yield from self._inside(page, page.values[step], rest)
        elif step in page.type.fields:
            return
        elif step == "id":
            yield page.id.id
        elif step == "type":
            yield page.id.type
        else:
            for edge in self.graph.edges_to(page.path):
                if edge.inverse == step:
                    yield from self.values(self.graph.pages[edge.source], rest)

    def _inside(self, page: Page, value: FieldValue, rest: tuple[str, ...]) -> Iterator[Any]:
        if isinstance(value, Values):
            for item in value.items:
                yield from self._inside(page, item, rest)
        elif isinstance(value, Group):
            if rest and rest[0] in value.fields:
                yield from self._inside(page, value.fields[rest[0]], rest[1:])
            elif not rest:
                yield True
        else:
            yield from self._leaf(page, value, rest)

    def _leaf(self, page: Page, value: Value, rest: tuple[str, ...]) -> Iterator[Any]:
        target = self.graph.out[page.path].references.get(value.start)
        if target is not None:
            yield from self.values(self.graph.pages[target], rest)
        elif not rest:
            yield value.data


def _equal(left: Any, right: Any) -> bool:
    left, right = _alike(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return fold(left) == fold(right)
    return bool(left == right)


def _contains(left: Any, right: Any) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return fold(right) in fold(left)
    return _equal(left, right)


def _ordered(left: Any, right: Any, operator: str) -> bool:
    left, right = _alike(left, right)
    if type(left) is not type(right) and not all(isinstance(v, int | float) for v in (left, right)):
        return False
    below, same = left < right, left == right
    return bool({"<": below, "<=": below or same, ">": not below and not same, ">=": not below}[operator])


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Bring a day, a month and a moment to the coarser of the two, and durations to minutes, to compare them."""
    if isinstance(left, Duration) and isinstance(right, Duration):
        return DurationOf().measure(left), DurationOf().measure(right)
    if isinstance(left, Month) or isinstance(right, Month):
        return _month(left), _month(right)
    if isinstance(left, datetime) != isinstance(right, datetime):
        return _day(left), _day(right)
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left.replace(tzinfo=None), right.replace(tzinfo=None)
    return left, right


def _month(value: Any) -> Any:
    return Month(value.year, value.month) if isinstance(value, date) else value


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value
