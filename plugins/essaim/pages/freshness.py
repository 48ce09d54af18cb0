"""When a page was last verified, when somebody last did what it tells, and when it is to be looked at again."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.rules.freshness import TO_REVIEW
from essaim.schema.fieldtypes.times import Date, Duration, Month
from essaim.schema.model import Field, PageType

VERIFIED_ON = "verifie_le"
"""Name of the field of the day a page was last verified."""
VERIFIED_BY = "verifie_par"
"""Name of the field of who verified it."""
Accepts = Callable[[Field], bool]


class Fact(NamedTuple):
    """Something declared to have happened on a day: `written` is the value it was declared by, `by` who did it."""

    day: date
    written: Any
    field: Field
    by: tuple[tuple[Field, Value], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The last verification of a page, the last time it was done, and the day it is to be looked at again.

    `due` is None when nothing says how long the page holds, or when nothing was ever declared: a page that has to be
    verified and never was `is_to_review` too.
    """

    verified: Fact | None
    done: Fact | None
    due: date | None
    is_to_review: bool


def last_facts(page: Page, today: date, accepts: Accepts) -> Facts:
    """Return what the fields that are accepted say of a page; what is dated after today does not count."""
    verified = _latest(_verified(page, accepts), today)
    done = _latest(_done(page, accepts), today)
    every = page.type.review_every
    days = [fact.day for fact in (verified, done) if fact is not None]
    due = _after(max(days), every) if days and every is not None else None
    is_kept = every is not None and (VERIFIED_ON in page.type.fields or bool(page.type.gestures))
    is_to_review = is_kept and (due is None or due <= today)
    return Facts(verified=verified, done=done, due=due, is_to_review=is_to_review)


def check_freshness(pages: Mapping[str, Page], today: date) -> Iterator[Diagnostic]:
    """Tell which pages are to be looked at again."""
    for page in pages.values():
        if page.type.review_every is None or page.unreadable:
            continue
        facts = last_facts(page, today, lambda field: True)
        written, field = page.values.get(VERIFIED_ON), page.type.fields.get(VERIFIED_ON)
        is_told = written is None and field is not None and field.required  # an error says what is missing
        if facts.is_to_review and not is_told:
            extent = (written.start, written.end) if written is not None else (0, 0)
            since = f" depuis le {Date().display(facts.due)}" if facts.due else ", et rien ne dit quand elle l'a été"
            yield TO_REVIEW.at(page.held.source, extent, since=since)


def _verified(page: Page, accepts: Accepts) -> Iterator[Fact]:
    field, by = page.type.fields.get(VERIFIED_ON), page.type.fields.get(VERIFIED_BY)
    if field is None or not accepts(field):
        return
    who = [*_scalars(page.values.get(VERIFIED_BY))] if by is not None and accepts(by) else []
    people = tuple((by.item or by, value) for value in who) if by is not None else ()
    for value in _scalars(page.values.get(VERIFIED_ON)):
        yield from _fact(field, value, people)


def done_fields(page_type: PageType) -> Iterator[Field]:
    """Yield the fields to which a gesture of the type adds that somebody did it on some day."""
    return (field for field, days, _ in _gestures(page_type) if days or not field.fields)


def _gestures(page_type: PageType) -> Iterator[tuple[Field, list[str], list[str]]]:
    """Yield what each gesture adds to, and the fields of its groups where it writes the day, and who."""
    for gesture in page_type.gestures:
        adds = gesture.get("adds")
        name, added = (adds.get("to"), adds.get("value")) if isinstance(adds, Mapping) else (None, None)
        field = page_type.fields.get(name) if isinstance(name, str) else None
        if field is not None and isinstance(added, Mapping):
            days, people = ([key for key, what in added.items() if what == word] for word in ("today", "me"))
            yield field, days, people
        elif field is not None and added == "today":
            yield field, [], []


def _done(page: Page, accepts: Accepts) -> Iterator[Fact]:
    """Yield what the fields of gestures hold: a day, or groups with a day and maybe somebody."""
    for field, days, people in _gestures(page.type):
        if accepts(field):
            value, inner = page.values.get(field.name), field.item or field
            for scalar in _scalars(value):
                yield from _fact(inner, scalar, ())
            for group in _groups(value):
                yield from _done_in(group, inner.fields, days, people, accepts)


def _done_in(
    group: Group, fields: Mapping[str, Field], days: list[str], people: list[str], accepts: Accepts
) -> Iterator[Fact]:
    by = tuple(
        (fields[name].item or fields[name], value)
        for name in people
        if name in fields and accepts(fields[name])
        for value in _scalars(group.fields.get(name))
    )
    for name in days:
        if name in fields and accepts(fields[name]):
            for value in _scalars(group.fields.get(name)):
                yield from _fact(fields[name], value, by)


def _fact(field: Field, value: Value, by: tuple[tuple[Field, Value], ...]) -> Iterator[Fact]:
    data = value.data
    if isinstance(data, Month):
        yield Fact(date(data.year, data.month, 1), data, field, by)
    elif isinstance(data, datetime):
        yield Fact(data.date(), data, field, by)
    elif isinstance(data, date):
        yield Fact(data, data, field, by)


def _latest(facts: Iterator[Fact], today: date) -> Fact | None:
    """Return the last fact that has happened, with all who did it then; a month counts as its last day, or today."""
    past: list[Fact] = []
    for fact in facts:
        if fact.day <= today:
            written = fact.written
            past.append(fact._replace(day=min(_last_day(written), today)) if isinstance(written, Month) else fact)
    if not past:
        return None
    last = max(past, key=lambda fact: fact.day)
    by = [who for fact in past if fact.day == last.day for who in fact.by]
    return last._replace(by=tuple(by))


def _last_day(month: Month) -> date:
    return date(month.year, month.month, monthrange(month.year, month.month)[1])


def _after(day: date, every: Duration) -> date:
    """Return the day a duration later; the last day of a month stands for those it does not have."""
    year, month = divmod(day.year * 12 + day.month - 1 + every.months, 12)
    if year > date.max.year:
        return date.max
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    days = min(every.days + every.minutes // 1440, (date.max - moved).days)
    return moved + timedelta(days=days)


def _scalars(value: FieldValue | None) -> Iterator[Value]:
    items = value.items if isinstance(value, Values) else (value,)
    yield from (item for item in items if isinstance(item, Value))


def _groups(value: FieldValue | None) -> Iterator[Group]:
    items = value.items if isinstance(value, Values) else (value,)
    yield from (item for item in items if isinstance(item, Group))
