"""The path of a file as it is written for the target of a link."""

import re
from posixpath import relpath
from urllib.parse import quote

_PATH = re.compile(r"(?:&#?\w+;|[^#?])*")
_NAME = re.compile(r"(?:&#?\w+;|[^#])*")
_KEPT = "/-._~+,@!="
_FAR = "/" + "0/" * 64
"""Stands for the folders above the root: a path may climb out of the wiki."""


def path_part(written: str, until: str = "#?") -> str:
    """Return the part of a written target that is a path: what comes before its query and its anchor."""
    match = (_PATH if until == "#?" else _NAME).match(written)
    return match[0] if match else ""


def relative_path(path: str, folder: str) -> str:
    """Return a path of the repository as seen from a folder of it."""
    return relpath(_FAR + path, _FAR + folder)


def write_path(written: str, path: str, folder: str) -> str:
    """Return the target that leads from a folder to a path, in the manner of the one that is written.

    Its way of writing letters and spaces is kept, encoded or as they are, and a leading `./`.
    """
    there = relative_path(path, folder)
    if written.startswith("./") and not there.startswith("../"):
        there = f"./{there}"
    if "%" in written or (written.isascii() and " " not in written):
        return quote(there, safe=_KEPT)
    spaces = " " if " " in written else ""
    return "".join(c if c.isalnum() or c in _KEPT + spaces else quote(c) for c in there)
