"""What the pages of a wiki are declared to be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from essaim.diagnostics import Severity
from essaim.schema.departed import DepartedSpec
from essaim.schema.events import EventSpec
from essaim.schema.fieldtypes.base import FieldType
from essaim.schema.flags import FlagSpec
from essaim.schema.forbidden import ForbiddenWords
from essaim.schema.linked_data import LinkedDataSpec
from essaim.schema.passport import PassportSpec
from essaim.schema.paths import Scope
from essaim.schema.reading import AS_USUAL, ReadingSpec

if TYPE_CHECKING:
    from essaim.schema.computed import Computed
    from essaim.schema.conditions import Condition

NO_FIELDS: Mapping[str, Any] = MappingProxyType({})


COVERS = ("index.md", "README.md")
"""Names of the page that stands for its folder; the first that exists does."""
VISIBILITIES = ("public", "members", "nobody")
"""Who may be shown something, from everybody to nobody."""


def _nothing() -> Mapping[str, Any]:
    return NO_FIELDS


@dataclass(frozen=True, kw_only=True)
class Inverse:
    """How a relation is called seen from the page it points at."""

    name: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a page, or of a group inside it.

    `path` is the dotted name from the page's top. `min` and `max` bound the value, or the number of values when
    there are many. `to` names the page types a reference may point at; empty means any.
    """

    name: str
    path: str
    type: FieldType
    label: str
    help: str = ""
    required: bool = False
    many: bool = False
    accepts_single: bool = False
    min: Any = None
    max: Any = None
    visibility: str = "public"
    choices: Mapping[str, str] = field(default_factory=_nothing)
    to: tuple[str, ...] = ()
    inverse: Inverse | None = None
    acyclic: bool = False
    allows_self: bool = True
    fields: Mapping[str, "Field"] = field(default_factory=_nothing)
    item: "Field | None" = None
    checklist: bool = False
    """Whether readers can tick the rows of a group, each for themselves."""
    shared: str = ""
    """The file that has rows for a group, by its name: `references` is `_references.yml`; '' when none has."""
    caption: str = ""
    """The name of the field beside it that holds the words of a file or of an image, '' when none does."""
    is_computed: bool = False
    """Whether nobody writes it: its type says what it is computed from."""

    @property
    def is_reference(self) -> bool:
        """Whether values name pages."""
        return self.type.name == "reference"

    def walk(self) -> Iterator["Field"]:
        """Yield this field and those inside it, outermost first."""
        yield self
        for inner in self.fields.values():
            yield from inner.walk()
        if self.item is not None:
            yield from self.item.walk()


@dataclass(frozen=True, kw_only=True)
class SectionSpec:
    """A section a page is expected to have; `form` is what its text must be made of, or empty.

    `checklist` says whether readers can tick the items of its first list, each for themselves.
    """

    title: str
    required: bool
    form: str
    checklist: bool = False


@dataclass(frozen=True, kw_only=True)
class DeclaredRule:
    """A rule of the collection: where `when` holds, `require` must hold too."""

    when: "Condition | None"
    require: "Condition"
    message: str
    severity: Severity


@dataclass(frozen=True, kw_only=True)
class IndexSpec:
    """How the index page of a collection shows its pages."""

    view: str
    facets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = ""
    where: "Condition | None" = None
    """What the pages that are listed have in common; None when all are listed."""


@dataclass(frozen=True, kw_only=True)
class GlossarySpec:
    """The fields by which the pages of a type explain acronyms; `definition` is empty when there is none."""

    acronym: str
    definition: str


@dataclass(frozen=True, kw_only=True)
class PageType:
    """What the pages of one collection are. `folder` is relative to the root, '' for the root itself."""

    name: str
    folder: str
    path: str
    label_one: str
    label_many: str
    gender: str
    icon: str = ""
    visibility: str = "public"
    """Who is shown its pages: `public`, `members`, or `nobody` where the wiki leaves out its lot."""
    meant_for: str = "public"
    """Who its pages are written for, were its lot not left out: `public` or `members`."""
    lot: str = ""
    """The part of the wiki that it belongs to and that a wiki may leave out, '' for none."""
    share: str = "local"
    commons_when: "Condition | None" = None
    """Which of its pages another cooperative takes along too, whatever is shared of the others."""
    title_field: str = "titre"
    alias_field: str = "alias"
    allows_extra: bool = False
    review_every: Any = None
    fields: Mapping[str, Field] = field(default_factory=_nothing)
    computed: Mapping[str, "Computed"] = field(default_factory=_nothing)
    """What the fields that nobody writes are computed from, by their names."""
    sections: tuple[SectionSpec, ...] = ()
    rules: tuple[DeclaredRule, ...] = ()
    gestures: tuple[Mapping[str, Any], ...] = ()
    index: IndexSpec | None = None
    glossary: GlossarySpec | None = None
    linked_data: LinkedDataSpec | None = None
    event: EventSpec | None = None
    departed: DepartedSpec | None = None
    """What becomes of the pages of people who left."""
    forbidden: tuple[ForbiddenWords, ...] = ()
    flags: tuple[FlagSpec, ...] = ()
    """What pages that cite those of the type are told of them."""
    notice: str = ""
    """What stands at the foot of every page, '' for nothing."""
    passport: PassportSpec | None = None
    reading: ReadingSpec = AS_USUAL

    @property
    def is_abstract(self) -> bool:
        """Whether the type only lends its fields to others."""
        return self.name.startswith("_")

    @property
    def with_article(self) -> str:
        """The label with its indefinite article: « une démarche »."""
        return ("une " if self.gender == "f" else "un ") + self.label_one

    def all_fields(self) -> Iterator[Field]:
        """Yield every field, those inside groups and lists included."""
        for top in self.fields.values():
            yield from top.walk()

    def references(self) -> Iterator[Field]:
        """Yield the fields that name pages, at any depth."""
        return (f for f in self.all_fields() if f.is_reference)


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A reference field seen from the type it points at."""

    source_type: str
    field: Field


@dataclass(frozen=True, kw_only=True)
class Schema:
    """All page types, by name and by folder."""

    types: Mapping[str, PageType]
    plain: PageType
    """The type of pages that stand in no collection: anything goes."""
    reserved: frozenset[str] = frozenset()
    """The folders of types that cannot be read and that meant to keep something for members: all of it is."""
    left_out: frozenset[str] = frozenset()
    """The folders of types that cannot be read and that name a lot that the wiki leaves out: all of it is."""
    is_whole: bool = True
    """Whether every declaration could be read."""
    docs_dir: str = ""
    """The folder of ordinary pages, whose type is that of covers which stand in no collection around theirs."""

    def type_of(self, path: str) -> PageType:
        """Return the type of a page by its path: that of the nearest collection upwards.

        An `index.md` (or `README.md`) at the top of a collection that has an index is the cover of that index, not
        one of its pages: it belongs to the collection around or, without one, to that of ordinary pages, and is
        shown to whom the index is.
        """
        folder, _, name = path.rpartition("/")
        is_cover = name in COVERS
        ordinary = self.plain
        visibility = meant_for = "public"
        while True:
            found = self.by_folder.get(folder)
            if folder in self.reserved:
                visibility = meant_for = "members"
            if folder in self.left_out:
                visibility = "nobody"
            if found is not None and is_cover and found.index is not None:
                visibility, meant_for = found.visibility, found.meant_for
                found, ordinary = None, self._ordinary
            else:
                is_cover = False
            if found is not None or not folder:
                page_type = found or ordinary
                if visibility == "public":
                    return page_type
                visibility = max(visibility, page_type.visibility, key=VISIBILITIES.index)
                meant_for = max(meant_for, page_type.meant_for, key=VISIBILITIES.index)
                return replace(page_type, visibility=visibility, meant_for=meant_for)
            folder = folder.rpartition("/")[0]

    @cached_property
    def _ordinary(self) -> PageType:
        """The type of ordinary pages: that of the documentation folder, unless its pages are listed by an index."""
        found = self.by_folder.get(self.docs_dir)
        return found if found is not None and found.index is None else self.plain

    @cached_property
    def by_folder(self) -> Mapping[str, PageType]:
        """The concrete types by the folder of their collection."""
        return {t.folder: t for t in self.types.values() if not t.is_abstract}

    @cached_property
    def _inverses(self) -> Mapping[str, Mapping[str, tuple[Relation, ...]]]:
        return _collect_inverses(self.types)

    def inverses_of(self, type_name: str) -> Mapping[str, tuple[Relation, ...]]:
        """Return, by inverse name, the relations that point at pages of a type."""
        return self._inverses.get(type_name, NO_FIELDS)

    def scope_of(self, page_type: PageType) -> Scope:
        """Return what names mean to the pages of a type."""
        return Scope(page_types=(page_type,), types=self.types, inverses_of=self.inverses_of)


def _collect_inverses(types: Mapping[str, PageType]) -> dict[str, dict[str, tuple[Relation, ...]]]:
    inverses: dict[str, dict[str, tuple[Relation, ...]]] = {name: {} for name in types}
    for page_type in types.values():
        if page_type.is_abstract:
            continue
        for reference in page_type.references():
            if reference.inverse is None:
                continue
            relation = Relation(source_type=page_type.name, field=reference)
            for target in reference.to or types:
                known = inverses.setdefault(target, {})
                known[reference.inverse.name] = (*known.get(reference.inverse.name, ()), relation)
    return inverses
