"""The feeds of a build: their files, and the links that lead there."""

from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from essaim.views.feeds.atom import TYPE as ATOM
from essaim.views.feeds.atom import atom
from essaim.views.feeds.json_feed import TYPE as JSON_FEED
from essaim.views.feeds.json_feed import json_feed
from essaim.views.feeds.model import Feed
from mkdocs_essaim.generated import add_artifact
from mkdocs_essaim.views.render import FeedLink


def add_feed(feed: Feed, files: Files, config: MkDocsConfig) -> None:
    """Add both files of a feed to a build."""
    add_artifact(atom(feed), files, config)
    add_artifact(json_feed(feed), files, config)


def feed_links(feed: Feed, page: Page) -> tuple[FeedLink, ...]:
    """Return what leads from a page to both files of a feed."""
    known = (("Atom", ATOM, feed.atom_path), ("JSON Feed", JSON_FEED, feed.json_path))
    return tuple(
        FeedLink(title=feed.title, name=name, type=kind, address=get_relative_url(quote(path), page.url))
        for name, kind, path in known
    )
