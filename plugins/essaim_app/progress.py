"""How far a build is, on a terminal: one line that is written over, and gone at the end."""

from time import monotonic
from typing import TextIO

_WIDTH = 24
_EVERY = 0.1
"""Seconds between two drawings, at least."""
_WORDS = {
    "analysis": "Lecture des fiches",
    "files": "Préparation du site",
    "pages": "Pages",
    "search": "Recherche",
    "publication": "Publication",
    "wait": "Une autre construction est en cours, celle-ci attend",
}


class ProgressBar:
    """Draws the phase of a build, how much of it is done and about how long is left."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._phase = ""
        self._began = self._drawn = 0.0

    def tell(self, phase: str, done: int, total: int) -> None:
        """Draw what is being done."""
        now = monotonic()
        if phase != self._phase or not done:
            self._phase, self._began = phase, now
        elif now - self._drawn < _EVERY and done < total:
            return
        self._drawn = now
        self._write(progress_line(phase, done, total, now - self._began))

    def clear(self) -> None:
        """Leave the line as it was found."""
        self._write("")

    def _write(self, line: str) -> None:
        self._terminal.write(f"\r\x1b[K{line}")
        self._terminal.flush()


def progress_line(phase: str, done: int, total: int, seconds: float) -> str:
    """Return the line for a phase that has gone on for some seconds.

    >>> progress_line("pages", 300, 1200, 5.0)
    'Pages ██████░░░░░░░░░░░░░░░░░░ 300/1200, encore 15 s'
    """
    words = _WORDS.get(phase, phase)
    if not total:
        return f"{words}…"
    full = _WIDTH * done // total
    left = f", encore {seconds * (total - done) / done:.0f} s" if 0 < done < total and seconds > 1 else ""
    return f"{words} {'█' * full}{'░' * (_WIDTH - full)} {done}/{total}{left}"
