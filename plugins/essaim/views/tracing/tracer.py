"""The inputs of pages, each with what it was found in."""

from essaim.pages.page import Page
from essaim.schema.model import COVERS
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.listing import LISTS
from essaim.views.site import Site
from essaim.views.tracing.notes import Notes
from essaim.views.tracing.reads import CITED, PAGE, TEXT, Trace
from essaim.views.tracing.watched import watch


class Tracer:
    """Gathers the inputs of the pages of one site."""

    def __init__(self, site: Site) -> None:
        self._notes = Notes(site.graph.pages)
        self._site = watch(site, self._notes)

    def inputs(self, page: Page) -> tuple[PageInputs, Trace]:
        """Return what a page's HTML depends on, and all that it was found in."""
        for kind in (PAGE, TEXT, CITED):
            self._notes.noted[kind].add(page.path)
        if page.path.endswith(COVERS) and page.path in self._site.unwatched.indexes:  # it shows more than its inputs
            self._notes.noted[LISTS].add("")
        found = page_inputs(page, self._site)
        return found, self._notes.take()
