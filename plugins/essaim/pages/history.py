"""Where the pages come from: who wrote them and when, as values. Reading them from git is another room's work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Revision(NamedTuple):
    """One recorded change: its commit, when (with its time zone), who, and what they said of it (one line)."""

    commit: str
    when: datetime
    author: str
    subject: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PageHistory:
    """What is known of the past of one page, under all the names it had.

    `first` and `last` are its oldest and newest changes by date. `authors` are all who changed it, the one with most
    changes first; `changes` counts them. To move a page without touching its text does not change it.
    """

    first: Revision
    last: Revision
    authors: tuple[str, ...]
    changes: int
    is_cut: bool = False
    """Whether its beginning is out of reach: `first` is then the oldest commit known, which its author did not write.
    It counts in neither `authors` nor `changes`; without any other, `last` is the same."""


class PageChange(NamedTuple):
    """One page in one recorded change; `kind` is added, changed, renamed or removed.

    `path` is where the page is now, or was last. `number` tells it from the other pages of the same commit, for good.
    """

    path: str
    kind: str
    revision: Revision
    number: int = 0


class Coverage(StrEnum):
    """How far back the history goes."""

    WHOLE = "whole"
    SHALLOW = "shallow"
    """The clone was cut: first dates and authors may be missing."""
    NONE = "none"
    """Nothing is known: `Absence` says why."""


class Absence(StrEnum):
    """Why nothing is known of the past."""

    UNREAD = "unread"
    """Nobody asked."""
    NO_GIT = "no-git"
    """There is no git program."""
    NO_REPOSITORY = "no-repository"
    NO_COMMIT = "no-commit"
    """No page of the wiki was ever recorded, or the repository around does not follow them."""
    FAILED = "failed"
    """Git refused or could not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """The past of every page by path, and the last changes, newest first.

    `absence` is set when the coverage is none; `detail` is then what git answered, for who runs the build.
    """

    pages: Mapping[str, PageHistory]
    recent: tuple[PageChange, ...]
    coverage: Coverage
    absence: Absence | None = None
    detail: str = ""


NO_HISTORY = History(pages=MappingProxyType({}), recent=(), coverage=Coverage.NONE, absence=Absence.UNREAD)
"""What a wiki has whose past nobody read."""
