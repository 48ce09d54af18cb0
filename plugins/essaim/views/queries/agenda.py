"""The view `agenda`: what takes place from a day on, day by day and month by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from itertools import islice

from essaim.schema.queries.model import Column
from essaim.views.escaping import escape
from essaim.views.events.dated import AgendaDay, Dated, agenda_days, day_cells
from essaim.views.events.event import YEARS, Event
from essaim.views.events.grid import Month, month_grid
from essaim.views.events.occurrences import Occurrence, next_occurrences, times
from essaim.views.events.page import CalendarLink, everything
from essaim.views.events.words import TODAY, say_day
from essaim.views.fields import ShownValue
from essaim.views.queries.asked import Asked
from essaim.views.queries.entries import WriteValue

_MONTHS = 2
_MOST, _MOST_COUNTED = 1000, 9999
"""Times that one agenda shows at most, and how many more of them are counted."""
_MOST_DRAWN = 3000
"""Days that its grids fill at most: beyond, the list says all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """What takes place within some months. `form` is liste, mois or les deux; `more` says what is left out."""

    title: str
    empty: str
    form: str
    days: tuple[AgendaDay, ...]
    months: tuple[Month, ...]
    more: str
    calendars: tuple[CalendarLink, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing takes place."""
        return not self.days


def make_agenda(asked: Asked) -> Agenda:
    """Return what takes place among the pages that a query found, from today or from the day that it names."""
    spec, today, column = asked.spec, asked.site.today, asked.spec.column("champ")
    asked_for = spec.day("du")
    first = asked_for if asked_for is not None and asked_for.year in YEARS else today
    starts = _months(first, spec.whole("mois", _MONTHS))
    last = starts.pop()
    known = [*_events(asked)] if column is None else []
    values = sorted(_values(asked, column), key=lambda one: one.order)
    within = (one for one in values if first <= one.found.first_day < last)
    found = merge(*(_times(event, first, last) for event in known), within, key=lambda one: one.order)
    dated = [*islice(found, min(_MOST, spec.limit or _MOST))]
    cut = sum(1 for _ in islice(found, _MOST_COUNTED))
    is_drawn = sum(_days_filled(one, first, last) for one in dated) <= _MOST_DRAWN
    cells = day_cells(dated if is_drawn else [], first, last)
    later = 0 if cut else _later(known, dated, last) + sum(one.found.first_day >= last for one in values)
    months = [month_grid(start, cells, today) for start in starts] if dated and is_drawn else []
    kind = "événement" if known else "date"
    until = say_day(last - timedelta(days=1))
    return Agenda(
        title=spec.title or (column.label if column and asked.sees(column) else ""),
        empty=spec.empty or f"Rien de prévu d'ici le {until}.",
        form=spec.words("forme", "les deux") if is_drawn else "liste",
        days=tuple(agenda_days(dated, first, asked.site)),
        months=tuple(month for month in months if month.weeks),
        more=_more(later, kind, until, cut),
        calendars=(everything(),) if known else (),
    )


def _months(first: date, count: int) -> list[date]:
    """Return the first days of so many months from that of a day, then of the month after them."""
    number = first.year * 12 + first.month - 1
    return [date((number + n) // 12, (number + n) % 12 + 1, 1) for n in range(count + 1)]


def _events(asked: Asked) -> Iterator[Event]:
    for path in dict.fromkeys(item.page.path for item in asked.items):
        event = asked.site.events.by_path.get(path)
        if event is not None:
            yield event


def _times(event: Event, first: date, last: date) -> Iterator[Dated]:
    """Yield the times of an event in their order, one after the other: most of them may never be asked for."""
    return (Dated(one, event) for one in times(event, first, last))


def _days_filled(one: Dated, first: date, last: date) -> int:
    """Return on how many days grids show something: what lasts is on each of its days."""
    begin, end = max(first, one.found.first_day), min(last - timedelta(days=1), one.found.last_day)
    return (end - begin).days + 1


def _values(asked: Asked, column: Column | None) -> Iterator[Dated]:
    """Yield the days and hours of the pages in the column that the query names."""
    for item in asked.items if column else ():
        for value in dict.fromkeys(asked.values(item, column)) if column else ():
            if isinstance(value, date):
                yield Dated(Occurrence(value, value, item.page))


def _later(events: list[Event], dated: list[Dated], last: date) -> int:
    """Return how many events are not shown and take place later."""
    shown = {one.found.page.path for one in dated}
    return sum(event.page.path not in shown and bool(next_occurrences(event, last, 1)) for event in events)


def _more(later: int, kind: str, until: str, cut: int) -> str:
    """Return what is said of what is not shown: dates that a limit leaves out, or what comes after the last month."""
    if cut:
        count = f"plus de {cut}" if cut == _MOST_COUNTED else cut
        return f"Et {count} {'autres dates' if cut > 1 else 'autre date'} d'ici le {until}."
    return f"Et {later} {f'autres {kind}s' if later > 1 else f'autre {kind}'} après le {until}." if later else ""


def agenda_text(view: Agenda, write: WriteValue) -> str:
    """Return the agenda as Markdown: a list of days, each with its entries."""
    return "\n".join(_lines(view, write)) + "\n"


def _lines(view: Agenda, write: WriteValue) -> Iterator[str]:
    if view.title:
        yield from (f"**{escape(view.title)}**", "")
    if view.is_empty:
        yield escape(view.empty)
    for day in view.days:
        yield f"- **{day.label}**" + (f" ({TODAY})" if day.is_today else "")
        for entry in day.entries:
            told = (escape(entry.place), write(entry.online) if entry.online else "", *map(write, entry.groups))
            said = " · ".join(filter(None, (*told, escape(entry.note))))
            hours = f"{entry.hours} : " if entry.hours else ""
            yield f"    - {hours}{write(entry.page)}" + (f" ({said})" if said else "")
    if view.more:
        yield from ("", escape(view.more))
    for calendar in view.calendars:
        yield from ("", f"S'abonner à l'agenda : {write(ShownValue(text=calendar.text, page=calendar.path))}")
