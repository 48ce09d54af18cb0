"""One index made by Pagefind: a folder that takes its place once it is whole, named by what it is made of."""

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from gzip import decompress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from mkdocs.exceptions import PluginError

from mkdocs_essaim.kept_json import load_json, save_json
from mkdocs_essaim.search.chunks import SIGNATURE, split_chunks
from mkdocs_essaim.search.shards import uri_of

_FORMAT = 1
ENTRY = "pagefind-entry.json"
"""What a browser asks for first."""
PUBLISHED = ("pagefind.js", ENTRY, "wasm.fr*.pagefind", "*.pf_meta", "*/*.pf_*")
"""What a browser asks for; the ready-made interfaces of Pagefind stay out."""
IGNORED = (
    "h1",
    "img",
    ".headerlink",
    ".essaim-fil",
    ".essaim-resume",
    ".essaim-champ dt",
    ".essaim-table thead",
    ".essaim-fraicheur",
    ".essaim-inclus",
    ".essaim-index",
    ".essaim-compte",
    ".essaim-relations",
    ".essaim-voisinage",
    ".essaim-histoire",
    ".essaim-vue",
    ".essaim-graphique",
)
"""What a page shows of others, or says of itself: each text is found where it was written."""
_MANIFEST = "manifeste.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A whole index."""

    folder: Path
    files: dict[str, int]
    """What is published of it, by path in the folder, with its size in bytes."""
    pages: tuple[tuple[str, str], ...]
    """The id and the page of each result that it can give, in the order of ids."""

    @property
    def name(self) -> str:
        """How Pagefind calls it."""
        (meta,) = (file for file in self.files if file.endswith(".pf_meta"))
        return meta.removeprefix("pagefind.").removesuffix(".pf_meta")


def load_made(folder: Path) -> Made | None:
    """Return the index of a folder, None when it is missing or damaged."""
    data = load_json(folder / _MANIFEST, _FORMAT)
    if data is None:
        return None
    try:
        files, pages = dict(data["files"]), tuple((name, uri) for name, uri in data["pages"])
        is_whole = _states(folder, files) == data["states"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return Made(folder=folder, files=files, pages=pages) if is_whole else None


def _states(folder: Path, names: Iterable[str]) -> dict[str, list[int]]:
    """Return the size and the date of files: what is published of them may be the same file, and be written to."""
    found = {name: os.stat(f"{folder}/{name}") for name in sorted(names)}  # noqa: PTH116 - one for each page
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in found.items()}


def make_index(executable: Path, pages: Path, language: str, folder: Path, count: int) -> Made:
    """Have Pagefind read the pages of a folder, for one of some indexes; put it in its place in one step.

    Raises PluginError when Pagefind fails.
    """
    fresh = Path(mkdtemp(prefix="essaim-", dir=folder.parent))
    try:
        _run(executable, pages, language, fresh)
        if count > 1:
            split_chunks(fresh, count)
        published = {file.relative_to(fresh).as_posix() for pattern in PUBLISHED for file in fresh.glob(pattern)}
        for file in fresh.iterdir():
            if file.is_file() and file.name not in published:
                file.unlink()
        states = _states(fresh, published)
        data = {
            "files": {name: size for name, (size, _) in states.items()},
            "states": states,
            "pages": [(file.stem, _page_of(file)) for file in sorted(fresh.glob("fragment/*"))],
        }
        save_json(fresh / _MANIFEST, data, _FORMAT)
        if folder.exists():
            rmtree(folder)
        fresh.rename(folder)
    except BaseException:
        rmtree(fresh, ignore_errors=True)
        raise
    made = load_made(folder)
    if made is None:
        raise _failure(str(folder))
    return made


def _run(executable: Path, pages: Path, language: str, target: Path) -> None:
    options = ["--site", str(pages), "--output-path", str(target), "--force-language", language, "--keep-index-url"]
    ignored = [part for selector in IGNORED for part in ("--exclude-selectors", selector)]
    command = [str(executable), *options, "--silent", *ignored]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise _failure(done.stderr.strip())


def _failure(reason: str) -> PluginError:
    return PluginError(f"essaim-search : la recherche n'a pas pu être construite. {reason}")


def _page_of(fragment: Path) -> str:
    address: str = json.loads(decompress(fragment.read_bytes()).removeprefix(SIGNATURE))["url"]
    return uri_of(address)


def remove_others(folder: Path, kept: Iterable[str]) -> None:
    """Remove what stands in a folder but for some names."""
    for path in set(folder.iterdir()) - {folder / name for name in kept}:
        if path.is_dir():
            rmtree(path)
        else:
            path.unlink()
