"""Paths of names: from the pages of a type through groups and references, and back along inverse relations.

Whether a path leads anywhere is known from the types alone; what it finds, only the graph can say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from essaim.suggest import nearest

if TYPE_CHECKING:
    from essaim.schema.model import Field, PageType, Relation

BUILT_IN = {
    "id": "Identifiant",
    "type": "Type",
    "titre": "Titre",
    "resume": "Résumé",
    "cite": "Cite",
    "cite_par": "Cité dans",
}
"""Names every page has besides its fields, with their labels."""
LINKS = ("cite", "cite_par")
"""The built-in names that lead to other pages: those it names, in whatever way, and those that name it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What names mean: the types asked, the other types, and the inverse relations of each.

    `this` is the type of the page that asks, when it is another than those asked.
    """

    page_types: tuple["PageType", ...]
    types: Mapping[str, "PageType"]
    inverses_of: Callable[[str], Mapping[str, tuple["Relation", ...]]]
    this: "PageType | None" = None

    @property
    def of_this(self) -> "Scope":
        """The same, from the page that asks."""
        return replace(self, page_types=(self.this,)) if self.this else self


class Lost(NamedTuple):
    """Where a path leads nowhere: the number of the step, and the names that would have led on."""

    step: int
    names: tuple[str, ...]


class Way(NamedTuple):
    """Where a path leads: the field it ends on, or None for pages or a built-in name; and what that is called.

    `is_reserved` says whether something on the way is for members only.
    """

    field: "Field | None"
    label: str
    is_reserved: bool = False


def follow_path(steps: tuple[str, ...], scope: Scope) -> Way | Lost:
    """Follow a path from the types of a scope; without steps it stays on the page itself."""
    types: Sequence[PageType] = scope.page_types
    way = Way(None, BUILT_IN["titre"], is_reserved=_are_reserved(types))
    for number, step in enumerate(steps):
        field = (way.field.item or way.field) if way.field else None
        if field is not None and field.type.name == "group":
            if step not in field.fields:
                return Lost(number, tuple(field.fields))
            way = _to_field(field.fields[step], way)
            continue
        if field is not None:
            if not field.is_reference:
                return Lost(number, ())
            types = [scope.types[name] for name in field.to or scope.types if name in scope.types]
        candidates = [t.fields[step] for t in types if step in t.fields]
        if candidates:
            way = _to_field(candidates[0], way)
            continue
        if step in BUILT_IN and types:
            types, way = (
                tuple(scope.types.values()) if step in LINKS else (),
                way._replace(field=None, label=BUILT_IN[step]),
            )
            continue
        inverses = [r for t in types for r in scope.inverses_of(t.name).get(step, ())]
        if not inverses:
            return Lost(number, names_after(types, scope))
        types = [scope.types[r.source_type] for r in inverses]
        label = next((r.field.inverse.label for r in inverses if r.field.inverse), step)
        hides = _are_reserved(types) or all(r.field.visibility == "members" for r in inverses)
        way = Way(None, label, is_reserved=way.is_reserved or hides)
    return way


def _to_field(field: "Field", way: Way) -> Way:
    return Way(field, field.label, is_reserved=way.is_reserved or field.visibility == "members")


def _are_reserved(types: Sequence["PageType"]) -> bool:
    return bool(types) and all(page_type.visibility == "members" for page_type in types)


def names_after(types: Sequence["PageType"], scope: Scope) -> tuple[str, ...]:
    """Return what a path may go on with from pages of some types: fields, those of groups too, and inverses."""
    if not types:
        return ()
    paths = [field.path for page_type in types for field in page_type.all_fields()]
    return (*paths, *BUILT_IN, *(name for page_type in types for name in scope.inverses_of(page_type.name)))


def nearest_path(steps: tuple[str, ...], lost: Lost) -> str | None:
    """Return the path with the name nearest to the step that leads nowhere in its place."""
    before, after = steps[: lost.step], steps[lost.step + 1 :]
    near = nearest(".".join(steps[: lost.step + 1]), (".".join((*before, name)) for name in lost.names))
    return ".".join((near, *after)) if near else None
