"""The Markdown of a body for any generator: links lead to published paths, variables have their values."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, relpath
from urllib.parse import quote

from essaim.graph.model import LinkTarget
from essaim.graph.variables import TO_FILL
from essaim.pages.page import Page
from essaim.syntax.markdown import LinkKind
from essaim.views.audience import Audience
from essaim.views.site import Site

HIDDEN = "page réservée aux membres"
"""What stands for a link whose words would be the title of a page that the audience may not see."""
_MARKUP = frozenset('\\`*_{}[]<>#|!~^$"=')
_IMAGES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyLink:
    """A link of a body and all that its rendering needs.

    `start` and `end` are offsets in the body; `whole` says whether they cover the link or only its target.
    `status` is page, index, file, missing, ambiguous or hidden; `text` is Markdown: what the author wrote or,
    without, the title of what is linked.
    """

    start: int
    end: int
    whole: bool
    status: str
    path: str
    anchor: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyVariable:
    """A variable of a body and its value, empty when there is none."""

    start: int
    end: int
    text: str


def body_links(page: Page, site: Site) -> tuple[BodyLink, ...]:
    """Return the links of a body that are not written as a generator needs them, each place once."""
    base = page.document.body.start
    found: dict[tuple[int, int], BodyLink] = {}
    for target in site.graph.out[page.path].links:
        if target.status == "external":
            continue
        link = _body_link(target, base, site)
        found.setdefault((link.start, link.end), link)
    return tuple(found[place] for place in sorted(found))


def _body_link(target: LinkTarget, base: int, site: Site) -> BodyLink:
    link = target.link
    status, text = target.status, link.text
    if target.is_reserved and site.audience is Audience.PUBLIC:
        status, text = "hidden", text or HIDDEN
    elif target.status == "page":
        title = site.graph.pages[target.path].title if link.target else link.section
        text = text or escape(f"{title} › {link.section}" if link.section and link.target else title)
    is_dead = status == "missing" and link.kind is LinkKind.MARKDOWN and link.start <= link.target_start < link.end
    whole = link.kind in (LinkKind.WIKI, LinkKind.EMBED) or status == "hidden" or is_dead
    start, end = (link.start, link.end) if whole else (link.target_start, link.target_end)
    return BodyLink(
        start=start - base,
        end=end - base,
        whole=whole,
        status=status,
        path="" if status == "hidden" else target.path,
        anchor=target.anchor,
        text=text or escape(link.target.rpartition("/")[2] if status == "file" else link.target),
    )


def body_variables(page: Page, site: Site) -> tuple[BodyVariable, ...]:
    """Return the variables of a body with their values."""
    base = page.document.body.start
    return tuple(
        BodyVariable(start=v.start - base, end=v.end - base, text=site.variables.text(v.name))
        for v in page.document.variables
    )


def published_path(path: str, docs_dir: str) -> str:
    """Return where a file of the repository stands in the published tree: `docs/` is its top."""
    return path.removeprefix(f"{docs_dir}/")


def render_body(
    body: str, links: tuple[BodyLink, ...], variables: tuple[BodyVariable, ...], path: str, docs_dir: str
) -> str:
    """Return the body of the page at `path` with its links and variables written for the published tree."""
    edits = sorted([*_link_edits(links, path, docs_dir), *_variable_edits(variables)])
    pieces, done = [], 0
    for start, end, text in edits:
        if start >= done:
            pieces += [body[done:start], text]
            done = end
    return "".join([*pieces, body[done:]])


def _link_edits(links: tuple[BodyLink, ...], path: str, docs_dir: str) -> Iterator[tuple[int, int, str]]:
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
            text = f'<span class="essaim-manquant" title="Page à écrire">{link.text}</span>'
            yield link.start, link.end, text
        elif link.status == "hidden":
            yield link.start, link.end, link.text
        else:
            sign = "!" if link.status == "file" and link.path.lower().endswith(_IMAGES) else ""
            yield link.start, link.end, f"{sign}[{link.text}]({address})"


def _variable_edits(variables: tuple[BodyVariable, ...]) -> Iterator[tuple[int, int, str]]:
    for variable in variables:
        text = html.escape(variable.text, quote=False) or f'<mark class="essaim-a-completer">{TO_FILL}</mark>'
        yield variable.start, variable.end, text


def _address(link: BodyLink, here: str, docs_dir: str) -> str:
    anchor = f"#{quote(link.anchor, safe='%')}" if link.anchor else ""
    there = published_path(link.path, docs_dir)
    if there == here:
        return anchor or quote(there.rpartition("/")[2])
    return quote(relpath(there, dirname(here) or ".")) + anchor


def escape(text: str) -> str:
    """Write a text as Markdown that shows it as it is, in any dialect: what could be markup becomes an entity."""
    text = " ".join(text.split()).replace("&", "&amp;")
    return "".join(f"&#{ord(sign)};" if sign in _MARKUP else sign for sign in text)
