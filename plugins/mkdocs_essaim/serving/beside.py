"""A build of the site that is served, by a process of its own: whoever edits meanwhile does not wait for it.

That process runs this module. It is told of the site by arguments, ends when what it reads from ends, and writes one
JSON object.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Thread

from mkdocs.exceptions import MkDocsException

from essaim.views.audience import Audience
from essaim.workspace import Analysis
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
    """What a site that was published stands on: digests of what all pages do, of what they may name, and of each."""

    environment: str
    surroundings: str
    left_out: frozenset[str]
    keys: Mapping[str, str]
    """By source URI."""


def surroundings_of(analysis: Analysis) -> str:
    """Digest what a wiki is beside the texts of its pages: types, values, files, names of pages, and the day."""
    pages = analysis.graph.pages
    digest = blake2b(str(analysis.today).encode(), digest_size=16)
    for path in sorted(analysis.files):
        source = None if path in pages else analysis.sources.get(path)
        entry = f"{path}\0{path in pages}\0{source.digest if source else ''}\0{analysis.facts.get(path)}\n"
        digest.update(entry.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def publish_beside(order: Order) -> Published:
    """Bring the published folder of an order up to date in another process, which ends with this one.

    Raises MkDocsException with what the other process says when it cannot.
    """
    site = (order.config_file, order.audience.value, order.folder, order.room)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", __name__, *map(str, site)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the server
    ) as process:
        assert process.stdout is not None  # noqa: S101
        said = process.stdout.read()
    try:
        left = json.loads(said)
    except ValueError:
        raise WorkerFailed("le processus qui le refaisait s'est arrêté avant la fin.") from None
    if "problem" in left:
        raise WorkerFailed(left["problem"])
    return Published(**{**left, "left_out": frozenset(left["left_out"])})


def _publish(order: Order) -> dict[str, object]:
    """Publish a site; return what it stands on, or why it cannot be had."""
    try:
        gathered = gather(order, Crew(size=1), Progress())
        gathered.publish()
    except (MkDocsException, OSError) as problem:
        return {"problem": reason_of(problem)}
    gathered.config.plugins.on_shutdown()
    memory = gathered.outcome.memory
    keys = {uri: entry.key for uri, entry in memory.entries.items()}
    return {
        "environment": memory.environment,
        "surroundings": surroundings_of(gathered.content.analysis),
        "left_out": sorted(memory.left_out),
        "keys": keys,
    }


def _main(arguments: Sequence[str]) -> None:
    answers = os.dup(1)
    os.dup2(2, 1)  # what plugins print is not an answer
    Thread(target=_end_with_the_server, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_LESS)
    collect_seldom()
    config_file, audience, folder, room = arguments
    order = Order(
        config_file=Path(config_file), audience=Audience(audience), folder=Path(folder), room=Path(room), strict=False
    )
    with os.fdopen(answers, "w", encoding="utf-8") as answer:
        json.dump(_publish(order), answer)
        answer.flush()
        os._exit(0)  # what is in memory is not taken apart piece by piece


def _end_with_the_server() -> None:
    sys.stdin.buffer.read()  # nothing is ever written there
    os._exit(1)


if __name__ == "__main__":
    _main(sys.argv[1:])
