"""The last changes of the wiki as an Atom feed."""

from hashlib import blake2b
from xml.etree.ElementTree import Element, SubElement, tostring

from essaim.pages.history import PageChange
from essaim.views.addresses import AddressOf
from essaim.views.audience import Audience
from essaim.views.changes import NAME, ShownChange, recent_changes
from essaim.views.history import day_of, who_wrote
from essaim.views.listing import Artifact
from essaim.views.site import Site

FEED = f"{NAME}.xml"
"""Path of the feed in the published tree."""


def recent_feed(site: Site, address_of: AddressOf, site_url: str, site_name: str) -> Artifact | None:
    """Return the Atom feed of the last changes, or None when there is none or the site has no address.

    `address_of` gives the whole address of a page from its path in the repository, '' if it is not published.
    """
    changes = [*recent_changes(site)]
    if not site_url or not changes:
        return None
    base = f"{site_url.rstrip('/')}/"
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "fr"})
    _add(feed, "id", f"{base}{FEED}")
    _add(feed, "title", f"{site_name} : changements récents")
    _add(feed, "updated", max(shown.change.revision.when for shown in changes).isoformat())
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base}{FEED}")
    _add(feed, "link", rel="alternate", type="text/html", href=base)
    _add(_add(feed, "author"), "name", site_name)
    for shown in changes:
        entry = _add(feed, "entry")
        _add(entry, "id", f"{base}{FEED}#{_mark(shown.change)}")
        address = address_of(shown.page.page) if shown.page.page else ""
        if address:
            _add(entry, "link", rel="alternate", type="text/html", href=address)
        _fill(entry, shown, site)
    return Artifact(path=FEED, text=f"{tostring(feed, encoding='unicode')}\n")


def _fill(entry: Element, shown: ShownChange, site: Site) -> None:
    revision = shown.change.revision
    who = who_wrote(revision.author, site).text
    _add(entry, "title", f"{shown.page.text} ({shown.done[:1].lower()}{shown.done[1:]})")
    _add(entry, "updated", revision.when.isoformat())
    _add(_add(entry, "author"), "name", who)
    said = f" « {revision.subject} »" if site.audience is Audience.MEMBERS and revision.subject else ""
    _add(entry, "content", f"{shown.done} le {day_of(revision)} par {who}.{said}", type="text")


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def _mark(change: PageChange) -> str:
    """Return what names a change for good, wherever its page goes, and tells nothing of it."""
    return blake2b(f"{change.revision.commit} {change.number}".encode(), digest_size=12).hexdigest()
