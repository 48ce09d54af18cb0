"""The view `carte`: pages by territory, in a list, then on a map of the départements."""

from collections.abc import Iterator
from dataclasses import dataclass

from essaim.schema.conditions import FieldPath
from essaim.schema.fieldtypes.places import Territory
from essaim.schema.model import Field
from essaim.schema.queries.model import Column
from essaim.views.audience import sees_field
from essaim.views.escaping import escape
from essaim.views.fields import ShownValue
from essaim.views.map.outlines import Outline, Outlines, load_outlines
from essaim.views.map.territories import PlacedPage, PlacedPages, by_territory, level_words, territory_name
from essaim.views.queries.asked import Asked
from essaim.views.queries.entries import WriteValue
from essaim.views.words import counted

NO_TERRITORY = "Sans territoire"
"""Heading of the pages that name none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CarteView:
    """Pages by territory. `one` and `many` are the nouns that count them; `elsewhere` are those without territory.

    `more` says how many a limit leaves out, '' when none.
    """

    title: str
    empty: str
    one: str
    many: str
    territories: tuple[PlacedPages, ...]
    elsewhere: tuple[PlacedPage, ...]
    more: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.territories and not self.elsewhere

    @property
    def departments(self) -> tuple[PlacedPages, ...]:
        """The départements, by name."""
        return tuple(territory for territory in self.territories if territory.code.startswith("D:"))

    @property
    def wider(self) -> tuple[PlacedPages, ...]:
        """France, régions and groups of communes: the map says nothing of them."""
        return tuple(territory for territory in self.territories if not territory.code.startswith("D:"))

    @property
    def drawn(self) -> tuple[PlacedPages, ...]:
        """The départements that the map shows, by name."""
        return tuple(territory for territory in self.departments if territory.number in self.outlines.departments)

    @property
    def undrawn(self) -> tuple[PlacedPages, ...]:
        """The départements and territories like them whose outline is not packaged."""
        return tuple(territory for territory in self.departments if territory.number not in self.outlines.departments)

    @property
    def blank(self) -> tuple[tuple[str, Outline], ...]:
        """The name and the outline of each département that has no page."""
        filled = {territory.number for territory in self.departments}
        shapes = self.outlines.departments.items()
        return tuple((territory_name(f"D:{number}"), shape) for number, shape in shapes if number not in filled)

    @property
    def legend(self) -> tuple[tuple[int, str], ...]:
        """Each shade of the map with what it means."""
        return tuple(level_words((territory.level for territory in self.drawn), self.one, self.many))

    @property
    def outlines(self) -> Outlines:
        """The drawing of all départements; it comes with the program, not with the pages."""
        return load_outlines()

    def counted(self, pages: tuple[PlacedPage, ...]) -> str:
        """Return how many pages there are: « 3 fiches »."""
        return f"{len(pages)} {self.many if len(pages) > 1 else self.one}"


def make_carte(asked: Asked) -> CarteView:
    """Return the pages that a query found, by the territories that its column gives them."""
    column = asked.spec.column("territoire") or first_territory(asked)
    codes: dict[str, list[str]] = {}
    pages: dict[str, PlacedPage] = {}
    for item in asked.items:
        path = item.page.path
        pages[path] = PlacedPage(path, item.page.title)
        found = asked.values(item, column) if column is not None and column.kind == Territory.name else ()
        codes.setdefault(path, []).extend(found)
    one, many = _nouns(asked)
    return CarteView(
        title=asked.spec.title,
        empty=asked.spec.empty or "Rien pour l'instant.",
        one=one,
        many=many,
        territories=by_territory((pages[path], of_page) for path, of_page in codes.items()),
        elsewhere=tuple(page for path, page in pages.items() if not codes[path]),
        more=f"Et {counted(asked.left, 'autre')}." if asked.left else "",
    )


def first_territory(asked: Asked) -> Column | None:
    """Return the first territory field of the types asked, of the rows that the query unfolds when these have one."""
    types, rows = asked.site.schema.types, asked.spec.rows
    asked_types = (types[name] for name in asked.spec.types if name in types)
    fields = (field for page_type in asked_types for field in page_type.all_fields())
    found = [field for field in fields if _is_territory(field) and sees_field(asked.site.audience, field)]
    found.sort(key=lambda field: field.path.partition(".")[0] != rows)
    if not found:
        return None
    return Column(FieldPath(tuple(found[0].path.split("."))), found[0].label, found[0])


def _is_territory(field: Field) -> bool:
    return (field.item or field).type.name == Territory.name


def _nouns(asked: Asked) -> tuple[str, str]:
    """Return what the pages are called, one and many: « page » when they are of several types."""
    types = {item.page.type.name: item.page.type for item in asked.items}
    if len(types) != 1:
        return "page", "pages"
    (page_type,) = types.values()
    return page_type.label_one, page_type.label_many


def carte_text(view: CarteView, write: WriteValue) -> str:
    """Return the territories and their pages as a list in Markdown."""
    return "\n".join(_lines(view, write)) + "\n"


def _lines(view: CarteView, write: WriteValue) -> Iterator[str]:
    if view.title:
        yield from (f"**{escape(view.title)}**", "")
    if view.is_empty:
        yield escape(view.empty)
    groups = [(territory.label, territory.pages) for territory in view.territories]
    if view.elsewhere:
        groups.append((NO_TERRITORY, view.elsewhere))
    for label, pages in groups:
        yield f"- **{escape(label)}** : {escape(view.counted(pages))}"
        for page in pages:
            place = f" ({escape(page.place)})" if page.place else ""
            yield f"    - {write(ShownValue(text=page.title, page=page.path))}{place}"
    if view.more:
        yield from ("", view.more)
