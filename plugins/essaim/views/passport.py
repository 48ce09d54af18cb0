"""The passport of a newcomer: the steps of a page, week after week, with the pages they send to."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from essaim.folding import fold
from essaim.graph.query import Item
from essaim.pages.page import FieldValue, Group, Page, Value, Values
from essaim.schema.conditions import FieldPath
from essaim.schema.model import Field, PageType
from essaim.schema.passport import PassportSpec
from essaim.views.audience import sees_field
from essaim.views.checklists import former_ids
from essaim.views.fields import show_field
from essaim.views.site import Site

_MOST_STEPS = 100
"""Steps of another page that a passport shows at most: a longer way to them is not gone to its end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassportPage:
    """A page that a step sends to, by its path, and the titles of its own steps."""

    path: str
    title: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PassportStep:
    """One step. `week` is 1 for the week of the start; `key` is what a calendar knows the step again by."""

    week: int
    title: str
    text: str
    pages: tuple[PassportPage, ...]
    key: str

    @property
    def when(self) -> str:
        """The week as a reader is told it: « Semaine 3 », « 2 semaines avant »."""
        if self.week > 0:
            return f"Semaine {self.week}"
        return f"{1 - self.week} semaine{'s' if self.week < 0 else ''} avant"

    @property
    def name(self) -> str:
        """The title, '' when it only says the week."""
        return "" if fold(self.title) == fold(self.when) else self.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Passport:
    """The steps of a page in the order of their weeks. `page` is its `type/id`, `formerly` those it had; `field` is
    the name of the field that holds them.

    `text_label` and `pages_label` are what the page calls what one does, and the pages that help.
    """

    page: str
    formerly: tuple[str, ...]
    field: str
    title: str
    text_label: str
    pages_label: str
    steps: tuple[PassportStep, ...]

    @property
    def mark(self) -> str:
        """What the script of the page is told, as JSON."""
        return json.dumps({"page": self.page, "formerly": self.formerly, "title": self.title}, ensure_ascii=False)

    @property
    def has_texts(self) -> bool:
        """Whether some step says more than its title."""
        return any(step.name or step.text for step in self.steps)

    @property
    def has_pages(self) -> bool:
        """Whether some step sends to a page."""
        return any(step.pages for step in self.steps)


def has_passport(page_type: PageType) -> bool:
    """Whether the pages of a type may have a passport."""
    return page_type.passport is not None


def page_passport(page: Page, site: Site) -> Passport | None:
    """Return the passport of a page, None when its audience is shown no step."""
    spec = page.type.passport
    group = page.type.fields.get(spec.steps) if spec else None
    if spec is None or group is None or spec.steps not in page.values or not sees_field(site.audience, group):
        return None
    rows = [row for one in _groups(page.values[spec.steps]) if (row := _row(page, one, group, spec, site))]
    steps: list[PassportStep] = []
    same: Counter[str] = Counter()
    for rank, (title, text, week, pages) in enumerate(rows, 1):  # rows that are not seen have no rank
        week = rank if week is None else week
        key = _key(str(page.id), title, same[title])
        same[title] += 1
        steps.append(PassportStep(week=week, title=title, text=text, pages=pages, key=key))
    if not steps:
        return None
    steps.sort(key=lambda step: step.week)
    return Passport(
        page=str(page.id),
        formerly=tuple(former_ids(page, site)),
        field=spec.steps,
        title=page.title,
        text_label=_label(group, spec.text, site) or _label(group, spec.title, site),
        pages_label=_label(group, spec.pages, site),
        steps=tuple(steps),
    )


def _label(group: Field, name: str, site: Site) -> str:
    field = group.fields.get(name)
    return field.label if field is not None and sees_field(site.audience, field) else ""


def _row(
    page: Page, row: Group, group: Field, spec: PassportSpec, site: Site
) -> tuple[str, str, int | None, tuple[PassportPage, ...]] | None:
    """Return what an audience is shown of a step: title, text, week if it says one, pages; None for nothing."""
    title, text = (_text(page, row, group, name, site) for name in (spec.title, spec.text))
    pages = tuple(_pages(page, row, group, spec, site))
    week = _week(row, group, spec.after, site)
    return (title, text, week, pages) if title or text or pages else None


def _week(row: Group, group: Field, name: str, site: Site) -> int | None:
    """Return the week that a step says, None when there is none to be seen."""
    value = row.fields.get(name)
    is_seen = value is not None and sees_field(site.audience, group.fields[name])
    return value.data if is_seen and isinstance(value, Value) and isinstance(value.data, int) else None


def _text(page: Page, row: Group, group: Field, name: str, site: Site) -> str:
    shown = show_field(page, group.fields[name], row.fields[name], site) if name in row.fields else None
    return shown.text if shown else ""


def _pages(page: Page, row: Group, group: Field, spec: PassportSpec, site: Site) -> Iterator[PassportPage]:
    if spec.pages not in row.fields:
        return
    shown = show_field(page, group.fields[spec.pages], row.fields[spec.pages], site)
    for value in shown.values if shown else ():
        if value.page:
            yield PassportPage(path=value.page, title=value.text, steps=_steps(value.page, spec, site))


def _steps(path: str, spec: PassportSpec, site: Site) -> tuple[str, ...]:
    """Return the titles of the first steps of another page."""
    if not spec.page_steps:
        return ()
    page = site.graph.pages[path]
    found = site.asking(page).values(Item(page), FieldPath(spec.page_steps))
    return tuple(islice((text for text in found if isinstance(text, str) and text.strip()), _MOST_STEPS))


def _groups(value: FieldValue) -> Iterator[Group]:
    if isinstance(value, Group):
        yield value
    elif isinstance(value, Values):
        for item in value.items:
            yield from _groups(item)


def _key(page: str, title: str, same: int) -> str:
    return blake2b(f"{page}\n{title}\n{same}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
