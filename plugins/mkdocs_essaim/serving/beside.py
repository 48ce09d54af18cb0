"""A build of the site that is served, by a process of its own: whoever edits meanwhile does not wait for it."""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from threading import Thread

from mkdocs.exceptions import MkDocsException

from essaim.workspace.collector import collect_seldom
from mkdocs_essaim.building.gather import gather
from mkdocs_essaim.building.order import Order
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.refusals import reason_of
from mkdocs_essaim.building.workers import Crew, WorkerFailed

_LESS = 5
"""How much this process leaves others the processor: the unit is that of `nice`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What pages stand on in a site that was published: the digest of what all do, and of each, by source URI."""

    environment: str
    left_out: frozenset[str]
    keys: Mapping[str, str]


def publish_beside(order: Order) -> Published:
    """Bring the published folder of an order up to date in another process, which ends with this one.

    Raises MkDocsException with what the other process says when it cannot.
    """
    context = multiprocessing.get_context("spawn")  # this process has threads: a copy of it may stand still
    ours, theirs = context.Pipe()
    process = context.Process(target=_publish, args=(theirs, order), daemon=True)
    process.start()
    theirs.close()
    said: Published | str
    try:
        said = ours.recv()
    except EOFError:
        said = "le processus qui le refaisait s'est arrêté avant la fin."
    finally:
        process.join()
        ours.close()
    if isinstance(said, str):
        raise WorkerFailed(said)
    return said


def _publish(parent: Connection, order: Order) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which this process ends with
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_LESS)
    collect_seldom()
    try:
        gathered = gather(order, Crew(size=1), Progress())
        gathered.publish()
        memory = gathered.outcome.memory
        keys = {uri: entry.key for uri, entry in memory.entries.items()}
        parent.send(Published(environment=memory.environment, left_out=memory.left_out, keys=keys))
        gathered.config.plugins.on_shutdown()
    except (MkDocsException, OSError) as problem:
        parent.send(reason_of(problem))
    except Exception as problem:
        traceback.print_exc()
        parent.send(str(problem))


def _end_with(parent: Connection) -> None:
    """End this process when the other does: it never sends anything."""
    wait([parent])
    os._exit(1)
