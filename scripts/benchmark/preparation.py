"""What comes before the measures: everybody installed alike, and the machine told."""

import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from benchmark.peers import Peer
from benchmark.results import Results

_OURS = ("essaim", "essaim_app", "essaim_git", "mkdocs_essaim")


def compile_ours() -> None:
    """Have Essaim's own modules compiled, as the installation of a package does."""
    folders = [
        place for name in _OURS if (spec := find_spec(name)) for place in spec.submodule_search_locations or ()
    ]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *folders], check=True)


def install(peer: Peer, results: Results, cache: Path) -> None:
    """Install a generator if it is not, and tell its versions, or why it cannot be had."""
    if peer.environment is None:
        results.tell({name: version(name) for name in ("mkdocs", "mkdocs-material", "markdown", "pagefind")})
        return
    reason = peer.environment.install(cache)
    if reason:
        results.tell({f"{peer.name} : absent": reason})
    else:
        results.about.pop(f"{peer.name} : absent", None)
        results.tell(peer.environment.versions(cache))


def machine() -> dict[str, str]:
    """Return what the measures are made on, and when."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    return {
        "date": date.today().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "Python": platform.python_version(),
        "git": git,
    }
