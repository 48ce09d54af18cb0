"""`inventaire.json`: the pages of a wiki as another cooperative may cite them."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple, Self
from urllib.parse import quote

from essaim.graph.inventory import (
    INVENTORY,
    Inventory,
    InventoryPage,
    InventorySection,
    clean,
    is_address,
    is_anchor,
    is_path,
    render_inventory,
)
from essaim.graph.model import PageLinks
from essaim.pages.page import Page
from essaim.schema.model import PageType
from essaim.syntax.markdown import Heading
from essaim.views.addresses import AddressOf
from essaim.views.audience import Audience, sees_aliases, sees_type, summary_of
from essaim.views.listing import LISTS, OUTLINES, LateArtifact
from essaim.views.site import Site
from essaim.views.unborn import covers_of, unborn_folders

_DEEPEST = 3
"""Level of the last headings that another cooperative may name."""
_KEPT = "/%~+,;=@"
"""Characters that stay as they are in an address."""


def inventory(site: Site, site_name: str, site_url: str, address_of: AddressOf) -> LateArtifact:
    """Return the inventory of a site: always what the public sees, for another cooperative receives it.

    `address_of` gives the published address of a page below that of the site, '' when there is none.
    """

    def make() -> str:
        address = site_url if is_address(site_url) else ""
        pages = tuple(_pages(site, address_of))
        return render_inventory(Inventory(name=clean(site_name), address=address, pages=pages))

    return LateArtifact(path=INVENTORY, make=make, stands_on=frozenset({LISTS, OUTLINES}))


class _Kind(NamedTuple):
    """What the inventory tells of the pages of a type: it is the same for all of them."""

    label: str
    is_told: bool
    has_aliases: bool

    @classmethod
    def of(cls, page_type: PageType) -> Self:
        """Return what is told of a type to the public."""
        is_told = page_type.share != "never" and sees_type(Audience.PUBLIC, page_type)
        return cls(clean(page_type.label_one), is_told, sees_aliases(Audience.PUBLIC, page_type))


def _pages(site: Site, address_of: AddressOf) -> Iterator[InventoryPage]:
    unborn = {cover for folder in unborn_folders(site, Audience.PUBLIC) for cover in covers_of(folder)}
    types = {id(page.type): page.type for page in site.graph.pages.values()}
    kinds = {key: _Kind.of(page_type) for key, page_type in types.items()}
    for path, page in site.graph.pages.items():
        kind = kinds[id(page.type)]
        if not kind.is_told or path in unborn or path in site.departed or path in site.errors:
            continue
        address, name = address_of(path), clean(page.id.id)
        below = quote(address.removeprefix("./"), safe=_KEPT)
        if address and name and is_path(below):
            changing = _changing_headings(page, site.graph.out[path], unborn)
            is_changing = page.title in (heading.title for heading in changing)
            yield InventoryPage(
                id=page.id._replace(id=name),
                label=kind.label,
                title=name if is_changing else clean(page.title) or name,
                summary=clean(summary_of(page, Audience.PUBLIC)),
                aliases=tuple(_aliases(page)) if kind.has_aliases else (),
                path=below,
                sections=tuple(_sections(page, changing)),
            )


def _changing_headings(page: Page, links: PageLinks, unborn: Collection[str]) -> tuple[Heading, ...]:
    """Return the headings that are not published as they are written: for what they name is reserved, or varies."""
    hidden = (t for t in links.links if t.is_reserved or t.is_left_out or t.path in unborn)
    places = [target.link.start for target in hidden]
    places += [variable.start for variable in page.variables]
    if not places:
        return ()
    return tuple(h for h in page.headings if any(h.start <= place < h.end for place in places))


def _aliases(page: Page) -> Iterator[str]:
    return filter(None, (clean(text) for text, _, _ in page.aliases))


def _sections(page: Page, changing: tuple[Heading, ...]) -> Iterator[InventorySection]:
    for heading in page.headings:
        if heading.level <= _DEEPEST and heading.title != page.title and heading not in changing:
            section = _section(heading.title, heading.anchor)
            if section is not None:
                yield section


@lru_cache(maxsize=4096)
def _section(title: str, anchor: str) -> InventorySection | None:
    """Return a section by the title of its heading, which many pages share; None when it cannot be named."""
    name = clean(title)
    return InventorySection(name, anchor) if name and is_anchor(anchor) else None
