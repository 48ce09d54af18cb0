"""What a field type is: every facet of one kind of value in one small class."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from essaim.schema.model import Field


@dataclass(frozen=True, slots=True)
class Invalid:
    """Why a text is not a value: a French clause, what would fit, and a text a machine may write instead."""

    problem: str
    suggestion: str | None = None
    replacement: str | None = None


class FieldType:
    """A kind of value. Subclasses are stateless; one instance serves every field of that type."""

    name: ClassVar[str]
    expected: ClassVar[str]
    """French noun phrase, with an example where that helps."""
    expected_bound: ClassVar[str] = ""
    """What a `min` or `max` must be, where it is not a value of the type."""
    options: ClassVar[frozenset[str]] = frozenset()
    """Options of `_type.yml` that only this type takes."""
    caption: ClassVar[str] = ""
    """The one of them that names the field beside it where the words of a value stand, '' when there is none."""
    has_bounds: ClassVar[bool] = False
    is_nested: ClassVar[bool] = False
    """Whether values are mappings or lists rather than texts."""

    def parse(self, text: str, field: "Field") -> Any:
        """Convert the exact text of a scalar to a value, or say why it cannot be one."""
        raise NotImplementedError

    def parse_bound(self, text: str, field: "Field") -> Any:
        """Convert the text of a `min` or `max`."""
        return self.parse(text, field)

    def measure(self, value: Any) -> Any:
        """Return what `min` and `max` are compared with."""
        return value

    def measure_bound(self, bound: Any) -> Any:
        """Return a `min` or `max` as `measure` would count it."""
        return self.measure(bound)

    def describe_bound(self, bound: Any) -> str:
        """Return a bound in French, with its unit."""
        return self.display(bound)

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Return a value as a French reader expects it."""
        return str(value)

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Return the JSON Schema of one value, as it is written in front matter read as JSON."""
        return {"type": "string"}
