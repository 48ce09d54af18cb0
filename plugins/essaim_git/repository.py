"""The door to git: a repository opened around a wiki, and its log read while it is written."""

import configparser
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from threading import Thread
from typing import IO, Any, Literal

from essaim.pages.history import Absence
from essaim_git.stream import OPTIONS, Commit, read_log

_PLACES = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
)
"""Variables by which a hook says where *its* repository is; the wiki's own is looked for around it."""
_CHUNK = 1 << 18


class UnreadableError(Exception):
    """Git has no answer: why, and its own words."""

    def __init__(self, absence: Absence, detail: str = "") -> None:
        super().__init__(detail)
        self.absence = absence
        self.detail = detail


class Repository:
    """The repository that a wiki stands in. Opening it starts no process but those of GitPython's import."""

    def __init__(self, root: Path) -> None:
        """Look for the repository of a folder, upwards; raise UnreadableError when there is no git or none."""
        try:
            import git
        except ImportError as error:  # GitPython looks for the program when it is imported
            raise UnreadableError(Absence.NO_GIT, str(error)) from error
        self._root = root.resolve()
        try:
            with own_places():
                self._repo = git.Repo(self._root, search_parent_directories=True, expand_vars=False)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
            raise UnreadableError(Absence.NO_REPOSITORY) from error
        except (OSError, ValueError, configparser.Error) as error:
            raise UnreadableError(Absence.FAILED, str(error)) from error
        self._head_of = git.SymbolicReference.dereference_recursive
        self._missing, self._failed = git.GitCommandNotFound, git.GitCommandError

    @property
    def head(self) -> str:
        """The commit that is checked out, read from its reference; '' where git itself must be asked."""
        try:
            return str(self._head_of(self._repo, "HEAD"))
        except (OSError, ValueError):  # a repository that has no commit, or keeps its references otherwise
            return ""

    @property
    def shallow(self) -> frozenset[str]:
        """The commits where the clone was cut."""
        return frozenset(_read(Path(self._repo.common_dir) / "shallow").decode("ascii", "replace").split())

    @property
    def circumstances(self) -> str:
        """A digest of what a log depends on beside its commits: the cut, the names people go by, the wiki's place."""
        top = Path(self._repo.working_tree_dir or self._root)
        facts = (sorted(self.shallow), _read(top / ".mailmap"), os.path.relpath(self._root, top))
        return blake2b(repr(facts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    @property
    def _options(self) -> tuple[str, ...]:
        """Those of the log. A clone that fetches contents when asked for must not be asked: renames are then told
        by identical contents only.
        """
        config = self._repo.config_reader("repository")
        is_partial = any(config.has_option(section, "promisor") for section in config.sections())
        return (*OPTIONS, "--find-renames=100%") if is_partial else OPTIONS

    def log(self, *order: Literal["--reverse"]) -> Generator[Commit, None, None]:
        """Yield the commits as git finds them, newest first or in reverse; raise UnreadableError when it cannot."""
        complaints: list[bytes] = []
        try:
            with own_places():
                git = self._repo.git(C=str(self._root), no_pager=True, no_replace_objects=True)
                process: Any = git.log(*self._options, *order, "--end-of-options", "HEAD", "--", as_process=True)
            listener = Thread(target=lambda: complaints.append(process.stderr.read()), daemon=True)
            listener.start()  # a git that complains at length must not wait for us, nor we for it
            try:
                yield from read_log(_chunks(process.stdout))
            except BaseException:  # who reads has seen enough, or this is no log
                process.terminate()
                raise
            finally:
                listener.join()
            process.wait(stderr=b"".join(complaints))
        except self._missing as error:
            raise UnreadableError(Absence.NO_GIT, str(error)) from error
        except (self._failed, OSError, ValueError, configparser.Error) as error:
            said = b"".join(complaints).decode("utf-8", "replace").strip()
            raise UnreadableError(_absence(said), said or str(error)) from error


def _absence(said: str) -> Absence:
    """Return what a refusal means; git answers in English, for GitPython asks it to."""
    if "does not have any commits yet" in said or "bad revision 'HEAD'" in said:
        return Absence.NO_COMMIT
    return Absence.NO_REPOSITORY if "not a git repository" in said else Absence.FAILED


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _read(file: Path) -> bytes:
    """Return the bytes of a file, none when it is not there."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


@contextmanager
def own_places() -> Iterator[None]:
    """Forget, while a process starts, the variables that would send git elsewhere."""
    known = {name: os.environ.pop(name) for name in _PLACES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(known)
