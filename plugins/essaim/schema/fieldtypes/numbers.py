"""Numbers and yes/no."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from essaim.folding import fold
from essaim.schema.fieldtypes.base import FieldType, Invalid

if TYPE_CHECKING:
    from essaim.schema.model import Field

_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")


class Number(FieldType):
    """A decimal number."""

    name = "number"
    expected = "un nombre, par exemple 12.5"
    has_bounds = True
    _SHAPE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")

    def parse(self, text: str, field: "Field") -> Any:
        """Accept digits with a decimal point; propose it for a comma or spaced thousands."""
        if self._SHAPE.fullmatch(text) and len(text) <= 40:
            return self._convert(text)
        plain = _SPACES.sub("", text).replace(",", ".")
        if self._SHAPE.fullmatch(plain) and len(plain) <= 40:
            return Invalid(f"il faut {self.expected}", plain, plain)
        return Invalid(f"il faut {self.expected}")

    def _convert(self, text: str) -> Any:
        return float(text)

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Write French decimals and thousands; what was computed has two decimals at most."""
        if field is not None and field.is_computed:
            value = round(value, 2)
        text = f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
        return text.replace(",", "\u202f").replace(".", ",")

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Bound the value."""
        bounds = {"minimum": field.min, "maximum": field.max} if not field.many else {}
        kind = "integer" if self.name == "integer" else "number"
        return {"type": kind, **{key: bound for key, bound in bounds.items() if bound is not None}}


class Integer(Number):
    """A whole number."""

    name = "integer"
    expected = "un nombre entier, par exemple 12"
    _SHAPE = re.compile(r"[+-]?[0-9]+")

    def _convert(self, text: str) -> Any:
        return int(text)


class Boolean(FieldType):
    """Yes or no."""

    name = "boolean"
    expected = "« oui » ou « non »"
    _WORDS: Mapping[str, bool] = {
        **dict.fromkeys(("oui", "vrai", "true", "yes"), True),
        **dict.fromkeys(("non", "faux", "false", "no"), False),
    }

    def parse(self, text: str, field: "Field") -> Any:
        """Accept oui/non, vrai/faux, true/false, yes/no."""
        value = self._WORDS.get(fold(text))
        return Invalid(f"il faut {self.expected}") if value is None else value

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Answer in French."""
        return "oui" if value else "non"

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Accept what YAML reads as a boolean, and the French words."""
        return {"enum": [True, False, "oui", "non", "vrai", "faux", "true", "false", "yes", "no"]}
