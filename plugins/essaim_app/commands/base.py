"""What commands share: stopping with a sentence, and the wiki or the paths they are asked about."""

from collections.abc import Callable
from pathlib import Path

from essaim.workspace import Workspace
from essaim.workspace.discover import CONFIG, TYPE_FILE, read_layout


class Stop(Exception):  # noqa: N818
    """A command cannot go on: a French sentence says why and what to do."""


def require_wiki(workspace: Workspace) -> None:
    """Stop unless the root looks like a wiki."""
    root = workspace.root
    docs_dir = root / read_layout(root).docs_dir
    if docs_dir.is_symlink() or not docs_dir.resolve().is_relative_to(root):
        raise Stop(f"le dossier « {docs_dir} » est hors du wiki : mettez les pages sous « {root} ».")
    if (root / CONFIG).is_file() or (root / TYPE_FILE).is_file() or any(root.glob(f"*/{TYPE_FILE}")):
        return
    raise Stop(f"il n'y a pas de wiki ici : aucun « {CONFIG} » dans ce dossier ni au-dessus. Voyez l'option -C.")


def narrow(workspace: Workspace, paths: list[str]) -> Callable[[str], bool]:
    """Return a test of whether a path of the wiki is among those named on the command line, or below one."""
    if not paths:
        return lambda _: True
    wanted = []
    for text in paths:
        here, there = Path(text), workspace.root / text  # a path copied from a report is relative to the root
        path = (here if here.exists() or not there.exists() else there).resolve()
        if not path.exists():
            raise Stop(f"« {text} » n'existe pas.")
        if not path.is_relative_to(workspace.root):
            raise Stop(f"« {text} » est hors du wiki « {workspace.root} » : nommez l'autre avec l'option -C.")
        wanted.append(path.relative_to(workspace.root).as_posix())
    return lambda found: any(p in (".", found) or found.startswith(f"{p}/") for p in wanted)
