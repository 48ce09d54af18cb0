"""`essaim serve`: show the wiki on this machine, as it is being written."""

import sys
from argparse import ArgumentParser, Namespace

from essaim.views.audience import Audience
from essaim.workspace import Workspace
from essaim.workspace.discover import CONFIG
from essaim_app.commands.base import Stop, require_wiki
from essaim_app.progress import ProgressBar


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--audience",
        choices=[a.value for a in Audience],
        default="public",
        help="ce qui est montré : le site public (défaut), ou celui des membres (members)",
    )
    parser.add_argument("--host", default="127.0.0.1", help="l'adresse de cette machine ; sinon elle seule y accède")
    parser.add_argument("--port", type=int, default=8000, help="le port ; sinon 8000")


def run(workspace: Workspace, options: Namespace) -> int:
    """Serve until interrupted."""
    require_wiki(workspace)
    config = workspace.root / CONFIG
    if not config.is_file():
        raise Stop(f"il manque « {CONFIG} », qui décrit le site : voyez « docs/aide » pour en écrire un.")
    from mkdocs_essaim.build import CannotBuild  # the whole host: only when it is needed
    from mkdocs_essaim.building.progress import Progress
    from mkdocs_essaim.serving.serve import CannotServe, serve

    bar = ProgressBar(sys.stderr) if sys.stderr.isatty() else None

    def tell(sentence: str) -> None:
        if bar:
            bar.clear()
        print(sentence, flush=True)

    try:
        serve(
            config,
            Audience(options.audience),
            options.host,
            options.port,
            progress=Progress(bar.tell) if bar else Progress(),
            tell=tell,
        )
    except (CannotBuild, CannotServe) as reason:
        raise Stop(str(reason)) from None
    except KeyboardInterrupt:
        pass
    finally:
        if bar:
            bar.clear()
    return 0
