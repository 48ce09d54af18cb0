"""What a build publishes beside what it makes of each page: files, templates of the theme, search."""

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from mkdocs.commands import build as host
from mkdocs.structure.pages import Page

from mkdocs_essaim.building.environment import state_of_file
from mkdocs_essaim.building.maker import Ground
from mkdocs_essaim.building.memory import Entry
from mkdocs_essaim.building.publication import Publication
from mkdocs_essaim.generated import MadeFile
from mkdocs_essaim.search.index import FOLDER as SEARCH
from mkdocs_essaim.search.index import SearchIndex


def add_pages(
    pages: Mapping[str, Page], entries: Mapping[str, Entry], ground: Ground, publication: Publication
) -> None:
    """Publish the pages that gave something to write."""
    for uri, page in pages.items():
        _attach(page, entries[uri], ground)
        if entries[uri].file:
            publication.add(page.file.dest_uri, entries[uri].file)


def _attach(page: Page, entry: Entry, ground: Ground) -> None:
    """Give a page what its links, and those of others, are checked with."""
    page.present_anchor_ids = set(entry.anchors)
    named = {ground.files.src_uris.get(uri): dict(anchors) for uri, anchors in entry.links.items()}
    page.links_to_anchors = {file: anchors for file, anchors in named.items() if file is not None}


def copy_files(ground: Ground, publication: Publication, made: Mapping[str, str], same: Set[str]) -> None:
    """Publish what is no page.

    A file that did not change on disk since it was published is not read again; one that is made from what is the
    `same` is not made again, if it stands as it was, by its digest in `made`.
    """
    for file in ground.files:
        place = file.dest_uri
        if file.is_documentation_page() or not file.inclusion.is_included():
            continue
        is_same = isinstance(file, MadeFile) and file.artifact.stands_on <= same
        if is_same and publication.stands(place, made.get(place, "")):
            publication.add(place, made[place])
        elif file.generated_by is None and file.abs_src_path is not None:
            source = Path(file.abs_src_path)
            publication.add_file(place, source, state_of_file(source))
        else:
            publication.add_data(place, file.content_bytes)


def made_files(ground: Ground) -> Iterator[str]:
    """Yield where the files stand that are made from all pages."""
    return (file.dest_uri for file in ground.files if isinstance(file, MadeFile) and file.inclusion.is_included())


def add_search(search: SearchIndex, publication: Publication) -> None:
    """Publish the search. A folder that an index was made in is named by what it was made of."""
    for name, content in search.files().items():
        path = f"{SEARCH}/{name}"
        if isinstance(content, bytes):
            publication.add_data(path, content)
        else:
            publication.add_kept(path, content)


def make_templates(ground: Ground) -> None:
    """Have the host write what the theme and the settings add."""
    config = ground.config
    for name in config.theme.static_templates:
        host._build_theme_template(name, ground.env, ground.files, config, ground.nav)
    for name in config.extra_templates:
        host._build_extra_template(name, ground.files, config, ground.nav)
