"""Which of the indexes of a wiki holds a page: it depends on the name of the page and on how many pages there are."""

from hashlib import blake2b
from urllib.parse import unquote

USUAL_SIZE = 512
"""Pages of an index at most, or nearly: the program that makes it then takes 120 MB and a second or two."""
_LONGEST = 60
"""Signs of the name of a file, which systems limit in bytes."""
_END = ".html"


_FEW = 8
"""Indexes up to which half that size is better: an edit is published sooner, and a question asks for little more."""


def shard_count(pages: int, size: int | None = None) -> int:
    """Return into how many indexes some pages go: a power of two, so that it seldom changes.

    `size` is how many pages one holds at most, or nearly; else that depends on how many there are.
    """
    if size is None:
        return max(shard_count(pages, USUAL_SIZE), min(_FEW, shard_count(pages, USUAL_SIZE // 2)))
    return 1 << max(0, (pages - 1) // size).bit_length()


def shard_of(uri: str, count: int) -> int:
    """Return the number of the index that holds a page, by where it stands in the published tree."""
    digest = blake2b(uri.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) % count


def language_of(number: int) -> str:
    """Return the language of an index: each has its own, so that no name of one is that of another."""
    return f"fr-x-{number}" if number else "fr"


def file_of(uri: str) -> str:
    """Return the path of the file that holds what is searched of a page: no folder but for very long names."""
    name = uri.removesuffix(_END).replace("%", "%25").replace("/", "%2F")
    return "/".join(name[at : at + _LONGEST] for at in range(0, len(name), _LONGEST)) + _END


def uri_of(address: str) -> str:
    """Return the page that has a file, by the address that Pagefind gives it; `moteur.js` does the same."""
    return unquote(address.replace("/", ""))
