"""`docs/moteur/besoins.md`: each of the 140 needs leads to live pages, which hold what the table says of them."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from posixpath import join, normpath
from typing import NamedTuple

import pytest

from essaim.graph.query import AllSeeing, Item, Query, is_something
from essaim.pages.page import Page
from essaim.schema.conditions import FieldPath
from essaim.schema.model import PageType
from essaim.views.audience import Audience
from essaim.views.queries.asked import ask
from essaim.views.site import Site
from essaim.workspace import Workspace
from essaim.workspace.site import site_of
from essaim_app.commands import COMMANDS
from tests.conftest import ROOT

HERE = "docs/moteur/besoins.md"
TODAY = date(2026, 11, 27)
"""The day of the demonstration: what a view finds may depend on it."""


class Need(NamedTuple):
    """A row of the table: pages by their path in the repository, and what is claimed of them."""

    number: str
    paths: tuple[str, ...]
    claims: tuple[str, ...]


def read_needs() -> list[Need]:
    rows = re.findall(
        r"^\| (S\d{3}) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", (ROOT / HERE).read_text("utf-8"), re.MULTILINE
    )
    return [
        Need(
            number,
            tuple(normpath(join("docs/moteur", path)) for path in re.findall(r"\]\(([^)]+)\)", links))
            + tuple(re.findall(r"`([^`]+\.md)`", links)),  # a public page does not link to one for members
            tuple(re.findall(r"`([^`]+)`", claims)),
        )
        for number, links, claims in rows
    ]


NEEDS = read_needs()


@cache
def wiki() -> Site:
    return site_of(Workspace(ROOT, TODAY).refresh(), Audience.MEMBERS)


def page_type(name: str) -> PageType:
    return wiki().schema.types[name]


def pages_of(name: str) -> list[Page]:
    return [page for page in wiki().graph.pages.values() if page.type.name == name]


def edges(name: str) -> int:
    """Return how many times pages cite others by a field, named by its path or the end of it."""
    return sum(
        edge.field is not None and f".{edge.field.path}".endswith(f".{name}")
        for out in wiki().graph.out.values()
        for edge in out.edges
    )


def shows(path: str, view: str) -> bool:
    """Whether a page asks a query that is shown as a view, and that finds something."""
    page = wiki().graph.pages.get(path)
    specs = wiki().graph.out[path].queries if page is not None else ()
    found = (
        ask(spec, page, wiki()).items for spec in specs if spec is not None and spec.view == view and page is not None
    )
    return any(found)


def is_filled(name: str) -> bool:
    """Whether some page of a type has a value at `type.field`, written or computed."""
    kind, _, path = name.partition(".")
    query = Query(graph=wiki().graph, today=TODAY, eyes=AllSeeing())
    steps = FieldPath(tuple(path.split(".")))
    return any(is_something(value) for page in pages_of(kind) for value in query.values(Item(page), steps))


def has_gesture(name: str) -> bool:
    kind, _, gesture = name.partition(".")
    return any(one["id"] == gesture for one in page_type(kind).gestures)


def is_cited(variable: str) -> bool:
    cited = {v.name for page in wiki().graph.pages.values() for v in page.variables}
    return variable in wiki().variables.values and variable in cited


def text_of(path: str) -> str:
    file = ROOT / path
    return file.read_text("utf-8") if file.is_file() else ""


def is_reserved(name: str) -> bool:
    kind, _, field = name.partition(".")
    return page_type(kind).fields[field].visibility == "members"


def leads_elsewhere(path: str) -> bool:
    return path in wiki().graph.pages and len({edge.target for edge in wiki().graph.edges_from(path)}) >= 3


CLAIMS: Mapping[str, Callable[[str, str], bool]] = {
    "type": lambda name, _: bool(pages_of(name)) and page_type(name).index is not None,
    "vue": lambda name, path: shows(path, name),
    "relation": lambda name, _: edges(name) > 0,
    "champ": lambda name, _: is_filled(name),
    "section": lambda name, path: f"\n## {name}\n" in text_of(path),
    "règle": lambda name, _: bool(page_type(name).rules),
    "geste": lambda name, _: has_gesture(name),
    "variable": lambda name, _: is_cited(name),
    "texte": lambda name, path: name in text_of(path),
    "liens": lambda _, path: leads_elsewhere(path),
    "index": lambda name, _: page_type(name).index is not None,
    "commande": lambda name, _: name in COMMANDS,
    "partage": lambda name, _: page_type(name).share == "commons",
    "diaporama": lambda name, _: page_type(name).reading.slides,
    "passeport": lambda name, _: page_type(name).passport is not None,
    "départ": lambda name, _: page_type(name).departed is not None,
    "interdit": lambda name, _: bool(page_type(name).forbidden),
    "signalement": lambda name, _: bool(page_type(name).flags),
    "image": lambda name, _: page_type(name).fields["images"].fields["alt"].required,
    "audience": lambda name, _: is_reserved(name),
    "sigles": lambda *_: len(wiki().glossary.pages) > 20,
}
"""What each claim of the table means, of its name and of one of the pages of its row."""


def test_every_need_is_in_the_table_once() -> None:
    assert [need.number for need in NEEDS] == [f"S{number:03d}" for number in range(1, 141)]


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.number)
def test_a_need_is_served_by_live_pages(need: Need) -> None:
    indexes = {index.path for index in wiki().indexes.values()}
    assert need.paths
    assert [path for path in need.paths if not wiki().sees(path) and path not in indexes] == []


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.number)
def test_the_pages_of_a_need_hold_what_is_claimed(need: Need) -> None:
    assert need.claims
    claims = [(claim, *claim.partition(" ")[::2]) for claim in need.claims]
    assert [claim for claim, kind, _ in claims if kind not in CLAIMS] == []
    assert [claim for claim, kind, name in claims if not any(CLAIMS[kind](name, path) for path in need.paths)] == []
