"""The work of a build on one page: find whether it is as it was, and make it if not."""

from dataclasses import dataclass
from hashlib import blake2b

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from essaim.views.tracing import Trace
from mkdocs_essaim.building.guests import guests
from mkdocs_essaim.building.maker import Ground, Made, Maker
from mkdocs_essaim.building.memory import Entry, Memory
from mkdocs_essaim.building.publication import Publication
from mkdocs_essaim.generated import content_of
from mkdocs_essaim.search.index import SearchIndex
from mkdocs_essaim.search.kept import Entry as Searched
from mkdocs_essaim.search.plugin import SearchPlugin


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Of a page: its source URI, how it was made, None when it is as it was, and the warnings that it raised.

    `searched` is what is searched of it, which another process took in; `trace` that of its inputs.
    """

    uri: str
    trace: Trace
    entry: Entry | None = None
    searched: Searched | None = None
    warnings: int = 0


class Work:
    """What one process does with the pages of a build; pages are named by their source URI."""

    def __init__(self, ground: Ground, publication: Publication, memory: Memory, environment: str) -> None:
        self._ground, self._publication = ground, publication
        self._memory, self._environment = memory, environment
        self._maker, self._guests = Maker(ground), [*guests(ground.config)]
        self._content, self._search = content_of(ground.config, "essaim"), search_of(ground.config)

    def __call__(self, uri: str) -> Answer:
        """Make a page, unless it is as it was."""
        page = self.page(uri)
        place = page.file.dest_uri
        key = self.key(page)
        trace = self._content.traces.pop(self._content.path_of(uri), frozenset())
        known = self._memory.entries.get(uri)
        if known is not None and known.key == key and stands(page, known, self._publication, self._search):
            self._content.forget(page)
            return Answer(uri=uri, trace=trace, searched=self._searched(place))
        made = self.make(page)
        file = self._publication.stage(place, made.data) if made.data else ""
        searched = self._searched(place)
        digest, anchors = searched.digest if searched else "", tuple(sorted(made.anchors))
        entry = Entry(key, file, digest, anchors, made.links, trace)
        return Answer(uri=uri, trace=trace, entry=entry, searched=searched, warnings=made.warnings)

    def page(self, uri: str) -> Page:
        """Return a page of the build."""
        file = self._ground.files.src_uris[uri]
        return file.page or Page(None, file, self._ground.config)

    def key(self, page: Page) -> str:
        """Digest all that a page stands on."""
        told = [part for guest in self._guests for part in guest.page_stands_on(page)]
        text = repr((self._environment, page.file.src_uri, told))
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def make(self, page: Page) -> Made:
        """Make a page, and let go what it was made from."""
        made = self._maker.make(page)
        self._content.forget(page)
        return made

    def _searched(self, place: str) -> Searched | None:
        return self._search.taken(place) if self._search is not None else None


def stands(page: Page, entry: Entry, publication: Publication, search: SearchIndex | None) -> bool:
    """Whether what was made of a page is still there, and what is searched of it."""
    if entry.file and not publication.stands(page.file.dest_uri, entry.file):
        return False
    return search is None or not entry.searched or search.keep(page.file.dest_uri, entry.searched)


def search_of(config: MkDocsConfig) -> SearchIndex | None:
    """Return the search of a build, None when it has none."""
    plugin = config.plugins.get("essaim-search")
    return plugin.index if isinstance(plugin, SearchPlugin) else None
