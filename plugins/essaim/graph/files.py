"""The files of a wiki by their names, as a vault of notes finds them: from any folder, in any case."""

import re
from collections.abc import Callable, Collection, Iterable
from posixpath import basename, dirname, join, normpath
from unicodedata import normalize

_HIDDEN = re.compile(r"(?:^|/)[_.]")


def is_hidden(path: str) -> bool:
    """Whether a part of a path starts with `_` or `.`: such files are never published."""
    return _HIDDEN.search(path) is not None


class FileIndex:
    """Finds a file by its name or by the end of its path.

    Case and Unicode form do not count. Where several end alike, the one at that very path from a root comes first,
    then the one in the folder of the page that names it, then that of the shortest path: so does Obsidian.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = {}
        for path in paths:
            self._by_name.setdefault(_even(basename(path)), []).append(path)

    def find(self, wanted: str, page: str, roots: Collection[str], accepts: Callable[[str], bool]) -> str:
        """Return the file that the page at a path means by `wanted`, or nothing; `roots` are folders to begin at."""
        named = [path for path in self._by_name.get(_even(basename(wanted)), ()) if accepts(path)]
        if not named:
            return ""
        if wanted.startswith(("./", "../")):
            return _exact(named, [normpath(join(dirname(page), wanted))])
        if wanted.startswith("/"):
            return _exact(named, [join(root, wanted[1:]) for root in roots])
        return closest([path for path in named if _ends(path, wanted)], wanted, page, roots)


def closest(paths: Collection[str], wanted: str, page: str, roots: Collection[str]) -> str:
    """Return the one of several files that the page at a path means by a name, or nothing if there are none."""
    if len(paths) < 2:
        return next(iter(paths), "")
    exact = {_even(normpath(join(root, wanted))) for root in roots}
    name = _even(basename(wanted))

    def distance(path: str) -> tuple[bool, bool, bool, int, str]:
        even = _even(path)
        return even not in exact, basename(even) != name, dirname(path) != dirname(page), len(path), path

    return min(paths, key=distance, default="")


def _exact(paths: Iterable[str], wanted: Iterable[str]) -> str:
    even = {_even(path) for path in wanted}
    return min((path for path in paths if _even(path) in even), default="")


def _ends(path: str, wanted: str) -> bool:
    return f"/{_even(path)}".endswith(f"/{_even(wanted)}")


def _even(path: str) -> str:
    return path.lower() if path.isascii() else normalize("NFC", path).casefold()
