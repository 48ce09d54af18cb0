"""After any edits, the site that was served meanwhile is at rest the site that is built from nothing, byte for byte.

A short run belongs to the suite; `ESSAIM_EDITS=100` makes each of its wikis go through a hundred.
"""

import os
import shutil
from pathlib import Path

import pytest

from essaim.views.audience import Audience
from mkdocs_essaim.build import order_of
from mkdocs_essaim.building.gather import gather
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.tree import files_of
from mkdocs_essaim.building.workers import Crew
from mkdocs_essaim.serving.live import Live
from tests.plugins.test_building_edits import Wiki, built

EDITS = int(os.environ.get("ESSAIM_EDITS", "4"))


def state(root: Path) -> dict[Path, bytes]:
    return {root / path: (root / path).read_bytes() for path in files_of(root) if not path.startswith(".")}


def rest(live: Live) -> None:
    """Do at once what the live site does when the writing pauses."""
    while True:
        if live._timer is not None:
            live._timer.cancel()
        live._catch_up()
        assert live._working is not None
        live._working.join()
        live.take(set())
        if not live._since:
            return


@pytest.mark.parametrize("audience", Audience)
def test_what_is_served_at_rest_is_clean(tmp_path: Path, audience: Audience, monkeypatch: pytest.MonkeyPatch) -> None:
    wiki, done, shown = Wiki(tmp_path / "wiki", 9), [], tmp_path / "shown"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_792_000_000 + 86_400))
    first = gather(order_of(wiki.root / "mkdocs.yml", audience, shown, strict=False), Crew(size=1), Progress())
    first.publish()
    live = Live(first, lambda: None, lambda sentence: None)
    for _ in range(EDITS):
        for _ in range(4):
            before = state(wiki.root)
            done.append(wiki.edit())
            after = state(wiki.root)
            live.take({path for path in before.keys() | after.keys() if before.get(path) != after.get(path)})
        rest(live)
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(wiki.root, copy, ignore=shutil.ignore_patterns(".essaim_cache"))
        clean = built(copy, audience, monkeypatch, 1)
        served = {path: (shown / path).read_bytes() for path in files_of(shown)}
        different = sorted(path for path in clean.keys() | served.keys() if clean.get(path) != served.get(path))
        assert different == [], done
