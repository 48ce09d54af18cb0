"""Where files stand in the published tree, and how one of its pages leads to another."""

from collections.abc import Callable
from posixpath import dirname, relpath
from urllib.parse import quote

AddressOf = Callable[[str], str]
"""From the path of a page or file in the repository to its published address, '' when it is not published."""


def published_path(path: str, docs_dir: str) -> str:
    """Return where a file of the repository stands in the published tree: `docs/` is its top."""
    return path.removeprefix(f"{docs_dir}/")


def relative_address(path: str, here: str) -> str:
    """Return the address of a path of the published tree as seen from the page at another."""
    return quote(relpath(path, dirname(here) or "."))


def fragment(anchor: str) -> str:
    """Return what leads to an anchor, at the end of an address; '' for none."""
    return f"#{quote(anchor, safe='%=&')}" if anchor else ""
