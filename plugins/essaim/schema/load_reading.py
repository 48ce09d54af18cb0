"""From `includes:`, `print:` and `slides:` of a `_type.yml` to how its pages are read."""

from collections.abc import Mapping, Sequence
from typing import Any

from essaim.rules import types as rules
from essaim.schema.model import Field, PageType
from essaim.schema.options import Options
from essaim.schema.reading import ReadingSpec
from essaim.suggest import nearest
from essaim.syntax.nodes import Scalar

_A_REFERENCE = "un champ « reference »"
_A_TEXT = "un champ « text » à une seule valeur"


def load_reading(line: Sequence[str], declared: Mapping[str, Options], page_type: PageType) -> ReadingSpec:
    """Return how the pages of a type are read: each option as it says, or else as its nearest ancestor says.

    `line` names its ancestors, farthest first, then itself; the ancestors' mistakes are theirs to report.
    """
    field, section = _includes(_saying("includes", line, declared), page_type)
    return ReadingSpec(
        includes=field,
        includes_section=section,
        prints=_saying("print", line, declared).boolean("print"),
        slides=_saying("slides", line, declared).boolean("slides"),
    )


def _saying(key: str, line: Sequence[str], declared: Mapping[str, Options]) -> Options:
    name = next((name for name in reversed(line) if key in declared[name]), line[-1])
    options = declared[name]
    return options if name == line[-1] else Options(options.source, options.node, [], options.where)


def _includes(options: Options, page_type: PageType) -> tuple[str, str]:
    """Return the field whose pages are shown, and the one that names a section of theirs; '' for none."""
    node = options.raw("includes")
    if node is None:
        return "", ""
    if isinstance(node, Scalar):
        return _field(options, "includes", ("reference",), _A_REFERENCE, page_type), ""
    node = options.mapping("includes", "un champ « reference », ou « {field: …, section: …} »")
    if node is None:
        return "", ""
    inner = options.sub(node, "pour « includes »")
    inner.only(("field", "section"))
    if "field" not in inner:
        inner.missing("field")
    field = _field(inner, "field", ("reference",), _A_REFERENCE, page_type)
    return field, _field(inner, "section", ("text",), _A_TEXT, page_type)


def _field(options: Options, key: str, kinds: tuple[str, ...], expected: str, page_type: PageType) -> str:
    """Return the name of a field that fits; '', with a report, when the type has none."""
    node = options.scalar(key, expected)
    if node is None:
        return ""
    field = page_type.fields.get(node.text)
    if field is not None and _fits(field, kinds):
        return field.name
    if field is None:
        near = nearest(node.text, page_type.fields)
        words: dict[str, Any] = {"field": node.text, "type": page_type.name}
        extent = (node.start, node.end)
        options.found.append(
            rules.UNKNOWN_FIELD.at(options.source, extent, suggestion=near, replacement=near, **words)
        )
    else:
        fitting = (f.name for f in page_type.fields.values() if _fits(f, kinds))
        options.invalid(key, node, expected, nearest(node.text, fitting))
    return ""


def _fits(field: Field, kinds: tuple[str, ...]) -> bool:
    return field.type.name in kinds and (field.is_reference or not field.many)
