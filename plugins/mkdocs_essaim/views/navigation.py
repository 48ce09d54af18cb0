"""A navigation of sections and index pages: it grows with the kinds of pages, not with their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from essaim.folding import fold

Nav = list[dict[str, Any]]
_COVERS = ("index.md", "README.md")
LISTS = "Vie du wiki"
"""Label of the section of the list pages."""


@dataclass(kw_only=True, slots=True)
class _Folder:
    """A folder of the published tree: its own index, and the folders below that have one."""

    index: str | None = None
    folders: dict[str, "_Folder"] = field(default_factory=dict)


def build_navigation(indexes: Mapping[str, str], first: Sequence[str]) -> Nav:
    """Return the `nav` of a site from the labels of its index pages by source URI.

    The index of a folder is in it, or beside it under its name.

    `first` are the URIs that come first, in their order, among their neighbours; the others follow by label.
    """
    top = _Folder()
    for uri in indexes:
        place = top
        folder = uri.rpartition("/")[0] if uri.endswith(_COVERS) else uri.removesuffix(".md")
        for name in folder.split("/") if folder else ():
            place = place.folders.setdefault(name, _Folder())
        place.index = uri
    entries: Nav = [{indexes[top.index]: top.index}] if top.index else []
    return entries + _entries(top, indexes, first)


def list_section(titles: Mapping[str, str]) -> Nav:
    """Return the section of the list pages, from their titles by source URI; nothing when there is none."""
    return [{LISTS: [{title: uri} for uri, title in titles.items()]}] if titles else []


def _entries(folder: _Folder, labels: Mapping[str, str], first: Sequence[str]) -> Nav:
    entries: list[tuple[int, str, dict[str, Any]]] = []
    for name, inner in folder.folders.items():
        below = _entries(inner, labels, first)
        label = labels[inner.index] if inner.index else name.replace("-", " ").capitalize()
        rank = first.index(inner.index) if inner.index in first else len(first)
        if below and inner.index:
            entries.append((rank, fold(label), {label: [{label: inner.index}, *below]}))
        elif below or inner.index:
            entries.append((rank, fold(label), {label: below or inner.index}))
    return [entry for _, _, entry in sorted(entries, key=lambda e: e[:2])]
