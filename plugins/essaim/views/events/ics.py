"""Calendars that other programs subscribe to: iCalendar files (RFC 5545) of all events, of each group, of each event.

Rules stay rules, so that a calendar goes on without being published again. Nothing here comes from the clock.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from icalendar import Calendar, Timezone, vRecur, vText
from icalendar import Event as Component

from essaim.folding import fold
from essaim.pages.freshness import VERIFIED_ON
from essaim.pages.page import Page, Value
from essaim.schema.fieldtypes.rhythms.rule import Rule, rule_text
from essaim.views.addresses import AddressOf
from essaim.views.audience import sees_field, summary_of
from essaim.views.events.event import Event, Moment, day_of
from essaim.views.events.occurrences import at_hour_of, last_moment
from essaim.views.events.page import CALENDAR, event_calendar, group_calendar
from essaim.views.listing import Artifact
from essaim.views.site import Site
from essaim.views.words import capitalised

_PROGRAM = "-//Essaim//Agenda//FR"
_LAST = 2038
"""The year up to which time zones are told at least: programs know them better by their name."""
_END = b"END:VCALENDAR\r\n"
_UNTOLD = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that a calendar cannot hold."""


class _Entry(NamedTuple):
    """An event as a calendar holds it: its text, its time zone ('' for whole days), the year when it begins."""

    text: bytes
    timezone: str
    year: int


def calendars(site: Site, address_of: AddressOf) -> Iterator[Artifact]:
    """Yield the calendars of a site; none when it has no event.

    `address_of` gives the published address of a page from its path in the repository, '' if it is not published.
    """
    events = site.events
    entries = {path: _entry(event, site, address_of) for path, event in events.by_path.items()}
    if not entries:
        return
    zones = _timezones(entries.values())
    name = site.variables.values.get("cae.nom", "")
    yield Artifact(path=CALENDAR, text=_calendar(f"{name} : agenda" if name else "Agenda", entries.values(), zones))
    for path, held in sorted(events.by_group.items()):
        group, those = site.graph.pages[path], [entries[event.page.path] for event in held]
        title = f"{name} : {group.title}" if name else group.title
        yield Artifact(path=group_calendar(group, site), text=_calendar(title, those, zones))
    for path, entry in entries.items():
        page = site.graph.pages[path]
        yield Artifact(path=event_calendar(page, site), text=_calendar(page.title, [entry], zones))


def _calendar(name: str, entries: Iterable[_Entry], zones: dict[str, bytes]) -> str:
    """Return the text of a calendar: each part is already written."""
    calendar = Calendar()
    for key, value in (("PRODID", _PROGRAM), ("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")):
        calendar.add(key, value)
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, vText(_line(name)))  # these names are texts: the library takes them as they are
    parts = [*entries]
    used = sorted({entry.timezone for entry in parts if entry.timezone in zones})
    inside = b"".join([*(zones[zone] for zone in used), *(entry.text for entry in parts)])
    head: bytes = calendar.to_ical()
    return (head.removesuffix(_END) + inside + _END).decode()


def _timezones(entries: Iterable[_Entry]) -> dict[str, bytes]:
    """Return each time zone that events use, as calendars tell it; UTC needs no telling."""
    years: dict[str, int] = {}
    for entry in entries:
        years[entry.timezone] = min(entry.year, years.get(entry.timezone, entry.year))
    return {
        zone: Timezone.from_tzid(
            zone, first_date=date(year, 1, 1), last_date=date(max(_LAST, year + 10), 1, 1)
        ).to_ical()
        for zone, year in years.items()
        if zone not in ("", "UTC")
    }


def _entry(event: Event, site: Site, address_of: AddressOf) -> _Entry:
    """Return an event as calendars hold it."""
    page, address = event.page, address_of(event.page.path)
    component = Component()
    component.add("UID", f"{page.id.type}-{page.id.id}@{_domain(address, site)}")
    component.add("DTSTAMP", _stamp(page, event, site))
    component.add("SUMMARY", _line(page.title))
    component.add("DTSTART", event.start)
    end = _end(event)
    if end is not None:
        component.add("DTEND", end)
    _add_texts(component, event, site, address)
    if event.rule is not None:
        component.add("RRULE", vRecur.from_ical(rule_text(_told(event.rule, event))))
        for day in sorted({_exception(event, moment) for moment in event.exceptions}):
            component.add("EXDATE", day)
    return _Entry(component.to_ical(), "" if event.is_whole_day else event.timezone, event.start.year)


def _add_texts(component: Component, event: Event, site: Site, address: str) -> None:
    online = (event.online.address or event.online.text) if event.online else ""
    said = [_line(summary_of(event.page, site.audience)), f"En visio : {_line(online)}" if online else ""]
    texts = {
        "DESCRIPTION": "\n".join(filter(None, said)),
        "LOCATION": _line(event.place or online),
        "URL": address if urlsplit(address).scheme in ("http", "https") else "",
        "STATUS": event.status,
    }
    for key, text in texts.items():
        if text:
            component.add(key, text)
    names = (capitalised(event.page.type.label_one), *(site.graph.pages[path].title for path in event.groups))
    component.add("CATEGORIES", [*map(_line, names)])


def _line(text: str) -> str:
    """Return a text on one line: a line of its own would be read as a property, a control character as an error."""
    return " ".join(_UNTOLD.sub(" ", text).split())


def _end(event: Event) -> Moment | None:
    """Return when an event ends, as calendars count: of days, the day after the last. None when nobody says it."""
    if event.is_whole_day:
        return event.end + timedelta(days=1)
    return event.end if event.has_end and event.end > event.start else None


def _told(rule: Rule, event: Event) -> Rule:
    """Return a rule whose end is told as the beginning of its event: a day, or an hour of UTC."""
    until = last_moment(rule, event)
    if until is None or not isinstance(event.start, datetime):
        return rule._replace(until=until)
    if not isinstance(until, datetime):
        until = datetime.combine(until, time(23, 59, 59), event.start.tzinfo)
    return rule._replace(until=until.astimezone(UTC))


def _exception(event: Event, moment: Moment) -> Moment:
    """Return an exception as the beginning that it takes away."""
    return moment if isinstance(moment, datetime) else at_hour_of(event.start, moment)


def _stamp(page: Page, event: Event, site: Site) -> datetime:
    """Return when what is told of an event was last known to hold: its last change, else its page's own date."""
    past = site.history.pages.get(page.path)
    if past is not None:
        return past.last.when.astimezone(UTC).replace(microsecond=0)
    field, verified = page.type.fields.get(VERIFIED_ON), page.values.get(VERIFIED_ON)
    is_told = field is not None and sees_field(site.audience, field) and isinstance(verified, Value)
    day = verified.data if is_told and isinstance(verified, Value) else event.start
    return datetime.combine(day_of(day), time(), UTC)


def _domain(address: str, site: Site) -> str:
    """Return what tells the events of this wiki from those of any other: its host, or else the cooperative's name."""
    name = fold(site.variables.values.get("cae.nom", "")) or "essaim"
    return urlsplit(address).hostname or f"{name.replace(' ', '-')}.invalid"
