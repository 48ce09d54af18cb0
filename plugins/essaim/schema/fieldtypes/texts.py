"""Texts: free, formatted, and those with a shape of their own."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from essaim.schema.fieldtypes.base import FieldType, Invalid

if TYPE_CHECKING:
    from essaim.schema.model import Field


class Text(FieldType):
    """Free text, on one line or several; bounds count code points."""

    name = "text"
    expected = "un texte"
    expected_bound = "un nombre de caractères"
    has_bounds = True

    def parse(self, text: str, field: "Field") -> Any:
        """Keep the text exactly."""
        return text

    def parse_bound(self, text: str, field: "Field") -> Any:
        """Read a number of characters."""
        return int(text) if text.isdecimal() and len(text) < 10 else Invalid("il faut un nombre de caractères")

    def measure(self, value: Any) -> Any:
        """Count code points."""
        return len(value)

    def measure_bound(self, bound: Any) -> Any:
        """Take the number as it is."""
        return bound

    def describe_bound(self, bound: Any) -> str:
        """Name the unit."""
        return f"{bound} caractères"

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Bound the length."""
        bounds = {"minLength": field.min, "maxLength": field.max} if not field.many else {}
        return {"type": "string", **{key: bound for key, bound in bounds.items() if bound is not None}}


class Markdown(Text):
    """Text with Markdown in it."""

    name = "markdown"
    expected = "un texte, mis en forme ou non"


class Url(FieldType):
    """A web address."""

    name = "url"
    expected = "une adresse web, par exemple https://exemple.fr"

    def parse(self, text: str, field: "Field") -> Any:
        """Accept http and https addresses that name a host."""
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
        except ValueError:
            return Invalid(f"il faut {self.expected}")
        if parts.scheme in ("http", "https") and host and not re.search(r"[\s<>\"\\^`{|}]", text):
            return text
        if re.fullmatch(r"(?:[\w-]+\.)+[a-zA-Z]{2,}(?:/\S*)?", text):
            return Invalid("l'adresse commence par https://", f"https://{text}", f"https://{text}")
        return Invalid(f"il faut {self.expected}")

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Show the site's name: the address itself is where the link leads."""
        return (urlsplit(str(value)).hostname or str(value)).removeprefix("www.")

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Use the standard format."""
        return {"type": "string", "format": "uri", "pattern": "^https?://"}


class Email(FieldType):
    """An e-mail address."""

    name = "email"
    expected = "une adresse de courriel, par exemple prenom@exemple.fr"
    _SHAPE = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@(?:[^\s@<>\"(),:;\[\]\\.]+\.)+[^\s@<>\"(),:;\[\]\\.]{2,}")

    def parse(self, text: str, field: "Field") -> Any:
        """Accept a name, @, and a domain."""
        return text if self._SHAPE.fullmatch(text) else Invalid(f"il faut {self.expected}")

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Use the standard format."""
        return {"type": "string", "format": "email"}


class Tel(FieldType):
    """A telephone number."""

    name = "tel"
    expected = "un numéro de téléphone, par exemple 01 23 45 67 89 ou +33 1 23 45 67 89"
    _SHAPE = re.compile(r"\+?[0-9](?:[\s.\-()/\u00a0\u202f]*[0-9]){2,14}")

    def parse(self, text: str, field: "Field") -> Any:
        """Accept three to fifteen digits, spaced as one likes; keep the text."""
        return text if self._SHAPE.fullmatch(text) else Invalid(f"il faut {self.expected}")
