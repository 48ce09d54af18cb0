"""The published tree: what stands in it, and how the next one takes its place in one step."""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from essaim.workspace.replacing import replace_file

_EXCHANGE = 2
"""`RENAME_EXCHANGE` of renameat2 (Linux), `RENAME_SWAP` of renamex_np (macOS)."""
_HERE = -100
"""`AT_FDCWD`."""
_FIXED = frozenset({errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS})
"""Why a folder stays where it is: a volume is mounted there, or what is above belongs to somebody else."""


class Published(NamedTuple):
    """A file of a published tree: the digest of its bytes, and what tells that nobody touched it since."""

    digest: str
    size: int
    changed: int
    """When it last changed, in nanoseconds."""
    inode: int


Manifest = Mapping[str, Published]
"""The files of a tree by path from its top."""


def digest_of(data: bytes) -> str:
    """Digest the bytes of a file."""
    return blake2b(data, digest_size=16).hexdigest()


def published(path: Path, digest: str) -> Published:
    """Describe a file as it stands on disk; raise OSError when it does not."""
    stat = path.stat()
    return Published(digest, stat.st_size, stat.st_mtime_ns, stat.st_ino)


def untouched(tree: Path, manifest: Manifest) -> dict[str, Published]:
    """Return the files of a manifest that are in their tree as they were put there."""
    found = {}
    top = f"{tree}{os.sep}"
    for path, known in manifest.items():
        try:
            stat = os.stat(top + path)  # noqa: PTH116 - tens of thousands at each build
        except OSError:
            continue
        if (stat.st_size, stat.st_mtime_ns, stat.st_ino) == known[1:]:
            found[path] = known
    return found


def files_of(tree: Path) -> Iterator[str]:
    """Yield the path of each file of a tree, from its top; folders under a second name are not gone into."""
    top, folders = f"{tree}{os.sep}", [""]
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(top + folder)
        except OSError:  # gone since, or not for us to read
            continue
        with entries:
            for entry in entries:
                if not _is_folder(entry):
                    yield folder + entry.name
                elif not entry.is_symlink():
                    folders.append(f"{folder}{entry.name}/")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a second name that leads nowhere, or where we may not go
        return False


def write(path: Path, data: bytes) -> None:
    """Write a file, with the folders above it."""
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_over(path: Path, data: bytes) -> None:
    """Put a file in place of another in one step, unless it is the same; the other may have a second name."""
    try:
        if path.read_bytes() == data:
            return
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, data)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, for whoever reads them; return whether this system can."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*names, _EXCHANGE) == 0)  # type: ignore[union-attr]
    if hasattr(library, "renameat2"):
        return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)  # type: ignore[union-attr]
    return False


def put_in_place(fresh: Path, place: Path) -> bool:
    """Have a folder take the place of another, which takes its own; return whether the other may be moved at all."""
    try:
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh.rename(place)
        elif not exchange(fresh, place):
            aside = fresh.with_name(f"{fresh.name}-{os.getpid()}")  # two steps: nothing stands there in between
            place.rename(aside)
            fresh.rename(place)
            aside.rename(fresh)
    except OSError as problem:
        if problem.errno not in _FIXED:
            raise
        return False
    return True


def link(source: Path, target: Path) -> None:
    """Let a file stand at another path too; where two names are not possible, copy it."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)


def remove(tree: Path, paths: Collection[str]) -> None:
    """Remove files, and the folders that this empties."""
    for path in paths:
        (tree / path).unlink(missing_ok=True)
    folders = {folder for path in paths for folder in Path(path).parents if folder.name}
    for folder in sorted(folders, key=lambda f: -len(f.parts)):
        try:
            (tree / folder).rmdir()
        except OSError:  # something else is in it
            continue
