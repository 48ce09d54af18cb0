"""What nobody writes, by the plugin that publishes it: `essaim stage` publishes all of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from essaim.views.addresses import AddressOf
from essaim.views.changes import recent_page
from essaim.views.events.ics import calendars
from essaim.views.flags import flags_page
from essaim.views.freshness import freshness_data, freshness_page
from essaim.views.listing import Artifact, ListPage
from essaim.views.settings import settings_page
from essaim.views.shared_rows import rows_pages
from essaim.views.site import Site
from essaim.views.to_write import wanted_page


@dataclass(frozen=True, kw_only=True, slots=True)
class Generated:
    """Makers of list pages and of files, each from the whole site; None stands for nothing to publish.

    Files are told the published address of a page by its path, '' when it is not published.
    """

    pages: tuple[Callable[[Site], ListPage | None], ...] = ()
    page_sets: tuple[Callable[[Site], Iterable[ListPage]], ...] = ()
    """Makers of several pages each."""
    files: tuple[Callable[[Site, AddressOf], Artifact | None], ...] = ()
    sets: tuple[Callable[[Site, AddressOf], Iterable[Artifact]], ...] = ()
    """Makers of several files each."""

    def list_pages(self, site: Site) -> Iterator[ListPage]:
        """Yield the list pages, but for those whose own text is hidden from the audience."""
        made = [make(site) for make in self.pages]
        for page in (*made, *(page for make_several in self.page_sets for page in make_several(site))):
            if page is not None and (page.path not in site.graph.pages or site.sees(page.path)):
                yield page

    def artifacts(self, site: Site, address_of: AddressOf) -> Iterator[Artifact]:
        """Yield the files."""
        for make in self.files:
            artifact = make(site, address_of)
            if artifact is not None:
                yield artifact
        for make_several in self.sets:
            yield from make_several(site, address_of)


LINKS = Generated(pages=(wanted_page,))
"""What `essaim-links` publishes."""

HISTORY = Generated(pages=(recent_page, freshness_page), files=(freshness_data,))
"""What `essaim-history` publishes."""

VIEWS = Generated(pages=(settings_page, flags_page), page_sets=(rows_pages,), sets=(calendars,))
"""What `essaim-views` publishes."""

EVERYTHING = (VIEWS, LINKS, HISTORY)
"""All of it, in the order of the navigation."""
