"""Another cooperative's wiki from this one: what all share, without what is only ours."""

from essaim.workspace.swarm.marks import UnclosedMark
from essaim.workspace.swarm.planting import plant
from essaim.workspace.swarm.seed import Seed, make_seed
from essaim.workspace.swarm.settings import NAMELESS, Answers, known_keys

__all__ = ["NAMELESS", "Answers", "Seed", "UnclosedMark", "known_keys", "make_seed", "plant"]
