"""The previews of a build: a script, and the files it reads."""

from importlib.resources import files as resources
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.views.listing import Artifact
from essaim.views.previews import late_shards
from mkdocs_essaim.content.files import published_file
from mkdocs_essaim.content.plugin import ContentPlugin
from mkdocs_essaim.generated import add_artifact

SCRIPT = "assets/essaim-liens.js"
_COUNT = "const SHARDS = {};"
"""The line of the script that says how many files there are."""


def add_previews(content: ContentPlugin, files: Files, config: MkDocsConfig) -> None:
    """Add to a build, once all its pages are known, what shows previews of them."""
    site = content.site

    def address_of(path: str) -> str:
        file = published_file(path, files, site.docs_dir)
        return unquote(file.url) if file else ""

    shards = late_shards(site, content.lists.values(), address_of)
    for shard in shards:
        add_artifact(shard, files, config)
    script = resources("mkdocs_essaim").joinpath(SCRIPT).read_text("utf-8")
    text = script.replace(_COUNT.format(1), _COUNT.format(len(shards)))
    add_artifact(Artifact(path=SCRIPT, text=text), files, config)
