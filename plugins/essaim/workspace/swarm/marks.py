"""Passages that are only for the demonstration: they stand between two marks, each alone on its line."""

import re

from essaim.source import SourceFile
from essaim.workspace.plan import rewritten

_MARK = re.compile(r"(?:[ \t]*#[ \t]*)?<!--[ \t]*(?P<end>/?)demonstration[ \t]*-->[ \t]*")
"""In YAML the mark is a comment of YAML too."""
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")


class UnclosedMark(Exception):  # noqa: N818
    """A passage begins and does not end, or the contrary: `path` and the 1-based `line` of the lone mark."""

    def __init__(self, path: str, line: int) -> None:
        super().__init__(f"{path}:{line}")
        self.path = path
        self.line = line


def without_demonstration(source: SourceFile) -> SourceFile:
    """Return a file without its marked passages; marks inside fenced code only show how to write them.

    Raises UnclosedMark.
    """
    if "demonstration" not in source.text:
        return source
    kept: list[str] = []
    fence, opened = "", 0
    for number, line in enumerate(source.text.splitlines(keepends=True), start=1):
        found = _FENCE.match(line)
        if found and source.path.endswith(".md") and not opened:
            fence = found["fence"] if not fence else "" if found["fence"].startswith(fence) else fence
        mark = None if fence else _MARK.fullmatch(line.rstrip("\r\n"))
        if mark:
            if bool(mark["end"]) != bool(opened):
                raise UnclosedMark(source.path, number)
            opened = 0 if mark["end"] else number
            _close_gap(kept)
        elif not opened and (line.strip() or not kept or kept[-1] != ""):
            kept.append(line)
    if opened:
        raise UnclosedMark(source.path, opened)
    text = "".join(kept)
    return source if text == source.text else rewritten(source, text)


def _close_gap(kept: list[str]) -> None:
    """Note that a passage was cut after a blank line: the one that follows it is one too many."""
    if kept and not kept[-1].strip() and kept[-1] != "":
        kept.append("")
