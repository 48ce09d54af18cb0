"""What only several pages together can get wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from essaim.diagnostics import Diagnostic, Severity
from essaim.folding import twin
from essaim.graph.model import Edge, Graph
from essaim.graph.names import Name
from essaim.graph.query import Item, Query
from essaim.pages.page import FieldValue, Group, Page, Values
from essaim.pages.rows import SharedRows
from essaim.rules import declared, files, links
from essaim.schema.model import COVERS, DeclaredRule, Schema
from essaim.source import SourceFile


def check_names(names: tuple[Name, ...], pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """Report, among the names that fold alike, ids that are twins and other names already taken in one type.

    Ids are twins when only case or Unicode form tells them apart. Of two pages the one whose path comes later
    is told; an id or a title comes before another name.
    """
    ids: dict[tuple[str, str], str] = {}
    holders: dict[str, str] = {}
    for name in sorted(names, key=lambda n: (n.rank == 2, n.path)):
        page = pages[name.path]
        if not page.type.path or page.type.allows_extra:
            continue  # outside every collection, or in an open one, nothing was promised
        source = page.held.source
        if name.rank == 0:
            key = (name.page.type, twin(name.text))
            if key in ids:
                yield links.DUPLICATE_ID.at(source, (0, 0), id=name.text, other=ids[key])
            ids.setdefault(key, name.path)
        holder = holders.setdefault(name.page.type, name.path)
        if name.rank == 2 and holder != name.path:
            extent = next((start, end) for text, start, end in page.aliases if text == name.text)
            yield links.DUPLICATE_ALIAS.at(source, extent, alias=name.text, other=pages[holder].title)


def check_addresses(pages: Mapping[str, Page], docs_dir: str) -> Iterator[Diagnostic]:
    """Report pages that would be published over others, or not at all for another stands at their address."""
    for path in sorted(_beside_others(pages, docs_dir)):
        folder, slash, name = path.rpartition("/")
        stem = path.removesuffix(".md")
        rivals = [f"{stem}/{cover}" for cover in COVERS]
        if path.startswith(f"{docs_dir}/"):
            rivals.append(path.removeprefix(f"{docs_dir}/"))
        if name in COVERS[1:]:
            rivals.append(f"{folder}{slash}{COVERS[0]}")
        other = next((rival for rival in rivals if rival in pages), None)
        if other is not None:  # a README beside an index is for those who read the files: it hides nothing
            severity = Severity.WARNING if other.rpartition("/")[0] == folder else None
            yield files.PATH_COLLISION.at(pages[path].held.source, (0, 0), severity=severity, other=other)


def _beside_others(pages: Mapping[str, Page], docs_dir: str) -> set[str]:
    """Return the few pages that may have a rival: covers, those named as a folder, and twins outside and inside."""
    covers = [path for path in pages if path.endswith(COVERS)]
    inside = f"{docs_dir}/"
    twins = (f"{inside}{path}" for path in pages if not path.startswith(inside))
    folders = (f"{path.rpartition('/')[0]}.md" for path in covers)
    return {*covers, *(path for path in (*folders, *twins) if path in pages)}


def check_row_lists(rows: SharedRows, graph: Graph, schema: Schema, docs_dir: str) -> Iterator[Diagnostic]:
    """Report the files of rows whose list would be published over the page that stands for a folder."""
    for file in rows.files.values():
        other = rival_of_list(file.page, graph, schema, docs_dir) if file.places else None
        if other is not None:
            yield files.PATH_COLLISION.at(file.source, (0, 0), other=other)


def rival_of_list(path: str, graph: Graph, schema: Schema, docs_dir: str) -> str | None:
    """Return the page that stands for a folder, written or not, where a list that nobody writes would stand."""
    stem = path.removesuffix(".md")
    for folder in (stem, stem.removeprefix(f"{docs_dir}/")):
        covers = [f"{folder}/{cover}" for cover in COVERS]
        collection = schema.by_folder.get(folder)
        has_index = collection is not None and collection.index is not None
        is_listed = has_index or any(page.rpartition("/")[0] == folder for page in graph.pages)
        other = next((cover for cover in covers if cover in graph.pages), covers[0] if is_listed else None)
        if other is not None:
            return other
    return None


def check_strays(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Report files that pass for pages and are none; they are not published, for nothing in them was checked."""
    for path in paths:
        yield files.STRAY.at(SourceFile.from_text(path, ""), (0, 0))


def check_cycles(graph: Graph) -> Iterator[Diagnostic]:
    """Report each ring of pages along a field that must not turn round, once, on the first page of the ring."""
    by_field: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for path, out in graph.out.items():
        for edge in out.edges:
            if edge.field is not None and edge.field.acyclic and edge.target != path:
                by_field[edge.field.path][path].append(edge)
    for key in sorted(by_field):
        edges = by_field[key]
        for ring in _rings({path: [edge.target for edge in out] for path, out in edges.items()}):
            members = set(ring)
            trail = _shortest(ring[0], edges, members)
            first = next(edge for edge in edges[trail[0]] if edge.target == trail[1])
            source = graph.pages[trail[0]].held.source
            reference = next(r for r in graph.pages[trail[0]].references if r.start == first.start)
            cycle = " → ".join(f"« {graph.pages[path].title} »" for path in trail)
            extent = (reference.start, reference.end)
            yield links.CYCLE.at(source, extent, key=reference.field.name, cycle=cycle)


def _rings(edges: Mapping[str, list[str]]) -> list[list[str]]:
    """Return the strongly connected components of more than one page (Tarjan, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    rings = []
    for root in sorted(edges):
        work = [(root, iter(edges[root]))] if root not in index else []
        while work:
            node, targets = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                stack.append(node)
                on_stack.add(node)
            for target in targets:
                if target not in index:
                    work.append((target, iter(edges.get(target, ()))))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    ring = stack[at:]
                    del stack[at:]
                    on_stack.difference_update(ring)
                    if len(ring) > 1:
                        rings.append(sorted(ring))
    return sorted(rings)


def _shortest(start: str, edges: Mapping[str, list[Edge]], members: set[str]) -> list[str]:
    """Return the shortest way from a page back to itself inside a ring, breadth first."""
    trails = [[start]]
    seen: set[str] = set()
    for trail in trails:
        for target in sorted({edge.target for edge in edges[trail[-1]]} & members):
            if target == start:
                return [*trail, start]
            if target not in seen:
                seen.add(target)
                trails.append([*trail, target])
    return [start, start]


def check_orphans(graph: Graph) -> Iterator[Diagnostic]:
    """Tell which pages no other page cites; home and cover pages are found without."""
    for path in graph.pages.keys() - graph.into.keys():
        if not path.endswith(("/index.md", "/README.md")) and path != "index.md":
            yield links.ORPHAN.at(graph.pages[path].held.source, (0, 0))


def check_rules(page: Page, query: Query) -> Iterator[Diagnostic]:
    """Report the rules of its collection that a page does not follow."""
    for rule in page.type.rules:
        if rule.when is not None and not query.holds(rule.when, Item(page)):
            continue
        if not query.holds(rule.require, Item(page)):
            extent = _where(page, rule)
            source = page.held.source
            yield declared.DECLARED_RULE.at(source, extent, severity=rule.severity, message=rule.message)


def _where(page: Page, rule: DeclaredRule) -> tuple[int, int]:
    """Return the place to show: the field that is required, else the one that made it so, else the top."""
    conditions = [rule.require, *([rule.when] if rule.when else [])]
    for path in (path for condition in conditions for path in condition.paths if not path.of_this):
        place = _place(page.values.get(path.steps[0]) if path.steps else None, path.steps[1:])
        if place is not None:
            return place
    fields = page.document.fields
    start = fields.start if fields else 0
    return start, start + 1 if fields else 0


def _place(value: FieldValue | None, steps: Iterable[str]) -> tuple[int, int] | None:
    for step in steps:
        if isinstance(value, Values) and value.items:
            value = value.items[0]
        if not isinstance(value, Group) or step not in value.fields:
            break
        value = value.fields[step]
    return (value.start, value.end) if value is not None else None
