"""What was measured, kept on disk after each measure: an interrupted run goes on where it stopped."""

import json
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmark.processes import CommandFailed

RESUMED = "en plusieurs fois"
"""What `about` holds when the measures were not all made in one go."""


class Results:
    """Measures by size, peer, what, and number of the run; with the versions and the machine they are of."""

    def __init__(self, path: Path, *, resume: bool) -> None:
        self._path = path
        known = json.loads(path.read_text()) if resume and path.is_file() else {}
        self.about: dict[str, str] = known.get("about", {})
        self._measures: dict[str, dict[str, object]] = known.get("measures", {})

    def tell(self, about: dict[str, str]) -> None:
        """Add to what the measures are of."""
        self.about |= about
        self._save()

    def measure(self, size: int, peer: str, what: str, number: int, act: Callable[[], dict[str, object]]) -> None:
        """Keep what an act measures, or why it cannot be; do nothing if it was measured before."""
        if self.done(size, peer, what, number):
            return
        key = f"{size}/{peer}/{what}/{number}"
        try:
            self._measures[key] = act()
        except (CommandFailed, OSError, ValueError) as reason:  # whatever one of them does, the others are measured
            self._measures[key] = {"error": str(reason)}
        self._save()

    def done(self, size: int, peer: str, what: str, number: int) -> bool:
        """Tell whether something was measured, without error."""
        return "error" not in self._measures.get(f"{size}/{peer}/{what}/{number}", {"error": ""})

    def values(self, size: int, peer: str, what: str, name: str = "seconds") -> list[float]:
        """Return what all runs measured."""
        found: list[float] = []
        for measured in self._of(size, peer, what):
            value = measured.get(name)
            if isinstance(value, list):
                found += value
            elif isinstance(value, int | float):
                found.append(value)
        return found

    def middle(self, size: int, peer: str, what: str, name: str = "seconds") -> float | None:
        """Return the median of all runs; None if there is none."""
        found = self.values(size, peer, what, name)
        return median(found) if found else None

    def error(self, size: int, peer: str, what: str) -> str | None:
        """Return why something could not be measured."""
        return next((str(measured["error"]) for measured in self._of(size, peer, what) if "error" in measured), None)

    def sizes(self) -> list[int]:
        """Return the sizes that were measured."""
        return sorted({int(key.split("/")[0]) for key in self._measures})

    def runs(self, size: int, peer: str, what: str) -> int:
        """Return how many times something was measured."""
        return len(self.values(size, peer, what))

    def counted(self, size: int, *measured: str) -> str:
        """Return, to follow a figure, that it is of fewer measures than three, if so."""
        return {1: ", une fois", 2: ", deux fois"}.get(self.runs(size, *measured), "")

    def _of(self, size: int, peer: str, what: str) -> list[dict[str, object]]:
        begin = f"{size}/{peer}/{what}/"
        return [measured for key, measured in self._measures.items() if key.startswith(begin)]

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps({"about": self.about, "measures": self._measures}, indent=1, ensure_ascii=False))
        new.replace(self._path)
