"""How two values are compared: texts folded, with their inclusive forms, pages by any of their names, days with
months and moments.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from essaim.folding import fold, forms
from essaim.graph.names import names_of
from essaim.pages.page import Page
from essaim.schema.conditions import Today
from essaim.schema.fieldtypes.times import Duration, DurationOf, Month


class PageValue(NamedTuple):
    """A page as the value of a reference or relation, known by its path.

    `named` says whether its other names may be told, `read` whether more of it may than its title.
    """

    page: Page
    named: bool = True
    read: bool = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PageValue) and other.page.path == self.page.path

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.page.path)

    def is_called(self, text: str) -> bool:
        """Whether a text, `name` or `type/name`, is one of the names of the page."""
        page_type, _, name = text.rpartition("/")
        meant = (*forms(text), *forms(name)) if page_type == self.page.id.type else forms(text)
        return not self.keys.isdisjoint(meant)

    @property
    def keys(self) -> frozenset[str]:
        """The folded names of the page."""
        found = names_of(self.page)
        if self.named:
            return frozenset(found)
        return frozenset(key for key, names in found.items() if any(name.rank < 2 for name in names))


def equal(left: Any, right: Any) -> bool:
    """Whether two values are the same."""
    if isinstance(left, PageValue) or isinstance(right, PageValue):
        return _same_page(left, right)
    left, right = _alike(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return fold(left) == fold(right) or not set(forms(left)).isdisjoint(forms(right))
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def _same_page(left: Any, right: Any) -> bool:
    if isinstance(left, PageValue) and isinstance(right, PageValue):
        return left == right
    page, text = (left, right) if isinstance(left, PageValue) else (right, left)
    return isinstance(text, str) and bool(page.is_called(text))


def contains(left: Any, right: Any) -> bool:
    """Whether a value is another, or a text that holds it."""
    if isinstance(left, str) and isinstance(right, str):
        return _holds(left, right)
    if isinstance(left, PageValue) and isinstance(right, str):
        return left.is_called(right) or _holds(left.page.title, right)
    return equal(left, right)


def _holds(text: str, part: str) -> bool:
    if fold(part) in fold(text):
        return True
    texts, parts = forms(text), forms(part)
    return len(texts) + len(parts) > 2 and any(one in other for one in parts for other in texts)


def ordered(left: Any, right: Any, operator: str) -> bool:
    """Whether two values stand in an order: `<`, `<=`, `>` or `>=`; those that have none do not."""
    left, right = _alike(left, right)
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (left, right))
    if not numbers and (type(left) is not type(right) or isinstance(left, str | PageValue)):
        return False
    below, same = left < right, left == right
    return bool({"<": below, "<=": below or same, ">": not below and not same, ">=": not below}[operator])


def shifted(day: date, today: Today) -> date:
    """Return the day that calendar months and days lead to; the last of its month when that has no such day."""
    month = day.year * 12 + day.month - 1 + today.months
    year, month = month // 12, month % 12 + 1
    if not date.min.year < year < date.max.year:
        return date.min if year <= date.min.year else date.max
    begun = date(year, month, min(day.day, monthrange(year, month)[1]))
    days = min(max(today.days, (date.min - begun).days), (date.max - begun).days)
    return begun + timedelta(days=days)


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
