"""What answers were found in: a change to a page puts in doubt the answers that stand on it."""

from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Grounds:
    """The pages that an answer was found in, and the other answers that it took over.

    These stand in it as they are, with their own grounds: a value that a thousand pages ask for, and that depends on
    a thousand, is not a million paths. No answer stands on itself.
    """

    pages: set[str] = field(default_factory=set)
    answers: set["Grounds"] = field(default_factory=set)
    by_links: bool = False
    """Whether it was found by going from page to page along links of bodies, for which pages have no field."""

    def all_pages(self) -> set[str]:
        """Return every page that the answer depends on."""
        return self.pages.union(*(answer.all_pages() for answer in self.answers))

    def are_only(self, path: str) -> bool:
        """Whether the answer depends on one page at most, that at a path."""
        return not self.answers and self.pages <= {path}

    def are_among(self, moved: Collection[str], known: dict["Grounds", bool]) -> bool:
        """Whether the answer depends on a page that moved; `known` keeps what was found of the same pages."""
        if self not in known:
            is_moved = not self.pages.isdisjoint(moved)
            known[self] = is_moved or any(answer.are_among(moved, known) for answer in self.answers)
        return known[self]
