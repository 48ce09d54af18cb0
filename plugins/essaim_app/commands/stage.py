"""`essaim stage`: write the wiki as a plain Markdown tree."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from essaim.views.audience import Audience
from essaim.workspace import Workspace
from essaim.workspace.discover import why_not_in
from essaim.workspace.site import site_of
from essaim.workspace.stage import NotOurs, stage
from essaim_app.commands.base import Stop, require_wiki


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "target", metavar="DOSSIER", help="où écrire ; un dossier vide, ou écrit par la même commande"
    )
    parser.add_argument(
        "--audience", choices=[a.value for a in Audience], default="public", help="public (défaut) ou members"
    )


def run(workspace: Workspace, options: Namespace) -> int:
    """Write the tree."""
    require_wiki(workspace)
    target = Path(options.target).resolve()
    analysis = workspace.refresh()
    problem = why_not_in(target, workspace.root, analysis.layout)
    if problem:
        raise Stop(f"« {options.target} » {problem} : choisissez un autre dossier.")
    try:
        count = stage(analysis, workspace.root, target, site_of(analysis, Audience(options.audience)))
    except NotOurs:
        raise Stop(f"« {options.target} » contient déjà autre chose : choisissez un dossier vide.") from None
    print(f"{count} fichiers écrits dans « {options.target} ».")
    if analysis.faulty:
        pages = len(analysis.faulty)
        print(f"{pages} page(s) attendent une correction : « essaim check » dit lesquelles.", file=sys.stderr)
        return 1
    return 0
