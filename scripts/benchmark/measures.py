"""What is measured of one generator on one wiki."""

import json
import random
import re
from itertools import islice
from pathlib import Path
from statistics import median

from benchmark.naming import HUB, choose_names
from benchmark.peers import ESSAIM, Peer
from benchmark.processes import CommandFailed, Run, counted_git, run
from benchmark.serving import CITED, free_port, saved_to_served
from benchmark.sites import clean

Measured = dict[str, object]
NOT_YET = "pas encore"
"""Why a command of Essaim is not measured when this version has none."""


class Subject:
    """One generator before one wiki: each method measures one thing and returns it by names.

    Every method raises CommandFailed when the command fails or does not exist.
    """

    def __init__(self, peer: Peer, root: Path, size: int, environment: Path) -> None:
        self.peer, self.root, self._environment = peer, root, environment
        self._names = choose_names(size)

    def cold(self, *, memory: bool = False) -> Measured:
        """Build when nothing is there."""
        clean(self.root, self.peer)
        return self._built(memory=memory)

    def unchanged(self) -> Measured:
        """Build again, counting the calls of git; then once more for the time."""
        with counted_git() as (surroundings, calls):
            self._built(surroundings=surroundings)
            count = len(calls.read_text().splitlines())
        return self._built() | {"git": count}

    def edited(self, number: int) -> Measured:
        """Add a sentence to the body of a page, and build in a new process."""
        page = self.root / "docs" / f"{self._names.profiles[7 + number]}.md"
        page.write_text(f"{page.read_text('utf-8')}\nUne phrase de plus, la {number}e.\n", "utf-8")
        return self._built()

    def titled(self, number: int) -> Measured:
        """Change the title that many pages show, and build in a new process; count who shows the new one."""
        page = next((self.root / "docs").rglob(f"{HUB}.md"))
        title = f"Déclarer son chiffre {number}"
        page.write_text(re.sub(r'^titre: ".*"$', f'titre: "{title}"', page.read_text("utf-8"), flags=re.M), "utf-8")
        measured = self._built()
        pages = (self.root / self.peer.output).rglob("index.html")
        return measured | {"showing": sum(title.encode() in path.read_bytes() for path in pages)}

    def served(self, edits: int, least: int = 3) -> Measured:
        """Start the generator's own server, and edit pages."""
        if self.peer is ESSAIM:
            _require(["serve", "--help"], "--port", self.root)
        port = free_port()
        cites = self._names.profiles[: 1 + edits // CITED] if self.peer is ESSAIM else ()
        named = re.compile("|".join(rf"\b{path.rsplit('/', 1)[-1]}\b" for path in cites))
        others = [path for path in self._names.profiles if path not in cites]
        random.Random(edits).shuffle(others)
        free = (path for path in others if not cites or not named.search(self._text(path)))
        paths = list(islice(free, edits))  # a page that names one already shows that sentence there, not a new one
        command = self.peer.serve(self._environment, port)
        return {"seconds": saved_to_served(self.root, paths, command, port, cites=cites, least=least)}

    def _text(self, path: str) -> str:
        return (self.root / "docs" / f"{path}.md").read_text("utf-8")

    def weighed(self) -> Measured:
        """Weigh the pages of the last build without what is theirs, in kB."""
        contents = [re.compile(rb"<%s\b.*</%s>" % (tag, tag), re.S) for tag in (b"article", b"main")]
        folder, kinds = self.root / self.peer.output, (self._names.profiles, self._names.procedures)
        weights = []
        for path in (path for kind in kinds for path in kind[:50]):
            html = (folder / path / "index.html").read_bytes()
            inner = next(filter(None, (content.search(html) for content in contents)), None)
            if inner is None:
                raise CommandFailed(f"« {path} » n'a ni <article> ni <main>")
            weights.append((len(html) - len(inner[0])) / 1000)
        return {"kilobytes": median(weights), "most": max(weights)}

    def _built(self, *, memory: bool = False, surroundings: dict[str, str] | None = None) -> Measured:
        command = self.peer.build(self._environment)
        tells = self.peer is ESSAIM and _has(["build", "--help"], "--format", self.root)
        done = run(
            [*command, "--format", "json"] if tells else command, self.root, memory=memory, surroundings=surroundings
        )
        if not any((self.root / self.peer.output).glob("**/index.html")):
            raise CommandFailed("aucune page écrite")
        return _plain(done) | (_summary(done.output) if tells else {})


def _plain(done: Run) -> Measured:
    measured: Measured = {"seconds": done.seconds, "processor": done.processor}
    return measured | ({"memory": done.memory} if done.memory is not None else {})


def _summary(output: str) -> Measured:
    """Return the counts of the line that `essaim build --format json` ends with."""
    told = json.loads(output.strip().splitlines()[-1])
    return {name: told[name] for name in ("pages", "rendered", "written", "removed", "unchanged")} | {
        "phases": told["seconds"]
    }


def _has(arguments: list[str], option: str, folder: Path) -> bool:
    """Tell whether this version of Essaim has a command with an option."""
    command = ESSAIM.build(folder)[:-1]
    return option in run([*command, *arguments], folder, allowed=range(256)).output


def _require(arguments: list[str], option: str, folder: Path) -> None:
    if not _has(arguments, option, folder):
        raise CommandFailed(NOT_YET)
