"""Front matter read by the schema: texts become values, and what does not fit is reported at its place."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from essaim.diagnostics import Diagnostic
from essaim.pages.page import FieldValue, Group, PageRef, Value, Values
from essaim.rules import Rule, frontmatter
from essaim.rules import fields as rules
from essaim.schema.fieldtypes import Invalid
from essaim.schema.load_fields import RESERVED
from essaim.schema.model import Field
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Scalar, Sequence
from essaim.syntax.yaml_mending import quoted

_SIMPLE = re.compile(r"[\w.'’·/-]+(?: [\w.'’·/-]+)*")
"""Text that can stand between brackets as it is."""


class FieldReader:
    """Reads the mappings of one front matter; keeps what it finds: references and diagnostics."""

    def __init__(self, source: SourceFile) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.references: list[PageRef] = []
        self._source = source

    def read(
        self, node: MappingNode, fields: Mapping[str, Field], where: str, *, allows_extra: bool
    ) -> dict[str, FieldValue]:
        """Read a mapping by the fields it may have; `where` ends the sentences about its keys."""
        values: dict[str, FieldValue] = {}
        present = set()
        for key, value in node.entries:
            field = fields.get(key.text)
            if field is None:
                if key.text in RESERVED:
                    self._report(frontmatter.RESERVED_KEY, key, key=key.text)
                elif not allows_extra:
                    self._report_unknown(key, node, fields, where)
                continue
            if field.is_computed:
                self._report(rules.COMPUTED_FIELD, key, key=key.text)
                continue
            present.add(key.text)
            read = self._read(value, field)
            if read is not None and not (field.required and isinstance(read, Value) and not read.text.strip()):
                values[key.text] = read
            elif field.required and isinstance(value, Scalar) and (value.is_empty or not value.text.strip()):
                extent = (key.start, key.end)
                self._report_missing(field, extent, where)
        for field in fields.values():
            if field.required and field.name not in present:
                self._report_missing(field, (node.start, node.start + 1), where)
        return values

    def _read(self, node: Node, field: Field) -> FieldValue | None:
        if isinstance(node, Scalar) and node.is_empty:
            return None
        if field.many:
            return self._read_many(node, field)
        return self._read_one(node, field)

    def _read_many(self, node: Node, field: Field) -> FieldValue | None:
        items: Iterable[Node]
        if isinstance(node, Sequence):
            items = node.items
        elif field.accepts_single and isinstance(node, Scalar):
            items = (node,)
        else:
            fix = self._as_list(node, field)
            expected = "une liste, un élément par ligne précédé de « - »"
            self._report(rules.WRONG_SHAPE, node, replacement=fix, key=field.name, expected=expected)
            return None
        read = [self._read_one(item, field) for item in items if not _is_empty(item)]
        values = Values(tuple(v for v in read if v is not None), node.start, node.end)
        self._check_count(len(read), node, field)
        return values

    def _read_one(self, node: Node, field: Field) -> FieldValue | None:
        if field.type.name == "group":
            return self._read_group(node, field)
        if field.type.name == "list":
            return self._read_list(node, field)
        if not isinstance(node, Scalar):
            expected = "une seule valeur" if isinstance(node, Sequence) else field.type.expected
            self._report(rules.WRONG_SHAPE, node, key=field.name, expected=expected)
            return None
        return self._read_scalar(node, field)

    def _read_group(self, node: Node, field: Field) -> Group | None:
        if field.shared and isinstance(node, Scalar):  # what it holds, the file says: see `essaim.pages.rows`
            return Group({}, node.start, node.end, node.text.strip())
        if not isinstance(node, MappingNode):
            self._report(rules.WRONG_SHAPE, node, key=field.name, expected=field.type.expected)
            return None
        where = f" dans « {field.name} »"
        values = self.read(node, field.fields, where, allows_extra=False)
        return Group(values, node.start, node.end)

    def _read_list(self, node: Node, field: Field) -> Values | None:
        if not isinstance(node, Sequence) or field.item is None:
            self._report(rules.WRONG_SHAPE, node, key=field.name, expected=field.type.expected)
            return None
        read = [self._read(item, field.item) for item in node.items]
        if not field.many:
            self._check_count(len(read), node, field)
        return Values(tuple(v for v in read if v is not None), node.start, node.end)

    def _read_scalar(self, node: Scalar, field: Field) -> Value | None:
        text = node.text
        data = field.type.parse(text, field)
        if isinstance(data, Invalid):
            self._report_invalid(node, field, data)
            return None
        if not field.many and (field.min is not None or field.max is not None):
            self._check_bounds(node, field, data)
        if field.is_reference:
            self.references.append(PageRef(field, data, node.start, node.end))
        return Value(data, text, node.start, node.end)

    def _check_bounds(self, node: Scalar, field: Field, data: object) -> None:
        kind = field.type
        size = kind.measure(data)
        if field.max is not None and size > kind.measure_bound(field.max):
            problem = f"dépasse {kind.describe_bound(field.max)}"
        elif field.min is not None and size < kind.measure_bound(field.min):
            problem = f"n'atteint pas {kind.describe_bound(field.min)}"
        else:
            return
        self._report(rules.OUT_OF_BOUNDS, node, key=field.name, problem=problem)

    def _check_count(self, count: int, node: Node, field: Field) -> None:
        low = max(field.min or 0, int(field.required))
        if count < low:
            self._report(rules.WRONG_COUNT, node, key=field.name, count=count, problem=f"au moins {low}")
        elif field.max is not None and count > field.max:
            self._report(rules.WRONG_COUNT, node, key=field.name, count=count, problem=f"au plus {field.max}")

    def _report(self, rule: Rule, node: Node, replacement: str | None = None, **words: Any) -> None:
        extent = (node.start, max(node.end, node.start + 1))
        if not isinstance(node, Scalar):  # a whole block would be underlined: its first line is enough
            extent = (
                node.start,
                min(node.end, self._source.line_extent(self._source.position(node.start).line).end),
            )
        self.diagnostics.append(rule.at(self._source, extent, replacement=replacement, **words))

    def _report_unknown(self, key: Scalar, node: MappingNode, fields: Mapping[str, Field], where: str) -> None:
        near = nearest(key.text, fields)
        is_free = near is not None and node.get(near) is None
        where = where or " pour ce type de fiche"
        diagnostic = rules.UNKNOWN_KEY.at(
            self._source,
            (key.start, key.end),
            suggestion=near,
            replacement=near if is_free else None,
            key=key.text,
            where=where.strip(),
        )
        self.diagnostics.append(diagnostic)

    def _report_missing(self, field: Field, extent: tuple[int, int], where: str) -> None:
        self.diagnostics.append(rules.MISSING_FIELD.at(self._source, extent, key=field.name, where=where))

    def _report_invalid(self, node: Scalar, field: Field, invalid: Invalid) -> None:
        replacement = invalid.replacement
        if replacement is not None and node.style in ("'", '"') and not replacement.startswith('"'):
            replacement = quoted(replacement)
        extent = (node.start, max(node.end, node.start + 1))
        words: dict[str, Any] = {"suggestion": invalid.suggestion, "replacement": replacement}
        if field.type.name == "choice":
            choices = ", ".join(f"« {choice} »" for choice in field.choices)
            diagnostic = rules.UNKNOWN_CHOICE.at(
                self._source, extent, **words, value=node.text, key=field.name, choices=choices
            )
        else:
            shown = node.text if len(node.text) <= 60 else node.text[:57] + "…"
            diagnostic = rules.INVALID_VALUE.at(
                self._source, extent, **words, value=shown, key=field.name, problem=invalid.problem
            )
        self.diagnostics.append(diagnostic)

    def _as_list(self, node: Node, field: Field) -> str | None:
        """Return the list that one value may have been meant as, if that is plain."""
        is_nested = field.type.is_nested and not field.shared
        if not isinstance(node, Scalar) or is_nested or not _SIMPLE.fullmatch(node.text):
            return None
        return f"[{self._source.text[node.start : node.end]}]"


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_empty
