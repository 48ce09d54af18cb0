"""What one build leaves to the next of its pages: how each was made, and what it was found in."""

import os
from collections import defaultdict
from collections.abc import Mapping
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import NamedTuple

from essaim.views.tracing import Trace
from essaim.workspace.cache import FOLDER
from mkdocs_essaim.kept_json import load_json, save_json

_FILE = "pages.json"
_FORMAT = 3


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


NOTHING = Memory(environment="", state="", left_out=frozenset(), past={}, entries={})


def recall(folder: Path) -> Memory:
    """Return what the last build left; nothing when that is missing, damaged, or of another version."""
    data = load_json(folder / _FILE, _FORMAT)
    if data is None:
        return NOTHING
    try:
        word = data.pop("words").__getitem__
        entries = {
            uri: Entry(key, file, searched, anchors, links, frozenset(map(word, numbers)))
            for uri, (key, file, searched, anchors, links, numbers) in data["entries"].items()
        }
        return Memory(**{**data, "entries": entries, "left_out": frozenset(data["left_out"])})
    except (ValueError, LookupError, TypeError, AttributeError):
        return NOTHING


def remember(folder: Path, memory: Memory) -> None:
    """Keep what a build leaves, in place of what the last one did."""
    numbers: dict[str, int] = defaultdict(count().__next__)
    number_of = numbers.__getitem__
    entries = {uri: [*entry[:-1], [*map(number_of, entry.trace)]] for uri, entry in memory.entries.items()}
    data = {
        **memory._asdict(),
        "left_out": sorted(memory.left_out),
        "entries": entries,
        "words": list(numbers),
    }
    save_json(folder / _FILE, data, _FORMAT)


def room_for(site: Path, root: Path) -> Path:
    """Return our folder for a published one: on the same disk, for a tree in it to change places with that."""
    name = f"site-{blake2b(os.fsencode(site), digest_size=6).hexdigest()}"
    above = next(folder for folder in site.parents if folder.is_dir())
    return root / FOLDER / name if above.stat().st_dev == root.stat().st_dev else above / f".essaim-{name}"
