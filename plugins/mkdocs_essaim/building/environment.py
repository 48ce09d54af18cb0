"""What every page of a site stands on beside its own inputs: settings, theme, navigation, versions."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from functools import partial
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.theme import Theme

_PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "jinja2", "nh3", "pyyaml")
_ASIDE = frozenset({"plugins", "hooks", "theme", "site_dir", "nav", "watch", "dev_addr", "config_file_path"})
"""Settings that are told otherwise, or that no page shows."""


def environment_digest(config: MkDocsConfig, nav: Navigation, told: Iterable[str]) -> str:
    """Digest what all pages stand on; `told` is what the plugins add."""
    digest = blake2b(digest_size=16)
    for part in (*_versions(), *_settings(config), *_theme(config.theme), str(nav), *told):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()


def _versions() -> Iterator[str]:
    """Yield the versions of what renders, and the state of our own files: a copy that is being edited has none."""
    yield sys.version
    for name in _PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield name
    ours = Path(__file__).parent.parent.parent
    for package in ("essaim", "mkdocs_essaim"):
        yield from _files(ours / package)


def _files(folder: Path) -> Iterator[str]:
    """Yield the state of each file of a folder."""
    for here, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(".pyc"):
                yield state_of_file(Path(here, name))


def state_of_file(path: Path) -> str:
    """Return a text that another file in its place, or other bytes in it, would not have, whatever their date."""
    try:
        stat = path.stat()
    except OSError:
        return f"{path} -"
    return f"{path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def _settings(config: MkDocsConfig) -> Iterator[str]:
    for name, value in sorted(config.items()):
        if name not in _ASIDE:
            yield f"{name} {_stable(value)}"
    for name, plugin in config.plugins.items():
        yield f"{name} {_stable(dict(getattr(plugin, 'config', {})))}"  # a hook is among them, and has none
    for hook in config.hooks:
        yield state_of_file(Path(config.config_file_path).parent / hook)


def _theme(theme: Theme) -> Iterator[str]:
    """Yield the settings of the theme, and the state of its files, with those that a site puts over them."""
    yield f"{theme.name} {theme.dirs} {_stable({name: theme[name] for name in theme})}"
    for folder in theme.dirs:
        is_own = theme.custom_dir is not None and Path(folder) == Path(theme.custom_dir)
        for path in sorted(Path(folder).iterdir()) if Path(folder).is_dir() else ():
            if path.is_file():
                yield state_of_file(path)
            elif is_own or not path.name.startswith("."):  # ten thousand drawings, which its version tells
                yield from _files(path)


def _stable(value: Any) -> str:
    """Return a text that is the same for the same value in another process: objects are told by what they are."""
    if isinstance(value, Mapping):
        pairs = sorted((_stable(key), _stable(item)) for key, item in value.items())
        return "{" + ", ".join(f"{key}: {item}" for key, item in pairs) + "}"
    if isinstance(value, list | tuple | set | frozenset):
        items = [_stable(item) for item in value]
        return repr(sorted(items) if isinstance(value, set | frozenset) else items)
    if value is None or isinstance(value, str | int | float | bytes | date | time | PurePath):
        return repr(value)
    if isinstance(value, partial):
        return f"{_stable(value.func)} {_stable(value.args)} {_stable(value.keywords)}"
    kind = value if hasattr(value, "__qualname__") else type(value)
    inside = vars(value) if hasattr(value, "__dict__") and kind is not value else {}
    return f"{kind.__module__}.{kind.__qualname__} {_stable(inside) if _is_plain(inside) else ''}"


def _is_plain(inside: Any) -> bool:
    """Whether what an object holds can be told: settings are, and what they lead to is not."""
    return isinstance(inside, dict) and all(isinstance(v, str | int | float | bool | None) for v in inside.values())
