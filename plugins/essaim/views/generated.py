"""What nobody writes, by the plugin that publishes it: `essaim stage` publishes all of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from essaim.views.addresses import AddressOf
from essaim.views.all_pages import all_pages
from essaim.views.changes import recent_page
from essaim.views.flags import flags_page
from essaim.views.freshness import freshness_data, freshness_page
from essaim.views.listing import Artifact, LateArtifact, ListPage
from essaim.views.settings import settings_page
from essaim.views.shared_rows import rows_pages
from essaim.views.site import Site
from essaim.views.to_write import wanted_page

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True, slots=True)
class Generated:
    """Makers of list pages and of files, each from the whole site.

    Files are told the published address of a page by its path, '' when it is not published.
    """

    pages: tuple[Callable[[Site], Iterable[ListPage]], ...] = ()
    files: tuple[Callable[[Site, AddressOf], Iterable[Artifact | LateArtifact]], ...] = ()

    def list_pages(self, site: Site) -> Iterator[ListPage]:
        """Yield the list pages, but for those whose own text is hidden from the audience."""
        for page in (page for make in self.pages for page in make(site)):
            if page.path not in site.graph.pages or site.sees(page.path):
                yield page

    def artifacts(self, site: Site, address_of: AddressOf) -> Iterator[Artifact | LateArtifact]:
        """Yield the files."""
        for make in self.files:
            yield from make(site, address_of)


def _if_any(make: Callable[Asked, Made | None]) -> Callable[Asked, Iterable[Made]]:
    """Return what makes one thing, or None when there is nothing to publish, as what makes several."""

    def made(*asked: Asked.args, **named: Asked.kwargs) -> Iterable[Made]:
        one = make(*asked, **named)
        return () if one is None else (one,)

    return made


def _calendars(site: Site, address_of: AddressOf) -> Iterator[Artifact]:
    """Yield the calendars of a site that has events."""
    if site.events.by_path:
        from essaim.views.events.ics import calendars  # what writes them takes longer to load than most of this

        yield from calendars(site, address_of)


LINKS = Generated(pages=(_if_any(wanted_page),))
"""What `essaim-links` publishes."""

HISTORY = Generated(pages=(_if_any(recent_page), _if_any(freshness_page)), files=(_if_any(freshness_data),))
"""What `essaim-history` publishes."""

VIEWS = Generated(
    pages=(_if_any(all_pages), _if_any(settings_page), _if_any(flags_page), rows_pages), files=(_calendars,)
)
"""What `essaim-views` publishes."""

EVERYTHING = (VIEWS, LINKS, HISTORY)
"""All of it, in the order of the navigation."""
