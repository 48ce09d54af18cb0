"""How much work the views of a whole wiki are: counts of calls, the same on every machine, never a clock."""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from essaim.graph.measuring import measure
from essaim.views.audience import Audience
from essaim.views.columns import column_cell
from essaim.views.events.event import event_of
from essaim.views.events.ics import calendars
from essaim.views.events.known import known_events
from essaim.views.feeds.collections import collection_feeds
from essaim.views.index import index_page
from essaim.views.inputs import page_inputs
from essaim.views.relations import show_relations
from essaim.views.search.filters import USUAL, load_filters
from essaim.views.search.meanings import Meanings
from essaim.views.search.records import page_record
from essaim.views.search.words import other_forms, pieces
from essaim.views.site import Site
from essaim.workspace import Analysis
from essaim.workspace.site import site_of
from essaim.workspace.stage import stage
from tests.conftest import read_wiki

TODAY = date(2026, 11, 23)
FOLDER = str(Path(event_of.__code__.co_filename).parents[2])
"""Where the engine stands: only its functions count."""
TYPES = {
    "docs/groupes/_type.yml": """\
type: groupe
label: {one: groupe, many: groupes}
fields: {titre: text, ville: {type: territory}}
index: {view: cards, facets: [ville, organise]}
""",
    "docs/taches/_type.yml": """\
type: tache
label: {one: tâche, many: tâches}
fields:
  titre: text
  rang: integer
  delai: text
  etat: {type: choice, of: {ouverte: Ouverte, finie: Finie}}
  pour: {type: reference, to: groupe, inverse: {name: taches, label: "Tâches"}}
index: {view: table, columns: [titre, etat, delai, pour], facets: [etat], sort: rang}
""",
    "docs/dates/_type.yml": """\
type: rencontre
label: {one: rencontre, many: rencontres}
fields:
  titre: text
  debut: datetime
  groupe: {type: reference, to: groupe, inverse: {name: organise, label: "Organise"}}
event: {start: debut, group: groupe}
index: {view: table, columns: [titre, debut, groupe], sort: debut}
""",
}
OF_GROUPS = ("de: rencontre\nou: groupe = this\nvue: agenda", "de: tache\nou: pour = this\ngroupe_par: etat")


def wiki(groups: int, of_groups: tuple[str, ...] = OF_GROUPS) -> Analysis:
    """Return a wiki of groups that ask, each with eight tasks and a meeting: ten pages a group."""
    texts = dict(TYPES)
    blocks = "".join(f"\n```requete\n{block}\n```\n" for block in of_groups)
    for number in range(groups):
        texts[f"docs/groupes/g{number}.md"] = (
            f'---\ntitre: Groupe {number}\nville: "D:{number % 9 + 10}"\n---\n{blocks}'
        )
        texts[f"docs/dates/r{number}.md"] = (
            f"---\ntitre: Point {number}\ndebut: 2026-12-01 18:00\ngroupe: g{number}\n---\n"
        )
        for task in range(8):
            head = f"titre: Tâche {task} du groupe {number}\nrang: {task}\netat: ouverte\npour: g{number}"
            body = f"Voir [[r{number}]] avant, avec les coopérateur·trices."
            texts[f"docs/taches/t{number}-{task}.md"] = f"---\n{head}\n---\n\n{body}\n"
    return read_wiki(texts, TODAY)


def site(groups: int, of_groups: tuple[str, ...] = OF_GROUPS) -> Site:
    return site_of(wiki(groups, of_groups), Audience.PUBLIC)


def every_page(known: Site) -> None:
    """Prepare every page of a site."""
    for page in known.graph.pages.values():
        page_inputs(page, known)


def calls(run: Callable[[], object]) -> Counter[CodeType]:
    """Return how often each function of the engine is called while something runs."""
    found: Counter[CodeType] = Counter()

    def see(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(FOLDER):
            found[frame.f_code] += 1

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        run()
    finally:
        sys.setprofile(before)
    return found


def of(function: Callable[..., object]) -> CodeType:
    assert isinstance(function, FunctionType)
    return function.__code__


# --- What is made once ----------------------------------------------------------------------------------------------


def test_the_index_of_each_collection_is_made_once_for_all_that_show_it(tmp_path: Path) -> None:
    texts = {**TYPES, "docs/_redirections.yml": "docs/taches/vieux.md: docs/taches/t.md\n"}
    texts["docs/taches/t.md"] = "---\ntitre: Une tâche\n---\n"
    analysis = read_wiki(texts, TODAY)
    known = site_of(analysis, Audience.PUBLIC)
    assert known.redirects
    found = calls(partial(stage, analysis, tmp_path, tmp_path / "tree", known))
    assert found[of(index_page)] == len(TYPES)


def test_each_event_is_read_once_for_pages_agendas_and_calendars() -> None:
    known = site(20)

    def run() -> None:
        every_page(known)
        assert len([*calendars(known, str)]) == 1 + 20 + 20

    found = calls(run)
    assert found[of(known_events)] == 1
    assert found[of(event_of)] == 20


def test_the_relations_of_a_page_are_found_once_for_the_page_itself() -> None:
    known = site(20)
    assert calls(partial(every_page, known))[of(show_relations)] == 200


def test_an_index_asks_for_relations_only_where_a_column_is_one() -> None:
    found = calls(lambda: site(20).indexes)
    assert found[of(column_cell)] == 20 * 2 + 160 * 4 + 20 * 3
    assert found[of(show_relations)] == 20  # « organise », of each group: « delai » is a field that no task fills


def test_words_that_pages_share_are_unfolded_once() -> None:
    text = " ".join(f"acheteur·euse{number} mot{number}" for number in range(50))
    first = calls(partial(other_forms, text))
    again = calls(lambda: [other_forms(f"{text} {number}") for number in range(100)])
    assert first[of(pieces)] >= 100
    assert again[of(pieces)] <= 2 * 100  # the number alone, begun and ended


def test_the_record_of_a_page_looks_at_no_other_page() -> None:
    counts = []
    for groups in (10, 40):
        known = site(groups)
        filters, meanings = load_filters(USUAL, known.schema, known.audience), Meanings(known)
        page = known.graph.pages["docs/taches/t1-1.md"]
        page_record(page, known, page.document.body_text, filters, meanings)  # what is known of the whole site
        record = partial(page_record, page, known, page.document.body_text, filters, meanings)
        counts.append(calls(record).total())
    assert counts[0] == counts[1]


# --- What queries read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "read"),
    [
        ("de: tache", 0),
        ("de: tache\nvue: tableau\ntri: -rang", 0),
        ("de: tache\nvue: compteur\ngroupe_par: etat", 0),
        ("de: tache\nvue: graphique\ngroupe_par: etat", 0),
        ("de: groupe\nvue: carte", 0),
        ("de: tache\nvue: matrice\nlignes: etat\ncolonnes: pour\nou: rang = 3", 800),
        ("de: tache\nou: pour = this", 800),
        ("de: tache\nou: pour = this and rang < 4\nvue: cartes", 1_600),
        ("de: tache\nou: rang < 2 or rang > 6", 800),
        ("de: rencontre\nou: groupe = this\nvue: agenda", 100),
        ("de: tache\nvue: jauge\nou: pour = this\nparmi: etat = finie", 1_600),
        ("ou: cite contains this", 1_000),
        ("de: groupe\nou: count(taches where etat = ouverte and rang < 4) > 3", 100),
        ("de: tache\nou: pour = this and count(pour.taches where rang > 1) = 6", 1_600),
        ("de: tache\nou: rang = count(this.taches)", 800),
    ],
)
def test_a_hundred_pages_that_ask_read_each_column_of_a_thousand_once(block: str, read: int) -> None:
    known = site(100, (block,))
    assert len(known.graph.pages) == 1_000
    every_page(known)
    assert known.columns.read == read


# --- The whole grows as the wiki does -------------------------------------------------------------------------------


def everything(known: Site) -> None:
    """Make all that a build of a site makes, but for its HTML."""
    every_page(known)
    assert len(known.indexes) == len(TYPES) + 1
    filters, meanings = load_filters(USUAL, known.schema, known.audience), Meanings(known)
    for page in known.graph.pages.values():
        page_record(page, known, page.document.body_text, filters, meanings)
    assert [*calendars(known, str)]
    assert [*collection_feeds(known, str, "https://wiki.exemple.invalid/", "Le wiki")] == []


def test_four_times_the_pages_are_four_times_the_calls() -> None:
    small, large = (calls(partial(everything, site(groups))) for groups in (15, 60))
    more = {code.co_qualname: large[code] / count for code, count in small.items() if count > 150}
    assert len(more) > 60
    assert {name: ratio for name, ratio in more.items() if ratio > 4.5} == {}
    assert large.total() < 4.2 * small.total()


@pytest.mark.parametrize(
    "block",
    [
        "de: tache\nou: pour = this and share(pour.taches.rang where etat = ouverte) = 100",
        "de: groupe\nou: count(taches where rang < 4) > 5",
        "de: tache\nou: pour = this and rang < count(this.taches where etat = ouverte)",
    ],
)
def test_measures_of_four_times_the_pages_are_four_times_the_calls(block: str) -> None:
    small, large = (calls(partial(every_page, site(groups, (block,)))) for groups in (15, 60))
    assert small[of(measure)] >= 15
    assert large[of(measure)] < 4.5 * small[of(measure)]
    assert large.total() < 4.4 * small.total()


def test_a_measure_of_the_page_that_asks_is_made_once_for_all_it_is_compared_with() -> None:
    found = calls(partial(every_page, site(10, ("de: tache\nou: rang != count(this.taches)",))))
    assert found[of(measure)] == 10
