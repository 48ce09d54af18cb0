"""From the `event:` of a `_type.yml` to what makes its pages events."""

from collections.abc import Mapping
from types import MappingProxyType
from zoneinfo import available_timezones

from essaim.schema.events import TIMEZONE, EventSpec
from essaim.schema.lineage import Lineage
from essaim.schema.model import PageType
from essaim.schema.options import Options
from essaim.schema.roles import ANY, Role, field_in_role
from essaim.suggest import nearest

_SHAPE = "« {start: …, end: …, recurrence: …, place: …} »"


_ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "start": Role(("date", "datetime"), "un champ « date » ou « datetime » à une seule valeur"),
        "end": Role(("date", "datetime"), "un champ « date » ou « datetime » à une seule valeur"),
        "recurrence": Role(("recurrence",), "un champ « recurrence » à une seule valeur"),
        "except": Role(("date", "datetime"), "un champ « date » ou « datetime »", many=ANY),
        "place": Role(("text", "markdown", "reference", "territory"), "un champ « text » ou « reference »", many=ANY),
        "online": Role(("url", "text"), "un champ « url » ou « text » à une seule valeur"),
        "group": Role(("reference",), "un champ « reference »", many=ANY),
        "status": Role(("choice", "text"), "un champ « choice » ou « text » à une seule valeur"),
    }
)


def load_event(line: Lineage, page_type: PageType) -> EventSpec | None:
    """Return what makes the pages of a type events: what it says, or else the nearest ancestor that says it."""
    options = line.mapping("event", _SHAPE)
    return _read(options, page_type) if options else None


def _read(options: Options, page_type: PageType) -> EventSpec | None:
    options.only((*_ROLES, "timezone"))
    if "start" not in options:
        options.missing("start")
    fields = {
        key: field_in_role(options, key, role, page_type.fields, page_type.name) for key, role in _ROLES.items()
    }
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


def _timezone(options: Options) -> str:
    node = options.scalar("timezone", f"un fuseau horaire, par exemple « {TIMEZONE} »")
    if node is None:
        return TIMEZONE
    if node.text in available_timezones():
        return node.text
    near = nearest(node.text, available_timezones())
    options.invalid("timezone", node, f"un fuseau horaire, par exemple « {TIMEZONE} »", near)
    return TIMEZONE
