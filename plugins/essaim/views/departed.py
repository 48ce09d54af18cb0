"""What views know of the people who left: the words that stand for each, and what may be nowhere."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from essaim.folding import fold

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Departed:
    """The people who left. `words` are what stands for the names of each, by the path of their page.

    `names` are those they had, `files` the images and documents that were theirs.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    names: Collection[str] = frozenset()
    files: Collection[str] = frozenset()

    def __contains__(self, path: str) -> bool:
        return path in self.words

    def are_named(self, text: str) -> bool:
        """Whether a text that nobody can mend holds one of the names: a message of a commit, an old path."""
        said = _words(text)
        return any(said[at : at + length] in self._said for length in self._lengths for at in range(len(said)))

    @cached_property
    def _said(self) -> frozenset[tuple[str, ...]]:
        return frozenset(map(_words, self.names)) - {()}

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(map(len, self._said))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


NOBODY_LEFT = Departed()
