"""What a feed says, whatever the format it is written in."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from essaim.schema.model import PageType
from essaim.views.audience import Audience

MOST = 50
"""Entries of one feed at most."""


class Author(NamedTuple):
    """Who wrote something, as the readers of the feed may know them; `address` is that of their page, or ''."""

    name: str
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One piece of news. `id` names it for good; `kind` says what it is about (« démarche »); times have their zone.

    `address` is whole, '' when nothing is left to read.
    """

    id: str
    address: str
    title: str
    kind: str
    updated: datetime
    published: datetime | None = None
    authors: tuple[Author, ...] = ()
    summary: str = ""
    content: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """News, the last first. `stem` is the path of its files in the published tree without their suffix.

    `base` is the address of the site, with its last slash; `home` that of the page that the feed follows; `author`
    is who publishes it.
    """

    stem: str
    title: str
    base: str
    home: str
    author: str
    entries: tuple[Entry, ...]

    @property
    def atom_path(self) -> str:
        """Where the Atom feed stands in the published tree."""
        return f"{self.stem}.xml"

    @property
    def json_path(self) -> str:
        """Where the JSON Feed stands in the published tree."""
        return f"{self.stem}.json"

    @property
    def updated(self) -> datetime:
        """When it last changed: feeds have at least one entry."""
        return max(entry.updated for entry in self.entries)


def base_of(site_url: str) -> str:
    """Return the address of a site with its last slash."""
    return f"{site_url.rstrip('/')}/"


def is_shared(page_type: PageType, audience: Audience) -> bool:
    """Whether the pages of a type may be followed from elsewhere: feeds are made to be taken up by others."""
    return page_type.share != "never" or audience is Audience.MEMBERS
