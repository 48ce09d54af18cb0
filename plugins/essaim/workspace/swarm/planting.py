"""A new wiki on disk: built beside the place where it is to stand, and put there at the very end."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from essaim.workspace.swarm.seed import Seed
from essaim.workspace.write import write_source

PROGRAM = ("plugins", "scripts/setup", "scripts/serve", "scripts/check", "pyproject.toml", "requirements.lock")
"""What makes a checkout serve its wiki."""
_SKIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info", ".*")


def has_program(root: Path) -> bool:
    """Whether a wiki stands in a checkout of the program."""
    return all((root / path).exists() for path in PROGRAM)


def plant(
    seed: Seed, root: Path, target: Path, others: dict[str, str], finish: Callable[[Path], None] = lambda _: None
) -> None:
    """Write a wiki that comes from the one at `root` into a folder that is empty, or not there yet.

    `others` are texts to write beside it, by path. `finish` is given the folder before it stands in its place. When
    anything fails, the target is as it was.
    """
    parent = next(folder for folder in target.parents if folder.is_dir())
    building = parent / f".essaim-{secrets.token_hex(8)}"  # the name of the target may leave no room for more
    building.mkdir()
    try:
        _fill(building, seed, root, others)
        finish(building)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rmdir()
        building.rename(target)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _fill(building: Path, seed: Seed, root: Path, others: dict[str, str]) -> None:
    for path, source in seed.texts.items():
        _place(building / path)
        write_source(building / path, source)
    program = PROGRAM if has_program(root) else ()
    licences = [file.name for file in sorted(root.glob("LICENSE*")) if file.is_file()]
    for path in (*seed.copies, *program, *licences):
        if (root / path).is_dir():
            shutil.copytree(root / path, building / path, ignore=_SKIPPED)
        else:
            shutil.copy(root / path, _place(building / path))
    for path, text in others.items():
        _place(building / path).write_text(text, encoding="utf-8", newline="\n")


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
