"""What stands at the addresses of pages that moved or went."""

from collections.abc import Iterator
from dataclasses import dataclass

from essaim.folding import twin
from essaim.graph.files import is_hidden
from essaim.schema.model import COVERS
from essaim.views.addresses import published_path
from essaim.views.audience import sees_type
from essaim.views.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class Redirect:
    """An old path of the repository, the page that took its place, and the title of that page."""

    path: str
    target: str
    title: str


def redirects(site: Site) -> tuple[Redirect, ...]:
    """Return the redirects an audience is shown, in path order: none to or from what it may not see.

    None stands at the address of a page, nor at one that only case tells from it: some disks hold them for one.
    """
    return tuple(_redirects(site)) if site.redirects else ()


def _redirects(site: Site) -> Iterator[Redirect]:
    taken = {_address(path, site.docs_dir) for path in (*site.graph.pages, *site.indexes)}
    for old in sorted(site.redirects):
        target, address = site.redirects[old], _address(old, site.docs_dir)
        places = (old, site.in_docs(published_path(old, site.docs_dir)))  # one may forget the folder
        is_seen = site.sees(target) and all(sees_type(site.audience, site.schema.type_of(one)) for one in places)
        if is_seen and not is_hidden(old) and address not in taken:
            taken.add(address)
            yield Redirect(path=old, target=target, title=site.graph.pages[target].title)


def _address(path: str, docs_dir: str) -> str:
    folder, _, name = published_path(path, docs_dir).rpartition("/")
    return twin(folder if name in COVERS else f"{folder}/{name.removesuffix('.md')}".removeprefix("/"))
