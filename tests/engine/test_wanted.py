"""The pages that links ask for: gathered by name, given a likely type and a place to begin them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from essaim.folding import fold
from essaim.views.audience import Audience
from essaim.views.new_page import check_template
from essaim.views.site import Site
from essaim.views.to_write import wanted_page
from essaim.views.wanted import Wanted, new_page_address
from essaim.workspace import Workspace
from essaim.workspace.site import site_of
from tests.conftest import write_files

TODAY = date(2026, 11, 22)
FORM = "https://forge.exemple.fr/o/r/new/main/{dossier}?filename={fichier}&value={texte}"
TYPES = {
    "mkdocs.yml": "site_name: x\n",
    "docs/_type.yml": "type: page\nlabel: {one: page, many: pages, gender: f}\nfields:\n  titre: {type: text}\n",
    "docs/termes/_type.yml": "type: terme\nlabel: {one: terme, many: termes, gender: m}\n"
    "fields:\n  titre: {type: text, required: true}\n  vu_le: {type: date}\n",
    "docs/termes/_modele.md": "---\ntitre: {{ titre }}\nvu_le: {{ date }}\n---\n\nEn une phrase.\n",
    "docs/termes/cape.md": "---\ntitre: CAPE\n---\n",
    "docs/termes/cesa.md": "---\ntitre: CESA\n---\n",
    "demarches/_type.yml": "type: demarche\nlabel: {one: démarche, many: démarches, gender: f}\n"
    "fields:\n  titre: {type: text}\n",
    "demarches/adherer.md": "---\ntitre: Adhérer\n---\n",
    "docs/prive/_type.yml": "type: avis\nvisibility: members\nfields:\n  titre: {type: text}\n",
}


def site(root: Path, files: Mapping[str, str], audience: Audience = Audience.PUBLIC, **options: str | bool) -> Site:
    analysis = Workspace(write_files(root, {**TYPES, **files}), TODAY).refresh()
    return site_of(analysis, audience, **options)  # type: ignore[arg-type]


def wanted(root: Path, *bodies: str, audience: Audience = Audience.PUBLIC) -> list[Wanted]:
    files = {f"docs/p{number}.md": body for number, body in enumerate(bodies)}
    return list({one.anchor: one for one in site(root, files, audience).wanted.values()}.values())


class TestGathering:
    def test_the_most_wanted_comes_first(self, tmp_path: Path) -> None:
        found = wanted(tmp_path, "[[alpha]] [[alpha]] [[bêta]]", "[[bêta]]", "rien")
        assert [(one.title, one.pages, one.count) for one in found] == [
            ("Bêta", ("docs/p0.md", "docs/p1.md"), 2),
            ("Alpha", ("docs/p0.md",), 2),
        ]

    @pytest.mark.parametrize(
        "others",
        ["[[ecole d'ete]]", "[[ÉCOLE D’ÉTÉ#Dates|là]]", "![[École d'été]]", "[[École-d'été.md]]", "[[École  d'été]]"],
    )
    def test_a_name_written_otherwise_is_the_same_page(self, tmp_path: Path, others: str) -> None:
        (one,) = wanted(tmp_path, "[[École d'été]]", "[[École d'été]]", others)
        assert (one.title, len(one.pages)) == ("École d'été", 3)

    def test_inclusive_forms_are_one_page(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path, "[[coopérateur·trice]]", "[[coopératrice]]", "[[coopérateur.trice]]")
        assert one.count == 3

    def test_a_type_in_one_link_speaks_for_the_others(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path, "[[adhésion]]", "[[demarche/adhésion]]", "[[demarches/adhésion]]")
        assert (one.title, one.type.name, one.path) == ("Adhésion", "demarche", "demarches/adhesion.md")

    def test_two_types_are_two_pages_with_rows_of_their_own(self, tmp_path: Path) -> None:
        found = wanted(tmp_path, "[[demarche/adhésion]]", "[[terme/adhésion]]")
        assert {(one.type.name, one.path) for one in found} == {
            ("demarche", "demarches/adhesion.md"),
            ("terme", "docs/termes/adhesion.md"),
        }
        assert len({one.anchor for one in found}) == 2

    def test_a_slash_that_names_no_type_is_part_of_the_title(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path, "[[ouvert 24/7]]")
        assert (one.title, one.type.name) == ("Ouvert 24/7", "page")

    def test_an_id_becomes_words_that_give_the_same_id(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path, "[[faire-un-devis]] et [[faire-un-devis]]")
        assert (one.title, one.path) == ("Faire un devis", "docs/faire-un-devis.md")

    def test_a_missing_file_is_no_page_to_write(self, tmp_path: Path) -> None:
        assert wanted(tmp_path, "![[photo.png]] [[bilan.odt]] [page](absente.md)") == []

    def test_once_written_a_page_is_no_longer_wanted(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path / "a", "[[École d'été]]")
        files = {"docs/p0.md": "[[École d'été]]", one.path: f"# {one.title}\n"}
        assert not site(tmp_path / "b", files).wanted


MEMBERS = {"docs/prive/a.md": "[[CANARI]] [[partagé]]", "docs/b.md": "[[partagé]]"}


class TestAudience:
    def test_the_public_does_not_see_what_members_want(self, tmp_path: Path) -> None:
        seen = site(tmp_path, MEMBERS)
        assert "CANARI" not in repr(wanted_page(seen))
        assert seen.wanted[fold("partagé")].pages == ("docs/b.md",)

    def test_members_see_it(self, tmp_path: Path) -> None:
        seen = site(tmp_path, MEMBERS, Audience.MEMBERS)
        assert seen.wanted[fold("canari")].pages == ("docs/prive/a.md",)
        assert seen.wanted[fold("partagé")].count == 2

    def test_the_public_is_not_told_of_a_type_for_members(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path, "[[avis/budget]]")
        assert (one.type.name, one.path) == ("page", "docs/budget.md")

    def test_a_page_with_errors_asks_for_nothing(self, tmp_path: Path) -> None:
        files = {"docs/termes/x.md": "---\ntitr: X\n---\n[[CANARI]]\n"}
        assert not site(tmp_path, files).wanted


class TestLikelyType:
    def test_each_page_votes_for_what_it_links_to_most(self, tmp_path: Path) -> None:
        terms = "[[x]] [[cape]] [[cesa]] [[adherer]]"
        (one,) = wanted(tmp_path, terms)
        assert (one.type.name, one.path) == ("terme", "docs/termes/x.md")

    def test_a_page_that_links_to_the_same_page_often_counts_it_once(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path, "[[x]] [[adherer]] [[adherer]] [[adherer]] [[cape]] [[cesa]]")
        assert one.type.name == "terme"

    def test_a_long_page_has_one_vote(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path, "[[x]] [[cape]] [[cesa]]", "[[x]] [[adherer]]", "[[x]] [[adherer]]")
        assert one.type.name == "demarche"

    def test_without_any_vote_it_is_a_plain_page(self, tmp_path: Path) -> None:
        (one,) = wanted(tmp_path, "[[x]]")
        assert (one.type.name, one.path) == ("page", "docs/x.md")


class TestBeginning:
    def test_a_form_opens_with_the_place_the_name_and_the_first_text(self, tmp_path: Path) -> None:
        seen = site(tmp_path, {"docs/a.md": "[[terme/Part sociale & co]]"}, new_page=FORM)
        address = urlsplit(new_page_address(seen, "terme/Part sociale & co").address)
        assert address.path == "/o/r/new/main/docs/termes"
        assert parse_qs(address.query) == {
            "filename": ["part-sociale-co.md"],
            "value": ['---\ntitre: "Part sociale & co"\nvu_le: 2026-11-22\n---\n\nEn une phrase.\n'],
        }

    def test_every_word_of_a_template_is_replaced_and_encoded(self, tmp_path: Path) -> None:
        template = "/creer?t={type}&d={dossier}&f={fichier}&c={chemin}&n={titre}"
        seen = site(tmp_path, {"docs/a.md": "[[terme/L'été]]"}, new_page=template)
        expected = "/creer?t=terme&d=docs/termes&f=l-ete.md&c=docs/termes/l-ete.md&n=L%27%C3%A9t%C3%A9"
        assert new_page_address(seen, "terme/L'été").address == expected

    def test_a_first_text_too_long_for_an_address_is_left_out(self, tmp_path: Path) -> None:
        files = {"docs/a.md": "[[terme/x]]", "docs/termes/_modele.md": "é" * 2000}
        address = new_page_address(site(tmp_path, files, new_page=FORM), "terme/x").address
        assert address == "https://forge.exemple.fr/o/r/new/main/docs/termes?filename=x.md&value="

    def test_without_a_form_a_link_leads_to_its_row(self, tmp_path: Path) -> None:
        seen = site(tmp_path, {"docs/a.md": "[[École d'été]]"})
        assert new_page_address(seen, "école d’ÉTÉ") == ("", "docs/a-ecrire.md", "ecole-d-ete")
        assert "ecole-d-ete" in wanted_page(seen).listings[0].anchors

    def test_without_a_list_either_it_leads_nowhere(self, tmp_path: Path) -> None:
        files = {"docs/a.md": "[[x]] [[photo.png]]"}
        assert new_page_address(site(tmp_path, files, lists_wanted=False), "x") == ("", "", "")
        assert new_page_address(site(tmp_path / "b", files), "photo.png") == ("", "", "")

    def test_the_list_tells_the_command_when_there_is_no_form(self, tmp_path: Path) -> None:
        (row,) = wanted_page(site(tmp_path, {"docs/a.md": '[[terme/Le "bon" prix]]'})).listings[0].rows
        assert [[value.text for value in cell] for cell in row] == [
            ['Le "bon" prix'],
            ["terme"],
            ["a"],
            ['essaim new terme "Le \\"bon\\" prix"'],
        ]
        assert row[2][0].page == "docs/a.md"

    @pytest.mark.parametrize(
        "template", [FORM, "/nouveau?type={type}", "http://localhost:8000/{chemin}", "https://a.fr"]
    )
    def test_sound_templates(self, template: str) -> None:
        assert check_template(template) == ""

    @pytest.mark.parametrize(
        ("template", "problem"),
        [
            ("javascript:alert(1)//{type}", "https://"),
            ("//ailleurs.fr/{type}", "https://"),
            ("nouveau?t={type}", "https://"),
            ("https://a.fr/{titre}/{auteur}", "{auteur}"),
            ('https://a.fr/"onclick="x', "guillemet"),
            ("https://a.fr/ {type}", "espace"),
        ],
    )
    def test_unsound_templates(self, template: str, problem: str) -> None:
        assert problem in check_template(template)


def test_nothing_wanted_says_so(tmp_path: Path) -> None:
    page = wanted_page(site(tmp_path, {"docs/a.md": "[[cape]]"}))
    assert page.listings[0].rows == ()
    assert page.empty == "Rien à écrire pour le moment : tous les liens mènent à une page."
