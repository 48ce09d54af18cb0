"""Everything known of a wiki at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from essaim.diagnostics import Diagnostic, Severity
from essaim.graph.checks import check_addresses, check_orphans, check_strays
from essaim.graph.model import Graph
from essaim.graph.variables import Variables
from essaim.schema.model import Schema
from essaim.source import SourceFile
from essaim.workspace.changes import Summary
from essaim.workspace.discover import Layout, is_hidden, is_stray


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """Schema, pages, graph and diagnostics of a wiki; immutable, the next one comes from `update`.

    `own` are the diagnostics of each page by itself, `rules` those of its collection's rules, with the pages
    their answers depended on; `named` those of names, by folded name.
    """

    layout: Layout
    today: date
    sources: Mapping[str, SourceFile]
    files: frozenset[str]
    schema: Schema
    variables: Variables
    graph: Graph
    general: tuple[Diagnostic, ...]
    own: Mapping[str, tuple[Diagnostic, ...]]
    named: Mapping[str, tuple[Diagnostic, ...]]
    rules: Mapping[str, tuple[Diagnostic, ...]]
    rule_pages: Mapping[str, frozenset[str]]
    cycles: tuple[Diagnostic, ...]

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
        found.update(check_orphans(self.graph))
        found.update(check_strays(path for path in self.files if is_stray(path) and not is_hidden(path)))
        return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))

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
