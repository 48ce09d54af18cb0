"""The script of the form that filters and sorts an index; its style is in the sheet of Essaim."""

from importlib.resources import files as resources

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.views.listing import Artifact
from mkdocs_essaim.generated import add_artifact

_SCRIPT = "assets/essaim-index.js"


def add_filters(files: Files, config: MkDocsConfig) -> None:
    """Add it once to a build."""
    if _SCRIPT not in config.extra_javascript:
        config.extra_javascript.append(_SCRIPT)
    text = resources("mkdocs_essaim").joinpath(_SCRIPT).read_text("utf-8")
    add_artifact(Artifact(path=_SCRIPT, text=text), files, config)
