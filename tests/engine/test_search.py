"""What is searched of a page, for whom, and when two words are the same word."""

from typing import Any

import pytest
import yaml

from essaim.views.audience import Audience
from essaim.views.search.filters import KIND, PLACE, USUAL, load_filters, possible_filters
from essaim.views.search.meanings import Meanings
from essaim.views.search.records import Record, headings_of, page_record, text_of
from essaim.views.search.vocabulary import Vocabulary, words_of
from essaim.views.search.words import other_forms, readings
from essaim.views.site import Site
from essaim.workspace.site import site_of
from tests.conftest import ROOT, read_wiki

CASES = yaml.safe_load((ROOT / "tests/recherche/mots.yml").read_text("utf-8"))
WIKI = {
    "docs/termes/_type.yml": (
        "type: terme\nlabel: {one: terme, many: termes}\nglossary: {acronym: sigle}\n"
        "fields:\n  titre: {type: text}\n  sigle: {type: text}\n"
    ),
    "docs/termes/tva.md": "---\ntitre: Taxe sur la valeur ajoutée (TVA)\nsigle: TVA\n---\n",
    "docs/termes/a.md": "---\ntitre: Assemblée annuelle\nsigle: AA\n---\n",
    "docs/termes/b.md": "---\ntitre: Avis annuel\nsigle: AA\n---\n",
    "docs/secrets/_type.yml": (
        "type: secret\nlabel: {one: secret, many: secrets}\nvisibility: members\nglossary: {acronym: sigle}\n"
        "fields:\n  titre: {type: text}\n  sigle: {type: text}\n"
    ),
    "docs/secrets/cs.md": "---\ntitre: Caisse secrète\nsigle: CS\n---\n",
    "docs/competences/_type.yml": (
        "type: competence\nlabel: {one: compétence, many: compétences}\nfields: {titre: {type: text}}\n"
    ),
    "docs/competences/tri.md": "---\ntitre: Trier\n---\n",
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text}
  resume: {type: text}
  alias: {type: text, many: true, visibility: members}
  lieu: {type: territory, many: true, label: Lieu}
  cache: {type: territory, visibility: members}
  humeur: {type: choice, of: {bonne: Bonne humeur, autre: Autre}, label: Humeur}
  sait:
    type: group
    many: true
    fields: {quoi: {type: reference, to: [competence, secret]}, note: {type: text}}
""",
    "docs/fiches/ana.md": (
        "---\ntitre: Ana\nresume: Coopérateur·trice.\nalias: [Anouk]\nlieu: ['D:73', 'D:26']\ncache: 'D:38'\n"
        "humeur: bonne\nsait: [{quoi: tri}, {quoi: cs}]\n---\n"
    ),
    "docs/fiches/ratee.md": "---\ntitre: Ratée\nhumeur: inconnue\n---\n",
}


def wiki(audience: Audience) -> Site:
    return site_of(read_wiki(WIKI), audience)


def record(name: str, audience: Audience = Audience.PUBLIC, html: str = "", filters: Any = USUAL) -> Record | None:
    site = wiki(audience)
    asked = load_filters(filters, site.schema, audience)
    return page_record(site.graph.pages[f"docs/{name}.md"], site, html, asked, Meanings(site))


def found(name: str, audience: Audience = Audience.PUBLIC, html: str = "", filters: Any = USUAL) -> Record:
    one = record(name, audience, html, filters)
    assert one is not None
    return one


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_words_are_read_as_the_table_says(case: dict[str, Any]) -> None:
    assert [list(reading) for reading in readings(case["text"])] == case["words"]


def test_words_whose_letters_do_not_show_are_added() -> None:
    text = "L'un·e des salarié·e·s met du cœur, et CAPE/CESA reste."
    assert other_forms(text) == ("un", "une", "salaries", "salariees", "coeur")


def test_a_page_is_found_by_what_its_audience_sees() -> None:
    ana = found("fiches/ana", html="<p>Un·e associé·e</p>")
    assert (ana.title, ana.kind, ana.summary) == ("Ana", "fiche", "Coopérateur·trice.")
    assert ana.names == ()
    assert {"cooperatrice", "associee"} <= set(ana.forms)
    assert found("fiches/ana", Audience.MEMBERS).names == ("Anouk",)


def test_a_page_for_members_or_with_errors_is_not_searched() -> None:
    assert record("secrets/cs") is None
    assert record("secrets/cs", Audience.MEMBERS) is not None
    assert record("fiches/ratee") is None
    assert record("fiches/ratee", Audience.MEMBERS) is None


def test_an_acronym_is_a_name_of_the_page_that_explains_it() -> None:
    assert found("termes/tva").names == ("TVA",)


def test_a_page_is_found_by_what_its_acronyms_stand_for_and_back() -> None:
    said = "<p>La TVA.</p>"
    assert found("fiches/ana", html=said).meanings == ("Taxe sur la valeur ajoutée",)
    assert found("fiches/ana", html="<p>La taxe sur la\nvaleur ajoutee</p>").meanings == ("TVA",)
    assert found("fiches/ana", html="<p>Rien, AA.</p>").meanings == ()


def test_the_glossary_of_members_tells_the_public_nothing() -> None:
    text = "<p>CS, caisse secrète.</p>"
    assert found("fiches/ana", html="<p>CS</p>").meanings == ()
    assert found("fiches/ana", html=text).meanings == ()
    assert found("fiches/ana", Audience.MEMBERS, "<p>CS</p>").meanings == ("Caisse secrète",)


def test_results_are_narrowed_by_kind_place_and_named_pages() -> None:
    values = dict(found("fiches/ana").filters)
    assert values == {KIND: ("Fiche",), PLACE: ("Drôme (26)", "Savoie (73)"), "competence": ("Trier",)}


def test_hidden_fields_and_pages_are_no_filter_for_the_public() -> None:
    names = (PLACE, "secret", "cache")
    assert dict(found("fiches/ana", filters=names).filters) == {PLACE: ("Drôme (26)", "Savoie (73)")}
    seen = dict(found("fiches/ana", Audience.MEMBERS, filters=names).filters)
    assert seen["secret"] == ("Caisse secrète",)
    assert "Isère (38)" in seen[PLACE]


def test_a_field_may_be_a_filter_under_its_label() -> None:
    schema = wiki(Audience.PUBLIC).schema
    asked = load_filters([KIND, "humeur", "titre", "etape"], schema, Audience.PUBLIC)
    assert [(one.name, one.label) for one in asked.values()] == [(KIND, "Type de page"), ("humeur", "Humeur")]
    assert dict(found("fiches/ana", filters=["humeur"]).filters) == {"humeur": ("Bonne humeur",)}
    assert {KIND, PLACE, "humeur", "competence"} <= possible_filters(schema)


def test_known_words_are_written_as_pages_do_those_of_most_pages_first() -> None:
    vocabulary = Vocabulary()
    vocabulary.add(words_of(["L'activité, un an", "activite"]))
    vocabulary.add(words_of(["Remboursement·s d'activité", "mi-temps 2026"]))
    assert vocabulary.text() == "activité\nremboursements\ntemps\n"


def test_the_words_of_html_are_what_it_shows() -> None:
    html = (
        '<h1>T</h1><p>Un <b>mot</b> &amp; un</p><h2 id="a">Deux <i>fois</i><a class="headerlink" href="#a">¶</a></h2>'
    )
    assert text_of("<p>Un <b>mot</b> &amp; un</p>").split() == ["Un", "mot", "&", "un"]
    assert [heading.split() for heading in headings_of(html)] == [["Deux", "fois"]]
