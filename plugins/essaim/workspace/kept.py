"""The analysis of a wiki, kept for the next process: only what changed since is parsed again.

The analysis is kept whole once in a while. After an edit only the files that changed since are kept, as they were,
beside it: an update by these is the analysis that there was. Documents are not kept: they are had again from their
texts in less time than it takes to write them, and most are never asked for.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from posixpath import basename
from typing import Any, NamedTuple

import yaml

from essaim.source import SourceFile
from essaim.workspace.analysis import Analysis
from essaim.workspace.cache import FOLDER, engine, prepare_folder
from essaim.workspace.changes import Change
from essaim.workspace.discover import TYPE_FILE, Layout
from essaim.workspace.incremental import is_reworded, update
from essaim.workspace.pickling import Unreadable, from_bytes, to_bytes
from essaim.workspace.reassembly import put_together, take_apart
from essaim.workspace.sealed import open_sealed, write_sealed

_FORMAT = 1
_ANY = "analyse-*"
_SINCE = "-depuis"
"""What the name of the file adds, for the file of what changed since."""
_FEW = 100
"""How many files may have changed since the analysis was kept whole, or the fiftieth of all if that is more; as many
pages may have had their links looked at again, as a title that many name has it done: each process would do it anew.
"""


class _Whole(NamedTuple):
    """An analysis as it is kept whole, under the digest of its file."""

    digest: bytes
    analysis: Analysis


class KeptAnalysis:
    """What a file holds of the analysis that the last process of its kind ended with, if anything."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._since = file.with_name(file.name + _SINCE)
        self._whole: _Whole | None = None
        self._last: Analysis | None = None

    def load(self, layout: Layout, sources: Mapping[str, SourceFile]) -> Analysis | None:
        """Return the analysis that was kept last, of whatever day; None when there is none of this engine and layout.

        `sources` are the files as they are now: texts that did not change are taken from there.
        """
        file = open_sealed(self._file, _about(layout))
        if file is None:
            return None
        try:
            whole = _Whole(file.digest, put_together(file, layout, sources))
            since = _read_since(self._since, layout, whole.digest)
        except Unreadable:
            return None
        finally:
            file.close()
        self._whole = whole
        self._last = whole.analysis if since is None else update(whole.analysis, *since)
        return self._last

    def load_beside(self, layout: Layout, sources: Mapping[str, SourceFile]) -> Analysis | None:
        """Return what a process of another kind kept beside it, the latest that can be loaded."""
        files = [file for file in self._file.parent.glob(_ANY) if not file.name.endswith(_SINCE)]
        for file in sorted(files, key=_written, reverse=True):
            analysis = KeptAnalysis(file).load(layout, sources) if file != self._file else None
            if analysis is not None:
                return analysis
        return None

    def keep(self, analysis: Analysis) -> None:
        """Keep an analysis in place of the last."""
        if analysis is self._last or not prepare_folder(self._file.parent):
            return
        self._last = analysis
        if self._whole is None or not self._keep_since(self._whole, analysis):
            self._keep_whole(analysis)

    def _keep_since(self, whole: _Whole, analysis: Analysis) -> bool:
        """Keep what changed since the analysis that is kept whole, if that is little; return whether it was."""
        if whole.analysis.layout != analysis.layout:
            return False
        changes = [*changes_between(whole.analysis, analysis)]
        has_types = any(basename(change.path) == TYPE_FILE for change in changes)
        few = max(_FEW, len(analysis.files) // 50)
        again = _resolved_again(whole.analysis, analysis, [change.path for change in changes])
        if has_types or len(changes) > few or again > few:
            return False
        head = to_bytes((whole.digest, tuple(changes), analysis.today))
        return write_sealed(self._since, _about(analysis.layout), head) is not None

    def _keep_whole(self, analysis: Analysis) -> None:
        try:
            head, texts = take_apart(analysis)
            self._since.unlink(missing_ok=True)
        except (Unreadable, OSError):
            return
        digest = write_sealed(self._file, _about(analysis.layout), head, texts)
        self._whole = None if digest is None else _Whole(digest, analysis)


def kept_file(root: Path, kind: str) -> Path:
    """Return where processes of a kind keep the analysis of a wiki; each kind starts from its own last one."""
    return root / FOLDER / _ANY.replace("*", kind)


def _written(file: Path) -> float:
    return file.stat().st_mtime if file.is_file() else 0


def state_of(analysis: Analysis) -> str:
    """Digest what an analysis was made from: two of the same state are the same."""
    digest = blake2b(repr((_about(analysis.layout), analysis.today)).encode(), digest_size=16)
    for path in sorted(analysis.files):
        source = analysis.sources.get(path)
        entry = f"{path}\0{source.digest if source else ''}\0{analysis.facts.get(path)}\n"
        digest.update(entry.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def changes_between(before: Analysis, after: Analysis) -> Iterator[Change]:
    """Yield the changes of files that lead from one analysis to another."""
    for path in sorted(after.files):
        old, new = before.sources.get(path), after.sources.get(path)
        is_edited = old is not new and (old is None or new is None or old.digest != new.digest)
        facts = after.facts.get(path)
        if path not in before.files or is_edited or before.facts.get(path) != facts:
            yield Change(path=path, source=new, facts=facts)
    for path in sorted(before.files - after.files):
        yield Change(path=path, exists=False)


def _resolved_again(before: Analysis, after: Analysis, changed: Iterable[str]) -> int:
    """Return how many pages name those that changed and are called otherwise than before, or have other sections."""
    pairs = ((path, before.graph.pages.get(path), after.graph.pages.get(path)) for path in changed)
    renamed = (path for path, old, new in pairs if old and new and is_reworded(old, new))
    return sum(max(len(one.graph.into.get(path, ())) for one in (before, after)) for path in renamed)


def _about(layout: Layout) -> str:
    """Return what an analysis depends on beside the files and the day; where the site is built is no part of it."""
    return repr((_FORMAT, sys.version, yaml.__version__, engine(), layout.docs_dir, layout.without_lots))


def _read_since(path: Path, layout: Layout, whole: bytes) -> tuple[tuple[Change, ...], Any] | None:
    """Return what changed since the analysis of a digest was kept whole, and the day; None when nothing did."""
    file = open_sealed(path, _about(layout))
    if file is None:
        return None
    file.close()
    digest, changes, today = from_bytes(file.head)
    return (changes, today) if digest == whole else None
