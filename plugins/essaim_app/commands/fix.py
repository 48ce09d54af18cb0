"""`essaim fix`: make the corrections that a machine may make."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import replace

from essaim.diagnostics import Diagnostic, Severity
from essaim.source import SourceFile, TextEdit, apply_edits
from essaim.views.words import counted
from essaim.workspace import Analysis, Change, Workspace, update
from essaim.workspace.write import write_source
from essaim_app.commands.base import Stop, narrow, require_wiki
from essaim_app.diff import diff

_ROUNDS = 5
"""One correction may uncover the next: a value can be read only once its line is."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="*", metavar="CHEMIN", help="fichiers ou dossiers à corriger (tout, sinon)")
    parser.add_argument("--dry-run", action="store_true", help="montre les changements sans rien écrire")
    parser.add_argument(
        "--mentions", action="store_true", help="fait aussi les liens proposés dans ces fichiers (ES411)"
    )


def run(workspace: Workspace, options: Namespace) -> int:
    """Correct the files, or show how."""
    require_wiki(workspace)
    if options.mentions and not options.paths:
        raise Stop("avec --mentions, nommez les fichiers ou les dossiers où faire les liens.")
    is_wanted = narrow(workspace, options.paths)
    before = workspace.refresh()
    after, count = before, 0
    for _ in range(_ROUNDS):
        changes, made = _correct(after, after.informed if options.mentions else after.diagnostics, is_wanted)
        if not changes:
            break
        after, count = update(after, changes), count + made
    changed = [path for path in sorted(after.sources) if after.sources[path] is not before.sources[path]]
    for path in changed:
        old, new = before.sources[path], after.sources[path]
        if options.dry_run:
            sys.stdout.write(diff(old, new))
        else:
            write_source(workspace.root / path, replace(new, has_bom=old.has_bom))
    print(_closing(count, len(changed), after, dry_run=options.dry_run), file=sys.stderr)
    return 0


def _correct(
    analysis: Analysis, diagnostics: Iterable[Diagnostic], is_wanted: Callable[[str], bool]
) -> tuple[list[Change], int]:
    """Return the files with the corrections of diagnostics made, and how many were."""
    edits: dict[str, list[TextEdit]] = {}
    for diagnostic in diagnostics:
        readable = diagnostic.path in analysis.sources and analysis.sources[diagnostic.path].undecodable_at is None
        if diagnostic.fix is not None and readable and is_wanted(diagnostic.path):
            edits.setdefault(diagnostic.path, []).extend(diagnostic.fix.edits)
    changes = []
    for path, found in edits.items():
        text = apply_edits(analysis.sources[path], found)
        if text != analysis.sources[path].text:
            changes.append(Change(path=path, source=SourceFile.from_text(path, text)))
    return changes, sum(len(found) for found in edits.values())


def _closing(count: int, files: int, after: Analysis, *, dry_run: bool) -> str:
    if not count:
        done = "Rien qu'une machine puisse corriger"
    else:
        many = "s" if count > 1 else ""
        verb = "à faire" if dry_run else f"faite{many}"
        done = f"{count} correction{many} {verb} dans {counted(files, 'fichier')}"
    left = sum(diagnostic.severity is Severity.ERROR for diagnostic in after.diagnostics)
    rest = f" ; il reste {counted(left, 'erreur')} à corriger à la main (essaim check)" if left else ""
    return f"{done}{rest}."
