"""Whether a condition holds for a page, and what a path of names leads to in the graph."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, Protocol

from essaim.graph.comparing import PageValue, contains, equal, ordered, shifted
from essaim.graph.computing import compute
from essaim.graph.grounds import Grounds
from essaim.graph.measuring import Row, is_any, measure
from essaim.graph.model import Edge, Graph
from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.schema.conditions import BoundMeasure, BoundOperand, Comparison, Condition, Constant, FieldPath, Today
from essaim.schema.model import Field, PageType
from essaim.syntax.predicate import All, Not

_FACTS = frozenset({"id", "type", "titre", "resume"})


Known = dict[tuple[str, str], tuple[tuple[Any, ...], Grounds]]
"""Computed values by the path of their page and their field, each with what it stands on."""
_Gone = set[tuple[str, tuple[str, ...]]]
"""Pages that were gone through, each with what was asked from there on."""


class Item(NamedTuple):
    """What a condition is asked of: a page or, when a query unfolds a group field, one row of it."""

    page: Page
    row: Group | None = None


Asked = Item | Row | PageValue
"""What a condition or a path is asked of: an item or, inside a measure, a row or a page that it counts."""


class Eyes(Protocol):
    """Who asks: what they may not see, no answer depends on."""

    def sees_page(self, path: str) -> bool:
        """Whether the page at a path is seen."""

    def reads_page(self, path: str) -> bool:
        """Whether more of a page is seen than its title."""

    def sees_field(self, field: Field) -> bool:
        """Whether a field is seen."""

    def sees_aliases(self, page_type: PageType) -> bool:
        """Whether the other names of the pages of a type are seen."""


class AllSeeing:
    """Who sees everything: the rules of the types are checked so."""

    def sees_page(self, path: str) -> bool:
        """See every page."""
        return True

    def reads_page(self, path: str) -> bool:
        """Read every page."""
        return True

    def sees_field(self, field: Field) -> bool:
        """See every field."""
        return True

    def sees_aliases(self, page_type: PageType) -> bool:
        """See every name."""
        return True


@dataclass(kw_only=True, slots=True)
class Query:
    """Asks conditions of a graph on a given day; `grounds` gathers what the answers depended on.

    `rows` is the name of the group field whose rows are asked one by one, '' when there is none. `says_titles` is
    whether a page without a value in its title field has its title there: its heading, or the name of its file.
    """

    graph: Graph
    today: date
    this: Page | None = None
    eyes: Eyes = field(default_factory=AllSeeing)
    rows: str = ""
    says_titles: bool = False
    grounds: Grounds = field(default_factory=Grounds)
    known: Known = field(default_factory=dict)
    """What was computed already of the same graph on the same day for the same eyes, by whoever asked."""
    _of_this: dict[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict, init=False)
    """The measures of the page that asks, by its path and their text: the same whatever they are compared with."""
    _held: dict[int, tuple[Any, dict[Asked, bool]]] = field(default_factory=dict, init=False)
    """What measures ask, by its identity, and of which rows and pages it holds: measures within measures come back to
    the same ones over and over.

    These two are not shared with a query made from this one: it notes by itself what it depends on.
    """

    def holds(self, condition: Condition, item: Item) -> bool:
        """Say whether a condition holds for an item."""
        return self.satisfies(condition.tree, item)

    def satisfies(self, tree: Any, item: Asked) -> bool:
        """Say whether a part of a condition holds for an item, or for a row or a page of a measure."""
        if isinstance(tree, Comparison):
            return self._compare(tree, item)
        if isinstance(tree, Not):
            return not self.satisfies(tree.item, item)
        if isinstance(tree, All):
            return all(self.satisfies(part, item) for part in tree.items)
        return any(self.satisfies(part, item) for part in tree.items)

    def counts(self, where: Any, thing: Asked) -> bool:
        """Say whether what a measure asks holds for one of the things it counts; of a row or a page, found once."""
        if isinstance(thing, Item):
            return self.satisfies(where, thing)
        _, known = self._held.setdefault(id(where), (where, {}))
        if thing not in known:
            known[thing] = self.satisfies(where, thing)
        return known[thing]

    def _compare(self, test: Comparison, item: Asked) -> bool:
        left = list(self.operand(test.left, item))
        if test.operator is None:
            return any(map(is_any if isinstance(test.left, BoundMeasure) else is_something, left))
        right = list(self.operand(test.right, item))
        if test.operator == "!=":
            return not any(equal(a, b) for a in left for b in right)
        if test.operator in ("=", "in"):
            return any(equal(a, b) for a in left for b in right)
        if test.operator == "contains":
            return all(any(contains(a, b) for a in left) for b in right) and bool(right)
        return any(ordered(a, b, test.operator) for a in left for b in right)

    def operand(self, operand: BoundOperand | None, item: Asked) -> Iterable[Any]:
        """Return the values that one side of a comparison stands for."""
        if isinstance(operand, Constant):
            return (operand.value,)
        if isinstance(operand, Today):
            return (shifted(self.today, operand),)
        if isinstance(operand, FieldPath):
            return self.values(item, operand)
        if isinstance(operand, BoundMeasure):
            return self._measured(operand, item)
        return [value for part in operand or () for value in self.operand(part, item)]

    def _measured(self, asked: BoundMeasure, item: Asked) -> tuple[Any, ...]:
        if not asked.path.of_this or self.this is None:
            return measure(self, asked, item)
        key = (self.this.path, asked.text)
        if key not in self._of_this:
            self._of_this[key] = measure(self, asked, item)
        return self._of_this[key]

    def values(self, item: Asked, path: FieldPath) -> Iterator[Any]:
        """Yield the values that a path of names leads to; a row of a group is one too, True."""
        return (True if isinstance(found, Row) else found for found in self.reached(item, path))

    def reached(self, item: Asked, path: FieldPath) -> Iterator[Any]:
        """Yield what a path of names leads to from an item, or from the page that asks: rows, pages and values.

        A page on the way is gone through once, by however many ways one comes there: else long paths would not end.
        """
        gone: _Gone = set()
        if path.of_this:
            if self.this is not None:
                yield from self._from(self.this, path.steps, gone)
        elif isinstance(item, Row):
            yield from self._inside(item.page, item.group, path.steps, item.declared, gone)
        elif isinstance(item, Item) and item.row is not None and path.steps[:1] == (self.rows,):
            self.grounds.pages.add(item.page.path)
            declared = item.page.type.fields.get(self.rows)
            yield from self._inside(item.page, item.row, path.steps[1:], declared, gone)
        else:
            yield from self._from(item.page, path.steps, gone)

    def unfold(self, page: Page) -> Iterator[Item]:
        """Yield what a query asks of a page: the page, or each row of the group field that it unfolds."""
        declared = page.type.fields.get(self.rows)
        if not self.rows:
            yield Item(page)
        elif declared is not None and self._reads(page, self.rows, declared):
            yield from (Item(page, group) for group in _groups(page.values[self.rows]))

    def _from(self, page: Page, steps: tuple[str, ...], gone: _Gone) -> Iterator[Any]:
        self.grounds.pages.add(page.path)
        if not steps:
            read = self.eyes.reads_page(page.path)
            yield PageValue(page, named=read and self.eyes.sees_aliases(page.type), read=read)
            return
        step, rest = steps[0], steps[1:]
        if step in page.type.fields:
            declared = page.type.fields[step]
            if declared.is_computed:
                yield from self._computed(page, declared) if not rest else ()
            elif self._reads(page, step, declared):
                yield from self._inside(page, page.values[step], rest, declared, gone)
            elif step == page.type.title_field and not rest and self.says_titles:
                yield page.title
            return
        if step in _FACTS:
            yield from filter(None, (self._fact(page, step),))
            return
        for path in self._leads(page, step):
            if (path, rest) not in gone and self.eyes.sees_page(path):
                gone.add((path, rest))
                yield from self._from(self.graph.pages[path], rest, gone)

    def _computed(self, page: Page, declared: Field) -> tuple[Any, ...]:
        """Return the value of a computed field: that of its page, whoever asks for it from wherever."""
        computed = page.type.computed.get(declared.name)
        if computed is None or not self._may_read(page, declared):
            return ()
        key = (page.path, declared.name)
        if key not in self.known:
            asking = replace(self, this=page, rows="", grounds=Grounds())
            found = compute(asking, computed, Item(page))
            self.known[key] = (found, asking.grounds)
        found, grounds = self.known[key]
        self.grounds.answers.add(grounds)
        return found

    def _leads(self, page: Page, step: str) -> Iterator[str]:
        """Yield the pages that a relation leads to: an inverse, or all that a page cites, or all that cite it."""
        if step in ("cite", "cite_par"):
            self.grounds.by_links = True
        if step == "cite":
            edges = (edge for edge in self.graph.edges_from(page.path) if edge.target != page.path)
            yield from (edge.target for edge in edges if self._sees(edge))
            return
        for edge in self.graph.edges_to(page.path):
            cites = step == "cite_par" and edge.source != page.path
            if (cites or edge.inverse == step) and self._sees(edge):
                yield edge.source

    def _reads(self, page: Page, name: str, declared: Field) -> bool:
        return name in page.values and self._may_read(page, declared)

    def _may_read(self, page: Page, declared: Field) -> bool:
        return self.eyes.reads_page(page.path) and self.eyes.sees_field(declared)

    def _fact(self, page: Page, name: str) -> str:
        """Return what every page can be asked, '' when nobody may know."""
        if name == "resume":
            declared = page.type.fields.get(name)
            return page.summary if declared is not None and self._reads(page, name, declared) else ""
        return {"id": page.id.id, "type": page.id.type, "titre": page.title}[name]

    def _sees(self, edge: Edge) -> bool:
        return self.eyes.reads_page(edge.source) and (edge.field is None or self.eyes.sees_field(edge.field))

    def _inside(
        self, page: Page, value: FieldValue, rest: tuple[str, ...], declared: Field | None, gone: _Gone
    ) -> Iterator[Any]:
        if isinstance(value, Values):
            for item in value.items:
                yield from self._inside(page, item, rest, declared, gone)
        elif isinstance(value, Group):
            if not rest:
                yield Row(page, value, declared)
            elif rest[0] in value.fields and declared is not None:
                inner = (declared.item or declared).fields[rest[0]]
                if self.eyes.sees_field(inner):
                    yield from self._inside(page, value.fields[rest[0]], rest[1:], inner, gone)
        else:
            yield from self._leaf(page, value, rest, gone)

    def _leaf(self, page: Page, value: Value, rest: tuple[str, ...], gone: _Gone) -> Iterator[Any]:
        target = self.graph.out[page.path].references.get(value.start)
        if target is not None:
            is_new = (
                len(rest) < 2 or (target, rest) not in gone
            )  # what stands at the end counts as often as it is named
            if is_new and self.eyes.sees_page(target):
                gone.add((target, rest))
                yield from self._from(self.graph.pages[target], rest, gone)
        elif not rest:
            yield value.data


def is_something(value: Any) -> bool:
    """Whether a value counts for something where a condition asks if there is any."""
    return value is not False and value != ""


def _groups(value: FieldValue) -> Iterator[Group]:
    if isinstance(value, Group):
        yield value
    elif isinstance(value, Values):
        for item in value.items:
            yield from _groups(item)
