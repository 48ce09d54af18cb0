"""The page « Toutes les fiches »: every page by its name, for who searches without a script."""

from collections import defaultdict

from essaim.folding import fold
from essaim.pages.page import Page
from essaim.schema.model import PageType
from essaim.views.audience import summary_of
from essaim.views.fields import ShownValue
from essaim.views.listing import Listing, ListPage
from essaim.views.site import Site
from essaim.views.words import capitalised

NAME = "toutes-les-fiches"
"""Name of the page of all pages."""


def all_pages(site: Site) -> ListPage | None:
    """Return the list of every page by type, but for covers and list pages; None when there is nothing to list."""
    path = site.in_docs(f"{NAME}.md")
    by_type: dict[str, list[Page]] = defaultdict(list)
    for page in site.graph.pages.values():
        if site.lists(page.path) and page.path not in site.indexes and page.path != path:
            by_type[page.type.name].append(page)
    if not by_type:
        return None
    types = sorted((pages[0].type for pages in by_type.values()), key=lambda one: fold(one.label_many))
    return ListPage(
        path=path,
        title="Toutes les fiches",
        intro="Tout ce que ce wiki contient, par genre puis par titre. Pour y trouver un mot, servez-vous de la "
        "recherche de votre navigateur : Ctrl + F, ou « Rechercher dans la page ».",
        make=lambda: tuple(_listing(page_type, by_type[page_type.name], site) for page_type in types),
        empty="",
        is_of_faces=True,
    )


def _listing(page_type: PageType, pages: list[Page], site: Site) -> Listing:
    def summary(page: Page) -> tuple[ShownValue, ...]:
        text = "" if page.path in site.errors else summary_of(page, site.audience)
        return (ShownValue(text=text),) if text else ()

    pages.sort(key=lambda page: (fold(page.title), page.path))
    return Listing(
        id=f"genre-{page_type.name}",
        title=capitalised(page_type.label_many),
        intro="",
        columns=("Titre", "En bref"),
        rows=tuple(((ShownValue(text=page.title, page=page.path),), summary(page)) for page in pages),
    )
