"""The output of one `git log`, record by record: nothing a person wrote can be taken for its structure.

Fields and file names are separated by NUL, the one byte that git lets none of them hold, and are read by their
position. Of e-mail addresses nothing is asked.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

OPTIONS = (
    "-z",
    "--topo-order",
    "--root",
    "--raw",
    "--no-abbrev",
    "--find-renames=50%",
    "-l1000",
    "--relative",
    "--no-show-signature",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-notes",
    "--encoding=UTF-8",
    "--date=raw",
    "--format=format:%H%x00%P%x00%ad%x00%aN%x00%s%x00",
)
"""What makes `git log` write what `read_log` reads: each branch in one go, merges without files of their own, names
by `.mailmap`, paths below the current folder."""
_FIELDS = 5
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+")
_LONGEST = 200
_LAST_SECOND = 253_370_764_800  # the year 9999, less a day's room for time zones


class FileChange(NamedTuple):
    """One file in one commit: a letter (A, M, D, R, T), where it was and is, its content before and after."""

    status: str
    old: str
    new: str
    before: str
    after: str


class Commit(NamedTuple):
    """One commit and the files it changed; those of a merge are not told."""

    id: str
    parents: tuple[str, ...]
    when: datetime
    author: str
    subject: str
    files: tuple[FileChange, ...]


def read_log(chunks: Iterable[bytes]) -> Iterator[Commit]:
    """Yield the commits of a log as they come; raise ValueError if it is not one."""
    tokens = _split(chunks)
    for token in tokens:
        if not token:
            continue
        commit, parents, date, author, subject = [token, *(_next(tokens) for _ in range(_FIELDS - 1))]
        yield Commit(
            id=commit.decode("ascii"),
            parents=tuple(parents.decode("ascii").split()),
            when=_moment(date.decode("ascii")),
            author=_clean(author),
            subject=_clean(subject),
            files=tuple(_files(tokens)),
        )


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what stands between NULs."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _next(tokens: Iterator[bytes]) -> bytes:
    token = next(tokens, None)
    if token is None:
        raise ValueError("the log ends inside a record")
    return token


def _files(tokens: Iterator[bytes]) -> Iterator[FileChange]:
    """Yield the files of a commit, up to the empty token that ends it."""
    while facts := next(tokens, b"").removeprefix(b"\n"):
        _, _, before, after, status = facts.decode("ascii").split(" ")
        old = new = os.fsdecode(_next(tokens))
        if status[0] == "R":
            new = os.fsdecode(_next(tokens))
        yield FileChange(status[0], old, new, before, after)


def _moment(text: str) -> datetime:
    """Return the moment of `seconds offset`; one that no calendar has becomes the nearest that one has."""
    seconds, _, offset = text.partition(" ")
    minutes = int(offset[1:3] or 0) * 60 + int(offset[3:5] or 0)
    minutes = min(minutes, 24 * 60 - 1) * (-1 if offset.startswith("-") else 1)
    moment = datetime.fromtimestamp(min(max(int(seconds or 0), 86_400), _LAST_SECOND), UTC)
    return moment.astimezone(timezone(timedelta(minutes=minutes)))


def _clean(text: bytes) -> str:
    """Return a text of one line without what cannot be seen, cut where it is too long to be one."""
    seen = " ".join(_UNSEEN.sub(" ", text.decode("utf-8", "replace")).split())
    return seen if len(seen) <= _LONGEST else f"{seen[: _LONGEST - 1]}…"
