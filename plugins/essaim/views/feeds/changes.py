"""The feed of the whole wiki: its last changes, as the page of changes tells them."""

from hashlib import blake2b

from essaim.pages.history import PageChange
from essaim.views.addresses import AddressOf
from essaim.views.audience import summary_of
from essaim.views.changes import NAME, ShownChange, recent_changes
from essaim.views.feeds.model import MOST, Author, Entry, Feed, base_of, is_shared
from essaim.views.history import day_of, subject_of, who_wrote
from essaim.views.site import Site
from essaim.views.words import uncapitalised


def recent_feed(site: Site, address_of: AddressOf, site_url: str, site_name: str) -> Feed | None:
    """Return the feed of the last changes, or None when there is none or the site has no address.

    `address_of` gives the whole address of a page from its path in the repository, '' if it is not published.
    """
    changes = [*recent_changes(site)][:MOST]
    if not site_url or not changes:
        return None
    base = base_of(site_url)
    return Feed(
        stem=NAME,
        title=f"{site_name} : changements récents",
        base=base,
        home=base,
        author=site_name,
        entries=tuple(_entry(shown, site, address_of, base) for shown in changes),
    )


def _entry(shown: ShownChange, site: Site, address_of: AddressOf, base: str) -> Entry:
    revision, path = shown.change.revision, shown.page.page
    who = who_wrote(revision.author, site)
    subject = subject_of(revision, site)
    said = f" « {subject} »" if subject else ""
    return Entry(
        id=f"{base}{NAME}.xml#{_mark(shown.change)}",
        address=address_of(path) if path else "",
        title=f"{shown.page.text} ({uncapitalised(shown.done)})",
        kind=site.schema.type_of(shown.change.path).label_one,
        updated=revision.when,
        authors=(Author(who.text, address_of(who.page) if who.page else ""),),
        summary=_summary(path, site),
        content=f"{shown.done} le {day_of(revision)} par {who.text}.{said}",
    )


def _summary(path: str, site: Site) -> str:
    """Return the summary of a page that is shown: not of one that waits for a correction, nor of one never shared."""
    page = site.graph.pages.get(path)
    if page is None or path in site.errors or not is_shared(page.type, site.audience):
        return ""
    return summary_of(page, site.audience)


def _mark(change: PageChange) -> str:
    """Return what names a change for good, wherever its page goes, and tells nothing of it."""
    return blake2b(f"{change.revision.commit} {change.number}".encode(), digest_size=12).hexdigest()
