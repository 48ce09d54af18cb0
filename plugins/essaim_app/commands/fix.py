"""`essaim fix`: make the corrections that a machine may make."""

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

from essaim.diagnostics import Severity
from essaim.source import SourceFile, TextEdit, apply_edits
from essaim.workspace import Analysis, Change, Workspace, update
from essaim_app.commands.base import narrow, require_wiki

_ROUNDS = 5
"""One correction may uncover the next: a value can be read only once its line is."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="*", metavar="CHEMIN", help="fichiers ou dossiers à corriger (tout, sinon)")
    parser.add_argument("--dry-run", action="store_true", help="montre les changements sans rien écrire")


def run(workspace: Workspace, options: Namespace) -> int:
    """Correct the files, or show how."""
    require_wiki(workspace)
    is_wanted = narrow(workspace, options.paths)
    before = workspace.refresh()
    after, count = before, 0
    for _ in range(_ROUNDS):
        changes, made = _correct(after, is_wanted)
        if not changes:
            break
        after, count = update(after, changes), count + made
    changed = [path for path in sorted(after.sources) if after.sources[path] is not before.sources[path]]
    for path in changed:
        old, new = before.sources[path], after.sources[path]
        if options.dry_run:
            sys.stdout.write(_diff(old, new))
        else:
            _write(workspace.root / path, new, with_bom=old.has_bom)
    print(_closing(count, len(changed), after, dry_run=options.dry_run), file=sys.stderr)
    return 0


def _correct(analysis: Analysis, is_wanted: Callable[[str], bool]) -> tuple[list[Change], int]:
    """Return the files with their corrections made, and how many were."""
    edits: dict[str, list[TextEdit]] = {}
    for diagnostic in analysis.diagnostics:
        readable = diagnostic.path in analysis.sources and analysis.sources[diagnostic.path].undecodable_at is None
        if diagnostic.fix is not None and readable and is_wanted(diagnostic.path):
            edits.setdefault(diagnostic.path, []).extend(diagnostic.fix.edits)
    changes = []
    for path, found in edits.items():
        text = apply_edits(analysis.sources[path], found)
        if text != analysis.sources[path].text:
            changes.append(Change(path=path, source=SourceFile.from_text(path, text)))
    return changes, sum(len(found) for found in edits.values())


def _diff(old: SourceFile, new: SourceFile) -> str:
    lines = unified_diff(
        old.text.splitlines(keepends=True), new.text.splitlines(keepends=True), old.path, new.path, n=1
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _write(path: Path, source: SourceFile, *, with_bom: bool) -> None:
    """Write a file in one step, so that an interruption leaves the old one or the new one."""
    data = (("\ufeff" if with_bom else "") + source.text).encode()
    mode = path.stat().st_mode
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".essaim-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    fresh = Path(name)
    fresh.chmod(mode)
    fresh.replace(path)


def _closing(count: int, files: int, after: Analysis, *, dry_run: bool) -> str:
    if not count:
        done = "Rien qu'une machine puisse corriger"
    else:
        many = "s" if count > 1 else ""
        verb = "à faire" if dry_run else f"faite{many}"
        done = f"{count} correction{many} {verb} dans {files} fichier{'s' if files > 1 else ''}"
    left = sum(diagnostic.severity is Severity.ERROR for diagnostic in after.diagnostics)
    rest = f" ; il reste {left} erreur{'s' if left > 1 else ''} à corriger à la main (essaim check)" if left else ""
    return f"{done}{rest}."
