"""What is known of the pages of an index beside their files: kept from one build to the next."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path

from mkdocs_essaim.kept_json import load_json, save_json

_FORMAT = 1
FilterValues = tuple[tuple[str, tuple[str, ...]], ...]
"""Values by the name of the filter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What is searched of a page, but for its file."""

    digest: str
    """Of the file, of the values and of the words."""
    size: int
    """Bytes of the file."""
    modified: int
    """When the file was written, in nanoseconds."""
    filters: FilterValues
    words: tuple[str, ...]
    """Those that a misspelled word is compared with."""

    def holds(self, file: str) -> bool:
        """Whether a file is the one that was written; it is read again only if its date is another."""
        try:
            found = os.stat(file)  # noqa: PTH116 - for each page at each build
            if (found.st_size, found.st_mtime_ns) == (self.size, self.modified):
                return True
            return found.st_size == self.size and self.digest == digest_of(
                Path(file).read_bytes(), self.filters, self.words
            )
        except OSError:
            return False


def digest_of(data: bytes, filters: FilterValues, words: Iterable[str]) -> str:
    """Digest all that is searched of a page."""
    digest = blake2b(data, digest_size=16)
    digest.update(repr((filters, tuple(words))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def load_entries(path: Path) -> dict[str, Entry]:
    """Return the entries of a file by page: none when it is missing or damaged."""
    data = load_json(path, _FORMAT)
    try:
        return {uri: _entry(*values) for uri, values in (data or {}).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def save_entries(path: Path, entries: Mapping[str, Entry]) -> None:
    """Write entries in place of those of a file, in one step."""
    save_json(path, {uri: astuple(entry) for uri, entry in sorted(entries.items())}, _FORMAT)


def _entry(digest: str, size: int, modified: int, filters: list[tuple[str, list[str]]], words: list[str]) -> Entry:
    values = tuple((name, tuple(some)) for name, some in filters)
    return Entry(digest=digest, size=size, modified=modified, filters=values, words=tuple(words))
