"""How often something comes back."""

from typing import TYPE_CHECKING, Any

from essaim.schema.fieldtypes.base import FieldType, Invalid
from essaim.schema.fieldtypes.rhythms.parsing import parse_rule
from essaim.schema.fieldtypes.rhythms.reading import mended_french, read_french
from essaim.schema.fieldtypes.rhythms.rule import rule_text
from essaim.schema.fieldtypes.rhythms.saying import say_rule

if TYPE_CHECKING:
    from essaim.schema.model import Field


class Recurrence(FieldType):
    """A rhythm, in plain French or as a rule of RFC 5545; its value is the text of the rule."""

    name = "recurrence"
    expected = "un rythme, par exemple « chaque lundi », « le premier jeudi du mois » ou « tous les 15 jours »"

    def parse(self, text: str, field: "Field") -> Any:
        """Accept usual French words, or the parts of a rule."""
        if "=" in text:
            rule = parse_rule(text)
            return rule if isinstance(rule, Invalid) else rule_text(rule)
        read = read_french(text)
        if read is not None:
            return rule_text(read)
        mended = mended_french(text)
        return Invalid(f"il faut {self.expected}", mended, mended and f'"{mended}"')

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Say the rhythm in French, however it is written."""
        rule = parse_rule(str(value))
        return str(value) if isinstance(rule, Invalid) else say_rule(rule)
