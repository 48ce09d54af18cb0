"""The size of an image is read from its first bytes; what is no image, or ends too soon, has none."""

from pathlib import Path
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.media import pixels
from tests.conftest import SITES
from tests.plugins.leaks import png


def segment(kind: int, data: bytes) -> bytes:
    return pack(">BBH", 0xFF, kind, len(data) + 2) + data


def exif(order: str, orientation: int) -> bytes:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entries = pack(f"{order}HHIHH", 0x0100, 3, 1, 9, 0) + pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0" + mark + pack(f"{order}IH", 8, 2) + entries


def jpeg(*before: bytes, start: int = 0xC0) -> bytes:
    frame = segment(start, pack(">BHHB", 8, 480, 640, 3) + bytes(9))
    return b"\xff\xd8" + b"".join(before) + segment(0xC4, bytes(20)) + b"\xff\xff" + frame


def webp(kind: bytes, data: bytes) -> bytes:
    chunk = kind + pack("<I", len(data)) + data
    return b"RIFF" + pack("<I", len(chunk) + 4) + b"WEBP" + chunk


KNOWN = {
    "png": (png("x"), (1, 1)),
    "gif": (b"GIF89a" + pack("<HH", 300, 200) + bytes(20), (300, 200)),
    "jpeg": (jpeg(segment(0xE0, b"JFIF\0" + bytes(9))), (640, 480)),
    "progressive jpeg": (jpeg(start=0xC2), (640, 480)),
    "photograph": (jpeg(segment(0xE1, exif("<", 1))), (640, 480)),
    "photograph on its side": (jpeg(segment(0xE1, exif("<", 6))), (480, 640)),
    "photograph on its side, other order": (jpeg(segment(0xE1, exif(">", 8))), (480, 640)),
    "jpeg with broken metadata": (jpeg(segment(0xE1, exif("<", 6)[:20])), (640, 480)),
    "lossy webp": (webp(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + pack("<HH", 640, 480)), (640, 480)),
    "lossless webp": (webp(b"VP8L", b"\x2f" + (639 | 479 << 14).to_bytes(4, "little") + bytes(9)), (640, 480)),
    "webp with more": (
        webp(b"VP8X", bytes(4) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")),
        (640, 480),
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_size_of_an_image_is_found(name: str) -> None:
    data, size = KNOWN[name]
    assert pixels(data) == size


def test_a_file_of_the_test_site_is_measured() -> None:
    assert pixels((SITES / "vues/docs/pieces/scie.png").read_bytes()) == (1, 1)


def test_the_picture_of_the_seminar_is_measured() -> None:
    root = Path(__file__).parents[2]
    assert pixels((root / "docs/evenements/images/seminaire-dessin.png").read_bytes()) == (960, 540)


@pytest.mark.parametrize("name", KNOWN)
def test_an_image_that_ends_too_soon_has_no_size(name: str) -> None:
    data, size = KNOWN[name]
    found = {pixels(data[:end]) for end in range(len(data))}
    assert (0, 0) in found
    assert found <= {(0, 0), size}


@given(
    st.sampled_from([b"", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 ", b"GIF8"]), st.binary()
)
def test_no_bytes_are_a_mistake(start: bytes, rest: bytes) -> None:
    width, height = pixels(start + rest)
    assert width >= 0
    assert height >= 0
