"""The glossary of a wiki: what each acronym means, and the acronyms that nothing explains."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.folding import fold
from essaim.graph.model import Graph
from essaim.graph.spoken import without_brackets
from essaim.pages.page import Page, Value
from essaim.rules import mentions as rules
from essaim.schema.model import Schema
from essaim.source import Extent
from essaim.syntax.markdown.prose import keep_words, line_at

_CAPITALS = "A-ZÀ-ÖØ-Þ"
_ACRONYM = re.compile(
    rf"(?<![\w.·/@#\\=+-])(?=[0-9]*[{_CAPITALS}][0-9]*[{_CAPITALS}])[{_CAPITALS}0-9]{{2,7}}(?![\w·/@=+-])"
)
_EVERYDAY = frozenset(
    "CD CSS CSV CV DVD GPS HTML HTTP HTTPS JSON OK PC PDF QR SMS SVG TOML TV URL USB XML YAML".split()
)
"""Words by now, or names of formats: nobody asks what the letters stand for."""
_ROMAN = re.compile(r"[IVXL]+")
_OWN = re.compile(r"^[ \t>]*\*\[([^\]\n]+)\][ ]?:", re.MULTILINE)
_WORD = re.compile(r"\w+")
_WORDS_BEFORE = 120
"""How far before « (CAPE) », in code points, the words that it stands for begin at most."""


class Use(NamedTuple):
    """An acronym that a page uses and does not explain, and its first place in the file."""

    acronym: str
    path: str
    extent: Extent


@dataclass(frozen=True, kw_only=True)
class Glossary:
    """The pages that explain acronyms, by acronym: several is one too many, and none of them is believed."""

    pages: Mapping[str, tuple[str, ...]]


def load_glossary(graph: Graph, schema: Schema) -> Glossary:
    """Gather the acronyms that the pages of glossaries explain."""
    pages: dict[str, tuple[str, ...]] = {}
    if has_glossary(schema):
        for path in sorted(graph.pages):
            acronym = acronym_of(graph.pages[path])
            if acronym:
                pages[acronym] = (*pages.get(acronym, ()), path)
    return Glossary(pages=pages)


def has_glossary(schema: Schema) -> bool:
    """Whether a type of the wiki is a glossary."""
    return any(page_type.glossary for page_type in schema.types.values())


def acronym_of(page: Page) -> str:
    """Return the acronym that a page of a glossary explains, or nothing."""
    return _text(page, page.type.glossary.acronym) if page.type.glossary else ""


def definition_of(page: Page) -> str:
    """Return the definition that a page of a glossary gives, or nothing."""
    return _text(page, page.type.glossary.definition) if page.type.glossary else ""


def expansion_of(page: Page) -> str:
    """Return what the acronym of a page stands for: its title, without the acronym in brackets after it."""
    return without_brackets(page.title) or page.title


def own_abbreviations(page: Page) -> frozenset[str]:
    """Return what a page explains for itself, with Markdown's `*[CAPE]: …`."""
    masked = page.document.masked
    return frozenset(match[1].strip() for match in _OWN.finditer(masked)) if "*[" in masked else frozenset()


def words_of(page: Page, *, of_links: bool) -> str:
    """Return the body with all but the text to read filled in, titles too; `of_links` keeps the words of links."""
    base = page.document.body.start
    others = [(heading.start - base, heading.end - base) for heading in page.document.headings]
    for link in page.document.links:
        start = link.target_start if of_links and not link.kind.is_wikilink else link.start
        others.append((start - base, (link.target_end if of_links else link.end) - base))
    return keep_words(page.document.masked, others)


def check_acronyms(graph: Graph, schema: Schema) -> Iterator[Diagnostic]:
    """Tell of each acronym that nothing explains, once, on the first page that uses it."""
    by_acronym: dict[str, list[Use]] = {}
    for use in unexplained(graph, schema, sorted(graph.pages)):
        by_acronym.setdefault(use.acronym, []).append(use)
    for acronym, uses in by_acronym.items():
        source = graph.pages[uses[0].path].document.source
        many = f" ({len(uses)} pages l'emploient)" if len(uses) > 1 else ""
        yield rules.UNDEFINED_ACRONYM.at(source, uses[0].extent, acronym=acronym, pages=many)


def unexplained(graph: Graph, schema: Schema, paths: Iterable[str]) -> Iterator[Use]:
    """Yield the acronyms that pages use and nothing explains, page by page, each once a page.

    Without a glossary there is nowhere to explain them: there are none.
    """
    if not has_glossary(schema):
        return
    known = _known(graph)
    for path in paths:
        page = graph.pages[path]
        if any(not _is_known(match[0], known, graph) for match in _ACRONYM.finditer(page.document.masked)):
            yield from _uses(page, known, graph)


def _uses(page: Page, known: set[str], graph: Graph) -> Iterator[Use]:
    text = words_of(page, of_links=True)
    seen = set(own_abbreviations(page))
    found = [match for match in _ACRONYM.finditer(text) if not _is_known(match[0], known, graph)]
    seen.update(match[0] for match in found if _is_expanded(text, match))
    for match in found:
        if match[0] not in seen and not line_at(text, match.start()).isupper():
            seen.add(match[0])
            base = page.document.body.start
            yield Use(match[0], page.path, Extent(base + match.start(), base + match.end()))


def _known(graph: Graph) -> set[str]:
    """Return the words in capitals of all names of pages, and the acronyms of the glossary."""
    known: set[str] = set()
    for page in graph.pages.values():
        for name in (page.title, *(alias for alias, _, _ in page.aliases)):
            if not name.islower():
                known.update(word for word in _WORD.findall(name) if word.isupper())
        known.add(acronym_of(page).upper())
    return known


def _is_known(acronym: str, known: set[str], graph: Graph) -> bool:
    """Whether an acronym is explained, is the name of a page, an everyday word, or a number in Roman figures."""
    return (
        acronym in known
        or acronym in _EVERYDAY
        or fold(acronym) in graph.names.by_key
        or _ROMAN.fullmatch(acronym) is not None
    )


def _is_expanded(text: str, match: re.Match[str]) -> bool:
    """Whether an acronym has its meaning in brackets after it, or begins brackets that follow its meaning."""
    initial = fold(match[0][0])
    after = text[match.end() : match.end() + _WORDS_BEFORE]
    if after.startswith(" ("):
        return fold(after[2:3]) == initial
    before = text[max(0, match.start() - _WORDS_BEFORE) : match.start()]
    if not before.endswith("("):
        return False
    initials = {fold(word[0]) for word in _WORD.findall(before)}
    return (
        initial in initials or len(initials.intersection(fold(match[0]))) > 1
    )  # the letters may be of another language


def _text(page: Page, name: str) -> str:
    value = page.values.get(name)
    return " ".join(str(value.data).split()) if isinstance(value, Value) else ""
