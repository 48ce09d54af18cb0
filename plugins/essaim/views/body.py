"""The Markdown of a body for any generator: links lead to published paths, variables have their values."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from essaim.graph.model import LinkTarget
from essaim.graph.variables import TO_FILL
from essaim.pages.page import Page
from essaim.pages.sections import find_piece
from essaim.source import Extent
from essaim.syntax.markdown import LinkKind
from essaim.syntax.markdown.links import plain_target
from essaim.views.addresses import fragment, published_path, relative_address
from essaim.views.audience import HIDDEN, Audience
from essaim.views.site import Site
from essaim.views.wanted import Beginning, new_page_address
from essaim.views.wishes import is_wanted

_MARKUP = frozenset('\\`*_{}[]<>#|!~^$"=')
_IMAGES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_DEFINITION = re.compile(
    r"""^[ >]{0,12}\[[^\]\n]+\]:\s*(?P<target><[^>\n]*>|\S+)(?:\s+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ ]*$""",
    re.MULTILINE,
)
_MAX_DEPTH = 4
"""Pieces shown within one another."""
_MAX_SHOWN = 200_000
"""Code points of other pages that one page shows at most."""


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
    """A variable of a body and its value, empty when there is none."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A page, a section or a block of another page, shown where it is embedded. `label` is plain text."""

    label: str
    body: str
    links: tuple[BodyLink, ...]
    variables: tuple[BodyVariable, ...]


@dataclass(kw_only=True, slots=True)
class _Shown:
    """What is being shown within one another, and how much text may still be.

    `trail` are the links that embed, outermost first, each by its page and where it begins.
    """

    trail: tuple[tuple[str, int], ...] = ()
    left: int = _MAX_SHOWN


def body_links(page: Page, site: Site) -> tuple[BodyLink, ...]:
    """Return the links of a body that are not written as a generator needs them, each place once."""
    return _links(page, page.document.body, site, _Shown())


def _links(page: Page, extent: Extent, site: Site, shown: _Shown) -> tuple[BodyLink, ...]:
    found: dict[tuple[int, int], BodyLink] = {}
    for target in site.graph.out[page.path].links:
        if target.status == "external" or not extent.start <= target.link.start < extent.end:
            continue
        link = _body_link(page.path, target, extent.start, site, shown)
        found.setdefault((link.start, link.end), link)
    return tuple(found[place] for place in sorted(found))


def _body_link(path: str, target: LinkTarget, base: int, site: Site, shown: _Shown) -> BodyLink:
    link = target.link
    status, text = target.status, link.text
    title = link.target
    if target.is_reserved and site.audience is Audience.PUBLIC:
        status, title = "hidden", HIDDEN
    elif status == "page":
        name = site.graph.pages[target.path].title
        section = "" if target.anchor.startswith("^") else link.section
        title = (f"{name} › {section}" if link.target else section) if section else name
    elif status == "neighbour":
        title = f"{target.title} ({target.place})"
    elif status == "file":
        title = link.target.rpartition("/")[2]
    elif status == "missing" and not is_wanted(target):
        status, title = "lost", link.target.partition(":")[2] if target.place else link.target
    beginning = new_page_address(site, link.target) if status == "missing" else Beginning()
    is_dead = status == "lost" and link.kind is LinkKind.MARKDOWN and link.start <= link.target_start < link.end
    whole = link.kind.is_wikilink or status == "hidden" or is_dead
    start, end = (link.start, link.end) if whole else (link.target_start, link.target_end)
    is_piece = link.kind is LinkKind.EMBED and status == "page"
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
        text=text or escape(title),
        address=beginning.address,
        piece=_piece(path, target, title, site, shown) if is_piece else None,
    )


def _piece(path: str, target: LinkTarget, label: str, site: Site, shown: _Shown) -> Piece | None:
    """Return what an embedding shows; None, and a link remains, in a ring, or of what is too long or to be mended."""
    page = site.graph.pages[target.path]
    extent = find_piece(page.document, target.anchor)
    trail = (*shown.trail, (path, target.link.start))
    if extent is None or len(trail) > _MAX_DEPTH or page.path in site.errors:
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
        body=page.document.source.text[extent.start : extent.end],
        links=links,
        variables=_variables(page, extent, site),
    )


def body_variables(page: Page, site: Site) -> tuple[BodyVariable, ...]:
    """Return the variables of a body with their values."""
    return _variables(page, page.document.body, site)


def _variables(page: Page, extent: Extent, site: Site) -> tuple[BodyVariable, ...]:
    return tuple(
        BodyVariable(start=v.start - extent.start, end=v.end - extent.start, text=site.variables.text(v.name))
        for v in page.document.variables
        if extent.start <= v.start < extent.end
    )


def fill_variables(body: str, variables: tuple[BodyVariable, ...]) -> str:
    """Return a body with the values of its variables, as text that is not Markdown."""
    return _edited(body, _variable_edits(variables))


def render_body(
    body: str, links: tuple[BodyLink, ...], variables: tuple[BodyVariable, ...], path: str, docs_dir: str
) -> str:
    """Return the body of the page at `path` with its links and variables written for the published tree."""
    edits = [*_link_edits(body, links, path, docs_dir), *_variable_edits(variables)]
    return _edited(body, [*edits, *_hidden_definitions(body, links)])


def _hidden_definitions(body: str, links: tuple[BodyLink, ...]) -> Iterator[tuple[int, int, str]]:
    """Take out the definitions (`[1]: chemin "titre"`) by which links led to what is hidden."""
    hidden = {link.target for link in links if link.status == "hidden" and not link.kind.is_wikilink}
    for match in _DEFINITION.finditer(body) if hidden else ():
        if plain_target(match["target"].strip("<>")).partition("#")[0] in hidden:
            yield match.start(), match.end(), ""


def _edited(body: str, edits: Iterable[tuple[int, int, str]]) -> str:
    pieces, done = [], 0
    for start, end, text in sorted(edits):
        if start >= done:
            pieces += [body[done:start], text]
            done = end
    return "".join([*pieces, body[done:]])


def _link_edits(body: str, links: tuple[BodyLink, ...], path: str, docs_dir: str) -> Iterator[tuple[int, int, str]]:
    here = published_path(path, docs_dir)
    for link in links:
        address = _address(link, here, docs_dir) if link.path else ""
        if not link.whole:
            if address:
                yield link.start, link.end, address
        elif link.status == "ambiguous":
            text = f'<span class="essaim-ambigu" title="Plusieurs pages portent ce nom">{link.text}</span>'
            yield link.start, link.end, text
        elif link.status == "missing":
            where = link.address or address
            text = f"[{link.text} (à écrire)](<{where}>)" if where else f"{link.text} (à écrire)"
            yield link.start, link.end, text
        elif link.status == "lost":
            yield link.start, link.end, f"{link.text} (introuvable)"
        elif link.status == "hidden":
            yield link.start, link.end, link.text
        elif link.piece is not None and _stands_alone(body, link):
            yield link.start, link.end, _quoted(link, link.piece, address, path, docs_dir)
        else:
            sign = "!" if link.kind is LinkKind.EMBED and is_image(link.path) else ""
            yield link.start, link.end, f"{sign}[{link.text}]({address})"


def is_image(path: str) -> bool:
    """Whether a file is one that a browser shows as an image."""
    return path.lower().endswith(_IMAGES)


def _stands_alone(body: str, link: BodyLink) -> bool:
    """Whether an embedding is all there is between two blank lines."""
    before, after = body[: link.start], body[link.end :]
    return before[-2:].strip("\n") == "" and after[:2].strip("\n") == ""


def _quoted(link: BodyLink, piece: Piece, address: str, path: str, docs_dir: str) -> str:
    text = render_body(piece.body, piece.links, piece.variables, path, docs_dir).strip()
    lines = [f"[{link.text}]({address})", "", *text.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _variable_edits(variables: tuple[BodyVariable, ...]) -> Iterator[tuple[int, int, str]]:
    for variable in variables:
        text = escape(variable.text) or f'<mark class="essaim-a-completer">{TO_FILL}</mark>'
        yield variable.start, variable.end, text


def _address(link: BodyLink, here: str, docs_dir: str) -> str:
    anchor = fragment(link.anchor)
    if link.status == "neighbour":
        return link.path + anchor
    there = published_path(link.path, docs_dir)
    return anchor if anchor and there == here else relative_address(there, here) + anchor


def escape(text: str) -> str:
    """Write a text as Markdown that shows it as it is, in any dialect: what could be markup becomes an entity."""
    text = " ".join(text.split()).replace("&", "&amp;")
    return "".join(f"&#{ord(sign)};" if sign in _MARKUP else sign for sign in text)
