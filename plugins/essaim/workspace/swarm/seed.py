"""The new wiki, made in memory and read as it will be: nothing is written before it is known to hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from essaim.diagnostics import Diagnostic, Severity
from essaim.pages.freshness import last_facts
from essaim.pages.page import Page
from essaim.schema.model import PageType
from essaim.source import SourceFile
from essaim.workspace.analysis import Analysis
from essaim.workspace.changes import Change
from essaim.workspace.discover import CONFIG, NEIGHBOURS_FILE, REDIRECTIONS_FILE, VARIABLES_FILE
from essaim.workspace.incremental import analyze, update
from essaim.workspace.plan import rewritten
from essaim.workspace.swarm.choosing import Choice, choose, cited_files, is_support
from essaim.workspace.swarm.marks import without_demonstration
from essaim.workspace.swarm.mending import Mender
from essaim.workspace.swarm.names import find_names, replace_names
from essaim.workspace.swarm.reserved import without_own_rows, without_reserved
from essaim.workspace.swarm.settings import (
    NAMELESS,
    Answers,
    emptied_variables,
    known_keys,
    renamed_config,
    said_elsewhere,
    without_entries,
)

_ROUNDS = 20
"""How often pages are mended at most: what one loses, another may have named."""


@dataclass(frozen=True, kw_only=True)
class Seed:
    """A wiki to be planted: the `texts` to write and the other files to copy, by path; and what became of pages.

    `dropped` are pages that would have gone along and could not be right, each with the reason, a French sentence.
    """

    texts: Mapping[str, SourceFile]
    copies: tuple[str, ...]
    analysis: Analysis
    dropped: Mapping[str, str]


def make_seed(analysis: Analysis, config: SourceFile | None, answers: Answers) -> Seed:
    """Make a new wiki of an analysed one and its `mkdocs.yml`; raises UnclosedMark."""
    choice = choose(analysis)
    layout = analysis.layout
    marked = update(analysis, _changed(choice.pages.values(), analysis))
    pages = {path: without_reserved(marked.graph.pages[path]) for path in choice.pages}
    before = update(marked, _changed(pages.values(), marked))
    staying = [page for path, page in before.graph.pages.items() if path not in pages]
    hidden = [page for page in staying if page.type.name in choice.types and _is_ours(page, analysis)]
    kept = [before.graph.pages[path] for path in pages]
    names = dict(find_names(hidden, kept, before.schema))
    own_name = known_keys(analysis).get("nom", "")
    if len(own_name) > 2:
        names[own_name] = NAMELESS
    supports = dict(_supports(analysis, choice, answers, names))
    never = [page_type for page_type in analysis.schema.types.values() if page_type.share == "never"]
    others = [p for p in analysis.files - analysis.sources.keys() if not _is_in(p, never)]
    first = [*map(_change, (*pages.values(), *supports.values())), *(Change(path=path) for path in others)]
    after = analyze(first, layout, analysis.today)
    mender = Mender(before=before, hidden={page.path for page in hidden})
    mended = [_renamed(mender.mend(after, path), names) for path in pages]
    after, dropped = _settle(mender, marked, update(after, map(_change, mended)))
    texts = {path: source for path, source in after.sources.items() if path.endswith(".md") or path in supports}
    if config is not None:
        plain = _renamed(without_demonstration(config), {own_name: NAMELESS} if own_name else {})
        texts[CONFIG] = renamed_config(plain, answers, _left(before, after))
    copies = {*cited_files(after, texts[CONFIG].text if config else "")}
    copies.update(path for path in others if is_support(analysis, path))  # settings that the engine does not read
    return Seed(texts=texts, copies=tuple(sorted(copies)), analysis=after, dropped=dropped)


def _supports(
    analysis: Analysis, choice: Choice, answers: Answers, names: Mapping[str, str]
) -> Iterator[tuple[str, SourceFile]]:
    """Yield the types, models and settings of the new wiki."""
    layout = analysis.layout
    for path, source in without_own_rows(analysis, choice).items():
        if path == layout.in_docs(VARIABLES_FILE):
            until = max(_verified_on(analysis, choice), default=None)
            yield path, said_elsewhere(emptied_variables(_renamed(source, names), answers), until)
        elif path in (layout.in_docs(NEIGHBOURS_FILE), layout.in_docs(REDIRECTIONS_FILE)):
            yield path, without_entries(source)
        else:
            yield path, _renamed(source, names)


def _verified_on(analysis: Analysis, choice: Choice) -> Iterator[date]:
    """Yield the days when the pages that go along were verified."""
    for path in choice.pages:
        fact = last_facts(analysis.graph.pages[path], analysis.today, lambda _: True).verified
        if fact is not None:
            yield fact.day


def _settle(mender: Mender, before: Analysis, after: Analysis) -> tuple[Analysis, dict[str, str]]:
    """Mend what the mending itself broke, until nothing new is wrong; a page that cannot be right is left out."""
    dropped: dict[str, str] = {}
    for _ in range(_ROUNDS):
        changes = []
        for path, mistakes in _new_mistakes(before, after).items():
            source = mender.repair(after, path, mistakes)
            if source is not None and source.text != after.sources[path].text:
                changes.append(_change(source))
            else:
                dropped[path] = f"{mistakes[0].message} ({mistakes[0].code})"
                changes.append(Change(path=path, exists=False))
        if not changes:
            break
        after = update(after, changes)
    return after, dropped


def _new_mistakes(before: Analysis, after: Analysis) -> dict[str, list[Diagnostic]]:
    """Return, by page, the errors and warnings that were not there before."""
    known = Counter((d.path, d.code, d.message) for d in before.diagnostics)
    found: dict[str, list[Diagnostic]] = {}
    for diagnostic in after.diagnostics:
        key = diagnostic.path, diagnostic.code, diagnostic.message
        known[key] -= 1
        if diagnostic.severity is not Severity.INFO and known[key] < 0 and diagnostic.path in after.graph.pages:
            found.setdefault(diagnostic.path, []).append(diagnostic)
    return found


def _left(before: Analysis, after: Analysis) -> frozenset[str]:
    """Return what `mkdocs.yml` must not name any more: types and lots that stay, and pages by their paths there."""
    docs = f"{before.layout.in_docs('')}/"
    pages = before.graph.pages.keys() - after.graph.pages.keys()
    there, here = ({*one.types, *(t.lot for t in one.types.values())} for one in (before.schema, after.schema))
    return frozenset((there - here) | {path.removeprefix(docs) for path in pages})


def _is_ours(page: Page, analysis: Analysis) -> bool:
    """Whether a page is about somebody or something of this cooperative, whose name stays here too."""
    return page.type.share != "commons" or page.path in analysis.departed


def _is_in(path: str, types: list[PageType]) -> bool:
    return any(path.startswith(f"{page_type.folder}/") for page_type in types)


def _renamed(source: SourceFile, names: Mapping[str, str]) -> SourceFile:
    text = replace_names(source.text, names)
    return source if text == source.text else rewritten(source, text)


def _changed(sources: Iterable[SourceFile], analysis: Analysis) -> list[Change]:
    return [_change(source) for source in sources if source != analysis.sources[source.path]]


def _change(source: SourceFile) -> Change:
    return Change(path=source.path, source=source)
