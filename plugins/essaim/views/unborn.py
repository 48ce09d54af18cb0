"""Collections that wait for their first page: nothing of them is shown until it comes."""

from posixpath import dirname
from typing import TYPE_CHECKING

from essaim.graph.model import LinkTarget
from essaim.schema.model import COVERS
from essaim.views.audience import HIDDEN, Audience, sees_page

if TYPE_CHECKING:
    from essaim.views.site import Site


def unborn_folders(site: "Site", audience: Audience) -> frozenset[str]:
    """Return the folders of the collections that have an index and nothing to list, as an audience is shown them.

    A page of a collection inside counts: the cover leads to it. The home page is always shown.
    """
    home = "" if site.docs_dir == "." else site.docs_dir
    indexed = {folder for folder, page_type in site.schema.by_folder.items() if page_type.index} - {home, ""}
    covers = {cover for folder in indexed for cover in covers_of(folder)}
    alive: set[str] = set()
    for path, page in site.graph.pages.items() if indexed else ():
        folder = path.rpartition("/")[0]
        if folder in alive or path in covers or path in site.left_out or path in site.departed:
            continue
        if not sees_page(audience, page):
            continue
        while folder and folder not in alive:
            alive.add(folder)
            folder = dirname(folder)
    return frozenset(indexed - alive)


def covers_of(folder: str) -> tuple[str, ...]:
    """Return the paths at which the page that stands for a folder may be."""
    return tuple(f"{folder}/{name}" for name in COVERS)


def hidden_words(target: LinkTarget, site: "Site") -> str | None:
    """Return what stands for a link to what the audience is not shown, if its author gave it no words of its own.

    None when the audience is shown it. What only members see has no name; of what nobody sees there are the words
    that are written.
    """
    if target.is_reserved and site.audience is Audience.PUBLIC:
        return HIDDEN
    is_unborn = target.status in ("page", "index") and target.path in site.unborn
    return target.link.target if target.is_left_out or is_unborn else None
