"""What may be computed over the end of a path, and what sort of value that gives."""

from essaim.schema.fieldtypes import FIELD_TYPES
from essaim.schema.model import Field, PageType
from essaim.schema.paths import Way

_NUMBERS = frozenset({"integer", "number"})
_SUMMED = _NUMBERS | {"duration"}
_RANKED = _SUMMED | {"date", "datetime", "month"}
_TAKEN = {
    **dict.fromkeys(("sum", "share"), (_SUMMED, "des nombres ou des durées")),
    **dict.fromkeys(("min", "max"), (_RANKED, "des nombres, des durées, des dates ou des mois")),
}
"""The field types that each function is made of, and how an author is told."""


class Unfit(str):
    """Why nothing can be computed: a French sentence."""

    __slots__ = ()


def kind_of(function: str, name: str, way: Way) -> str | Unfit:
    """Return the field type of what a function makes of all that a way ends on; `name` is that way as written."""
    if function == "count":
        return "integer"
    kinds = {field.type.name for field in way.inner}
    taken, words = _TAKEN[function]
    if not kinds or way.types or not kinds <= taken:
        return Unfit(f"« {function} » se calcule sur {words} : « {name} » contient autre chose")
    if len(kinds) > 1 and not kinds <= _NUMBERS:
        return Unfit(f"« {name} » mêle des valeurs de plusieurs sortes : « {function} » ne peut pas les réunir")
    if function == "share" or len(kinds) > 1:
        return "number"
    return kinds.pop()


def counts_things(way: Way, pages: tuple[PageType, ...]) -> bool:
    """Whether a way ends on rows or pages only, of which more can be asked; `pages` are the types of these."""
    is_plain = any(field.type.name != "group" and not field.is_reference for field in way.inner)
    has_rows = any(field.type.name == "group" for field in way.inner)
    return not is_plain and (has_rows or bool(pages))


def way_of(kind: str, text: str) -> Way:
    """Return a measure as what it is compared with sees it: a field that has its value."""
    return Way((Field(name=text, path=text, type=FIELD_TYPES[kind], label=text),), (), text)
