"""The nearest name that would fit: what a misspelt word probably meant."""

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from essaim.folding import fold


def tolerance(word: str) -> int:
    """Return how many typing slips may separate a word from what it meant."""
    return 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name closest to a word, or None when none is close."""
    return nearest_folded(fold(word), {fold(name): name for name in sorted(names, reverse=True)})


def nearest_folded(word: str, names: Mapping[str, str]) -> str | None:
    """Return the value whose folded key is closest to a folded word, or None when none is close.

    Distance counts insertions, deletions, substitutions and swaps of neighbours. Ties go to the first value in
    sorted order, whatever the order of the mapping.
    """
    near = process.extract(word, names.keys(), scorer=OSA.distance, score_cutoff=tolerance(word), limit=None)
    fitting = [(distance, names[key]) for key, distance, _ in near if distance < max(len(word), len(key))]
    return min(fitting)[1] if fitting else None
