"""The script of lists to tick, in the builds of wikis that declare some; its style is in the sheet of Essaim."""

from importlib.resources import files as resources

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.schema.model import Schema
from essaim.views.checklists import has_checklists
from essaim.views.listing import Artifact
from mkdocs_essaim.generated import add_artifact

SCRIPT = "assets/essaim-cases.js"


def add_checklists(schema: Schema, files: Files, config: MkDocsConfig) -> None:
    """Add to a build what lets readers tick lists, if a type has any."""
    if not any(map(has_checklists, schema.types.values())):
        return
    if SCRIPT not in config.extra_javascript:
        config.extra_javascript.append(SCRIPT)
    text = resources("mkdocs_essaim").joinpath(SCRIPT).read_text("utf-8")
    add_artifact(Artifact(path=SCRIPT, text=text), files, config)
