"""What a command is."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from essaim.workspace import Workspace
from essaim.workspace.discover import CONFIG, TYPE_FILE


class Stop(Exception):  # noqa: N818
    """A command cannot go on: a French sentence says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A word after `essaim`: its help, its arguments, and what it does; it returns the exit status."""

    name: str
    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Workspace, Namespace], int]


def require_wiki(workspace: Workspace) -> None:
    """Stop unless the root looks like a wiki."""
    if (workspace.root / CONFIG).is_file() or any(workspace.root.rglob(TYPE_FILE)):
        return
    raise Stop(f"il n'y a pas de wiki ici : aucun « {CONFIG} » dans ce dossier ni au-dessus. Voyez l'option -C.")


def narrow(workspace: Workspace, paths: list[str]) -> Callable[[str], bool]:
    """Return a test of whether a path of the wiki is among those named on the command line, or below one."""
    if not paths:
        return lambda _: True
    wanted = []
    for text in paths:
        path = Path(text).resolve()
        if not path.exists():
            raise Stop(f"« {text} » n'existe pas.")
        if not path.is_relative_to(workspace.root):
            raise Stop(f"« {text} » est hors du wiki « {workspace.root} » : nommez l'autre avec l'option -C.")
        wanted.append(path.relative_to(workspace.root).as_posix())
    return lambda found: any(p in (".", found) or found.startswith(f"{p}/") for p in wanted)
