"""What a log tells of one page, as it is being read."""

from dataclasses import dataclass, field
from typing import NamedTuple

from essaim.pages.history import PageHistory, Revision


@dataclass(kw_only=True, slots=True, eq=False)
class Trail:
    """One page under all its names. `path` is where it is, or was last; `counts` is how often each changed it."""

    path: str
    first: Revision
    last: Revision
    counts: dict[str, int] = field(default_factory=dict)
    is_cut: bool = False

    def touch(self, revision: Revision) -> None:
        """Count a change. Branches come one after the other: dates say which change is the first and the last."""
        if revision.when < self.first.when and not self.is_cut:
            self.first = revision
        if revision.when >= self.last.when or not self.counts:
            self.last = revision
        self.counts[revision.author] = self.counts.get(revision.author, 0) + 1

    @property
    def history(self) -> PageHistory:
        """The trail as a value."""
        authors = sorted(self.counts, key=lambda name: (-self.counts[name], name))
        return PageHistory(
            first=self.first,
            last=self.last,
            authors=tuple(authors),
            changes=sum(self.counts.values()),
            is_cut=self.is_cut,
        )


class Recent(NamedTuple):
    """One of the last changes; `order` is the rank of its commit, `number` its own there."""

    order: int
    number: int
    kind: str
    revision: Revision
    trail: Trail
