"""The last report, kept so that checking an unchanged wiki costs only reading it.

The key is a digest of everything a report depends on: the engine's own files, the day, and each file's path and
content. The value is plain JSON; a missing, foreign or damaged entry is no entry.
"""

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from essaim.diagnostics import Diagnostic, Fix, Severity
from essaim.source import Position, Span, TextEdit
from essaim.workspace.changes import Change, Report, Summary
from essaim.workspace.discover import Layout
from essaim.workspace.replacing import replace_file

FOLDER = ".essaim_cache"
_FILE = "report.json"
_FORMAT = 1


def report_key(changes: Iterable[Change], layout: Layout, today: date, *, with_mentions: bool) -> str:
    """Digest what a report depends on, and whether mentions are part of it."""
    digest = blake2b(digest_size=16)
    digest.update(repr((_FORMAT, sys.version, engine(), layout, today, with_mentions)).encode())
    for change in changes:
        content = change.source.digest if change.source else ""
        digest.update(f"{change.path}\0{content}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


@cache
def engine() -> str:
    """Digest the engine's files by name, size and date: another engine may say other things."""
    package = Path(__file__).parent.parent
    stats = [(path.as_posix(), path.stat()) for path in sorted(package.rglob("*.py"))]
    return repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats])


def has_report(root: Path) -> bool:
    """Whether a report was kept, of whatever."""
    return (root / FOLDER / _FILE).is_file()


def load_report(root: Path, key: str) -> Report | None:
    """Return the report of a key, if it is the one kept."""
    try:
        data = json.loads((root / FOLDER / _FILE).read_text("utf-8"))
        if data["key"] != key:
            return None
        return Summary(**data["summary"]), tuple(_diagnostic(item) for item in data["diagnostics"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def save_report(root: Path, key: str, report: Report) -> None:
    """Keep a report in place of the last."""
    summary, diagnostics = report
    counts = {name: getattr(summary, name) for name in Summary.__slots__}
    data = {"key": key, "summary": counts, "diagnostics": [_data(diagnostic) for diagnostic in diagnostics]}
    keep_entry(root / FOLDER, _FILE, json.dumps(data, ensure_ascii=False))


def keep_entry(folder: Path, name: str, text: str) -> None:
    """Keep a text in a folder that git is told to leave alone; one that cannot be written keeps none."""
    if prepare_folder(folder):
        with suppress(OSError):
            replace_file(folder / name, text.encode())


def prepare_folder(folder: Path) -> bool:
    """Make a folder that git is told to leave alone; return whether it is there."""
    try:
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n")
    except OSError:
        return False
    return True


def _data(diagnostic: Diagnostic) -> list[Any]:
    fix = diagnostic.fix
    edits = None if fix is None else [fix.is_offer, [[edit.span, edit.text] for edit in fix.edits]]
    words = (diagnostic.message, diagnostic.suggestion)
    return [diagnostic.code, diagnostic.severity, diagnostic.path, diagnostic.span, *words, edits]


def _diagnostic(data: list[Any]) -> Diagnostic:
    code, severity, path, span, message, suggestion, fix = data
    return Diagnostic(
        code=code,
        severity=Severity(severity),
        path=path,
        span=_span(span),
        message=message,
        suggestion=suggestion,
        fix=None if fix is None else _fix(*fix),
    )


def _fix(is_offer: bool, edits: list[list[Any]]) -> Fix:
    return Fix(edits=tuple(TextEdit(_span(place), text) for place, text in edits), is_offer=is_offer)


def _span(data: list[list[int]]) -> Span:
    return Span(Position(*data[0]), Position(*data[1]))
