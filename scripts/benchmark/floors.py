"""The floors: what the parts of a build cost alone, on the same wiki and machine, whatever is built around them."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmark.peers import ESSAIM
from benchmark.processes import CommandFailed, run
from benchmark.results import Results
from mkdocs_essaim.building.memory import room_for
from mkdocs_essaim.search.index import find_executable
from mkdocs_essaim.search.made import IGNORED

Measured = dict[str, object]
NAME = "floors"
"""What they are called among the generators' results."""

_START = """
import mkdocs_essaim.build, mkdocs.commands.build, material
from mkdocs.config import load_config
load_config("mkdocs.yml")
"""
_MARKDOWN = """
import gc, json, pathlib, time
from markdown import Markdown
from mkdocs.config import load_config
config = load_config("mkdocs.yml")
converter = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
bodies = [path.read_text("utf-8").split("---\\n", 2)[2] for path in pathlib.Path("docs").rglob("*.md")]
gc.freeze()
began, worked = time.perf_counter(), time.process_time()
for body in bodies:
    converter.reset()
    converter.convert(body)
print(json.dumps({"seconds": time.perf_counter() - began, "processor": time.process_time() - worked}))
"""
_FILES = """
import json, os, pathlib, sys, time
source, target = map(pathlib.Path, sys.argv[1:])
found = [(path.relative_to(source), path) for path in sorted(source.rglob("*"))]
folders = [target / name for name, path in found if path.is_dir()]
sizes = [(target / name, path.stat().st_size) for name, path in found if path.is_file()]
data = memoryview(os.urandom(max(size for _, size in sizes)))
began, worked = time.perf_counter(), time.process_time()
for folder in folders:
    os.mkdir(folder)
for path, size in sizes:
    with open(path, "wb", buffering=0) as file:
        file.write(data[:size])
print(json.dumps({"seconds": time.perf_counter() - began, "processor": time.process_time() - worked}))
"""


def start(root: Path) -> Measured:
    """Begin a process that imports what a build needs and loads the settings, and does nothing more."""
    done = run([sys.executable, "-c", _START], root)
    return {"seconds": done.seconds, "processor": done.processor}


def markdown(root: Path) -> Measured:
    """Convert all texts of a wiki with one converter, in one process, what comes before not counted."""
    return _told([sys.executable, "-c", _MARKDOWN], root)


def pagefind(root: Path) -> Measured:
    """Index what the last build of Essaim left to be searched, one index after another, as its own builds ask."""
    executable, folders = find_executable(), sorted(_room(root).glob("recherche/*/*/pages"))
    if executable is None or not folders:
        raise CommandFailed("rien à indexer")
    ignored = [part for selector in IGNORED for part in ("--exclude-selectors", selector)]
    seconds = processor = 0.0
    for pages in folders:
        with tempfile.TemporaryDirectory(dir=root.parent) as target:
            where = ["--site", str(pages), "--output-path", target]
            said = ["--force-language", "fr", "--keep-index-url", "--silent"]
            done = run([str(executable), *where, *said, *ignored], root)
        seconds, processor = seconds + done.seconds, processor + done.processor
    return {"seconds": seconds, "processor": processor, "indexes": len(folders)}


def files(root: Path) -> Measured:
    """Create as many folders and files as the published site has, of the same sizes, on the same disk."""
    with tempfile.TemporaryDirectory(dir=root.parent) as target:
        return _told([sys.executable, "-c", _FILES, str(root / ESSAIM.output), target], root)


PARTS: dict[str, Callable[[Path], Measured]] = {
    "start": start,
    "markdown": markdown,
    "pagefind": pagefind,
    "files": files,
}


def floor(results: Results, size: int) -> float | None:
    """Return the seconds below which no build of these parts can go: what can be shared is, without any loss."""
    first = results.middle(size, NAME, "start")
    shared = [results.middle(size, NAME, part, "processor") for part in ("markdown", "pagefind", "files")]
    if first is None or None in shared:
        return None
    return first + sum(value or 0 for value in shared) / int(results.about["cores"])


def _room(root: Path) -> Path:
    return room_for((root / ESSAIM.output).resolve(), root)


def _told(command: list[str], root: Path) -> Measured:
    told: Measured = json.loads(run(command, root).output)
    return told
