"""What the keys of a `requete` block hold: columns, conditions, numbers and words, checked against the types."""

from collections.abc import Callable, Iterable
from typing import Any

from essaim.diagnostics import Diagnostic
from essaim.rules import queries as rules
from essaim.schema.fieldtypes import FIELD_TYPES, Invalid
from essaim.schema.model import Field, PageType
from essaim.schema.options import Options, place_in
from essaim.schema.paths import Lost, Scope, Way, follow_path, nearest_path
from essaim.schema.predicates import Condition, FieldPath, NamedPage, bind_condition
from essaim.schema.queries.kinds import Takes
from essaim.schema.queries.model import Column, SortKey
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.nodes import Mapping, Scalar, Sequence

_MISTAKES = {"syntax": rules.BAD_CONDITION, "type": rules.BAD_COMPARISON}
_ANY = Field(name="", path="", type=FIELD_TYPES["text"], label="")


class Reader:
    """Reads the values of keys; `names` gathers the pages that conditions name, each with its place in the file."""

    def __init__(self, options: Options, scope: Scope, this: PageType, fill: Callable[[str], str]) -> None:
        self.names: list[tuple[NamedPage, int, int]] = []
        self._options, self._scope, self._this, self._fill = options, scope, this, fill
        self._source: SourceFile = options.source
        self._found: list[Diagnostic] = options.found

    def value(self, key: str, takes: Takes) -> Any:
        """Return what a key holds, None when it is left out or does not fit."""
        if key not in self._options:
            if takes.required:
                self._options.missing(key)
            return None
        if takes.kind == "columns":
            return self._columns(key)
        if takes.kind == "sort":
            return self._sort(key)
        if takes.kind in ("types", "view"):
            return None
        node = self._options.scalar(key)
        if node is None:
            return None
        text = self._fill(node.text) if "{{" in node.text else node.text
        if not text.strip():  # a value that the cooperative is still to give: it is told where variables are
            return None
        return self._single(key, takes, node._replace(text=text))

    def _single(self, key: str, takes: Takes, node: Scalar) -> Any:
        if takes.kind == "words":
            return node.text
        if takes.kind == "column":
            return self._column(node, node.text)
        if takes.kind == "condition":
            return self._condition(node)
        if takes.kind == "rows":
            return self._rows(key, node)
        if takes.kind == "amount" and node.text.startswith("this."):
            return self._column(node, node.text)
        if takes.kind == "word":
            if node.text in takes.among:
                return node.text
            expected = one_of(takes.among)
            return self._options.invalid(key, node, expected, nearest(node.text, takes.among))
        return self._measured(key, takes, node)

    def _measured(self, key: str, takes: Takes, node: Scalar) -> Any:
        """Return a day or a number."""
        name = {"day": "date", "whole": "integer"}.get(takes.kind, "number")
        field_type = FIELD_TYPES[name]
        value = field_type.parse(node.text, _ANY)
        if isinstance(value, Invalid):
            return self._options.invalid(key, node, field_type.expected, value.suggestion)
        if takes.kind == "whole" and not takes.low <= value <= takes.high:
            return self._options.invalid(key, node, f"un nombre entre {takes.low} et {takes.high}")
        return float(value) if takes.kind == "amount" else value

    def _columns(self, key: str) -> tuple[Column, ...] | None:
        """Return columns from a list of names, or from a mapping of names to headings."""
        node = self._options.raw(key)
        if isinstance(node, Mapping):
            named = [(entry.key, entry.value) for entry in node.entries]
            found = [
                column._replace(label=label.text if isinstance(label, Scalar) and label.text else column.label)
                for name, label in named
                if (column := self._column(name, name.text)) is not None
            ]
            return tuple(found)
        if isinstance(node, Sequence) and not node.items:
            return ()
        nodes = self._options.scalars(key)
        return tuple(column for one in nodes if (column := self._column(one, one.text)) is not None)

    def _sort(self, key: str) -> tuple[SortKey, ...]:
        found = []
        for node in self._options.scalars(key):
            name = node.text.removeprefix("-")
            column = self._column(node, name, len(node.text) - len(name))
            if column is not None:
                found.append(SortKey(column, node.text.startswith("-")))
        return tuple(found)

    def _rows(self, key: str, node: Scalar) -> str | None:
        """Return the name of a group field."""
        way = self._follow(node, (node.text,), self._scope, 0)
        if way is None:
            return None
        field = (way.field.item or way.field) if way.field else None
        if field is None or field.type.name != "group":
            self._options.invalid(key, node, "un champ « group », dont chaque fiche a plusieurs lignes")
            return None
        return node.text

    def _column(self, node: Scalar, name: str, shift: int = 0) -> Column | None:
        steps = tuple(name.split("."))
        of_this = steps[0] == "this"
        way = self._follow(node, steps[of_this:], self._scope.of_this if of_this else self._scope, shift)
        return Column(FieldPath(steps[of_this:], of_this), way.label, way.field) if way else None

    def _follow(self, node: Scalar, steps: tuple[str, ...], scope: Scope, shift: int) -> Way | None:
        way = follow_path(steps, scope)
        if isinstance(way, Lost):
            self._unknown(node, ".".join(steps), (shift, len(node.text)), nearest_path(steps, way))
            return None
        if way.is_reserved:
            self.reserve(node, ".".join(steps))
        return way

    def _condition(self, node: Scalar) -> Condition | None:
        bound = bind_condition(node.text, self._scope)
        if isinstance(bound, Condition):
            self.names += [(name, *place_in(self._source, node, name.start, name.end)) for name in bound.names]
            for path in bound.paths:
                way = follow_path(path.steps, self._scope.of_this if path.of_this else self._scope)
                if isinstance(way, Way) and way.is_reserved:
                    self.reserve(node, ".".join(path.steps))
            return bound
        extent = (bound.start, bound.end)
        if bound.kind == "field":
            self._unknown(node, bound.text, extent, bound.suggestion)
            return None
        place = place_in(self._source, node, *extent)
        replacement = bound.suggestion if place[1] - place[0] == bound.end - bound.start else None
        rule = _MISTAKES[bound.kind]
        self._found.append(
            rule.at(self._source, place, suggestion=bound.suggestion, replacement=replacement, problem=bound.text)
        )
        return None

    def _unknown(self, node: Scalar, name: str, extent: tuple[int, int], near: str | None) -> None:
        if not self._scope.page_types:  # the type asked does not exist: nothing is known of its fields
            return
        place = place_in(self._source, node, *extent)
        replacement = near if place[1] - place[0] == extent[1] - extent[0] else None
        words: dict[str, Any] = {"field": name, "types": self._asked()}
        self._found.append(
            rules.UNKNOWN_FIELD.at(self._source, place, suggestion=near, replacement=replacement, **words)
        )

    def _asked(self) -> str:
        if len(self._scope.page_types) > 3:
            return "ces fiches"
        return " ou ".join(f"« {page_type.name} »" for page_type in self._scope.page_types)

    def reserve(self, node: Scalar, name: str) -> None:
        """Tell, in a public page, what only members will be shown."""
        told = any(d.code == rules.RESERVED_FIELD.code for d in self._found)
        if self._this.visibility == "public" and not told:
            extent = (node.start, node.end)
            self._found.append(rules.RESERVED_FIELD.at(self._source, extent, name=name))


def one_of(words: Iterable[str]) -> str:
    """Return some words as what a key expects."""
    return " ou ".join(f"« {word} »" for word in words)
