"""The typed values of a page as a reader is shown them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.schema.model import Field
from essaim.views.attachments import KINDS, Beside, ShownFile, own_words, show_file
from essaim.views.audience import sees_field
from essaim.views.prose import Block, plain_prose, read_prose
from essaim.views.site import Site
from essaim.views.values import value_in, values_in

_LONG = 40
"""Characters beyond which a value reads as a sentence."""
_ENDS = (".", "!", "?", "…", ";")


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownValue:
    """One value: its text and, when it leads somewhere, where: a page's path, an address or a file."""

    text: str
    page: str = ""
    address: str = ""
    file: ShownFile | None = None
    prose: tuple[Block, ...] = ()
    """What a formatted text is made of, where there is room for more than its words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownField:
    """One field: its label and its values, or the rows of fields that its groups hold."""

    name: str
    label: str
    kind: str
    values: tuple[ShownValue, ...] = ()
    rows: tuple[tuple["ShownField", ...], ...] = ()

    @property
    def text(self) -> str:
        """All values in one line."""
        return ", ".join(value.text for value in self.values)

    @property
    def has_sentences(self) -> bool:
        """Whether its values are several, and some of them too long or too finished for commas to part them."""
        if not self.values[1:] or any(value.page or value.file for value in self.values):
            return False
        return any(len(value.text) > _LONG or value.text.endswith(_ENDS) for value in self.values)

    @property
    def is_line(self) -> bool:
        """Whether its values stand on one line, with commas between them, and nothing else does."""
        return self.kind != "markdown" and not self.rows and not self.has_sentences

    @property
    def columns(self) -> tuple[str, ...]:
        """The labels of what its rows hold."""
        return tuple(dict.fromkeys(part.label for row in self.rows for part in row))

    @property
    def is_gallery(self) -> bool:
        """Whether each of its rows shows an image."""
        return bool(self.rows) and all(any(part.kind == "image" for part in row) for row in self.rows)


def show_fields(page: Page, site: Site, *, without: tuple[str, ...] = ()) -> tuple[ShownField, ...]:
    """Return the filled fields of a page, in the order its type declares them, but for some."""
    return _show_all(page, Beside(page.type.fields, values_in(page, site)), site, without)


def show_field(
    page: Page, field: Field, value: FieldValue, site: Site, beside: Beside | None = None
) -> ShownField | None:
    """Return one field as shown, or None when its audience or its emptiness hides it.

    What stands `beside` the value is what the page has at its top, unless it is given.
    """
    if not sees_field(site.audience, field):
        return None
    flat = [*_flatten(value)]
    beside = beside or _at_top(page, field, site)
    values = [_show_value(page, field, item, site, beside) for item in flat if isinstance(item, Value)]
    rows = [_show_row(page, field, item, site) for item in flat if isinstance(item, Group)]
    shown = ShownField(
        name=field.name,
        label=field.label,
        kind=(field.item or field).type.name,
        values=tuple(v for v in values if v is not None),
        rows=tuple(row for row in rows if row),
    )
    return shown if shown.values or shown.rows else None


def _show_all(page: Page, beside: Beside, site: Site, without: tuple[str, ...] = ()) -> tuple[ShownField, ...]:
    """Return what is shown of fields that stand together: those that hold the words of others are not repeated."""
    names = (name for name in beside.fields if name in beside.values and name not in without)
    found = (show_field(page, beside.fields[name], beside.values[name], site, beside) for name in names)
    shown = [field for field in found if field is not None]
    said = {beside.fields[field.name].caption for field in shown if field.kind in KINDS}
    return tuple(field for field in shown if field.name not in said)


def _at_top(page: Page, field: Field, site: Site) -> Beside:
    held = value_in(page, field.caption, site) if field.caption else None
    return Beside(page.type.fields, {} if held is None else {field.caption: held})


def _flatten(value: FieldValue) -> Iterator[Value | Group]:
    if isinstance(value, Values):
        for item in value.items:
            yield from _flatten(item)
    else:
        yield value


def _show_row(page: Page, field: Field, group: Group, site: Site) -> tuple[ShownField, ...]:
    return _show_all(page, Beside((field.item or field).fields, group.fields), site)


def _show_value(page: Page, field: Field, value: Value, site: Site, beside: Beside) -> ShownValue | None:
    inner = field.item or field
    if inner.type.name in KINDS:
        file = show_file(page, inner, value, site)
        return ShownValue(text=beside.words(inner, site) or own_words(inner, file), file=file) if file else None
    if inner.is_reference:
        target = site.graph.out[page.path].references.get(value.start)
        if target is None:
            return ShownValue(text=value.text)
        return ShownValue(text=site.graph.pages[target].title, page=target) if site.sees(target) else None
    return show_scalar(value.data, inner)


def show_scalar(data: Any, field: Field) -> ShownValue:
    """Return one value of a field that names no page, with where it leads: a site, a mailbox or a telephone."""
    if field.type.name == "markdown":
        prose = read_prose(str(data))
        return ShownValue(text=plain_prose(prose), prose=prose)
    address = {"url": "{}", "email": "mailto:{}", "tel": "tel:{}"}.get(field.type.name, "").format(data)
    text = field.type.display(data, field)
    return ShownValue(text=text, address=address.replace(" ", "") if field.type.name == "tel" else address)
