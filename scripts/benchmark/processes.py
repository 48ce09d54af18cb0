"""Commands run to their end, and what they cost: time, processors, memory, calls of git."""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.1
"""Seconds between two looks at the memory of the processes."""
LIMIT = 420.0
"""Seconds after which a command is given up."""
_AGAINST = ("PYTHONDONTWRITEBYTECODE",)
"""What would have Python programs compile themselves again each time, as nobody who installs them does."""


class CommandFailed(Exception):  # noqa: N818
    """A command ended badly: its last words say why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What one run of a command cost and said."""

    seconds: float
    processor: float
    """Seconds of processor, of the command and all its children."""
    output: str
    memory: float | None = None
    """The most memory held at one time by the command and its children, in MB; pages they share count once."""


def run(
    command: Sequence[str],
    folder: Path,
    *,
    memory: bool = False,
    surroundings: Mapping[str, str] | None = None,
    allowed: Sequence[int] = (0,),
    limit: float = LIMIT,
) -> Run:
    """Run a command to its end; look at its memory only if asked, for looking takes time.

    Raises CommandFailed when it ends badly, or is ended at the limit.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=err, env=surroundings or usual(), start_new_session=True
        )
        watch = Watch(process.pid) if memory else None
        killer = threading.Timer(limit, os.killpg, (process.pid, 9))
        killer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:  # we are asked to stop: what was started ends too
            os.killpg(process.pid, 9)
            raise
        finally:
            seconds = time.perf_counter() - start
            killer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = watch.stop() if watch else None
        out.seek(0)
        err.seek(0)
        said, complaint = out.read().decode(errors="replace"), err.read().decode(errors="replace")
    if seconds >= limit:
        raise CommandFailed(f"arrêté au bout de {limit:.0f} secondes")
    if process.returncode not in allowed:
        words = (complaint or said).strip().splitlines()[-1:] or [""]
        raise CommandFailed(f"code {process.returncode} : {words[0][:200]}")
    return Run(seconds=seconds, processor=usage.ru_utime + usage.ru_stime, output=said, memory=peak)


def usual() -> dict[str, str]:
    """Return the surroundings of a command: ours, without what slows down those who run it more than others."""
    return {name: value for name, value in os.environ.items() if name not in _AGAINST}


class Watch:
    """Looks at the memory of all processes of a session, ten times a second, until it is stopped."""

    def __init__(self, session: int) -> None:
        self._session, self._peak, self._over = session, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(PAUSE):
            self._peak = max(self._peak, sum(map(held, members(self._session))))

    def stop(self) -> float | None:
        """Return the most that was seen, in MB; None where the system does not tell."""
        self._over.set()
        self._thread.join()
        return self._peak / 1e6 if self._peak else None


def members(session: int) -> list[int]:
    """Return the processes of a session; none where the system has no `/proc`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) == session:
            found.append(int(entry.parent.name))
    return found


def held(process: int) -> int:
    """Return the bytes a process holds, its share of those it shares with others (PSS)."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # it ended meanwhile
        return 0
    return next((int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("Pss:")), 0)


@contextmanager
def counted_git() -> Iterator[tuple[dict[str, str], Path]]:
    """Give surroundings where each call of git adds a line to a file, and that file."""
    real = shutil.which("git")
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder) / "calls"
        calls.touch()
        wrapper = Path(folder) / "git"
        wrapper.write_text(f'#!/bin/sh\necho "$*" >> "{calls}"\nexec "{real}" "$@"\n')
        wrapper.chmod(0o755)
        yield usual() | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}, calls
