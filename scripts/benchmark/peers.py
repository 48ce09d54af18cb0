"""Who is measured: how each is installed, what it is given, how it builds and serves, and what it does not do."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmark.dialects import Dialect
from benchmark.environments import ELEVENTY, HUGO, MKDOCS, PROPERDOCS, ZENSICAL, Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """One generator with one configuration."""

    name: str
    label: str
    dialect: Dialect
    site: str
    """The folder of `configurations/` that configures it."""
    output: str
    """The folder it writes."""
    build: Callable[[Path], list[str]]
    serve: Callable[[Path, int], list[str]]
    environment: Environment | None = None
    index: str = "index"
    """What the page of a folder is called."""
    caches: tuple[str, ...] = ()
    """What it keeps from one build to the next, removed before a cold one."""
    until: int = 10_000
    """The largest wiki it builds in about six minutes: beyond, it is not run."""
    lacks: str = ""
    """What it does not do of what Essaim does, in French."""


def _essaim(_: Path) -> list[str]:
    return [sys.executable, "-m", "essaim_app", "build"]


def _serve_essaim(_: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "essaim_app", "serve", "--host", "127.0.0.1", "--port", str(port)]


ESSAIM = Peer(
    name="essaim",
    label="Essaim",
    dialect=Dialect.ESSAIM,
    site="essaim",
    output="site",
    caches=(".essaim_cache",),
    build=_essaim,
    serve=_serve_essaim,
    lacks="ni plusieurs langues, ni thèmes au choix, ni gabarits libres pour chaque page",
)
_NO_TYPES = "ni types, ni vérification des en-têtes, ni requêtes, ni deux publics"


def _mkdocs(name: str, label: str, config: str, lacks: str, until: int = 10_000) -> Peer:
    return Peer(
        name=name,
        label=label,
        dialect=Dialect.WIKILINKS if name == "material-stack" else Dialect.PATHS,
        site="material",
        output="site",
        environment=MKDOCS,
        build=lambda env: [str(env / "bin/mkdocs"), "build", "--quiet", "-f", config],
        serve=lambda env, port: [str(env / "bin/mkdocs"), "serve", "-q", "-f", config, "-a", f"127.0.0.1:{port}"],
        lacks=f"{lacks}{_NO_TYPES}",
        until=until,
    )


def _properdocs(env: Path, *arguments: str) -> list[str]:
    return [str(env / "bin/properdocs"), *arguments]


def _eleventy(env: Path, *arguments: str) -> list[str]:
    return ["node", str(env / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet", *arguments]


_MINIMAL = "ni menu complet, ni recherche, ni liens vérifiés (donnés déjà résolus), ni rétroliens, ni histoire"
PEERS = (
    ESSAIM,
    _mkdocs("material", "Material, menu complet", "mkdocs.yml", "ni rétroliens, ni histoire, ", until=3000),
    _mkdocs("material-pruned", "Material, menu élagué", "pruned.yml", "ni rétroliens, ni histoire, "),
    _mkdocs("material-stack", "Material et ses extensions", "stack.yml", "ni date de création, ", until=3000),
    Peer(
        name="properdocs",
        label="ProperDocs et Material, menu élagué",
        dialect=Dialect.PATHS,
        site="material",
        output="site",
        environment=PROPERDOCS,
        build=lambda env: _properdocs(env, "build", "--quiet", "-f", "pruned.yml"),
        serve=lambda env, port: _properdocs(env, "serve", "-q", "-f", "pruned.yml", "-a", f"127.0.0.1:{port}"),
        lacks=f"ni rétroliens, ni histoire, {_NO_TYPES}",
    ),
    Peer(
        name="zensical",
        label="Zensical",
        dialect=Dialect.PATHS,
        site="zensical",
        output="site",
        caches=(".cache",),
        environment=ZENSICAL,
        build=lambda env: [str(env / "bin/zensical"), "build"],
        serve=lambda env, port: [str(env / "bin/zensical"), "serve", "-a", f"127.0.0.1:{port}"],
        lacks=f"ni rétroliens, ni histoire, {_NO_TYPES}",
    ),
    Peer(
        name="hugo",
        label="Hugo, gabarit minimal",
        dialect=Dialect.ADDRESSES,
        site="hugo",
        output="public",
        index="_index",
        caches=("resources", ".hugo_build.lock"),
        environment=HUGO,
        build=lambda env: [str(env / "bin/hugo"), "--quiet"],
        serve=lambda env, port: [str(env / "bin/hugo"), "server", "--bind", "127.0.0.1", "--port", str(port)],
        lacks=f"{_MINIMAL}, {_NO_TYPES}",
    ),
    Peer(
        name="eleventy",
        label="Eleventy, gabarit minimal",
        dialect=Dialect.ADDRESSES,
        site="eleventy",
        output="_site",
        caches=(".cache",),
        environment=ELEVENTY,
        build=_eleventy,
        serve=lambda env, port: _eleventy(env, "--serve", f"--port={port}"),
        lacks=f"{_MINIMAL}, {_NO_TYPES}",
    ),
)
