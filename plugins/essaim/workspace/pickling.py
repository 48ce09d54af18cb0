"""Values of the engine as bytes, and back.

Pickle is the one format that keeps who is who: a `Field` that ten thousand edges name is one object again. Read as
it comes it would run whatever its writer wishes; here it makes data of the engine only: its tuples, enumerations,
dataclasses, days and collections. Any other name is refused.
"""

import copyreg
import pickle
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from io import BufferedReader, BytesIO
from types import MappingProxyType
from typing import Any

from essaim.schema.fieldtypes import FIELD_TYPES, FieldType

_PACKAGE = "essaim"
_AT_ONCE = 1 << 20
"""How many bytes are read at a time."""
_STANDARD = frozenset(
    {("builtins", "frozenset"), ("builtins", "set"), ("datetime", "date"), ("datetime", "datetime")}
)


class Unreadable(Exception):  # noqa: N818
    """Bytes that are not the values that were written."""


def to_bytes(value: object) -> bytes:
    """Return a value as bytes. Raises Unreadable when it holds what cannot be written."""
    written = BytesIO()
    try:
        writer = pickle.Pickler(written, 5)
        of_kinds = dict.fromkeys(map(type, FIELD_TYPES.values()), _kind)
        of_enums = dict.fromkeys(_enumerations(), _member)
        writer.dispatch_table = {**copyreg.dispatch_table, MappingProxyType: _read_only, **of_kinds, **of_enums}
        writer.dump(value)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as problem:
        raise Unreadable(str(problem)) from problem
    return written.getvalue()


def from_bytes(data: bytes | memoryview) -> Any:
    """Return the value that some bytes say. Raises Unreadable."""
    try:
        return _Reader(BufferedReader(BytesIO(data), _AT_ONCE)).load()
    except Exception as problem:  # what damaged bytes make of the classes that they name is anybody's guess
        raise Unreadable(str(problem)) from problem


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return a class of data by its name; raise UnpicklingError for anything else."""
        if (module, name) in _STANDARD:
            return super().find_class(module, name)
        if module.partition(".")[0] == _PACKAGE and "." not in name:
            found = super().find_class(module, name)
            if found in (read_only, field_type) or _is_data(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _is_data(found: object) -> bool:
    return isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple | Enum))


def read_only(values: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return values that nobody changes: what is written in place of a mapping of that kind."""
    return MappingProxyType(values)


def _read_only(values: Mapping[Any, Any]) -> tuple[Any, ...]:
    return read_only, (dict(values),)


def field_type(name: str) -> FieldType:
    """Return a field type by its name: there is one of each."""
    return FIELD_TYPES[name]


def _kind(kind: FieldType) -> tuple[Any, ...]:
    return field_type, (kind.name,)


def _enumerations() -> list[type[Enum]]:
    """Return the enumerations of the engine: some versions of Python would write their members otherwise."""
    found: list[type[Enum]] = [Enum]
    for one in found:
        found += one.__subclasses__()
    return [one for one in found if one.__module__.partition(".")[0] == _PACKAGE]


def _member(member: Enum) -> tuple[Any, ...]:
    return type(member), (member.value,)
