"""Which files make up a wiki."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename, dirname, join, normpath

import yaml

CONFIG = "mkdocs.yml"
TYPE_FILE = "_type.yml"
VARIABLES_FILE = "_cae.yml"
FACTS_FILE = "_faits.yml"
NEIGHBOURS_FILE = "_voisins.yml"
REDIRECTIONS_FILE = "_redirections.yml"
_SKIPPED = frozenset({"__pycache__", "node_modules", "venv"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Where things stand under the root: paths relative to it, with `/`."""

    docs_dir: str = "docs"
    site_dir: str = "site"
    without_lots: tuple[str, ...] = ()
    """The lots of types whose pages are shown to nobody."""

    def in_docs(self, name: str) -> str:
        """Return the path of a file of the documentation folder."""
        return normpath(join(self.docs_dir, name))


def find_root(start: Path) -> Path:
    """Return the folder of the nearest `mkdocs.yml` upwards; without one, the starting folder itself."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / CONFIG).is_file()), start)


def read_layout(root: Path) -> Layout:
    """Read what matters from `mkdocs.yml`, two folders and the lots left out; its other content is left alone."""
    config = root / CONFIG
    if not config.is_file():
        is_vault = (root / TYPE_FILE).is_file()  # a folder of notes, of which one may be called « docs »
        return Layout(docs_dir="docs" if (root / "docs").is_dir() and not is_vault else ".")
    try:
        node = yaml.compose(config.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError):  # the host will say what is wrong with its own file
        return Layout()
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    plain = (pair for pair in pairs if all(isinstance(node, yaml.ScalarNode) for node in pair))
    texts: dict[str, str] = {key.value: value.value for key, value in plain if value.value}
    names = ("docs_dir", "site_dir")
    folders = {name: _below(root, texts[name]) for name in names if name in texts}
    return Layout(**folders, without_lots=_without_lots(node))


def _without_lots(config: yaml.Node | None) -> tuple[str, ...]:
    """Return the lots that the options of the plugin `essaim` leave out, as the host reads them: in order, once."""
    found: tuple[str, ...] = ()
    for plugin in _items(_value(config, "plugins")):
        lots = _value(_value(plugin, "essaim"), "without_lots")
        found += tuple(lot.value for lot in _items(lots) if isinstance(lot, yaml.ScalarNode))
    return tuple(dict.fromkeys(found))


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Return what a mapping has under a key, the last if there are several; None when it is no mapping."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in reversed(pairs) if name.value == key), None)


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the items of a list; a mapping stands for a list of its own, as in `plugins`."""
    if isinstance(node, yaml.MappingNode):
        return [node]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _below(root: Path, folder: str) -> str:
    """Return a folder of the configuration relative to the root, as far as it is below it."""
    path = Path(os.path.normpath(folder))
    return (path.relative_to(root) if path.is_absolute() and path.is_relative_to(root) else path).as_posix()


def walk(root: Path, layout: Layout) -> Iterator[str]:
    """Yield every file of the wiki, relative to the root, in sorted order.

    Hidden and tool folders, the built site, symbolic links, names that are not UTF-8, and folders with a
    `mkdocs.yml` of their own are not part of it. Outside the documentation folder only the trees of collections
    are; a `_type.yml` at the root declares what the documentation folder holds and publishes nothing else.
    """
    files = [*_walk(root, "", layout)]
    if layout.docs_dir == ".":
        yield from files
        return
    collections = (path.removesuffix(TYPE_FILE) for path in files if basename(path) == TYPE_FILE)
    kept = (f"{layout.docs_dir}/", *filter(None, collections))
    yield from (path for path in files if path.startswith(kept) or path == TYPE_FILE)


def _walk(root: Path, folder: str, layout: Layout) -> Iterator[str]:
    """Yield the files under a folder (`''` or `a/b/`) in sorted order."""
    with os.scandir(root / folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = folder + entry.name
        if entry.is_symlink() or entry.name.startswith(".") or not _is_text(entry.name):
            continue
        if entry.is_file():
            yield path
        elif _is_part(entry, root / path / CONFIG) and path != layout.site_dir:
            yield from _walk(root, f"{path}/", layout)


def _is_text(name: str) -> bool:
    """Whether a name can be written in UTF-8, and so in a page, an address or a report."""
    return name.encode("utf-8", "replace").decode() == name


def _is_part(entry: os.DirEntry[str], config: Path) -> bool:
    return entry.is_dir() and entry.name not in _SKIPPED and not config.is_file()


def why_not_in(folder: Path, root: Path, layout: Layout) -> str:
    """Return why no command may fill a folder, as French words that follow its name; '' when one may."""
    if root.resolve().is_relative_to(folder.resolve()):
        return "contient le wiki lui-même"
    return "est parmi les fiches, et serait publié avec elles" if _is_among_pages(folder, root, layout) else ""


def _is_among_pages(folder: Path, root: Path, layout: Layout) -> bool:
    """Whether a folder is within what is published: what a command wrote there, for members too, would be as well."""
    here, top = folder.resolve(), root.resolve()
    docs = (top / layout.docs_dir).resolve()
    if docs != top and here.is_relative_to(docs):
        return True
    around = [parent for parent in (here, *here.parents) if parent != top and parent.is_relative_to(top)]
    return any((parent / TYPE_FILE).is_file() for parent in around)


def is_walked(root: Path, layout: Layout, path: str) -> bool:
    """Whether a file that would be written at a path is, as far as its folders go, part of the wiki."""
    *folders, name = path.split("/")
    here = root
    for number, folder in enumerate(folders, start=1):
        here /= folder
        if folder.startswith(".") or folder in _SKIPPED or here.is_symlink() or (here / CONFIG).is_file():
            return False
        if "/".join(folders[:number]) == layout.site_dir:
            return False
    return not name.startswith(".") and (not here.exists() or here.is_dir())


def is_read(path: str) -> bool:
    """Whether the engine reads a file's text; of other files only the existence matters."""
    return path.endswith(".md") or _is_setting(basename(path)) or is_inventory_copy(path)


def _is_setting(name: str) -> bool:
    """Whether a file may say something of the wiki: types name the files of their rows as they like."""
    return name.startswith("_") and name.endswith(".yml")


def is_inventory_copy(path: str) -> bool:
    """Whether a file is the copy of another cooperative's inventory."""
    return path.endswith(".json") and basename(dirname(path)) == "_voisins"


def is_stray(path: str) -> bool:
    """Whether a file passes for a page to a person or to MkDocs and is none: `Fiche.MD`, `fiche.md.orig`."""
    if path.endswith(".md"):
        return False
    name = basename(path).lower()
    return ".md" in name or name.endswith((".markdown", ".mdown", ".mkdn", ".mkd"))
