"""The Markdown of a body: for the host, or for any generator, with published paths and the values of variables."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from essaim.graph.variables import TO_FILL
from essaim.syntax.markdown import LinkKind
from essaim.syntax.markdown.links import plain_target
from essaim.views.addresses import fragment, published_path, relative_address
from essaim.views.body import BodyLink, BodyVariable, BodyView, Passage, Piece
from essaim.views.escaping import escape
from essaim.views.fields import ShownValue
from essaim.views.queries.registry import VIEWS

_IMAGES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_DEFINITION = re.compile(
    r"""^[ >]{0,12}\[[^\]\n]+\]:\s*(?P<target><[^>\n]*>|\S+)(?:\s+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ ]*$""",
    re.MULTILINE,
)


def host_text(passage: Passage) -> str:
    """Return a text for a renderer that knows the links of the wiki.

    Its variables have their values, as text that is not Markdown; the mark of a view stands where it is to come.
    """
    marks = ((v.start, v.end, "" if v.is_gone else _alone(passage.body, v, v.mark)) for v in passage.views)
    return _edited(passage.body, [*_variable_edits(passage.variables), *marks])


def render_body(passage: Passage, path: str, docs_dir: str) -> str:
    """Return the text of the page at `path` with its links, variables and views written for the published tree."""
    edits = [*_link_edits(passage.body, passage.links, path, docs_dir), *_variable_edits(passage.variables)]
    edits += _view_edits(passage, published_path(path, docs_dir), docs_dir)
    return _edited(passage.body, [*edits, *_hidden_definitions(passage.body, passage.links)])


def _view_edits(passage: Passage, here: str, docs_dir: str) -> Iterator[tuple[int, int, str]]:
    for one in passage.views:
        if one.is_gone:
            yield one.start, one.end, ""
            continue
        write = partial(write_value, here=here, docs_dir=docs_dir)
        text = VIEWS[one.kind].text(one.view, write) if one.kind else f"*{one.view.text}*"
        yield one.start, one.end, _alone(passage.body, one, text.strip())


def _alone(body: str, view: BodyView, text: str) -> str:
    """Return a text as a block of its own, as far in as the query whose place it takes.

    A blank line sets it apart where there is none: with two, a footnote would end.
    """
    above = body[: view.start - len(view.prefix)].splitlines()[-1:]
    below = body[view.end :].splitlines()[1:2]
    lines = [f"{view.prefix}{line}".rstrip() for line in text.splitlines()]
    lines[0] = lines[0][len(view.prefix) :] if not above or _is_blank(above[0]) else f"\n{lines[0]}"
    return "\n".join([*lines, *([view.prefix.rstrip()] if below and not _is_blank(below[0]) else [])])


def _is_blank(line: str) -> bool:
    return not line.strip("> \t")


def write_value(value: ShownValue, here: str, docs_dir: str) -> str:
    """Return a value as Markdown, with a link where it leads; `here` is the published path of the page it is on."""
    if value.page:
        return f"[{escape(value.text)}]({relative_address(published_path(value.page, docs_dir), here)})"
    if value.file:
        told = f" ({escape(value.file.note)})" if value.file.note and not value.file.is_image else ""
        sign = "!" if value.file.is_image else ""
        return (
            f"{sign}[{escape(value.text)}{told}]({relative_address(published_path(value.file.path, docs_dir), here)})"
        )
    address = value.address.replace("|", "%7C")  # it would end a cell
    return f"[{escape(value.text)}](<{address}>)" if address else escape(value.text)


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
    text = render_body(piece, path, docs_dir).strip()
    if not piece.label:  # what a page contains is no quotation
        return text
    lines = [f"[{link.text}]({address})", "", *text.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _variable_edits(variables: tuple[BodyVariable, ...]) -> Iterator[tuple[int, int, str]]:
    for variable in variables:
        told = f"({escape(variable.remark)})" if variable.text else TO_FILL
        mark = f'<mark class="essaim-a-completer">{told}</mark>' if variable.remark or not variable.text else ""
        yield variable.start, variable.end, " ".join(filter(None, (escape(variable.text), mark)))


def _address(link: BodyLink, here: str, docs_dir: str) -> str:
    anchor = fragment(link.anchor)
    if link.status == "neighbour":
        return link.path + anchor
    there = published_path(link.path, docs_dir)
    return anchor if anchor and there == here else relative_address(there, here) + anchor
