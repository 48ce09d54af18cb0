"""The inventory of a build, which other cooperatives read to link to its pages."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.views.inventory import inventory
from essaim.views.site import Site
from mkdocs_essaim.content.files import published_file
from mkdocs_essaim.generated import add_artifact


def add_inventory(site: Site, files: Files, config: MkDocsConfig) -> None:
    """Add the inventory of a site to a build whose pages are all known."""

    def address_of(path: str) -> str:
        file = published_file(path, files, site.docs_dir)
        return file.url if file else ""

    add_artifact(inventory(site, config.site_name, config.site_url or "", address_of), files, config)
