"""The wiki that ships: complete, clean, and with nobody real in it."""

import re
from datetime import date

import pytest

from essaim.diagnostics import Severity
from essaim.workspace import Analysis, Workspace
from tests.conftest import ROOT

PROCEDURES = {
    "signer-un-cape",
    "passer-du-cape-au-cesa",
    "comprendre-sa-contribution",
    "lire-son-compte",
    "faire-un-devis-et-une-facture",
    "se-faire-rembourser-ses-frais",
    "devenir-associe",
    "quitter-la-cooperative",
    "publier-son-profil",
    "contribuer-au-site",
}


@pytest.fixture(scope="module")
def wiki() -> Analysis:
    return Workspace(ROOT, date(2026, 11, 22)).refresh()


def of_type(wiki: Analysis, name: str) -> dict[str, str]:
    """Return the text of the pages of a type, by id."""
    pages = (page for page in wiki.graph.pages.values() if page.id.type == name)
    return {page.id.id: page.document.source.text for page in pages}


def test_nothing_is_left_to_correct(wiki: Analysis) -> None:
    found = [d for d in wiki.diagnostics if d.severity is not Severity.INFO]
    assert found == []


def test_it_is_large_enough_to_be_a_wiki(wiki: Analysis) -> None:
    assert len(wiki.graph.pages) > 55
    assert sum(len(links.edges) for links in wiki.graph.out.values()) > 250


@pytest.mark.parametrize(
    ("name", "count"),
    [("demarche", 10), ("etape", 6), ("profil", 8), ("groupe", 4), ("competence", 12), ("terme", 15)],
)
def test_each_collection_is_complete(wiki: Analysis, name: str, count: int) -> None:
    assert len(of_type(wiki, name)) >= count


def test_the_ten_procedures_are_there(wiki: Analysis) -> None:
    assert of_type(wiki, "demarche").keys() >= PROCEDURES


def test_people_are_invented_and_say_so(wiki: Analysis) -> None:
    for name, text in of_type(wiki, "profil").items():
        assert "Personne inventée pour la démonstration" in text, name
        assert set(re.findall(r"[\w.+-]+@([\w.-]+)", text)) <= {"exemple.invalid"}, name


def test_what_a_cooperative_decides_stands_in_one_place(wiki: Analysis) -> None:
    for name, text in of_type(wiki, "demarche").items():
        outside = re.sub(r"(?ms)^#{2,4} Exemple.*?(?=^## |\Z)", "", text)
        assert not re.search(r"\d\s*(?:€|%|euros?\b)", outside), name


def test_law_is_cited_with_the_day_it_was_read(wiki: Analysis) -> None:
    for name, text in of_type(wiki, "demarche").items():
        if re.search(r"^portee: (?:loi|mixte)", text, re.MULTILINE):
            assert re.search(r"verifie_le: 20\d\d-\d\d-\d\d", text), name
            assert "fiabilite:" in text, name
