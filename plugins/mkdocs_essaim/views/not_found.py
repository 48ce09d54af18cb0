"""What the site answers to an address that leads nowhere: a page in French, with ways to go on."""

from collections.abc import Mapping, Sequence
from importlib.resources import files as resources

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from essaim.folding import fold
from essaim.views.all_pages import NAME
from essaim.views.index import IndexPage

TEMPLATE = "404.html"


def offer_template(config: MkDocsConfig) -> None:
    """Put our page before that of the theme, and after that of the wiki if it has one."""
    folder = str(resources("mkdocs_essaim").joinpath("theme"))
    if folder not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)
    config.theme.static_templates.add(TEMPLATE)


def ways_on(indexes: Mapping[str, IndexPage], order: Sequence[str], files: Files) -> dict[str, object]:
    """Return what our page is told: where every page is listed, and the lists of the collections, some types first.

    Indexes are given by their source URI.
    """
    rank = {name: number for number, name in enumerate(order)}
    every = files.get_file_from_path(f"{NAME}.md")
    sorted_ones = sorted(indexes.items(), key=lambda pair: (rank.get(pair[1].type, len(rank)), fold(pair[1].label)))
    covers = [(one.label, files.get_file_from_path(uri)) for uri, one in sorted_ones if one.type]
    return {
        "essaim_every_page": every.url if every is not None else "",
        "essaim_covers": [(label, file.url) for label, file in covers if file is not None],
    }
