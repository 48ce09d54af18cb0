"""The facts of the files that nobody reads as text: measured again only when they change on disk."""

from pathlib import Path
from typing import NamedTuple

from essaim.media import HEAD, FileFacts, pixels

_IMAGES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp"})


class _Seen(NamedTuple):
    """When a file was last written, in nanoseconds, and what was found of it then."""

    written: int
    facts: FileFacts


class MeasuredFiles:
    """What was found of the files of a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[str, _Seen] = {}

    def measure(self, path: str) -> FileFacts:
        """Return the facts of a file by its path. Raises FileNotFoundError when it is gone."""
        file = self._root / path
        stat = file.stat()
        seen = self._seen.get(path)
        if seen is None or (seen.written, seen.facts.size) != (stat.st_mtime_ns, stat.st_size):
            width, height = _pixels(file) if file.suffix.lower() in _IMAGES else (0, 0)
            seen = _Seen(stat.st_mtime_ns, FileFacts(size=stat.st_size, width=width, height=height))
            self._seen[path] = seen
        return seen.facts


def _pixels(file: Path) -> tuple[int, int]:
    with file.open("rb") as image:
        return pixels(image.read(HEAD))
