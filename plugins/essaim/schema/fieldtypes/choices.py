"""One value out of a list that the type declares."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from essaim.folding import fold
from essaim.schema.fieldtypes.base import FieldType, Invalid
from essaim.suggest import nearest
from essaim.syntax.yaml_mending import as_scalar

if TYPE_CHECKING:
    from essaim.schema.model import Field


class Choice(FieldType):
    """A value of a closed list; each may have a label for readers."""

    name = "choice"
    expected = "un des choix de la liste"
    options = frozenset({"of"})

    def parse(self, text: str, field: "Field") -> Any:
        """Accept a declared value as it is written; propose the nearest value or the one that bears the label."""
        if text in field.choices:
            return text
        wanted = fold(text)
        same = (v for v, label in field.choices.items() if wanted in (fold(v), fold(label)))
        suggestion = next(same, None) or nearest(text, field.choices)
        return Invalid("", suggestion, suggestion and as_scalar(suggestion))

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Show the label."""
        return field.choices.get(value, value) if field else str(value)

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """List the values."""
        return {"enum": list(field.choices)}
