"""Acronyms by their meanings and back: a page that says one is found by the other."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from essaim.folding import fold
from essaim.graph.glossary import expansion_of
from essaim.views.audience import sees_field
from essaim.views.site import Site

_WORD = re.compile(r"[^\W_]+")
_Said = tuple[tuple[str, ...], tuple[str, ...]]
"""Acronyms as they are written, and folded words that some meanings begin with."""
_NOTHING: _Said = ((), ())


class Meanings:
    """The acronyms that the glossary of a site explains to its audience."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._said = lru_cache(maxsize=16_384)(self._read)

    @cached_property
    def known(self) -> dict[str, str]:
        """What each acronym stands for; one that several pages explain is left out."""
        pages = self._site.graph.pages
        found = {}
        for acronym, paths in self._site.glossary.pages.items():
            seen = [path for path in paths if self._is_told(path)]
            if len(seen) == 1:
                found[acronym] = expansion_of(pages[seen[0]])
        return found

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[str, str]]]:
        """What acronyms stand for, folded and between blanks, with the acronym, by its first word."""
        found: dict[str, list[tuple[str, str]]] = {}
        for acronym, meaning in self.known.items():
            words = _WORD.findall(fold(meaning))
            if len(words) > 1:
                found.setdefault(words[0], []).append((f" {' '.join(words)} ", acronym))
        return found

    def of(self, text: str, chunks: Iterable[str]) -> Iterator[str]:
        """Yield what the acronyms of a text stand for, then the acronyms of what it says in full.

        `chunks` are what stands between its blanks, each once.
        """
        read = [said for said in map(self._said, chunks) if said is not _NOTHING]
        if not read:  # most pages
            return
        written = dict.fromkeys(word for words, _ in read for word in words)
        yield from (self.known[word] for word in written)
        firsts = dict.fromkeys(word for _, words in read for word in words)
        if not firsts:  # their words are not put in a row
            return
        plain = f" {' '.join(word for chunk in text.split() for word in _folded_words(chunk))} "
        for word in firsts:
            for meaning, acronym in self._by_first_word[word]:
                if meaning in plain and acronym not in written:
                    yield acronym

    def _read(self, chunk: str) -> _Said:
        """Return what stands between blanks that is known: pages share most of theirs."""
        acronyms = tuple(word for word in _WORD.findall(chunk) if word in self.known)
        firsts = tuple(word for word in _folded_words(chunk) if word in self._by_first_word)
        return (acronyms, firsts) if acronyms or firsts else _NOTHING

    def _is_told(self, path: str) -> bool:
        glossary = self._site.graph.pages[path].type.glossary
        field = self._site.graph.pages[path].type.fields.get(glossary.acronym) if glossary else None
        is_shown = self._site.sees(path) and path not in self._site.errors
        return is_shown and field is not None and sees_field(self._site.audience, field)


@lru_cache(maxsize=16_384)
def _folded_words(chunk: str) -> tuple[str, ...]:
    """Return the folded words of what stands between blanks: pages share most of theirs."""
    return tuple(_WORD.findall(fold(chunk)))
