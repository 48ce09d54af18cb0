"""Publishing what nobody writes: list pages and files join the build as if they stood in the documentation folder."""

from importlib.resources import files as resources
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from essaim.schema.fieldtypes.times import Date
from essaim.views.addresses import AddressOf
from essaim.views.escaping import escape
from essaim.views.generated import Generated
from essaim.views.listing import Artifact, LateArtifact, ListPage
from mkdocs_essaim.content.files import published_file
from mkdocs_essaim.content.plugin import ContentPlugin

STYLE = "assets/essaim.css"
_STYLES = (
    "essaim",
    "essaim-vues",
    "essaim-graphiques",
    "essaim-carte",
    "essaim-agenda",
    "essaim-index",
    "essaim-cases",
    "essaim-diapos",
    "essaim-imprimer",
    "essaim-passeport",
)
"""The style sheets that are published as one, in their order: pages ask for it once."""


def content_of(config: MkDocsConfig, name: str) -> ContentPlugin:
    """Return the plugin that owns the site; raise PluginError when it does not come before the plugin `name`."""
    content, names = config.plugins.get("essaim"), [*config.plugins]
    if not isinstance(content, ContentPlugin) or names.index("essaim") > names.index(name):
        raise PluginError(f"{name} a besoin du plugin « essaim » : ajoutez-le avant lui dans mkdocs.yml.")
    return content


def publish(generated: Generated, content: ContentPlugin, files: Files, config: MkDocsConfig) -> None:
    """Add to a build the list pages and files of a plugin."""
    for list_page in generated.list_pages(content.site):
        add_list_page(list_page, content, files, config)
    for artifact in generated.artifacts(content.site, whole_addresses(content, files, config)):
        add_artifact(artifact, files, config)


def whole_addresses(content: ContentPlugin, files: Files, config: MkDocsConfig) -> AddressOf:
    """Return how another site names the pages of a build: their whole addresses, if `site_url` is set."""

    docs_dir, site_url = content.site.docs_dir, config.site_url or ""

    def address_of(path: str) -> str:
        file = published_file(path, files, docs_dir)
        return urljoin(site_url, file.url) if file else ""

    return address_of


def add_list_page(list_page: ListPage, content: ContentPlugin, files: Files, config: MkDocsConfig) -> None:
    """Add a list page to a build: below the text that somebody wrote for it, or else below its introduction."""
    uri = content.uri_of(list_page.path)
    if files.get_file_from_path(uri) is None:
        text = f"# {escape(list_page.title)}\n\n{escape(list_page.intro)}\n"
        files.append(File.generated(config, uri, content=text))
    content.lists[uri] = list_page


def add_artifact(artifact: Artifact | LateArtifact, files: Files, config: MkDocsConfig) -> None:
    """Add a file to a build; one that somebody put there stays."""
    if files.get_file_from_path(artifact.path) is not None:
        return
    if isinstance(artifact, LateArtifact):
        file = MadeFile.generated(config, artifact.path, content=b"")
        assert isinstance(file, MadeFile)  # noqa: S101 - it is typed as any file
        file.artifact = artifact
    else:
        file = File.generated(config, artifact.path, content=artifact.text.encode())  # line ends as they are
    files.append(file)


class MadeFile(File):
    """A file of a build that nobody writes, made when the site is written: other programs may then be at work."""

    artifact: LateArtifact

    @property
    def content_bytes(self) -> bytes:
        """Its bytes, made anew each time."""
        return self.artifact.text.encode()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self.artifact = LateArtifact(path=self.src_uri, make=value.decode, stands_on=frozenset())

    def copy_file(self, dirty: bool = False) -> None:
        """Write it where it is published."""
        place = Path(self.abs_dest_path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(self.content_bytes)


def add_script(path: str, files: Files, config: MkDocsConfig) -> None:
    """Add one of our scripts to a build, once, and have every page ask for it."""
    if path not in config.extra_javascript:
        config.extra_javascript.append(path)
    text = resources("mkdocs_essaim").joinpath(path).read_text("utf-8")
    add_artifact(Artifact(path=path, text=text), files, config)


def add_style(content: ContentPlugin, files: Files, config: MkDocsConfig) -> None:
    """Add the style sheet of Essaim to a build, once: one request, whatever views the pages show.

    The day of the build, which paper is told, stands there: on each page it would change them all every day.
    """
    if STYLE not in config.extra_css:
        config.extra_css.insert(0, STYLE)
    folder = resources("mkdocs_essaim").joinpath("assets")
    style = "".join(folder.joinpath(f"{name}.css").read_text("utf-8") for name in _STYLES)
    day = f'body {{ --essaim-edition: "Édité le {Date().display(content.site.today)}"; }}\n'
    add_artifact(Artifact(path=STYLE, text=style + day), files, config)
