"""Console script `essaim`: `essaim [-C DIR] COMMAND …`.

Exit status: 0 clean, 1 mistakes of authors, 2 usage or machine failure.
"""

import gc
import os
import sys
from argparse import Action, ArgumentParser
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from essaim.workspace import Workspace
from essaim.workspace.day import build_day
from essaim.workspace.lots import UnknownLot
from essaim_app.commands import COMMANDS
from essaim_app.commands.base import Stop
from essaim_app.parser import Parser


class _Version(Action):
    """Prints the installed version, looked up only when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        parser.exit(message=f"essaim {version('essaim')}\n")


def build_parser(arguments: Sequence[str]) -> Parser:
    """Return the parser of a command line; the commands it does not name have only their name and help."""
    parser = Parser(prog="essaim", description="Le wiki d'une coopérative : des fiches typées, vérifiées, reliées.")
    parser.add_argument("-C", dest="folder", metavar="DOSSIER", help="travaille dans ce dossier plutôt qu'ici")
    parser.add_argument("--version", action=_Version, help="montre la version")
    commands = parser.add_subparsers(dest="command", metavar="COMMANDE", required=True, title="commandes")
    for name, about in COMMANDS.items():
        sub = commands.add_parser(name, help=about, description=about)
        if name in arguments:
            module = import_module(f"essaim_app.commands.{name}")
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = build_parser(arguments).parse_args(arguments)
    start = Path(options.folder or ".")
    if not start.is_dir():
        print(f"essaim : le dossier « {start} » n'existe pas.", file=sys.stderr)
        return 2
    try:
        status: int = options.run(Workspace.around(start, build_day(os.environ, date.today())), options)
    except (Stop, UnknownLot) as stop:
        print(f"essaim : {stop}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"essaim : {error.filename or 'la machine'} : {error.strerror or error}", file=sys.stderr)
        return 2
    return status


def run() -> None:
    """Run the command line as a process of its own: short-lived, so without the cyclic garbage collector.

    Commands that build put it on again.
    """
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe left: nothing to say
        sys.stderr.close()
        status = 0
    except KeyboardInterrupt:
        status = 130
    sys.stderr.flush()
    os._exit(status)  # what a large wiki holds in memory is not taken apart piece by piece
