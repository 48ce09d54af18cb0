"""The past as it was read last, kept so that the next build reads the new commits only.

Plain JSON; an entry that is missing, damaged, foreign or of another format is no entry. Revisions and trails are
kept once each and named by their rank.
"""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from essaim.pages.history import Revision
from essaim.workspace.cache import keep_entry
from essaim_git.past import Past
from essaim_git.trail import Recent, Trail

_FORMAT = 1
_FILE = "history.json"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def load_past(folder: Path, circumstances: str) -> Past | None:
    """Return the past kept in a folder, if it was read in the same circumstances."""
    try:
        data = json.loads((folder / _FILE).read_text("utf-8"))
        if data["format"] != [_FORMAT, circumstances] or not _COMMIT.fullmatch(data["head"]):
            return None
        return _past(data)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def save_past(folder: Path, circumstances: str, past: Past) -> None:
    """Keep a past in place of the last; a folder that cannot be written keeps none."""
    keep_entry(folder, _FILE, json.dumps({"format": [_FORMAT, circumstances]} | _data(past)))


def _data(past: Past) -> dict[str, Any]:
    revisions: dict[Revision, int] = {}
    gone = [(path, trail, content) for path, (trail, content) in past.gone.items()]
    kept = [*past.here.values(), *(trail for _, trail, _ in gone), *(recent.trail for recent in past.recent)]
    trails = {id(trail): trail for trail in kept}
    ranks = {key: rank for rank, key in enumerate(trails)}

    def rank_of(revision: Revision) -> int:
        return revisions.setdefault(revision, len(revisions))

    return {
        "head": past.head,
        "commits": past.commits,
        "is_cut": past.is_cut,
        "trails": [[t.path, rank_of(t.first), rank_of(t.last), t.counts, t.is_cut] for t in trails.values()],
        "here": {path: ranks[id(trail)] for path, trail in past.here.items()},
        "gone": {path: [ranks[id(trail)], content] for path, trail, content in gone},
        "moved": past.moved,
        "recent": [[r.order, r.number, r.kind, rank_of(r.revision), ranks[id(r.trail)]] for r in past.recent],
        "revisions": [[r.commit, r.when.isoformat(), r.author, r.subject] for r in revisions],
    }


def _past(data: dict[str, Any]) -> Past:
    revisions = [Revision(_s(c), datetime.fromisoformat(w), _s(a), _s(s)) for c, w, a, s in data["revisions"]]
    if any(revision.when.tzinfo is None for revision in revisions):
        raise ValueError
    trails = [
        Trail(path=_s(path), first=revisions[first], last=revisions[last], counts=_counts(counts), is_cut=bool(cut))
        for path, first, last, counts, cut in data["trails"]
    ]
    return Past(
        head=data["head"],
        commits=int(data["commits"]),
        is_cut=bool(data["is_cut"]),
        here={path: trails[rank] for path, rank in data["here"].items()},
        gone={path: (trails[rank], _s(content)) for path, (rank, content) in data["gone"].items()},
        moved={path: _s(there) for path, there in data["moved"].items()},
        recent=[
            Recent(int(order), int(number), _s(kind), revisions[revision], trails[trail])
            for order, number, kind, revision, trail in data["recent"]
        ],
    )


def _counts(data: dict[str, int]) -> dict[str, int]:
    return {author: int(count) for author, count in data.items()}


def _s(text: object) -> str:
    """Return a text; raise TypeError when it is something else."""
    if not isinstance(text, str):
        raise TypeError
    return text
