"""From a page saved to the page served: what somebody who writes waits for."""

import http.client
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from benchmark.processes import CommandFailed, usual

POLL, SHARE = 0.01, 0.02
"""Between two looks at a page pass some seconds, or a share of what was waited: few looks disturb who is slow."""
PATIENCE = 240.0
"""Seconds after which a server that says nothing is given up."""
CITED = 10
"""Edits that cite the same page."""
BUDGET = 30.0
"""Seconds after which no further edit is begun, once the least are done."""


class ServerStopped(Exception):  # noqa: N818
    """A server ended before it was asked to."""


def saved_to_served(
    root: Path,
    paths: Sequence[str],
    command: Sequence[str],
    port: int,
    *,
    cites: Sequence[str] = (),
    least: int = 3,
) -> list[float]:
    """Start a server, then add a sentence to one page after another; return the seconds each took to be served.

    If the sentences cite pages, by these paths, each new mention must be served on the one it cites too. Each is
    cited a few times: a page cited by very many shows the sentences of some. Past a budget of time, only the least
    number of edits is made.
    """
    with TemporaryFile() as complaint:
        process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.DEVNULL, stderr=complaint, env=usual(), start_new_session=True
        )
        try:
            return _edit_all(process, root, paths, port, cites, least)
        except ServerStopped as stopped:
            complaint.seek(0)
            words = complaint.read().decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
            raise CommandFailed(f"{stopped} : {words[0][:200]}") from stopped
        finally:
            _stop(process)


def _edit_all(
    process: subprocess.Popen[bytes], root: Path, paths: Sequence[str], port: int, cites: Sequence[str], least: int
) -> list[float]:
    _wait(process, port, paths[0], re.compile("<h1"))
    time.sleep(2.0)  # what a server still does after its first answer is not this edit's
    begun, waits = time.perf_counter(), list[float]()
    for number, path in enumerate(paths):
        if number >= least and time.perf_counter() - begun > BUDGET:
            break
        cited = cites[number // CITED] if cites else None
        waits.append(_edit(process, root, port, path, f"jalon{number}x{os.getpid()}", cited))
        time.sleep(0.5)
    return waits


def _edit(process: subprocess.Popen[bytes], root: Path, port: int, path: str, word: str, cites: str | None) -> float:
    mention = f" avec [[{cites.rsplit('/', 1)[-1]}]]" if cites else ""
    file = root / "docs" / f"{path}.md"
    text = file.read_text("utf-8")
    start = time.perf_counter()
    file.write_text(f"{text}\nUn nouveau {word} posé{mention} dans cette page.\n", "utf-8")
    for shown in (path, cites) if cites else (path,):
        _wait(process, port, shown, re.compile(word))
    return time.perf_counter() - start


def _wait(process: subprocess.Popen[bytes], port: int, path: str, expected: re.Pattern[str]) -> None:
    start = time.perf_counter()
    while (waited := time.perf_counter() - start) < PATIENCE:
        if process.poll() is not None:
            raise ServerStopped(f"le serveur s'est arrêté, code {process.returncode}")
        if expected.search(_page(port, path)):
            return
        time.sleep(max(POLL, waited * SHARE))
    raise CommandFailed(f"rien de nouveau sur « {path} » en {PATIENCE:.0f} secondes")


def _page(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}/", timeout=60) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return ""  # not there yet


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and whatever it started, all of one group of our own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        os.killpg(process.pid, signal.SIGKILL)  # those that outlive their parent, if any
    process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
