"""Words that a type forbids: where they are found, where they are not, and at what cost."""

import re
from collections.abc import Mapping

import pytest

from essaim.source import SourceFile
from essaim.syntax.words import compile_words
from essaim.workspace import Analysis, Change, update
from tests.conftest import read_wiki

PATH = "docs/f/a.md"
TYPE = """\
type: f
fields:
  titre: text
  note: {type: markdown, visibility: members}
  site: url
  niveau: {type: choice, of: {"12 €": A}}
  mots: {type: text, many: true}
  suivi: {type: group, many: true, fields: {quoi: text, qui: {type: text, visibility: members}}}
rules:
"""
AMOUNTS = '  - {forbid: ["# €", "# %", "# euros"], except: ["Exemple"], message: "Pas de montant {{ cae.… }}."}\n'
ADDRESSES = '  - {forbid: ["{{ cae.prives }}"], seen_by: public, message: "Adresse privée.", severity: warning}\n'


def wiki(rules: str, body: str = "", header: str = "", others: Mapping[str, str] = {}) -> Analysis:
    page = f"---\ntitre: A\n{header}---\n\n{body}\n"
    return read_wiki({"docs/f/_type.yml": TYPE + rules, PATH: page, **others})


def found(analysis: Analysis) -> list[str]:
    """Return the texts at the places of the rules that are not followed."""
    told = [diagnostic for diagnostic in analysis.diagnostics if diagnostic.code == "ES501"]
    return [_text(analysis.sources[d.path], d.span) for d in told]


def _text(source: SourceFile, span: object) -> str:
    offsets = [i for i in range(len(source.text) + 1) if source.position(i) in (span.start, span.end)]  # type: ignore[attr-defined]
    return source.text[min(offsets) : max(offsets)]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("12 €", ["12 €"]),
        ("12€ et 3,5\u00a0%", ["12€", "3,5\u00a0%"]),
        ("1\u202f200,50 €", ["1\u202f200,50 €"]),
        ("12 EUROS, 12 Euros", ["12 EUROS", "12 Euros"]),
        ("12\neuros", ["12\neuros"]),
        ("12 **€** et **12** €", ["12 **€", "12** €"]),
        ("12&nbsp;€", ["12&nbsp;€"]),
        ("`12 €` et [x](https://a.fr/?t=12%)", ["12 €", "12%"]),
        ("_12 euros_", ["12 euros"]),
        ("en 2026 12 000 €", ["12 000 €"]),
        ("12\n\neuros", []),
        ("12 eurosceptiques, des euros, {{ cae.taux }} %", []),
        ("```\n12 €\n```\n\n~~~ yaml\n12 €\n~~~", []),
        ("<!-- 12 € --> et %% 12 € %%", []),
    ],
)
def test_what_is_found_in_a_text(written: str, words: list[str]) -> None:
    assert found(wiki(AMOUNTS, written)) == words


def test_what_the_author_is_told_is_the_message_as_it_is() -> None:
    told = [d for d in wiki(AMOUNTS, "12 €").diagnostics if d.code == "ES501"]
    assert [(d.message, str(d.severity)) for d in told] == [("Pas de montant {{ cae.… }}.", "error")]


def test_sections_that_are_not_read() -> None:
    body = "1 €\n\n## Exemples chiffrés\n\n2 €\n\n### Plus loin\n\n3 €\n\n"
    body += "## Un exemple\n\n4 €\n\n### exemple à 5 €\n\n6 €\n"
    assert found(wiki(AMOUNTS, body)) == ["1 €", "4 €"]


def test_values_of_texts_and_addresses_alone_are_read() -> None:
    header = (
        'note: "2 €"\nsite: https://a.fr/3%\nniveau: 12 €\nmots: [un, "4 €"]\n'
        'suivi:\n  - {quoi: "5 €", qui: "6 €"}\nresume: "7 €"\n'
    )
    assert found(wiki(AMOUNTS, header=header)) == ["2 €", "3%", "4 €", "5 €", "6 €"]


def test_an_escape_is_found_as_the_whole_value() -> None:
    assert found(wiki(AMOUNTS, header='note: "2 \\u20ac"\n')) == ['"2 \\u20ac"']


class TestVariables:
    VALUES = 'prives: ["https://chat.fr/#/salon", nuage.fr]\nvide: ""\n'

    def test_each_item_of_a_list_is_forbidden_as_it_is_written(self) -> None:
        body = "[x](https://chat.fr/#/salon) et NUAGE.fr, mais pas nuage.france ni https://chat.fr/12/salon"
        known = wiki(ADDRESSES, body, others={"docs/_cae.yml": self.VALUES})
        assert found(known) == ["https://chat.fr/#/salon", "NUAGE.fr"]

    @pytest.mark.parametrize("name", ["vide", "absente"])
    def test_what_is_unknown_or_empty_forbids_nothing(self, name: str) -> None:
        rules = ADDRESSES.replace("prives", name)
        assert wiki(rules, "tout", others={"docs/_cae.yml": self.VALUES}).faulty == {}

    def test_only_what_the_public_is_shown(self) -> None:
        header = "note: nuage.fr\nsuivi:\n  - {quoi: nuage.fr, qui: nuage.fr}\n"
        assert found(wiki(ADDRESSES, header=header, others={"docs/_cae.yml": self.VALUES})) == ["nuage.fr"]
        closed = "visibility: members\n" + TYPE + ADDRESSES
        others = {"docs/_cae.yml": self.VALUES, "docs/f/_type.yml": closed}
        assert found(wiki(ADDRESSES, "nuage.fr", others=others)) == []

    def test_a_value_that_changes_is_looked_for_again(self) -> None:
        before = wiki(ADDRESSES, "nuage.fr et forge.fr", others={"docs/_cae.yml": self.VALUES})
        path = "docs/_cae.yml"
        after = update(before, [Change(path=path, source=SourceFile.from_text(path, "prives: forge.fr\n"))])
        assert (found(before), found(after)) == (["nuage.fr"], ["forge.fr"])
        assert found(update(after, [Change(path=path, exists=False)])) == []


def test_a_condition_and_what_extends_the_type() -> None:
    rules = '  - {when: "mots", forbid: "# €", message: m}\n'
    heir = {"docs/g/_type.yml": "type: g\nextends: f\n", "docs/g/b.md": "---\ntitre: B\nmots: [a]\n---\n\n3 €\n"}
    assert found(wiki(rules, "2 €", others=heir)) == ["3 €"]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ('{forbid: "a", require: titre, message: m}', [("ES603", "require")]),
        ("{require: titre, except: [a], seen_by: public, message: m}", [("ES603", "except"), ("ES603", "seen_by")]),
        ('{forbid: "a"}', [("ES602", "message")]),
        ("{forbid: [], message: m}", [("ES603", "forbid")]),
        ('{forbid: "a", seen_by: publics, message: m}', [("ES603", "seen_by")]),
        ('{forbid: "a", exept: b, message: m}', [("ES601", "exept")]),
    ],
)
def test_what_is_wrong_in_a_rule(rule: str, told: list[tuple[str, str]]) -> None:
    problems = [d for d in wiki(f"  - {rule}\n").diagnostics if d.path.endswith("_type.yml")]
    assert [(d.code, re.findall(r"« (\w+) »", d.message)[0]) for d in problems] == told


@pytest.mark.parametrize(
    "text", ["1 " * 200_000, "1" * 400_000, "1 111 " * 80_000, "12 " + " " * 400_000, "12* " * 100_000]
)
def test_a_search_costs_what_the_text_is_long(text: str) -> None:
    """Nothing that an author or a member writes makes it go back over the text: else this would last for hours."""
    assert compile_words(("# €", "# a # b"), ("x y",)).search(text) is None


def test_accents_and_apostrophes_as_they_come() -> None:
    pattern = compile_words(("l'été", "avant-hier"))
    assert [m[0] for m in pattern.finditer("L’été, l'e\u0301te\u0301, avant\u2011hier, l'étés")] == [
        "L’été",
        "l'e\u0301te\u0301",
        "avant\u2011hier",
    ]
