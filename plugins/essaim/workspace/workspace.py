"""The one place that keeps state: which files were read, and the analysis they give."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from essaim.source import SourceFile
from essaim.workspace.cache import has_report, load_report, report_key, save_report
from essaim.workspace.changes import Change, Report
from essaim.workspace.collector import without_collector
from essaim.workspace.discover import Layout, find_root, is_read, read_layout, walk
from essaim.workspace.measured import MeasuredFiles

if TYPE_CHECKING:
    from essaim.workspace.analysis import Analysis
    from essaim.workspace.kept import KeptAnalysis


class Workspace:
    """A wiki on disk. `refresh` reads it and brings the analysis up to date."""

    def __init__(self, root: Path, today: date, layout: Layout | None = None) -> None:
        """Open the wiki of a folder; its layout is read from `mkdocs.yml` unless a host has done so."""
        self.root = root
        self.today = today
        self._analysis: Analysis | None = None
        self._given = layout
        self._measured = MeasuredFiles(root)
        self._kept: KeptAnalysis | None = None
        self._is_fresh = False
        self.before: Analysis | None = None
        """The analysis that the last process of the kind of this one kept, of whatever day, if it started from it."""

    @classmethod
    def around(cls, start: Path, today: date) -> "Workspace":
        """Open the wiki that a folder is part of."""
        return cls(find_root(start), today)

    def refresh(self, today: date | None = None, *, kept: Path | None = None) -> "Analysis":
        """Return the analysis of what is on disk now; only files whose content changed are parsed.

        `kept` is the file where the last process of its kind may have kept its analysis: it is then `before`, and
        what changed since is all that is parsed. Raises UnknownLot when `mkdocs.yml` leaves out a lot that is none.
        """
        self.today = today or self.today
        layout = self._given or read_layout(self.root)
        return self._bring_up_to_date(self._read_all(layout), layout, kept)

    def reread(self, paths: Iterable[str]) -> "Analysis":
        """Return the analysis with some pages, which there were before, as they are on disk now; others are not read.

        `refresh` must have been called.
        """
        from essaim.workspace.incremental import update

        if self._analysis is None:
            raise RuntimeError("nothing was read before")
        with without_collector(lasting=False):
            changes = [self._read(path) for path in sorted(paths)]
            self._analysis = update(self._analysis, changes, self.today)
        return self._analysis

    def keep(self) -> None:
        """Keep the analysis in the file that `refresh` was given, for the next process of its kind to start from."""
        if self._kept is not None and self._analysis is not None:
            with without_collector():
                self._kept.keep(self._analysis)

    def report(self, *, with_mentions: bool = False) -> Report:
        """Return the counts and diagnostics of what is on disk now; of an unchanged wiki, the ones kept.

        `with_mentions` adds what could be linked or explained in the texts, which takes longer to find. Raises as
        `refresh` does.
        """
        layout = self._given or read_layout(self.root)
        files = self._read_all(layout)
        key = report_key(files, layout, self.today, with_mentions=with_mentions)
        report = load_report(self.root, key)
        if report is None:
            from essaim.workspace.kept import kept_file

            checks_often = has_report(self.root)  # who checks once, as a machine does, has no use for what is kept
            analysis = self._bring_up_to_date(files, layout, kept_file(self.root, "check"))
            report = analysis.summary, (analysis.informed if with_mentions else analysis.diagnostics)
            save_report(self.root, key, report)
            if self.before is not None or (self._is_fresh and checks_often):
                self.keep()
        return report

    def has(self, path: str) -> bool:
        """Whether there is a file at a path now."""
        return (self.root / path).is_file()

    def source(self, path: str) -> SourceFile | None:
        """Return a file of the wiki as it is on disk, or None when there is none."""
        file = self.root / path
        return SourceFile.from_bytes(path, file.read_bytes()) if file.is_file() else None

    def _bring_up_to_date(self, files: list[Change], layout: Layout, kept: Path | None = None) -> "Analysis":
        from essaim.workspace.incremental import analyze, update  # the whole engine: not for an unchanged wiki
        from essaim.workspace.lots import check_lots

        known = self._analysis
        with without_collector(lasting=known is None):
            if known is None and kept is not None:
                known = self._load(kept, files, layout)
            self._is_fresh = known is None or known.layout != layout
            if known is None or known.layout != layout:
                self._analysis = analyze(files, layout, self.today)
            else:
                self._analysis = update(known, _changes(known, files), self.today)
        check_lots(layout, self._analysis.schema)
        return self._analysis

    def _load(self, file: Path, files: list[Change], layout: Layout) -> "Analysis | None":
        from essaim.workspace.kept import KeptAnalysis

        sources = {change.path: change.source for change in files if change.source is not None}
        self._kept = KeptAnalysis(file)
        self.before = self._kept.load(layout, sources)
        return self.before or self._kept.load_beside(layout, sources)

    def _read_all(self, layout: Layout) -> list[Change]:
        return [self._read(path) for path in walk(self.root, layout)]

    def _read(self, path: str) -> Change:
        if not is_read(path):
            return self._measure(path)
        try:
            with open(f"{self.root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - for each file of a wiki
                data = file.read()
        except FileNotFoundError:  # gone since the folder was listed
            return Change(path=path, exists=False)
        return Change(path=path, source=SourceFile.from_bytes(path, data))

    def _measure(self, path: str) -> Change:
        try:
            return Change(path=path, facts=self._measured.measure(path))
        except FileNotFoundError:  # gone since the folder was listed
            return Change(path=path, exists=False)
        except PermissionError:  # the host will say so when it copies it
            return Change(path=path)


def _changes(known: "Analysis", files: list[Change]) -> list[Change]:
    """Compare the files on disk with an analysis, by content."""
    changed = []
    for change in (change for change in files if change.exists):
        old = known.sources.get(change.path)
        is_edited = change.source and (not old or old.digest != change.source.digest)
        if change.path not in known.files or is_edited or known.facts.get(change.path) != change.facts:
            changed.append(change)
    gone = known.files - {change.path for change in files if change.exists}
    return changed + [Change(path=path, exists=False) for path in sorted(gone)]
