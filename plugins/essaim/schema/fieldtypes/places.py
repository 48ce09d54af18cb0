"""French territories and company numbers."""

import json
import re
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from essaim.schema.fieldtypes.base import FieldType, Invalid

if TYPE_CHECKING:
    from essaim.schema.model import Field


class Territory(FieldType):
    """A place by its INSEE code: FR, R:84 (région), D:73 (département), C:73008 (commune), E:… (EPCI).

    A bare code is read by its length: two or three signs for a département, five for a commune. Régions and
    départements are checked against the official list; a commune's, against its département.
    """

    name = "territory"
    expected = "un code de territoire : FR, R:84 (région), D:73 (département) ou C:73008 (commune)"
    _SHAPE = re.compile(r"(?:(?P<kind>[RDCE]):)?(?P<code>[0-9][0-9AB][0-9]{0,7})", re.ASCII)

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        text = files("essaim.schema.fieldtypes").joinpath("territories.json").read_text("utf-8")
        data = json.loads(text)
        return {"R": data["regions"], "D": data["departements"]}

    def parse(self, text: str, field: "Field") -> Any:
        """Return the code with its prefix."""
        if text == "FR":
            return text
        match = self._SHAPE.fullmatch(text.upper())
        if match is None:
            return Invalid(f"il faut {self.expected}", *self._by_name(text))
        code = match["code"]
        kind = match["kind"] or {2: "D", 3: "D", 5: "C"}.get(len(code), "?")
        if kind in self._names and code not in self._names[kind]:
            return Invalid(f"aucun territoire n'a le code {code}")
        department = code[:3] if code.startswith(("97", "98")) else code[:2]
        if kind == "C" and (len(code) != 5 or department not in self._names["D"]):
            return Invalid(f"aucune commune n'a le code {code}")
        if kind == "?" or (kind == "E" and len(code) != 9):
            return Invalid(f"il faut {self.expected}")
        return f"{kind}:{code}"

    def _by_name(self, text: str) -> tuple[str, str] | tuple[()]:
        for kind in ("D", "R"):
            for code, name in self._names[kind].items():
                if name.casefold() == text.casefold():
                    return f"{kind}:{code}", f'"{kind}:{code}"'
        return ()

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Name régions and départements."""
        kind, _, code = str(value).partition(":")
        name = self._names.get(kind, {}).get(code)
        if value == "FR":
            return "France entière"
        return (
            f"{name} ({code})" if name and kind == "D" else name or f"commune {code}" if kind == "C" else name or code
        )

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Check the shape."""
        return {"type": "string", "pattern": "^(?:FR|(?:[RDCE]:)?[0-9][0-9AB][0-9]{0,7})$"}


class Siren(FieldType):
    """A SIREN (9 digits) or SIRET (14 digits), with its check digit."""

    name = "siren"
    expected = "un numéro SIREN (9 chiffres) ou SIRET (14 chiffres)"

    def parse(self, text: str, field: "Field") -> Any:
        """Return the digits, if the check digit is right."""
        digits = re.sub(r"[\s\u00a0\u202f]", "", text)
        if not re.fullmatch(r"[0-9]{9}|[0-9]{14}", digits):
            return Invalid(f"il faut {self.expected}")
        from stdnum.fr import siren, siret  # it loads much: only a wiki with such a field pays for it

        check = siren if len(digits) == 9 else siret
        if not check.is_valid(digits):
            return Invalid("un chiffre est faux : la clé de contrôle ne tombe pas juste")
        return digits

    def display(self, value: Any, field: "Field | None" = None) -> str:
        """Space the digits."""
        head = " ".join(value[i : i + 3] for i in (0, 3, 6))
        return f"{head} {value[9:]}".strip().replace(" ", "\u202f")
