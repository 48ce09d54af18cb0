"""A whole site, built for one audience."""

import logging
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from essaim.views.audience import Audience
from essaim.workspace.discover import CONFIG, TYPE_FILE, Layout, why_not_in
from mkdocs_essaim.building.gather import gather
from mkdocs_essaim.building.lock import locked
from mkdocs_essaim.building.memory import room_for
from mkdocs_essaim.building.order import Order
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.publication import Counts
from mkdocs_essaim.building.refusals import reason_of
from mkdocs_essaim.building.workers import Crew
from mkdocs_essaim.content.plugin import ContentPlugin

MEMBERS_SUFFIX = "-membres"
"""What the folder of the members' site adds to the name of the public one: neither takes the other's place."""


class CannotBuild(Exception):  # noqa: N818
    """The site cannot be built: a French sentence says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build gave: its folder, how many pages it has, how many of them were made anew, and the files.

    `faulty` is how many pages wait for a correction; `strangers` are the plugins for which all pages were made anew,
    `seconds` the wall time of each phase.
    """

    folder: Path
    pages: int
    faulty: int
    rendered: int
    files: Counts
    strangers: tuple[str, ...]
    seconds: Mapping[str, float]


def build(
    config_file: Path,
    audience: Audience,
    site_dir: Path | None,
    *,
    strict: bool,
    workers: Crew | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the site that a `mkdocs.yml` describes, with a process for each core unless told.

    Raises CannotBuild when the configuration or, if strict, the wiki does not allow it.
    """
    _log_to_terminal()
    progress = progress or Progress()
    try:
        order = order_of(config_file, audience, site_dir, strict=strict)
        with locked(order.room / "verrou", progress.wait):
            gathered = gather(order, workers or Crew(), progress)
            try:
                with progress.phase("publication"):
                    counts = gathered.publish()
            finally:
                gathered.config.plugins.on_shutdown()
    except (MkDocsException, OSError) as error:
        raise CannotBuild(reason_of(error)) from error
    site = gathered.content.site
    seen = [path for path in site.graph.pages if site.sees(path)]
    return Built(
        folder=order.folder,
        pages=len(seen),
        faulty=len(set(seen) & site.errors.keys()),
        rendered=gathered.outcome.rendered,
        files=counts,
        strangers=gathered.strangers,
        seconds=progress.seconds,
    )


def order_of(config_file: Path, audience: Audience, site_dir: Path | None, *, strict: bool) -> Order:
    """Return what is asked of a build, once it is known to make sense. Raises CannotBuild."""
    config = load_config(str(config_file))
    if not isinstance(config.plugins.get("essaim"), ContentPlugin):
        raise CannotBuild(f"« {config_file.name} » n'a pas le plugin « essaim » : ajoutez-le sous « plugins ».")
    root = config_file.parent
    folder = (site_dir or _default_folder(config, audience)).resolve()
    _check_folder(folder, root, config.docs_dir)
    return Order(
        config_file=config_file, audience=audience, folder=folder, room=room_for(folder, root), strict=strict
    )


def _default_folder(config: MkDocsConfig, audience: Audience) -> Path:
    folder = Path(config.site_dir)
    return folder if audience is Audience.PUBLIC else folder.with_name(folder.name + MEMBERS_SUFFIX)


def _check_folder(folder: Path, root: Path, docs_dir: str) -> None:
    """Refuse to build where something else would be wiped out, or would be published with the pages."""
    problem = why_not_in(folder, root, Layout(docs_dir=docs_dir))
    if not problem and any((folder / name).exists() for name in (".git", CONFIG, TYPE_FILE)):
        problem = "contient autre chose qu'un site"
    if problem:
        raise CannotBuild(f"« {folder} » {problem} : choisissez un autre dossier.")


def _log_to_terminal() -> None:
    """Show the host's warnings and errors."""
    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        handler.setLevel(logging.WARNING)
        logger.addHandler(handler)
