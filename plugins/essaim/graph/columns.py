"""Values of pages in columns, by type and path: made once when first asked for, then looked up."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from essaim.folding import fold, forms
from essaim.graph.comparing import PageValue
from essaim.graph.query import Query
from essaim.pages.page import Page
from essaim.schema.fieldtypes.times import Duration, DurationOf, Month
from essaim.schema.predicates import FieldPath

Paths = frozenset[str]


class Column(NamedTuple):
    """One path over the pages of some types.

    `by_key` gives the pages by each value, `ranks` the days or numbers in their order and `ranked` their pages.
    """

    by_key: Mapping[Any, Paths]
    ranks: tuple[float, ...]
    ranked: tuple[str, ...]

    def at(self, keys: Iterable[Any]) -> Paths:
        """Return the pages that have one of some values."""
        return frozenset().union(*(self.by_key.get(key, frozenset()) for key in keys))

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
    _columns: dict[tuple[frozenset[str], tuple[str, ...]], Column] = field(default_factory=dict)
    _by_type: dict[str, list[Page]] | None = None

    def of_types(self, types: Iterable[str]) -> list[Page]:
        """Return the pages of some types, by title in each."""
        if self._by_type is None:
            self._by_type = {}
            for page in sorted(self.pages, key=lambda page: (fold(page.title), page.path)):
                self._by_type.setdefault(page.type.name, []).append(page)
        return [page for name in sorted(set(types)) for page in self._by_type.get(name, ())]

    def named(self, types: Iterable[str], paths: Paths) -> list[Page]:
        """Return the pages at some paths that are of some types, in the order of `of_types`."""
        wanted = set(types)
        pages = (self.query.graph.pages[path] for path in paths)
        found = [page for page in pages if page.type.name in wanted]
        return sorted(found, key=lambda page: (page.type.name, fold(page.title), page.path))

    def column(self, types: Iterable[str], path: FieldPath) -> Column:
        """Return the column of a path over the pages of some types."""
        key = (frozenset(types), path.steps)
        if key not in self._columns:
            self._columns[key] = self._make(self.of_types(types), path)
        return self._columns[key]

    def _make(self, pages: Iterable[Page], path: FieldPath) -> Column:
        by_key: dict[Any, set[str]] = {}
        ranks: set[tuple[float, str]] = set()
        for page in pages:
            self.read += 1
            for item in self.query.unfold(page):
                for value in self.query.values(item, path):
                    for key in keys_of(value):
                        by_key.setdefault(key, set()).add(page.path)
                    rank = rank_of(value)
                    if rank is not None:
                        ranks.add((rank, page.path))
        ordered = sorted(ranks)
        return Column(
            by_key={key: frozenset(paths) for key, paths in by_key.items()},
            ranks=tuple(rank for rank, _ in ordered),
            ranked=tuple(path for _, path in ordered),
        )


def keys_of(value: Any) -> Iterable[Any]:
    """Return what a value is found under; two values that are equal share one at least."""
    if isinstance(value, PageValue):
        return (("page", value.page.path), *value.keys)
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
