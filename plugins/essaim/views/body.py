"""What the body of a page shows of others, as values: its links resolved, its embedded pieces, its variables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, Protocol

from essaim.graph.model import LinkTarget
from essaim.pages.page import Page
from essaim.pages.sections import find_piece
from essaim.source import Extent
from essaim.syntax.markdown import LinkKind
from essaim.views.escaping import escape
from essaim.views.files import seen_text
from essaim.views.queries.registry import Unanswered, make_view
from essaim.views.site import Site
from essaim.views.unborn import hidden_words
from essaim.views.wanted import Beginning, new_page_address
from essaim.views.wishes import is_wanted

_MAX_DEPTH = 4
"""Pieces shown within one another."""
_MAX_SHOWN = 200_000
"""Code points of other pages that one page shows at most."""
_MAX_ANSWERED = 5_000_000
"""Code points of the answers of queries, as values, beyond which a page is answered no more: some 20,000 entries."""
_LEAST, _MAP = 5_000, 100_000
"""What one answer counts for at least, and what a map does: its outlines come with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyLink:
    """A link of a body and all that its rendering needs.

    `start` and `end` are offsets in the body; `whole` says whether they cover the link or only its target.
    `target` and `section` are what is written, by which the renderer knows the link again. `status` is page, index,
    file, neighbour (`path` is then a whole address), missing (a page to write), lost (nothing is there), ambiguous or
    hidden. `text` is Markdown: what the author wrote or, without, `title`, the plain name of what is linked.
    `address` is where a page that is missing can be begun. `piece` is what an embedding shows.
    """

    start: int
    end: int
    whole: bool
    kind: LinkKind
    target: str
    section: str
    status: str
    path: str
    anchor: str
    title: str
    text: str
    address: str = ""
    piece: "Piece | None" = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyVariable:
    """A variable of a body and its value, empty when there is none; `remark` is told beside it, if anything is."""

    start: int
    end: int
    text: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyView:
    """A query of a body and what it shows; `kind` is the name of its view, '' when it cannot be asked.

    `prefix` is what stands before the block on its line: spaces, or the signs of a quote. `is_gone` says that it
    shows nothing at all: all that it asks for is of lots that the wiki leaves out.
    """

    start: int
    end: int
    prefix: str
    kind: str
    view: Any
    is_gone: bool = False

    @cached_property
    def mark(self) -> str:
        """What stands for the view in a text until it is rendered: only a page that shows the view knows it."""
        return f"essaim-vue-{blake2b(repr((self.kind, self.view)).encode(), digest_size=16).hexdigest()}"


class Passage(Protocol):
    """A text that a page shows, and what stands in it: the body of the page, or a piece of another."""

    @property
    def body(self) -> str:
        """The text, as it is written."""

    @property
    def links(self) -> tuple[BodyLink, ...]:
        """Its links."""

    @property
    def variables(self) -> tuple[BodyVariable, ...]:
        """Its variables."""

    @property
    def views(self) -> tuple[BodyView, ...]:
        """Its queries."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A page, a section or a block of another page, shown where it is embedded.

    `label` says in plain text where it comes from, '' when the title above it does: its own titles are then below
    that one.
    """

    label: str
    body: str
    links: tuple[BodyLink, ...]
    variables: tuple[BodyVariable, ...]
    views: tuple[BodyView, ...] = ()


Place = tuple[str, int]
"""Where something is embedded: the path of a page, and an offset in its file."""


@dataclass(kw_only=True, slots=True)
class _Shown:
    """What is being shown within one another, and how much text may still be.

    `trail` are the links that embed, outermost first, each by its page and where it begins. `room` is what is left
    for the answers of queries.
    """

    trail: tuple[Place, ...] = ()
    left: int = _MAX_SHOWN
    room: int = _MAX_ANSWERED


def body_links(page: Page, site: Site) -> tuple[BodyLink, ...]:
    """Return the links of a body that are not written as a generator needs them, each place once."""
    return _links(page, page.document.body, site, _Shown())


def _links(page: Page, extent: Extent, site: Site, shown: _Shown) -> tuple[BodyLink, ...]:
    found: dict[tuple[int, int], BodyLink] = {}
    for target in site.graph.out[page.path].links:
        if target.status == "external" or not extent.start <= target.link.start < extent.end:
            continue
        link = _body_link(page.path, _chosen(target, site), extent.start, site, shown)
        found.setdefault((link.start, link.end), link)
    return tuple(found[place] for place in sorted(found))


def _body_link(path: str, target: LinkTarget, base: int, site: Site, shown: _Shown) -> BodyLink:
    link = target.link
    status, title = _seen(target, site)
    beginning = new_page_address(site, link.target) if status == "missing" else Beginning()
    is_dead = status == "lost" and link.kind is LinkKind.MARKDOWN and link.start <= link.target_start < link.end
    whole = link.kind.is_wikilink or status == "hidden" or is_dead
    start, end = (link.start, link.end) if whole else (link.target_start, link.target_end)
    is_piece = target.is_embedding and status == "page"
    return BodyLink(
        start=start - base,
        end=end - base,
        whole=whole,
        kind=link.kind,
        target=link.target,
        section=link.section,
        status=status,
        path="" if status == "hidden" else target.path or beginning.path,
        anchor=target.anchor or beginning.anchor,
        title=title,
        text=link.text or escape(title),
        address=beginning.address,
        piece=_piece((path, link.start), target.path, target.anchor, title, site, shown) if is_piece else None,
    )


def _chosen(target: LinkTarget, site: Site) -> LinkTarget:
    """Return a link as its audience may know it: pages that are hidden from it do not make a name ambiguous."""
    if target.status != "ambiguous":
        return target
    seen = {name.path for name in site.graph.names.find(target.link.target, lambda name: site.sees(name.path))}
    if len(seen) > 1:
        return target
    if seen:
        return target._replace(status="page", path=min(seen))
    types = [site.graph.pages[name.path].type for name in site.graph.names.find(target.link.target)]
    return target._replace(is_reserved=any(t.meant_for == "members" for t in types), is_left_out=True)


def _seen(target: LinkTarget, site: Site) -> tuple[str, str]:
    """Return the status of a link as the audience knows it, and the plain name of what it leads to."""
    link = target.link
    hidden = hidden_words(target, site)
    if hidden is not None:
        return "hidden", hidden
    if target.status == "page":
        name = site.graph.pages[target.path].title
        section = "" if target.anchor.startswith("^") else link.section
        return "page", (f"{name} › {section}" if link.target else section) if section else name
    if target.status == "neighbour":
        return "neighbour", f"{target.title} ({target.place})"
    if target.status == "file":
        return "file", link.target.rpartition("/")[2]
    if target.status == "missing" and not is_wanted(target):
        return "lost", link.target.partition(":")[2] if target.place else link.target
    return target.status, link.target


def show_pieces(wanted: Iterable[tuple[Place, str, str | None]], site: Site) -> Iterator[Piece | None]:
    """Yield what a page shows of others outside its text: the path of each and an anchor, '' for all of it.

    None stands for what an embedding could not show either, and for an anchor that is None.
    """
    shown = _Shown()
    for place, path, anchor in wanted:
        yield None if anchor is None else _piece(place, path, anchor, "", site, shown)


def _piece(place: Place, path: str, anchor: str, label: str, site: Site, shown: _Shown) -> Piece | None:
    """Return what an embedding shows; None, and a link remains, in a ring, or of what is too long or to be mended.

    `place` is where it is embedded, `path` and `anchor` what is.
    """
    page = site.graph.pages[path]
    extent = find_piece(page.document, anchor)
    trail = (*shown.trail, place)
    if extent is None or len(trail) > _MAX_DEPTH or page.path in site.errors or not site.sees(page.path):
        return None
    if any(where == page.path and extent.start <= start < extent.end for where, start in trail):
        return None
    shown.left -= extent.end - extent.start
    if shown.left < 0:
        return None
    outer, shown.trail = shown.trail, trail
    links = _links(page, extent, site, shown)
    shown.trail = outer
    return Piece(
        label=label,
        body=seen_text(page, extent, site),
        links=links,
        variables=_variables(page, extent, site),
        views=_views(page, extent, site, shown),
    )


def body_variables(page: Page, site: Site) -> tuple[BodyVariable, ...]:
    """Return the variables of a body with their values."""
    return _variables(page, page.document.body, site)


def _variables(page: Page, extent: Extent, site: Site) -> tuple[BodyVariable, ...]:
    return tuple(
        BodyVariable(
            start=v.start - extent.start,
            end=v.end - extent.start,
            text=site.variables.text(v.name),
            remark=site.variables.remark(v.name),
        )
        for v in page.variables
        if extent.start <= v.start < extent.end
    )


def body_views(page: Page, site: Site) -> tuple[BodyView, ...]:
    """Return the queries of a body with what they show."""
    return _views(page, page.document.body, site, _Shown())


def _views(page: Page, extent: Extent, site: Site, shown: _Shown) -> tuple[BodyView, ...]:
    found = []
    specs = site.graph.out[page.path].queries
    for asked, spec in zip(page.document.queries, specs, strict=True):
        block = asked.block
        if extent.start <= block.start and block.end <= extent.end:
            source = page.document.source
            line = source.position(block.start).line
            is_gone = spec is not None and all(_is_left_out(name, site) for name in spec.types)
            is_asked = spec is not None and shown.room > 0 and not is_gone
            view = (
                make_view(spec, page, site.asked(spec.types))
                if spec and is_asked
                else Unanswered(line=line, is_sound=bool(spec))
            )
            if spec and is_asked:
                shown.room -= max(len(repr(view)), _MAP if spec.view == "carte" else _LEAST)
            start = max(source.line_extent(line).start, extent.start)
            found.append(
                BodyView(
                    start=block.start - extent.start,
                    end=block.end - extent.start,
                    prefix=source.text[start : block.start],
                    kind=spec.view if spec and is_asked else "",
                    view=view,
                    is_gone=is_gone,
                )
            )
    return tuple(found)


def _is_left_out(type_name: str, site: Site) -> bool:
    """Whether the pages of a type are shown to nobody."""
    page_type = site.schema.types.get(type_name)
    return page_type is not None and page_type.visibility == "nobody"


def all_views(passage: Passage) -> dict[str, BodyView]:
    """Return the views of a passage and of the pieces in it, at any depth, by their marks."""
    found = {view.mark: view for view in passage.views if not view.is_gone}
    for link in passage.links:
        if link.piece is not None:
            found |= all_views(link.piece)
    return found
