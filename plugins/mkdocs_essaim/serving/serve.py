"""Serving a wiki: built once, then followed."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.exceptions import MkDocsException

from essaim.views.audience import Audience
from essaim.workspace.cache import FOLDER
from essaim.workspace.collector import collect_seldom
from mkdocs_essaim.build import CannotBuild, order_of
from mkdocs_essaim.building.gather import Gathered, gather
from mkdocs_essaim.building.lock import locked
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.refusals import reason_of
from mkdocs_essaim.building.workers import Crew
from mkdocs_essaim.serving.live import Live
from mkdocs_essaim.serving.server import Server


class CannotServe(Exception):  # noqa: N818
    """The wiki cannot be served: a French sentence says why and what to do."""


def serve(
    config_file: Path, audience: Audience, host: str, port: int, *, progress: Progress, tell: Callable[[str], None]
) -> None:
    """Build the site into a folder of ours, serve it and follow the wiki, until interrupted.

    `tell` is told in French what happens. Raises CannotBuild and CannotServe.
    """
    folder = config_file.parent / FOLDER / f"servi-{audience.value}"
    collect_seldom()
    order = order_of(config_file, audience, folder, strict=False)
    server = Server(host, port, order.folder)
    try:
        server.listen()
    except OSError as problem:
        advice = "choisissez-en un autre avec « --port »" if problem.errno == errno.EADDRINUSE else str(problem)
        raise CannotServe(f"le port {port} de « {host} » ne peut pas être pris : {advice}.") from None
    try:
        with locked(order.room / "verrou", _refuse):
            first = gather(order, Crew(), progress)
            first.publish()
            live = Live(first, server.call, tell)
            server.watch_folders(_watched(first))
            tell(f"Le wiki est sur {server.url} (pour arrêter : Ctrl-C). Une page enregistrée s'y montre aussitôt.")

            def take(changed: set[Path]) -> None:
                try:
                    live.take(changed)
                finally:
                    server.watch_folders(_watched(live.current))

            server.follow(take)
    except (MkDocsException, OSError) as problem:
        raise CannotBuild(reason_of(problem)) from problem
    finally:
        server.shutdown()


def _refuse() -> None:
    raise CannotServe(
        "un autre « essaim serve » montre déjà ce wiki : servez-vous de celui-là, ou arrêtez-le d'abord."
    )


def _watched(gathered: Gathered) -> Iterator[tuple[Path, bool]]:
    """Yield the folders of the wiki, each with whether those in it are watched too."""
    root, theme = gathered.order.config_file.parent, gathered.config.theme.custom_dir
    whole = {root / folder for folder in gathered.content.folders()}
    yield from ((folder, True) for folder in (*sorted(whole), *([Path(theme)] if theme else [])))
    if root not in whole:
        yield root, False
        for folder in sorted(root.iterdir()):  # the next collection may begin there
            if (
                folder.is_dir()
                and not folder.is_symlink()
                and not folder.name.startswith(".")
                and folder not in whole
            ):
                yield folder, False
    logs = root / ".git" / "logs"  # a commit is told there: the past of pages changes
    if logs.is_dir():
        yield logs, False
