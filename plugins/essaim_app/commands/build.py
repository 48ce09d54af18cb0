"""`essaim build`: publish the wiki as a static site."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from essaim.views.audience import Audience
from essaim.views.words import counted
from essaim.workspace import Workspace
from essaim.workspace.collector import collect_seldom
from essaim.workspace.discover import CONFIG
from essaim_app.commands.base import Stop, require_wiki
from essaim_app.progress import ProgressBar

if TYPE_CHECKING:
    from mkdocs_essaim.build import Built


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
    parser.add_argument(
        "--format",
        choices=["text", "json"],
        default="text",
        help="ce qui est dit à la fin : une phrase, ou un objet JSON",
    )
    parser.add_argument(
        "--processes", type=int, metavar="N", help="combien de processus font les pages ; sinon un par cœur"
    )


def run(workspace: Workspace, options: Namespace) -> int:
    """Build the site; fail if some pages wait for a correction."""
    require_wiki(workspace)
    config = workspace.root / CONFIG
    if not config.is_file():
        raise Stop(f"il manque « {CONFIG} », qui décrit le site : voyez « docs/aide » pour en écrire un.")
    if options.processes is not None and options.processes < 1:
        raise Stop("« --processes » veut un nombre à partir de 1.")
    from mkdocs_essaim.build import CannotBuild, build  # the whole host: only when it is needed
    from mkdocs_essaim.building.progress import Progress
    from mkdocs_essaim.building.workers import Crew

    collect_seldom()
    folder = Path(options.site_dir).resolve() if options.site_dir else None
    bar = ProgressBar(sys.stderr) if sys.stderr.isatty() else None
    try:
        built = build(
            config,
            Audience(options.audience),
            folder,
            strict=options.strict,
            workers=Crew(size=options.processes) if options.processes else Crew(),
            progress=Progress(bar.tell) if bar else Progress(),
        )
    except CannotBuild as reason:
        raise Stop(str(reason)) from None
    finally:
        if bar:
            bar.clear()
    print(_as_json(built) if options.format == "json" else _as_text(built, options.audience))
    if built.strangers:
        names = ", ".join(f"« {name} »" for name in built.strangers)
        print(
            f"Toutes les pages sont refaites à chaque fois, par un seul processus, à cause de {names}.",
            file=sys.stderr,
        )
    if built.faulty:
        print(f"{built.faulty} page(s) attendent une correction : « essaim check » dit lesquelles.", file=sys.stderr)
        return 1
    return 0


def _as_text(built: "Built", audience: str) -> str:
    whose = "public" if audience == "public" else "des membres"
    said = f"Site {whose} écrit dans « {_shown(built.folder)} » : {counted(built.pages, 'page')}"
    if not built.files.written and not built.files.removed:
        return f"{said}, rien n'a changé."
    return f"{said}, dont {counted(built.rendered, 'refaite')}." if built.rendered < built.pages else f"{said}."


def _as_json(built: "Built") -> str:
    """Return one object: the pages of the site, those that were made, its files, and the seconds of each phase."""
    files = built.files
    counts = {"pages": built.pages, "rendered": built.rendered, "faulty": built.faulty}
    counts |= {"written": files.written, "removed": files.removed, "unchanged": files.unchanged}
    seconds = {phase: round(seconds, 3) for phase, seconds in built.seconds.items()}
    return json.dumps({**counts, "folder": str(built.folder), "strangers": built.strangers, "seconds": seconds})


def _shown(folder: Path) -> str:
    """Return a folder as seen from here, if it is below."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)
