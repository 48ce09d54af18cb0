"""Folding commits into the past of each page: oldest first, one at a time, so that the next ones can follow later."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from essaim.pages.history import Revision
from essaim_git.stream import Commit, FileChange
from essaim_git.trail import Recent, Trail

RECENT = 200
"""How many of the last changes are kept: more than is shown, for some are not for everybody."""


@dataclass(kw_only=True, slots=True)
class Past:
    """All that a log told so far.

    `here` are the pages by path, `gone` those removed, each with its last content; `moved` is where the page of a
    path went: a branch that forked before may still name it there.
    """

    head: str = ""
    commits: int = 0
    is_cut: bool = False
    here: dict[str, Trail] = field(default_factory=dict)
    gone: dict[str, tuple[Trail, str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    recent: list[Recent] = field(default_factory=list)

    def add(self, commit: Commit, *, is_boundary: bool) -> None:
        """Fold in the next commit. Of one at the boundary of a cut clone, only which pages existed is known."""
        self.head = commit.id
        self.commits += 1
        self.is_cut |= is_boundary
        author, subject = ("", "") if is_boundary else (commit.author, commit.subject)
        revision = Revision(commit.id, commit.when, author, subject)
        pages = (file for file in commit.files if file.new.endswith(".md") or file.old.endswith(".md"))
        files = sorted(pages, key=lambda file: (file.new, file.old))
        steps = [step for file in files for step in _steps(file)]
        leaving = [file for file in steps if file.status in "DR"]
        taken = {file.old: self._take(file) for file in leaving}
        for number, file in enumerate(steps):
            trail = self._place(file, taken, revision, is_boundary=is_boundary)
            if trail is not None and not is_boundary:
                self.recent.append(Recent(self.commits, number, _KINDS[file.status], revision, trail))
        if len(self.recent) > 4 * RECENT:
            self.trim()

    def trim(self) -> None:
        """Keep the last changes only, newest first."""
        self.recent.sort(key=lambda r: (r.revision.when, r.order, -r.number), reverse=True)
        del self.recent[RECENT:]

    def _take(self, file: FileChange) -> Trail | None:
        """Take a page away from its path; a branch that lags behind takes a copy."""
        trail = self.here.pop(file.old, None)
        if trail is None:
            known = self._find(file.old) if file.status == "R" else None
            return replace(known, counts=dict(known.counts)) if known else None
        if file.status == "D":
            self.gone[file.old] = trail, file.before
        return trail

    def _place(
        self, file: FileChange, taken: dict[str, Trail | None], revision: Revision, *, is_boundary: bool
    ) -> Trail | None:
        """Return the page that a file is after a commit, or was; None when nothing happened to it."""
        if file.status == "D":
            return taken[file.old]
        if file.status == "R":
            trail = taken[file.old]
            self.moved[file.old] = file.new
        elif file.status == "A":
            trail = self.here.get(file.new) or self._restored(file)
        else:
            trail = self._find(file.new)
        is_same = file.before == file.after
        if trail is None:
            trail = Trail(path=file.new, first=revision, last=revision, is_cut=is_boundary)
            is_same = False
        if not (is_same or is_boundary):
            trail.touch(revision)
        if file.status != "M" or self.here.get(trail.path) is not trail:
            self._settle(trail, file.new)
        return None if is_same and file.status == "M" else trail

    def _settle(self, trail: Trail, path: str) -> None:
        trail.path = path
        self.here[path] = trail
        self.gone.pop(path, None)
        self.moved.pop(path, None)

    def _restored(self, file: FileChange) -> Trail | None:
        """Return the page removed from a path if it comes back as it was; other content is another page."""
        trail, content = self.gone.get(file.new, (None, ""))
        return trail if content == file.after else None

    def _find(self, path: str) -> Trail | None:
        """Return the page that a path names, or named when another branch forked."""
        seen = set()
        while path in self.moved and path not in self.here and path not in seen:
            seen.add(path)
            path = self.moved[path]
        return self.here.get(path) or self.gone.get(path, (None,))[0]


_KINDS = {"A": "added", "M": "changed", "R": "renamed", "D": "removed"}


def _steps(file: FileChange) -> Iterator[FileChange]:
    """Yield what happened to pages: a page made of another kind of file is new, one made into one is gone."""
    if file.status != "R":
        yield file._replace(status=file.status if file.status in _KINDS else "M")
    elif file.old.endswith(".md") and file.new.endswith(".md"):
        yield file
    elif file.new.endswith(".md"):
        yield file._replace(status="A", old=file.new)
    else:
        yield file._replace(status="D", new=file.old)
