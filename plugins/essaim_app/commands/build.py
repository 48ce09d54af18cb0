"""`essaim build`: publish the wiki as a static site."""

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from essaim.views.audience import Audience
from essaim.views.words import counted
from essaim.workspace import Workspace
from essaim.workspace.discover import CONFIG
from essaim_app.commands.base import Stop, require_wiki

_NEW_OBJECTS = 20_000
"""How many objects are made before rings are looked for: often enough for memory, seldom enough for time."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--audience",
        choices=[a.value for a in Audience],
        default="public",
        help="pour qui : public (défaut) ou members, le site réservé aux membres",
    )
    parser.add_argument(
        "--site-dir", metavar="DOSSIER", help="où écrire ; sinon « site », et « site-membres » pour les membres"
    )
    parser.add_argument("--strict", action="store_true", help="ne publie rien tant qu'il reste une erreur")


def run(workspace: Workspace, options: Namespace) -> int:
    """Build the site; fail if some pages wait for a correction."""
    require_wiki(workspace)
    config = workspace.root / CONFIG
    if not config.is_file():
        raise Stop(f"il manque « {CONFIG} », qui décrit le site : voyez « docs/aide » pour en écrire un.")
    from mkdocs_essaim.build import CannotBuild, build  # the whole host: only when it is needed

    gc.enable()  # a host leaves rings behind: a build that kept them all would take half as much memory again
    gc.set_threshold(_NEW_OBJECTS)
    folder = Path(options.site_dir).resolve() if options.site_dir else None
    try:
        built = build(config, Audience(options.audience), folder, strict=options.strict)
    except CannotBuild as reason:
        raise Stop(str(reason)) from None
    whose = "public" if options.audience == "public" else "des membres"
    print(f"Site {whose} écrit dans « {_shown(built.folder)} » : {counted(built.pages, 'page')}.")
    if built.faulty:
        print(f"{built.faulty} page(s) attendent une correction : « essaim check » dit lesquelles.", file=sys.stderr)
        return 1
    return 0


def _shown(folder: Path) -> str:
    """Return a folder as seen from here, if it is below."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)
