"""Acronyms by their meanings and back: a page that says one is found by the other."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from essaim.folding import fold
from essaim.graph.glossary import expansion_of
from essaim.views.audience import sees_field
from essaim.views.site import Site

_WORD = re.compile(r"[^\W_]+")


class Meanings:
    """The acronyms that the glossary of a site explains to its audience."""

    def __init__(self, site: Site) -> None:
        self._site = site

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

    def of(self, text: str) -> Iterator[str]:
        """Yield what the acronyms of a text stand for, then the acronyms of what it says in full."""
        chunks = dict.fromkeys(text.split())
        read = [_words_of(chunk) for chunk in chunks]
        written = dict.fromkeys(word for words, _ in read for word in words)
        yield from (self.known[word] for word in written if word in self.known)
        firsts = dict.fromkeys(word for _, words in read for word in words if word in self._by_first_word)
        if not firsts:  # most pages say nothing in full: their words are not put in a row
            return
        plain = f" {' '.join(word for chunk in text.split() for word in _words_of(chunk)[1])} "
        for word in firsts:
            for meaning, acronym in self._by_first_word[word]:
                if meaning in plain and acronym not in written:
                    yield acronym

    def _is_told(self, path: str) -> bool:
        glossary = self._site.graph.pages[path].type.glossary
        field = self._site.graph.pages[path].type.fields.get(glossary.acronym) if glossary else None
        is_shown = self._site.sees(path) and path not in self._site.errors
        return is_shown and field is not None and sees_field(self._site.audience, field)


@lru_cache(maxsize=16_384)
def _words_of(chunk: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of what stands between blanks, as they are written and folded: pages share most of theirs."""
    return tuple(_WORD.findall(chunk)), tuple(_WORD.findall(fold(chunk)))
