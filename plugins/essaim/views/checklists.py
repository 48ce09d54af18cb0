"""The lists of a page whose items a reader can tick: which they are, and their place in the rendered page."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from essaim.folding import fold
from essaim.pages.page import Page, PageId
from essaim.schema.model import PageType
from essaim.syntax.markdown import find_sections
from essaim.syntax.markdown.headings import slugify
from essaim.views.audience import sees_aliases, sees_field
from essaim.views.site import Site

ATTRIBUTE = "data-essaim-cases"
"""Marks a list in HTML. `sanitise` lets nobody else write it; its value is that of `Checklist.mark`."""

_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ID = re.compile(r"""(?:^|\s)id=(?:"([^"]*)"|'([^']*)')""")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class _Search(NamedTuple):
    """The section whose list is looked for: its anchor, the tag of its heading, how many elements hold this."""

    anchor: str
    heading: str
    depth: int

    def ends_at(self, name: str, closing: str, depth: int) -> bool:
        """Whether a tag ends the section: what holds it closes, or another heading of its level or above opens."""
        if closing:
            return depth < self.depth
        return depth == self.depth and name in _HEADINGS and name <= self.heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Checklist:
    """A list that can be ticked: the first of the section at `anchor`, or the rows of `field`; the other is ''.

    `page` is the page's `type/id`, `formerly` those it had. `name` tells the list from the others of the page.
    """

    page: str
    formerly: tuple[str, ...]
    name: str
    label: str
    anchor: str = ""
    field: str = ""

    @property
    def mark(self) -> str:
        """What the script of a page is told of the list, as JSON."""
        told = {"page": self.page, "formerly": self.formerly, "list": self.name, "label": self.label}
        return json.dumps(told, ensure_ascii=False)


def has_checklists(page_type: PageType) -> bool:
    """Whether the pages of a type may have lists to tick."""
    return any(s.checklist for s in page_type.sections) or any(f.checklist for f in page_type.fields.values())


def page_checklists(page: Page, site: Site) -> tuple[Checklist, ...]:
    """Return the lists of a page that its audience can tick, sections first."""
    if not has_checklists(page.type):
        return ()
    formerly = tuple(former_ids(page, site))
    sections = (
        Checklist(page=str(page.id), formerly=formerly, name=slugify(title) or title, label=title, anchor=anchor)
        for title, anchor in _sections(page)
    )
    fields = (
        Checklist(page=str(page.id), formerly=formerly, name=f"champ-{name}", label=field.label, field=name)
        for name, field in page.type.fields.items()
        if field.checklist and name in page.values and sees_field(site.audience, field)
    )
    return (*sections, *fields)


def _sections(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the title and the anchor of each section to tick; a title written twice is the last, as in checks."""
    document = page.document
    anchors = {fold(s.heading.title): s.heading.anchor for s in find_sections(document.headings, document.body.end)}
    for spec in page.type.sections:
        anchor = anchors.pop(fold(spec.title), "") if spec.checklist else ""
        if anchor:
            yield spec.title, anchor


def former_ids(page: Page, site: Site) -> Iterator[str]:
    """Yield the ids a page had: a rename leaves them among its other names. One that another page has now is not."""
    if not sees_aliases(site.audience, page.type):
        return
    for alias in dict.fromkeys(text for text, _, _ in page.aliases):
        former = PageId(page.id.type, alias)
        taken = any(name.rank == 0 and name.page == former for name in site.graph.names.by_key.get(fold(alias), ()))
        if not taken:
            yield str(former)


def mark_lists(html: str, checklists: tuple[Checklist, ...]) -> str:
    """Return the rendered body of a page with the lists of its sections marked; the rest stays as it is.

    `html` is what `sanitise` returns. A section whose anchor is nowhere, or twice, keeps its list unmarked.
    """
    marks = {one.anchor: one.mark for one in checklists if one.anchor}
    if not marks:
        return html
    places = _places(html, marks)
    for place in sorted(places, reverse=True):
        html = f'{html[:place]} {ATTRIBUTE}="{escape(places[place])}"{html[place:]}'
    return html


def _places(html: str, marks: dict[str, str]) -> dict[int, str]:
    """Return where an attribute joins the tag of a list, with the mark of that list.

    The list of a section stands beside its heading, before the next heading of its level or above.
    """
    found: dict[str, int] = {}
    seen: set[str] = set()
    search: _Search | None = None
    depth = 0
    for tag in _TAG.finditer(html):
        closing, name, attributes = tag.groups()
        depth -= bool(closing)
        if search and search.ends_at(name, closing, depth):
            search = None
        anchor = "" if closing else _anchor(attributes)
        if anchor in seen:
            found.pop(anchor, None)
            search = None if search and search.anchor == anchor else search
        elif anchor in marks:
            seen.add(anchor)
            search = _Search(anchor, name, depth)
        elif search and name in ("ol", "ul") and not closing and depth == search.depth:
            found[search.anchor] = tag.end(2)
            search = None
        depth += not closing and name not in _VOID
    return {place: marks[anchor] for anchor, place in found.items()}


def _anchor(attributes: str) -> str:
    match = _ID.search(attributes)
    return (match[1] or match[2] or "") if match else ""
