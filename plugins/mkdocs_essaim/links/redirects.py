"""The pages that stand at old addresses and lead to the new ones."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from essaim.views.addresses import published_path
from essaim.views.redirects import redirects
from essaim.views.site import Site
from mkdocs_essaim.content.files import published_file
from mkdocs_essaim.views.render import Renderer


def add_redirects(site: Site, renderer: Renderer, files: Files, config: MkDocsConfig) -> None:
    """Add the redirects of a site to a build, as files: in no navigation, search index or site map.

    Whatever else stands at an address stays.
    """
    taken = {file.dest_uri for file in files}
    for redirect in redirects(site):
        target = published_file(redirect.target, files, site.docs_dir)
        if target is None:
            continue
        here = File(published_path(redirect.path, site.docs_dir), None, config.site_dir, config.use_directory_urls)
        if here.dest_uri in taken:
            continue
        html = renderer.redirect(redirect.title, target.url_relative_to(here))
        files.append(File.generated(config, here.dest_uri, content=html))
