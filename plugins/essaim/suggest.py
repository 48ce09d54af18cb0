"""The nearest name that would fit: what a misspelt word probably meant."""

from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from essaim.folding import fold


def tolerance(word: str) -> int:
    """Return how many typing slips may separate a word from what it meant."""
    return 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name closest to a word, or None when none is close; ties go to the first in sorted order."""
    by_key = {fold(name): name for name in sorted(names, reverse=True)}
    close = [(distance, by_key[key]) for distance, key in find_close(fold(word), by_key.keys())]
    return min(close)[1] if close else None


def find_close(word: str, keys: Collection[str]) -> list[tuple[int, str]]:
    """Return the folded names close to a folded word, each with its distance.

    Distance counts insertions, deletions, substitutions and swaps of neighbours.
    """
    near = process.extract(word, keys, scorer=OSA.distance, score_cutoff=tolerance(word), limit=None)
    return [(distance, key) for key, distance, _ in near if distance < max(len(word), len(key))]
