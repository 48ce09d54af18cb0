"""All field types, by the name `_type.yml` gives them."""

from collections.abc import Mapping
from types import MappingProxyType

from essaim.schema.fieldtypes.base import FieldType, Invalid
from essaim.schema.fieldtypes.choices import Choice
from essaim.schema.fieldtypes.files import File, Image
from essaim.schema.fieldtypes.numbers import Boolean, Integer, Number
from essaim.schema.fieldtypes.places import Siren, Territory
from essaim.schema.fieldtypes.recurrence import Recurrence
from essaim.schema.fieldtypes.structures import Group, ListOf, Reference
from essaim.schema.fieldtypes.texts import Email, Markdown, Tel, Text, Url
from essaim.schema.fieldtypes.times import Date, Datetime, DurationOf, MonthOf

__all__ = ["FIELD_TYPES", "FieldType", "Invalid"]

_ALL: tuple[type[FieldType], ...] = (
    Text,
    Markdown,
    Integer,
    Number,
    Boolean,
    Date,
    Datetime,
    MonthOf,
    DurationOf,
    Recurrence,
    Choice,
    Url,
    Email,
    Tel,
    Image,
    File,
    Reference,
    Territory,
    Siren,
    ListOf,
    Group,
)
FIELD_TYPES: Mapping[str, FieldType] = MappingProxyType({kind.name: kind() for kind in _ALL})
