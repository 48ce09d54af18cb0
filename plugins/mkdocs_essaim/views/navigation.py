"""A navigation of sections and index pages: it grows with the kinds of pages, not with their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from essaim.folding import fold

Nav = list[dict[str, Any]]
_COVERS = ("index.md", "README.md")
LISTS = "Vie du wiki"
"""Label of the section of the list pages."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """Pages that stand together under a title of the navigation, by source URI, in their order."""

    title: str
    uris: tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class _Folder:
    """A folder of the published tree: its own index, and the folders below that have one."""

    index: str | None = None
    folders: dict[str, "_Folder"] = field(default_factory=dict)


def build_navigation(
    indexes: Mapping[str, str],
    first: Sequence[str | Section],
    pages: Mapping[str, str] | None = None,
    lists: Mapping[str, str] | None = None,
) -> Nav:
    """Return the `nav` of a site from the labels of its index pages by source URI.

    The index of a folder is in it, or beside it under its name.

    `first` are the URIs and the sections that come first, in their order, among their neighbours; the others
    follow by label. `pages` are the labels of the other pages that it may name; a section of which nothing
    is published does not show. `lists` are the labels of the list pages: they end the section of their name, or all.
    """
    top = _Folder()
    for uri in indexes:
        place = top
        folder = uri.rpartition("/")[0] if uri.endswith(_COVERS) else uri.removesuffix(".md")
        for name in folder.split("/") if folder else ():
            place = place.folders.setdefault(name, _Folder())
        place.index = uri
    home: Nav = [{indexes[top.index]: top.index}] if top.index else []
    entries = _Entries(indexes, first, pages or {})
    below = entries.below(top)
    ranked = [*below, *entries.sections()]
    ending = [{title: uri} for uri, title in (lists or {}).items()]
    nav = home + [entry for _, _, entry in sorted(ranked, key=lambda one: one[:2])]
    if not ending:
        return nav
    own = next((entry[LISTS] for entry in nav if isinstance(entry.get(LISTS), list)), None)
    if own is None:
        return [*nav, {LISTS: ending}]
    own += ending
    return nav


class _Entries:
    """Makes the entries of folders, each with its rank and its folded label; sets aside those that sections take."""

    def __init__(self, labels: Mapping[str, str], first: Sequence[str | Section], pages: Mapping[str, str]) -> None:
        self._labels = labels
        self._first = first
        self._taken: dict[str, dict[str, Any] | None] = {
            uri: {pages[uri]: uri} if uri in pages else None
            for one in first
            for uri in (one.uris if isinstance(one, Section) else (one,) if one in pages else ())
        }

    def below(self, folder: _Folder) -> list[tuple[int, str, dict[str, Any]]]:
        """Return the entries below a folder, but those that a section takes."""
        entries = []
        for name, inner in folder.folders.items():
            found = [entry for _, _, entry in sorted(self.below(inner), key=lambda one: one[:2])]
            label = self._labels[inner.index] if inner.index else name.replace("-", " ").capitalize()
            if not found and not inner.index:
                continue
            entry = {label: [{label: inner.index}, *found] if found and inner.index else found or inner.index}
            if inner.index in self._taken:
                self._taken[inner.index] = entry
            else:
                entries.append((self._rank(inner.index), fold(label), entry))
        return entries

    def sections(self) -> list[tuple[int, str, dict[str, Any]]]:
        """Return the sections, and the pages that stand alone between them; asked once all folders are known."""
        entries = []
        for rank, one in enumerate(self._first):
            uris = one.uris if isinstance(one, Section) else (one,) if one in self._taken else ()
            kept = [entry for entry in map(self._taken.get, uris) if entry is not None]
            if kept and isinstance(one, Section):
                entries.append((rank, "", {one.title: kept}))
            elif kept:
                entries.append((rank, "", kept[0]))
        return entries

    def _rank(self, uri: str | None) -> int:
        return self._first.index(uri) if uri in self._first else len(self._first)
