"""The order of the measures: serially, the generators taken in turn, so that a slow moment falls on all of them."""

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmark.measures import Measured, Subject
from benchmark.past import restore
from benchmark.peers import ESSAIM, Peer
from benchmark.results import Results
from benchmark.sites import prepare

TOO_SLOW = 120.0
"""Seconds of a cold build beyond which a generator is asked for one rebuild only, and not served."""
EDITS, MANY_EDITS = 10, 40
"""How many edits a server is given, if time allows; and Essaim's, whose slowest waits are told as well."""


def measure_all(peers: Sequence[Peer], sizes: Sequence[int], runs: int, results: Results, cache: Path) -> None:
    """Measure all that was not measured yet."""
    results.tell(_about())
    for peer in peers:
        _install(peer, results, cache)
    for size in sizes:
        chosen = [peer for peer in peers if size <= peer.until and f"{peer.name} : absent" not in results.about]
        for number in range(runs):
            for peer in chosen:
                _say(f"{size} pages, tour {number + 1}/{runs} : {peer.label}")
                _measure_builds(_subject(peer, size, cache), size, number, results)
        for peer in chosen:
            _say(f"{size} pages, serveur : {peer.label}")
            _measure_once(_subject(peer, size, cache), size, results)


def _measure_builds(subject: Subject, size: int, number: int, results: Results) -> None:
    name = subject.peer.name
    after: dict[str, Callable[[], Measured]] = {"edited": lambda: subject.edited(number)}
    if subject.peer is ESSAIM:
        after = {"unchanged": subject.unchanged, "titled": lambda: subject.titled(number)} | after
    if results.done(size, name, "cold", number):
        if _settled(size, name, number, results) or all(results.done(size, name, what, number) for what in after):
            return
        subject.cold()  # what follows a cold build is measured after one, in a run gone on with as well
    else:
        results.measure(size, name, "cold", number, subject.cold)
    if not _settled(size, name, number, results):
        for what, act in after.items():
            results.measure(size, name, what, number, act)
    restore(subject.root)


def _settled(size: int, name: str, number: int, results: Results) -> bool:
    """Tell whether a rebuild was measured already, of a generator too slow to be asked three times."""
    return number > 0 and (results.middle(size, name, "cold") or TOO_SLOW) >= TOO_SLOW


def _measure_once(subject: Subject, size: int, results: Results) -> None:
    name = subject.peer.name
    if (results.middle(size, name, "cold") or TOO_SLOW) >= TOO_SLOW:
        return
    if subject.peer is ESSAIM:
        results.measure(size, name, "memory", 0, lambda: subject.cold(memory=True))
    edits = MANY_EDITS if subject.peer is ESSAIM else EDITS
    results.measure(size, name, "weight", 0, lambda: subject.cold() and subject.weighed())
    results.measure(size, name, "served", 0, lambda: subject.served(edits))
    restore(subject.root)


def _subject(peer: Peer, size: int, cache: Path) -> Subject:
    environment = peer.environment.folder(cache) if peer.environment else Path(sys.prefix)
    return Subject(peer, prepare(peer, size, cache), size, environment)


def _install(peer: Peer, results: Results, cache: Path) -> None:
    if peer.environment is None:
        results.tell({name: version(name) for name in ("mkdocs", "mkdocs-material", "markdown", "pagefind")})
        return
    _say(f"installation : {peer.label}")
    reason = peer.environment.install(cache)
    if reason:
        results.tell({f"{peer.name} : absent": reason})
    else:
        results.about.pop(f"{peer.name} : absent", None)
        results.tell(peer.environment.versions(cache))


def _about() -> dict[str, str]:
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    return {
        "date": date.today().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "Python": platform.python_version(),
        "git": git,
    }


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
