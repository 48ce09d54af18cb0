"""What the keys of a `requete` block hold: columns, conditions, numbers and words, checked against the types."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.rules import queries as rules
from essaim.schema.conditions import Condition, FieldPath, NamedPage
from essaim.schema.fieldtypes import FIELD_TYPES, Invalid
from essaim.schema.model import Field, PageType
from essaim.schema.options import Options, place_in
from essaim.schema.paths import Lost, Scope, Way, follow_path, nearest_path
from essaim.schema.predicates import bind_condition
from essaim.schema.queries.kinds import Takes
from essaim.schema.queries.model import Column, SortKey
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.nodes import Entry, Mapping, Scalar, Sequence

_MISTAKES = {"syntax": rules.BAD_CONDITION, "type": rules.BAD_COMPARISON}
_EXPECTED = {
    "column": "le nom d'un seul champ",
    "condition": "une condition, entre guillemets si elle contient des signes",
    "rows": "le nom d'un seul champ",
    "whole": FIELD_TYPES["integer"].expected,
    "number": FIELD_TYPES["number"].expected,
    "amount": FIELD_TYPES["number"].expected,
    "day": FIELD_TYPES["date"].expected,
}
"""What keys take, by the kind of their value, where that is no text."""
_WORD = re.compile(r"[\w.:-]+")
"""What stands in a condition without quotes."""
_ANY = Field(name="", path="", type=FIELD_TYPES["text"], label="")


class Filled(NamedTuple):
    """A text with the values of its variables; whether all of them have one."""

    text: str
    is_whole: bool = True


Fill = Callable[[str], Filled]
"""Puts the values of variables in a text."""


class Reader:
    """Reads the values of keys; `names` gathers the pages that conditions name, each with its place in the file.

    `waits` says whether a value is still to be decided by the cooperative.
    """

    def __init__(self, options: Options, scope: Scope, this: PageType, fill: Fill) -> None:
        self.names: list[tuple[NamedPage, int, int]] = []
        self.waits = False
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
        node = self._options.scalar(key, _expected(takes))
        if node is None:
            return None
        text, is_whole = self._fill(node.text)
        if (
            takes.kind != "words" and not is_whole
        ):  # told where variables are: nothing can be asked until it has a value
            self.waits = True
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
            return self._options.invalid(key, node, _expected(takes), nearest(node.text, takes.among))
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
            headed = (self._headed(key, entry) for entry in node.entries)
            return tuple(column for column in headed if column is not None)
        if isinstance(node, Sequence) and not node.items:
            return ()
        nodes = names_of(self._options, key)
        return tuple(column for one in nodes if (column := self._column(one, one.text)) is not None)

    def _headed(self, key: str, entry: Entry) -> Column | None:
        """Return a column with the heading that its author gives it."""
        column, heading = self._column(entry.key, entry.key.text), entry.value
        if not isinstance(heading, Scalar):
            self._options.invalid(key, heading, "un titre pour chaque colonne")
            return None
        if column is None or not heading.text.strip():
            return column
        return column._replace(label=self._fill(heading.text).text)

    def _sort(self, key: str) -> tuple[SortKey, ...]:
        found = []
        for node in names_of(self._options, key):
            name = node.text.removeprefix("-")
            column = self._column(node, name, len(node.text) - len(name))
            if column is not None:
                found.append(SortKey(column, node.text.startswith("-")))
        return tuple(found)

    def _rows(self, key: str, node: Scalar) -> str | None:
        """Return the name of a group field."""
        steps = tuple(node.text.split("."))
        way = self._follow(node, FieldPath(steps), 0)
        if way is None:
            return None
        if len(steps) > 1 or not any(field.type.name == "group" for field in way.inner):
            self._options.invalid(key, node, "un champ « group », dont chaque fiche a plusieurs lignes")
            return None
        return node.text

    def _column(self, node: Scalar, name: str, shift: int = 0) -> Column | None:
        steps = tuple(name.split("."))
        path = FieldPath(steps[1:], of_this=True) if steps[0] == "this" else FieldPath(steps)
        way = self._follow(node, path, shift)
        if way is None:
            return None
        return Column(path, way.label, way.field, way.fields, way.is_reserved, self._is_left_out(path))

    def _follow(self, node: Scalar, path: FieldPath, shift: int) -> Way | None:
        way = follow_path(path.steps, self._scope.of_this if path.of_this else self._scope)
        if isinstance(way, Lost):
            near, start = nearest_path(path.steps, way), "this." if path.of_this else ""
            self._unknown(node, node.text[shift:], (shift, len(node.text)), near and f"{start}{near}")
            return None
        if way.is_reserved and not self._is_left_out(path):
            self.reserve(node, ".".join(path.steps))
        return way

    def _is_left_out(self, path: FieldPath) -> bool:
        """Whether not even members see anything on the way of a path."""
        scope = replace(self._scope, shown_to=("public", "members"))
        way = follow_path(path.steps, scope.of_this if path.of_this else scope)
        return isinstance(way, Way) and way.is_reserved

    def _condition(self, node: Scalar) -> Condition | None:
        bound = bind_condition(node.text, self._scope)
        if isinstance(bound, Condition):
            self.names += [(name, *place_in(self._source, node, name.start, name.end)) for name in bound.names]
            for path in bound.paths:
                way = follow_path(path.steps, self._scope.of_this if path.of_this else self._scope)
                if isinstance(way, Way) and way.is_reserved and not self._is_left_out(path):
                    self.reserve(node, ".".join(path.steps))
            return bound
        extent = (bound.start, bound.end)
        if bound.kind == "field":
            self._unknown(node, bound.text, extent, bound.suggestion)
            return None
        place, rule = place_in(self._source, node, *extent), _MISTAKES[bound.kind]
        is_word = bound.suggestion is not None and _WORD.fullmatch(bound.suggestion)
        replacement = self._fix(node, extent, place, bound.suggestion) if is_word else None
        self._found.append(
            rule.at(self._source, place, suggestion=bound.suggestion, replacement=replacement, problem=bound.text)
        )
        return None

    def _unknown(self, node: Scalar, name: str, extent: tuple[int, int], near: str | None) -> None:
        if not self._scope.page_types and not name.startswith(
            "this."
        ):  # the type asked does not exist: nothing is known of its fields
            return
        place = place_in(self._source, node, *extent)
        replacement = self._fix(node, extent, place, near)
        words: dict[str, Any] = {"field": name, "types": self._asked(name)}
        self._found.append(
            rules.UNKNOWN_FIELD.at(self._source, place, suggestion=near, replacement=replacement, **words)
        )

    def _fix(
        self, node: Scalar, extent: tuple[int, int], place: tuple[int, int], suggestion: str | None
    ) -> str | None:
        """Return what a machine may write at a place: a suggestion, where the file says just what is wrong."""
        written = self._source.text[place[0] : place[1]]
        return suggestion if written == node.text[extent[0] : extent[1]] else None

    def _asked(self, name: str) -> str:
        if name.startswith("this."):
            return f"« {self._this.name} »"
        if len(self._scope.page_types) > 3:
            return "ces fiches"
        return " ou ".join(f"« {page_type.name} »" for page_type in self._scope.page_types)

    def reserve(self, node: Scalar, name: str) -> None:
        """Tell, in a public page, what only members will be shown."""
        told = any(d.code == rules.RESERVED_FIELD.code for d in self._found)
        if self._this.visibility == "public" and not told:
            extent = (node.start, node.end)
            self._found.append(rules.RESERVED_FIELD.at(self._source, extent, name=name))


def _expected(takes: Takes) -> str:
    """Return what a key takes, as its author is told."""
    return one_of(takes.among) if takes.among else _EXPECTED.get(takes.kind, "un texte")


def names_of(options: Options, key: str) -> Iterator[Scalar]:
    """Yield the names that a key lists, in brackets, line by line or with commas, each with its place."""
    for node in options.scalars(key):
        raw = options.source.text[node.start : node.end]
        if "," not in node.text or node.text not in (raw, raw[1:-1]):
            yield node
            continue
        for match in re.finditer(r"[^\s,](?:[^,]*[^\s,])?", node.text):
            yield Scalar(match[0], *place_in(options.source, node, *match.span()))


def one_of(words: Iterable[str]) -> str:
    """Return some words as what a key expects."""
    return " ou ".join(f"« {word} »" for word in words)
