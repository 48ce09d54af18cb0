"""Values that hold others, and values that name pages."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from essaim.schema.fieldtypes.base import FieldType

if TYPE_CHECKING:
    from essaim.schema.model import Field


class Reference(FieldType):
    """The name of a page: id, `type/id`, title or other name. Which page it is, the graph says."""

    name = "reference"
    expected = "le nom d'une fiche"
    options = frozenset({"to", "inverse", "acyclic", "self"})

    def parse(self, text: str, field: "Field") -> Any:
        """Keep the name, without the brackets some editors put around it."""
        if text.startswith("[[") and text.endswith("]]"):
            return text[2:-2].partition("|")[0].strip()
        return text


class Group(FieldType):
    """Several fields under one name."""

    name = "group"
    expected = "une suite de champs « nom: valeur »"
    options = frozenset({"fields", "checklist", "from"})
    is_nested = True

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Describe the fields inside; `essaim.views.json_schema` fills them in."""
        return {"type": "object"}


class ListOf(FieldType):
    """A list, for lists of lists; `many: true` is the usual way to say there may be several."""

    name = "list"
    expected = "une liste, un élément par ligne précédé de « - »"
    options = frozenset({"of"})
    is_nested = True

    def json_schema(self, field: "Field") -> Mapping[str, Any]:
        """Describe a list; `essaim.views.json_schema` fills in what it holds."""
        return {"type": "array"}
