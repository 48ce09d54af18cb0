"""What a build says of itself while it works: the phase, how much of it is done, and how long each took."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

Tell = Callable[[str, int, int], None]
"""Is told the phase, how many of its pieces are done, and how many there are, 0 when they are not counted."""


class Progress:
    """Measures the phases of a build, and tells of them."""

    def __init__(self, tell: Tell = lambda phase, done, total: None) -> None:
        self.seconds: dict[str, float] = {}
        """Seconds of wall time by phase, in their order."""
        self._tell = tell
        self._phase = ""
        self._done = self._total = 0

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Measure a phase; one that comes back goes on."""
        start, self._phase, self._done, self._total = perf_counter(), name, 0, 0
        self._tell(name, 0, 0)
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start

    def expect(self, total: int) -> None:
        """Say how many pieces the phase has."""
        self._total = total
        self._tell(self._phase, 0, total)

    def step(self) -> None:
        """Say that one more is done."""
        self._done += 1
        self._tell(self._phase, self._done, self._total)

    def wait(self) -> None:
        """Say that another build of the same site is going on."""
        self._tell("wait", 0, 0)
