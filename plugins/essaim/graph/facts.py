"""Values that hold for a time, written with their dates, their source, and how far they can be trusted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeGuard

from essaim.diagnostics import Diagnostic
from essaim.pages.fields import FieldReader
from essaim.pages.page import FieldValue, Value, Values
from essaim.rules import facts as rules
from essaim.rules import fields as field_rules
from essaim.schema.fieldtypes import FIELD_TYPES
from essaim.schema.model import Field
from essaim.source import SourceFile
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Scalar

VALUE, FROM, UNTIL = "valeur", "valable_du", "valable_au"
RELIABILITY: Mapping[str, str] = MappingProxyType(
    {
        "texte": "lu dans le texte officiel",
        "source": "lu dans une source secondaire",
        "confirmer": "à confirmer",
    }
)
"""How far a value can be trusted: the words of the file, and those that readers see."""


def _field(name: str, kind: str, **options: Any) -> Field:
    return Field(name=name, path=name, type=FIELD_TYPES[kind], label=name, **options)


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        VALUE: _field(VALUE, "text", many=True, accepts_single=True),
        FROM: _field(FROM, "date"),
        UNTIL: _field(UNTIL, "date"),
        "source": _field("source", "text"),
        "url": _field("url", "url"),
        "fiabilite": _field("fiabilite", "choice", choices=RELIABILITY),
    }
)
_MARKS = frozenset({VALUE, FROM, UNTIL, "fiabilite"})
"""Keys by which a mapping is a fact, and not a group of values."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """What is known of a value beside its text: `start` and `end` are the first and the last day it holds."""

    start: date | None = None
    end: date | None = None
    source: str = ""
    url: str = ""
    reliability: str = ""

    def has_expired(self, today: date) -> bool:
        """Whether the last day has gone by."""
        return self.end is not None and self.end < today

    def remark(self, today: date) -> str:
        """Return what readers are told beside the value on a day when it does not hold, else nothing."""
        if self.end is not None and self.has_expired(today):
            return f"valeur qui a expiré le {written(self.end)}"
        return f"à partir du {written(self.start)}" if self.start is not None and self.start > today else ""


def written(day: date) -> str:
    """Return a day in full."""
    return FIELD_TYPES["date"].display(day)


def is_fact(node: Node) -> TypeGuard[MappingNode]:
    """Whether a value is written with what is known of it."""
    return isinstance(node, MappingNode) and any(entry.key.text in _MARKS for entry in node.entries)


def read_fact(
    name: str, key: Scalar, node: MappingNode, source: SourceFile, found: list[Diagnostic]
) -> tuple[str, Fact]:
    """Return the text of a fact, '' when it has none, and what is known of it; `found` takes its mistakes."""
    reader = FieldReader(source)
    values = reader.read(node, FIELDS, f" dans « {name} »", allows_extra=False)
    found += reader.diagnostics
    if node.get(VALUE) is None:
        found.append(field_rules.MISSING_FIELD.at(source, (key.start, key.end), key=VALUE, where=f" dans « {name} »"))
    start, end = _data(values.get(FROM)), _data(values.get(UNTIL))
    if start and end and end < start:
        late = values[UNTIL]
        words: dict[str, Any] = {"value": str(end), "key": UNTIL, "problem": f"ce jour vient avant « {FROM} »"}
        found.append(field_rules.INVALID_VALUE.at(source, (late.start, late.end), **words))
        start = end = None
    fact = Fact(
        start=start,
        end=end,
        source=_data(values.get("source")) or "",
        url=_data(values.get("url")) or "",
        reliability=_data(values.get("fiabilite")) or "",
    )
    return ", ".join(_texts(values.get(VALUE))), fact


def check_fact(name: str, fact: Fact, key: Scalar, source: SourceFile, today: date) -> Iterator[Diagnostic]:
    """Tell that a fact has expired."""
    if fact.end is not None and fact.has_expired(today):
        yield rules.EXPIRED_FACT.at(source, (key.start, key.end), name=name, day=written(fact.end))


def _data(value: FieldValue | None) -> Any:
    return value.data if isinstance(value, Value) else None


def _texts(value: FieldValue | None) -> Iterator[str]:
    if isinstance(value, Values):
        yield from (item.text.strip() for item in value.items if isinstance(item, Value) and item.text.strip())
