"""A page that contains others: below its own text, each page that a field of it names, as if embedded there."""

from collections.abc import Iterator
from typing import NamedTuple

from essaim.graph.places import find_place
from essaim.pages.page import Page, Value, scalars_of
from essaim.syntax.markdown import LinkKind
from essaim.syntax.markdown.headings import Anchors, slugify
from essaim.views.audience import sees_field
from essaim.views.body import BodyLink, Piece, show_pieces
from essaim.views.escaping import escape
from essaim.views.fields import show_field
from essaim.views.site import Site
from essaim.views.values import value_in


class Whole(NamedTuple):
    """The text of a page with those that it contains, the links of it all, and the anchors of the added titles."""

    body: str
    links: tuple[BodyLink, ...]
    anchors: tuple[str, ...]


def with_includes(page: Page, site: Site, body: str, links: tuple[BodyLink, ...]) -> Whole:
    """Return the text and the links of a page, followed by the pages that it contains for its audience.

    Each begins with a title of level 2 that leads to it; one that cannot be shown, as an embedding could not, is only
    that title.
    """
    named = [*_included(page, site)]
    section = _section(page, site)
    wanted = [((page.path, start), path, _anchor(path, section, site)) for path, start in named]
    parts, added = [body.rstrip("\n")], []
    length = len(parts[0])
    free = Anchors(heading.anchor for heading in page.document.headings)
    anchors: list[str] = []
    mark = "essaim-inclus"
    while any(link.target.startswith(mark) for link in links):  # an author may write that too
        mark += "-"
    for number, ((path, _), piece) in enumerate(zip(named, show_pieces(wanted, site), strict=True), 1):
        title = site.graph.pages[path].title
        name = f"{mark}-{number}"  # what the renderer knows the links again by
        opening, whole = "\n\n## ", f"[[{name}]]"
        start = length + len(opening)
        text = f"{opening}{whole}\n"
        added.append(_link(LinkKind.WIKI, name, path, title, start, len(whole)))
        if piece is not None:
            start = length + len(text) + 1
            text += f"\n!{whole}\n"
            added.append(_link(LinkKind.EMBED, name, path, title, start, len(whole) + 1, piece))
        parts.append(text)
        length += len(text)
        anchors.append(free.unique(slugify(title) or name))
    return Whole("".join(parts), (*links, *added), tuple(anchors)) if named else Whole(body, links, ())


def _included(page: Page, site: Site) -> Iterator[tuple[str, int]]:
    """Yield the path of each page that is contained, and where it is named; never the page itself."""
    name = page.type.reading.includes
    field, value = page.type.fields.get(name), page.values.get(name)
    if field is None or value is None or not sees_field(site.audience, field):
        return
    for scalar, _ in scalars_of(value, field):
        path = site.graph.out[page.path].references.get(scalar.start)
        if path is not None and path != page.path and site.sees(path):
            yield path, scalar.start


def _section(page: Page, site: Site) -> str:
    """Return the title of the only section to take, '' for whole pages."""
    name = page.type.reading.includes_section
    value = value_in(page, name, site)
    shown = show_field(page, page.type.fields[name], value, site) if isinstance(value, Value) else None
    return shown.text.strip() if shown else ""


def _anchor(path: str, section: str, site: Site) -> str | None:
    """Return the anchor of what is taken of a page, '' for all of it, None when it has no such section."""
    return find_place(site.graph.pages[path], section) if section else ""


def _link(
    kind: LinkKind, name: str, path: str, title: str, start: int, length: int, piece: Piece | None = None
) -> BodyLink:
    return BodyLink(
        start=start,
        end=start + length,
        whole=True,
        kind=kind,
        target=name,
        section="",
        status="page",
        path=path,
        anchor="",
        title=title,
        text=escape(title),
        piece=piece,
    )
