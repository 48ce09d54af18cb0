"""What each kind of page says of itself to machines: a written one, an index, a list."""

from collections.abc import Iterator

from essaim.pages.page import Page
from essaim.schema.model import PageType
from essaim.views.audience import summary_of
from essaim.views.index import HOME, IndexPage, cover_path
from essaim.views.linked_data.model import LinkedData, Place, Thing
from essaim.views.linked_data.things import make_thing
from essaim.views.listing import ListPage
from essaim.views.relations import ShownRelation
from essaim.views.site import Site
from essaim.views.words import capitalised

MOST = 100
"""Pages that an index names to machines at most."""


def page_data(page: Page, site: Site, relations: tuple[ShownRelation, ...]) -> LinkedData:
    """Return what a page says of itself: of one that waits for a correction, its name only.

    `relations` are those of the page, as the audience is shown them.
    """
    trail = _trail(page.type, site) if page.type.index else ()
    if page.path in site.departed:
        return LinkedData(kind=_kind(page.path, site), path=page.path, name=capitalised(page.title), trail=trail)
    if page.path in site.errors:
        return LinkedData(kind=_kind(page.path, site), path=page.path, name=page.title, trail=trail)
    past, spec = site.history.pages.get(page.path), page.type.linked_data
    main = make_thing(page, spec.thing, site, relations) if spec else None
    said = {word.partition(":")[0] for word in _words(main)} if main else set()
    return LinkedData(
        kind=_kind(page.path, site),
        path=page.path,
        name=page.title,
        summary=summary_of(page, site.audience),
        published=past.first.when.date().isoformat() if past and not past.is_cut else "",
        modified=past.last.when.date().isoformat() if past else "",
        trail=trail,
        main=main,
        prefixes=tuple((name, address) for name, address in spec.prefixes if name in said) if spec else (),
    )


def _words(thing: Thing) -> Iterator[str]:
    """Yield the types and the properties by which something is told, and what it is told with."""
    yield from thing.types
    for name, data in thing.properties:
        yield name
        for datum in data:
            if isinstance(datum, Thing):
                yield from _words(datum)


def index_data(index: IndexPage, site: Site) -> LinkedData:
    """Return what an index says of itself: which pages it leads to, and how many they are."""
    cover = site.graph.pages.get(index.path)
    is_shown = cover is not None and index.path not in site.errors
    kind = _kind(index.path, site)
    items = tuple(
        Thing(
            types=("ListItem",),
            properties=(("position", (number,)), ("url", (Place(path=e.path),)), ("name", (e.title,))),
        )
        for number, e in enumerate(index.listed.entries[:MOST], 1)
    )
    count = ("numberOfItems", (len(index.listed.entries),))
    return LinkedData(
        kind="CollectionPage" if kind == "WebPage" else kind,
        path=index.path,
        name=cover.title if cover else index.label,
        summary=summary_of(cover, site.audience) if cover and is_shown else "",
        trail=((_home(site), HOME),) if kind == "WebPage" else (),
        main=Thing(types=("ItemList",), properties=(count, ("itemListElement", items))),
    )


def list_data(list_page: ListPage, site: Site) -> LinkedData:
    """Return what a list that nobody writes says of itself."""
    trail = ((_home(site), HOME),)
    return LinkedData(kind="WebPage", path=list_page.path, name=list_page.title, summary=list_page.intro, trail=trail)


def _kind(path: str, site: Site) -> str:
    """Return the type of a page: the home page stands for the whole site."""
    return "WebSite" if path == _home(site) else "WebPage"


def _home(site: Site) -> str:
    return cover_path("" if site.docs_dir == "." else site.docs_dir, site.graph)


def _trail(page_type: PageType, site: Site) -> tuple[tuple[str, str], ...]:
    """Return the way from the home page to the index of a collection."""
    index = cover_path(page_type.folder, site.graph)
    home = _home(site)
    steps = ((home, HOME), (index, capitalised(page_type.label_many)))
    return steps if index != home else steps[:1]
