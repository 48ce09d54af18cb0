"""The words that a search knows: what a misspelled word is compared with."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from essaim.folding import fold
from essaim.views.search.words import pieces, readings

_SHORTEST, _LONGEST = 4, 40
"""Letters of the shortest word worth correcting, and of the longest: `moteur.js` corrects none beyond it either."""
_MOST = 6000
"""Words that a browser is given at most."""


class Vocabulary:
    """Gathers words as they are written, and counts them by their folded form."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()

    def add(self, words: Iterable[str]) -> None:
        """Take in the words of a page, as `words_of` gives them."""
        self._words.update(words)

    def text(self) -> str:
        """Return the words, one a line, those of most pages first: the first 6,000 of them."""
        counts: Counter[str] = Counter()
        written: dict[str, str] = {}
        for word, count in self._words.items():
            key = fold(word)
            counts[key] += count
            written[key] = max(word, written.get(key, ""))  # accents come after plain letters
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        return "".join(f"{written[key]}\n" for key, _ in ranked)


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words of the texts of a page that are worth knowing, each once whatever its accents."""
    found = dict(pair for text in texts for chunk in text.split() for pair in _known(chunk))
    return tuple(found.values())


@lru_cache(maxsize=16_384)
def _known(chunk: str) -> tuple[tuple[str, str], ...]:
    """Return the words worth knowing of what stands between blanks, each after its folded form."""
    return tuple((fold(word), word) for word in _written(chunk) if _SHORTEST <= len(word) <= _LONGEST)


def _written(text: str) -> Iterator[str]:
    """Yield the words of a text as it writes them; those an inclusive word stands for are folded."""
    for piece in pieces(text):
        words = piece.lower().replace("-", " ").split()
        if all(word.isalpha() for word in words):
            yield from words
        else:
            yield from (word for reading in readings(piece) for word in reading if word.isalpha())
