"""`essaim inventory`: fetch the inventories of the other cooperatives that this wiki cites."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from essaim.graph.inventory import Inventory, Unusable, parse_inventory, render_inventory
from essaim.graph.neighbours import Neighbour, copy_path, declared_neighbours
from essaim.report import render_text
from essaim.suggest import nearest
from essaim.views.words import counted
from essaim.workspace import Workspace
from essaim.workspace.discover import NEIGHBOURS_FILE, read_layout
from essaim.workspace.replacing import replace_file
from essaim_app.commands.base import Stop, require_wiki
from essaim_app.fetching import Unreachable, fetch_inventory


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=["update"], metavar="update", help="met à jour les copies des inventaires")
    parser.add_argument("names", nargs="*", default=[], metavar="NOM", help="noms courts (toutes, sinon)")
    parser.add_argument(
        "--check", action="store_true", help="n'écrit rien : dit seulement quelles copies sont en retard"
    )


def run(workspace: Workspace, options: Namespace) -> int:
    """Bring each copy up to date; fail if one could not be, or with `--check` if one is behind."""
    require_wiki(workspace)
    path = read_layout(workspace.root).in_docs(NEIGHBOURS_FILE)
    source = workspace.source(path)
    if source is None:
        raise Stop(f"ce wiki ne cite aucune autre coopérative : décrivez-les d'abord dans « {path} ».")
    declared, found = declared_neighbours(source)
    if found:
        print(render_text(found, workspace.source), file=sys.stderr)
    outcomes = [
        _bring_up_to_date(neighbour, workspace.root / copy_path(path, neighbour.name), write=not options.check)
        for neighbour in _chosen(declared, options.names)
    ]
    return 0 if all(outcomes) and not found else 1


def _chosen(declared: Sequence[Neighbour], names: list[str]) -> list[Neighbour]:
    """Return the cooperatives asked for, all when none is; stop at a name that nobody has."""
    by_name = {neighbour.name: neighbour for neighbour in declared}
    for name in names:
        if name not in by_name:
            near = nearest(name, by_name)
            hint = (
                f"Vouliez-vous dire « {near} » ?" if near else f"Il y a : {', '.join(sorted(by_name)) or 'personne'}."
            )
            raise Stop(f"aucune coopérative ne s'appelle « {name} » dans « {NEIGHBOURS_FILE} ». {hint}")
    return [by_name[name] for name in dict.fromkeys(names)] if names else list(declared)


def _bring_up_to_date(neighbour: Neighbour, copy: Path, *, write: bool) -> bool:
    """Fetch one inventory and say what became of its copy; return whether all is well."""
    if sys.stderr.isatty():
        print(f"{neighbour.name} : {neighbour.address}…", file=sys.stderr)
    try:
        inventory = parse_inventory(fetch_inventory(neighbour.address))
    except Unreachable as problem:
        return _failed(neighbour, str(problem), copy)
    except Unusable as problem:
        return _failed(neighbour, f"l'inventaire reçu {problem} : prévenez cette coopérative.", copy)
    text = render_inventory(inventory)
    if copy.is_file() and copy.read_bytes() == text.encode():
        print(f"{neighbour.name} : rien de nouveau.")
        return True
    what = _differences(_known(copy), inventory)
    if write:
        _write(copy, text)
    print(f"{neighbour.name} : {'copie mise à jour' if write else 'copie en retard'} ({what}).")
    return write


def _failed(neighbour: Neighbour, problem: str, copy: Path) -> bool:
    rest = " L'ancienne copie reste." if copy.is_file() else ""
    print(f"{neighbour.name} : {problem}{rest}", file=sys.stderr)
    return False


def _known(copy: Path) -> Inventory:
    """Return the copy as it is, empty if there is none or none that can be read."""
    try:
        return parse_inventory(copy.read_text("utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, Unusable):
        return Inventory(name="", address="", pages=())


def _differences(old: Inventory, new: Inventory) -> str:
    """Count the pages that came, changed and went."""
    before, after = ({page.path: page for page in inventory.pages} for inventory in (old, new))
    counts = Counter(
        "nouvelle" if path not in before else "retirée" if path not in after else "changée"
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    )
    words = ("nouvelle", "changée", "retirée")
    told = [counted(counts[word], word) for word in words if counts[word]]
    pages = counted(len(after), "page")
    return f"{pages} : {', '.join(told)}" if told else pages


def _write(copy: Path, text: str) -> None:
    """Write a copy, unless its folder leads out of the wiki."""
    if copy.parent.is_symlink():
        raise Stop(f"« {copy.parent} » mène ailleurs : remplacez-le par un vrai dossier.")
    copy.parent.mkdir(exist_ok=True)
    replace_file(copy, text.encode())
