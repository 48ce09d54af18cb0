"""The script and the style of the form that filters and sorts an index."""

from importlib.resources import files as resources

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.views.listing import Artifact
from mkdocs_essaim.generated import STYLE, add_artifact

_SCRIPT = "assets/essaim-index.js"
_STYLE = "assets/essaim-index.css"


def add_filters(files: Files, config: MkDocsConfig) -> None:
    """Add them once to a build that has the style sheet of Essaim."""
    if _SCRIPT not in config.extra_javascript:
        config.extra_javascript.append(_SCRIPT)
    if _STYLE not in config.extra_css:
        config.extra_css.insert(config.extra_css.index(STYLE) + 1, _STYLE)
    for path in (_SCRIPT, _STYLE):
        text = resources("mkdocs_essaim").joinpath(path).read_text("utf-8")
        add_artifact(Artifact(path=path, text=text), files, config)
