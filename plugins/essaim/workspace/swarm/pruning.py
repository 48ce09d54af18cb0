"""Taking values out of YAML so that what stays is as its author wrote it."""

from collections.abc import Collection, Iterator
from collections.abc import Mapping as ByName

from essaim.schema.model import NO_FIELDS, Field
from essaim.source import SourceFile, TextEdit
from essaim.syntax.nodes import Mapping, Node, Scalar, Sequence

Fields = ByName[str, Field]


def prune_edits(source: SourceFile, node: Mapping, fields: Fields, doomed: Collection[int]) -> Iterator[TextEdit]:
    """Yield the edits that take out of a mapping the values that begin at the `doomed` offsets.

    A group goes when a field that it requires goes; a list or a group, when nothing is left of it.
    """
    pruner = _Pruner(source, frozenset(doomed))
    for entry in node.entries:
        pruner.visit(entry.value, fields.get(entry.key.text))
    if doomed:
        yield from pruner.edits(node)


def end_of(text: str, node: Node) -> int:
    """Return where a value ends; a block ends with the last of its values."""
    if isinstance(node, Scalar) or text[node.start : node.start + 1] in ("[", "{"):
        return node.end
    last = (node.items if isinstance(node, Sequence) else [entry.value for entry in node.entries])[-1:]
    return end_of(text, last[0]) if last else node.start


class _Pruner:
    """Says which values go with the doomed ones, then how to write the file without them."""

    def __init__(self, source: SourceFile, doomed: frozenset[int]) -> None:
        self._source = source
        self._text = source.text
        self._doomed = doomed
        self._gone: set[Node] = set()
        self._touched: set[Node] = set()

    def visit(self, node: Node, field: Field | None) -> None:
        """Note whether a value goes, or something inside it does."""
        if isinstance(node, Scalar) or (node.start in self._doomed and self._is_name(node)):
            if node.start in self._doomed:
                self._gone.add(node)
            return
        if isinstance(node, Sequence):
            children = [(item, field.item or field if field else None) for item in node.items]
        else:
            inner = field.fields if field else NO_FIELDS
            children = [(entry.value, inner.get(entry.key.text)) for entry in node.entries]
        for child, own in children:
            self.visit(child, own)
        going = [own for child, own in children if child in self._gone]
        requires = isinstance(node, Mapping) and any(own is not None and own.required for own in going)
        if going and (requires or len(going) == len(children)):
            self._gone.add(node)
        elif going or any(child in self._touched for child, _ in children):
            self._touched.add(node)

    def _is_name(self, node: Node) -> bool:
        """Whether brackets without quotes hold a name, `[[Fiche]]`, rather than a list."""
        return self._text.startswith("[[", node.start)

    def edits(self, node: Mapping) -> Iterator[TextEdit]:
        """Yield the edits of the whole."""
        self._touched.add(node)
        yield from self._mapping_edits(node)

    def _mapping_edits(self, node: Mapping) -> Iterator[TextEdit]:
        """Yield the edits of a mapping."""
        if self._is_flow(node):
            yield self._edit(node.start, node.end, self._rendered(node))
            return
        yield from self._block_edits([(entry.key.start, entry.value) for entry in node.entries])

    def _inner_edits(self, node: Node) -> Iterator[TextEdit]:
        if isinstance(node, Mapping):
            yield from self._mapping_edits(node)
        elif isinstance(node, Sequence) and self._is_flow(node):
            yield self._edit(node.start, node.end, self._rendered(node))
        elif isinstance(node, Sequence):
            yield from self._block_edits([(self._dash(item), item) for item in node.items])

    def _block_edits(self, parts: list[tuple[int, Node]]) -> Iterator[TextEdit]:
        """Yield the edits of values one below the other, each with where its key or its dash stands."""
        first = next((number for number, (_, value) in enumerate(parts) if value not in self._gone), 0)
        if first and self._text[self._line_start(parts[0][0]) : parts[0][0]].strip():
            yield self._edit(parts[0][0], parts[first][0], "")  # on the line of a dash, that stays
            parts = parts[first:]
        for start, value in parts:
            if value in self._gone:
                yield self._without_lines(start, value)
            elif value in self._touched:
                yield from self._inner_edits(value)

    def _dash(self, item: Node) -> int:
        return self._text.rfind("-", 0, item.start)

    def _rendered(self, node: Node) -> str:
        """Return a value between brackets or braces without what goes; the rest is sign for sign as it was."""
        if node not in self._touched or isinstance(node, Scalar):
            return self._text[node.start : node.end]
        if isinstance(node, Sequence):
            return f"[{', '.join(self._rendered(item) for item in node.items if item not in self._gone)}]"
        kept = [entry for entry in node.entries if entry.value not in self._gone]
        pairs = [f"{self._text[e.key.start : e.key.end]}: {self._rendered(e.value)}" for e in kept]
        return f"{{{', '.join(pairs)}}}"

    def _is_flow(self, node: Node) -> bool:
        return self._text[node.start : node.start + 1] in ("[", "{")

    def _without_lines(self, start: int, value: Node) -> TextEdit:
        """Take out whole lines, from that of an offset to the last of a value."""
        end = end_of(self._text, value)
        if not self._text[:end].endswith("\n"):
            end = self._text.find("\n", end) + 1 or len(self._text)
        return self._edit(self._line_start(start), end, "")

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _edit(self, start: int, end: int, text: str) -> TextEdit:
        return TextEdit(self._source.span((start, end)), text)
