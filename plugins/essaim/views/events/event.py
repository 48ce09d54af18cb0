"""Events: what a page of a type that declares them tells, as its audience may know it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from essaim.folding import fold
from essaim.pages.page import FieldValue, Page, Value, Values
from essaim.schema.events import TIMEZONE, EventSpec
from essaim.schema.fieldtypes.base import Invalid
from essaim.schema.fieldtypes.rhythms.parsing import parse_rule
from essaim.schema.fieldtypes.rhythms.rule import Rule
from essaim.views.audience import sees_field
from essaim.views.fields import ShownField, ShownValue, show_field
from essaim.views.site import Site
from essaim.views.values import value_in

Moment = date | datetime
"""A day, or an hour of a day in its time zone."""
YEARS = range(1900, 2200)
"""The years in which events take place: what is written of any other is not for a calendar."""
_STATUSES = (
    ("CANCELLED", ("annul", "cancel")),
    ("TENTATIVE", ("a confirmer", "propos", "provisoire", "envisag", "tentative")),
)
"""How the words of a status begin, folded; any other is confirmed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An event as its audience is told of it.

    Of days, it lasts from `start` to `end` included; of hours, both are in the time zone of the event. `exceptions`
    are days, or hours, when it does not come back. `groups` are the pages that hold it and that the audience sees.
    `status` is CONFIRMED, TENTATIVE or CANCELLED, `said` how the page says it.
    """

    page: Page
    start: Moment
    end: Moment
    has_end: bool
    rule: Rule | None = None
    exceptions: frozenset[Moment] = frozenset()
    place: str = ""
    online: ShownValue | None = None
    groups: tuple[str, ...] = ()
    status: str = "CONFIRMED"
    said: str = ""

    @property
    def is_whole_day(self) -> bool:
        """Whether it has no hours."""
        return not isinstance(self.start, datetime)

    @property
    def timezone(self) -> str:
        """The name of the time zone of its hours; where nothing says otherwise when it has none."""
        zone = self.start.tzinfo if isinstance(self.start, datetime) else None
        return zone.key if isinstance(zone, ZoneInfo) else TIMEZONE


def event_of(page: Page, site: Site) -> Event | None:
    """Return the event of a page, or None when it tells none to this audience or waits for a correction."""
    spec = page.type.event
    if spec is None or not site.sees(page.path) or page.path in site.errors:
        return None
    zone = ZoneInfo(spec.timezone)
    start = next(_moments(page, spec.start, site, zone), None)
    if start is None:
        return None
    end = next(_moments(page, spec.end, site, zone), None)
    online = _shown(page, spec.online, site)
    status = _shown(page, spec.status, site)
    return Event(
        page=page,
        start=start,
        end=start if end is None else max(start, end),
        has_end=end is not None,
        rule=_rule(page, spec, site),
        exceptions=frozenset(
            except_at if isinstance(start, datetime) else day_of(except_at)
            for except_at in _moments(page, spec.exceptions, site, zone)
        ),
        place=(place.text if (place := _shown(page, spec.place, site)) else ""),
        online=online.values[0] if online else None,
        groups=_groups(page, spec.group, site),
        status=_status(_value(page, spec.status, site)) if status else "CONFIRMED",
        said=status.text if status else "",
    )


def day_of(moment: Moment) -> date:
    """Return the day of a day or of an hour."""
    return moment.date() if isinstance(moment, datetime) else moment


def _value(page: Page, name: str, site: Site) -> FieldValue | None:
    """Return the value of a field that the audience sees."""
    field = page.type.fields.get(name)
    return value_in(page, name, site) if field is not None and sees_field(site.audience, field) else None


def _scalars(value: FieldValue | None) -> Iterator[Value]:
    if isinstance(value, Values):
        for item in value.items:
            yield from _scalars(item)
    elif isinstance(value, Value):
        yield value


def _moments(page: Page, name: str, site: Site, zone: ZoneInfo) -> Iterator[Moment]:
    """Yield the days or hours of a field, in a time zone."""
    for scalar in _scalars(_value(page, name, site)):
        if isinstance(scalar.data, date) and scalar.data.year in YEARS:
            yield in_zone(scalar.data, zone)


def in_zone(moment: Moment, zone: tzinfo) -> Moment:
    """Return a day as it is, an hour in a time zone: one without offset is already there."""
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _rule(page: Page, spec: EventSpec, site: Site) -> Rule | None:
    scalar = next(_scalars(_value(page, spec.recurrence, site)), None)
    rule = parse_rule(scalar.data) if scalar else None
    return None if isinstance(rule, Invalid) else rule


def _shown(page: Page, name: str, site: Site) -> ShownField | None:
    value = _value(page, name, site)
    return show_field(page, page.type.fields[name], value, site) if value is not None else None


def _groups(page: Page, name: str, site: Site) -> tuple[str, ...]:
    references = site.graph.out[page.path].references
    paths = (references.get(scalar.start, "") for scalar in _scalars(_value(page, name, site)))
    return tuple(path for path in dict.fromkeys(paths) if site.sees(path))


def _status(written: FieldValue | None) -> str:
    words = fold(str(written.data)) if isinstance(written, Value) else ""
    return next((status for status, begins in _STATUSES if words.startswith(begins)), "CONFIRMED")
