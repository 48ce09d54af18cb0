"""Where the host was told that things are."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from essaim.workspace.discover import Layout


def layout_of(root: Path, config: MkDocsConfig, site_dir: Path, without_lots: list[str]) -> Layout:
    """Return the layout by the host's own reading of its configuration."""
    docs_dir, site_dir = Path(config.docs_dir).resolve(), site_dir.resolve()
    if not docs_dir.is_relative_to(root.resolve()):
        raise PluginError("essaim : « docs_dir » doit être sous le dossier de mkdocs.yml.")
    within = site_dir.is_relative_to(root.resolve())
    return Layout(
        docs_dir=docs_dir.relative_to(root.resolve()).as_posix(),
        site_dir=site_dir.relative_to(root.resolve()).as_posix() if within else "",
        without_lots=tuple(dict.fromkeys(without_lots)),
    )
