"""The publication of one build: readers have the site of before, or the one of after."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from essaim.workspace.replacing import is_fresh
from mkdocs_essaim.building.lock import exchanging
from mkdocs_essaim.building.tree import (
    Manifest,
    Published,
    digest_of,
    files_of,
    link,
    published,
    put_in_place,
    remove,
    write,
    write_over,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many files a build wrote, removed, and left alone."""

    written: int
    removed: int
    unchanged: int


@dataclass(kw_only=True)
class Publication:
    """What a build publishes, gathered beside the site until all of it is there.

    `site` is the published folder and `beside` one of ours on the same disk; `standing` is what `site` holds that
    a build before this one put there, and nobody touched; `spare` describes the tree that it kept in `beside`.
    """

    site: Path
    beside: Path
    standing: Manifest
    spare: Manifest | None
    origins: Mapping[str, str]
    """Where the files that stand were copied from, by path."""
    fresh: dict[str, Published] = field(default_factory=dict, init=False)
    """What this build publishes, so far."""
    fresh_origins: dict[str, str] = field(default_factory=dict, init=False)
    _written: set[str] = field(default_factory=set, init=False)
    _there: set[str] | None = field(default=None, init=False)
    """All that stands in the site, once it was looked at."""

    def __post_init__(self) -> None:
        self.staging = self.beside / f"chantier-{os.getpid()}"
        """Where the files of this build are put that do not stand in the site yet."""
        self._tree = self.beside / f"chantier-{os.getpid()}-suivant"
        """Where the next site is put together; a build that is killed leaves none."""
        self._spare = self.beside / "suivant"

    def begin(self) -> None:
        """Make the room, in place of what a killed build left."""
        self.beside.mkdir(parents=True, exist_ok=True)
        (self.beside / ".gitignore").write_text("*\n")
        for left in self.beside.glob("chantier-*"):
            shutil.rmtree(left)
        self.staging.mkdir()

    def stands(self, path: str, digest: str) -> bool:
        """Whether a file of these bytes is published at a path already."""
        known = self.standing.get(path)
        return known is not None and known.digest == digest

    def stage(self, path: str, data: bytes) -> str:
        """Write a file for this build, unless it stands already; return its digest. A worker may do it."""
        digest = digest_of(data)
        if not self.stands(path, digest):
            write(self.staging / path, data)
        return digest

    def add(self, path: str, digest: str) -> None:
        """Publish a file that stands already or that was staged."""
        if self.stands(path, digest):
            self.fresh[path] = self.standing[path]
        else:
            self.fresh[path] = published(self.staging / path, digest)
            self._written.add(path)

    def add_data(self, path: str, data: bytes) -> None:
        """Publish some bytes."""
        self.add(path, self.stage(path, data))

    def add_file(self, path: str, source: Path, origin: str) -> None:
        """Publish a file of the disk; `origin` tells its bytes from others: read once, they are known by it."""
        self.fresh_origins[path] = origin
        known = self.standing.get(path)
        if known is not None and self.origins.get(path) == origin:
            self.add(path, known.digest)
        else:
            self.add_data(path, source.read_bytes())

    def add_kept(self, path: str, source: str) -> None:
        """Publish a file that we keep and never change, under a second name: its own tells its bytes from others."""
        self.fresh_origins[path] = source
        known = self.standing.get(path)
        if known is not None and (self.origins.get(path) == source or self._is_same(path, source)):
            self.add(path, known.digest)
            return
        target = self.staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        link(Path(source), target)
        self.add(path, digest_of(source.encode()))

    def _is_same(self, path: str, source: str) -> bool:
        return (self.site / path).read_bytes() == Path(source).read_bytes()

    def take(self, path: str) -> None:
        """Publish what a host wrote into the staging folder by itself."""
        data = (self.staging / path).read_bytes()
        digest = digest_of(data)
        if self.stands(path, digest):
            (self.staging / path).unlink()
        self.add(path, digest)

    def take_all(self) -> None:
        """Publish all that stands in the staging folder and was not added."""
        for path in [path for path in files_of(self.staging) if path not in self._written]:
            self.take(path)

    def look(self) -> None:
        """See now what stands in the site: it takes long, and may be done while others work."""
        self._there = self._paths_there()

    def commit(self) -> Counts:
        """Put the site of this build in place of the one before."""
        there = self._paths_there() if self._there is None else self._there
        removed = there - self.fresh.keys()
        counts = Counts(
            written=len(self._written), removed=len(removed), unchanged=len(self.fresh) - len(self._written)
        )
        if self._written or removed or not self.site.is_dir():
            tree = self._next()
            with exchanging(self.beside):
                self._keep_hidden(tree)
                if put_in_place(tree, self.site):
                    self.spare = self.standing if self.standing and there == self.standing.keys() else None
                else:
                    self._write_over(removed)
                    self.spare = None
        shutil.rmtree(self.staging, ignore_errors=True)
        return counts

    def abandon(self) -> None:
        """Leave the site as it is, and no file of this build: the disk may be full of them."""
        shutil.rmtree(self.staging, ignore_errors=True)
        shutil.rmtree(self._tree, ignore_errors=True)

    def end(self) -> None:
        """Keep the site of before for the next build, once what describes it is kept."""
        if self._tree.is_dir():
            self._tree.rename(self._spare)

    def _write_over(self, removed: set[str]) -> None:
        """Bring a site up to date file by file, each in one step: a volume can be given no other folder."""
        for path, file in self.fresh.items():
            write_over(self.site / path, (self._tree / path).read_bytes())
            self.fresh[path] = published(self.site / path, file.digest)
        remove(self.site, removed)
        shutil.rmtree(self._tree)

    def _paths_there(self) -> set[str]:
        """Return all that stands in the site, whoever put it there, but for what is hidden at its top."""
        return {path for path in files_of(self.site) if not path.startswith(".")}

    def _next(self) -> Path:
        """Return a whole tree of the new site, at the least cost: the one of before the last, brought up to date."""
        tree, known = self._tree, self.spare
        if not self.standing:
            shutil.rmtree(self._spare, ignore_errors=True)
            self.staging.rename(tree)
            return tree
        if known is not None and self._spare.is_dir():
            self._spare.rename(tree)
        else:
            shutil.rmtree(self._spare, ignore_errors=True)
            known = {}
            tree.mkdir()
        remove(tree, known.keys() - self.fresh.keys())
        for path, file in self.fresh.items():
            if path in self._written:
                self._place(self.staging / path, tree / path, is_ours=True)
            elif known.get(path) != file:
                self._place(self.site / path, tree / path, is_ours=False)
        return tree

    def _keep_hidden(self, tree: Path) -> None:
        """Keep what is hidden at the top of the site, as the host does: it is of those who publish it."""
        ours = {path.partition("/")[0] for path in self.fresh}
        for path in [path for path in tree.glob(".*") if path.name not in ours]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        for path in [path for path in self.site.glob(".*") if path.name not in ours and not is_fresh(path)]:
            if path.is_dir():
                shutil.copytree(path, tree / path.name, dirs_exist_ok=True)
            else:
                shutil.copy2(path, tree / path.name)

    def _place(self, source: Path, target: Path, *, is_ours: bool) -> None:
        """Put a file in the tree: ours moves there, one of the site is there too."""
        target.parent.mkdir(parents=True, exist_ok=True)
        if is_ours:
            source.replace(target)
        else:
            target.unlink(missing_ok=True)
            link(source, target)
