"""The names of pages as a text says them: words that follow one another, whatever their case and accents."""

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from essaim.folding import fold, forms
from essaim.graph.model import Graph
from essaim.pages.page import Page
from essaim.schema.model import COVERS

_WORD = re.compile(r"[^\s!-/:-@\[-^`{-~\x02‐‑–—‘’ʼ“”«»…]+")
_GAP = re.compile(r"[ \u00a0\u202f!\"$%&'()+,./:;=?@^~‐‑–—‘’ʼ“”«»…-]{1,4}")
"""What may stand between two words of one name: no markup, no end of line, nothing that is code or a link."""
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_PREPOSITIONS = frozenset("a avec chez dans de en par pour sans sous sur vers".split())
_END = "\n"
"""The key under which a node of the trie holds the names that end there: no folded word is this."""
_MAX_WORDS = 16
"""Words of the longest name that is looked for."""
_MIN_LETTERS = 5
"""A single word with fewer letters says too little to be a name, unless it is an acronym."""

Trie = dict[str, Any]


class Spoken(NamedTuple):
    """A name that a text may say: whose, its folded form, and how it is written."""

    path: str
    key: str
    text: str

    def is_said(self, words: str) -> bool:
        """Whether words that fold to the name say it: a single word is not too short.

        An acronym is written as it is, and so is what begins with a preposition: « à écrire » is rarely « À écrire ».
        """
        if self.text.isupper() or fold(self.text).partition(" ")[0] in _PREPOSITIONS:
            return words == self.text and sum(sign.isalpha() for sign in self.text) > 1
        return len(fold(self.text)) >= _MIN_LETTERS and any(sign.isalpha() for sign in self.text)


class SpokenNames:
    """The titles and other names of pages, as a trie of folded words; every distinct word is folded once.

    Cover pages are left out: they are found without links. `only` are the paths of the pages whose names are wanted,
    None for all.
    """

    def __init__(self, graph: Graph, only: Collection[str] | None = None) -> None:
        self._names: Trie = {}
        self._folded: dict[str, tuple[str, ...]] = {}
        self._first: set[str] = set()  # the words, as they are written, that begin a name
        for path, page in graph.pages.items():
            if path.rpartition("/")[2] not in COVERS and (only is None or path in only):
                for text in _names_of(page):
                    _add(self._names, path, text)

    def begun(self, text: str) -> set[str]:
        """Return the words of a text that a name begins with whose other words follow, whatever is between them."""
        words: list[str] = _WORD.findall(text)
        for word in set(words).difference(self._folded):
            self._learn(word)
        first = self._first
        return {word for number, word in enumerate(words) if word in first and self._is_name(words, number)}

    def longest(self, text: str, start: int) -> tuple[list[Spoken], int]:
        """Return the names said at an offset of a text, those of the most words, and where they end."""
        nodes, said, end = [self._names], [], start
        word = _WORD.match(text, start)
        while word:
            nodes = [node[form] for node in nodes for form in self._learn(word[0]) if form in node]
            if not nodes:
                break
            here = [name for node in nodes for name in node.get(_END, ())]
            keys = forms(text[start : word.end()]) if here else ()
            here = [name for name in here if name.key in keys]
            if here:
                said, end = here, word.end()
            gap = _GAP.match(text, word.end())
            word = _WORD.match(text, gap.end()) if gap else None
        return said, end

    def _is_name(self, words: list[str], number: int) -> bool:
        nodes = [self._names]
        while number < len(words):
            nodes = [node[form] for node in nodes for form in self._folded[words[number]] if form in node]
            if not nodes or any(_END in node for node in nodes):
                return bool(nodes)
            number += 1
        return False

    def _learn(self, word: str) -> tuple[str, ...]:
        """Return the folded forms of a word, computed once."""
        if word not in self._folded:
            self._folded[word] = forms(word)
            if any(form in self._names for form in self._folded[word]):
                self._first.add(word)
        return self._folded[word]


def places_of(word: str, text: str) -> Iterator[int]:
    """Yield where a word stands whole in a text."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not _WORD.match(text, start - 1, start) and not _WORD.match(text, end, end + 1):
            yield start
        start = text.find(word, end)


def without_brackets(title: str) -> str:
    """Return a title without what ends it in brackets: of « Contrat d'appui (CAPE) », « Contrat d'appui »."""
    return _IN_BRACKETS.sub("", title)


def _names_of(page: Page) -> Iterator[str]:
    """Yield the names of a page as one may say them: a title also without what ends it in brackets."""
    yield page.title
    if page.title.endswith(")"):
        yield without_brackets(page.title)
    for alias, _, _ in page.aliases:
        yield alias


def _add(trie: Trie, path: str, text: str) -> None:
    """Put a name in the trie under each of its forms, if it can be found in a text at all."""
    for key in forms(text):
        words = _WORD.findall(key)
        if not words or len(words) > _MAX_WORDS or not key.startswith(words[0]) or not key.endswith(words[-1]):
            continue
        node = trie
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_END, []).append(Spoken(path, key, text))
