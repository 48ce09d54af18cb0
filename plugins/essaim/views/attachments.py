"""The images and the documents that fields name, as a reader is given them."""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath, splitext
from typing import NamedTuple

from essaim.pages.page import FieldValue, Page, Value
from essaim.schema.model import Field
from essaim.views.audience import sees_field
from essaim.views.files import is_given
from essaim.views.site import Site

KINDS = ("file", "image")
"""Field types whose values name files."""
_UNITS = ((10**9, "Go"), (10**6, "Mo"), (10**3, "ko"))
_FIRM = "\u00a0"
"""The space before a unit, where no line breaks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownFile:
    """A file: its path, its format and its weight in words, and the width and height of an image, 0 when unknown."""

    path: str
    note: str
    is_image: bool = False
    width: int = 0
    height: int = 0


class Beside(NamedTuple):
    """What stands beside a value: the fields declared there, and those that are filled."""

    fields: Mapping[str, Field]
    values: Mapping[str, FieldValue]

    def words(self, field: Field, site: Site) -> str:
        """Return the words that the audience may read of a file, '' when there are none."""
        holder, value = self.fields.get(field.caption), self.values.get(field.caption)
        if holder is None or not isinstance(value, Value) or not sees_field(site.audience, holder):
            return ""
        return " ".join(str(value.data).split())


def show_file(page: Page, field: Field, value: Value, site: Site) -> ShownFile | None:
    """Return the file that a field of a page names, None when it is not published for the audience."""
    path = normpath(join(dirname(page.path), value.text))
    if not is_given(path, site):
        return None
    facts = site.facts.get(path)
    form = splitext(path)[1].lstrip(".").upper()
    note = ", ".join(filter(None, (form, weight(facts.size) if facts else "")))
    if field.type.name != "image":
        return ShownFile(path=path, note=note)
    width, height = (facts.width, facts.height) if facts and facts.width and facts.height else (0, 0)
    return ShownFile(path=path, note=note, is_image=True, width=width, height=height)


def own_words(field: Field, file: ShownFile) -> str:
    """Return the words of a file that no field holds: the name of a document, what an image is."""
    return field.label if file.is_image else basename(file.path)


def weight(size: int) -> str:
    """Return a number of bytes as a French reader is told it: « 12 ko », « 1,4 Mo »."""
    for unit, name in _UNITS:
        if size >= unit - unit // 2000:  # what is rounded up to one of a unit is told in it
            figure = f"{size / unit:.1f}" if size < 9.95 * unit else f"{size / unit:.0f}"
            return f"{figure.removesuffix('.0').replace('.', ',')}{_FIRM}{name}"
    return f"{size}{_FIRM}octet{'s' if size > 1 else ''}"
