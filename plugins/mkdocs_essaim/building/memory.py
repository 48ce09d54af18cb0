"""What one build leaves to the next of its pages: how each was made, and what it was found in."""

import os
import sys
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from essaim.views.tracing import Trace
from essaim.workspace.cache import FOLDER
from essaim.workspace.pickling import Unreadable, from_bytes, to_bytes
from essaim.workspace.sealed import open_sealed, write_sealed

_FILE = "pages"
_ABOUT = repr((5, sys.version))
"""The format, and what writes it."""


class Entry(NamedTuple):
    """How a page was made: the digest of all it stands on, that of its bytes, and what its links are checked with.

    `file` is '' for a page that gave nothing to write; `searched` is the digest of what is searched of it, '' for
    nothing; `trace` is what its inputs were found in. A page that raised warnings is not kept.
    """

    key: str
    file: str
    searched: str
    anchors: tuple[str, ...]
    links: Mapping[str, Mapping[str, str]]
    trace: Trace


class Memory(NamedTuple):
    """All that is kept of the pages of the last build of a site.

    A page is as it was only where its file still stands: this may be kept before the site is published.
    """

    environment: str
    """Digest of what all pages stood on."""
    state: str
    """Digest of the files that the wiki was."""
    left_out: frozenset[str]
    """The pages that it did not publish."""
    past: Mapping[str, str]
    """Digest of the past of each page, by path."""
    entries: Mapping[str, Entry]
    """By source URI."""
    made: Mapping[str, str]
    """Digest of the bytes of the files that are made from all pages, by where they stand in the published tree."""


NOTHING = Memory(environment="", state="", left_out=frozenset(), past={}, entries={}, made={})


def recall(folder: Path) -> Memory:
    """Return what the last build left; nothing when that is missing, damaged, or of another version."""
    file = open_sealed(folder / _FILE, _ABOUT)
    if file is None:
        return NOTHING
    file.close()
    try:
        kept = Memory(*from_bytes(file.head))
        return kept._replace(entries={uri: Entry(*entry) for uri, entry in kept.entries.items()})
    except (Unreadable, ValueError, TypeError, AttributeError):
        return NOTHING


def remember(folder: Path, memory: Memory, known: Memory) -> None:
    """Keep what a build leaves in place of what the last did, `known`; where it cannot, the next makes more."""
    shared: dict[str, str] = {}  # a word comes many times, from several processes: it is written once

    def parts(uri: str, entry: Entry) -> tuple[object, ...]:
        if known.entries.get(uri) is entry:
            return tuple(entry)
        return (*entry[:-1], frozenset(map(shared.setdefault, entry.trace, entry.trace)))

    entries = {uri: parts(uri, entry) for uri, entry in memory.entries.items()}
    head = to_bytes(tuple(memory._replace(entries=entries)))  # type: ignore[arg-type]
    write_sealed(folder / _FILE, _ABOUT, head)


def room_for(site: Path, root: Path) -> Path:
    """Return our folder for a published one: on the same disk, for a tree in it to change places with that."""
    name = f"site-{blake2b(os.fsencode(site), digest_size=6).hexdigest()}"
    above = next(folder for folder in site.parents if folder.is_dir())
    return root / FOLDER / name if above.stat().st_dev == root.stat().st_dev else above / f".essaim-{name}"
