"""The folder that each generator builds: its configuration, the wiki in its dialect, and a past in git."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from benchmark.dialects import written
from benchmark.past import plant, restore
from benchmark.peers import Peer
from benchmark.wiki import leaves

_IGNORED = "site/\npublic/\n_site/\nresources/\n.cache/\n.essaim_cache/\n.hugo_build.lock\n"


def prepare(peer: Peer, size: int, cache: Path) -> Path:
    """Return the folder of a wiki of so many pages for one peer, as it was first made; make it if need be."""
    pages, others = files_of(peer, size)
    root = cache / "wikis" / str(size) / f"{peer.site}-{peer.dialect.value}"
    mark, wanted = root.with_suffix(".digest"), _digest(pages | others)
    if mark.is_file() and mark.read_text() == wanted:
        restore(root)
        return root
    shutil.rmtree(root, ignore_errors=True)
    mark.unlink(missing_ok=True)
    plant(root, pages, others)
    mark.write_text(wanted)
    return root


def files_of(peer: Peer, size: int) -> tuple[dict[str, str], dict[str, str]]:
    """Return the pages and the other files of the folder that a peer builds, by their paths."""
    source = Path(__file__).parent / "configurations" / peer.site
    others = {
        path.relative_to(source).as_posix(): path.read_text("utf-8")
        for path in sorted(source.rglob("*"))
        if path.is_file()
    }
    pages = {f"docs/{path}": text for path, text in written(leaves(size), peer.dialect).items()}
    if peer.index != "index":
        pages = {path.replace("/index.md", f"/{peer.index}.md"): text for path, text in pages.items()}
    return pages, others | {".gitignore": _IGNORED}


def clean(root: Path, peer: Peer) -> None:
    """Remove what a peer wrote and kept, so that its next build is cold."""
    for name in (peer.output, *peer.caches):
        path = root / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _digest(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
