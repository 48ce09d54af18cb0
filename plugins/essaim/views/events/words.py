"""When something takes place, in French: days, hours, and what lasts several days."""

from datetime import date, datetime

from essaim.schema.events import TIMEZONE
from essaim.schema.fieldtypes.times import WEEKDAYS, Date
from essaim.views.events.event import Event
from essaim.views.events.occurrences import Occurrence

TODAY = "aujourd'hui"


def say_day(day: date) -> str:
    """Return a day in full: « lundi 23 novembre 2026 »."""
    return f"{WEEKDAYS[day.weekday()]} {Date().display(day)}"


def say_hour(moment: datetime) -> str:
    """Return an hour: « 18 h », « 12 h 30 »."""
    return f"{moment.hour} h {moment.minute:02}".removesuffix(" 00")


def say_hours(found: Occurrence, *, has_end: bool) -> str:
    """Return when on its first day something begins, and when it ends: « de 12 h à 13 h », « toute la journée »."""
    start, end = found.start, found.end
    is_long = found.last_day > found.first_day
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return f"jusqu'au {say_day(found.last_day)}" if is_long else "toute la journée"
    if is_long:
        return f"à {say_hour(start)}, jusqu'au {say_day(end.date())} à {say_hour(end)}"
    return f"de {say_hour(start)} à {say_hour(end)}" if has_end and end > start else f"à {say_hour(start)}"


def say_zone(event: Event) -> str:
    """Return where hours are read when it is not where one expects, '' otherwise."""
    is_told = not event.is_whole_day and event.timezone != TIMEZONE
    return f"heure de {event.timezone.rpartition('/')[2].replace('_', ' ')}" if is_told else ""
