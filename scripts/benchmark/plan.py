"""The plan of a run: what is measured how often, and in which order, so that what the aims name comes first."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from benchmark.aims import LARGE, MIDDLE, SMALL
from benchmark.peers import ESSAIM, Peer

ONCE = {
    (MIDDLE, "cold"): {"material", "properdocs", "zensical"},
    (MIDDLE, "edited"): {"material-pruned", "properdocs", "zensical"},
    (LARGE, "cold"): {"material-pruned", "properdocs", "zensical"},
}
"""What is measured once: long, and named by no aim. All else is measured in every round."""
NEVER = {(MIDDLE, "edited"): {"material", "material-stack"}}
"""What is not measured at all: it would be a whole build of minutes, which the cold ones tell already."""
FAST = {"essaim", "hugo", "eleventy"}
"""Who is served in large wikis too: the others begin each edit anew, or nearly."""
COLD = {
    "essaim": (5, 14, 45),
    "material": (20, 170, 0),
    "material-pruned": (5, 17, 80),
    "material-stack": (35, 220, 0),
    "properdocs": (5, 17, 80),
    "zensical": (7, 40, 270),
    "hugo": (0.5, 2, 8),
    "eleventy": (1.2, 3, 10),
}
"""About how many seconds a cold build takes at the three sizes, to tell how long a run will."""
_OF_COLD = {"cold": 1.0, "memory": 1.3, "titled": 0.4, "unchanged": 0.2, "floors": 1.0}
"""What else takes about, as a share of that."""
_HANDLING = 4.0
"""Seconds that a wiki of the largest size takes to be made ready for a step."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Measures of one generator on one wiki, made one after the other: what, and its number among its like."""

    size: int
    peer: Peer
    measures: tuple[tuple[str, int], ...]
    edits: int = 0
    """How many edits its server is given, if time allows."""
    least: int = 3
    """How many it is given in any case."""

    @property
    def predicted(self) -> float:
        """Return about how many seconds it takes."""
        small, middle, large = COLD[self.peer.name]
        cold = small if self.size <= SMALL else middle if self.size <= MIDDLE else large
        again = cold * (0.1 if self.peer is ESSAIM else 0.5 if self.peer.caches else 1.0)
        built = sum(again if what == "edited" else _OF_COLD.get(what, 0.0) * cold for what, _ in self.measures)
        served = cold + self.edits * 0.5 + self.least * again if self.edits else 0.0
        return built + served + _HANDLING * self.size / LARGE


def plan(peers: Sequence[Peer], sizes: Sequence[int], runs: int) -> list[Step]:
    """Return all steps, first those that the aims need: a run that is cut short has told what it set out to."""
    fair = {size: [peer for peer in peers if size <= peer.until] for size in sizes}
    often = {size: [peer for peer in fair[size] if not _among(ONCE, size, "cold", peer)] for size in sizes}
    once = {size: [peer for peer in fair[size] if peer not in often[size]] for size in sizes}
    named = [size for size in sizes if not SMALL < size < LARGE]
    large, others = [size for size in named if size >= LARGE], [size for size in sizes if size not in named]
    return [
        *(step for size in named for step in _rounds(often[size], size, runs)),
        *(step for size in large for step in _apart(often[size], size)),
        *(step for size in others for step in _rounds(often[size], size, runs)),
        *(_in_one(peer, size, runs) for size in named for peer in once[size]),
        *(step for size in sizes if size not in large for step in _apart(often[size], size)),
        *(_in_one(peer, size, runs) for size in others for peer in sorted(once[size], key=_slowness)),
    ]


def _among(rule: Mapping[tuple[int, str], Set[str]], size: int, what: str, peer: Peer) -> bool:
    return peer.name in rule.get((size, what), ())


def _slowness(peer: Peer) -> float:
    return COLD[peer.name][1]


def _rounds(peers: Sequence[Peer], size: int, runs: int) -> Iterator[Step]:
    """Yield rounds in which each generator has its turn."""
    for number in range(runs):
        for peer in peers:
            measures = ["cold", *(["weight"] if number == 0 else [])]
            measures += ["floors", "unchanged", "titled"] if peer is ESSAIM else []
            if number < _edited(peer, size, runs):
                measures.append("edited")
            yield Step(size=size, peer=peer, measures=tuple((what, number) for what in measures))


def _edited(peer: Peer, size: int, runs: int) -> int:
    """Return how many builds after an edit are measured."""
    return 0 if _among(NEVER, size, "edited", peer) else 1 if _among(ONCE, size, "edited", peer) else runs


def _in_one(peer: Peer, size: int, runs: int) -> Step:
    """Return the one cold build of a slow generator, and what follows it."""
    after = (("edited", number) for number in range(_edited(peer, size, runs)))
    return Step(size=size, peer=peer, measures=(("cold", 0), ("weight", 0), *after))


def _apart(peers: Sequence[Peer], size: int) -> Iterator[Step]:
    """Yield what is measured apart: the memory of Essaim, and the servers."""
    for peer in peers:
        if peer is ESSAIM:
            yield Step(size=size, peer=peer, measures=(("memory", 0),))
        if size <= SMALL or peer.name in FAST:
            named = size >= LARGE and peer.name in ("essaim", "hugo")
            edits = 40 if peer is ESSAIM else 20 if named else 10
            yield Step(size=size, peer=peer, measures=(("served", 0),), edits=edits, least=20 if named else 3)
