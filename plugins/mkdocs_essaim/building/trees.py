"""What is kept of the published tree from one build to the next, and of the one that will make the next."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs_essaim.building.tree import Manifest, Published
from mkdocs_essaim.kept_json import load_json, save_json

_FILE = "arbres.json"
_FORMAT = 1


class Trees(NamedTuple):
    """The files of the tree that was published, and of the one before it, if we kept it."""

    manifest: Manifest
    origins: Mapping[str, str]
    """Where the files that are no pages were copied from, by path."""
    spare: Manifest | None


NO_TREES = Trees(manifest={}, origins={}, spare=None)


def recall_trees(folder: Path) -> Trees:
    """Return the trees of the last build; none when what is kept is missing, damaged, or of another version."""
    data = load_json(folder / _FILE, _FORMAT)
    if data is None:
        return NO_TREES
    try:
        manifest = _manifest(data["manifest"])
        spare = _spare(manifest, *data["spare"]) if data["spare"] else None
        return Trees(manifest=manifest, origins=dict(data["origins"]), spare=spare)
    except (ValueError, LookupError, TypeError, AttributeError):
        return NO_TREES


def remember_trees(folder: Path, trees: Trees) -> None:
    """Keep the trees of a build, in place of those of the last."""
    spare = None if trees.spare is None else _differences(trees.manifest, trees.spare)
    save_json(folder / _FILE, {**trees._asdict(), "spare": spare}, _FORMAT)


def _manifest(data: Mapping[str, Any]) -> dict[str, Published]:
    return {path: Published(*file) for path, file in data.items()}


def _differences(manifest: Manifest, spare: Manifest) -> tuple[Manifest, list[str]]:
    """Return what the tree of before has that the published one has not, and the files that it has not."""
    return {path: file for path, file in spare.items() if manifest.get(path) != file}, [
        *manifest.keys() - spare.keys()
    ]


def _spare(manifest: Manifest, others: Mapping[str, Any], without: Iterable[str]) -> Manifest:
    """Return the files of the tree of before, which has most of those of the published one."""
    spare = {**manifest, **_manifest(others)}
    for path in without:
        del spare[path]
    return spare
