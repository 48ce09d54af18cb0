"""The day of a build: the one way by which time comes in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime


def build_day(environment: Mapping[str, str], today: date) -> date:
    """Return the day that `SOURCE_DATE_EPOCH` names, for builds that are to be the same another day; else today.

    Source: https://reproducible-builds.org/specs/source-date-epoch/ (seconds since 1970, in UTC).
    """
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC).date() if seconds.isdecimal() else today
