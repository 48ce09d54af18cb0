"""Changes of files as people read them."""

from difflib import unified_diff

from essaim.source import SourceFile


def diff(old: SourceFile, new: SourceFile) -> str:
    """Return what changes between two texts, as a unified diff; '' when nothing does."""
    lines = unified_diff(
        old.text.splitlines(keepends=True), new.text.splitlines(keepends=True), old.path, new.path, n=1
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
