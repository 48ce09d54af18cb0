"""The JSON Schema (2020-12) of a type's front matter, for editors that complete and check as one types."""

from collections.abc import Mapping
from typing import Any

from essaim.schema.model import Field, PageType
from essaim.schema.sharing import file_name

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(page_type: PageType) -> dict[str, Any]:
    """Return the schema of the front matter of a type's pages."""
    schema = _object(page_type.fields, allows_extra=page_type.allows_extra)
    return {
        "$schema": DIALECT,
        "$id": f"urn:essaim:{page_type.name}",
        "title": page_type.label_one,
        **schema,
    }


def _object(fields: Mapping[str, Field], *, allows_extra: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items() if not field.is_computed},
        "additionalProperties": allows_extra,
    }
    required = [field.name for field in fields.values() if field.required]
    return schema | ({"required": required} if required else {})


def _field(field: Field) -> dict[str, Any]:
    value = _value(field)
    if field.many:
        several = _array(value, field)
        value = {"anyOf": [several, value]} if field.accepts_single else several
    elif not field.required:
        value = {"anyOf": [value, {"type": "null"}]}
    described = {"title": field.label, **({"description": field.help} if field.help else {})}
    return described | value


def _value(field: Field) -> dict[str, Any]:
    if field.type.name == "group":
        row = _object(field.fields, allows_extra=False)
        named = {"type": "string", "description": f"Nom d'une ligne de {file_name(field.shared)}"}
        return {"anyOf": [named, row]} if field.shared else row
    if field.type.name == "list" and field.item is not None:
        return _array(_field(field.item), field if not field.many else None)
    schema = dict(field.type.json_schema(field))
    if field.is_reference:
        schema["description"] = "Nom d'une fiche" + (f" : {', '.join(field.to)}" if field.to else "")
    return schema


def _array(items: dict[str, Any], bounds: Field | None) -> dict[str, Any]:
    limits = {"minItems": bounds.min, "maxItems": bounds.max} if bounds else {}
    return {"type": "array", "items": items, **{key: limit for key, limit in limits.items() if limit is not None}}
