"""Files kept beside the pages."""

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from essaim.schema.fieldtypes.base import FieldType, Invalid

if TYPE_CHECKING:
    from essaim.schema.model import Field


class File(FieldType):
    """The path of a file of the repository, relative to the page; whether it exists is checked with the graph."""

    name = "file"
    expected = "le chemin d'un fichier, par exemple pieces/modele.odt"
    caption = "name"
    options = frozenset({"name"})

    def parse(self, text: str, field: "Field") -> Any:
        """Accept a relative path with no drive, no backslash and no control character."""
        if not text or text.startswith("/") or re.search(r"[\\\x00-\x1f:*?\"<>|%]", text):
            return Invalid(f"il faut {self.expected}")
        return text


class Image(File):
    """The path of an image."""

    name = "image"
    expected = "le chemin d'une image, par exemple images/atelier.webp"
    caption = "alt"
    options = frozenset({"alt"})
    suffixes = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})

    def parse(self, text: str, field: "Field") -> Any:
        """Accept a path that ends like an image that cannot carry a script."""
        if PurePosixPath(text).suffix.lower() not in self.suffixes:
            return Invalid("il faut une image .jpg, .png, .webp, .gif ou .avif")
        return super().parse(text, field)
