"""The script and the style of lists to tick, in the builds of wikis that declare some."""

from importlib.resources import files as resources

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.schema.model import Schema
from essaim.views.checklists import has_checklists
from essaim.views.listing import Artifact
from mkdocs_essaim.generated import add_artifact

SCRIPT = "assets/essaim-cases.js"
STYLE = "assets/essaim-cases.css"


def add_checklists(schema: Schema, files: Files, config: MkDocsConfig) -> None:
    """Add to a build what lets readers tick lists, if a type has any."""
    if not any(map(has_checklists, schema.types.values())):
        return
    for path, listed in ((STYLE, config.extra_css), (SCRIPT, config.extra_javascript)):
        if path not in listed:
            listed.append(path)
        text = resources("mkdocs_essaim").joinpath(path).read_text("utf-8")
        add_artifact(Artifact(path=path, text=text), files, config)
