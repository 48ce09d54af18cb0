"""The pages that stand at old addresses and lead to the new ones."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from essaim.views.body import published_path
from essaim.views.redirects import redirects
from essaim.views.site import Site


def add_redirects(site: Site, files: Files, config: MkDocsConfig) -> None:
    """Add the redirects of a site to a build, as files: in no navigation, search index or site map.

    Whatever else stands at an address stays.
    """
    environment = Environment(loader=PackageLoader("mkdocs_essaim"), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("redirect.html.jinja")
    taken = {file.dest_uri for file in files}
    for redirect in redirects(site):
        target = files.get_file_from_path(published_path(redirect.target, site.docs_dir))
        if target is None or not target.inclusion.is_included():
            continue
        here = File(published_path(redirect.path, site.docs_dir), None, config.site_dir, config.use_directory_urls)
        if here.dest_uri in taken:
            continue
        html = template.render(title=redirect.title, address=target.url_relative_to(here))
        files.append(File.generated(config, here.dest_uri, content=html))
