"""The chunks of an index of Pagefind, cut smaller: with several indexes, a browser asks each of them for one.

Pagefind writes CBOR in gzip. A chunk is a list of words, each with where it stands. The `pf_meta` file says, after
the version and the pages, from which letters to which each chunk goes.
"""

import re
from collections.abc import Iterator
from gzip import compress, decompress
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

SIGNATURE = b"pagefind_dcd"
"""What the files of Pagefind begin with, once decompressed."""
_USUAL, _LEAST = 48_000, 5_000
"""Bytes of a chunk as Pagefind makes them, about, and of the smallest that are worth asking for."""
_SAME = 3
"""Letters by which words begin alike: those of a family are asked for in one chunk."""
_BETWEEN = re.compile(
    rb"(?:[\x00-\x17\x20-\x37\x80-\x97]|[\x18\x38\x98].|[\x19\x39\x99]..|[\x1a\x3a\x9a]....)*+", re.DOTALL
)
"""All that stands between two texts: numbers, and beginnings of lists."""
_TEXT, _LIST = 3, 4
"""Kinds of CBOR."""
_THREE = b"\x83"
"""The beginning of a list of three: so begins a word, before its letters. One of its spellings is a list of two."""

_Word = tuple[str, bytes]
"""The letters of a word, and all that is said of it."""


def split_chunks(made: Path, count: int) -> None:
    """Cut the chunks of one of some indexes, so that together they weigh about as much as one of a single index.

    Raises ValueError when it is not written as Pagefind 1.5 does.
    """
    size = max(_LEAST, _USUAL // count)
    (meta,) = made.glob("*.pf_meta")
    data = _read(meta)
    start = _after(data, _after(data, len(SIGNATURE) + 1))
    end = _after(data, start)
    names = [_text_at(data, at) for at in _texts(data[:end], start)][2::3]
    pieces = [piece for name in names for piece in _pieces(_read(_chunk(made, name)), size)]
    bounds = [pieces[0][0][0][:1]]
    for one, two in pairwise(pieces):
        last, first = one[-1][0], two[0][0]
        same = next(
            (at for at, (a, b) in enumerate(zip(last, first, strict=False)) if a != b), min(len(last), len(first))
        )
        bounds += (last[: same + 1], first[: same + 1])
    bounds.append(pieces[-1][-1][0])
    for name in names:
        _chunk(made, name).unlink()
    language, listed = names[0].rpartition("_")[0], []
    for at, piece in enumerate(pieces):
        content = SIGNATURE + b"\x81" + _head(_LIST, len(piece)) + b"".join(data for _, data in piece)
        name = _name(language, content)
        _write(_chunk(made, name), content)
        listed += [_THREE, *map(_text, (bounds[2 * at], bounds[2 * at + 1], name))]
    data = data[:start] + _head(_LIST, len(pieces)) + b"".join(listed) + data[end:]
    meta.unlink()
    _write(made / f"pagefind.{_name(language, data)}.pf_meta", data)


def _name(language: str, data: bytes) -> str:
    return f"{language}_{blake2b(data, digest_size=4).hexdigest()}"


def _chunk(made: Path, name: str) -> Path:
    return made / "index" / f"{name}.pf_index"


def _read(path: Path) -> bytes:
    data = decompress(path.read_bytes())
    if not data.startswith(SIGNATURE):
        raise ValueError(f"{path.name} is no file of Pagefind")
    return data


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(compress(data, mtime=0))


def _pieces(data: bytes, least: int) -> Iterator[list[_Word]]:
    """Yield the words of a chunk, some at a time: words that begin alike stay together up to twice the size."""
    piece: list[_Word] = []
    size = 0
    for letters, said in _words(data):
        if size >= 2 * least or (size >= least and letters[:_SAME] != piece[-1][0][:_SAME]):
            yield piece
            piece, size = [], 0
        piece.append((letters, said))
        size += len(said)
    yield piece


def _words(data: bytes) -> Iterator[_Word]:
    starts = [at for at in _texts(data, len(SIGNATURE)) if data[at - 1 : at] == _THREE]
    for at, following in pairwise([*starts, len(data) + 1]):
        yield _text_at(data, at), data[at - 1 : following - 1]


def _texts(data: bytes, at: int) -> Iterator[int]:
    """Yield where the texts begin, from a place on."""
    while True:
        between = _BETWEEN.match(data, at)
        at = between.end() if between else at
        if at >= len(data):
            return
        if data[at] >> 5 != _TEXT:
            raise ValueError(f"byte {data[at]} at {at}")
        yield at
        at = _after(data, at)


def _after(data: bytes, at: int) -> int:
    """Return where the value that begins at a place ends."""
    left = 1
    while left:
        kind, number, at = _head_at(data, at)
        left += (number if kind == _LIST else 0) - 1
        at += number if kind == _TEXT else 0
    return at


def _text_at(data: bytes, at: int) -> str:
    _, size, start = _head_at(data, at)
    return data[start : start + size].decode()


def _head_at(data: bytes, at: int) -> tuple[int, int, int]:
    """Return the kind of the value that begins at a place, its number, and where what follows begins."""
    kind, number = data[at] >> 5, data[at] & 31
    if number < 24:
        return kind, number, at + 1
    if number > 26:
        raise ValueError(f"byte {data[at]} at {at}")
    end = at + 1 + (1 << (number - 24))
    return kind, int.from_bytes(data[at + 1 : end]), end


def _text(text: str) -> bytes:
    data = text.encode()
    return _head(_TEXT, len(data)) + data


def _head(kind: int, number: int) -> bytes:
    """Return how a value begins: its kind and its number, in as few bytes as they need."""
    if number < 24:
        return bytes([kind << 5 | number])
    size = 0 if number < 1 << 8 else 1 if number < 1 << 16 else 2
    return bytes([kind << 5 | (24 + size)]) + number.to_bytes(1 << size)
