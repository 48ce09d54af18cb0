"""A wiki as one audience is shown it: what every view is computed from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from posixpath import join, normpath

from essaim.diagnostics import Diagnostic
from essaim.graph.glossary import Glossary, load_glossary
from essaim.graph.model import Graph
from essaim.graph.variables import Variables
from essaim.pages.history import NO_HISTORY, History
from essaim.schema.model import Schema
from essaim.views.audience import Audience, sees_page
from essaim.views.wanted import Wanted, by_target, find_wanted


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
    left_out: Collection[str] = frozenset()
    """The pages that the host was asked not to publish: drafts, for one."""

    quotes: dict[str, Mapping[int, str]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The sentences around the links of the pages for which they were asked, kept for the next that asks. A site that
    is made from another has its own: another audience may read other words.
    """

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
        return page is not None and path not in self.left_out and sees_page(self.audience, page)

    def in_docs(self, name: str) -> str:
        """Return the path in the repository of a file of the documentation folder."""
        return normpath(join(self.docs_dir, name))
