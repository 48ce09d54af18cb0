"""The glossary: how a type becomes one, which acronyms a page uses, and those that nothing explains."""

from datetime import date

import pytest

from essaim.diagnostics import Diagnostic
from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.views.terms import ShownTerm, page_terms, undefined_acronyms
from essaim.workspace.analysis import Analysis
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

TODAY = date(2026, 11, 23)
PAGE = "docs/pages/essai.md"
GLOSSARY = """\
type: terme
fields:
  titre: {type: text, required: true}
  sigle: {type: text}
  definition: {type: text}
  formes: {type: text, many: true}
  rang: {type: integer}
"""
WIKI = {
    "docs/termes/_type.yml": f"{GLOSSARY}glossary: {{acronym: sigle, definition: definition}}\n",
    "docs/pages/_type.yml": "type: page\nfields: {titre: {type: text, required: true}}\n",
    "docs/reserve/_type.yml": "type: reserve\nvisibility: members\nextends: terme\n",
    "docs/termes/cape.md": "---\ntitre: Contrat d'appui (CAPE)\nsigle: CAPE\ndefinition: Un essai.\n---\n\nUn CAPE\n",
    "docs/termes/scop.md": "---\ntitre: Société coopérative\nsigle: Scop\n---\n",
    "docs/reserve/pse.md": "---\ntitre: Plan de crise\nsigle: PSE\ndefinition: Chut.\n---\n",
    "docs/pages/tva.md": "---\ntitre: Comprendre la TVA\n---\n",
}
CAPE = ShownTerm(acronym="CAPE", expansion="Contrat d'appui", definition="Un essai.", path="docs/termes/cape.md")
SCOP = ShownTerm(acronym="Scop", expansion="Société coopérative", definition="", path="docs/termes/scop.md")
PSE = ShownTerm(acronym="PSE", expansion="Plan de crise", definition="Chut.", path="docs/reserve/pse.md")


def read(files: dict[str, str]) -> Analysis:
    return read_wiki(files, TODAY)


def with_page(body: str) -> dict[str, str]:
    return WIKI | {PAGE: f"---\ntitre: Un essai\n---\n\n{body}\n"}


def terms(files: dict[str, str], path: str = PAGE, audience: Audience = Audience.PUBLIC) -> tuple[ShownTerm, ...]:
    analysis = read(files)
    return page_terms(analysis.graph.pages[path], site_of(analysis, audience))


def unexplained(files: dict[str, str]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in read(files).mentions if diagnostic.code == "ES412"]


def acronyms(body: str) -> list[str]:
    """Return the acronyms of a page that are said to be explained nowhere."""
    return [d.message.split("« ")[1].split(" »")[0] for d in unexplained(with_page(body)) if d.path == PAGE]


# --- How a type becomes a glossary ---------------------------------------------------------------------------------


def declared(option: str) -> tuple[Analysis, list[tuple[str, int, int, str | None]]]:
    analysis = read({"docs/termes/_type.yml": f"{GLOSSARY}glossary: {option}\n"})
    return analysis, [(d.code, *d.span.start, d.suggestion) for d in analysis.diagnostics]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("{acronym: sigle, definition: definition}", []),
        ("{acronym: sigle}", []),
        ("{acronym: sigel, definition: definition}", [("ES610", 8, 21, "sigle")]),
        ("{acronym: sigle, definition: definiton}", [("ES610", 8, 40, "definition")]),
        ("{acronim: sigle}", [("ES602", 8, 11, None), ("ES601", 8, 12, "acronym")]),
        ("{definition: definition}", [("ES602", 8, 11, None)]),
        ("{acronym: formes}", [("ES603", 8, 21, None)]),
        ("{acronym: rang}", [("ES603", 8, 21, None)]),
        ("{acronym: [sigle]}", [("ES603", 8, 21, None)]),
        ("sigle", [("ES603", 8, 11, None)]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(option: str, expected: list[tuple[str, int, int, str | None]]) -> None:
    assert declared(option)[1] == expected


def test_a_type_inherits_its_glossary_and_may_change_it() -> None:
    types = {
        "docs/_mots/_type.yml": f"{GLOSSARY}glossary: {{acronym: sigle}}\n".replace("terme", "_mots", 1),
        "docs/a/_type.yml": "type: a\nextends: _mots\n",
        "docs/b/_type.yml": "type: b\nextends: _mots\nfields: {court: text}\nglossary: {acronym: court}\n",
        "docs/c/_type.yml": "type: c\nextends: b\n",
    }
    analysis = read(types)
    assert not analysis.diagnostics
    found = {name: t.glossary.acronym for name, t in analysis.schema.types.items() if t.glossary}
    assert found == {"_mots": "sigle", "a": "sigle", "b": "court", "c": "court"}


def test_a_mistake_is_told_once_however_many_inherit_it() -> None:
    types = {
        "docs/_mots/_type.yml": f"{GLOSSARY}glossary: {{acronim: sigle}}\n".replace("terme", "_mots", 1),
        "docs/a/_type.yml": "type: a\nextends: _mots\n",
    }
    assert [d.code for d in read(types).diagnostics] == ["ES602", "ES601"]


# --- The acronyms that a page uses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Le CAPE, en Scop.", (CAPE, SCOP)),
        ("Le CAPE et le CAPE.", (CAPE,)),
        ("Le **CAPE** ; la (Scop)", (CAPE, SCOP)),
        ("L'ESSCAPE, CAPES, cape, SCOP, scop et CAPE_2", ()),
        ("`CAPE` et [[cape|CAPE]] et [CAPE](https://a.fr)", ()),
        ("`CAPE`, [[CAPE]], [x](CAPE.md), https://a.fr/CAPE, <i title='CAPE'>x</i>", ()),
        ("# Le CAPE\n\nTout court.", ()),
        ("~~~\nCAPE\n~~~", ()),
        ("Le CAPE.\n\n*[CAPE]: cap\n", ()),  # Markdown's own abbreviation wins
    ],
)
def test_a_page_has_the_terms_it_uses(body: str, expected: tuple[ShownTerm, ...]) -> None:
    assert terms(with_page(body)) == expected


def test_a_term_does_not_explain_itself() -> None:
    assert terms(WIKI, "docs/termes/cape.md") == ()


def test_only_terms_that_the_audience_sees_are_shown() -> None:
    assert terms(with_page("Le PSE.")) == ()
    assert terms(with_page("Le PSE."), audience=Audience.MEMBERS) == (PSE,)


def test_a_definition_for_members_is_for_members() -> None:
    reserved = GLOSSARY.replace("definition: {type: text}", "definition: {type: text, visibility: members}")
    files = with_page("Le CAPE.") | {
        "docs/termes/_type.yml": f"{reserved}glossary: {{acronym: sigle, definition: definition}}\n"
    }
    assert [term.definition for term in terms(files)] == [""]
    assert [term.definition for term in terms(files, audience=Audience.MEMBERS)] == ["Un essai."]


def test_an_acronym_for_members_is_none_for_the_public() -> None:
    reserved = GLOSSARY.replace("sigle: {type: text}", "sigle: {type: text, visibility: members}")
    files = with_page("Le CAPE.") | {"docs/termes/_type.yml": f"{reserved}glossary: {{acronym: sigle}}\n"}
    assert terms(files) == ()
    assert [term.acronym for term in terms(files, audience=Audience.MEMBERS)] == ["CAPE"]


def test_an_acronym_of_two_pages_is_explained_by_none_of_them() -> None:
    other = {"docs/termes/autre.md": "---\ntitre: Cap d'Agde\nsigle: CAPE\n---\n"}
    assert terms(with_page("Le CAPE.") | other) == ()


def test_what_a_term_says_is_part_of_what_a_page_is_made_from() -> None:
    digests = set()
    for definition in ("Un essai.", "Un autre essai."):
        analysis = read(
            with_page("Le CAPE.")
            | {"docs/termes/cape.md": WIKI["docs/termes/cape.md"].replace("Un essai.", definition)}
        )
        digests.add(page_inputs(analysis.graph.pages[PAGE], site_of(analysis, Audience.PUBLIC)).digest)
    assert len(digests) == 2


# --- The acronyms that nothing explains ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("La DREETS paie l'URSSAF.", ["DREETS", "URSSAF"]),
        ("La DREETS, puis la DREETS.", ["DREETS"]),
        ("Le R2D2, l'ÉPCI et le Groupe A.", ["R2D2", "ÉPCI"]),
        ("La (DREETS) et « URSSAF ».", ["DREETS", "URSSAF"]),
        ("[la DREETS](https://a.fr) et [[cape|URSSAF]]", ["DREETS", "URSSAF"]),
        ("Le CAPE, la TVA et le PSE.", []),  # in the glossary, in a title
        ("La SCOP", []),  # the glossary writes it Scop
        ("Louis XIV, au XXIe siècle, en PDF.", []),
        ("La direction régionale (DREETS) puis la DREETS.", []),
        ("La DREETS (direction régionale) puis la DREETS.", []),
        ("Une politique de sécurité (CSP), puis la CSP.", []),
        ("Les services (URSSAF).", ["URSSAF"]),
        ("La DREETS.\n\n*[DREETS]: direction régionale", []),
        ("La DREETS (voir plus bas).", ["DREETS"]),
        ("`DREETS`, https://a.fr/DREETS, <i title='DREETS'>x</i>, [x](DREETS.md), [[DREETS]]", []),
        ("L'article L5142-1, la norme ISO-9001, UTF-8, un A et les COOPERATIVES.", []),
        ("ATTENTION DANGER AU FOUR", []),
        ("Le mot DrEETS et MCSAx.", []),
    ],
)
def test_an_acronym_that_nothing_explains_is_told(body: str, expected: list[str]) -> None:
    assert acronyms(body) == expected


def test_each_is_told_once_with_the_number_of_its_pages() -> None:
    other = {"docs/pages/autre.md": "---\ntitre: Un autre\n---\n\nEt l'URSSAF.\n"}
    (found,) = unexplained(with_page("Pour l'URSSAF.") | other)
    assert (found.path, *found.span.start) == ("docs/pages/autre.md", 5, 6)
    assert found.severity == "info"
    assert "(2 pages l'emploient)" in found.message


def test_without_a_glossary_nothing_is_told() -> None:
    files = with_page("Pour l'URSSAF.") | {"docs/termes/_type.yml": GLOSSARY}
    assert unexplained(files) == []
    assert undefined_acronyms(site_of(read(files), Audience.PUBLIC)) is None


def test_the_list_has_the_most_used_first_and_only_pages_that_are_seen() -> None:
    files = with_page("L'URSSAF, la DREETS.") | {
        "docs/pages/autre.md": "---\ntitre: Un autre\n---\n\nEt l'URSSAF.\n",
        "docs/reserve/secret.md": "---\ntitre: Secret\n---\n\nLa DREETS, l'URSSAF et la BDES.\n",
    }
    analysis = read(files)
    listed = {}
    for audience in Audience:
        listing = undefined_acronyms(site_of(analysis, audience))
        assert listing is not None
        listed[audience] = [(row[0][0].text, [cell.page for cell in row[1]]) for row in listing.rows]
    assert listed[Audience.PUBLIC] == [("URSSAF", ["docs/pages/autre.md", PAGE]), ("DREETS", [PAGE])]
    assert [name for name, _ in listed[Audience.MEMBERS]] == ["URSSAF", "DREETS", "BDES"]
