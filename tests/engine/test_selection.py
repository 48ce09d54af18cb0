"""What a query selects: by columns, exactly what a look at every page would; and no page read that need not be."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from unicodedata import combining, normalize

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from essaim.folding import fold
from essaim.graph.query import Item, Query
from essaim.graph.selection import select
from essaim.pages.page import Page
from essaim.schema.conditions import Condition, FieldPath, Problem
from essaim.schema.paths import Scope
from essaim.schema.predicates import bind_condition
from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.views.site import Site, SiteEyes
from essaim.workspace.site import site_of
from tests.conftest import read_wiki
from tests.engine.random_wikis import TODAY, Wiki, conditions, files, path, wikis

GENEROUS = settings(
    derandomize=True,
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def bind(text: str, site: Site, types: Iterable[str], this: Page) -> Condition | Problem:
    schema = site.schema
    asked = tuple(schema.types[name] for name in types)
    return bind_condition(
        text, Scope(page_types=asked, types=schema.types, inverses_of=schema.inverses_of, this=this.type)
    )


def asking(site: Site, this: Page, rows: str = "") -> Query:
    return Query(graph=site.graph, today=site.today, this=this, eyes=SiteEyes(site), rows=rows, says_titles=True)


def by_looking(query: Query, site: Site, types: Iterable[str], condition: Condition | None) -> list[Item]:
    """Return the items of all pages, each asked."""
    pages = [page for page in site.graph.pages.values() if site.sees(page.path) and page.type.name in types]
    items = [item for page in pages for item in query.unfold(page)]
    return [item for item in items if condition is None or query.holds(condition, item)]


def keys(items: Iterable[Item]) -> list[tuple[str, int]]:
    return [(item.page.path, item.row.start if item.row else -1) for item in items]


# --- Columns find what a look at every page finds -------------------------------------------------------------------


@GENEROUS
@given(
    wiki=wikis,
    asked=st.lists(conditions, min_size=4, max_size=8),
    types=st.sampled_from((("fiche",), ("fiche",), ("autre",), ("fiche", "autre"), ("autre", "fiche", "note"))),
    audience=st.sampled_from(Audience),
    rows=st.sampled_from(("", "", "suivi")),
    number=st.integers(0, 7),
    left_out=st.booleans(),
)
def test_columns_select_what_a_look_at_every_page_does(
    wiki: Wiki, asked: list[str], types: tuple[str, ...], audience: Audience, rows: str, number: int, left_out: bool
) -> None:
    analysis = read_wiki(files(wiki), TODAY)
    site = site_of(analysis, audience)
    if left_out:
        site = replace(site, left_out={path(wiki, 0)})
    this = analysis.graph.pages[path(wiki, number % len(wiki))]
    bound = [condition for text in asked if isinstance(condition := bind(text, site, types, this), Condition)]
    assume(bound)
    for condition in bound:
        query = asking(site, this, rows)
        selected = select(query, site.columns, types, condition)
        assert len(set(keys(selected))) == len(selected), condition.text
        assert sorted(keys(selected)) == sorted(keys(by_looking(query, site, types, condition))), condition.text


def test_most_random_conditions_are_asked() -> None:
    """The test above would say nothing of conditions that do not bind."""
    site = site_of(read_wiki(files(())), Audience.MEMBERS)
    page = read_wiki({**files(()), "docs/fiches/a.md": "---\ntitre: A\n---\n"}).graph.pages["docs/fiches/a.md"]
    texts: list[str] = []

    @settings(derandomize=True, max_examples=300, database=None)
    @given(conditions)
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    bound = [text for text in texts if isinstance(bind(text, site, ("fiche",), page), Condition)]
    assert len(bound) > 0.8 * len(texts)


# --- The same, by a model of one's own ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """A page of the model: its values in plain Python."""

    titre: str
    mot: tuple[str, ...]
    choix: str | None
    rang: int | None
    jour: date | None
    mois: tuple[int, int] | None
    delai: int | None
    """In days; the field says `n jours`."""
    lien: tuple[int, ...]
    suivi: tuple[tuple[int, bool], ...] = ()
    """Rows: a note, and whether it is good."""

    def text(self) -> str:
        lines = [f"titre: {self.titre}", f"mot: [{', '.join(self.mot)}]"]
        lines += [f"choix: {self.choix}"] if self.choix else []
        lines += [f"rang: {self.rang}"] if self.rang is not None else []
        lines += [f"jour: {self.jour}"] if self.jour else []
        lines += ["mois: {}-{:02}".format(*self.mois)] if self.mois else []
        lines += [f"delai: {self.delai} jours"] if self.delai is not None else []
        lines += [f"lien: [{', '.join(f'p{n}' for n in self.lien)}]"] if self.lien else []
        rows = [f"  - {{note: {note}, bon: {'oui' if good else 'non'}}}" for note, good in self.suivi]
        lines += ["suivi:", *rows] if rows else []
        return "---\n" + "\n".join(lines) + "\n---\n"


TYPE = """\
type: fiche
fields:
  titre: {type: text, required: true}
  mot: {type: text, many: true}
  choix: {type: choice, of: [neuf, vieux]}
  rang: integer
  jour: date
  mois: month
  delai: duration
  lien: {type: reference, to: fiche, many: true, inverse: {name: vu, label: Vu}}
  suivi: {type: group, many: true, fields: {note: integer, bon: boolean}}
  neufs: {type: integer, computed: "count(vu where choix = neuf)"}
  fort: {type: boolean, computed: "neufs >= 2 or sum(suivi.note where bon) > 2"}
  sorte: {type: choice, of: [x, y, z], computed: [{when: fort, value: y}, {when: "mot and this.rang > 0", value: x},
    {when: mot, value: z}]}
"""
WORDS = ("Été", "etage", "pain", "boulanger·ère")
SHIFTS = {"": 0, " + 1 jour": 1, " - 30 days": -30, " + 2 semaines": 14}


def plain(text: str) -> set[str]:
    """Return a word without case and accents; of an inclusive word of the list, all it stands for."""
    folded = "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
    both = {"boulanger·ere": {"boulanger·ere", "boulanger", "boulangere"}}
    return both.get(folded, {folded})


sheets = st.builds(
    Sheet,
    titre=st.sampled_from(WORDS),
    mot=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    choix=st.sampled_from((None, "neuf", "vieux")),
    rang=st.sampled_from((None, 0, 1, 5)),
    jour=st.sampled_from((None, date(2026, 5, 1), date(2026, 5, 2), date(2026, 4, 1), date(2026, 5, 20))),
    mois=st.sampled_from((None, (2026, 5), (2026, 4), (2025, 6))),
    delai=st.sampled_from((None, 0, 3, 30)),
    lien=st.lists(st.integers(0, 3), max_size=2, unique=True).map(tuple),
    suivi=st.lists(st.tuples(st.sampled_from((0, 1, 2)), st.booleans()), max_size=3).map(tuple),
)

OPERATORS = ("=", "<", "<=", ">", ">=")
MIRRORED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
Found = tuple[str, Any]
"""A condition as text, and a function from the sheets and a number to whether it holds."""


def compares(operator: str, left: Any, right: Any) -> bool:
    known = {"=": left == right, "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}
    return bool(known[operator])


def linked(all_: list[Sheet], n: int) -> set[int]:
    return {to for to in all_[n].lien if to < len(all_)}


def naming(all_: list[Sheet], n: int) -> set[int]:
    return {number for number, one in enumerate(all_) if n in one.lien}


def ranks(all_: list[Sheet], pages: set[int]) -> list[int]:
    return [rank for n in pages if (rank := all_[n].rang) is not None]


def share_of_new(all_: list[Sheet], pages: set[int]) -> float | None:
    whole = sum(ranks(all_, pages))
    return 100 * sum(ranks(all_, {n for n in pages if all_[n].choix == "neuf"})) / whole if whole else None


MEASURES: dict[str, Any] = {
    "count(lien)": lambda all_, n: len(linked(all_, n)),
    "count(mot)": lambda all_, n: len(all_[n].mot),
    "count(lien.lien)": lambda all_, n: len({far for to in linked(all_, n) for far in linked(all_, to)}),
    "count(lien.mot)": lambda all_, n: sum(len(all_[to].mot) for to in linked(all_, n)),
    "count(vu where choix = neuf)": lambda all_, n: sum(all_[one].choix == "neuf" for one in naming(all_, n)),
    "count(vu where rang > this.rang)": None,  # each of several pages asks: see below
    "count(lien.vu where not jour)": lambda all_, n: len(
        {far for to in linked(all_, n) for far in naming(all_, to) if all_[far].jour is None}
    ),
    "count(suivi where note >= 1 and bon)": lambda all_, n: sum(note >= 1 and good for note, good in all_[n].suivi),
    "count(lien.suivi where bon)": lambda all_, n: sum(good for to in linked(all_, n) for _, good in all_[to].suivi),
    "count(vu where count(suivi where bon) > 1)": lambda all_, n: sum(
        sum(good for _, good in all_[one].suivi) > 1 for one in naming(all_, n)
    ),
    "sum(suivi.note)": lambda all_, n: sum(note for note, _ in all_[n].suivi),
    "sum(suivi.note where not bon)": lambda all_, n: sum(note for note, good in all_[n].suivi if not good),
    "sum(vu.rang)": lambda all_, n: sum(ranks(all_, naming(all_, n))),
    "sum(lien.vu.rang where mot)": lambda all_, n: sum(
        ranks(all_, {far for to in linked(all_, n) for far in naming(all_, to) if all_[far].mot})
    ),
    "share(vu.rang where choix = neuf)": lambda all_, n: share_of_new(all_, naming(all_, n)),
    "min(lien.rang)": lambda all_, n: min(ranks(all_, linked(all_, n)), default=None),
    "max(vu.rang where choix = neuf)": lambda all_, n: max(
        ranks(all_, {one for one in naming(all_, n) if all_[one].choix == "neuf"}), default=None
    ),
}
COMPUTED: dict[str, Any] = {
    "fort": lambda all_, n: is_strong(all_, n),
    "lien.fort": lambda all_, n: any(is_strong(all_, to) for to in linked(all_, n)),
    "neufs = 1": lambda all_, n: news(all_, n) == 1,
    "sum(lien.neufs) > 2": lambda all_, n: sum(news(all_, to) for to in linked(all_, n)) > 2,
    "count(vu where sorte = x)": lambda all_, n: any(sort_of(all_, one) == "x" for one in naming(all_, n)),
    **{f"sorte = {one}": (lambda all_, n, one=one: sort_of(all_, n) == one) for one in "xyz"},
    "sorte": lambda all_, n: sort_of(all_, n) != "",
}
"""Conditions on what nobody writes, each with whether it holds."""


def news(all_: list[Sheet], n: int) -> int:
    return sum(all_[one].choix == "neuf" for one in naming(all_, n))


def is_strong(all_: list[Sheet], n: int) -> bool:
    return news(all_, n) >= 2 or sum(note for note, good in all_[n].suivi if good) > 2


def sort_of(all_: list[Sheet], n: int) -> str:
    if is_strong(all_, n):
        return "y"
    return "" if not all_[n].mot else "x" if (all_[n].rang or 0) > 0 else "z"


MEASURES["count(vu where rang > this.rang)"] = lambda all_, n: sum(
    all_[0].rang is not None and rank > all_[0].rang for rank in ranks(all_, naming(all_, n))
)
"""Measures, each with what it comes to; the page that asks is the first."""


@st.composite
def measured(draw: st.DrawFn) -> Found:
    if draw(st.booleans()):
        text = draw(st.sampled_from(sorted(COMPUTED)))
        return text, COMPUTED[text]
    text = draw(st.sampled_from(sorted(MEASURES)))
    kind, operator = draw(st.sampled_from(("alone", "number", "field", "other"))), draw(st.sampled_from(OPERATORS))
    left = MEASURES[text]
    if kind == "alone":
        return text, lambda all_, n: bool(left(all_, n))
    if kind == "number":
        number = draw(st.sampled_from((0, 1, 2, 50)))
        return draw(st.sampled_from((f"{text} {operator} {number}", f"{number} {MIRRORED[operator]} {text}"))), (
            lambda all_, n: known(operator, left(all_, n), number)
        )
    if kind == "field":
        return f"{text} {operator} rang", lambda all_, n: known(operator, left(all_, n), all_[n].rang)
    other = draw(st.sampled_from(sorted(MEASURES)))
    return f"{text} {operator} {other}", lambda all_, n: known(operator, left(all_, n), MEASURES[other](all_, n))


def known(operator: str, left: Any, right: Any) -> bool:
    return left is not None and right is not None and compares(operator, left, right)


@st.composite
def modelled(draw: st.DrawFn) -> Found:
    kind = draw(st.sampled_from(("text", "part", "choice", "rank", "day", "month", "length", "link", "any", "vu")))
    operator = draw(st.sampled_from(OPERATORS))
    if kind == "text":
        word = draw(st.sampled_from((*WORDS, "ÉTÉ", "boulangère", "BOULANGER")))
        return f'mot = "{word}"', lambda all_, n: any(plain(word) & plain(one) for one in all_[n].mot)
    if kind == "part":
        word = draw(st.sampled_from(("et", "É", "PAIN", "z")))
        (part,) = plain(word)
        return f'titre contains "{word}"', lambda all_, n: any(part in one for one in plain(all_[n].titre))
    if kind == "choice":
        return "choix in [neuf]", lambda all_, n: all_[n].choix == "neuf"
    if kind == "rank":
        rank = draw(st.sampled_from((0, 1, 3)))
        return (
            f"rang {operator} {rank}",
            lambda all_, n: all_[n].rang is not None and compares(operator, all_[n].rang, rank),
        )
    if kind == "day":
        shift = draw(st.sampled_from(sorted(SHIFTS)))
        day = TODAY + timedelta(days=SHIFTS[shift])
        return (
            f"jour {operator} today{shift}",
            lambda all_, n: all_[n].jour is not None and compares(operator, all_[n].jour, day),
        )
    if kind == "month":
        return (
            f"mois {operator} jour",
            lambda all_, n: (
                all_[n].mois is not None
                and all_[n].jour is not None
                and compares(operator, all_[n].mois, (all_[n].jour.year, all_[n].jour.month))
            ),
        )
    if kind == "length":
        return (
            f'delai {operator} "1 mois"',
            lambda all_, n: all_[n].delai is not None and compares(operator, all_[n].delai, 30),
        )
    if kind == "link":
        return "lien.rang >= 1", lambda all_, n: any(
            (all_[to].rang or 0) >= 1 for to in all_[n].lien if to < len(all_)
        )
    if kind == "vu":
        return "vu.choix = neuf", lambda all_, n: any(one.choix == "neuf" and n in one.lien for one in all_)
    name = draw(st.sampled_from(("mot", "choix", "jour", "lien")))
    return name, lambda all_, n: bool(
        [to for to in all_[n].lien if to < len(all_)] if name == "lien" else getattr(all_[n], name)
    )


@st.composite
def model_conditions(draw: st.DrawFn) -> Found:
    text, holds = draw(measured() | modelled())
    for _ in range(draw(st.integers(0, 2))):
        word = draw(st.sampled_from(("and", "or", "and not")))
        more, also = draw(modelled() | measured())
        text, holds = f"({text}) {word} ({more})", _joined(word, holds, also)
    return text, holds


def _joined(word: str, one: Any, other: Any) -> Any:
    if word == "or":
        return lambda all_, n: one(all_, n) or other(all_, n)
    return lambda all_, n: one(all_, n) and other(all_, n) is (word == "and")


@GENEROUS
@given(all_=st.lists(sheets, min_size=4, max_size=6), asked=st.lists(model_conditions(), min_size=3, max_size=6))
def test_a_model_of_ones_own_finds_the_same(all_: list[Sheet], asked: list[Found]) -> None:
    texts = {f"docs/p{number}.md": sheet.text() for number, sheet in enumerate(all_)}
    analysis = read_wiki({"docs/_type.yml": TYPE, **texts}, TODAY)
    site = site_of(analysis, Audience.PUBLIC)
    this = analysis.graph.pages["docs/p0.md"]
    assert not analysis.faulty
    for text, holds in asked:
        condition = bind(text, site, ("fiche",), this)
        assert isinstance(condition, Condition), text
        selected = {item.page.path for item in select(asking(site, this), site.columns, ("fiche",), condition)}
        assert selected == {f"docs/p{n}.md" for n in range(len(all_)) if holds(all_, n)}, text


# --- What is read ---------------------------------------------------------------------------------------------------


@dataclass(kw_only=True, slots=True)
class Counting(Query):
    """A query that remembers the pages it was asked of."""

    asked: list[str] = field(default_factory=list)

    def holds(self, condition: Condition, item: Item) -> bool:
        self.asked.append(item.page.path)
        return Query.holds(self, condition, item)


STEPS = """\
type: etape
label: {one: étape, many: étapes}
fields: {titre: text}
"""
TASKS = """\
type: tache
label: {one: tâche, many: tâches}
fields:
  titre: text
  rang: integer
  fin: date
  etape: {type: reference, to: etape, inverse: {name: taches, label: "Tâches"}}
"""


def large(steps: int, tasks: int) -> Site:
    """Return a site of steps that each ask for their tasks, and as many pages of no concern."""
    texts = {"docs/etapes/_type.yml": STEPS, "docs/taches/_type.yml": TASKS}
    for number in range(steps):
        texts[f"docs/etapes/e{number}.md"] = f"# É{number}\n\n```requete\nde: tache\nou: etape = this\n```\n"
        texts[f"docs/autre{number}.md"] = "# Rien\n"
    for number in range(tasks):
        head = f"titre: T{number}\nrang: {number}\netape: e{number % steps}\nfin: 2026-{number % 12 + 1:02}-15"
        texts[f"docs/taches/t{number}.md"] = f"---\n{head}\n---\n"
    return site_of(read_wiki(texts, TODAY), Audience.PUBLIC)


def test_a_thousand_pages_that_ask_read_each_page_once() -> None:
    site = large(1_000, 1_000)
    for path_, page in site.graph.pages.items():
        found = page_inputs(page, site)
        assert len(found.views) == ("etapes" in path_)
    assert site.columns.read == 1_000


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("etape = this", 10, 10),
        ("this = etape", 10, 10),
        ("this in etape", 10, 10),
        ("etape contains this", 10, 10),
        ("etape contains [this, e0]", 10, 10),
        ("etape = e3", 10, 10),
        ("etape in [e3, e4]", 20, 20),
        ("rang = 5", 1, 1),
        ("rang < 5", 6, 5),
        ("95 <= rang", 5, 5),
        ("rang in [1, 2, 500]", 2, 2),
        ("rang = 5 or rang = 6", 2, 2),
        ("etape = this and rang < 50", 6, 5),
        ("etape = this and titre contains T", 10, 10),
        ("fin >= today", 64, 64),
        ("fin = today", 8, 0),  # a day is looked up by its month
        ("fin < today + 1 mois and etape = this", 4, 4),
        ("titre = T7", 1, 1),
        ("rang", 100, 100),
        ("etape.titre = É4", 10, 10),
        ("cite contains this", 10, 10),
        ("titre contains T7", 11, 11),
        ("titre contains [T7, 1]", 1, 1),
        ("etape = this and count(etape.taches where rang < 50) = 5", 10, 10),
        ("count(etape) = 0", 0, 0),
        ("1 <= sum(rang where fin < today)", 35, 35),
        ("count(this.taches) > 3", 100, 100),
        ("not etape = this", 100, 90),
        ("etape != this", 100, 90),
        ("rang = 5 or titre contains T7", 12, 12),
        ("rang = 5 or not titre contains T7", 100, 89),
    ],
)
def test_a_query_asks_its_candidates_only(text: str, asked: int, found: int) -> None:
    site = large(10, 100)
    this = site.graph.pages["docs/etapes/e0.md"]
    condition = bind(text, site, ("tache",), this)
    assert isinstance(condition, Condition), condition
    query = Counting(graph=site.graph, today=site.today, this=this, eyes=SiteEyes(site), says_titles=True)
    selected = select(query, site.columns, ("tache",), condition)
    assert (len(query.asked), len(selected)) == (asked, found)


def test_a_column_is_made_once_for_all_who_ask() -> None:
    site = large(10, 100)
    columns, path_ = site.columns, FieldPath(("etape",))
    assert columns.read == 0
    assert columns.column(("tache",), path_) is columns.column(["tache"], path_)
    assert columns.read == 100
    columns.column(("tache", "etape"), path_)
    assert columns.read == 210
    columns.column(("tache",), FieldPath(("rang",)))
    assert columns.read == 310


def test_the_same_question_of_several_pages_is_asked_once() -> None:
    site = large(10, 100)
    asked = []
    for number in range(10):
        this = site.graph.pages[f"docs/etapes/e{number}.md"]
        condition = bind("fin >= today and rang != 3", site, ("tache",), this)
        assert isinstance(condition, Condition)
        query = Counting(graph=site.graph, today=site.today, this=this, eyes=SiteEyes(site), says_titles=True)
        found = select(query, site.columns, ("tache",), condition)
        asked.append((len(query.asked), len(found)))
    assert asked == [(64, 64), *[(0, 64)] * 9]


def test_pages_come_by_title_however_they_were_found() -> None:
    site = large(10, 100)
    this = site.graph.pages["docs/etapes/e0.md"]
    query = asking(site, this)
    every = [item.page.title for item in select(query, site.columns, ("tache", "etape"), None)]
    assert every == sorted(every, key=fold)
    condition = bind("rang < 50", site, ("tache",), this)
    assert isinstance(condition, Condition)
    some = [item.page.title for item in select(query, site.columns, ("tache",), condition)]
    assert some == [title for title in every if re.fullmatch(r"T[1-4]?\d", title)]


def every_answer(site: Site) -> Iterator[str]:
    for page in site.graph.pages.values():
        yield page_inputs(page, site).digest


def test_the_order_in_which_pages_ask_changes_nothing() -> None:
    one, other = large(10, 50), large(10, 50)
    for page in reversed([*other.graph.pages.values()]):
        page_inputs(page, other)
    assert [*every_answer(one)] == [*every_answer(other)]
