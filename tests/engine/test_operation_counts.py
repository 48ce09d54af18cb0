"""How much work the views of a whole wiki are: counts of calls, the same on every machine, never a clock."""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from essaim.graph.grounds import Grounds
from essaim.graph.measuring import measure
from essaim.pages.history import Coverage, History, PageHistory, Revision
from essaim.views.audience import Audience
from essaim.views.columns import column_cell
from essaim.views.events.event import event_of
from essaim.views.events.ics import calendars
from essaim.views.events.known import known_events
from essaim.views.feeds.collections import collection_feeds
from essaim.views.generated import EVERYTHING
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


def calls(run: Callable[[], object], folders: str | tuple[str, ...] = FOLDER) -> Counter[CodeType]:
    """Return how often each function of the engine, or of other folders, is called while something runs."""
    found: Counter[CodeType] = Counter()

    def see(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(folders):
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
    assert calls(lambda: site(20).indexes)[of(column_cell)] == 0  # nobody asked what they list
    found = calls(lambda: [index.listed for index in site(20).indexes.values()])
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


# --- What pages are told of one another ----------------------------------------------------------------------------

TOLD = {
    "docs/_type.yml": "type: page\n",
    "docs/personnes/_type.yml": """\
type: personne
fields:
  titre: text
  metier: text
  reste: boolean
  savoirs: {type: reference, to: savoir, many: true, inverse: {name: su_par, label: "Su par"}}
  nombre: {type: integer, computed: "count(savoirs)"}
departed: {when: "reste = non", as: metier, keeps: [metier]}
notice: "Une personne de {{ cae.nom }}."
""",
    "docs/savoirs/_type.yml": """\
type: savoir
fields:
  titre: text
  etat: {type: choice, of: [vivant, remplace]}
  sues: {type: integer, computed: "count(su_par)"}
  rare: {type: boolean, computed: "sues < 4"}
  references: {type: group, many: true, from: sources, fields: {texte: {type: text, required: true}}}
rules:
  - {forbid: "# euros", message: "Pas de montant."}
flags:
  - {when: "etat = remplace and sues > 0", message: "« {titre} » est remplacé.", severity: warning}
index: {view: table, columns: [titre, sues, rare], facets: [rare]}
""",
    "docs/livrets/_type.yml": """\
type: livret
fields:
  titre: text
  pages: {type: reference, to: savoir, many: true}
  parcours: {type: group, many: true, fields: {titre: text, lire: {type: reference, to: savoir, many: true}}}
includes: pages
passport: {steps: parcours, title: titre, pages: lire}
print: true
slides: true
""",
}


def told(skills: int, *, is_one_known: bool = False) -> Analysis:
    """Return a wiki of skills, each with three people, of whom one left, and a booklet: five pages a skill.

    With `is_one_known`, everybody knows the first skill and cites the first row.
    """
    texts = {**TOLD, "docs/_cae.yml": "cae:\n  nom: La coopérative\n"}
    texts["docs/_sources.yml"] = "".join(f'loi-{n}: {{texte: "Loi {n}"}}\n' for n in range(skills))
    for n in range(skills):
        known = 0 if is_one_known else n
        state = "vivant" if n % 2 else "remplace"
        texts[f"docs/savoirs/s{n}.md"] = (
            f"---\ntitre: Savoir {n}\netat: {state}\nreferences: [loi-{known}]\n---\n\nUn texte.\n"
        )
        for one in range(3):
            head = f"titre: Nadia Fictif{n} {one}\nmetier: une menuisière\nreste: {'oui' if one else 'non'}"
            texts[f"docs/personnes/p{n}-{one}.md"] = f"---\n{head}\nsavoirs: [s{known}]\n---\n\nVoir [[s{n}]].\n"
        steps = f"[{{titre: Lire, lire: [s{n}]}}, {{titre: Relire, lire: [s{(n + 1) % skills}]}}]"
        head = f"titre: Livret {n}\npages: [s{n}, s{known}]\nparcours: {steps}"
        texts[f"docs/livrets/l{n}.md"] = f"---\n{head}\n---\n\nAvec [[p{n}-0]], Nadia Fictif{n} 1.\n"
    return read_wiki(texts, TODAY)


def past(author: str) -> PageHistory:
    """Return the past of a page that one person began and changed, saying their name."""
    first, last = (Revision(str(day), datetime(2026, 11, day), author, f"De {author}") for day in (1, 2))
    return PageHistory(first=first, last=last, authors=(author,), changes=2)


def tell(skills: int, *, is_one_known: bool) -> Site:
    """Check a wiki, and make all that its members are shown."""
    analysis = told(skills, is_one_known=is_one_known)
    assert sum(found.code == "ES502" for found in analysis.diagnostics) >= skills
    assert len(analysis.mentions) >= skills
    pages = {path: past(f"Nadia Fictif{number} 0") for number, path in enumerate(analysis.graph.pages)}
    history = History(pages=pages, recent=(), coverage=Coverage.WHOLE)
    known = site_of(analysis, Audience.MEMBERS, history)
    assert len(known.departed.words) == skills
    every_page(known)
    assert sum(len([*generated.list_pages(known)]) for generated in EVERYTHING) >= 4
    return known


@pytest.mark.parametrize("is_one_known", [False, True])
def test_what_pages_tell_of_others_grows_as_the_wiki_does(is_one_known: bool) -> None:
    small, large = (calls(partial(tell, skills, is_one_known=is_one_known)) for skills in (50, 200))
    more = {code.co_qualname: large[code] / count for code, count in small.items() if count > 150}
    assert len(more) > 100
    assert {name: ratio for name, ratio in more.items() if ratio > 4.5} == {}
    assert large.total() < 4.2 * small.total()


@pytest.mark.parametrize("is_one_known", [False, True])
def test_what_answers_stand_on_is_held_once(is_one_known: bool) -> None:
    """Or else a skill that six hundred people know, and whose flag counts them, is three hundred thousand paths."""
    analysis = told(200, is_one_known=is_one_known)
    held: set[Grounds] = set()
    waiting = [*analysis.grounds.values()]
    while waiting:
        grounds = waiting.pop()
        if grounds not in held:
            held.add(grounds)
            waiting += grounds.answers
    assert analysis.grounds
    assert sum(len(grounds.pages) + len(grounds.answers) for grounds in held) < 5 * len(analysis.graph.pages)
