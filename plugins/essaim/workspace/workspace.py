"""The one place that keeps state: which files were read, and the analysis they give."""

from datetime import date
from pathlib import Path

from essaim.source import SourceFile
from essaim.workspace.analysis import Analysis, Change
from essaim.workspace.discover import Layout, find_root, read_layout, walk
from essaim.workspace.incremental import analyze, is_read, update


class Workspace:
    """A wiki on disk. `refresh` reads it and brings the analysis up to date."""

    def __init__(self, root: Path, today: date) -> None:
        self.root = root
        self.today = today
        self._analysis: Analysis | None = None
        self._layout: Layout | None = None

    @classmethod
    def around(cls, start: Path, today: date) -> "Workspace":
        """Open the wiki that a folder is part of."""
        return cls(find_root(start), today)

    @property
    def layout(self) -> Layout:
        """The folders that `mkdocs.yml` names, as last read."""
        if self._layout is None:
            self._layout = read_layout(self.root)
        return self._layout

    def refresh(self, today: date | None = None) -> Analysis:
        """Return the analysis of what is on disk now; only files whose content changed are parsed."""
        self._layout = read_layout(self.root)
        self.today = today or self.today
        changes = self.changes()
        known = self._analysis
        if known is None or known.layout != self._layout or known.today != self.today:
            self._analysis = analyze(self._read_all(), self._layout, self.today)
        else:
            self._analysis = update(known, changes)
        return self._analysis

    def changes(self) -> list[Change]:
        """Compare the disk with the analysis, by content; all files are changes when there is none yet."""
        if self._analysis is None:
            return []
        known = self._analysis
        found = []
        paths = set()
        for change in self._read_all():
            paths.add(change.path)
            old = known.sources.get(change.path)
            if change.path not in known.files or (change.source and (not old or old.digest != change.source.digest)):
                found.append(change)
        gone = [Change(path=path, exists=False) for path in known.files - paths]
        return found + gone

    def _read_all(self) -> list[Change]:
        return [self._read(path) for path in walk(self.root, self.layout)]

    def _read(self, path: str) -> Change:
        if not is_read(path):
            return Change(path=path)
        return Change(path=path, source=SourceFile.from_bytes(path, (self.root / path).read_bytes()))
