"""The values of a page as its type maps them to a vocabulary, as far as the audience is shown them."""

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.schema.fieldtypes.times import Duration, Month
from essaim.schema.linked_data import PropertySource, ThingSpec
from essaim.schema.model import Field
from essaim.views.audience import sees_field
from essaim.views.index import cover_path
from essaim.views.linked_data.model import Datum, Place, Thing
from essaim.views.relations import ShownRelation
from essaim.views.site import Site
from essaim.views.values import values_in
from essaim.views.words import capitalised

_RAW = ("boolean", "integer", "number", "siren", "text", "url", "email", "tel", "markdown")
"""Field types whose values are for machines as they are for people."""


def make_thing(page: Page, spec: ThingSpec, site: Site, relations: tuple[ShownRelation, ...]) -> Thing:
    """Return what a page tells of; its name, unless the type says another, is the title.

    `relations` are those of the page, as the audience is shown them.
    """
    properties = _Reader(page, site, relations).properties(spec, values_in(page, site), page.type.fields)
    names = () if any(name == "name" for name, _ in properties) else (("name", (page.title,)),)
    return Thing(types=spec.types, id=Place(path=page.path), properties=(*names, *properties))


class _Reader:
    """Reads the values of one page for one audience."""

    def __init__(self, page: Page, site: Site, relations: tuple[ShownRelation, ...]) -> None:
        self._page = page
        self._site = site
        self._relations = relations

    def properties(
        self, spec: ThingSpec, values: Mapping[str, FieldValue], fields: Mapping[str, Field]
    ) -> tuple[tuple[str, tuple[Datum, ...]], ...]:
        """Return the properties that have values, in the order of the declaration, each value once."""
        found = (
            (name, [datum for source in sources for datum in self._from(source, values, fields)])
            for name, sources in spec.properties
        )
        return tuple((name, tuple(dict.fromkeys(data))) for name, data in found if data)

    def _from(
        self, source: PropertySource, values: Mapping[str, FieldValue], fields: Mapping[str, Field]
    ) -> Iterator[Datum]:
        if source.path:
            for datum in self._along(source, source.path, values, fields):
                yield _as_thing(datum, source.thing)
        elif source.thing is None:
            yield source.value
        elif source.is_index:
            yield self._index(source.thing, values, fields)
        else:
            properties = self.properties(source.thing, values, fields)
            if properties:
                yield Thing(types=source.thing.types, properties=properties)

    def _index(self, spec: ThingSpec, values: Mapping[str, FieldValue], fields: Mapping[str, Field]) -> Thing:
        """Return the index of the collection of the page."""
        page_type = self._page.type
        properties = (("name", (capitalised(page_type.label_many),)), *self.properties(spec, values, fields))
        return Thing(
            types=spec.types, properties=properties, id=Place(path=cover_path(page_type.folder, self._site.graph))
        )

    def _along(
        self,
        source: PropertySource,
        path: tuple[str, ...],
        values: Mapping[str, FieldValue],
        fields: Mapping[str, Field],
    ) -> Iterator[Datum]:
        """Yield what a path leads to, through groups; what the audience does not see is nowhere."""
        name, rest = path[0], path[1:]
        field, value = fields.get(name), values.get(name)
        if field is None:
            yield from self._related(name)
        elif value is not None and sees_field(self._site.audience, field):
            inner = _innermost(field)
            for item in _flat(value):
                if isinstance(item, Group) and rest:
                    yield from self._along(source, rest, item.fields, inner.fields)
                elif not rest:
                    yield from self._end(source, item, inner)

    def _end(self, source: PropertySource, item: Value | Group, field: Field) -> Iterator[Datum]:
        """Yield what stands at the end of a path."""
        if isinstance(item, Value):
            words = dict(source.words)
            yield from self._datum(item, field) if not words else filter(None, [words.get(item.data)])
        elif source.thing is not None:
            properties = self.properties(source.thing, item.fields, field.fields)
            if properties:
                yield Thing(types=source.thing.types, properties=properties)

    def _related(self, name: str) -> Iterator[Thing]:
        for relation in self._relations:
            if relation.name == name:
                for card in relation.pages:
                    yield self._reference(card.path)

    def _datum(self, value: Value, field: Field) -> Iterator[Datum]:
        """Yield a value as machines read it; nothing for one that is empty or leads to no page that is shown."""
        kind, data = field.type.name, value.data
        if field.is_reference:
            target = self._site.graph.out[self._page.path].references.get(value.start)
            if target is not None and self._site.sees(target):
                yield self._reference(target)
        elif kind in ("file", "image"):
            yield Place(path=normpath(join(dirname(self._page.path), data)))
        elif kind in ("date", "datetime"):
            yield data.isoformat()
        elif kind == "month":
            yield _month(data)
        elif kind == "duration":
            yield _duration(data)
        else:
            datum = data if kind in _RAW else field.type.display(data, field)
            if not isinstance(datum, str) or datum.strip():
                yield datum

    def _reference(self, path: str) -> Thing:
        page, named = self._site.graph.pages[path], self._site.named
        if path not in named:
            named[path] = _name(page, is_known=path not in self._site.departed)
        return named[path]


def _name(page: Page, *, is_known: bool) -> Thing:
    """Return what others tell of a page that they name; `is_known` is whether it still says who it is about."""
    spec = page.type.linked_data if is_known else None
    types = spec.thing.types if spec else ("WebPage",)
    known = tuple(name for name in types if ":" not in name) or ("Thing",)
    return Thing(types=known, id=Place(path=page.path), properties=(("name", (page.title,)),))


def _as_thing(datum: Datum, spec: ThingSpec | None) -> Datum:
    """Return a value as the type that it is declared to be: a page is that too, a text its name."""
    if spec is None or (isinstance(datum, Thing) and datum.id is None):
        return datum
    if isinstance(datum, Thing):
        return Thing(types=spec.types, id=datum.id, properties=datum.properties)
    return Thing(types=spec.types, properties=(("url" if isinstance(datum, Place) else "name", (datum,)),))


def _innermost(field: Field) -> Field:
    while field.item is not None:
        field = field.item
    return field


def _flat(value: FieldValue) -> Iterator[Value | Group]:
    if isinstance(value, Values):
        for item in value.items:
            yield from _flat(item)
    else:
        yield value


def _month(month: Month) -> str:
    return f"{month.year:04}-{month.month:02}"


def _duration(duration: Duration) -> str:
    """Return a duration in ISO 8601: `P1M2DT30M`."""
    days = "".join(f"{count}{unit}" for count, unit in ((duration.months, "M"), (duration.days, "D")) if count)
    minutes = f"T{duration.minutes}M" if duration.minutes or not days else ""
    return f"P{days}{minutes}"
