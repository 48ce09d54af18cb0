"""Lists that readers tick: how a type declares them, what a page tells of them, which list of its HTML is marked."""

import json
import re
from typing import Any

import pytest

from essaim.diagnostics import Diagnostic
from essaim.schema.load import load_schema
from essaim.schema.model import PageType
from essaim.source import SourceFile
from essaim.views.audience import Audience
from essaim.views.checklists import Checklist, has_checklists, mark_lists, page_checklists
from essaim.views.inputs import page_inputs
from essaim.views.sanitise import sanitise
from essaim.workspace.site import site_of
from tests.conftest import read_wiki


def load(text: str) -> tuple[PageType, list[Diagnostic]]:
    schema, found = load_schema([SourceFile.from_text("docs/x/_type.yml", f"type: x\n{text}")])
    return schema.types["x"], found


# --- Declared ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("{title: A}", False),
        ("{title: A, form: numbered}", False),
        ("{title: A, checklist: true}", True),
        ("{title: A, form: numbered, checklist: oui}", True),
        ("{title: A, form: bullets, checklist: true}", True),
        ("{title: A, form: checklist}", True),
        ("{title: A, form: checklist, checklist: false}", False),
    ],
)
def test_a_section_says_whether_its_list_is_ticked(section: str, expected: bool) -> None:
    page_type, found = load(f"sections:\n  - {section}\n")
    assert not found
    assert [section.checklist for section in page_type.sections] == [expected]
    assert has_checklists(page_type) == expected


def test_the_rows_of_a_group_are_ticked() -> None:
    page_type, found = load("fields:\n  pas: {type: group, many: true, checklist: true, fields: {a: text}}\n")
    assert not found
    assert page_type.fields["pas"].checklist
    assert has_checklists(page_type)


def test_a_section_is_ticked_in_the_types_that_inherit_it() -> None:
    texts = {
        "docs/_commun/_type.yml": "type: _commun\nsections:\n  - {title: A, checklist: true}\n",
        "docs/x/_type.yml": "type: x\nextends: _commun\n",
    }
    schema, found = load_schema([SourceFile.from_text(path, text) for path, text in texts.items()])
    assert not found
    assert has_checklists(schema.types["x"])


@pytest.mark.parametrize(
    ("text", "code", "quoted"),
    [
        ("sections:\n  - {title: A, form: table, checklist: true}", "ES603", "true"),
        ("sections:\n  - {title: A, form: text, checklist: true}", "ES603", "true"),
        ("sections:\n  - {title: A, checklist: parfois}", "ES603", "parfois"),
        ("sections:\n  - {title: A, checklists: true}", "ES601", "checklists"),
        ("fields:\n  a: {type: text, checklist: true}", "ES601", "checklist"),
        ("fields:\n  a: {type: group, checklist: true, fields: {b: text}}", "ES603", "true"),
        ("fields:\n  a: {type: group, many: parfois, checklist: false, fields: {b: text}}", "ES603", "parfois"),
        (
            "fields:\n  a: {type: group, many: true, fields: {b: "
            "{type: group, many: true, checklist: oui, fields: {c: text}}}}",
            "ES603",
            "oui",
        ),
        (
            "fields:\n  a: {type: list, of: {type: group, many: true, checklist: oui, fields: {b: text}}}",
            "ES603",
            "oui",
        ),
    ],
)
def test_what_cannot_be_ticked_is_told_at_its_place(text: str, code: str, quoted: str) -> None:
    page_type, found = load(text)
    assert [diagnostic.code for diagnostic in found] == [code]
    line = f"type: x\n{text}".splitlines()[found[0].span.start.line - 1]
    assert line[found[0].span.start.column - 1 :].startswith(quoted)
    assert not has_checklists(page_type)


# --- Told by a page ------------------------------------------------------------------------------------------------

TYPE = """\
type: parcours
fields:
  titre: {type: text}
  semaines: {type: group, many: true, checklist: true, label: Semaines, fields: {quoi: text}}
  secret: {type: group, many: true, checklist: true, visibility: members, fields: {quoi: text}}
sections:
  - {title: "Étapes", form: numbered, checklist: true}
  - {title: "À l'arrivée", checklist: true}
  - {title: "Suite"}
"""
PAGE = """\
---
titre: Un
alias: [ancien, Premiers pas, deux]
semaines:
  - {quoi: lire}
secret:
  - {quoi: CANARI}
---

## Étapes

1. a

## Suite

- b
"""


def checklists(
    audience: Audience = Audience.PUBLIC, page: str = PAGE, page_type: str = TYPE
) -> tuple[Checklist, ...]:
    files = {
        "docs/parcours/_type.yml": page_type,
        "docs/parcours/un.md": page,
        "docs/parcours/deux.md": "---\ntitre: Deux\n---\n\n## Étapes\n\n1. a\n",
    }
    analysis = read_wiki(files)
    site = site_of(analysis, audience)
    return page_checklists(analysis.graph.pages["docs/parcours/un.md"], site)


def test_a_page_tells_the_lists_that_it_has() -> None:
    found = [(one.name, one.label, one.anchor, one.field) for one in checklists()]
    assert found == [("etapes", "Étapes", "etapes", ""), ("champ-semaines", "Semaines", "", "semaines")]


def test_rows_for_members_are_told_to_members_only() -> None:
    assert "secret" not in {one.field for one in checklists()}
    assert "secret" in {one.field for one in checklists(Audience.MEMBERS)}


def test_a_page_is_known_by_its_id_and_by_those_it_had() -> None:
    """Not by the id of another page, though it may have borne it."""
    assert {one.page for one in checklists()} == {"parcours/un"}
    assert {one.formerly for one in checklists()} == {("parcours/ancien", "parcours/Premiers pas")}


def test_other_names_that_members_alone_see_are_not_told() -> None:
    reserved = TYPE.replace("fields:\n", "fields:\n  alias: {type: text, many: true, visibility: members}\n", 1)
    assert {one.formerly for one in checklists(page_type=reserved)} == {()}


def test_the_mark_is_read_as_json() -> None:
    told: dict[str, Any] = json.loads(checklists()[0].mark)
    formerly = ["parcours/ancien", "parcours/Premiers pas"]
    assert told == {"page": "parcours/un", "formerly": formerly, "list": "etapes", "label": "Étapes"}


def test_what_a_page_depends_on_tells_its_lists() -> None:
    analysis = read_wiki({"docs/parcours/_type.yml": TYPE, "docs/parcours/un.md": PAGE})
    site = site_of(analysis, Audience.PUBLIC)
    inputs = page_inputs(analysis.graph.pages["docs/parcours/un.md"], site)
    assert [one.name for one in inputs.checklists] == ["etapes", "champ-semaines"]


# --- Marked --------------------------------------------------------------------------------------------------------

STEPS = Checklist(page="x/p", formerly=(), name="etapes", label="Étapes", anchor="etapes")
ROWS = Checklist(page="x/p", formerly=(), name="champ-a", label="A", field="a")


def marked(html: str, *lists: Checklist) -> list[str]:
    """Return the first words of each list that is marked, after checking that nothing else has changed."""
    clean = sanitise(html)
    result = mark_lists(clean, lists or (STEPS,))
    assert re.sub(' data-essaim-cases="[^"]*"', "", result) == clean
    return re.findall(r'<[ou]l\b[^>]* ?data-essaim-cases="[^"]*"[^>]*>\s*<li>(\w+)', result)


HEADING = '<h2 id="etapes">Étapes<a class="headerlink" href="#etapes" title="Lien > ici">¶</a></h2>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<ol><li>avant</li></ol>{HEADING}<p>Dans l'ordre :</p><ol><li>un</li></ol><ol><li>deux</li></ol>", ["un"]),
        (f"{HEADING}<ul><li>un</li></ul>", ["un"]),
        (f'{HEADING}<ol start="3" class="x"><li>un<ul><li>detail</li></ul></li></ol>', ["un"]),
        (f"{HEADING}<h3>Suite</h3><ol><li>un</li></ol>", ["un"]),
        (f"{HEADING}<h2>Autre</h2><ol><li>un</li></ol>", []),
        (f"{HEADING}<h1>Autre</h1><ol><li>un</li></ol>", []),
        (f"{HEADING}<p>Rien</p>", []),
        (f"{HEADING}<blockquote><ol><li>cite</li></ol></blockquote><ol><li>un</li></ol>", ["un"]),
        (f"{HEADING}<p>un<br>deux<img src='a.png' alt=''></p><hr><ol><li>un</li></ol>", ["un"]),
        (f"<div>{HEADING}<ol><li>un</li></ol></div>", ["un"]),
        (f"<div>{HEADING}</div><ol><li>dehors</li></ol>", []),
        (f"<div>{HEADING}</div><div><ol><li>dehors</li></ol></div>", []),
        (f'{HEADING}<pre><code>&lt;ol&gt;</code></pre><p title="<ol>">x</p><ol><li>un</li></ol>', ["un"]),
    ],
)
def test_the_first_list_of_the_section_is_marked_and_no_other(html: str, expected: list[str]) -> None:
    assert marked(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="etapes">Faux</h2><ol><li>faux</li></ol>' + HEADING + "<ol><li>un</li></ol>",
        HEADING + '<ol><li>un</li></ol><p id="etapes">Faux</p>',
        HEADING + '<p id="etapes">Faux</p><ol><li>un</li></ol>',
    ],
)
def test_nothing_is_marked_where_two_places_claim_to_be_the_section(html: str) -> None:
    assert marked(html) == []


def test_each_section_has_its_own_list() -> None:
    other = Checklist(page="x/p", formerly=(), name="b", label="B", anchor="b")
    html = f'{HEADING}<ol><li>un</li></ol><h2 id="b">B</h2><ul><li>deux</li></ul><h2 id="c">C</h2><ul><li>x</li></ul>'
    result = mark_lists(sanitise(html), (STEPS, other, ROWS))
    assert re.findall(r"&quot;list&quot;: &quot;(\w+)&quot;[^>]*>\s*<li>(\w+)", result) == [
        ("etapes", "un"),
        ("b", "deux"),
    ]


def test_rows_are_not_looked_for_in_the_text() -> None:
    html = '<h2 id="">A</h2><ol><li>un</li></ol>'
    assert mark_lists(html, (ROWS,)) == html


def test_a_name_can_close_no_attribute() -> None:
    hostile = Checklist(page='x/"><script>', formerly=(), name="e", label="'<b>", anchor="etapes")
    result = mark_lists(f"{HEADING}<ol><li>un</li></ol>", (hostile,))
    assert "<script" not in result
    assert "<b>" not in result


def test_authors_cannot_mark_a_list_themselves() -> None:
    assert "data-essaim-cases" not in sanitise("<ol data-essaim-cases='{}'><li>x</li></ol>")
