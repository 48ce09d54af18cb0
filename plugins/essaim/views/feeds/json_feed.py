"""A feed as JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

import json
import re
from typing import Any
from urllib.parse import quote

from essaim.views.feeds.model import Author, Entry, Feed
from essaim.views.listing import Artifact

TYPE = "application/feed+json"
_VERSION = "https://jsonfeed.org/version/1.1"
_IMPOSSIBLE = re.compile("[\ud800-\udfff]")
"""Halves of characters, that UTF-8 cannot write."""


def json_feed(feed: Feed) -> Artifact:
    """Write a feed as JSON Feed."""
    data = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": f"{feed.base}{quote(feed.json_path)}",
        "language": "fr",
        "authors": [_author(Author(feed.author))],
        "items": [_item(entry) for entry in feed.entries],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return Artifact(path=feed.json_path, text=f"{_IMPOSSIBLE.sub(chr(0xFFFD), text)}\n")


def _item(entry: Entry) -> dict[str, Any]:
    """Return an item; its content is its summary, or its title, where it has no other: the format asks for some."""
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_text": entry.content or entry.summary or entry.title,
        "date_published": entry.published.isoformat() if entry.published else "",
        "date_modified": entry.updated.isoformat(),
        "authors": [_author(author) for author in entry.authors],
        "tags": [entry.kind] if entry.kind else [],
    }
    return {name: value for name, value in item.items() if value}


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name} | ({"url": author.address} if author.address else {})
