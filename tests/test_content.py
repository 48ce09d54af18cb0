"""The wiki that ships: complete, clean, and with nobody real in it."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from essaim.diagnostics import Severity
from essaim.graph.query import Item, Query
from essaim.schema.conditions import FieldPath
from essaim.views.audience import Audience
from essaim.workspace import Analysis, Change, Workspace, analyze
from essaim.workspace.site import site_of
from tests.conftest import ROOT

PROCEDURES = set(
    """
    decouvrir-et-candidater verifier-mon-activite signer-un-cape reussir-ses-trois-premiers-mois
    garder-ses-allocations passer-du-cape-au-cesa preparer-ses-entretiens fixer-sa-remuneration
    comprendre-sa-contribution lire-son-compte faire-un-devis-et-une-facture factures-electroniques
    facturer-une-administration relancer-un-impaye fournir-des-attestations repondre-a-un-marche
    se-faire-rembourser-ses-frais acheter-et-investir s-assurer-et-declarer-un-sinistre poser-ses-conges
    etre-en-arret-maladie declarer-un-accident-du-travail se-former vendre-de-la-formation exercer-a-plusieurs
    devenir-associe decider-par-consentement quitter-la-cooperative publier-son-profil parrainer
    proposer-une-formation repondre-a-un-appel-a-projets demander-une-avance contribuer-au-site
    """.split()
)
TODAY = date(2026, 11, 27)
"""The day of the demonstration."""


@pytest.fixture(scope="module")
def wiki() -> Analysis:
    return Workspace(ROOT, TODAY).refresh()


def of_type(wiki: Analysis, name: str) -> dict[str, str]:
    """Return the text of the pages of a type, by id."""
    pages = (page for page in wiki.graph.pages.values() if page.id.type == name)
    return {page.id.id: page.document.source.text for page in pages}


def test_nothing_is_left_to_correct(wiki: Analysis) -> None:
    found = [d for d in wiki.diagnostics if d.severity is not Severity.INFO]
    assert found == []


def test_it_is_large_enough_to_be_a_wiki(wiki: Analysis) -> None:
    assert len(wiki.graph.pages) > 500
    assert sum(len(links.edges) for links in wiki.graph.out.values()) > 3000


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("demarche", 34),
        ("etape", 6),
        ("profil", 58),
        ("groupe", 12),
        ("competence", 30),
        ("terme", 60),
        ("compte-rendu", 24),
        ("decision", 15),
        ("regle", 9),
        ("action", 20),
        ("evenement", 20),
        ("formation", 10),
        ("appel", 8),
        ("annonce", 7),
        ("ressource", 12),
        ("structure", 14),
        ("outil", 8),
        ("question", 14),
        ("indicateur", 6),
        ("financement", 15),
        ("temoignage", 8),
        ("retour", 10),
        ("dossier", 3),
        ("document", 5),
    ],
)
def test_each_collection_is_complete(wiki: Analysis, name: str, count: int) -> None:
    assert len(of_type(wiki, name)) >= count


def test_the_thirty_four_procedures_are_there(wiki: Analysis) -> None:
    assert len(PROCEDURES) == 34
    assert of_type(wiki, "demarche").keys() == PROCEDURES


def test_people_are_invented_and_say_so(wiki: Analysis) -> None:
    for name, text in of_type(wiki, "profil").items():
        assert "inventée pour la démonstration" in text, name
        assert set(re.findall(r"[\w.+-]+@([\w.-]+)", text)) <= {"exemple.invalid"}, name


def test_what_a_cooperative_decides_stands_in_one_place(wiki: Analysis) -> None:
    for name, text in of_type(wiki, "demarche").items():
        outside = re.sub(r"(?ms)^#{2,4} Exemple.*?(?=^## |\Z)", "", text)
        assert not re.search(r"\d\s*(?:€|%|euros?\b)", outside), name


def test_law_is_cited_by_the_names_of_texts_that_are_written_once(wiki: Analysis) -> None:
    for name, text in of_type(wiki, "demarche").items():
        if re.search(r"^portee: (?:loi|mixte)", text, re.MULTILINE):
            assert re.search(r"^references: \[[a-z]", text, re.MULTILINE), name
    rows = (ROOT / "docs/_references.yml").read_text("utf-8").splitlines()
    assert [
        row for row in rows if row[:1].isalpha() and not re.search(r"verifie_le: 20\d\d-.*fiabilite: ", row)
    ] == []


def test_the_essential_of_a_procedure_takes_a_minute(wiki: Analysis) -> None:
    """At 200 words a minute, and a little more for variables and links."""
    for name, text in of_type(wiki, "demarche").items():
        essential = re.search(r"^## L'essentiel\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)
        assert essential is not None, name
        assert 30 < len(essential[1].split()) < 200, name


def values(wiki: Analysis, kind: str, path: str) -> dict[str, list[Any]]:
    """Return what the pages of a type hold at a path of fields, computed ones too, by id."""
    query = Query(graph=wiki.graph, today=TODAY)
    pages = (page for page in wiki.graph.pages.values() if page.id.type == kind)
    return {page.id.id: list(query.values(Item(page), FieldPath(tuple(path.split("."))))) for page in pages}


def test_decisions_of_the_year_take_every_turn(wiki: Analysis) -> None:
    """Blocked by an objection then amended, by a veto, replaced, withdrawn, open; one whose review is late."""
    situations = values(wiki, "decision", "situation")
    assert situations["temps-contributif-compense"] == ["a_revoir"]
    assert situations["sous-location-du-siege"] == ["bloquee"]
    assert situations["notes-de-frais-2024"] == ["remplacee"]
    assert {turn for turns in situations.values() for turn in turns} >= {"en_vigueur", "ouverte", "retiree"}
    assert values(wiki, "decision", "objections.issue")["temps-contributif-compense"] == ["integree"]
    assert values(wiki, "decision", "amendements")["temps-contributif-compense"]
    assert values(wiki, "decision", "veto.motif")["sous-location-du-siege"]


def test_trainings_and_calls_turn_by_themselves(wiki: Analysis) -> None:
    trainings = {turn for turns in values(wiki, "formation", "situation").values() for turn in turns}
    assert trainings >= {"proposee", "confirmee", "programmee", "faite", "abandonnee"}
    seats, needed = values(wiki, "formation", "interessees"), values(wiki, "formation", "seuil")
    for name, turns in values(wiki, "formation", "situation").items():
        if turns in (["proposee"], ["confirmee"]):
            assert (seats[name] >= needed[name]) == (turns == ["confirmee"]), name
    calls = values(wiki, "appel", "situation")
    assert {turn for turns in calls.values() for turn in turns} == {"ouvert", "permanent", "clos"}
    later = Query(graph=wiki.graph, today=date(2028, 1, 1))
    pages = [page for page in wiki.graph.pages.values() if page.id.type == "appel"]
    turned = {turn for page in pages for turn in later.values(Item(page), FieldPath(("situation",)))}
    assert turned == {"permanent", "clos"}


def test_public_money_stays_under_the_rule(wiki: Analysis) -> None:
    shares = values(wiki, "exercice", "part_publique")
    assert len(shares) >= 3
    assert all(0 < share < 50 for found in shares.values() for share in found)


def test_a_page_that_cites_what_no_longer_holds_is_flagged(wiki: Analysis) -> None:
    flagged = {d.path for d in wiki.diagnostics if d.code == "ES502"}
    assert len(flagged) >= 2


def test_witnesses_agreed_and_newcomers_have_somebody(wiki: Analysis) -> None:
    assert all(found for found in values(wiki, "temoignage", "consentement.date").values())
    guided = values(wiki, "profil", "parraine_par")
    assert sum(bool(found) for found in guided.values()) >= 8
    reminded = [name for name, found in values(wiki, "profil", "rappel").items() if found == ["a_renouveler"]]
    assert 1 <= len(reminded) <= 5


def test_some_knowledge_hangs_on_one_person(wiki: Analysis) -> None:
    known = {turn for turns in values(wiki, "demarche", "savoir").values() for turn in turns}
    assert known == {"personne", "une", "plusieurs"}


def test_who_left_is_named_nowhere(wiki: Analysis) -> None:
    gone = [name for name, found in values(wiki, "profil", "statut").items() if found == ["ancien"]]
    assert len(gone) >= 2
    assert all(found for found in (values(wiki, "profil", "role_passe")[name] for name in gone))


def test_the_two_sites_differ_as_the_types_declare(wiki: Analysis) -> None:
    """The members' site has the pages of reserved types besides those of the public one, and nothing else differs."""
    public, members = (site_of(wiki, audience) for audience in (Audience.PUBLIC, Audience.MEMBERS))
    only = {path for path in wiki.graph.pages if members.sees(path) and not public.sees(path)}
    assert only == {path for path, page in wiki.graph.pages.items() if page.type.visibility == "members"}
    assert {path.split("/")[1] for path in only} == {"tableaux"}
    assert {path for path in wiki.graph.pages if not members.sees(path)} == set()
    reserved = {
        f"{t.name}.{f.path}" for t in wiki.schema.types.values() for f in t.all_fields() if f.visibility == "members"
    }
    assert reserved >= {"profil.contact", "profil.consentements", "compte-rendu.participants", "demarche.savoir"}


@pytest.mark.parametrize("lot", ["vie", "echanges", "transparence"])
def test_a_lot_that_is_left_out_is_nowhere(lot: str) -> None:
    """The four lots share out all types; without one, the home page still leads somewhere."""
    workspace = Workspace(ROOT, TODAY)
    whole = workspace.refresh()
    assert {t.lot for t in whole.schema.types.values() if t.lot} == {
        "socle", "vie", "echanges", "transparence"
    }  # fmt: skip
    left = replace(whole.layout, without_lots=(lot,))
    changes = [Change(path=path, source=source) for path, source in whole.sources.items()]
    site = site_of(analyze(changes, left, TODAY), Audience.MEMBERS)
    hidden = {path for path in whole.graph.pages if not site.sees(path)}
    assert hidden >= {path for path, page in whole.graph.pages.items() if page.type.lot == lot}
    assert "docs/index.md" not in hidden
    assert site.indexes
