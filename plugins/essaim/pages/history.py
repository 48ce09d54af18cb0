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

    `authors` are all who changed it, the one with most changes first; `changes` counts them.
    """

    first: Revision
    last: Revision
    authors: tuple[str, ...]
    changes: int


class PageChange(NamedTuple):
    """One page in one recorded change; `kind` is added, changed, renamed or removed."""

    path: str
    kind: str
    revision: Revision


class Coverage(StrEnum):
    """How far back the history goes."""

    WHOLE = "whole"
    SHALLOW = "shallow"
    """The clone was cut: first dates and authors may be missing."""
    NONE = "none"
    """There is no git repository, or it has no commit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """The past of every page by path, and the last changes, newest first."""

    pages: Mapping[str, PageHistory]
    recent: tuple[PageChange, ...]
    coverage: Coverage


NO_HISTORY = History(pages=MappingProxyType({}), recent=(), coverage=Coverage.NONE)
"""What a wiki without git has."""
