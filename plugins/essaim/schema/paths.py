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

    `this` is the type of the page that asks, when it is another than those asked. `groups` are the group fields whose
    rows are asked, when rows are.
    """

    page_types: tuple["PageType", ...]
    types: Mapping[str, "PageType"]
    inverses_of: Callable[[str], Mapping[str, tuple["Relation", ...]]]
    this: "PageType | None" = None
    shown_to: tuple[str, ...] = ("public",)
    """The visibilities that are open to those for whom a path is followed."""
    groups: tuple["Field", ...] = ()

    @property
    def of_this(self) -> "Scope":
        """The same, from the page that asks."""
        return replace(self, page_types=(self.this,), groups=()) if self.this else self

    def within(self, way: "Way") -> "Scope":
        """Return what names mean to the rows and to the pages that a way ends on."""
        alone = self.page_types[0] if len(self.page_types) == 1 and not self.groups else None
        groups = tuple(field for field in way.inner if field.type.name == "group")
        return replace(self, page_types=way.pages(self.types), this=self.this or alone, groups=groups)


class Lost(NamedTuple):
    """Where a path leads nowhere: the number of the step, and the names that would have led on."""

    step: int
    names: tuple[str, ...]


class Way(NamedTuple):
    """Where a path leads: the fields it ends on, of several types it may be, and the types of the pages it ends on.

    `label` is what that is called. `is_reserved` says whether those for whom it is followed see nothing on the way.
    """

    fields: tuple["Field", ...]
    types: tuple["PageType", ...]
    label: str
    is_reserved: bool = False

    @property
    def field(self) -> "Field | None":
        """The first field it ends on, None when it ends on pages or on a built-in name."""
        return self.fields[0] if self.fields else None

    @property
    def inner(self) -> tuple["Field", ...]:
        """The fields it ends on, each as one of its values is."""
        return tuple(field.item or field for field in self.fields)

    def pages(self, types: Mapping[str, "PageType"]) -> tuple["PageType", ...]:
        """Return the types of the pages that it ends on or that its fields name."""
        named = {name for field in self.inner if field.is_reference for name in field.to or types}
        return tuple({t.name: t for t in (*self.types, *(types[n] for n in sorted(named) if n in types))}.values())


def follow_path(steps: tuple[str, ...], scope: Scope) -> Way | Lost:
    """Follow a path from the types of a scope; without steps it stays on the page itself."""
    types = tuple(scope.page_types)
    way = Way(scope.groups, types, BUILT_IN["titre"], is_reserved=_are_reserved(types, scope))
    for number, step in enumerate(steps):
        pages = way.pages(scope.types)
        groups = [field for field in way.inner if field.type.name == "group"]
        found = _step(step, groups, pages, scope)
        if found is None:
            inside = (name for group in groups for name in group.fields)
            return Lost(number, (*inside, *names_after(pages, scope)))
        way = found._replace(is_reserved=way.is_reserved or found.is_reserved)
    return way


def _step(step: str, groups: "Sequence[Field]", pages: "Sequence[PageType]", scope: Scope) -> Way | None:
    """Return where one name leads from groups and pages, None when nowhere: what everybody sees of it comes first."""
    fields = [(group.fields[step], True) for group in groups if step in group.fields]
    fields += [(t.fields[step], t.visibility in scope.shown_to) for t in pages if step in t.fields]
    open_fields = [field for field, is_open in fields if is_open and field.visibility in scope.shown_to]
    closed_fields = [field for field, is_open in fields if not is_open or field.visibility not in scope.shown_to]
    others = [page_type for page_type in pages if step not in page_type.fields]
    leads = _leads(step, others, scope)
    if not fields and leads is None:
        return None
    way = Way((*open_fields, *closed_fields), leads.types if leads else (), "")
    named = Way(tuple(open_fields), (), "").pages(scope.types)
    is_shown = any(not (f.item or f).is_reference for f in open_fields) or not (
        not open_fields or _are_reserved(named, scope)
    )
    labels = [field.label for field in open_fields]
    labels += [leads.label] if leads and not leads.is_reserved else []
    labels += [*(field.label for field in closed_fields), *([leads.label] if leads else [])]
    is_reserved = not is_shown and (leads is None or leads.is_reserved)
    return way._replace(label=labels[0], is_reserved=is_reserved)


def _leads(step: str, pages: "Sequence[PageType]", scope: Scope) -> Way | None:
    """Return where a built-in name or an inverse relation leads from pages that have no field of that name."""
    if step in BUILT_IN:
        return Way((), tuple(scope.types.values()) if step in LINKS else (), BUILT_IN[step]) if pages else None
    relations = [r for page_type in pages for r in scope.inverses_of(page_type.name).get(step, ())]
    if not relations:
        return None
    sources = {r.source_type: scope.types[r.source_type] for r in relations}
    shown = [r for r in relations if {r.field.visibility, sources[r.source_type].visibility} <= {*scope.shown_to}]
    label = next((r.field.inverse.label for r in (*shown, *relations) if r.field.inverse), step)
    return Way((), tuple(sources.values()), label, is_reserved=not shown)


def _are_reserved(types: Sequence["PageType"], scope: Scope) -> bool:
    return bool(types) and all(page_type.visibility not in scope.shown_to for page_type in types)


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
