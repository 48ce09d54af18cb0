"""The pages around a page: which, under what label, in what order, for whom, and where the drawing puts them."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from essaim.views.audience import Audience
from essaim.views.diagram import RELATIONS, Diagram, draw
from essaim.views.inputs import page_inputs
from essaim.views.neighbourhood import Neighbourhood, share
from essaim.workspace import Workspace
from essaim.workspace.site import site_of
from tests.conftest import write_files

TODAY = date(2026, 11, 22)
TYPES = {
    "mkdocs.yml": "site_name: x\n",
    "docs/index.md": "# Accueil\n\n[[levain]], [[pain]]\n",
    "docs/recettes/_type.yml": """\
type: recette
label: {one: recette, many: recettes, gender: f}
fields:
  titre: {type: text}
  demande: {type: reference, to: recette, many: true, label: Demande, inverse: {name: sert, label: Sert à faire}}
  essais:
    type: group
    many: true
    label: Déjà faite par
    fields:
      qui: {type: reference, label: Qui, inverse: {name: a_fait, label: A déjà fait}}
  secret: {type: reference, many: true, visibility: members, label: Secret, inverse: {name: su, label: Su de}}
  voir: {type: reference, many: true, label: Voir aussi, inverse: {name: vu, label: Voir aussi}}
""",
    "docs/reserve/_type.yml": "type: reserve\nvisibility: members\nfields:\n  titre: {type: text}\n"
    "  de: {type: reference, label: De, inverse: {name: r, label: Réserves}}\n",
}
PAGES = {
    "docs/recettes/levain.md": "---\ntitre: Levain\n---\n",
    "docs/recettes/eau.md": "---\ntitre: Eau\nvoir: [pain]\n---\n",
    "docs/recettes/ada.md": "---\ntitre: Ada\n---\n",
    "docs/recettes/pain.md": "---\ntitre: Pain\ndemande: [levain, eau]\nessais:\n  - {qui: ada}\n"
    "secret: [ada]\nvoir: [brioche]\n---\n\n[[levain]], [[conserve]], [[brioche]], [[tourte]], [[caisse]]\n",
    "docs/recettes/brioche.md": "---\ntitre: Brioche\ndemande: [levain]\n---\n",
    "docs/recettes/conserve.md": "---\ntitre: Conserve\nsecret: [pain]\n---\n\n[[pain]]\n",
    "docs/recettes/tourte.md": "---\ntitre: Tourte\ndemande: [pain]\n---\n",
    "docs/reserve/caisse.md": "---\ntitre: Caisse\nde: pain\n---\n\n[[levain]]\n",
}


def around(root: Path, page: str, audience: Audience = Audience.PUBLIC) -> Neighbourhood | None:
    site = site_of(Workspace(root, TODAY).refresh(), audience)
    return page_inputs(site.graph.pages[f"docs/recettes/{page}.md"], site).neighbourhood


def groups(near: Neighbourhood | None) -> dict[str, list[str]]:
    assert near is not None
    return {group.label: [page.title for page in group.pages] for group in near.groups}


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    return write_files(tmp_path, TYPES | PAGES)


def test_both_directions_by_relation_fields_first_and_what_is_only_a_link_last(wiki: Path) -> None:
    assert list(groups(around(wiki, "pain")).items()) == [
        ("Sert à faire", ["Tourte"]),
        ("Voir aussi", ["Eau", "Brioche"]),
        ("Demande", ["Levain", "Eau"]),
        ("Déjà faite par", ["Ada"]),
        ("Cité dans", ["Accueil", "Conserve"]),
        ("Cite", ["Conserve", "Tourte"]),
    ]


def test_members_see_their_fields_and_pages_too(wiki: Path) -> None:
    public, members = around(wiki, "pain"), groups(around(wiki, "pain", Audience.MEMBERS))
    assert members["Secret"] == ["Ada"]
    assert members["Su de"] == ["Conserve"]
    assert members["Réserves"] == ["Caisse"]
    for hidden in ("Secret", "Su de", "Réserves", "Caisse"):
        assert hidden not in repr(public)
    assert "Caisse" not in repr(around(wiki, "levain"))


def test_a_page_counts_once_however_many_relations_it_has(wiki: Path) -> None:
    near = around(wiki, "pain")
    assert near is not None
    assert near.count == 7  # Tourte, Eau, Brioche, Levain, Ada, Conserve, Accueil


def test_fewer_than_two_neighbours_make_no_neighbourhood(wiki: Path) -> None:
    write_files(wiki, {"docs/recettes/seule.md": "---\ntitre: Seule\ndemande: [pain]\n---\n"})
    assert around(wiki, "seule") is None


def test_a_cover_leads_everywhere_and_has_none(wiki: Path) -> None:
    site = site_of(Workspace(wiki, TODAY).refresh(), Audience.PUBLIC)
    assert page_inputs(site.graph.pages["docs/index.md"], site).neighbourhood is None


def test_a_page_that_many_name_lists_sixty_and_counts_the_others(wiki: Path) -> None:
    write_files(wiki, {f"docs/recettes/n{i}.md": f"---\ntitre: N{i}\ndemande: [levain]\n---\n" for i in range(100)})
    near = around(wiki, "levain")
    assert near is not None
    counts = [(group.label, len(group.pages), group.count, group.more) for group in near.groups]
    assert counts == [("Sert à faire", 59, 102, 43), ("Cité dans", 1, 1, 0)]
    drawing = draw(near, str)
    assert drawing is not None
    assert drawing.drawn == 14


def test_places_are_shared_so_that_each_relation_has_one() -> None:
    assert share(6, [1, 9, 3]) == [1, 3, 2]
    assert share(2, [5, 5, 5]) == [1, 1, 0]
    assert share(60, [2, 3]) == [2, 3]
    assert share(5, []) == []


class TestDrawing:
    @pytest.fixture
    def drawing(self, wiki: Path) -> Diagram:
        near = around(wiki, "pain")
        assert near is not None
        drawn = draw(near, str)
        assert drawn is not None
        return drawn

    def test_no_two_things_stand_at_the_same_place(self, drawing: Diagram) -> None:
        for side in ("gauche", "droite"):
            rows = [spot.row for spot in drawing.spots if spot.side == side]
            assert all(below - above >= 1 for above, below in pairwise(rows))
            assert min(rows) >= 0
            assert max(rows) + 1 <= drawing.rows

    def test_both_columns_are_of_like_height(self, drawing: Diagram) -> None:
        sides = [spot.side for spot in drawing.spots]
        assert abs(sides.count(sides[0]) - sides.count(sides[-1])) <= 2
        assert sides[0] != sides[-1]

    def test_each_page_stands_under_the_label_of_its_relation(self, drawing: Diagram) -> None:
        labels = {entry.relation: entry.label for entry in drawing.legend}
        under: dict[str, list[str]] = {}
        label = ""
        for spot in drawing.spots:
            if spot.address:
                assert labels[spot.relation] == label
                under.setdefault(label, []).append(spot.text)
            else:
                label = spot.text
        assert under["Demande"] == ["Levain", "Eau"]
        assert set(under) == set(labels.values())

    def test_a_page_that_is_not_published_is_left_out(self, wiki: Path) -> None:
        near = around(wiki, "pain")
        assert near is not None
        drawing = draw(near, lambda path: "" if "levain" in path else path)
        assert drawing is not None
        assert "Levain" not in [spot.text for spot in drawing.spots]
        assert draw(near, lambda path: "") is None

    def test_what_is_drawn_does_not_depend_on_the_moment(self, wiki: Path, drawing: Diagram) -> None:
        again = around(wiki, "pain")
        assert again is not None
        assert draw(again, str) == drawing

    def test_relations_without_a_line_of_their_own_are_only_listed(self, wiki: Path) -> None:
        fields = "".join(f"  f{i}: {{type: reference, label: Champ {i}}}\n" for i in range(12))
        values = "".join(f"f{i}: {name}\n" for i, name in enumerate(("pain", "eau", "levain") * 4))
        write_files(
            wiki,
            {
                "docs/liens/_type.yml": f"type: lien\nfields:\n  titre: {{type: text}}\n{fields}",
                "docs/liens/tout.md": f"---\ntitre: Tout\n{values}---\n",
            },
        )
        site = site_of(Workspace(wiki, TODAY).refresh(), Audience.PUBLIC)
        near = page_inputs(site.graph.pages["docs/liens/tout.md"], site).neighbourhood
        assert near is not None
        assert len(near.groups) == 12
        drawing = draw(near, str)
        assert drawing is not None
        assert len(drawing.legend) == RELATIONS
        assert {spot.relation for spot in drawing.spots} == set(range(RELATIONS))
