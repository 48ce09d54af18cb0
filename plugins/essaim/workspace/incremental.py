"""From one analysis to the next, at the cost of what changed.

A fresh analysis is an update of the empty one, so there is one way to compute anything. What must be computed
again is found by what each page said it looked at: names, paths, pages.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from posixpath import basename

from essaim.diagnostics import Diagnostic
from essaim.graph.checks import check_cycles, check_names, check_rules
from essaim.graph.files import is_hidden
from essaim.graph.flags import KnownFlags, check_flags
from essaim.graph.forbidden import check_forbidden
from essaim.graph.grounds import Grounds
from essaim.graph.interwiki import names_elsewhere
from essaim.graph.model import Edge, Graph, PageLinks
from essaim.graph.names import NameIndex, names_of
from essaim.graph.query import Known, Query
from essaim.graph.redirections import Redirections
from essaim.graph.resolve import Surroundings, resolve_page
from essaim.pages.fill import fill_page
from essaim.pages.page import Page
from essaim.pages.parse import parse_page
from essaim.pages.rows import named_rows
from essaim.schema.load import load_schema
from essaim.schema.model import Field, Schema
from essaim.source import SourceFile
from essaim.workspace.analysis import Analysis
from essaim.workspace.changes import Change
from essaim.workspace.discover import REDIRECTIONS_FILE, TYPE_FILE, Layout
from essaim.workspace.settings import (
    is_of_neighbours,
    is_of_variables,
    no_variables,
    with_neighbours,
    with_redirects,
    with_rows,
    with_variables,
)

Into = Mapping[str, Mapping[str, tuple[Edge, ...]]]


def is_page(path: str, schema: Schema, layout: Layout) -> bool:
    """Whether a file is a page: Markdown, published, in the documentation folder or in a collection."""
    if not path.endswith(".md") or is_hidden(path):
        return False
    if layout.docs_dir == "." or path.startswith(f"{layout.docs_dir}/"):
        return True
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in schema.by_folder:
            return True
    return False


def analyze(changes: Iterable[Change], layout: Layout, today: date) -> Analysis:
    """Analyze a wiki from nothing; `changes` are all its files."""
    schema, _ = load_schema(())
    graph = Graph(pages={}, names=NameIndex(by_key={}), out={}, into={})
    empty = Analysis(
        layout=layout,
        today=today,
        sources={},
        files=frozenset(),
        schema=schema,
        variables=no_variables(layout, today),
        redirections=Redirections(source=SourceFile.from_text(layout.in_docs(REDIRECTIONS_FILE), "")),
        redirects={},
        graph=graph,
        general=(),
        own={},
        named={},
        rules={},
        grounds={},
        cycles=(),
    )
    return update(empty, changes)


def update(analysis: Analysis, changes: Iterable[Change], today: date | None = None) -> Analysis:
    """Return the analysis after some files changed, and on another day if one is given."""
    by_path = {change.path: change for change in changes}
    is_new_day = today is not None and today != analysis.today
    if not by_path and not is_new_day:
        return analysis
    known = analysis.files
    analysis = replace(_with_files(analysis, by_path), today=today or analysis.today)
    values_changed = is_new_day or any(is_of_variables(path, analysis.layout) for path in by_path)
    if values_changed:
        analysis = with_variables(analysis)
    if any(is_of_neighbours(path, analysis.layout) for path in by_path):
        analysis = with_neighbours(analysis)
    if any(basename(path) == TYPE_FILE for path in by_path):
        analysis = with_rows(_with_schema(analysis))
        touched: Collection[str] = analysis.sources.keys() | analysis.graph.pages.keys()
    else:
        touched = {path for path in by_path if path.endswith(".md")}
        if values_changed:
            touched |= {path for path, page in analysis.graph.pages.items() if page.variables}
        if not analysis.rows.paths.isdisjoint(by_path):
            analysis = with_rows(analysis)
            touched |= {path for path, page in analysis.graph.pages.items() if any(named_rows(page))}
            touched |= analysis.rows.pages & analysis.graph.pages.keys()  # links may lead to a row there
    before = analysis.graph
    analysis, changed_keys = _with_pages(analysis, touched)
    listed = {path for path in by_path if (path in known) != (path in analysis.files)}
    analysis, redirected = with_redirects(analysis, by_path, changed_keys)
    listed |= redirected
    resolve = _to_resolve(analysis, before, touched, by_path, changed_keys, listed, values_changed=values_changed)
    analysis = _with_links(analysis, before, resolve)
    moved = resolve | {p for p in analysis.graph.into.keys() | before.into.keys() if _moved(analysis, before, p)}
    if is_new_day:  # conditions compare with it
        moved |= analysis.graph.pages.keys()
    elif values_changed:
        moved |= {path for path, page in analysis.graph.pages.items() if _reads_variables(page)}
    return _with_rules(analysis, moved | before.pages.keys() - analysis.graph.pages.keys())


def _with_files(analysis: Analysis, changes: Mapping[str, Change]) -> Analysis:
    """Take in the new texts and the new list of files."""
    sources, files, facts = dict(analysis.sources), set(analysis.files), dict(analysis.facts)
    for path, change in changes.items():
        sources.pop(path, None)
        files.discard(path)
        facts.pop(path, None)
        if change.exists:
            files.add(path)
            if change.source is not None:
                sources[path] = change.source
            if change.facts is not None:
                facts[path] = change.facts
    return replace(analysis, sources=sources, files=frozenset(files), facts=facts)


def _with_schema(analysis: Analysis) -> Analysis:
    types = [s for path, s in analysis.sources.items() if basename(path) == TYPE_FILE]
    schema, found = load_schema(types, without_lots=analysis.layout.without_lots)
    kept = tuple(d for d in analysis.general if basename(d.path) != TYPE_FILE)
    schema = replace(schema, docs_dir=analysis.layout.docs_dir)
    return replace(analysis, schema=schema, general=kept + tuple(found))


def _with_pages(analysis: Analysis, touched: Collection[str]) -> tuple[Analysis, set[str]]:
    """Parse the pages that changed; return the folded names that no longer mean the same pages."""
    pages, own = dict(analysis.graph.pages), dict(analysis.own)
    gone, come = [], []
    for path in touched:
        old, source = pages.get(path), analysis.sources.get(path)
        if source is None or not is_page(path, analysis.schema, analysis.layout):
            if old is not None:
                gone.append(old)
                del pages[path], own[path]
            continue
        page_type = analysis.schema.type_of(path)
        if old is not None and old.held.source.digest == source.digest and old.type == page_type:
            page = old
        else:
            page, own[path] = parse_page(source, page_type)
        page = fill_page(page, analysis.variables.fill, analysis.variables.fill_name)
        page = analysis.rows.fill(page)
        if page == old:
            continue
        if old is not None:
            gone.append(old)
        pages[path] = page
        come.append(page)
    names, changed_keys = analysis.graph.names.replace(gone, come)
    edited = (page for page in come if page.path in analysis.graph.pages)
    shown = {key for page in edited for key in names_of(page)}  # places of other names move with any edit
    named = _with_named(analysis.named, names, changed_keys | shown, pages)
    graph = replace(analysis.graph, pages=pages, names=names)
    return replace(analysis, graph=graph, own=own, named=named), changed_keys


def _with_named(
    named: Mapping[str, tuple[Diagnostic, ...]], names: NameIndex, keys: set[str], pages: Mapping[str, Page]
) -> dict[str, tuple[Diagnostic, ...]]:
    result = dict(named)
    for key in keys:
        result.pop(key, None)
        sharing = names.by_key.get(key, ())
        if len(sharing) > 1:
            found = tuple(check_names(sharing, pages))
            if found:
                result[key] = found
    return result


def _to_resolve(
    analysis: Analysis,
    before: Graph,
    touched: Collection[str],
    changes: Mapping[str, Change],
    changed_keys: set[str],
    listed: set[str],
    *,
    values_changed: bool,
) -> set[str]:
    """Return the pages whose links may lead elsewhere, or be told differently, than before.

    `listed` are the paths that came or went, or that are redirected elsewhere.
    """
    pages = analysis.graph.pages
    resolve = {path for path in touched if path in pages}
    if not before.out or any(basename(path) == TYPE_FILE for path in changes):
        return set(pages)
    neighbours = any(is_of_neighbours(path, analysis.layout) for path in changes)
    reworded = {p for p in touched if p in pages and p in before.pages and is_reworded(before.pages[p], pages[p])}
    unreadable = _has_unreadable(before.pages) != _has_unreadable(pages)
    for path, links in before.out.items():
        if path not in pages:
            continue
        if (
            (changed_keys and not links.keys.isdisjoint(changed_keys))
            or (links.has_missing and (changed_keys or listed or unreadable))
            or not links.paths.isdisjoint(listed | reworded)
            or not links.texts.isdisjoint(touched)
            or (values_changed and pages[path].variables)
            or (neighbours and names_elsewhere(pages[path]))
        ):
            resolve.add(path)
    for path in reworded:
        resolve.update(source for source in before.into.get(path, ()) if source in pages)
    return resolve


def _folders(pages: Iterable[str]) -> set[str]:
    """Return every folder above a page."""
    folders: set[str] = set()
    for path in pages:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _has_unreadable(pages: Mapping[str, Page]) -> bool:
    return any(page.unreadable for page in pages.values())


def is_reworded(old: Page, new: Page) -> bool:
    """Whether what others see of a page when they link to it changed."""
    return old.title != new.title or _places(old) != _places(new)


def _places(page: Page) -> list[str]:
    """Return what links to places of a page can name."""
    text = page.document.source.text
    headings = [text[heading.start : heading.end] + heading.anchor for heading in page.document.headings]
    return headings + [mark.id for mark in page.document.blocks]


def _with_links(analysis: Analysis, before: Graph, resolve: set[str]) -> Analysis:
    pages = analysis.graph.pages
    around = Surroundings(
        schema=analysis.schema,
        names=analysis.graph.names,
        pages=pages,
        files=analysis.files,
        variables=analysis.variables,
        rows=analysis.rows,
        redirects=analysis.redirects,
        folders=_folders(pages),
        has_unreadable=_has_unreadable(pages),
        neighbours=analysis.neighbours,
        docs_dir=analysis.layout.docs_dir,
    )
    out = {path: links for path, links in before.out.items() if path in pages}
    fresh = {path: _unless_same(resolve_page(pages[path], around), out.get(path)) for path in sorted(resolve)}
    out.update(fresh)
    gone = [path for path in before.out if path not in pages]
    into = _with_into(before, fresh, gone)
    graph = replace(analysis.graph, out=out, into=into)
    cycles = analysis.cycles
    turns = [(_turns(before.out.get(path)), _turns(out.get(path))) for path in (*fresh, *gone)]
    if any(old != new for old, new in turns) or (cycles and any(new for _, new in turns)):
        cycles = tuple(check_cycles(graph))
    return replace(analysis, graph=graph, cycles=cycles)


def _unless_same(links: PageLinks, known: PageLinks | None) -> PageLinks:
    """Return what is known already where it says the same: what did not move is told by being the same object."""
    return known if known == links else links


def _turns(links: PageLinks | None) -> list[tuple[str, Field]]:
    """Return where a page leads by fields that may not come back to it: what rings depend on."""
    if links is None:
        return []
    return [(edge.target, edge.field) for edge in links.edges if edge.field is not None and edge.field.acyclic]


def _with_into(before: Graph, fresh: Mapping[str, PageLinks], gone: Iterable[str]) -> Into:
    """Turn the edges of the pages resolved afresh into those of their targets; untouched targets are shared."""
    into = dict(before.into)
    renewed: dict[str, dict[str, tuple[Edge, ...]]] = {}

    def sources_of(target: str) -> dict[str, tuple[Edge, ...]]:
        if target not in renewed:
            renewed[target] = dict(into.get(target, {}))
        return renewed[target]

    for path in (*fresh, *gone):
        if path in before.out:
            for target in {edge.target for edge in before.out[path].edges}:
                sources_of(target).pop(path, None)
    for path, links in fresh.items():
        for edge in links.edges:
            sources = sources_of(edge.target)
            sources[path] = (*sources.get(path, ()), edge)
    for target, sources in renewed.items():
        if sources:
            into[target] = sources
        else:
            into.pop(target, None)
    return into


def _moved(analysis: Analysis, before: Graph, path: str) -> bool:
    """Whether other pages now name this one than before."""
    return analysis.graph.into.get(path) is not before.into.get(path)


def _reads_variables(page: Page) -> bool:
    """Whether what its type forbids a page depends on what the cooperative decided."""
    return any(rule.has_variables for rule in page.type.forbidden)


def _with_rules(analysis: Analysis, moved: set[str]) -> Analysis:
    pages = analysis.graph.pages
    rules = {path: found for path, found in analysis.rules.items() if path in pages}
    depends = {path: grounds for path, grounds in analysis.grounds.items() if path in pages}
    known_moved: dict[Grounds, bool] = {}
    again = {path for path, grounds in depends.items() if grounds.are_among(moved, known_moved)}
    again |= moved & pages.keys()
    flags = KnownFlags(analysis.graph, analysis.today)
    known: Known = {}
    for path in again:
        rules.pop(path, None)
        depends.pop(path, None)
        page = pages[path]
        if page.unreadable:
            continue
        query = Query(graph=analysis.graph, today=analysis.today, this=page, known=known)
        found = (
            *check_rules(page, query),
            *check_forbidden(page, query, analysis.variables),
            *check_flags(page, query, flags),
        )
        if found:
            rules[path] = found
        if not query.grounds.are_only(path):
            depends[path] = query.grounds
    return replace(analysis, rules=rules, grounds=depends)
