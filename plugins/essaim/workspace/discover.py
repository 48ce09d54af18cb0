"""Which files make up a wiki."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename

from essaim.schema.model import Schema
from essaim.source import SourceFile
from essaim.syntax.nodes import Mapping, Scalar
from essaim.syntax.yaml import parse_yaml

CONFIG = "mkdocs.yml"
TYPE_FILE = "_type.yml"
_SKIPPED = frozenset({"__pycache__", "node_modules", "venv"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Where things stand under the root: paths relative to it, with `/`."""

    docs_dir: str = "docs"
    site_dir: str = "site"


def find_root(start: Path) -> Path:
    """Return the folder of the nearest `mkdocs.yml` upwards; without one, the starting folder itself."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / CONFIG).is_file()), start)


def read_layout(root: Path) -> Layout:
    """Read the two folders that matter from `mkdocs.yml`; its tags and other content are left alone."""
    config = root / CONFIG
    if not config.is_file():
        return Layout(docs_dir="docs" if (root / "docs").is_dir() else ".")
    source = SourceFile.from_bytes(CONFIG, config.read_bytes())
    node, _ = parse_yaml(source, 0, len(source.text), comments=True)
    found = {}
    for key in ("docs_dir", "site_dir"):
        value = node.get(key) if isinstance(node, Mapping) else None
        if isinstance(value, Scalar) and value.text:
            found[key] = Path(os.path.normpath(value.text)).as_posix()
    return Layout(**found)


def walk(root: Path, layout: Layout) -> Iterator[str]:
    """Yield every file of the wiki, relative to the root, in sorted order.

    Hidden and tool folders, the built site, symbolic links, and folders with a `mkdocs.yml` of their own are
    not part of it. Outside the documentation folder only the trees of collections are.
    """
    files = [*_walk(root, "", layout)]
    collections = [path.removesuffix(TYPE_FILE) for path in files if basename(path) == TYPE_FILE]
    roots = [*collections, "" if layout.docs_dir == "." else f"{layout.docs_dir}/"]
    if "" in roots:
        yield from files
        return
    kept = tuple(roots)
    yield from (path for path in files if path.startswith(kept))


def _walk(root: Path, folder: str, layout: Layout) -> Iterator[str]:
    """Yield the files under a folder (`''` or `a/b/`) in sorted order."""
    with os.scandir(root / folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = folder + entry.name
        if entry.is_symlink() or entry.name.startswith("."):
            continue
        if entry.is_file():
            yield path
        elif _is_part(entry, root / path / CONFIG) and path != layout.site_dir:
            yield from _walk(root, f"{path}/", layout)


def _is_part(entry: os.DirEntry[str], config: Path) -> bool:
    return entry.is_dir() and entry.name not in _SKIPPED and not config.is_file()


def is_hidden(path: str) -> bool:
    """Whether a part of a path starts with `_` or `.`: such files are never published."""
    return re.search(r"(?:^|/)[_.]", path) is not None


def is_page(path: str, schema: Schema, layout: Layout) -> bool:
    """Whether a file is a page: Markdown, published, in the documentation folder or in a collection."""
    if not path.endswith(".md") or is_hidden(path):
        return False
    if layout.docs_dir == "." or path.startswith(f"{layout.docs_dir}/"):
        return True
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in schema.by_folder:
            return True
    return False
