"""Work shared among processes: each takes the next piece when it is done with the last."""

import gc
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any, TypeVar, cast

from mkdocs.exceptions import MkDocsException

from mkdocs_essaim.building.refusals import reason_of

Piece = TypeVar("Piece")
Result = TypeVar("Result")
Work = Callable[[Piece], Result]
_PIECES_EACH = 8
"""Pieces that each process takes at least, so that none waits long for the last."""
_LARGEST, _SMALLEST = 64, 4
"""Pieces that are taken at a time."""
_WORTH = 24
"""Pieces for which it is worth beginning other processes."""


_SWITCH = 0.0002
"""Seconds that a thread goes on while another waits, in a build that has tasks done meanwhile."""


class WorkerFailed(MkDocsException):
    """A process ended before its work did; what it said is on the terminal."""


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


@dataclass(frozen=True, kw_only=True, slots=True)
class Crew:
    """How work is shared: among how many processes, and whether each begins as a copy of this one.

    A copy knows all that this process does; any other must be told how to learn it.
    """

    size: int = field(default_factory=_cores)
    forks: bool = field(default_factory=_can_fork)

    def share_out(
        self,
        pieces: Sequence[Piece],
        begin: Callable[[], Work[Piece, Result]],
        learn: Callable[[], Work[Piece, Result]],
    ) -> Iterator[Result]:
        """Yield what the work makes of each piece, in no order.

        `begin` makes the work in this process, or in a copy of it; `learn`, which can be pickled, in any other.
        """
        size = max(_SMALLEST, min(_LARGEST, len(pieces) // (self.size * _PIECES_EACH)))
        with collecting():
            if self.size < 2 or len(pieces) < _WORTH:
                yield from map(begin(), pieces)
            elif not self.forks:
                for results in _gather(pieces, size, learn, self.size, multiprocessing.get_context("spawn")):
                    yield from results
            else:
                work = begin()
                middle = len(pieces) // 2  # the first is often a cover, which takes less
                yield work(pieces[middle])
                gc.freeze()  # what it took is at hand for all: templates, what is found once for the whole wiki
                context = multiprocessing.get_context("fork")
                others = [*pieces[:middle], *pieces[middle + 1 :]]
                for results in _gather(others, size, lambda: work, self.size, context):
                    yield from results

    @contextmanager
    def meanwhile(self, tasks: Iterable[Callable[[], object]]) -> Iterator[Callable[[], None]]:
        """Have other programs run by some tasks while this process goes on; what is given waits for these.

        They are threads: a copy of a large process takes long to begin. With one core, it is then that they are done.
        """
        if self.size < 2:
            yield lambda: _exhaust(task() for task in tasks)
            return
        pool, interval = ThreadPoolExecutor(self.size), sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)  # they ask the system for much: each time they would wait for their turn
        try:
            results = pool.map(lambda task: task(), tasks)
            yield lambda: _exhaust(results)
        finally:
            pool.shutdown(cancel_futures=True)
            sys.setswitchinterval(interval)


def _exhaust(results: Iterable[object]) -> None:
    for _ in results:
        pass


@contextmanager
def collecting() -> Iterator[None]:
    """Look for the rings that the making of pages leaves behind, and only for these.

    What was there before stays out of it: looking through a whole wiki takes long, finds nothing, and would touch,
    and so copy, what processes have in common.
    """
    was_enabled = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        if not was_enabled:
            gc.disable()


def _gather(
    pieces: Sequence[Any], size: int, begin: Callable[[], Work[Any, Any]], workers: int, context: BaseContext
) -> Generator[list[Any], None, None]:
    """Yield results, some at a time."""
    starts = iter(range(0, len(pieces), size))
    running: dict[Connection, multiprocessing.process.BaseProcess] = {}
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        for _ in range(min(workers, len(pieces))):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, begin), daemon=True)  # type: ignore[attr-defined]
            process.start()
            theirs.close()
            running[ours] = process
            ours.send(_next(pieces, starts, size))
        while running:
            for ready in cast("list[Connection]", wait(list(running))):
                try:
                    results = ready.recv()
                except EOFError:
                    raise WorkerFailed("un des processus s'est arrêté avant la fin.") from None
                if results is None:
                    running.pop(ready).join()
                    continue
                if isinstance(results, str):
                    raise WorkerFailed(results)
                ready.send(_next(pieces, starts, size))
                yield results
    finally:
        for process in running.values():
            process.terminate()
            process.join()


def _next(pieces: Sequence[Any], starts: Iterator[int], size: int) -> Sequence[Any] | None:
    start = next(starts, None)
    return None if start is None else pieces[start : start + size]


def _work(parent: Connection, begin: Callable[[], Work[Any, Any]]) -> None:
    """Take pieces until there are none left; send the results, then None, or a sentence when something failed."""
    try:
        work = begin()
        while (some := parent.recv()) is not None:
            parent.send([work(piece) for piece in some])
        parent.send(None)
    except (MkDocsException, OSError) as problem:
        parent.send(reason_of(problem))
    except Exception as problem:
        traceback.print_exc()
        parent.send(str(problem))
    parent.close()
