"""Writing on disk what was planned: one file after the other, each in one step, nothing lost in between."""

import os
from pathlib import Path

from essaim.source import SourceFile
from essaim.workspace.discover import Layout, is_walked
from essaim.workspace.plan import Plan, Refused
from essaim.workspace.replacing import replace_file


def write_source(path: Path, source: SourceFile, mode: int | None = None) -> None:
    """Write a source in one step; the mode of the file stays, `mode` is that of a new one."""
    replace_file(path, (("\ufeff" if source.has_bom else "") + source.text).encode(), mode)


def write_plan(root: Path, layout: Layout, plan: Plan) -> None:
    """Write what a plan changes: a new page first, an old one taken away last.

    Raises Refused, with nothing written, when a file is not any more what the plan was made from.
    """
    old, new = root / plan.old, root / plan.new
    _check(root, layout, plan)
    mode = old.stat().st_mode
    if plan.is_move:
        new.parent.mkdir(parents=True, exist_ok=True)
        if _is_same(old, new):  # another case of the same name, on a disk that holds them for one
            old.rename(new)
        write_source(new, plan.after[plan.new], mode)
    for path, source in plan.after.items():
        if path != plan.new or not plan.is_move:
            write_source(root / path, source)
    if not (plan.is_move and _is_same(old, new)):
        old.unlink(missing_ok=True)


def _check(root: Path, layout: Layout, plan: Plan) -> None:
    for path, known in plan.before.items():
        file = root / path
        if not file.is_file() or SourceFile.from_bytes(path, file.read_bytes()).digest != known.digest:
            raise Refused(f"« {path} » vient de changer sur le disque : rien n'est écrit, recommencez.")
    for path in plan.after.keys() - plan.before.keys():
        if os.path.lexists(root / path) and not _is_same(root / plan.old, root / path):
            raise Refused(f"« {path} » existe déjà sur le disque : rien n'est écrit.")
        if not is_walked(root, layout, path):
            raise Refused(f"« {path} » serait hors du wiki : choisissez un autre dossier.")


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
