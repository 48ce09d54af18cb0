"""Everything one page's HTML depends on, as a value: same digest and same environment, same bytes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from essaim.diagnostics import Diagnostic
from essaim.pages.page import Page
from essaim.rules import CATALOGUE
from essaim.schema.load_fields import RESERVED
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Sequence
from essaim.views.audience import Audience, summary_of
from essaim.views.body import BodyLink, BodyVariable, BodyView, body_links, body_variables, body_views
from essaim.views.body_text import host_text, render_body
from essaim.views.checklists import Checklist, page_checklists
from essaim.views.events.page import PageDates, page_dates
from essaim.views.fields import ShownField, show_fields
from essaim.views.files import seen_text
from essaim.views.flags import ShownFlag, page_flags
from essaim.views.freshness import FIELDS, Freshness, freshness
from essaim.views.history import ShownHistory, shown_history
from essaim.views.includes import Whole, with_includes
from essaim.views.index import cover_path
from essaim.views.linked_data.model import LinkedData
from essaim.views.linked_data.pages import page_data
from essaim.views.neighbourhood import Neighbourhood, neighbourhood
from essaim.views.notice import ShownNotice, page_notice
from essaim.views.passport import Passport, page_passport
from essaim.views.relations import ShownRelation, show_relations
from essaim.views.site import Site
from essaim.views.terms import ShownTerm, page_terms
from essaim.views.words import capitalised


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownError:
    """Why a page is not shown: the line, and a sentence. To the public only what kind of error it is, for the
    sentence may quote what is not for them.
    """

    line: int
    text: str


@dataclass(frozen=True, kw_only=True)
class PageInputs:
    """What a host renders a page from, and nothing else.

    `errors` are the page's own; a page that has some is not shown, they are.
    """

    path: str
    index: str
    """Path of the index that lists the page, written or not, '' when none does."""
    index_label: str
    title: str
    summary: str
    extra: tuple[tuple[str, str], ...]
    """Front matter that the type leaves to the host, each key with its value as JSON."""
    has_heading: bool
    """Whether the body has a level-1 heading of its own."""
    body: str
    docs_dir: str
    anchors: tuple[str, ...]
    """Anchors of the headings, in their order, when the renderer could find others: empty when it does not."""
    links: tuple[BodyLink, ...]
    variables: tuple[BodyVariable, ...]
    views: tuple[BodyView, ...]
    fields: tuple[ShownField, ...]
    dates: PageDates | None
    """The next dates of an event or of a group, and the calendars to subscribe to."""
    checklists: tuple[Checklist, ...]
    passport: Passport | None
    tools: tuple[str, ...]
    """What the scripts of the page offer: `imprimer`, `diaporama`."""
    freshness: Freshness | None
    flags: tuple[ShownFlag, ...]
    """What is told of the pages that it cites."""
    relations: tuple[ShownRelation, ...]
    neighbourhood: Neighbourhood | None
    terms: tuple[ShownTerm, ...]
    history: ShownHistory | None
    notice: ShownNotice | None
    linked_data: LinkedData
    errors: tuple[ShownError, ...]
    is_departed: bool = False
    """Whether it is about somebody who left: search engines are asked to forget it."""

    @cached_property
    def digest(self) -> str:
        """A digest of all of it."""
        names = sorted(self.__dataclass_fields__)
        text = repr([(name, getattr(self, name)) for name in names])
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def text(self) -> str:
        """The body for a renderer that knows the links of the wiki; marks stand for the views."""
        return host_text(self)

    @property
    def markdown(self) -> str:
        """The body for any generator: links lead to paths of the published tree."""
        return render_body(self, self.path, self.docs_dir)


def page_inputs(page: Page, site: Site) -> PageInputs:
    """Gather what a page's HTML depends on."""
    if page.path in site.departed:
        return _stub_inputs(page, site)
    page_type = page.type
    relations, fresh = show_relations(page, site), freshness(page, site)
    without = (page_type.title_field, "resume", page_type.alias_field, *(FIELDS if fresh and fresh.verified else ()))
    whole = with_includes(page, site, seen_text(page, page.document.body, site), body_links(page, site))
    return PageInputs(
        path=page.path,
        index=cover_path(page_type.folder, site.graph) if page_type.index else "",
        index_label=capitalised(page_type.label_many) if page_type.index else "",
        title=page.title,
        summary=summary_of(page, site.audience),
        extra=tuple(_extra(page, site)),
        has_heading=any(heading.level == 1 for heading in page.document.headings),
        body=whole.body,
        docs_dir=site.docs_dir,
        anchors=_anchors(page, whole),
        links=whole.links,
        variables=body_variables(page, site),
        views=body_views(page, site),
        fields=show_fields(page, site, without=without),
        dates=page_dates(page, site),
        checklists=page_checklists(page, site),
        passport=page_passport(page, site),
        tools=page_type.reading.tools,
        freshness=fresh,
        flags=page_flags(page, site),
        relations=relations,
        neighbourhood=neighbourhood(page, site, relations),
        terms=page_terms(page, site),
        history=shown_history(page, site),
        notice=page_notice(page, site, fresh),
        linked_data=page_data(page, site, relations),
        errors=tuple(_show_error(error, site) for error in site.errors.get(page.path, ())),
    )


def _stub_inputs(page: Page, site: Site) -> PageInputs:
    """Gather what is left to show of somebody who left: what they were, a few fields, a sentence."""
    cover = cover_path(page.type.folder, site.graph) if page.type.index else ""
    return PageInputs(
        path=page.path,
        index="" if cover in site.unborn else cover,
        index_label=capitalised(page.type.label_many) if page.type.index else "",
        title=capitalised(page.title),
        summary="",
        extra=(),
        has_heading=False,
        body=page.document.body_text,
        docs_dir=site.docs_dir,
        anchors=(),
        links=(),
        variables=(),
        views=(),
        fields=show_fields(page, site, without=(page.type.title_field, page.type.alias_field)),
        dates=None,
        checklists=(),
        passport=None,
        tools=(),
        freshness=None,
        flags=(),
        relations=(),
        neighbourhood=None,
        terms=(),
        history=None,
        notice=None,
        linked_data=page_data(page, site, ()),
        errors=(),
        is_departed=True,
    )


def _anchors(page: Page, whole: Whole) -> tuple[str, ...]:
    """Return the anchors of headings whose words are not those that are written: they hold links or variables."""
    source, headings = page.document.source.text, page.document.headings
    if any("[[" in source[h.start : h.end] or "{{" in source[h.start : h.end] for h in headings):
        return (*(heading.anchor for heading in headings), *whole.anchors)
    return ()


def _show_error(error: Diagnostic, site: Site) -> ShownError:
    is_told = site.audience is Audience.MEMBERS and not site.departed.are_named(error.message)
    text = error.message if is_told else f"{CATALOGUE[error.code].title} ({error.code})."
    return ShownError(line=error.span.start.line, text=text)


def _extra(page: Page, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the fields that a type with `extra: allow` does not know: themes and other plugins may."""
    if page.type.allows_extra and page.document.fields is not None:
        for key, value in page.document.fields.entries:
            if key.text not in page.type.fields and key.text not in RESERVED:
                yield key.text, json.dumps(_plain(value, site), ensure_ascii=False)


def _plain(node: Node, site: Site) -> Any:
    if isinstance(node, Sequence):
        return [_plain(item, site) for item in node.items]
    if isinstance(node, MappingNode):
        return {key.text: _plain(value, site) for key, value in node.entries}
    text = site.variables.fill(node.text)
    return {"true": True, "false": False}.get(text, text) if not node.style else text
