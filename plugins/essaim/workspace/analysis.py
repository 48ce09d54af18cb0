"""Everything known of a wiki at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from posixpath import basename

from essaim.diagnostics import Diagnostic, Severity
from essaim.graph.checks import check_addresses, check_orphans, check_row_lists, check_strays
from essaim.graph.departed import check_departed_names, departed_pages
from essaim.graph.embeddings import check_embeddings
from essaim.graph.files import is_hidden
from essaim.graph.glossary import check_acronyms
from essaim.graph.grounds import Grounds
from essaim.graph.mentions import check_mentions
from essaim.graph.model import Graph
from essaim.graph.neighbours import NO_NEIGHBOURS, Neighbours
from essaim.graph.notices import check_notices
from essaim.graph.redirections import Redirections, check_redirections
from essaim.graph.variables import Variables
from essaim.media import FileFacts
from essaim.pages.freshness import check_freshness
from essaim.pages.rows import NO_ROWS, SharedRows
from essaim.schema.model import Schema
from essaim.source import SourceFile
from essaim.workspace.changes import Summary
from essaim.workspace.discover import TYPE_FILE, Layout, is_stray


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """Schema, pages, graph and diagnostics of a wiki; immutable, the next one comes from `update`.

    `own` are the diagnostics of each page by itself, `rules` those of its collection's rules, and `grounds` what
    these stand on, where it is more than the page; `named` those of names, by folded name. `redirects` maps each old
    path to the page that took its place.
    """

    layout: Layout
    today: date
    sources: Mapping[str, SourceFile]
    files: frozenset[str]
    schema: Schema
    variables: Variables
    redirections: Redirections
    redirects: Mapping[str, str]
    graph: Graph
    general: tuple[Diagnostic, ...]
    own: Mapping[str, tuple[Diagnostic, ...]]
    named: Mapping[str, tuple[Diagnostic, ...]]
    rules: Mapping[str, tuple[Diagnostic, ...]]
    grounds: Mapping[str, Grounds]
    cycles: tuple[Diagnostic, ...]
    neighbours: Neighbours = NO_NEIGHBOURS
    """The other cooperatives that links may name."""
    rows: SharedRows = NO_ROWS
    """The rows that pages take from files."""
    facts: Mapping[str, FileFacts] = field(default_factory=dict)
    """What was measured of the files that are not read, by path."""

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All diagnostics, each once, file by file in reading order."""
        found = {*self.general, *self.cycles}
        for by_page in (self.own, self.named, self.rules):
            for diagnostics in by_page.values():
                found.update(diagnostics)
        for links in self.graph.out.values():
            found.update(links.diagnostics)
        found.update(check_addresses(self.graph.pages, self.layout.docs_dir))
        found.update(check_row_lists(self.rows, self.graph, self.schema, self.layout.docs_dir))
        found.update(check_orphans(self.graph))
        found.update(check_embeddings(self.graph))
        found.update(self.rows.check_unused(self.graph.pages.values()))
        types = (
            source
            for path, source in self.sources.items()
            if path.endswith(TYPE_FILE) and basename(path) == TYPE_FILE
        )
        found.update(check_notices(types, self.variables))
        found.update(check_freshness(self.graph.pages, self.today))
        found.update(check_redirections(self.redirections, self.graph.names, self.graph.pages))
        found.update(check_strays(path for path in self.files if is_stray(path) and not is_hidden(path)))
        return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))

    @cached_property
    def departed(self) -> frozenset[str]:
        """The paths of the pages of people who left."""
        if not any(page_type.departed for page_type in self.schema.types.values()):
            return frozenset()
        return departed_pages(self.graph, self.today)

    @cached_property
    def mentions(self) -> tuple[Diagnostic, ...]:
        """What could be linked or explained in the texts: informations that cost a reading of all of them.

        They are no part of `diagnostics`, and are found when first asked for.
        """
        found = (
            *check_mentions(self.graph, self.departed),
            *check_departed_names(self.graph, self.departed),
            *check_acronyms(self.graph, self.schema),
        )
        return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))

    @property
    def informed(self) -> tuple[Diagnostic, ...]:
        """All diagnostics, mentions included, file by file in reading order."""
        return tuple(sorted((*self.diagnostics, *self.mentions), key=lambda diagnostic: diagnostic.order))

    @cached_property
    def faulty(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """The errors of each file that has some."""
        found: dict[str, tuple[Diagnostic, ...]] = {}
        for diagnostic in self.diagnostics:
            if diagnostic.severity is Severity.ERROR:
                found[diagnostic.path] = (*found.get(diagnostic.path, ()), diagnostic)
        return found

    @property
    def summary(self) -> Summary:
        """The counts."""
        severities = [diagnostic.severity for diagnostic in self.diagnostics]
        out = self.graph.out.values()
        return Summary(
            pages=len(self.graph.pages),
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            links=sum(target.status != "external" for links in out for target in links.links),
            references=sum(len(page.references) for page in self.graph.pages.values()),
        )
