"""From the `fields:` of a `_type.yml` to `Field` values."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from essaim.rules import frontmatter
from essaim.rules import types as rules
from essaim.schema.captions import caption_name
from essaim.schema.computed import COMPUTABLE
from essaim.schema.fieldtypes import FieldType, Invalid
from essaim.schema.model import NO_FIELDS, Field, Inverse
from essaim.schema.options import Options
from essaim.schema.sharing import shared_name
from essaim.suggest import nearest
from essaim.syntax.nodes import Entry, Scalar, Sequence
from essaim.syntax.nodes import Mapping as MappingNode

_COMMON = frozenset({"type", "required", "many", "min", "max", "label", "help", "visibility", "computed"})
_NAME = re.compile(r"[^\W\d][\w-]*")
RESERVED = frozenset({"template", "__proto__", "constructor", "prototype"})
"""Names that the site's engine or a browser would take for something else."""


class FieldLoader:
    """Builds fields, knowing the field types and the names of the page types."""

    def __init__(self, field_types: Mapping[str, FieldType], type_names: Collection[str], *, is_whole: bool) -> None:
        self._is_whole = is_whole
        self._field_types = field_types
        self._type_names = type_names

    def load(self, options: Options, key: str, prefix: str = "") -> dict[str, Field]:
        """Build the fields that a key of some options declares."""
        node = options.mapping(key, "une suite de champs « nom: {type: …} »")
        fields = (self._field(options, entry, prefix) for entry in (node.entries if node else ()))
        return {field.name: field for field in fields if field is not None}

    def _field(self, options: Options, entry: Entry, prefix: str) -> Field | None:
        name = entry.key.text
        extent = (entry.key.start, entry.key.end)
        if name in RESERVED:
            options.found.append(frontmatter.RESERVED_KEY.at(options.source, extent, key=name))
            return None
        if not _NAME.fullmatch(name):
            options.found.append(frontmatter.BAD_KEY.at(options.source, extent))
            return None
        node = entry.value
        if isinstance(node, Scalar) and not node.is_empty:  # `titre: text` is short for `titre: {type: text}`
            key = Scalar("type", node.start, node.end)
            node = MappingNode((Entry(key, node),), node.start, node.end)
        if not isinstance(node, MappingNode):
            place = node if node.end > node.start else entry.key
            options.invalid(name, place, "un type, par exemple « {type: text} »")
            return None
        return self._build(options.sub(node, f"pour le champ « {name} »"), name, prefix + name)

    def _build(self, options: Options, name: str, path: str, *, is_item: bool = False) -> Field | None:
        kind = self._kind(options)
        if kind is None:
            return None
        options.where = f"pour un champ « {kind.name} »"
        options.only(_COMMON | kind.options)
        known: dict[str, Any] = {
            "name": name,
            "path": path,
            "type": kind,
            "label": options.text("label", name.replace("_", " ").capitalize()),
            "help": options.text("help"),
            "required": options.boolean("required"),
            "many": options.boolean("many"),
            "visibility": options.visibility(),
            "choices": self._choices(options) if kind.name == "choice" else NO_FIELDS,
            "fields": self._inner(options, path) if kind.name == "group" else NO_FIELDS,
            "item": self._item(options, name, path) if kind.name == "list" else None,
        }
        if _is_computed(options, kind, is_top=path == name and not is_item):
            known |= {"is_computed": True, "required": False, "many": False}
        has_rows = known["many"] and path == name and not is_item
        known["checklist"] = kind.name == "group" and _is_checklist(options, has_rows=has_rows)
        known["shared"] = shared_name(options, known["fields"], has_rows=has_rows) if kind.name == "group" else ""
        if kind.name == "reference":
            known |= self._relation(options)
        if known["item"] and known["item"].visibility == "members":  # nothing is left of a list without its items
            known["visibility"] = "members"
        if known["visibility"] == "members":  # what is inside a reserved group is reserved
            known["fields"] = MappingProxyType({n: _reserve(inner) for n, inner in known["fields"].items()})
            known["item"] = known["item"] and _reserve(known["item"])
        known["caption"] = caption_name(options, Field(**known), is_item=is_item)
        field = Field(**known)
        if field.is_computed:
            return field
        low, high = self._bound(options, "min", field), self._bound(options, "max", field)
        return Field(**known, min=low, max=high)

    def _kind(self, options: Options) -> FieldType | None:
        node = options.scalar("type", "un type de champ")
        if node is None:
            if "type" not in options:
                options.missing("type")
            return None
        kind = self._field_types.get(node.text)
        if kind is None:
            near = nearest(node.text, self._field_types)
            extent = (node.start, node.end)
            found = rules.UNKNOWN_FIELD_TYPE.at(
                options.source, extent, suggestion=near, replacement=near, type=node.text
            )
            options.found.append(found)
        return kind

    def _choices(self, options: Options) -> Mapping[str, str]:
        node = options.raw("of")
        expected = "une liste de choix, ou des choix avec leur libellé « {valeur: Libellé} »"
        if node is None:
            options.missing("of")
        elif isinstance(node, Sequence) and node.items and all(isinstance(i, Scalar) for i in node.items):
            return MappingProxyType({i.text: i.text for i in node.items if isinstance(i, Scalar)})
        elif isinstance(node, MappingNode) and node.entries:
            labels = {e.key.text: e.value for e in node.entries}
            texts = {k: v.text or k for k, v in labels.items() if isinstance(v, Scalar)}
            if len(texts) == len(labels):
                return MappingProxyType(texts)
            options.invalid("of", node, expected)
        else:
            options.invalid("of", node, expected)
        return NO_FIELDS

    def _inner(self, options: Options, path: str) -> Mapping[str, Field]:
        if "fields" not in options:
            options.missing("fields")
        return MappingProxyType(self.load(options, "fields", f"{path}."))

    def _item(self, options: Options, name: str, path: str) -> Field | None:
        node = options.raw("of")
        if node is None:
            key = Scalar("type", options.node.start, options.node.end)
            text = Scalar("text", options.node.start, options.node.end)
            node = MappingNode((Entry(key, text),), options.node.start, options.node.end)
        if isinstance(node, Scalar):
            node = MappingNode((Entry(Scalar("type", node.start, node.end), node),), node.start, node.end)
        if not isinstance(node, MappingNode):
            options.invalid("of", node, "un type de champ, par exemple « {type: text} »")
            return None
        return self._build(options.sub(node, f"pour les éléments de « {name} »"), name, path, is_item=True)

    def _relation(self, options: Options) -> dict[str, Any]:
        targets = options.scalars("to")
        known = []
        for target in targets:
            if target.text in self._type_names:
                known.append(target.text)
                continue
            near = nearest(target.text, self._type_names)
            extent = (target.start, target.end)
            found = rules.UNKNOWN_PAGE_TYPE.at(
                options.source,
                extent,
                suggestion=near,
                replacement=near if self._is_whole else None,
                type=target.text,
            )
            options.found.append(found)
        acyclic = options.boolean("acyclic")
        return {
            "to": tuple(known),
            "acyclic": acyclic,
            "allows_self": options.one_of("self", ("error", "allow"), "error" if acyclic else "allow") == "allow",
            "inverse": self._inverse(options),
        }

    def _inverse(self, options: Options) -> Inverse | None:
        node = options.raw("inverse")
        if isinstance(node, Scalar) and node.text:
            return Inverse(name=node.text, label=node.text.replace("_", " ").capitalize())
        node = options.mapping("inverse", "un nom et un libellé « {name: …, label: …} »")
        if node is None:
            return None
        inner = options.sub(node, "pour « inverse »")
        inner.only(("name", "label"))
        name = inner.text("name")
        if not name:
            inner.missing("name")
            return None
        return Inverse(name=name, label=inner.text("label", name.replace("_", " ").capitalize()))

    def _bound(self, options: Options, key: str, field: Field) -> Any:
        node = options.scalar(key, "un nombre")
        if node is None:
            return None
        if field.many or field.type.name == "list":
            if node.text.isdecimal() and len(node.text) < 10:
                return int(node.text)
            options.invalid(key, node, "un nombre d'éléments")
            return None
        if not field.type.has_bounds:
            options.invalid(key, node, f"d'être retirée : un champ « {field.type.name} » n'a pas de limites")
            return None
        bound = field.type.parse_bound(node.text, field)
        if isinstance(bound, Invalid):
            options.invalid(key, node, field.type.expected_bound or field.type.expected, bound.suggestion)
            return None
        return bound


def _is_computed(options: Options, kind: FieldType, *, is_top: bool) -> bool:
    """Whether a field is computed; what it cannot be together with that is reported."""
    node = options.raw("computed")
    if node is None:
        return False
    if not is_top or kind.name not in COMPUTABLE:
        kinds = ", ".join(f"« {name} »" for name in COMPUTABLE)
        options.invalid(
            "computed", node, f"d'être retirée : seul se calcule un champ {kinds}, hors de tout autre champ"
        )
        return False
    for key in ("required", "many", "min", "max"):
        place = options.raw(key)
        if place is not None:
            options.invalid(key, place, "d'être retirée : personne n'écrit ce champ, il se calcule")
    return True


def _is_checklist(options: Options, *, has_rows: bool) -> bool:
    """Whether the rows of a group can be ticked; one that the page does not show as rows has none."""
    node, asked = options.raw("checklist"), options.boolean("checklist")
    if node is not None and asked and not has_rows:
        expected = "d'être retirée : seul se coche un groupe « many: true » qui n'est pas dans un autre champ"
        options.invalid("checklist", node, expected)
    return asked and has_rows


def _reserve(field: Field) -> Field:
    """Return a field, and all inside it, for members only."""
    inner = MappingProxyType({name: _reserve(part) for name, part in field.fields.items()})
    item = field.item and _reserve(field.item)
    return replace(field, visibility="members", fields=inner, item=item)
