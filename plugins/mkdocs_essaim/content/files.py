"""The files of a build: collections that stand outside the documentation folder come in, hidden ones go out."""

from posixpath import basename, dirname, relpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from essaim.graph.files import is_hidden
from essaim.views.addresses import published_path
from essaim.views.files import seen_files
from essaim.views.site import Site
from essaim.workspace import Analysis
from essaim.workspace.discover import is_stray


def arrange_files(files: Files, analysis: Analysis, site: Site, root: str, config: MkDocsConfig) -> dict[str, str]:
    """Make the files of a build those of the wiki; return the repository path of each page, by its source URI."""
    docs_dir, pages = analysis.layout.docs_dir, analysis.graph.pages
    seen = seen_files(analysis.files, site)
    among_seen = set(seen)
    for file in list(files):
        path = file.src_uri if docs_dir == "." else f"{docs_dir}/{file.src_uri}"
        is_ours = file.src_dir == config.docs_dir
        unpublished = is_hidden(file.src_uri) or is_stray(file.src_uri)
        if is_ours and (unpublished or (path in analysis.files and path not in among_seen)):
            files.remove(file)
        elif is_ours and path in pages and _is_left_out_by_default(file, config):
            file.inclusion = InclusionLevel.INCLUDED
    ways: dict[str, str] = {}
    for path in seen:
        if published_path(path, docs_dir) != path or docs_dir == "." or is_hidden(path) or is_stray(path):
            continue
        if path.endswith(".md") and path not in pages:
            continue
        folder = dirname(path)
        if folder not in ways:
            ways[folder] = relpath(folder or ".", docs_dir)
        files.append(_outside(path, ways[folder], root, config))
    uris = {published_path(path, docs_dir): path for path in pages}
    return {uri: path for uri, path in uris.items() if uri in files.src_uris}


def published_file(path: str, files: Files, docs_dir: str) -> File | None:
    """Return the file of a build that a path of the repository is published as, None when it is not published."""
    file = files.src_uris.get(published_path(path, docs_dir))
    return file if file is not None and file.inclusion.is_included() else None


def outside_folders(analysis: Analysis) -> list[str]:
    """Return the top folders outside the documentation folder that hold collections, for a live server to watch."""
    docs_dir = analysis.layout.docs_dir
    folders = {dirname(path) for path in analysis.sources} - {""}
    tops = {folder.partition("/")[0] for folder in folders}
    return sorted(tops - {docs_dir.partition("/")[0]}) if docs_dir != "." else []


def _is_left_out_by_default(file: File, config: MkDocsConfig) -> bool:
    """Whether MkDocs passes over a file only for it takes `templates/` for a theme's: notes stand there too."""
    excluded = config.exclude_docs
    wanted_out = excluded is not None and excluded.match_file(file.src_uri)
    return file.inclusion is InclusionLevel.EXCLUDED and file.src_uri.startswith("templates/") and not wanted_out


def _outside(path: str, way: str, root: str, config: MkDocsConfig) -> File:
    """Return a file that stands in a folder outside the documentation folder, from which it is found by `way`."""
    file = File(path, src_dir=root, dest_dir=config.site_dir, use_directory_urls=config.use_directory_urls)
    file.edit_uri = f"{way}/{basename(path)}"
    return file
