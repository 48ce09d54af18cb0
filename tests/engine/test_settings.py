"""The values that a cooperative decides once: in fields as in the text, and listed with where they serve."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from essaim.diagnostics import Diagnostic
from essaim.source import SourceFile
from essaim.views.audience import Audience
from essaim.views.index import site_indexes
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.listing import ListPage
from essaim.views.settings import settings_page
from essaim.workspace import Analysis, Change, Workspace, update
from essaim.workspace.site import site_of
from tests.conftest import write_files

TODAY = date(2026, 11, 22)
VALUES = "nom: La *Navette*\nsiren: ''\nfrais:\n  delai: dix jours\n  jamais: rien\n"
WIKI = {
    "mkdocs.yml": "site_name: x\n",
    "docs/_cae.yml": VALUES,
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text}
  resume: {type: text, max: 40}
  delai: {type: text}
  secret: {type: text, visibility: members}
  etapes: {type: group, many: true, fields: {quoi: {type: text}, mots: {type: text, many: true}}}
  voir: {type: reference, to: fiche, inverse: {name: vu, label: "Vu dans"}}
index: {view: table, columns: [titre, delai]}
""",
}
PATH = "docs/fiches/a.md"


def analysis(root: Path, header: str, body: str = "", files: Mapping[str, str] | None = None) -> Analysis:
    page = {PATH: f"---\n{header}---\n{body}"}
    return Workspace(write_files(root, {**WIKI, **page, **(files or {})}), TODAY).refresh()


def inputs(known: Analysis, path: str = PATH, audience: Audience = Audience.PUBLIC) -> PageInputs:
    return page_inputs(known.graph.pages[path], site_of(known, audience))


def told(known: Analysis) -> list[Diagnostic]:
    return [diagnostic for diagnostic in known.diagnostics if diagnostic.code in ("ES406", "ES407")]


class TestFields:
    def test_a_value_shows_wherever_a_field_does(self, tmp_path: Path) -> None:
        header = (
            'titre: "Venir à {{ cae.nom }}"\nresume: Répond en {{ cae.frais.delai }}.\ndelai: "{{cae.frais.delai}}"\n'
            'etapes:\n  - {quoi: "Dire {{ cae.nom }}", mots: ["{{ cae.frais.delai }}", non]}\n'
            'alias: "chez {{ cae.nom }}"\n'
        )
        other = {"docs/fiches/b.md": "---\ntitre: B\nvoir: a\n---\n[[Venir à La *Navette*]] [[chez la *navette*]]\n"}
        known = analysis(tmp_path, header, files=other)
        shown = inputs(known)
        assert (shown.title, shown.summary) == ("Venir à La *Navette*", "Répond en dix jours.")
        assert [field.text for field in shown.fields] == ["dix jours", ""]
        assert [[cell.text for cell in row] for row in shown.fields[1].rows] == [
            ["Dire La *Navette*", "dix jours, non"]
        ]
        index = site_indexes(site_of(known, Audience.PUBLIC))["docs/fiches/index.md"]
        assert [(e.title, e.cells[1] and e.cells[1].text) for e in index.listed.entries] == [
            ("B", None),
            ("Venir à La *Navette*", "dix jours"),
        ]
        (relation,) = inputs(known, "docs/fiches/a.md").relations
        assert [card.title for card in relation.pages] == ["B"]
        cited = inputs(known, "docs/fiches/b.md")
        assert cited.fields[0].text == "Venir à La *Navette*"
        assert [(link.status, link.title) for link in cited.links] == [("page", "Venir à La *Navette*")] * 2

    def test_a_value_that_is_missing_shows_as_such(self, tmp_path: Path) -> None:
        shown = inputs(analysis(tmp_path, 'titre: A\ndelai: "{{ cae.siren }}, {{ cae.rien }}"\n'))
        missing = "à compléter par votre coopérative"
        assert shown.fields[0].text == f"{missing}, {missing}"

    def test_diagnostics_stand_at_the_exact_place(self, tmp_path: Path) -> None:
        header = "titre: A\ndelai: 'l''été {{ cae.siren }}'\netapes:\n"
        header += "  - quoi: >\n      ici\n      {{ cae.frais.delais }} là\n"
        empty, unknown = told(analysis(tmp_path, header))
        assert (empty.code, empty.span.start) == ("ES407", (3, 16))
        assert (unknown.code, unknown.span.start, unknown.span.end) == ("ES406", (7, 7), (7, 29))
        assert unknown.fix is not None
        assert unknown.fix.edits[0].text == "{{ cae.frais.delai }}"

    def test_a_comment_and_a_key_hold_no_variable(self, tmp_path: Path) -> None:
        assert told(analysis(tmp_path, 'titre: A\n# {{ cae.rien }}\nalias: ["b"] # {{ cae.rien }}\n')) == []

    def test_a_bound_counts_what_is_written(self, tmp_path: Path) -> None:
        known = analysis(tmp_path, "titre: A\nresume: D'ici {{ cae.siren }}.\n")
        assert [d.code for d in known.diagnostics if d.severity == "error"] == []

    def test_a_value_is_not_looked_into(self, tmp_path: Path) -> None:
        values = {"docs/_cae.yml": "nom: 'vrai {{ cae.siren }}'\nsiren: '123'\n"}
        known = analysis(tmp_path, 'titre: "{{ cae.nom }}"\ndelai: "{{ cae.nom }}"\n', files=values)
        assert inputs(known).title == inputs(known).fields[0].text == "vrai {{ cae.siren }}"

    def test_other_types_are_left_as_they_are(self, tmp_path: Path) -> None:
        known = analysis(tmp_path, 'titre: A\nvoir: "{{ cae.nom }}"\n')
        assert "ES301" in [diagnostic.code for diagnostic in known.diagnostics]

    def test_keys_that_the_type_leaves_to_the_host(self, tmp_path: Path) -> None:
        types = {"docs/fiches/_type.yml": "type: fiche\nextra: allow\nfields: {titre: {type: text}}\n"}
        known = analysis(tmp_path, 'titre: A\nicone: "{{ cae.nom }}"\n', files=types)
        assert inputs(known).extra == (("icone", '"La *Navette*"'),)


@pytest.mark.parametrize(
    "after",
    [VALUES.replace("Navette", "Barque"), VALUES.replace("nom:", "nomme:"), "", "nom: : :\n", VALUES + "# fin\n"],
)
def test_a_changed_value_gives_what_a_fresh_start_gives(tmp_path: Path, after: str) -> None:
    header = 'titre: "Venir à {{ cae.nom }}"\nalias: "{{ cae.nom }}"\n'
    other = {"docs/fiches/b.md": "---\ntitre: B\nvoir: Venir à la *barque*\n---\n[[La *Navette*]] [[La *Barque*]]\n"}
    known = analysis(tmp_path, header, "{{ cae.nom }}\n", other)
    change = Change(path="docs/_cae.yml", source=SourceFile.from_text("docs/_cae.yml", after))
    updated = update(known, [change])
    write_files(tmp_path, {"docs/_cae.yml": after})
    fresh = Workspace(tmp_path, TODAY).refresh()
    assert updated.graph.pages == fresh.graph.pages
    assert updated.graph.names == fresh.graph.names
    assert updated.graph.out == fresh.graph.out
    assert updated.diagnostics == fresh.diagnostics
    back = update(updated, [Change(path="docs/_cae.yml", source=SourceFile.from_text("docs/_cae.yml", VALUES))])
    assert back.graph == known.graph
    assert back.diagnostics == known.diagnostics


class TestList:
    def listed(self, known: Analysis, audience: Audience = Audience.PUBLIC) -> dict[str, list[list[str]]]:
        page = settings_page(site_of(known, audience))
        assert isinstance(page, ListPage)
        return {
            listing.id: [[", ".join(value.text for value in cell) for cell in row] for row in listing.rows]
            for listing in page.listings
        }

    def test_what_is_to_be_decided_comes_first_with_where_it_serves(self, tmp_path: Path) -> None:
        body = "{{ cae.nom }} {{ cae.nom }} {{ cae.siren }} {{ cae.frais.oubli }} `{{ cae.frais.jamais }}`\n"
        other = {"docs/fiches/b.md": '---\ntitre: B\ndelai: "{{ cae.nom }}, {{ cae.frais.delai }}"\n---\n'}
        listed = self.listed(analysis(tmp_path, "titre: A\n", body, other))
        assert list(listed) == ["a-decider", "decide"]
        assert listed["a-decider"] == [
            ["cae.siren", "pas encore décidée", "A"],
            ["cae.frais.oubli", "absente de docs/_cae.yml", "A"],
        ]
        assert listed["decide"] == [
            ["cae.nom", "La *Navette*", "A, B"],
            ["cae.frais.delai", "dix jours", "B"],
            ["cae.frais.jamais", "rien", "aucune page pour l'instant"],
        ]

    def test_what_only_members_see_is_not_told_to_the_public(self, tmp_path: Path) -> None:
        header = 'titre: A\nsecret: "{{ cae.nom }} {{ cae.canari }}"\n'
        types = {"docs/prive/_type.yml": "type: prive\nvisibility: members\nfields: {titre: {type: text}}\n"}
        files = {**types, "docs/prive/p.md": "---\ntitre: CANARI\n---\n{{ cae.frais.delai }}\n"}
        known = analysis(tmp_path, header, "", files)
        public, members = self.listed(known), self.listed(known, Audience.MEMBERS)
        assert "canari" not in repr(public).lower()
        assert public["decide"][0] == ["cae.nom", "La *Navette*", "aucune page pour l'instant"]
        assert members["decide"][0] == ["cae.nom", "La *Navette*", "A"]
        assert members["decide"][1] == ["cae.frais.delai", "dix jours", "CANARI"]
        assert ["cae.canari", "absente de docs/_cae.yml", "A"] in members["a-decider"]

    def test_a_wiki_without_values_has_no_such_page(self, tmp_path: Path) -> None:
        known = analysis(tmp_path, "titre: A\n", files={"docs/_cae.yml": ""})
        assert settings_page(site_of(known, Audience.PUBLIC)) is None
