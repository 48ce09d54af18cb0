"""The previews of a build: a script, and the files it reads."""

from functools import cache, partial
from importlib.resources import files as resources
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.views.listing import Artifact
from essaim.views.previews import preview_shards, previews, shard_count, shard_path
from essaim.views.tracing import LISTS
from mkdocs_essaim.content.files import published_file
from mkdocs_essaim.content.plugin import ContentPlugin
from mkdocs_essaim.generated import add_artifact, add_made_file

SCRIPT = "assets/essaim-liens.js"
_COUNT = "const SHARDS = {};"
"""The line of the script that says how many files there are."""


def add_previews(content: ContentPlugin, files: Files, config: MkDocsConfig) -> None:
    """Add to a build, once all its pages are known, what shows previews of them."""
    site = content.site

    def address_of(path: str) -> str:
        file = published_file(path, files, site.docs_dir)
        return unquote(file.url) if file else ""

    count = shard_count(site)
    shards = cache(lambda: preview_shards(previews(site, content.lists.values()), address_of, count))

    def text_of(number: int) -> str:
        return shards()[number].text

    for number in range(count):
        add_made_file(shard_path(number), partial(text_of, number), (LISTS,), files, config)
    script = resources("mkdocs_essaim").joinpath(SCRIPT).read_text("utf-8")
    text = script.replace(_COUNT.format(1), _COUNT.format(count))
    add_artifact(Artifact(path=SCRIPT, text=text), files, config)
