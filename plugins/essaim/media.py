"""What is known of a file that nobody reads as text: its weight and, of an image, its size in pixels."""

from collections.abc import Callable
from dataclasses import dataclass
from struct import error, unpack_from

HEAD = 1 << 18
"""Bytes at the start of an image that are enough to find its size: metadata may come before it."""
_TURNED = range(5, 9)
"""The Exif orientations of an image that is shown with its width and height exchanged."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFacts:
    """The weight of a file in bytes, and the width and height of an image in pixels as shown, 0 when not known."""

    size: int
    width: int = 0
    height: int = 0


def pixels(head: bytes) -> tuple[int, int]:
    """Return the width and height of an image from its first bytes, (0, 0) when they do not tell."""
    for start, measure in _FORMATS:
        if head.startswith(start):
            try:
                return measure(head)
            except error:  # it ends before its size is told
                return 0, 0
    return 0, 0


def _png(head: bytes) -> tuple[int, int]:
    return _two(">II", head, 16)


def _gif(head: bytes) -> tuple[int, int]:
    return _two("<HH", head, 6)


def _webp(head: bytes) -> tuple[int, int]:
    kind = head[12:16]
    if head[8:12] != b"WEBP" or len(head) < 30:
        return 0, 0
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = _two("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _jpeg(head: bytes) -> tuple[int, int]:
    """Go from segment to segment to the one that begins the image."""
    at, is_turned = 2, False
    while True:
        mark, kind, length = unpack_from(">BBH", head, at)
        if mark != 0xFF:
            return 0, 0
        if kind == 0xFF:  # one of several that fill a gap
            at += 1
            continue
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = _two(">HH", head, at + 5)
            return (height, width) if is_turned else (width, height)
        if kind == 0xE1 and head[at + 4 : at + 10] == b"Exif\0\0":
            is_turned = _is_turned(head[at + 10 : at + 2 + length])
        at += 2 + length


def _is_turned(exif: bytes) -> bool:
    """Whether the metadata of a photograph say that it lies on its side."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return False
    try:
        (start,) = unpack_from(f"{order}I", exif, 4)
        (count,) = unpack_from(f"{order}H", exif, start)
        entries = [unpack_from(f"{order}HHIH", exif, start + 2 + 12 * number) for number in range(count)]
    except error:  # what the metadata say is lost, the image is not
        return False
    return any(tag == 0x0112 and value in _TURNED for tag, _, _, value in entries)


def _two(form: str, head: bytes, at: int) -> tuple[int, int]:
    first, second = unpack_from(form, head, at)
    return int(first), int(second)


_FORMATS: tuple[tuple[bytes, Callable[[bytes], tuple[int, int]]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8", _jpeg),
    (b"RIFF", _webp),
    (b"GIF8", _gif),
)
