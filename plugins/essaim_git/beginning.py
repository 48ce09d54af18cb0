"""The first commit of a new wiki."""

import configparser
import os
from pathlib import Path
from shutil import which
from typing import Any

from essaim.pages.history import Absence
from essaim_git.repository import UnreadableError, own_places

_MESSAGE = "--message=Notre wiki commence ici"
_AUTHOR = ("Essaim", "essaim@exemple.invalid")
"""Who signs when git does not know its user."""


def begin_repository(root: Path) -> None:
    """Make a folder a repository whose one commit holds all its files; raise UnreadableError when git cannot."""
    try:
        import git
    except ImportError as error:  # GitPython tries the program when it is imported: it is missing, or fails
        raise UnreadableError(Absence.FAILED if which("git") else Absence.NO_GIT, str(error)) from error
    try:
        with own_places():
            repo = git.Repo.init(root, initial_branch="main", expand_vars=False)
            try:
                with repo.git.custom_environment(**_identity(repo.config_reader())):
                    repo.git.add("--all", "--", ".")
                    repo.git.commit("--quiet", "--no-verify", "--no-gpg-sign", _MESSAGE)
            finally:
                repo.close()
    except git.GitCommandNotFound as error:
        raise UnreadableError(Absence.NO_GIT, str(error)) from error
    except (git.GitCommandError, OSError, ValueError, configparser.Error) as error:
        raise UnreadableError(Absence.FAILED, str(error)) from error


def _identity(config: Any) -> dict[str, str]:
    """Return the variables that name the author, by the configuration of git: none when it knows its user."""
    if config.get_value("user", "name", "") and config.get_value("user", "email", ""):
        return {}
    name, email = _AUTHOR
    signed = {
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": email,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": email,
    }
    return {variable: text for variable, text in signed.items() if variable not in os.environ}
