"""The fields that options name for what they are to a type: the start of an event, the steps of a passport."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from essaim.rules import types as rules
from essaim.schema.model import Field
from essaim.schema.options import Options
from essaim.suggest import nearest
from essaim.syntax.nodes import Scalar

ONE, SEVERAL, ANY = (False,), (True,), (False, True)
"""How many values the field of a role may have."""


class Role(NamedTuple):
    """What a field is to a type: the types it may have, how many values, and how that is said."""

    kinds: tuple[str, ...]
    expected: str
    many: tuple[bool, ...] = ONE

    def suits(self, field: Field) -> bool:
        """Whether a field can have the role."""
        return field.type.name in self.kinds and field.many in self.many


def field_in_role(
    options: Options, key: str, role: Role, fields: Mapping[str, Field], type_name: str, prefix: str = ""
) -> Field | None:
    """Return the field that a key names; None, with a report, when there is none that suits.

    `prefix` is what a report writes before the names of `fields`: `etapes.` for those of a group.
    """
    node = options.scalar(key, "le nom d'un champ")
    if node is None:
        return None
    field = fields.get(node.text)
    if field is not None and role.suits(field):
        return field
    if field is None:
        report_unknown(options, node, nearest(node.text, fields), prefix + node.text, type_name)
    else:
        fitting = (one.name for one in fields.values() if role.suits(one))
        options.invalid(key, node, role.expected, nearest(node.text, fitting))
    return None


def report_unknown(options: Options, node: Scalar, near: str | None, field: str, type_name: str) -> None:
    """Report the name of a field that a type does not have."""
    words: dict[str, Any] = {"field": field, "type": type_name}
    extent = (node.start, node.end)
    options.found.append(rules.UNKNOWN_FIELD.at(options.source, extent, suggestion=near, replacement=near, **words))
