"""The order of the measures: one at a time, as the plan says, each kept at once."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmark import floors
from benchmark.measures import Measured, Subject
from benchmark.past import restore
from benchmark.peers import Peer
from benchmark.plan import Step, plan
from benchmark.preparation import compile_ours, install, machine
from benchmark.processes import CommandFailed
from benchmark.results import Results
from benchmark.sites import prepare

TOO_SLOW = 120.0
"""Seconds of a cold build beyond which a generator is not served."""
_AFTER_COLD = {"weight", "floors", "unchanged", "titled", "edited"}


def measure_all(
    peers: Sequence[Peer],
    sizes: Sequence[int],
    runs: int,
    results: Results,
    cache: Path,
    minutes: float | None = None,
) -> None:
    """Measure all that was not measured yet; begin nothing more once so many minutes have passed."""
    begun = time.monotonic()
    results.tell(machine())
    for peer in peers:
        _say(f"installation : {peer.label}")
        install(peer, results, cache)
    compile_ours()
    present = [peer for peer in peers if f"{peer.name} : absent" not in results.about]
    steps = [step for step in plan(present, sizes, runs) if _missing(step, results)]
    left = sum(step.predicted for step in steps)
    _say(f"{len(steps)} étapes, environ {left / 60:.0f} minutes")
    failed: Counter[tuple[int, str]] = Counter()
    for number, step in enumerate(steps, 1):
        passed = (time.monotonic() - begun) / 60
        if minutes is not None and passed > minutes:
            _say(f"{minutes:.0f} minutes ont passé : le reste attendra « --resume ».")
            break
        if failed[step.size, step.peer.name] > 1:
            continue
        what = ", ".join(dict.fromkeys(what for what, _ in step.measures))
        _say(f"[{passed:.0f} min] {number}/{len(steps)} : {step.size} pages, {step.peer.label} : {what}")
        if not _take(step, results, cache):
            failed[step.size, step.peer.name] += 1


def _missing(step: Step, results: Results) -> list[tuple[str, int]]:
    """Return what was not measured yet."""
    name = step.peer.name
    return [
        (what, number)
        for what, number in step.measures
        if not (
            all(results.done(step.size, floors.NAME, part, number) for part in floors.PARTS)
            if what == "floors"
            else results.done(step.size, name, what, number)
        )
    ]


def _take(step: Step, results: Results, cache: Path) -> bool:
    """Measure what is missing of a step; return False when the generator cannot build this wiki."""
    size, name, missing = step.size, step.peer.name, _missing(step, results)
    whats = {what for what, _ in missing}
    subject = _subject(step.peer, size, cache)
    acts: dict[str, Callable[[int], Measured]] = {
        "cold": lambda _: subject.cold(),
        "memory": lambda _: subject.cold(memory=True),
        "weight": lambda _: subject.weighed(),
        "unchanged": lambda _: subject.unchanged(),
        "titled": subject.titled,
        "edited": subject.edited,
        "served": lambda _: subject.served(step.edits, step.least),
    }
    if "served" in whats and (results.middle(size, name, "cold") or TOO_SLOW) >= TOO_SLOW:
        return True
    if "cold" not in whats and whats & _AFTER_COLD and not _built(subject):
        return False
    for what, number in missing:
        if what == "floors":
            for part, act in floors.PARTS.items():
                results.measure(size, floors.NAME, part, number, partial(act, subject.root))
            continue
        results.measure(size, name, what, number, partial(acts[what], number))
        if what == "cold" and not results.done(size, name, what, number):
            return False
    restore(subject.root)
    return True


def _built(subject: Subject) -> bool:
    """Build what a step gone on with builds upon: that was measured before."""
    try:
        subject.cold()
    except (CommandFailed, OSError):
        return False
    return True


def _subject(peer: Peer, size: int, cache: Path) -> Subject:
    environment = peer.environment.folder(cache) if peer.environment else Path(sys.prefix)
    return Subject(peer, prepare(peer, size, cache), size, environment)


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
