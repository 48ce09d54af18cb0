"""Values of pages in columns, by type and path: made once when first asked for, then looked up."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from essaim.folding import fold, forms
from essaim.graph.comparing import PageValue
from essaim.graph.grounds import Grounds
from essaim.graph.measuring import is_any
from essaim.graph.query import Item, Query, is_something
from essaim.pages.page import Page
from essaim.schema.conditions import BoundMeasure, FieldPath
from essaim.schema.fieldtypes.times import Duration, DurationOf, Month

Paths = frozenset[str]


class Found(NamedTuple):
    """The items that somebody looked up, and what they were found in."""

    items: Sequence[Item]
    grounds: Grounds


class Column(NamedTuple):
    """One path, or one measure, over the pages of some types.

    `by_key` gives the pages by each value and `texts` are those of its keys that are texts; `filled` are the pages
    that have any value; `ranks` are the days or numbers in their order, and `ranked` their pages; `grounds` is what
    it was found in.
    """

    by_key: Mapping[Any, Paths]
    texts: tuple[str, ...]
    filled: Paths
    ranks: tuple[float, ...]
    ranked: tuple[str, ...]
    grounds: Grounds

    def at(self, keys: Iterable[Any]) -> Paths:
        """Return the pages that have one of some values."""
        return frozenset().union(*(self.by_key.get(key, frozenset()) for key in keys))

    def holding(self, value: Any) -> Paths:
        """Return the pages among which are all that have a value or, of a text, one that holds it."""
        if not isinstance(value, str):
            return self.at(keys_of(value))
        parts = {fold(value), *forms(value)}
        return self.at([*(text for part in parts for text in self.texts if part in text), *keys_of(value)])

    def between(self, low: float | None, high: float | None) -> Paths:
        """Return the pages that have a value between two, both included; None stands for no bound."""
        start = 0 if low is None else bisect_left(self.ranks, low)
        end = len(self.ranks) if high is None else bisect_right(self.ranks, high)
        return frozenset(self.ranked[start:end])


@dataclass(kw_only=True)
class Columns:
    """The columns of a graph that queries asked for, as `query` sees them; `read` counts the pages read for them."""

    query: Query
    pages: Iterable[Page]
    read: int = 0
    _columns: dict[tuple[frozenset[str], tuple[str, ...] | str], Column] = field(default_factory=dict)
    _found: dict[Hashable, Found] = field(default_factory=dict)
    _room: int = 500_000
    """How many items may still be remembered: they are some tens of bytes each."""
    _of_types: dict[frozenset[str], list[Page]] = field(default_factory=dict)

    def remembered(self, key: Hashable, look_up: Callable[[], Found]) -> Found:
        """Return what was found under a key before, else what is found now."""
        if key in self._found:
            return self._found[key]
        found = look_up()
        self._room -= len(found.items)
        if self._room >= 0:
            self._found[key] = found
        return found

    def of_types(self, types: Iterable[str]) -> Sequence[Page]:
        """Return the pages of some types, by title."""
        wanted = frozenset(types)
        if wanted not in self._of_types:
            self._of_types[wanted] = [page for page in self._sorted if page.type.name in wanted]
        return self._of_types[wanted]

    def named(self, types: Iterable[str], paths: Paths) -> Sequence[Page]:
        """Return the pages at some paths that are of some types, by title."""
        wanted, pages = set(types), self.query.graph.pages
        found = [path for path in paths if pages[path].type.name in wanted]
        return [pages[path] for path in sorted(found, key=self._places.__getitem__)]

    @cached_property
    def _sorted(self) -> Sequence[Page]:
        return sorted(self.pages, key=lambda page: (fold(page.title), page.path))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The place of each page among all, by title."""
        return {page.path: place for place, page in enumerate(self._sorted)}

    def column(self, types: Iterable[str], looked_up: FieldPath | BoundMeasure) -> Column:
        """Return the column of a path, or of a measure, over the pages of some types."""
        key = (frozenset(types), looked_up.steps if isinstance(looked_up, FieldPath) else looked_up.text)
        if key not in self._columns:
            self._columns[key] = self._make(self.of_types(types), looked_up)
        return self._columns[key]

    def _make(self, pages: Iterable[Page], looked_up: FieldPath | BoundMeasure) -> Column:
        counts = is_any if isinstance(looked_up, BoundMeasure) else is_something
        by_key: dict[Any, set[str]] = {}
        filled: set[str] = set()
        ranks: set[tuple[float, str]] = set()
        asking = replace(self.query, grounds=Grounds())
        for page in pages:
            self.read += 1
            for item in asking.unfold(page):
                for value in asking.operand(looked_up, item):
                    if counts(value):
                        filled.add(page.path)
                    for key in keys_of(value):
                        by_key.setdefault(key, set()).add(page.path)
                    rank = rank_of(value)
                    if rank is not None:
                        ranks.add((rank, page.path))
        ordered = sorted(ranks)
        return Column(
            by_key={key: frozenset(paths) for key, paths in by_key.items()},
            texts=tuple(key for key in by_key if isinstance(key, str)),
            filled=frozenset(filled),
            ranks=tuple(rank for rank, _ in ordered),
            ranked=tuple(path for _, path in ordered),
            grounds=asking.grounds,
        )


def keys_of(value: Any) -> Iterable[Any]:
    """Return what a value is found under; two values that are equal share one at least."""
    if isinstance(value, PageValue):
        return (("page", value.page.path), fold(value.page.title), *value.keys)
    if isinstance(value, str):  # a text may name a page, with its type before it
        return {fold(value), *forms(value), *forms(value.rpartition("/")[2])}
    if isinstance(value, Month | date):
        return (("month", value.year, value.month),)
    if isinstance(value, Duration):
        return (("duration", DurationOf().measure(value)),)
    return (value,)


def rank_of(value: Any) -> float | None:
    """Return where a value stands among days, months and moments, in months, or among numbers; None when nowhere.

    A day stands anywhere in its month: what is found between two ranks is to be compared again.
    """
    if isinstance(value, Month | date):
        return value.year * 12 + value.month
    if isinstance(value, Duration):
        return float(DurationOf().measure(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None
