"""The wiki as its sites show it: without the names of the people who left.

Their pages become stubs, and the links that lead to them say what these people were. Both are written as texts and
analyzed as any edit is: whatever a view reads of a page, of its links or of who cites it, no name is in it. The names
stay known to the index of names only, so that what was written by name still leads where it did.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from posixpath import dirname
from urllib.parse import quote

from essaim.graph.addresses import relative_path
from essaim.graph.departed import names_of_departed
from essaim.graph.model import Graph, LinkTarget, PageLinks
from essaim.pages.edit import write_scalar
from essaim.pages.page import Page, Value
from essaim.schema.departed import DepartedSpec
from essaim.source import SourceFile
from essaim.syntax.lazy import LazyDocument
from essaim.syntax.markdown import LinkKind
from essaim.syntax.yaml_mending import quoted
from essaim.views.audience import Audience, sees_field
from essaim.views.departed import NOBODY_LEFT, Departed
from essaim.views.escaping import escape
from essaim.views.files import files_of, without_anchors
from essaim.workspace.analysis import Analysis
from essaim.workspace.changes import Change
from essaim.workspace.incremental import update

Edit = tuple[int, int, str]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What an audience is shown of a wiki: its graph, and who left.

    `texts` are the files that are written otherwise than in the wiki, `of`, and `analysis` what comes of them: kept
    for the next time.
    """

    graph: Graph
    departed: Departed
    texts: Mapping[str, SourceFile]
    of: Analysis
    analysis: Analysis


def without_departed(analysis: Analysis, audience: Audience, known: Shown | None = None) -> Shown:
    """Return the graph that views may look at, and what they are to know of the people who left.

    `known` is what the same audience was shown of the wiki before: only what changed is then written and analyzed.
    """
    left = analysis.departed
    if not left:
        return Shown(graph=analysis.graph, departed=NOBODY_LEFT, texts={}, of=analysis, analysis=analysis)
    pages = {path: analysis.graph.pages[path] for path in sorted(left)}
    words = {path: _words(page, audience) for path, page in pages.items()}
    files = frozenset(file for page in pages.values() for file in files_of(page))
    specs = {path: page.type.departed for path, page in pages.items()}
    stubs = {path: _stub(page, spec) for path, page in pages.items() if (spec := specs[path])}
    texts = {source.path: source for source in (*stubs.values(), *_rewritten(analysis, words, files, known))}
    seen = _analyzed(analysis, texts, known)
    nameless = {path: _nameless(seen.graph.pages[path], words[path]) for path in left}
    return Shown(
        graph=replace(seen.graph, pages={**seen.graph.pages, **nameless}),
        departed=Departed(
            words=words,
            names=frozenset(name for page in pages.values() for name in names_of_departed(page)),
            files=files,
        ),
        texts=texts,
        of=analysis,
        analysis=seen,
    )


def _analyzed(analysis: Analysis, texts: Mapping[str, SourceFile], known: Shown | None) -> Analysis:
    """Return the analysis of a wiki with some texts in place of its own."""
    if known is None or known.of.layout != analysis.layout:
        return update(analysis, [Change(path=path, source=source) for path, source in texts.items()])
    before, sources = known.analysis, {**analysis.sources, **texts}
    gone = [Change(path=path, exists=False) for path in before.files - analysis.files]
    come = [
        Change(path=path, source=sources.get(path), facts=analysis.facts.get(path))
        for path in analysis.files
        if path not in before.files
        or not _is_same(before.sources.get(path), sources.get(path))
        or before.facts.get(path) != analysis.facts.get(path)
    ]
    return update(before, [*gone, *come], analysis.today)


def _is_same(one: SourceFile | None, other: SourceFile | None) -> bool:
    return one is other or (one is not None and other is not None and one.digest == other.digest)


def _words(page: Page, audience: Audience) -> str:
    """Return what stands for the names of somebody who left."""
    name = page.type.departed.words if page.type.departed else ""
    field, value = page.type.fields.get(name), page.values.get(name)
    said = " ".join(str(value.data).split()) if isinstance(value, Value) else ""
    return said if said and field is not None and sees_field(audience, field) else page.type.with_article


def _stub(page: Page, spec: DepartedSpec) -> SourceFile:
    """Return what stands in place of a page: the fields that it keeps, a sentence, and its names for the index."""
    source, fields = page.document.source, page.document.fields
    kept = [
        source.text[entry.key.start : entry.value.end]
        for entry in (fields.entries if fields else ())
        if entry.key.text in spec.keeps
    ]
    names = ", ".join(map(quoted, names_of_departed(page)))
    lines = "\n".join([*kept, f"{page.type.alias_field}: [{names}]"])
    return SourceFile.from_text(page.path, f"---\n{lines}\n---\n\n{escape(spec.text)}\n")


def _nameless(stub: Page, words: str) -> Page:
    """Return a stub without the names that it was read with."""
    document, alias = stub.document, stub.type.alias_field
    body = document.body_text
    blank = "".join(sign if sign == "\n" else " " for sign in document.source.text[: document.body.start])
    source = SourceFile.from_text(stub.path, blank + body)
    values = {name: value for name, value in stub.values.items() if name != alias}
    held = LazyDocument.of(replace(document, source=source, fields=None))
    return replace(stub, title=words, aliases=(), values=values, held=held)


def _rewritten(
    analysis: Analysis, words: Mapping[str, str], files: frozenset[str], known: Shown | None
) -> Iterator[SourceFile]:
    """Yield the files of the pages that lead to somebody who left, with other words where they do."""
    same = known if known and _has_same_names(analysis, words, files, known) else None
    for path, links in analysis.graph.out.items():
        if path in words:
            continue
        page = analysis.graph.pages[path]
        if same and same.of.graph.out.get(path) is links and same.of.graph.pages.get(path) is page:
            if path in same.texts:
                yield same.texts[path]
            continue
        edits = [edit for target in links.links for edit in _link_edits(page, target, words, files)]
        edits += _ambiguous_edits(analysis, links, words)
        edits += _front_matter_edits(analysis, page, links, words)
        edits += without_anchors(page, words, analysis.layout.docs_dir)
        if edits:
            yield SourceFile.from_text(path, _edited(page.document.source.text, edits))


def _has_same_names(analysis: Analysis, words: Mapping[str, str], files: frozenset[str], known: Shown) -> bool:
    """Whether the same people left and names mean what they meant: unchanged pages are written as they were."""
    is_of_them = known.departed.words == words and known.departed.files == files
    return is_of_them and known.of.graph.names == analysis.graph.names and known.of.layout == analysis.layout


def _link_edits(page: Page, target: LinkTarget, words: Mapping[str, str], files: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits by which a link says what somebody was, or does not show their image."""
    link = target.link
    if target.path in words and target.status == "page":
        address = quote(relative_path(target.path, dirname(page.path)))
        yield link.start, link.end, f"[{escape(words[target.path])}]({address})"
    elif target.path in files and target.status == "file":
        is_image = link.kind in (LinkKind.IMAGE, LinkKind.EMBED)
        yield link.start, link.end, "" if is_image else escape("un document retiré")
    else:
        return
    if not link.start <= link.target_start < link.end:  # its path is given elsewhere, maybe with a title
        text = page.document.source.text
        start = text.rfind("\n", 0, link.target_start) + 1
        end = text.find("\n", link.target_end)
        yield start, len(text) if end < 0 else end, ""


def _ambiguous_edits(analysis: Analysis, links: PageLinks, words: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the edits by which a name that somebody who left shares with others is not read, whoever is meant."""
    for link in (target.link for target in links.links if target.status == "ambiguous"):
        path = _bearer(analysis, link.target, words)
        if path:
            yield link.start, link.end, escape(words[path])


def _front_matter_edits(analysis: Analysis, page: Page, links: PageLinks, words: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the edits by which a front matter names somebody by the id of their page where it may be shown as it is.

    That is so in the fields that the type does not declare, and where a reference leads nowhere.
    """
    pages = analysis.graph.pages
    for link in page.property_links:
        path = _bearer(analysis, link.target, words)
        if path:
            yield link.start, link.end, f"[[{pages[path].id}]]"
    for reference in page.references:
        path = "" if reference.start in links.references else _bearer(analysis, reference.target, words)
        if not path:  # most pages need not be taken apart for it
            continue
        written = page.document.source.text[reference.start : reference.end]
        if written.strip("'\"") == reference.target:
            yield reference.start, reference.end, write_scalar(str(pages[path].id), written)


def _bearer(analysis: Analysis, name: str, words: Mapping[str, str]) -> str:
    """Return the path of somebody who left and bears a name, '' when none does."""
    return next((found.path for found in analysis.graph.names.find(name) if found.path in words), "")


def _edited(text: str, edits: Iterable[Edit]) -> str:
    pieces, done = [], 0
    for start, end, new in sorted(set(edits), key=lambda edit: (edit[0], -edit[1])):
        if start >= done:
            pieces += [text[done:start], new]
            done = end
    return "".join([*pieces, text[done:]])
