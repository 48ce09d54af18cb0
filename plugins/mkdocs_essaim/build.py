"""A whole site, built by MkDocs for one audience."""

import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from essaim.views.audience import Audience
from essaim.workspace.discover import CONFIG, TYPE_FILE, Layout, why_not_in
from mkdocs_essaim.content.plugin import ContentPlugin

MEMBERS_SUFFIX = "-membres"
"""What the folder of the members' site adds to the name of the public one: neither takes the other's place."""


class CannotBuild(Exception):  # noqa: N818
    """The site cannot be built: a French sentence says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build gave: its folder, how many pages it has, and how many wait for a correction."""

    folder: Path
    pages: int
    faulty: int


def build(config_file: Path, audience: Audience, site_dir: Path | None, *, strict: bool) -> Built:
    """Build the site that a `mkdocs.yml` describes.

    Raises CannotBuild when the configuration or, if strict, the wiki does not allow it.
    """
    _log_to_terminal()
    try:
        config = load_config(str(config_file))
        content = config.plugins.get("essaim")
        if not isinstance(content, ContentPlugin):
            raise CannotBuild(f"« {config_file.name} » n'a pas le plugin « essaim » : ajoutez-le sous « plugins ».")
        folder = site_dir or _default_folder(config, audience)
        _check_folder(folder, config_file.parent, config.docs_dir)
        config.site_dir = str(folder)
        content.config.audience = audience.value
        content.config.strict = strict
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build_site(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        raise CannotBuild(str(error)) from error
    seen = [path for path in content.site.graph.pages if content.site.sees(path)]
    return Built(folder=folder, pages=len(seen), faulty=len(set(seen) & content.site.errors.keys()))


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
