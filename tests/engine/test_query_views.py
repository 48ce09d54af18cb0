"""What the views of queries hold: values, order, groups, limits, words; for each audience only what it may know."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from essaim.views.audience import Audience
from essaim.views.body import BodyView
from essaim.views.inputs import page_inputs
from essaim.views.queries.compteur import Counter
from essaim.views.queries.entries import Entries
from essaim.views.queries.matrice import Matrix
from essaim.views.site import Site
from essaim.workspace.site import site_of
from tests.conftest import read_wiki
from tests.engine.random_wikis import TODAY, Wiki, conditions, files, path, seen_by_all, wikis

PATH = "docs/page.md"
ETAPES = """\
type: etape
label: {one: étape, many: étapes, gender: f}
index: {view: list, sort: ordre}
fields: {titre: {type: text, required: true}, ordre: integer}
"""
ACTIONS = """\
type: action
label: {one: action, many: actions, gender: f}
fields:
  titre: {type: text, required: true}
  resume: text
  etat: {type: choice, of: {prevue: "Prévue", faite: "Faite", annulee: "Annulée"}}
  etape: {type: reference, to: etape, inverse: {name: actions, label: "Actions"}}
  avec: {type: reference, to: action, many: true}
  lieu: text
  jour: date
  places: integer
  cout: number
  duree: {type: duration}
  ouverte: boolean
  site: url
  courriel: email
  mots: {type: text, many: true}
  dates: {type: group, many: true, fields: {le: {type: date, label: "Le"}, ou: {type: text, label: "Où"}}}
"""
WIKI = {
    "docs/etapes/_type.yml": ETAPES,
    "docs/etapes/agir.md": "---\ntitre: Agir\nordre: 3\n---\n",
    "docs/etapes/bilan.md": "---\ntitre: Bilan\nordre: 1\n---\n",
    "docs/etapes/choisir.md": "---\ntitre: Choisir\nordre: 2\n---\n",
    "docs/actions/_type.yml": ACTIONS,
    "docs/actions/atelier.md": (
        "---\ntitre: Atelier pain\nresume: On pétrit.\netat: faite\netape: agir\nlieu: Évry\njour: 2026-03-02\n"
        "places: 8\ncout: 12.5\nduree: 2 h\nouverte: oui\nmots: [pain, été]\n"
        "dates:\n  - {le: 2026-06-02, ou: Lyon}\n  - {le: 2026-05-02, ou: Albi}\n---\n"
    ),
    "docs/actions/bal.md": (
        "---\ntitre: Bal\netat: prevue\netape: bilan\navec: [atelier, cours]\nlieu: Dax\njour: 2026-05-09\n"
        "places: 100\ncout: 3\nduree: 1 jour\nouverte: non\nmots: [été]\n"
        "dates:\n  - {le: 2026-04-30, ou: Zonza}\n---\n"
    ),
    "docs/actions/cours.md": (
        "---\ntitre: Cours\netat: prevue\netape: choisir\navec: [bal]\nlieu: eauze\njour: 2025-12-31\nplaces: 20\n"
        "site: https://exemple.fr/x\ncourriel: a|b@exemple.fr\n---\n"
    ),
    "docs/actions/diner.md": "---\ntitre: Dîner\n---\n",
}


def site_with(block: str = "", **others: str) -> Site:
    page = {PATH: f"# Page\n\n```requete\n{block}\n```\n"} if block else {}
    return site_of(read_wiki({**WIKI, **others, **page}, date(2026, 5, 1)), Audience.PUBLIC)


def shown(block: str, **others: str) -> BodyView:
    site = site_with(block, **others)
    (view,) = page_inputs(site.graph.pages[PATH], site).views
    assert view.kind, "the block does not bind"
    return view


def entries(block: str, **others: str) -> Entries:
    view = shown(block, **others).view
    assert isinstance(view, Entries)
    return view


def markdown(block: str, **others: str) -> str:
    """Return the text of a view as `essaim stage` writes it."""
    site = site_with(block, **others)
    return page_inputs(site.graph.pages[PATH], site).markdown.partition("# Page")[2].strip()


def titles(view: Entries) -> list[list[str]]:
    return [[entry.page.text for entry in group.entries] for group in view.groups]


# --- Order ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("titre", "Atelier pain, Bal, Cours, Dîner"),
        ("-titre", "Dîner, Cours, Bal, Atelier pain"),
        ("lieu", "Bal, Cours, Atelier pain, Dîner"),  # accents and capitals do not count
        ("-lieu", "Atelier pain, Cours, Bal, Dîner"),  # what has no value comes last both ways
        ("jour", "Cours, Atelier pain, Bal, Dîner"),
        ("-jour", "Bal, Atelier pain, Cours, Dîner"),
        ("places", "Atelier pain, Cours, Bal, Dîner"),
        ("-places", "Bal, Cours, Atelier pain, Dîner"),
        ("cout", "Bal, Atelier pain, Cours, Dîner"),
        ("duree", "Atelier pain, Bal, Cours, Dîner"),
        ("ouverte", "Atelier pain, Bal, Cours, Dîner"),  # yes before no
        ("etat", "Bal, Cours, Atelier pain, Dîner"),  # as the type declares its choices
        ("etape", "Bal, Cours, Atelier pain, Dîner"),  # as the index of the steps lists them
        ("etape.titre", "Atelier pain, Bal, Cours, Dîner"),
        ("[etat, -places]", "Bal, Cours, Atelier pain, Dîner"),
        ("[etat, places]", "Cours, Bal, Atelier pain, Dîner"),
        ("etat, places", "Cours, Bal, Atelier pain, Dîner"),
        ("dates.le", "Bal, Atelier pain, Cours, Dîner"),
        ("this.titre", "Atelier pain, Bal, Cours, Dîner"),
    ],
)
def test_a_query_sorts_as_a_reader_expects(sort: str, expected: str) -> None:
    assert titles(entries(f"de: action\ntri: {sort}")) == [expected.split(", ")]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("etat", ["Prévue: Bal, Cours", "Faite: Atelier pain", "Non précisé: Dîner"]),
        ("etape", ["Bilan: Bal", "Choisir: Cours", "Agir: Atelier pain", "Non précisé: Dîner"]),
        ("jour", ["31 décembre 2025: Cours", "2 mars 2026: Atelier pain", "9 mai 2026: Bal", "Non précisé: Dîner"]),
        ("places", ["8: Atelier pain", "20: Cours", "100: Bal", "Non précisé: Dîner"]),
        ("lieu", ["Dax: Bal", "eauze: Cours", "Évry: Atelier pain", "Non précisé: Dîner"]),
        ("ouverte", ["oui: Atelier pain", "non: Bal", "Non précisé: Cours, Dîner"]),
        ("mots", ["été: Atelier pain, Bal", "pain: Atelier pain", "Non précisé: Cours, Dîner"]),
        ("avec", ["Atelier pain: Bal", "Bal: Cours", "Cours: Bal", "Non précisé: Atelier pain, Dîner"]),
        ("type", ["action: Atelier pain, Bal, Cours, Dîner"]),
        ("etape.ordre", ["1: Bal", "2: Cours", "3: Atelier pain", "Non précisé: Dîner"]),
        ("this", ["Page: Atelier pain, Bal, Cours, Dîner"]),
    ],
)
def test_groups_come_in_the_order_of_their_values(column: str, expected: list[str]) -> None:
    view = entries(f"de: action\ngroupe_par: {column}")
    heads = [group.heading.text if group.heading else "" for group in view.groups]
    assert [f"{head}: {', '.join(group)}" for head, group in zip(heads, titles(view), strict=True)] == expected


def test_a_group_that_is_a_page_leads_to_it() -> None:
    view = entries("de: action\ngroupe_par: etape\nlimite: 1")
    assert [group.heading and group.heading.page for group in view.groups] == ["docs/etapes/agir.md"]


# --- Lists, tables, cards -------------------------------------------------------------------------------------------


def test_a_list_tells_titles_and_summaries() -> None:
    assert markdown("de: action\nou: etat = faite\ntitre: Faites") == (
        "**Faites**\n\n- [Atelier pain](actions/atelier.md) : On pétrit."
    )


def test_a_list_with_columns_tells_these() -> None:
    assert markdown("de: action\nou: places < 50\ntri: titre\ncolonnes: [titre, etat, etape, mots]") == (
        "- [Atelier pain](actions/atelier.md) : État : Faite ; Étape : [Agir](etapes/agir.md) ; Mots : pain, été\n"
        "- [Cours](actions/cours.md) : État : Prévue ; Étape : [Choisir](etapes/choisir.md)"
    ).replace("État", label("etat")).replace("Étape :", f"{label('etape')} :")


def label(name: str) -> str:
    return site_with().schema.types["action"].fields[name].label


def test_a_table_has_a_row_for_each_page() -> None:
    assert markdown("de: action\nvue: tableau\ncolonnes: {titre: Nom, places: Combien, jour: Quand}\nlimite: 2") == (
        "| Nom | Combien | Quand |\n| --- | --- | --- |\n"
        "| [Atelier pain](actions/atelier.md) | 8 | 2 mars 2026 |\n"
        "| [Bal](actions/bal.md) | 100 | 9 mai 2026 |\n\nEt 2 autres."
    )


def test_a_table_without_columns_has_titles_and_summaries() -> None:
    assert markdown("de: action\nvue: tableau\nou: etat = faite") == (
        "| Titre | Résumé |\n| --- | --- |\n| [Atelier pain](actions/atelier.md) | On pétrit. |"
    )


def test_a_table_names_its_pages_even_when_its_columns_do_not() -> None:
    text = markdown("de: action\nvue: tableau\ncolonnes: [places]\nlimite: 1")
    assert text.startswith("| Titre | Places |\n| --- | --- |\n| [Atelier pain](actions/atelier.md) | 8 |")


def test_an_address_in_a_cell_leads_there() -> None:
    text = markdown("de: action\nvue: tableau\nou: id = cours\ncolonnes: [site, courriel]")
    assert text.endswith(
        "| [exemple.fr](<https://exemple.fr/x>) | [a&#124;b@exemple.fr](<mailto:a%7Cb@exemple.fr>) |"
    )


def test_cards_hold_the_summary_and_what_is_asked() -> None:
    view = entries("de: action\nvue: cartes\nou: etat = faite\ncolonnes: [places]")
    (entry,) = view.groups[0].entries
    assert (view.kind, entry.page.text, entry.summary, entry.cells[0] and entry.cells[0].text) == (
        "cartes",
        "Atelier pain",
        "On pétrit.",
        "8",
    )


@pytest.mark.parametrize(("limit", "more"), [(1, "Et 3 autres."), (3, "Et 1 autre."), (4, ""), (9, "")])
def test_a_limit_says_how_many_it_leaves_out(limit: int, more: str) -> None:
    view = entries(f"de: action\nlimite: {limit}")
    assert (sum(map(len, titles(view))), view.more) == (min(limit, 4), more)


@pytest.mark.parametrize(
    ("said", "text"), [("", "Rien pour l'instant."), ("\nvide: Venez nous voir.", "Venez nous voir.")]
)
def test_nothing_found_is_said(said: str, text: str) -> None:
    view = entries(f"de: action\nou: places > 1000\ngroupe_par: etat{said}")
    assert (view.is_empty, view.empty) == (True, text)
    assert markdown(f"de: action\nou: places > 1000{said}") == text


def test_a_page_asks_for_what_cites_it() -> None:
    block = "```requete\nde: action\nou: etape = this\ncolonnes: [etape.ordre, this.ordre]\n```\n"
    block = f"---\ntitre: Bilan\nordre: 1\n---\n\n{block}"
    site = site_with(**{"docs/etapes/bilan.md": block})
    (view,) = page_inputs(site.graph.pages["docs/etapes/bilan.md"], site).views
    (entry,) = view.view.groups[0].entries
    assert (entry.page.text, [cell.text for cell in entry.cells]) == ("Bal", ["1", "1"])


def test_plain_pages_are_asked_too() -> None:
    view = entries("de: page\ntri: -titre", **{"docs/a.md": "# À propos\n", "docs/b.md": "Sans titre.\n"})
    assert titles(view) == [["Page", "b", "À propos"]]


def test_all_types_are_asked_when_none_is_named() -> None:
    view = entries("groupe_par: type")
    assert [group.heading and group.heading.text for group in view.groups] == ["action", "étape", "page"]


# --- Rows of groups -------------------------------------------------------------------------------------------------


def test_each_row_of_a_group_is_an_entry() -> None:
    view = entries("de: action\npour_chaque: dates\ntri: dates.le\ncolonnes: [dates.le, dates.ou, places]")
    rows = [
        (entry.page.text, *(cell.text if cell else "" for cell in entry.cells)) for entry in view.groups[0].entries
    ]
    assert rows == [
        ("Bal", "30 avril 2026", "Zonza", "100"),
        ("Atelier pain", "2 mai 2026", "Albi", "8"),
        ("Atelier pain", "2 juin 2026", "Lyon", "8"),
    ]


def test_a_condition_keeps_rows_and_not_their_neighbours() -> None:
    view = entries(
        "de: action\npour_chaque: dates\nou: dates.le >= today\ntri: -dates.ou\ncolonnes: [dates.ou, dates]"
    )
    cells = [entry.cells for entry in view.groups[0].entries]
    assert [cell and cell.text for cell, _ in cells] == ["Lyon", "Albi"]
    assert [[[part.text for part in row] for row in (whole.rows if whole else ())] for _, whole in cells] == [
        [["2 juin 2026", "Lyon"]],
        [["2 mai 2026", "Albi"]],
    ]


def test_rows_are_counted_and_grouped_one_by_one() -> None:
    counter = shown("de: action\npour_chaque: dates\nvue: compteur\ngroupe_par: dates.ou").view
    assert (counter.text, [(value.text, text) for value, text in counter.rows]) == (
        "3",
        [("Albi", "1"), ("Lyon", "1"), ("Zonza", "1")],
    )


def test_a_group_as_a_column_shows_its_rows() -> None:
    text = markdown("de: action\nvue: tableau\nou: id = atelier\ncolonnes: [dates]")
    assert text.endswith("| Le : 2 juin 2026 ; Où : Lyon / Le : 2 mai 2026 ; Où : Albi |")


def test_a_group_of_the_page_that_asks_is_its_own() -> None:
    text = WIKI["docs/actions/bal.md"] + "\n```requete\nde: action\nou: id = atelier\ncolonnes: [this.dates]\n```\n"
    site = site_with(**{"docs/actions/bal.md": text})
    (view,) = page_inputs(site.graph.pages["docs/actions/bal.md"], site).views
    (entry,) = view.view.groups[0].entries
    assert [part.text for part in entry.cells[0].rows[0]] == ["30 avril 2026", "Zonza"]


# --- Numbers and crossings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("", "4"),
        ("ou: etat = prevue", "2"),
        ("calcul: nombre\nchamp: places", "3"),
        ("calcul: somme\nchamp: places\nunite: places", "128\u00a0places"),
        ("calcul: moyenne\nchamp: places", "42,67"),
        ("calcul: minimum\nchamp: cout", "3"),
        ("calcul: maximum\nchamp: cout", "12,5"),
        ("calcul: moyenne\nchamp: places\nou: places > 1000", "aucun"),
        ("calcul: somme\nchamp: places\nou: places > 1000", "0"),
        ("ou: places > 1000", "0"),
    ],
)
def test_a_counter_says_a_number(keys: str, text: str) -> None:
    counter = shown(f"de: action\nvue: compteur\n{keys}").view
    assert isinstance(counter, Counter)
    assert counter.text == text


def test_a_counter_by_value_is_a_table() -> None:
    assert markdown("de: action\nvue: compteur\ngroupe_par: etat\ntitre: Nos actions") == (
        f"**Nos actions** : 4\n\n| {label('etat')} | Nombre |\n| --- | ---: |\n"
        "| Prévue | 2 |\n| Faite | 1 |\n| Non précisé | 1 |"
    )


def test_a_matrix_crosses_two_columns() -> None:
    assert markdown("de: action\nvue: matrice\nlignes: etat\ncolonnes: mots") == (
        f"**{label('etat')} et {label('mots')}**\n\n"
        f"| {label('etat')} / {label('mots')} | été | pain | Non précisé |\n"
        "| --- | --- | --- | --- |\n| Prévue | [Bal](actions/bal.md) |  | [Cours](actions/cours.md) |\n"
        "| Faite | [Atelier pain](actions/atelier.md) | [Atelier pain](actions/atelier.md) |  |\n"
        "| Non précisé |  |  | [Dîner](actions/diner.md) |"
    )


def test_a_matrix_can_count() -> None:
    view = shown("de: action\nvue: matrice\nlignes: etat\ncolonnes: type\ncellule: nombre").view
    assert isinstance(view, Matrix)
    assert [[[value.text for value in cell] for cell in row.cells] for row in view.rows] == [
        [["2"]],
        [["1"]],
        [["1"]],
    ]


def test_a_matrix_has_forty_columns_at_most() -> None:
    many = {f"docs/actions/a{n}.md": f"---\ntitre: A{n}\nplaces: {n}\netat: faite\n---\n" for n in range(200, 250)}
    view = shown("de: action\nou: places >= 200\nvue: matrice\nlignes: etat\ncolonnes: places", **many).view
    assert (len(view.columns), len(view.rows[0].cells)) == (40, 40)
    assert view.more == "Il y a aussi 10 colonnes qui ne tiennent pas ici."


# --- Types that differ ----------------------------------------------------------------------------------------------

OTHER = """\
type: autre
label: {one: autre, many: autres}
fields:
  titre: text
  etat: {type: choice, of: {faite: "Terminée", perdue: "Perdue"}}
  jour: text
  places: {type: duration}
  lieu: {type: reference, to: etape}
  dates: month
"""


def test_types_that_use_a_name_differently_are_shown_side_by_side() -> None:
    others = {
        "docs/autres/_type.yml": OTHER,
        "docs/autres/x.md": (
            "---\ntitre: X\netat: perdue\njour: un jour\nplaces: 3 jours\nlieu: agir\ndates: 2026-05\n---\n"
        ),
    }
    block = "de: [action, autre]\nvue: tableau\ncolonnes: [titre, etat, jour, places, lieu, dates]\n"
    block += "tri: {0}\ngroupe_par: {0}"
    for column in ("etat", "jour", "places", "lieu", "dates"):
        view = entries(block.format(column), **others)
        (x,) = [entry for group in view.groups for entry in group.entries if entry.page.text == "X"]
        assert [cell.text if cell else "" for cell in x.cells[1:5]] == ["Perdue", "un jour", "3 jours", "Agir"]
    assert titles(entries("de: [action, autre]\nou: etat = perdue or places = 8", **others)) == [
        ["Atelier pain", "X"]
    ]
    assert titles(entries("de: [action, autre]\nou: lieu = agir or lieu = Dax", **others)) == [["Bal", "X"]]


# --- Hostile titles, many pages -------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "a | b",
    "[lien](javascript:alert(1))",
    "**gras** _et_ `code`",
    "![x](y) {.z #t onclick=1}",
    "# titre",
    "مرحبا \u202e renversé",
    "essaim-vue-" + "0" * 32,
    "&lt;b&gt; &amp; {{ cae.x }}",
    '" onmouseover="alert(1)',
)


@pytest.mark.parametrize(
    "vue", ["liste", "tableau", "cartes", "matrice\nlignes: titre", "compteur\ngroupe_par: titre"]
)
def test_a_hostile_title_stays_a_text(vue: str) -> None:
    quoted = {
        f"docs/actions/h{n}.md": f"---\ntitre: '{title}'\nlieu: '{title}'\n---\n" for n, title in enumerate(HOSTILE)
    }
    keys = {"liste": "colonnes: [lieu]\ngroupe_par: lieu", "matrice\nlignes: titre": "colonnes: lieu"}.get(vue, "")
    text = markdown(f"de: action\nou: lieu = titre\nvue: {vue}\n{keys}", **quoted)
    html = Markdown(extensions=["tables", "attr_list", "md_in_html"]).convert(text)
    assert not re.search(r"<(script|img|code|em|h1)\b|javascript:a[^&<]*\"|onmouseover=\"|onclick=", html)
    said = " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
    assert all(word in said for word in ("alert(1)", "**gras** _et_ `code`", "# titre", "a | b", "![x](y)"))
    widths = {line.count("<td") + line.count("<th") for line in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)}
    assert len(widths) <= 1


def test_of_ten_thousand_pages_a_list_shows_the_first_thousand_and_says_so() -> None:
    many = {
        f"docs/actions/a{n}.md": f"---\ntitre: A{n}\nplaces: {n}\netape: agir\nmots: [m{n % 7}]\n---\n"
        for n in range(10_000)
    }
    site = site_with("de: action\nou: places >= 0\ntri: -places\ngroupe_par: mots", **many)
    view = page_inputs(site.graph.pages[PATH], site).views[0].view
    assert [group.count for group in view.groups] == ["2 fiches", "1429 fiches"]
    assert [len(group.entries) for group in view.groups] == [2, 998]
    assert view.groups[1].entries[0].page.text == "A9996"
    assert view.more == "Et 9004 autres."


# --- What the public is not shown -----------------------------------------------------------------------------------

KINDS = (
    "vue: liste\ntri: -rang",
    "vue: liste\ncolonnes: [choix, lien, suivi, cache, noms, secret, suivi.cachee]",
    "vue: tableau\ncolonnes: [titre, rang, lien.cache, vu_par, notes, tenu, cite, cite_par]\ntri: secret",
    "vue: tableau\ntri: [cache, -suivi.cachee, lien]",
    "vue: cartes\ngroupe_par: cache",
    "vue: liste\ngroupe_par: secret",
    "vue: liste\ngroupe_par: lien\ntri: vu_par.rang",
    "vue: liste\ngroupe_par: suivi.cachee\npour_chaque: suivi\ntri: suivi.note",
    "vue: tableau\npour_chaque: suivi\ncolonnes: [suivi, suivi.qui, suivi.cachee]",
    "vue: compteur\nchamp: cache\ncalcul: nombre",
    "vue: compteur\ngroupe_par: tenu",
    "vue: compteur\ngroupe_par: lien.type",
    "vue: matrice\nlignes: choix\ncolonnes: cache",
    "vue: matrice\nlignes: lien\ncolonnes: vu_par\ncellule: nombre",
    "vue: graphique\ngroupe_par: cite_par\nchamp: rang\ncalcul: somme",
    "vue: jauge\nparmi: lien",
    "de: note\nvue: compteur",
    "de: [fiche, note]\nvue: liste\ntri: -titre\nlimite: 2",
)


@settings(
    derandomize=True,
    max_examples=120,
    deadline=None,
    phases=[Phase.generate],  # a failure shows the view: shrinking would take minutes and say little more
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    wiki=wikis,
    kinds=st.lists(st.sampled_from(KINDS), min_size=4, max_size=6, unique=True),
    asked=st.lists(conditions, min_size=6, max_size=6),
    draft=st.booleans(),
)
def test_the_public_sees_what_it_would_if_the_rest_had_never_been_written(
    wiki: Wiki, kinds: list[str], asked: list[str], draft: bool
) -> None:
    shown_wiki, hidden = seen_by_all(wiki)
    blocks = [f"{kind}\nou: '{text}'" for kind, text in zip(kinds, asked, strict=False)] + kinds
    body = "".join(f"```requete\n{block}\n```\n\n" for block in blocks)
    pages = {"docs/page.md": f"# Page\n\n{body}"}
    left_out = frozenset({0}) if draft else frozenset()
    whole = read_wiki({**files(wiki), **pages}, TODAY)
    less = read_wiki({**files(shown_wiki, left_out=hidden | left_out), **pages}, TODAY)
    site = replace(site_of(whole, Audience.PUBLIC), left_out={path(wiki, n) for n in left_out})
    views = page_inputs(whole.graph.pages[PATH], site).views
    expected = page_inputs(less.graph.pages[PATH], site_of(less, Audience.PUBLIC)).views
    for block, view, other in zip(blocks, views, expected, strict=True):
        assert f"{block}\n{view.kind}\n{view.view}" == f"{block}\n{other.kind}\n{other.view}"


RESERVED = """\
type: ouvert
label: {one: fiche, many: fiches}
fields:
  titre: text
  public: {type: choice, of: {a: "Lettre A"}}
  cle: {type: text, visibility: members, label: CANARI}
  choix: {type: choice, of: {a: CANARI}, visibility: members, label: CANARI}
  nombre: {type: integer, visibility: members, label: CANARI}
  lien: {type: reference, to: ouvert, visibility: members, inverse: {name: tenu, label: CANARI}, label: CANARI}
  suivi: {type: group, many: true, fields: {quoi: text, dedans: {type: text, visibility: members, label: CANARI}}}
"""
CLOSED = """\
type: clos
label: {one: CANARI, many: CANARI}
visibility: members
fields:
  titre: text
  public: {type: choice, of: {a: CANARI}, label: CANARI}
  vers: {type: reference, to: ouvert, inverse: {name: venu, label: CANARI}, label: CANARI}
"""


@pytest.mark.parametrize(
    "keys",
    [
        "colonnes: [cle, choix, nombre, lien, tenu, suivi, suivi.dedans, venu, venu.titre, public]",
        "vue: tableau\ncolonnes: [titre, cle, venu, tenu, suivi.dedans]",
        "vue: cartes\ncolonnes: [cle, suivi]\ngroupe_par: cle",
        "vue: tableau\ngroupe_par: venu",
        "vue: liste\npour_chaque: suivi\ncolonnes: [suivi, suivi.dedans]\ngroupe_par: suivi.dedans",
        "vue: matrice\nlignes: cle\ncolonnes: public",
        "vue: matrice\nlignes: public\ncolonnes: venu",
        "vue: compteur\ncalcul: somme\nchamp: nombre",
        "vue: compteur\ngroupe_par: choix",
        "vue: compteur\ngroupe_par: tenu",
        "vue: graphique\ngroupe_par: cle",
        "vue: graphique\ngroupe_par: public\nseries: cle",
        "vue: graphique\ngroupe_par: public\ncalcul: somme\nchamp: nombre",
        "vue: jauge\ncalcul: somme\nchamp: nombre\nsur: 3",
        "vue: jauge\nparmi: cle",
        "vue: liste\ncolonnes: [public]\ngroupe_par: public",
    ],
)
@pytest.mark.parametrize("types", ["ouvert", "[clos, ouvert]", "[ouvert, clos]", "clos", ""])
def test_not_even_the_names_of_fields_for_members_are_told(keys: str, types: str) -> None:
    files_ = {
        "docs/ouverts/_type.yml": RESERVED,
        "docs/clos/_type.yml": CLOSED,
        "docs/ouverts/a.md": (
            "---\ntitre: A\npublic: a\ncle: CANARI\nchoix: a\nnombre: 734\nlien: b\n"
            "suivi: [{quoi: x, dedans: CANARI}]\n---\n"
        ),
        "docs/ouverts/b.md": "---\ntitre: B\npublic: a\n---\n",
        "docs/clos/c.md": "---\ntitre: CANARI\npublic: a\nvers: a\n---\n",
        PATH: f"```requete\n{f'de: {types}' if types else ''}\n{keys}\n```\n",
    }
    wiki = read_wiki(files_)
    seen = {}
    for audience in Audience:
        site = site_of(wiki, audience)
        found = page_inputs(wiki.graph.pages[PATH], site)
        seen[audience] = f"{[view.view for view in found.views]} {found.markdown}"
    assert "CANARI" not in seen[Audience.PUBLIC]
    assert "734" not in seen[Audience.PUBLIC]


def test_members_are_shown_all_of_it() -> None:
    view: Any = None
    files_ = {
        "docs/ouverts/_type.yml": RESERVED,
        "docs/clos/_type.yml": CLOSED,
        "docs/ouverts/a.md": "---\ntitre: A\ncle: CANARI\n---\n",
        "docs/clos/c.md": "---\ntitre: Note\nvers: a\n---\n",
        PATH: "```requete\nde: ouvert\nvue: tableau\ncolonnes: [cle, venu]\n```\n",
    }
    wiki = read_wiki(files_)
    view = page_inputs(wiki.graph.pages[PATH], site_of(wiki, Audience.MEMBERS)).views[0].view
    assert view.columns == ("CANARI", "CANARI")
    assert [cell.text for cell in view.groups[0].entries[0].cells] == ["CANARI", "Note"]
