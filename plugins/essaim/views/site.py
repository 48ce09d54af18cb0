"""A wiki as one audience is shown it: what every view is computed from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from posixpath import join, normpath
from typing import TYPE_CHECKING

from essaim.diagnostics import Diagnostic
from essaim.graph.columns import Columns
from essaim.graph.flags import Raised, raised_flags
from essaim.graph.glossary import Glossary, load_glossary
from essaim.graph.model import Graph
from essaim.graph.query import Known, Query
from essaim.graph.variables import Variables
from essaim.media import FileFacts
from essaim.pages.history import NO_HISTORY, History
from essaim.pages.page import Page
from essaim.pages.rows import NO_ROWS, SharedRows
from essaim.schema.model import Field, PageType, Schema
from essaim.views.audience import Audience, sees_aliases, sees_field, sees_page
from essaim.views.departed import NOBODY_LEFT, Departed
from essaim.views.linked_data.model import Thing
from essaim.views.unborn import covers_of, unborn_folders
from essaim.views.wanted import Wanted, by_target, find_wanted

if TYPE_CHECKING:
    from essaim.views.events.known import KnownEvents
    from essaim.views.index import IndexPage
    from essaim.views.quotes import Quote


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything views look at. `errors` are those of each page that has some; `docs_dir` is relative to the root.

    `models` are the first texts of new pages, by folder of their collection. `new_page` is the template of the
    address where one begins, '' when there is none; `lists_wanted` says whether the list of pages to write is
    published.
    """

    graph: Graph
    schema: Schema
    variables: Variables
    audience: Audience
    today: date
    docs_dir: str
    errors: Mapping[str, tuple[Diagnostic, ...]]
    history: History = NO_HISTORY
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old path → the page that took its place."""
    models: Mapping[str, str] = field(default_factory=dict)
    new_page: str = ""
    lists_wanted: bool = True
    files: Collection[str] = frozenset()
    """All files of the wiki, whoever may be given them."""
    facts: Mapping[str, FileFacts] = field(default_factory=dict)
    """What was measured of those that are not read, by path."""
    rows: SharedRows = NO_ROWS
    """The rows that pages take from files."""
    departed: Departed = NOBODY_LEFT
    """The people who left; their pages, in `graph`, say nothing more of them."""
    left_out: Collection[str] = frozenset()
    """The pages that the host was asked not to publish: drafts, for one."""

    quotes: "dict[str, Mapping[int, Quote]]" = field(default_factory=dict, init=False, compare=False, repr=False)
    """The sentences around the links of the pages for which they were asked, kept for the next that asks. A site that
    is made from another has its own: another audience may read other words.
    """
    named: dict[str, Thing] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What machines are told of the pages that others name, by path: made once, held once however many name them."""
    computed: Known = field(default_factory=dict, init=False, compare=False, repr=False)
    """The values that nobody writes, as the audience may know them: computed once, whoever asks."""

    @property
    def unwatched(self) -> "Site":
        """The site that notes nothing of what is read: who reads it says what the answer stands on."""
        return self

    def asked(self, types: Iterable[str]) -> "Site":
        """Return the site as a query of the pages of some types asks it; what it reads is noted in another way."""
        return self

    def stands_on(self, paths: Iterable[str]) -> None:
        """Say that what is shown stands on what others may show of some pages; a site that is watched notes it."""

    @cached_property
    def wanted(self) -> Mapping[str, Wanted]:
        """The pages that links ask for and nobody wrote, by the folded names that links use, most wanted first."""
        return by_target(find_wanted(self))

    @cached_property
    def glossary(self) -> Glossary:
        """The acronyms that pages explain, whoever may see these."""
        return load_glossary(self.graph, self.schema)

    def sees(self, path: str) -> bool:
        """Whether the audience is shown the page at a path."""
        page = self.graph.pages.get(path)
        is_seen = page is not None and path not in self.left_out and sees_page(self.audience, page)
        return is_seen and path not in self.unborn

    def lists(self, path: str) -> bool:
        """Whether the page at a path is one of those that lists, searches and queries give: not of who left."""
        return path not in self.departed and self.sees(path)

    @cached_property
    def unborn(self) -> Collection[str]:
        """Where the covers of the collections that have nothing to list yet are, or would be: nowhere to be shown."""
        return frozenset(cover for folder in unborn_folders(self, self.audience) for cover in covers_of(folder))

    def asking(self, this: Page | None = None, rows: str = "") -> Query:
        """Return a query of a page, or of nobody, as the audience sees the wiki; `rows` is that of `Query`."""
        return Query(
            graph=self.graph,
            today=self.today,
            this=this,
            eyes=SiteEyes(self),
            rows=rows,
            says_titles=True,
            known=self.computed,
        )

    @cached_property
    def columns(self) -> Columns:
        """The values that queries look up, as the audience sees them."""
        listed = [page for path, page in self.graph.pages.items() if self.lists(path)]
        return Columns(query=self.asking(), pages=listed)

    @cached_property
    def raised(self) -> Mapping[str, tuple[Raised, ...]]:
        """The flags of the pages that have some, by path, as the audience may be told of them."""
        query = self.asking()
        flagged = [page for path, page in self.graph.pages.items() if page.type.flags and self.sees(path)]
        found = {page.path: tuple(filter(self.tells, raised_flags(page, query))) for page in flagged}
        return {path: flags for path, flags in found.items() if flags}

    def tells(self, flag: Raised) -> bool:
        """Whether the audience sees all that a flag depends on."""
        return self.audience is Audience.MEMBERS or not flag.spec.is_reserved

    @cached_property
    def events(self) -> "KnownEvents":
        """The events that the audience may know of."""
        from essaim.views.events.known import known_events  # it needs what needs a Site

        return known_events(self)

    @cached_property
    def indexes(self) -> "Mapping[str, IndexPage]":
        """The index pages that have something to show, by the path of their `index.md`."""
        from essaim.views.index import site_indexes  # it needs what needs a Site

        return site_indexes(self)

    def in_docs(self, name: str) -> str:
        """Return the path in the repository of a file of the documentation folder."""
        return normpath(join(self.docs_dir, name))


@dataclass(frozen=True, slots=True)
class SiteEyes:
    """What the audience of a site sees, for queries: nothing else takes part in an answer."""

    site: Site

    def sees_page(self, path: str) -> bool:
        """Whether a page is published."""
        return self.site.sees(path)

    def reads_page(self, path: str) -> bool:
        """Whether a page is published whole: of one that waits for a correction, only the title is."""
        return path not in self.site.errors

    def sees_field(self, field: Field) -> bool:
        """Whether the audience is shown a field."""
        return sees_field(self.site.audience, field)

    def sees_aliases(self, page_type: PageType) -> bool:
        """Whether the audience is shown the other names of the pages of a type."""
        return sees_aliases(self.site.audience, page_type)
