"""One file taken apart: front matter as a spanned tree, body as headings, links and variables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from essaim.diagnostics import Diagnostic, Severity
from essaim.rules import body as body_rules
from essaim.rules import frontmatter
from essaim.rules import queries as query_rules
from essaim.source import Extent, SourceFile
from essaim.syntax.characters import check_characters, without_control
from essaim.syntax.markdown import (
    BlockMark,
    Heading,
    Link,
    QueryBlock,
    check_limits,
    find_headings,
    find_links,
    find_marks,
    find_query_blocks,
    find_variables,
    mask_body,
)
from essaim.syntax.markdown.links import Variable
from essaim.syntax.nodes import Mapping, Node, Scalar, Sequence
from essaim.syntax.yaml import parse_yaml

_OPENING = re.compile(r"\s*---[ \t]*(?:\r?\n|\Z)")
_TIGHT_TITLE = re.compile(r"##(?<![^\n]##)#{0,4}(?=[^\W\d_])")  # begins with what is looked for: five times as fast
_UNCLOSED = re.compile(r"\s*---[ \t]*\r?\n\s*[^\s:#][^\n:]*:(?:\s|\Z)")
"""A front matter that nothing closes; without a field below it, the line is a rule."""
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_SECOND = re.compile(r"\s*(?:---[ \t]*\r?\n)?(?:\w[\w-]*:[^\n]*\n(?:[ -][^\n]*\n)*)+---[ \t]*\r?(?:\n|\Z)")


class AskedBlock(NamedTuple):
    """A `requete` block: where it stands, and the keys it holds; None when they do not read."""

    block: QueryBlock
    node: Mapping | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A source and what its syntax says, before any type is known.

    `fields` is None when there is no readable front matter. `body` is the extent of the Markdown text; `masked`
    is that text with code, comments and raw HTML blanked out.
    """

    source: SourceFile
    fields: Mapping | None
    front_matter: Extent | None
    body: Extent
    masked: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    variables: tuple[Variable, ...]
    blocks: tuple[BlockMark, ...] = ()
    """The blocks that a link can name, by their marks."""
    queries: tuple[AskedBlock, ...] = ()
    unreadable: bool = False
    """Whether the front matter could not be read: what it lacks is not worth saying."""

    @property
    def body_text(self) -> str:
        """The Markdown text."""
        return self.source.text[self.body.start : self.body.end]


def parse_document(source: SourceFile) -> tuple[Document, list[Diagnostic]]:
    """Take a source apart; nothing in it can raise."""
    found = [*check_characters(source)]
    clean = without_control(source)
    front_matter, body = _split(clean.text)
    node: Node | None = None
    unreadable = False
    if front_matter is None and _UNCLOSED.match(clean.text):
        start = clean.text.index("---")
        found.append(frontmatter.UNCLOSED_FRONT_MATTER.at(source, (start, start + 3)))
        unreadable = True
    if front_matter is not None:
        node, problems = parse_yaml(clean, *front_matter)
        found += problems
        unreadable = node is None and bool(problems)
        if node is not None and not isinstance(node, Mapping):
            if not problems:
                found.append(frontmatter.NOT_A_MAPPING.at(source, _first_line(source, node.start)))
            unreadable = True
        second = _SECOND.match(clean.text, body.start)
        if second:
            at = second.start() + len(second[0]) - len(second[0].lstrip())
            found.append(frontmatter.SECOND_DOCUMENT.at(source, _first_line(source, at)))
    document, problems = _with_body(clean, front_matter, body, node, unreadable)
    return document, found + problems


def _with_body(
    source: SourceFile, front_matter: Extent | None, body: Extent, node: Node | None, unreadable: bool
) -> tuple[Document, list[Diagnostic]]:
    text = source.text[body.start : body.end]
    mask = mask_body(text) if len(text) <= 1_000_000 else None
    masked = mask.inline if mask else " " * len(text)
    found = [*check_limits(source, masked, body.start)]
    if mask and mask.open_fence is not None:
        at = body.start + mask.open_fence
        fence = re.match(r"`+|~+", source.text[at:])
        sign = fence[0] if fence else "```"
        found.append(body_rules.UNCLOSED_FENCE.at(source, (at, at + len(sign)), fence=sign))
    if mask and mask.open_comment is not None:
        at = body.start + mask.open_comment
        found.append(body_rules.UNCLOSED_COMMENT.at(source, (at, at + 4)))
    for match in _TIGHT_TITLE.finditer(mask.blocks) if mask and "##" in mask.blocks else ():
        signs = Extent(body.start + match.start(), body.start + match.end())
        found.append(body_rules.TIGHT_TITLE.at(source, signs, replacement=f"{match[0]} ", signs=match[0]))
    queries, problems = _queries(source, text, body) if mask else ((), [])
    variables = find_variables(masked, body.start)
    for asked in queries:
        variables += find_variables(asked.block.text, asked.block.text_start)
    document = Document(
        source=source,
        fields=node if isinstance(node, Mapping) else None,
        front_matter=front_matter,
        body=body,
        masked=masked,
        headings=find_headings(text, mask.blocks, body.start) if mask else (),
        links=find_links(text, masked, body.start),
        variables=(*_field_variables(source, node), *variables),
        unreadable=unreadable,
        blocks=find_marks(text, body.start) if mask else (),
        queries=queries,
    )
    return document, found + problems


def _queries(source: SourceFile, text: str, body: Extent) -> tuple[tuple[AskedBlock, ...], list[Diagnostic]]:
    """Read the `requete` blocks of a body; what does not read is warned of, for the page goes on without."""
    asked: list[AskedBlock] = []
    found: list[Diagnostic] = []
    blocks = find_query_blocks(text, body.start)
    clean = _without_signs(source, blocks)
    for block in blocks:
        node, problems = parse_yaml(clean, block.text_start, block.text_end, comments=True)
        if not isinstance(node, Mapping) and not problems:
            problems = [query_rules.NOT_A_QUERY.at(source, (block.start, block.start + 3))]
        found += map(_of_block, problems)
        asked.append(AskedBlock(block, node if isinstance(node, Mapping) else None))
    return tuple(asked), found


def _of_block(problem: Diagnostic) -> Diagnostic:
    """Return what is said of the YAML of a front matter as it is said of that of a block."""
    message = problem.message.replace("de l'en-tête", "de ce bloc").replace("L'en-tête", "Ce bloc")
    return replace(problem, severity=Severity.WARNING, message=message)


def _without_signs(source: SourceFile, blocks: tuple[QueryBlock, ...]) -> SourceFile:
    """Return a source whose blocks say what they say without the signs of quotes that they stand in."""
    pieces, done = [], 0
    for block in blocks:
        pieces += [source.text[done : block.text_start], block.text]
        done = block.text_end
    return replace(source, text="".join([*pieces, source.text[done:]])) if blocks else source


def _field_variables(source: SourceFile, node: Node | None) -> Iterator[Variable]:
    """Yield the variables of the values of the front matter, at their places."""
    if node is None or "{{" not in source.text[node.start : node.end]:
        return
    if isinstance(node, Scalar):
        yield from find_variables(source.text[node.start : node.end], node.start)
    else:
        for inner in node.items if isinstance(node, Sequence) else (entry.value for entry in node.entries):
            yield from _field_variables(source, inner)


def _split(text: str) -> tuple[Extent | None, Extent]:
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None, Extent(0, len(text))
    end = closing.end() + (1 if text[closing.end() : closing.end() + 1] == "\n" else 0)
    return Extent(opening.end(), closing.start()), Extent(end, len(text))


def _first_line(source: SourceFile, offset: int) -> Extent:
    return Extent(offset, max(offset, source.line_extent(source.position(offset).line).end))
