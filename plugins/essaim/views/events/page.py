"""What a page shows of its dates: the next times of an event, or of the events of a group, and their calendars."""

from collections.abc import Iterator
from dataclasses import dataclass

from essaim.pages.page import Page
from essaim.schema.fieldtypes.rhythms.saying import say_rule
from essaim.views.addresses import published_path
from essaim.views.events.event import Event
from essaim.views.events.occurrences import Occurrence, next_occurrences
from essaim.views.events.words import TODAY, say_day, say_hours, say_zone
from essaim.views.fields import ShownValue
from essaim.views.site import Site
from essaim.views.words import uncapitalised

CALENDAR = "agenda.ics"
"""Path, in the published tree, of the calendar of all events."""
_MOST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarLink:
    """A calendar to subscribe to: what it holds, and its path in the published tree."""

    text: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDate:
    """One time of an event: its day in French and in ISO 8601, its hours, what is to be known of it.

    `page` is that of the event where it is not the one that shows the date.
    """

    day: str
    date: str
    hours: str
    note: str
    page: ShownValue | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PageDates:
    """The dates of a page: a heading, the next ones, what is said when there is none, the calendars."""

    title: str
    dates: tuple[ShownDate, ...]
    empty: str
    calendars: tuple[CalendarLink, ...]


def page_dates(page: Page, site: Site) -> PageDates | None:
    """Return the dates of an event or of a group that holds some, None of any other page."""
    event, held = site.events.by_path.get(page.path), site.events.by_group.get(page.path, ())
    if event is not None:
        return PageDates(
            title="Prochaines dates",
            dates=tuple(_shown(found, event, site) for found in next_occurrences(event, site.today, _MOST)),
            empty="Aucune date à venir.",
            calendars=tuple(_calendars_of(event, site)),
        )
    if held:
        own = CalendarLink(text="Les rencontres de ce groupe", path=group_calendar(page, site))
        return PageDates(
            title="Prochaines rencontres",
            dates=tuple(_shown(found, event, site, of_group=True) for found, event in _next_of(held, site)),
            empty="Aucune rencontre à venir.",
            calendars=(own, everything()),
        )
    return None


def event_calendar(page: Page, site: Site) -> str:
    """Return where the calendar of an event stands: beside its page, under its name."""
    return f"{published_path(page.path, site.docs_dir).removesuffix('.md')}.ics"


def group_calendar(page: Page, site: Site) -> str:
    """Return where the calendar of a group stands: under its id, and its type too when another group has that id."""
    return f"agenda/{'-'.join(page.id) if page.id.id in site.events.shared_ids else page.id.id}.ics"


def everything() -> CalendarLink:
    """Return the calendar of all events."""
    return CalendarLink(text="Tout l'agenda", path=CALENDAR)


def _calendars_of(event: Event, site: Site) -> Iterator[CalendarLink]:
    yield CalendarLink(text="Cet événement", path=event_calendar(event.page, site))
    for path in event.groups:
        group = site.graph.pages[path]
        yield CalendarLink(text=group.title, path=group_calendar(group, site))
    yield everything()


def _next_of(events: tuple[Event, ...], site: Site) -> list[tuple[Occurrence, Event]]:
    """Return the next time of each event, the first ones first: what comes back each week leaves room for others."""
    found = [(one, event) for event in events for one in next_occurrences(event, site.today, 1)]
    found.sort(key=lambda pair: when(pair[0]))
    return found[:_MOST]


def when(found: Occurrence) -> tuple[str, str]:
    """Return a key that sorts times as a reader expects: by day and hour on the wall, whole days first."""
    return found.start.isoformat()[:16], found.page.path


def _shown(found: Occurrence, event: Event, site: Site, *, of_group: bool = False) -> ShownDate:
    rhythm = say_rule(event.rule) if of_group and event.rule else ""
    today = TODAY if found.first_day <= site.today <= found.last_day else ""
    return ShownDate(
        day=say_day(found.first_day),
        date=found.first_day.isoformat(),
        hours=say_hours(found, has_end=event.has_end),
        note=", ".join(filter(None, (today, rhythm, say_zone(event), status_words(event)))),
        page=ShownValue(text=event.page.title, page=event.page.path) if of_group else None,
    )


def status_words(event: Event) -> str:
    """Return what is to be known of an event that may not take place, '' of one that does."""
    return uncapitalised(event.said) if event.status != "CONFIRMED" else ""
