"""What makes the pages of a type events."""

from dataclasses import dataclass

TIMEZONE = "Europe/Paris"
"""Where the hours of events are read when nothing says it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EventSpec:
    """The names of the fields that tell an event, '' for those that its type has not; and where its hours are read.

    `start` and `end` hold days, or moments: an event of days lasts whole days, `end` included. `exceptions` are the
    days, or moments, when it does not come back.
    """

    start: str
    end: str = ""
    recurrence: str = ""
    exceptions: str = ""
    place: str = ""
    online: str = ""
    group: str = ""
    status: str = ""
    timezone: str = TIMEZONE
