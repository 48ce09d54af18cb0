"""What the project set out to reach, and what one run of the bench says of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmark.french import NONE, number, seconds, thousands, times
from benchmark.peers import PEERS
from benchmark.results import Results

SMALL, MIDDLE, LARGE = 1000, 3000, 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Aim:
    """One aim, in French: of what, at which size, how much; what was reached, and whether that is it."""

    what: str
    size: str
    aim: str
    reached: str
    met: bool | None
    """None when it was not measured."""

    @property
    def verdict(self) -> str:
        """Return the verdict in a word."""
        return {True: "oui", False: "non", None: "—"}[self.met]


def aims(results: Results) -> list[Aim]:
    """Return every aim."""
    found = [
        *_cold(results),
        *_rebuilt(results),
        *_served(results),
        _titled(results),
        _unchanged(results),
    ]
    growth = _quotient(
        results.middle(LARGE, "essaim", "cold", "processor"), results.middle(SMALL, "essaim", "cold", "processor")
    )
    found.append(_at_most("Croissance du temps de processeur", f"{_n(SMALL)} → {_n(LARGE)}", 11, growth, times))
    weight = results.middle(LARGE, "essaim", "weight", "kilobytes")
    found.append(_at_most("HTML d'une page sans son contenu", _n(LARGE), 20, weight, _kilobytes))
    return found


def _cold(results: Results) -> Iterator[Aim]:
    for size, peer, most in (
        (SMALL, "material-pruned", 0.5),
        (MIDDLE, "material-pruned", 0.5),
        (SMALL, "material-stack", 0.1),
        (MIDDLE, "material-stack", 0.05),
        (LARGE, "hugo", 1.0),
    ):
        yield _ratio(results, "Construction à froid", size, "cold", peer, most)
    memory = results.middle(LARGE, "essaim", "memory", "memory")
    yield _at_most("Mémoire, tous processus réunis", _n(LARGE), 1500, memory, _megabytes)


def _rebuilt(results: Results) -> Iterator[Aim]:
    what = "Un texte modifié, nouveau processus"
    for size, most in ((SMALL, 0.4), (LARGE, 2.5)):
        ours = results.middle(size, "essaim", "edited")
        yield _at_most(what, _n(size), most, ours, seconds)
        theirs = {peer.label: results.middle(size, peer.name, "edited") for peer in PEERS[1:]}
        known = {label: value for label, value in theirs.items() if value is not None}
        best = min(known, key=lambda label: known[label]) if known else None
        met = None if ours is None or best is None else ours < known[best]
        reached = NONE if best is None else f"{seconds(ours)} ; {best} : {seconds(known[best])}"
        yield Aim(what=what, size=_n(size), aim="plus rapide que chacun", reached=reached, met=met)


def _served(results: Results) -> Iterator[Aim]:
    what = "De l'enregistrement à la page servie"
    waits = sorted(results.values(LARGE, "essaim", "served"))
    late = waits[max(round(len(waits) * 0.95) - 1, 0)] if waits else None
    yield _at_most(f"{what}, médiane", _n(LARGE), 0.3, results.middle(LARGE, "essaim", "served"), seconds)
    yield _at_most(f"{what}, 95 fois sur 100", _n(LARGE), 0.6, late, seconds)
    yield _ratio(results, what, LARGE, "served", "hugo", 0.1)


def _titled(results: Results) -> Aim:
    rendered, showing = (results.middle(LARGE, "essaim", "titled", name) for name in ("rendered", "showing"))
    known = rendered is not None and showing is not None
    return Aim(
        what="Un titre cité par 500 pages change",
        size=_n(LARGE),
        aim="ne rendre que les pages qui le montrent",
        reached=f"{number(rendered)} rendues, {number(showing)} le montrent"
        if rendered is not None and showing is not None
        else NONE,
        met=rendered == showing if known else None,
    )


def _unchanged(results: Results) -> Aim:
    names = ("rendered", "written", "git")
    rendered, written, git = (results.middle(LARGE, "essaim", "unchanged", name) for name in names)
    known = rendered is not None and written is not None and git is not None
    return Aim(
        what="Rien n'a changé",
        size=_n(LARGE),
        aim="0 page rendue, 0 fichier écrit, 3 appels de git au plus",
        reached=f"{rendered:.0f} rendue(s), {written:.0f} écrit(s), {git:.0f} appel(s) de git"
        if rendered is not None and written is not None and git is not None
        else NONE,
        met=(rendered, written) == (0, 0) and (git or 0) <= 3 if known else None,
    )


def _ratio(results: Results, what: str, size: int, measured: str, peer: str, most: float) -> Aim:
    label = next(one.label for one in PEERS if one.name == peer)
    value = _quotient(results.middle(size, "essaim", measured), results.middle(size, peer, measured))
    met = None if value is None else value <= most
    aim = f"{number(most)} × « {label} » au plus"
    fewest = min(("essaim", peer), key=lambda name: results.runs(size, name, measured))
    counted = "" if value is None else results.counted(size, fewest, measured)
    return Aim(what=what, size=_n(size), aim=aim, reached=f"{times(value)}{counted}", met=met)


def _at_most(what: str, size: str, most: float, value: float | None, shown: Callable[[float | None], str]) -> Aim:
    met = None if value is None else value <= most
    return Aim(what=what, size=size, aim=f"{shown(most)} au plus", reached=shown(value), met=met)


def _quotient(ours: float | None, theirs: float | None) -> float | None:
    return None if ours is None or not theirs else ours / theirs


def _n(size: int) -> str:
    return thousands(size)


def _megabytes(value: float | None) -> str:
    return NONE if value is None else f"{number(value)} Mo"


def _kilobytes(value: float | None) -> str:
    return NONE if value is None else f"{number(value)} ko"
