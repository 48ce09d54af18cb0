"""The one place that keeps state: which files were read, and the analysis they give."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from essaim.source import SourceFile
from essaim.workspace.cache import load_report, report_key, save_report
from essaim.workspace.changes import Change, Report
from essaim.workspace.discover import Layout, find_root, is_read, read_layout, walk
from essaim.workspace.measured import MeasuredFiles

if TYPE_CHECKING:
    from essaim.workspace.analysis import Analysis


class Workspace:
    """A wiki on disk. `refresh` reads it and brings the analysis up to date."""

    def __init__(self, root: Path, today: date, layout: Layout | None = None) -> None:
        """Open the wiki of a folder; its layout is read from `mkdocs.yml` unless a host has done so."""
        self.root = root
        self.today = today
        self._analysis: Analysis | None = None
        self._given = layout
        self._measured = MeasuredFiles(root)

    @classmethod
    def around(cls, start: Path, today: date) -> "Workspace":
        """Open the wiki that a folder is part of."""
        return cls(find_root(start), today)

    def refresh(self, today: date | None = None) -> "Analysis":
        """Return the analysis of what is on disk now; only files whose content changed are parsed.

        Raises UnknownLot when `mkdocs.yml` leaves out a lot that is none.
        """
        self.today = today or self.today
        layout = self._given or read_layout(self.root)
        return self._bring_up_to_date(self._read_all(layout), layout)

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
            analysis = self._bring_up_to_date(files, layout)
            report = analysis.summary, (analysis.informed if with_mentions else analysis.diagnostics)
            save_report(self.root, key, report)
        return report

    def source(self, path: str) -> SourceFile | None:
        """Return a file of the wiki as it is on disk, or None when there is none."""
        file = self.root / path
        return SourceFile.from_bytes(path, file.read_bytes()) if file.is_file() else None

    def _bring_up_to_date(self, files: list[Change], layout: Layout) -> "Analysis":
        from essaim.workspace.incremental import analyze, update  # the whole engine: not for an unchanged wiki
        from essaim.workspace.lots import check_lots

        known = self._analysis
        if known is None or known.layout != layout or known.today != self.today:
            self._analysis = analyze(files, layout, self.today)
        else:
            self._analysis = update(known, _changes(known, files))
        check_lots(layout, self._analysis.schema)
        return self._analysis

    def _read_all(self, layout: Layout) -> list[Change]:
        return [self._read(path) for path in walk(self.root, layout)]

    def _read(self, path: str) -> Change:
        if not is_read(path):
            return self._measure(path)
        try:
            data = (self.root / path).read_bytes()
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
