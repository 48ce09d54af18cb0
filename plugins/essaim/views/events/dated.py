"""Things that take place, sorted and told: as the entries of days, and as what the grids of months show of each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from essaim.folding import fold
from essaim.views.events.event import Event
from essaim.views.events.grid import CellEntry
from essaim.views.events.occurrences import Occurrence
from essaim.views.events.page import status_words
from essaim.views.events.words import say_day, say_hour, say_hours, say_zone
from essaim.views.fields import ShownValue
from essaim.views.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaEntry:
    """One time of something: its hours, its page, where it is, who holds it, and what else is to be known of it."""

    hours: str
    page: ShownValue
    place: str
    online: ShownValue | None
    groups: tuple[ShownValue, ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaDay:
    """The entries that begin on a day, or that go on when the agenda begins: « lundi 23 novembre 2026 »."""

    label: str
    date: str
    is_today: bool
    entries: tuple[AgendaEntry, ...]


class Dated(NamedTuple):
    """One time of something, with the event that it is of; without one, a date that a field of a page says."""

    found: Occurrence
    event: Event | None = None

    @property
    def order(self) -> tuple[date, bool, str, str, str]:
        """Sort key: by day, whole days first, by hour, by title."""
        start = self.found.start
        is_timed = isinstance(start, datetime)
        hour = start.strftime("%H:%M") if isinstance(start, datetime) else ""
        return self.found.first_day, is_timed, hour, fold(self.found.page.title), self.found.page.path


def agenda_days(dated: list[Dated], first: date, site: Site) -> Iterator[AgendaDay]:
    """Yield the days with their entries; what began before the first day goes on there."""
    by_day: dict[date, list[Dated]] = defaultdict(list)
    for one in dated:
        by_day[max(first, one.found.first_day)].append(one)
    for day, those in sorted(by_day.items()):
        yield AgendaDay(
            label=say_day(day),
            date=day.isoformat(),
            is_today=day == site.today,
            entries=tuple(_entry(one, day, site) for one in those),
        )


def _entry(one: Dated, day: date, site: Site) -> AgendaEntry:
    event, found = one.event, one.found
    page = ShownValue(text=found.page.title, page=found.page.path)
    hours = say_hours(found, has_end=event is not None and event.has_end)
    if event is None:
        hours = hours if isinstance(found.start, datetime) else ""
        return AgendaEntry(hours=hours, page=page, place="", online=None, groups=(), note="")
    since = f"depuis le {say_day(found.first_day)}" if found.first_day < day else ""
    pages = site.graph.pages
    return AgendaEntry(
        hours=hours,
        page=page,
        place=event.place,
        online=event.online,
        groups=tuple(ShownValue(text=pages[path].title, page=path) for path in event.groups),
        note=", ".join(filter(None, (since, say_zone(event), status_words(event)))),
    )


def day_cells(dated: list[Dated], first: date, last: date) -> dict[date, tuple[CellEntry, ...]]:
    """Return what grids show of each day: what lasts several days is on each of them."""
    cells: dict[date, list[CellEntry]] = defaultdict(list)
    for one in dated:
        found = one.found
        page = ShownValue(text=found.page.title, page=found.page.path)
        note = status_words(one.event) if one.event else ""
        begin, end = max(first, found.first_day), min(last - timedelta(days=1), found.last_day)
        for number in range(begin.toordinal(), end.toordinal() + 1):
            day = date.fromordinal(number)
            is_start = day == found.first_day and isinstance(found.start, datetime)
            hour = say_hour(found.start) if is_start and isinstance(found.start, datetime) else ""
            goes_on = "suite" if day > found.first_day else ""
            said = ", ".join(filter(None, (goes_on, note)))
            cells[day].append(CellEntry(page=page, hour=hour, note=said))
    return {day: tuple(entries) for day, entries in cells.items()}
