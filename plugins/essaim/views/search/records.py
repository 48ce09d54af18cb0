"""What is searched of one page, beside the text it shows."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from html import unescape

from essaim.folding import fold
from essaim.graph.glossary import acronym_of
from essaim.pages.page import Page
from essaim.views.audience import sees_aliases, sees_field, summary_of
from essaim.views.index import IndexPage
from essaim.views.search.filters import Filter, filter_values
from essaim.views.search.meanings import Meanings
from essaim.views.search.words import forms_among, other_forms
from essaim.views.site import Site

INDEX = "index"
"""The kind of a page that lists a collection."""
_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"<h[2-6][^>]*>(.*?)(?:<a class=\"headerlink\".*?)?</h[2-6]>", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What is searched of a page beside its text, as its audience is shown it."""

    title: str
    kind: str
    """What kind of page it is: « démarche »."""
    summary: str
    names: tuple[str, ...]
    """Its other names."""
    meanings: tuple[str, ...]
    """What the acronyms it uses stand for, and the acronyms of what it says in full."""
    forms: tuple[str, ...]
    """Folded words that its letters do not show: those of inclusive writing and of ligatures."""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Values by the name of the filter."""
    comes_last: bool = False
    """Whether pages that answer as well come before it."""
    acronym: str = ""
    """The acronym it explains, folded: who types it wants this page first."""


def page_record(
    page: Page, site: Site, html: str, filters: Mapping[str, Filter], meanings: Meanings, last: Collection[str] = ()
) -> Record | None:
    """Return the record of a page whose shown body is `html`; None when it is no page to be found.

    `last` names the types whose pages come after the others.
    """
    plain = plain_record(page, site, filters, last)
    return with_text(plain, html, meanings) if plain is not None else None


def plain_record(page: Page, site: Site, filters: Mapping[str, Filter], last: Collection[str] = ()) -> Record | None:
    """Return what the record of a page holds beside what its words stand for."""
    if not site.lists(page.path) or page.path in site.errors:
        return None
    return Record(
        title=page.title,
        kind=page.type.label_one,
        summary=summary_of(page, site.audience),
        names=_names(page, site),
        meanings=(),
        forms=(),
        filters=filter_values(page, site, filters),
        comes_last=page.type.name in last,
        acronym=fold(_acronym(page, site)),
    )


def with_text(record: Record, html: str, meanings: Meanings) -> Record:
    """Return a record with what its words, and those of the body `html`, stand for."""
    text = " ".join((record.title, *record.names, record.summary, text_of(html)))
    chunks = dict.fromkeys(text.split())
    return replace(record, meanings=tuple(meanings.of(text, chunks)), forms=forms_among(chunks))


def index_record(index: IndexPage, html: str) -> Record:
    """Return the record of the page that lists a collection, whose body above the list is `html`."""
    return Record(
        title=index.label,
        kind=INDEX,
        summary="",
        names=(),
        meanings=(),
        forms=other_forms(f"{index.label} {text_of(html)}"),
    )


def _names(page: Page, site: Site) -> tuple[str, ...]:
    """Return the other names of a page that its audience is shown, the acronym it explains first."""
    aliases = [name for name, _, _ in page.aliases] if sees_aliases(site.audience, page.type) else []
    return tuple(dict.fromkeys(filter(None, (_acronym(page, site), *aliases))))


def _acronym(page: Page, site: Site) -> str:
    """Return the acronym that a page explains to its audience, '' for none."""
    glossary = page.type.glossary
    field = page.type.fields.get(glossary.acronym) if glossary else None
    return (acronym_of(page) or "") if field is not None and sees_field(site.audience, field) else ""


def text_of(html: str) -> str:
    """Return the words of a piece of HTML."""
    return unescape(_TAG.sub(" ", html))


def headings_of(html: str) -> list[str]:
    """Return the words of the headings of a page, but for its title."""
    return [text_of(heading) for heading in _HEADING.findall(html)]
