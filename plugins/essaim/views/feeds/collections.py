"""The feed of each collection: its pages, the one that changed last first."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from heapq import nlargest

from essaim.pages.freshness import VERIFIED_ON
from essaim.pages.page import Page, Value
from essaim.schema.model import PageType
from essaim.views.addresses import AddressOf, published_path
from essaim.views.audience import sees_field, sees_type, summary_of
from essaim.views.feeds.model import MOST, Author, Entry, Feed, base_of, is_shared
from essaim.views.history import who_wrote
from essaim.views.index import cover_path
from essaim.views.site import Site
from essaim.views.words import capitalised

NAME = "flux"
"""Name of the files of a feed, in the folder of their collection."""


def collection_feeds(site: Site, address_of: AddressOf, site_url: str, site_name: str) -> Iterator[tuple[str, Feed]]:
    """Yield the feed of each collection that has an index, by the path of that index; none without a site address.

    `address_of` gives the whole address of a page from its path in the repository, '' if it is not published.
    """
    if not site_url:
        return
    by_type: dict[str, list[Page]] = defaultdict(list)
    for path, page in site.graph.pages.items():
        if site.lists(path) and path not in site.errors:
            by_type[page.type.name].append(page)
    for page_type in site.schema.by_folder.values():
        if page_type.index is None or not sees_type(site.audience, page_type):
            continue
        if not is_shared(page_type, site.audience):
            continue
        index = cover_path(page_type.folder, site.graph)
        entries = _entries(by_type[page_type.name], site, address_of)
        if entries:
            yield index, _feed(page_type, entries, site, address_of(index), site_url, site_name)


def _feed(
    page_type: PageType, entries: tuple[Entry, ...], site: Site, home: str, site_url: str, site_name: str
) -> Feed:
    base = base_of(site_url)
    return Feed(
        stem=published_path(f"{page_type.folder}/{NAME}".removeprefix("/"), site.docs_dir),
        title=f"{site_name} : {capitalised(page_type.label_many)}",
        base=base,
        home=home or base,
        author=site_name,
        entries=entries,
    )


def _entries(pages: list[Page], site: Site, address_of: AddressOf) -> tuple[Entry, ...]:
    """Return the entries of the pages that changed last; those that nothing dates are left out."""
    dated = ((updated, page) for page in sorted(pages, key=lambda p: p.path) if (updated := _updated(page, site)))
    last = nlargest(MOST, dated, key=lambda item: item[0])
    entries = (_entry(page, updated, site, address_of) for updated, page in last)
    return tuple(entry for entry in entries if entry.address)


def _entry(page: Page, updated: datetime, site: Site, address_of: AddressOf) -> Entry:
    address, past = address_of(page.path), site.history.pages.get(page.path)
    shown = dict.fromkeys(who_wrote(author, site) for author in past.authors) if past else {}
    return Entry(
        id=address,
        address=address,
        title=page.title,
        kind=page.type.label_one,
        updated=updated,
        published=past.first.when if past and not past.is_cut else None,
        authors=tuple(Author(who.text, address_of(who.page) if who.page else "") for who in shown),
        summary=summary_of(page, site.audience),
    )


def _updated(page: Page, site: Site) -> datetime | None:
    """Return when a page last changed; failing that, the day it says it was verified; None when nothing says it."""
    past = site.history.pages.get(page.path)
    if past is not None:
        return past.last.when
    field, value = page.type.fields.get(VERIFIED_ON), page.values.get(VERIFIED_ON)
    if field is None or not isinstance(value, Value) or not isinstance(value.data, date):
        return None
    day = value.data if sees_field(site.audience, field) else None
    return datetime.combine(day, time(), UTC) if day else None
