"""Paths of names: from the pages of a type through groups and references, and back along inverse relations.

Whether a path leads anywhere is known from the types alone; what it finds, only the graph can say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from essaim.suggest import nearest

if TYPE_CHECKING:
    from essaim.schema.model import Field, PageType, Relation

BUILT_IN = ("id", "type")
"""Names every page has besides its fields."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What names mean: the type asked, the other types, and the inverse relations of each."""

    page_type: "PageType"
    types: Mapping[str, "PageType"]
    inverses_of: Callable[[str], Mapping[str, tuple["Relation", ...]]]


class Lost(NamedTuple):
    """Where a path leads nowhere: the number of the step, and the names that would have led on."""

    step: int
    names: tuple[str, ...]


def follow_path(steps: tuple[str, ...], scope: Scope) -> "Field | Lost | None":
    """Follow a path from a type; return the field it ends on, or None for a page or built-in."""
    types: Sequence[PageType] = (scope.page_type,)
    field: Field | None = None
    for number, step in enumerate(steps):
        if field is not None and field.type.name == "group":
            if step not in field.fields:
                return Lost(number, tuple(field.fields))
            field = field.fields[step]
            continue
        if field is not None:
            if not field.is_reference:
                return Lost(number, ())
            types = [scope.types[name] for name in field.to or scope.types if name in scope.types]
        candidates = [t.fields[step] for t in types if step in t.fields]
        if candidates:
            field = candidates[0]
            continue
        if step in BUILT_IN and types:
            types, field = (), None
            continue
        inverses = [r for t in types for r in scope.inverses_of(t.name).get(step, ())]
        if not inverses:
            return Lost(number, names_after(types, scope))
        types = [scope.types[r.source_type] for r in inverses]
        field = None
    return field


def names_after(types: Sequence["PageType"], scope: Scope) -> tuple[str, ...]:
    """Return what a path may go on with from pages of some types: fields, those of groups too, and inverses."""
    paths = [field.path for page_type in types for field in page_type.all_fields()]
    return (*paths, *(name for page_type in types for name in scope.inverses_of(page_type.name)))


def nearest_path(steps: tuple[str, ...], lost: Lost) -> str | None:
    """Return the path with the name nearest to the step that leads nowhere in its place."""
    before, after = steps[: lost.step], steps[lost.step + 1 :]
    near = nearest(".".join(steps[: lost.step + 1]), (".".join((*before, name)) for name in lost.names))
    return ".".join((near, *after)) if near else None
