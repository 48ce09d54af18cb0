"""Files that only this engine wrote, and only this person: anything else that stands in their place is no file.

A seal names the engine and what the file is about, and holds a digest of what follows: a file of another version, one
that was cut short and one whose disk erred are not read. What a sealed file holds may come from members' pages: it is
for the eyes of its owner.
"""

import os
import stat
from collections.abc import Iterable
from hashlib import blake2b
from io import BufferedReader
from pathlib import Path

from essaim.workspace.replacing import replace_file

_SIZE = 16
"""Of a digest, in bytes."""
_MODE = 0o600
_OTHERS = stat.S_IWGRP | stat.S_IWOTH | stat.S_IRGRP | stat.S_IROTH


def write_sealed(path: Path, about: str, head: bytes, rest: Iterable[bytes] = ()) -> bytes | None:
    """Write a file in one step; return the digest of its head, None when it cannot be written.

    `rest` follows the sealed head: it is for the reader to check what it reads of it.
    """
    digest = _digest(head)
    try:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) != _MODE:
            path.unlink()  # a file in its place would take its mode
        replace_file(path, b"".join((_seal(about), digest, len(head).to_bytes(8), head, *rest)), _MODE)
    except OSError:
        return None
    return digest


class SealedFile:
    """A sealed file, open: `head` is what its seal vouches for, `digest` that of the head."""

    def __init__(self, file: BufferedReader, head: bytes, digest: bytes) -> None:
        self.head = head
        self.digest = digest
        self._file = file
        self._base = file.tell()

    def read(self, start: int, size: int) -> bytes:
        """Return bytes of the rest, counted from its start; fewer when the file was cut."""
        self._file.seek(self._base + start)
        return self._file.read(size)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def open_sealed(path: Path, about: str) -> SealedFile | None:
    """Open a sealed file; None when there is none that this engine and this person wrote, about just that."""
    try:
        file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb")
    except OSError:
        return None
    try:
        if _is_own(file) and file.read(_SIZE) == _seal(about):
            digest, size = file.read(_SIZE), int.from_bytes(file.read(8))
            head = file.read(min(size, os.fstat(file.fileno()).st_size))
            if _digest(head) == digest:
                return SealedFile(file, head, digest)
    except OSError:
        pass
    file.close()
    return None


def _is_own(file: BufferedReader) -> bool:
    """Whether a file is this person's, and for nobody else to read or write, where files have owners."""
    found = os.fstat(file.fileno())
    is_file = stat.S_ISREG(found.st_mode)
    return is_file and (os.name != "posix" or (found.st_uid == os.getuid() and not found.st_mode & _OTHERS))


def _seal(about: str) -> bytes:
    return _digest(about.encode("utf-8", "surrogateescape"))


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SIZE).digest()
