"""Fields that nobody writes, computed for each audience and read wherever a field is; lists with a condition."""

from datetime import date

import pytest

from essaim.diagnostics import Diagnostic, Severity
from essaim.graph.computing import compute
from essaim.source import SourceFile, Span
from essaim.views.audience import Audience
from essaim.views.index import index_page
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.json_schema import json_schema
from essaim.views.linked_data.model import Thing
from essaim.views.model import page_text
from essaim.views.queries.entries import Entries
from essaim.views.search.filters import filter_values, load_filters
from essaim.views.site import Site
from essaim.workspace import Analysis, Change, update
from essaim.workspace.site import site_of
from tests.conftest import read_wiki
from tests.engine.test_operation_counts import calls, of

TODAY = date(2026, 11, 1)
COMMUN = """\
type: _commun
fields:
  titre: {type: text, required: true}
  cites: {type: integer, label: "Cité", computed: "count(cite_par)"}
"""
BESOIN = """\
type: besoin
label: {one: besoin, many: besoins}
extends: _commun
fields:
  etat: {type: choice, of: [ouverte, abandonnee]}
  seuil: integer
  interets: {type: group, many: true, fields: {qui: text, sûr: boolean}}
  financements: {type: reference, to: aide, many: true, inverse: {name: finance, label: "Finance"}}
  avant: {type: date, visibility: members}
  situation:
    type: choice
    of: {abandonnee: "Abandonnée", confirmee: "Confirmée", proposee: "Proposée"}
    label: "Où elle en est"
    computed:
      - {when: "etat = abandonnee", value: abandonnee}
      - {when: "count(interets where sûr) >= seuil", value: confirmee}
      - {value: proposee}
  part: {type: number, label: "Part publique", computed: "share(financements.montant where public)"}
  pressee: {type: boolean, computed: "avant < today + 1 month and situation != abandonnee"}
  reserve: {type: integer, visibility: members, computed: "count(interets)"}
rules:
  - {when: "situation = confirmee", require: "not part > 50", message: "Trop d'argent public."}
index: {view: table, columns: [titre, situation, part, reserve], facets: [situation, pressee], sort: part,
  where: "etat != abandonnee"}
linked_data: {type: Demand, properties: {status: situation, amount: reserve}}
"""
AIDE = """\
type: aide
label: {one: aide, many: aides}
fields:
  titre: text
  montant: integer
  public: boolean
  pour: {type: integer, computed: "count(finance where situation = confirmee)"}
index: {view: list, where: "montant > 1000"}
"""
SURE = "interets: [{qui: a, sûr: oui}, {qui: b, sûr: oui}, {qui: c}]"
PAGES = {
    "docs/besoins/_type.yml": BESOIN,
    "docs/aides/_type.yml": AIDE,
    "docs/_commun/_type.yml": COMMUN,
    "docs/aides/region.md": "---\ntitre: Région\nmontant: 300\npublic: oui\n---\n",
    "docs/aides/banque.md": "---\ntitre: Banque\nmontant: 100\n---\n",
    "docs/besoins/a.md": f"---\ntitre: A\nseuil: 2\n{SURE}\nfinancements: [region, banque]\n---\n",
    "docs/besoins/b.md": f"---\ntitre: B\nseuil: 3\n{SURE}\nfinancements: [banque]\navant: 2026-11-20\n---\n",
    "docs/besoins/c.md": "---\ntitre: C\nseuil: 0\netat: abandonnee\n---\n\nVoir [[a]].\n",
    "docs/besoins/d.md": "---\ntitre: D\nseuil: 9\n---\n\nVoir [[a]] et [[b]].\n",
    "docs/besoins/e.md": "---\ntitre: E\nseuil: 9\n---\n",
    "docs/besoins/f.md": "---\ntitre: F\nseuil: 9\n---\n",
    "docs/besoins/g.md": "---\ntitre: G\nseuil: 0\n---\n",
}


def wiki(**pages: str) -> Analysis:
    return read_wiki(PAGES | {f"docs/{name}.md": text for name, text in pages.items()}, TODAY)


def site(audience: Audience = Audience.PUBLIC, **pages: str) -> Site:
    return site_of(wiki(**pages), audience)


def errors(analysis: Analysis) -> list[Diagnostic]:
    return [d for d in analysis.diagnostics if d.severity is Severity.ERROR]


def panel(path: str, known: Site) -> dict[str, str]:
    inputs: PageInputs = page_inputs(known.graph.pages[path], known)
    return {field.name: field.text for field in inputs.fields}


def answer(block: str, audience: Audience = Audience.PUBLIC) -> list[list[str]]:
    """Return the cells of the rows that a query of the home page shows."""
    known = site(audience, index=f"# Accueil\n\n```requete\n{block}\nvue: tableau\n```\n")
    assert known.errors.keys() <= {"docs/besoins/a.md"}
    (view,) = page_inputs(known.graph.pages["docs/index.md"], known).views
    assert isinstance(view.view, Entries)
    return [
        [cell.text if cell else "" for cell in entry.cells] for group in view.view.groups for entry in group.entries
    ]


# --- Where they are read --------------------------------------------------------------------------------------------


def test_the_panel_shows_them_where_they_are_declared() -> None:
    known = site()
    assert panel("docs/besoins/b.md", known) == {
        "cites": "1",
        "seuil": "3",
        "interets": "",
        "financements": "Banque",
        "situation": "Proposée",
        "part": "0",
        "pressee": "non",
    }
    assert panel("docs/besoins/c.md", known)["situation"] == "Abandonnée"
    assert panel("docs/besoins/g.md", known)["situation"] == "Confirmée"
    assert "part" not in panel("docs/besoins/g.md", known)  # of nothing there is no part


def test_members_are_told_what_only_they_may_know() -> None:
    told = panel("docs/besoins/b.md", site(Audience.MEMBERS))
    assert (told["reserve"], told["pressee"]) == ("3", "oui")


def test_a_page_that_waits_for_a_correction_says_nothing_of_itself() -> None:
    known = site()
    assert known.errors.keys() == {"docs/besoins/a.md"}  # its rule is on what is computed
    assert not panel("docs/besoins/a.md", known).keys() & {"situation", "part", "cites"}


def test_rules_read_them() -> None:
    (found,) = errors(wiki())
    assert (found.path, found.message) == ("docs/besoins/a.md", "Trop d'argent public.")


@pytest.mark.parametrize(
    ("block", "cells"),
    [
        ("de: besoin\nou: situation = confirmee\ncolonnes: [titre, situation]", [["G", "Confirmée"]]),
        ("de: besoin\nou: part < 50\ncolonnes: [titre, part]", [["B", "0"]]),
        ("de: besoin\nou: pressee\ncolonnes: [titre]", []),
        ("de: besoin\nou: reserve > 0\ncolonnes: [titre]", []),
        (
            "de: aide\nou: finance.situation = proposee\ncolonnes: [titre, finance.situation]",
            [["Banque", "Proposée"]],
        ),
        (
            "de: besoin\nou: count(cite where type = 'besoin' and situation != abandonnee) > 0\n"
            "colonnes: [titre, cites]",
            [["C", "0"], ["D", "0"]],
        ),
        ("de: besoin\ntri: -cites\nlimite: 1\ncolonnes: [titre, cites]", [["B", "1"]]),
        (
            "de: besoin\nou: seuil < 9\ngroupe_par: situation\ncolonnes: [titre]",
            [["C"], ["G"], ["B"]],
        ),
    ],
)
def test_queries_read_them(block: str, cells: list[list[str]]) -> None:
    found = answer(block)
    assert [row for row in found if row[:1] != ["A"]] == cells


def test_what_only_members_see_counts_for_nothing_in_public() -> None:
    block = "de: besoin\nou: pressee or reserve > 2\ncolonnes: [titre]"
    assert [row for row in answer(block) if row != ["A"]] == []
    assert ["B"] in answer(block, Audience.MEMBERS)


def test_an_index_shows_sorts_and_filters_by_them() -> None:
    known = site()
    index = index_page(known.schema.types["besoin"], known)
    assert index is not None
    assert index.listed.columns == ("Titre", "Où elle en est", "Part publique")
    shown = {entry.title: [cell.text if cell else "" for cell in entry.cells[1:]] for entry in index.listed.entries}
    assert shown["B"] == ["Proposée", "0"]
    assert shown["A"] == ["", ""]
    assert [entry.title for entry in index.listed.entries][:2] == ["B", "A"]  # those without a value come last
    (facet,) = index.listed.facets
    assert [(value.label, value.count) for value in facet.values] == [("Confirmée", 1), ("Proposée", 4)]


def test_search_filters_and_machines_read_them() -> None:
    known = site()
    page = known.graph.pages["docs/besoins/b.md"]
    filters = load_filters(["situation", "reserve"], known.schema, known.audience)
    assert filter_values(page, known, filters) == (("situation", ("Proposée",)),)
    main = page_inputs(page, known).linked_data.main
    assert isinstance(main, Thing)
    assert dict(main.properties)["status"] == ("Proposée",)
    assert "amount" not in dict(main.properties)


def test_what_others_hold_in_common_is_computed_once() -> None:
    blocks = "".join("\n```requete\nde: besoin\nou: situation != proposee and this.titre\n```\n" for _ in range(5))
    known = site(index=f"# Accueil\n{blocks}", autre=f"# Autre\n{blocks}")

    def ask() -> None:
        for path in ("docs/index.md", "docs/autre.md"):
            page_inputs(known.graph.pages[path], known)

    assert calls(ask)[of(compute)] == 6  # of each page that does not wait for a correction


# --- What is written ------------------------------------------------------------------------------------------------


def test_a_computed_share_is_shown_with_two_decimals_at_most_and_compared_as_it_is() -> None:
    field = read_wiki(PAGES).schema.types["besoin"].fields["part"]
    assert field.type.display(160 * 100 / 340, field) == "47,06"
    assert field.type.display(50.0, field) == "50"
    written = read_wiki({"docs/_type.yml": "type: x\nfields: {n: number}\n"}).schema.types["x"].fields["n"]
    assert written.type.display(45.123456, written) == "45,123456"


def test_nobody_writes_them() -> None:
    text = "---\ntitre: X\nseuil: 1\nsituation: confirmee\n---\n"
    known = read_wiki(PAGES | {"docs/besoins/x.md": text}, TODAY)
    (found,) = [d for d in errors(known) if d.path == "docs/besoins/x.md"]
    assert (found.code, found.span.start.line, found.span.start.column) == ("ES209", 4, 1)
    assert "situation" not in known.graph.pages["docs/besoins/x.md"].values


def test_neither_a_new_page_nor_the_json_schema_has_them() -> None:
    page_type = wiki().schema.types["besoin"]
    assert "situation" not in page_text(page_type, "X", TODAY, None)
    assert not json_schema(page_type)["properties"].keys() & {"situation", "part", "pressee", "reserve", "cites"}
    assert "seuil" in json_schema(page_type)["properties"]


# --- Mistakes in the declaration ------------------------------------------------------------------------------------


def mistakes(fields: str, more: str = "") -> list[tuple[str, str]]:
    """Return the codes of what is wrong in a type, each with the text at fault."""
    text = f"type: x\nfields:\n  titre: text\n  mots: {{type: text, many: true}}\n  n: number\n{fields}{more}"
    found: list[Diagnostic] = [*read_wiki({"docs/x/_type.yml": text}).diagnostics]
    return [(d.code, between(text, d.span)) for d in found]


def between(text: str, span: Span) -> str:
    lines = text.splitlines()
    assert span.start.line == span.end.line
    return lines[span.start.line - 1][span.start.column - 1 : span.end.column - 1]


@pytest.mark.parametrize(
    ("field", "code", "wrong"),
    [
        ("{type: choice, of: [a, b], computed: [{when: titre, value: c}]}", "ES603", "c"),
        ("{type: choice, of: [a, b], computed: [{when: tirte, value: a}]}", "ES610", "tirte"),
        ("{type: choice, of: [a, b], computed: [{when: titre}]}", "ES602", "{"),
        ("{type: choice, of: [a, b], computed: [{si: titre, value: a}]}", "ES601", "si"),
        ('{type: choice, of: [a, b], computed: "titre"}', "ES603", '"titre"'),
        ('{type: boolean, computed: "titre > 1"}', "ES611", "titre"),
        ("{type: boolean, computed: [{value: oui}]}", "ES603", "[{value: oui}]"),
        ('{type: integer, computed: "mots"}', "ES603", '"mots"'),
        ('{type: integer, computed: "count(mots) > 1"}', "ES603", '"count(mots) > 1"'),
        ('{type: integer, computed: "count(mos)"}', "ES610", "mos"),
        ('{type: integer, computed: "sum(n)"}', "ES611", "sum(n)"),
        ('{type: integer, computed: "somme(n)"}', "ES609", "somme"),
        ('{type: number, computed: "share(n where titre) > 1"}', "ES603", '"share(n where titre) > 1"'),
        ('{type: text, computed: "titre"}', "ES603", '"titre"'),
        ('{type: integer, required: true, computed: "count(mots)"}', "ES603", "true"),
        ('{type: integer, many: true, computed: "count(mots)"}', "ES603", "true"),
        ('{type: integer, max: 3, computed: "count(mots)"}', "ES603", "3"),
        ('{type: group, fields: {a: {type: boolean, computed: "titre"}}}', "ES603", '"titre"'),
        ('{type: list, of: {type: boolean, computed: "titre"}}', "ES603", '"titre"'),
    ],
)
def test_a_mistake_is_told_at_its_place(field: str, code: str, wrong: str) -> None:
    assert mistakes(f"  c: {field}\n") == [(code, wrong)]


def test_sums_of_whole_numbers_are_whole_and_any_number_takes_them() -> None:
    assert (
        mistakes(
            '  k: integer\n  c: {type: integer, computed: "sum(k)"}\n  d: {type: number, computed: "count(k)"}\n'
        )
        == []
    )


def test_a_ring_is_told_of_each_of_its_fields_and_none_of_them_has_a_value() -> None:
    fields = (
        '  a: {type: boolean, computed: "b > 1"}\n  b: {type: integer, computed: "count(voit where c = u)"}\n'
        '  c: {type: choice, of: [u], computed: [{when: "not a", value: u}]}\n'
        '  d: {type: boolean, computed: "not a"}\n'
    )
    relation = "  voit: {type: reference, to: x, many: true}\n"
    assert mistakes(relation + fields) == [
        ("ES612", '"b > 1"'),
        ("ES612", '"count(voit where c = u)"'),
        ("ES612", '[{when: "not a", value: u}]'),
    ]
    text = f"type: x\nfields:\n{relation}{fields}"
    known = site_of(read_wiki({"docs/x/_type.yml": text, "docs/x/p.md": "---\n---\n"}), Audience.PUBLIC)
    assert panel("docs/x/p.md", known) == {"d": "oui"}


def test_a_ring_of_a_lent_field_is_told_once_where_it_is_declared() -> None:
    lent = 'type: _c\nfields:\n  vers: {type: reference}\n  a: {type: integer, computed: "max(vers.a)"}\n'
    texts = {"docs/_c/_type.yml": lent}
    texts |= {f"docs/{name}/_type.yml": f"type: {name}\nextends: _c\n" for name in ("x", "y")}
    assert [(d.code, d.path) for d in read_wiki(texts).diagnostics] == [("ES612", "docs/_c/_type.yml")]


def test_the_title_is_written() -> None:
    text = 'type: x\ntitle: c\nfields:\n  mots: text\n  c: {type: integer, computed: "count(mots)"}\n'
    (found,) = read_wiki({"docs/x/_type.yml": text}).diagnostics
    assert (found.code, found.span.start.line) == ("ES603", 2)


# --- Lists with a condition -----------------------------------------------------------------------------------------


def test_an_index_lists_only_what_its_condition_says() -> None:
    known = site()
    index = index_page(known.schema.types["besoin"], known)
    assert index is not None
    assert "C" not in {entry.title for entry in index.listed.entries}
    assert sum(value.count for facet in index.listed.facets for value in facet.values) == 5
    assert known.sees("docs/besoins/c.md")


def test_an_index_that_lists_nothing_is_there_and_empty() -> None:
    known = site()
    index = known.indexes["docs/aides/index.md"]
    assert (index.listed.entries, index.listed.facets, index.listed.sorts) == ((), (), ())


def test_an_index_asks_what_the_audience_sees() -> None:
    text = 'type: x\nlabel: x\nfields: {titre: text, cle: {type: text, visibility: members}}\nindex: {where: "cle"}\n'
    analysis = read_wiki({"docs/x/_type.yml": text, "docs/x/a.md": "---\ntitre: A\ncle: b\n---\n"})
    counts = [len(site_of(analysis, audience).indexes["docs/x/index.md"].listed.entries) for audience in Audience]
    assert counts == [0, 1]


def test_a_condition_of_an_index_that_does_not_fit_is_told() -> None:
    assert mistakes("", 'index: {where: "tirte = a"}\n') == [("ES610", "tirte")]


# --- From one analysis to the next ----------------------------------------------------------------------------------


def test_a_rule_is_asked_again_when_what_a_computed_field_looked_at_changes() -> None:
    """However far it is, and whichever of two pages asked for the value first."""
    types = {
        "docs/x/_type.yml": "type: x\nfields: {y: {type: reference, to: y}}\n"
        'rules: [{require: "y.gros", message: Non}]\n',
        "docs/y/_type.yml": "type: y\nfields:\n  z: {type: reference, to: z, many: true}\n"
        '  somme: {type: integer, computed: "sum(z.n)"}\n  gros: {type: boolean, computed: "somme > 2"}\n',
        "docs/z/_type.yml": "type: z\nfields: {n: integer}\n",
    }
    pages = {
        "docs/x/a.md": "---\ny: y1\n---\n",
        "docs/x/b.md": "---\ny: y1\n---\n",
        "docs/y/y1.md": "---\nz: [z1, z2]\n---\n",
    }
    pages |= {f"docs/z/z{number}.md": "---\nn: 1\n---\n" for number in (1, 2)}
    analysis = read_wiki(types | pages, TODAY)
    assert [d.path for d in errors(analysis)] == ["docs/x/a.md", "docs/x/b.md"]
    for text, expected in (("n: 2", 0), ("n: 1", 2), ("n: 3", 0)):
        source = SourceFile.from_text("docs/z/z2.md", f"---\n{text}\n---\n")
        analysis = update(analysis, [Change(path=source.path, source=source)])
        assert len(errors(analysis)) == expected


def test_the_page_of_who_left_computes_only_what_it_keeps() -> None:
    text = (
        'type: x\ndeparted: {{when: "parti"{keeps}}}\nfields:\n  titre: text\n  parti: boolean\n'
        '  c: {{type: integer, computed: "count(cite_par)"}}\n'
    )
    pages = {"docs/x/a.md": "---\ntitre: Ada\nparti: oui\n---\n", "docs/x/b.md": "---\ntitre: B\n---\n\n[[a]]\n"}
    shown = [
        panel(
            "docs/x/a.md",
            site_of(read_wiki({"docs/x/_type.yml": text.format(keeps=keeps)} | pages), Audience.MEMBERS),
        )
        for keeps in ("", ", keeps: [c]")
    ]
    assert shown == [{"parti": "oui"}, {"c": "1"}]
