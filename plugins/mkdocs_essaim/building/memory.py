"""What one build leaves to the next: how each page was made, and what was published."""

import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from essaim.views.tracing import Trace
from essaim.workspace.cache import FOLDER
from mkdocs_essaim.building.tree import Manifest, Published
from mkdocs_essaim.kept_json import load_json, save_json

_FILE = "pages.json"
_FORMAT = 1


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
    """All that is kept of the last build of a site."""

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
    manifest: Manifest
    origins: Mapping[str, str]
    """Where the files that are no pages were copied from, by path."""
    spare: Manifest | None
    """The files of the tree before it, which we kept."""


NOTHING = Memory(
    environment="", state="", left_out=frozenset(), past={}, entries={}, manifest={}, origins={}, spare=None
)


def recall(folder: Path) -> Memory:
    """Return what the last build left; nothing when that is missing, damaged, or of another version."""
    data = load_json(folder / _FILE, _FORMAT)
    if data is None:
        return NOTHING
    try:
        words, spare = data.pop("words"), data["spare"]
        entries = {
            uri: Entry(key, file, searched, anchors, links, frozenset(words[number] for number in numbers))
            for uri, (key, file, searched, anchors, links, numbers) in data["entries"].items()
        }
        kept = {
            "entries": entries,
            "left_out": frozenset(data["left_out"]),
            "manifest": _manifest(data["manifest"]),
            "spare": None if spare is None else _manifest(spare),
        }
        return Memory(**{**data, **kept})
    except (ValueError, LookupError, TypeError, AttributeError):
        return NOTHING


def remember(folder: Path, memory: Memory) -> None:
    """Keep what a build leaves, in place of what the last one did."""
    numbers: dict[str, int] = {}
    entries = {
        uri: [*entry[:-1], [numbers.setdefault(word, len(numbers)) for word in entry.trace]]
        for uri, entry in memory.entries.items()
    }
    data = {**memory._asdict(), "left_out": sorted(memory.left_out), "entries": entries, "words": list(numbers)}
    save_json(folder / _FILE, data, _FORMAT)


def _manifest(data: Mapping[str, Any]) -> dict[str, Published]:
    return {path: Published(*file) for path, file in data.items()}


def room_for(site: Path, root: Path) -> Path:
    """Return our folder for a published one: on the same disk, for a tree in it to change places with that."""
    name = f"site-{blake2b(os.fsencode(site), digest_size=6).hexdigest()}"
    above = next(folder for folder in site.parents if folder.is_dir())
    return root / FOLDER / name if above.stat().st_dev == root.stat().st_dev else above / f".essaim-{name}"
