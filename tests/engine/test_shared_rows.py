"""Rows that live once, in a file of the wiki: read by pages as if they stood there, checked, and listed."""

from collections.abc import Mapping
from datetime import date

import pytest

from essaim.diagnostics import Diagnostic
from essaim.views.audience import Audience
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.json_schema import json_schema
from essaim.views.linked_data.model import Thing
from essaim.views.listing import ListPage
from essaim.views.shared_rows import rows_pages
from essaim.workspace import Analysis
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

FIELDS = """\
      texte: {type: text, required: true, label: Texte}
      article: {type: text}
      lu_le: {type: date, label: Lu le}
      fiabilite: {type: choice, of: {texte: "Lu dans le texte", confirmer: "À confirmer"}}
"""
TYPE = f"""\
type: fiche
label: {{one: fiche, many: fiches, gender: f}}
fields:
  titre: {{type: text}}
  references:
    type: group
    many: true
    from: references
    label: "Textes et sources"
    fields:
{FIELDS}\
rules:
  - {{require: "not references.fiabilite = confirmer", message: "Une source est à confirmer.", severity: warning}}
"""
ROWS = """\
trav-1: {texte: Code du travail, article: L1, lu_le: 2026-03-22, fiabilite: texte}
com-2: {texte: Code de commerce, fiabilite: confirmer}
"""
PAGE = "docs/fiches/a.md"
FILE = "docs/_references.yml"


def wiki(references: str, rows: str = ROWS, files: Mapping[str, str] | None = None) -> Analysis:
    page = f"---\ntitre: A\nreferences: {references}\n---\n"
    known = {"docs/fiches/_type.yml": TYPE, FILE: rows, PAGE: page}
    return read_wiki({**known, **(files or {})}, date(2026, 11, 22))


def told(analysis: Analysis) -> list[Diagnostic]:
    return [diagnostic for diagnostic in analysis.diagnostics if diagnostic.code not in ("ES312", "ES231")]


def shown(analysis: Analysis, audience: Audience = Audience.PUBLIC) -> PageInputs:
    return page_inputs(analysis.graph.pages[PAGE], site_of(analysis, audience))


def listed(analysis: Analysis, audience: Audience = Audience.PUBLIC) -> list[ListPage]:
    return list(rows_pages(site_of(analysis, audience)))


def cells(page: ListPage) -> list[list[str]]:
    return [[", ".join(value.text for value in cell) for cell in row] for row in page.listings[0].rows]


class TestPages:
    def test_a_page_shows_the_rows_it_names_among_its_own(self) -> None:
        known = wiki("[trav-1, {texte: Une lettre}]")
        (field,) = shown(known).fields
        assert [[cell.text for cell in row] for row in field.rows] == [
            ["Code du travail", "L1", "22 mars 2026", "Lu dans le texte"],
            ["Une lettre"],
        ]
        assert told(known) == []

    def test_a_condition_reads_a_row_and_is_told_at_its_name(self) -> None:
        (found,) = told(wiki("[trav-1, com-2]"))
        assert (found.code, found.path, found.span.start) == ("ES501", PAGE, (3, 14))
        assert told(wiki("[trav-1]")) == []

    def test_a_query_unfolds_rows_and_machines_are_told_of_them(self) -> None:
        more = "linked_data:\n  type: Thing\n  properties:\n"
        more += "    citation: {field: references, type: CreativeWork, properties: {name: texte}}\n"
        block = "de: fiche\npour_chaque: references\nvue: tableau\ncolonnes: [references.texte]\n"
        files = {"docs/fiches/_type.yml": TYPE + more, "docs/q.md": f"```requete\n{block}```\n"}
        known = wiki("[com-2, {texte: Une lettre}]", files=files)
        site = site_of(known, Audience.PUBLIC)
        (view,) = page_inputs(known.graph.pages["docs/q.md"], site).views
        texts = ["Code de commerce", "Une lettre"]
        assert [entry.cells[0].text for entry in view.view.groups[0].entries] == texts
        thing = shown(known).linked_data.main
        assert thing is not None
        works = [work for work in dict(thing.properties)["citation"] if isinstance(work, Thing)]
        assert [dict(work.properties)["name"] for work in works] == [(text,) for text in texts]

    def test_an_unknown_name_is_told_with_the_nearest_one(self) -> None:
        (found,) = told(wiki("[trav-2, 'trav1']"))[1:]
        assert (found.code, found.severity, found.span.start, found.span.end) == ("ES230", "error", (3, 22), (3, 29))
        assert found.fix is not None
        assert (found.suggestion, found.fix.edits[0].text) == ("trav-1", "trav-1")

    def test_a_single_name_is_offered_its_brackets(self) -> None:
        (found,) = told(wiki("trav-1"))
        assert found.code == "ES203"
        assert found.fix is not None
        assert found.fix.edits[0].text == "[trav-1]"

    def test_without_its_file_every_name_is_unknown(self) -> None:
        analysis = read_wiki({"docs/fiches/_type.yml": TYPE, PAGE: "---\nreferences: [trav-1]\n---\n"})
        assert [found.message for found in told(analysis)] == [f"Aucune ligne de « {FILE} » ne s'appelle « trav-1 »."]

    def test_a_file_that_cannot_be_read_hides_no_page(self) -> None:
        known = wiki("[trav-1]", "trav-1: : :\n")
        assert {found.path for found in told(known)} == {FILE}
        assert shown(known).errors == ()

    def test_braces_in_a_row_are_text(self) -> None:
        known = wiki("[a]", 'a: {texte: "{{ cae.nom }}"}\n', {"docs/_cae.yml": "nom: X\n"})
        (field,) = shown(known).fields
        assert field.rows[0][0].text == "{{ cae.nom }}"

    def test_the_schema_of_an_editor_accepts_both(self) -> None:
        schema = json_schema(wiki("[]").schema.types["fiche"])["properties"]["references"]
        named, whole = schema["items"]["anyOf"]
        assert named == {"type": "string", "description": "Nom d'une ligne de _references.yml"}
        assert whole["required"] == ["texte"]


class TestFile:
    @pytest.mark.parametrize(
        ("rows", "code", "place", "said"),
        [
            ("a: {texte: T, artcle: L1}\n", "ES201", (1, 15), "n'existe pas dans « a »"),
            ("a: {article: L1}\n", "ES202", (1, 4), "manque dans « a »"),
            ("a: {texte: T, lu_le: 22/03/2026}\n", "ES204", (1, 22), "2026-03-22"),
            ("a: {texte: T, fiabilite: texe}\n", "ES205", (1, 26), "Vouliez-vous dire « texte »"),
            ("a: {texte: T}\na: {texte: U}\n", "ES107", (2, 1), "« a »"),
            ("a: T\n", "ES203", (1, 1), "« a »"),
            ("a: {texte: T}\nun nom: {texte: U}\n", "ES232", (2, 1), "« un nom »"),
        ],
    )
    def test_a_mistake_is_told_once_at_its_place(
        self, rows: str, code: str, place: tuple[int, int], said: str
    ) -> None:
        more = {
            "docs/notes/_type.yml": TYPE.replace("type: fiche", "type: note").replace("label: Texte}", "max: 90}")
        }
        (found,) = told(wiki("[a]", rows, more))
        assert (found.code, found.path, found.span.start) == (code, FILE, place)
        assert said in found.message

    def test_a_file_that_is_a_list(self) -> None:
        assert [(found.code, found.path) for found in told(wiki("[x]", "- a\n"))] == [("ES113", FILE)]

    def test_a_row_must_suit_every_type_and_a_key_one_of_them(self) -> None:
        other = TYPE.replace("type: fiche", "type: note").replace(
            FIELDS, "      texte: text\n      page: {type: integer, required: true}\n"
        )
        rows = "a: {texte: T, page: 2, article: L1}\nb: {texte: T, article: L1}\nc: {texte: T, page: 1, autre: X}\n"
        found = told(wiki("[a, b, c]", rows, {"docs/notes/_type.yml": other.partition("rules:")[0]}))
        assert [(one.code, one.span.start.line) for one in found] == [("ES202", 2), ("ES201", 3)]

    def test_a_row_that_nobody_names_is_an_information(self) -> None:
        (found,) = [one for one in wiki("[trav-1]").diagnostics if one.code == "ES231"]
        assert (found.severity, found.path, found.span.start) == ("info", FILE, (2, 1))


class TestType:
    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ("x: {type: text, from: references}", "ES601"),
            ("x: {type: group, from: references, fields: {a: text}}", "ES603"),
            ("x: {type: group, many: true, from: cae, fields: {a: text}}", "ES603"),
            ("x: {type: group, many: true, from: reglages, fields: {a: text}}", "ES603"),
            ("x: {type: group, many: true, from: signalements, fields: {a: text}}", "ES603"),
            ("x: {type: group, many: true, from: a/b, fields: {a: text}}", "ES603"),
            ("x: {type: group, many: true, from: r, fields: {a: {type: reference}}}", "ES603"),
            ("x: {type: group, many: true, from: r, fields: {a: {type: list, of: {type: file}}}}", "ES603"),
            (
                "x: {type: group, many: true, fields: {y: {type: group, many: true, from: r, fields: {a: text}}}}",
                "ES603",
            ),
        ],
    )
    def test_where_rows_cannot_be_shared(self, fields: str, code: str) -> None:
        known = read_wiki({"docs/a/_type.yml": f"type: a\nfields:\n  {fields}\n"})
        (found,) = known.diagnostics
        assert (found.code, found.span.start.line) == (code, 3)
        assert "from" in found.message


class TestList:
    def test_each_row_with_the_pages_that_cite_it(self) -> None:
        other = {"docs/fiches/b.md": "---\ntitre: B\nreferences: [trav-1, trav-1]\n---\n"}
        (page,) = listed(wiki("[trav-1]", files=other))
        assert (page.path, page.title) == ("docs/references.md", "Textes et sources")
        (listing,) = page.listings
        assert listing.columns == (
            *("Texte", "Article", "Lu le", "Fiabilite", "Cité par", "Nom à écrire dans une fiche"),
        )
        assert listing.anchors == ("trav-1", "com-2")
        assert cells(page) == [
            ["Code du travail", "L1", "22 mars 2026", "Lu dans le texte", "A, B", "trav-1"],
            ["Code de commerce", "", "", "À confirmer", "aucune page pour l'instant", "com-2"],
        ]

    def test_what_only_members_see_is_not_told_to_the_public(self) -> None:
        closed = TYPE.replace("type: fiche", "type: coffre\nvisibility: members").replace(
            "article: {", "article: {visibility: members, "
        )
        own = closed.replace("type: coffre", "type: tresor").replace("from: references", "from: tresors")
        half = TYPE.replace("article: {", "article: {visibility: members, ")
        files = {
            "docs/fiches/_type.yml": half,
            "docs/coffre/_type.yml": closed,
            "docs/coffre/c.md": "---\ntitre: CANARI\nreferences: [com-2]\n---\n",
            "docs/tresor/_type.yml": own,
            "docs/_tresors.yml": "x: {texte: CANARI}\n",
        }
        known = wiki("[trav-1]", files=files)
        (page,) = listed(known)
        assert "CANARI" not in repr(page)
        assert "L1" not in repr(page)
        assert cells(page)[1][0] == "Code de commerce"
        whole = listed(known, Audience.MEMBERS)
        assert [page.path for page in whole] == ["docs/references.md", "docs/tresors.md"]
        assert cells(whole[0])[1][-2] == "CANARI"

    def test_a_field_for_members_lists_nothing_for_the_public(self) -> None:
        closed = TYPE.replace("many: true\n", "many: true\n    visibility: members\n", 1)
        known = wiki("[trav-1]", files={"docs/fiches/_type.yml": closed})
        assert listed(known) == []
        assert len(listed(known, Audience.MEMBERS)) == 1

    def test_a_link_leads_to_a_row_of_the_page_that_somebody_wrote(self) -> None:
        links = "[un](references.md#trav-1) [[references#com-2]] [deux](references.md#trav-9)"
        files = {"docs/references.md": "# Nos textes\n", "docs/index.md": f"{links}\n"}
        known = wiki("[trav-1]", files=files)
        assert [(one.code, one.path) for one in told(known)] == [("ES308", "docs/index.md")]
        targets = known.graph.out["docs/index.md"].links
        assert [(one.status, one.anchor) for one in targets[:2]] == [("page", "trav-1"), ("page", "com-2")]


@pytest.mark.parametrize(
    ("others", "rival"),
    [
        ({"docs/references/_type.yml": "type: x\nindex: {view: list}\n"}, "docs/references/index.md"),
        ({"references/_type.yml": "type: x\nindex: {view: list}\n"}, "references/index.md"),
        ({"docs/references/index.md": "# Une page\n"}, "docs/references/index.md"),
        ({"docs/references/README.md": "# Une page\n"}, "docs/references/README.md"),
        (
            {"docs/references/_type.yml": "type: x\n", "docs/references/a.md": "# Une page\n"},
            "docs/references/index.md",
        ),
        ({"docs/references/_type.yml": "type: x\n"}, None),
        ({"docs/references/dedans/a.md": "# Une page\n"}, None),
    ],
)
def test_a_list_never_takes_the_place_of_a_page(others: dict[str, str], rival: str | None) -> None:
    analysis = wiki("[trav-1]", files=others)
    found = [d for d in analysis.diagnostics if d.code == "ES005"]
    assert [(d.path, f"« {rival} »" in d.message) for d in found] == ([(FILE, True)] if rival else [])
    assert bool([*rows_pages(site_of(analysis, Audience.PUBLIC))]) == (rival is None)
