"""What all tests share: folders of pages, and programs run as their users run them."""

import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import settings

from essaim.media import FileFacts
from essaim.source import SourceFile
from essaim.workspace import Analysis, Change, analyze
from essaim.workspace.discover import Layout
from tests.processes import Done, run_copy, run_from_nothing

ROOT = Path(__file__).parent.parent
SITES = ROOT / "tests" / "sites"

Run = Callable[..., Done]

settings.register_profile("essaim", deadline=None)  # a busy machine is slow: `in_less_than` counts what is computed
settings.load_profile("essaim")


@contextmanager
def in_less_than(seconds: float) -> Iterator[None]:
    """Hold that what is done takes less than that of computing, however busy the machine is."""
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


def write_files(root: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return root


def read_wiki(
    files: Mapping[str, str],
    today: date = date(2026, 11, 1),
    others: Iterable[str] = (),
    measured: Mapping[str, FileFacts] = MappingProxyType({}),
) -> Analysis:
    """Analyze a wiki from the texts of its files; `others` and what is `measured` are files that are not read."""
    read = [Change(path=path, source=SourceFile.from_text(path, text)) for path, text in files.items()]
    read += [Change(path=path, facts=facts) for path, facts in measured.items()]
    return analyze([*read, *(Change(path=path) for path in others)], Layout(), today)


def run_module(*arguments: str, cwd: Path, status: int | None = None, fresh: bool = False) -> Done:
    """Run `python -m …` as a process of its own; check its exit status if one is given.

    A `fresh` one begins from nothing: its own order of imports, and its own order of sets. The second host always
    does, so that what both make is not the same by chance.
    """
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    run = run_from_nothing if fresh or arguments[0] == "properdocs" else run_copy
    done = run([sys.executable, "-m", *arguments], cwd, environment)
    if status is not None:
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files that take long before the others: the last ones are then short, and no worker waits for another."""
    first, last = ("browser", "plugins", "app"), "engine"

    def rank(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return first.index(folder) if folder in first else len(first) + (folder == last)

    items.sort(key=rank)


@pytest.fixture(scope="session")
def this_wiki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of this wiki, built once for all workers: to be read only."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    site, unfinished = folder / "this-wiki", folder / "this-wiki-unfinished"
    with (folder / "this-wiki.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait for the first
        if not site.exists():
            run_module("mkdocs", "build", "-q", "-d", str(unfinished), cwd=ROOT, status=0)
            unfinished.rename(site)
    return site


@pytest.fixture
def essaim() -> Run:
    """Return a function that runs the `essaim` command in a folder."""

    def run(*arguments: str, cwd: Path, status: int | None = None) -> Done:
        return run_module("essaim_app", *arguments, cwd=cwd, status=status)

    return run
