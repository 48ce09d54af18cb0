"""The Markdown of a body for any generator: links lead to published paths, variables have their values."""

import re
from collections.abc import Iterable, Iterator

from essaim.graph.variables import TO_FILL
from essaim.syntax.markdown import LinkKind
from essaim.syntax.markdown.links import plain_target
from essaim.views.addresses import fragment, published_path, relative_address
from essaim.views.body import BodyLink, BodyVariable, Piece
from essaim.views.escaping import escape

_IMAGES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_DEFINITION = re.compile(
    r"""^[ >]{0,12}\[[^\]\n]+\]:\s*(?P<target><[^>\n]*>|\S+)(?:\s+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ ]*$""",
    re.MULTILINE,
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
