"""From the `event:` of a `_type.yml` to what makes its pages events."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import available_timezones

from essaim.rules import types as rules
from essaim.schema.events import TIMEZONE, EventSpec
from essaim.schema.model import Field, PageType
from essaim.schema.options import Options
from essaim.suggest import nearest

_SHAPE = "« {start: …, end: …, recurrence: …, place: …} »"


class _Role(NamedTuple):
    """What a field is to an event: the types it may have, whether it may have several values, and how to say it."""

    kinds: tuple[str, ...]
    expected: str
    many: bool = False


_ROLES: Mapping[str, _Role] = MappingProxyType(
    {
        "start": _Role(("date", "datetime"), "un champ « date » ou « datetime » à une seule valeur"),
        "end": _Role(("date", "datetime"), "un champ « date » ou « datetime » à une seule valeur"),
        "recurrence": _Role(("recurrence",), "un champ « recurrence » à une seule valeur"),
        "except": _Role(("date", "datetime"), "un champ « date » ou « datetime »", many=True),
        "place": _Role(
            ("text", "markdown", "reference", "territory"), "un champ « text » ou « reference »", many=True
        ),
        "online": _Role(("url", "text"), "un champ « url » ou « text » à une seule valeur"),
        "group": _Role(("reference",), "un champ « reference »", many=True),
        "status": _Role(("choice", "text"), "un champ « choice » ou « text » à une seule valeur"),
    }
)


def load_event(line: Sequence[str], declared: Mapping[str, Options], page_type: PageType) -> EventSpec | None:
    """Return what makes the pages of a type events: what it says, or else the nearest ancestor that says it.

    `line` names its ancestors, farthest first, then itself; the ancestors' mistakes are theirs to report.
    """
    name = next((name for name in reversed(line) if "event" in declared[name]), None)
    if name is None:
        return None
    options = declared[name]
    if name != line[-1]:
        options = Options(options.source, options.node, [], options.where)
    node = options.mapping("event", _SHAPE)
    return _read(options.sub(node, "pour « event »"), page_type) if node else None


def _read(options: Options, page_type: PageType) -> EventSpec | None:
    options.only((*_ROLES, "timezone"))
    if "start" not in options:
        options.missing("start")
    fields = {key: _field(options, key, role, page_type) for key, role in _ROLES.items()}
    start, end = fields["start"], fields["end"]
    if start and end and start.type is not end.type:
        place = options.raw("end") or options.node
        options.invalid("end", place, f"un champ « {start.type.name} », comme celui de « start »")
        end = None
    names = {key: field.name if field else "" for key, field in (fields | {"end": end}).items()}
    if start is None:
        return None
    exceptions = names.pop("except")
    return EventSpec(**names, exceptions=exceptions, timezone=_timezone(options))


def _field(options: Options, key: str, role: _Role, page_type: PageType) -> Field | None:
    """Return the field that a key names; None, with a report, when the type has none that fits."""
    node = options.scalar(key, "le nom d'un champ")
    if node is None:
        return None
    field = page_type.fields.get(node.text)
    if field is None:
        near = nearest(node.text, page_type.fields)
        words: dict[str, Any] = {"field": node.text, "type": page_type.name}
        extent = (node.start, node.end)
        options.found.append(
            rules.UNKNOWN_FIELD.at(options.source, extent, suggestion=near, replacement=near, **words)
        )
    elif field.type.name not in role.kinds or (field.many and not role.many):
        fitting = (f.name for f in page_type.fields.values() if f.type.name in role.kinds)
        options.invalid(key, node, role.expected, nearest(node.text, fitting))
    else:
        return field
    return None


def _timezone(options: Options) -> str:
    node = options.scalar("timezone", f"un fuseau horaire, par exemple « {TIMEZONE} »")
    if node is None:
        return TIMEZONE
    if node.text in available_timezones():
        return node.text
    near = nearest(node.text, available_timezones())
    options.invalid("timezone", node, f"un fuseau horaire, par exemple « {TIMEZONE} »", near)
    return TIMEZONE
