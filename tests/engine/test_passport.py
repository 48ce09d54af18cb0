"""The passport of a newcomer: how a type declares it, which steps each audience is shown, in which week."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from essaim.diagnostics import Diagnostic
from essaim.schema.load import load_schema
from essaim.schema.model import PageType
from essaim.schema.passport import PassportSpec
from essaim.source import SourceFile
from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.views.passport import Passport
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

TYPE = """\
type: parcours
fields:
  titre: text
  alias: {type: text, many: true}
  semaines:
    type: group
    many: true
    fields:
      titre: {type: text, label: Quand}
      quoi: {type: text, label: Ce que je fais}
      semaine: {type: integer}
      demarches: {type: reference, to: demarche, many: true, label: Démarches}
passport:
  steps: semaines
  title: titre
  text: quoi
  after: semaine
  pages: demarches
  page_steps: etapes.titre
"""
OTHER = (
    "type: demarche\nfields:\n  titre: text\n  etapes: {type: group, many: true, fields: {titre: text, qui: text}}\n"
)
SIGN = "---\ntitre: Signer\netapes:\n  - {titre: Lire, qui: moi}\n  - {titre: Parapher}\n---\n"
PATH = "docs/parcours/arriver.md"


def load(text: str, *others: str) -> tuple[PageType, list[Diagnostic]]:
    sources = [SourceFile.from_text("docs/x/_type.yml", text), SourceFile.from_text("docs/y/_type.yml", OTHER)]
    schema, found = load_schema([*sources, *(SourceFile.from_text("docs/z/_type.yml", other) for other in others)])
    return schema.types["parcours"], found


def passport(
    rows: str, page_type: str = TYPE, others: Mapping[str, str] = {}, audience: str = "public", header: str = ""
) -> Passport | None:
    files = {
        "docs/parcours/_type.yml": page_type,
        "docs/demarches/_type.yml": OTHER,
        "docs/demarches/signer.md": SIGN,
        PATH: f"---\ntitre: Arriver\n{header}semaines:\n{rows}---\n",
        **others,
    }
    analysis = read_wiki(files)
    return page_inputs(analysis.graph.pages[PATH], site_of(analysis, Audience(audience))).passport


def told(found: Passport | None) -> list[tuple[int, str, str]]:
    return [(step.week, step.title, step.text) for step in found.steps] if found else []


def test_a_type_declares_it() -> None:
    page_type, found = load(TYPE)
    assert not found
    assert page_type.passport == PassportSpec(
        steps="semaines",
        title="titre",
        text="quoi",
        after="semaine",
        pages="demarches",
        page_steps=("etapes", "titre"),
    )


def test_it_is_inherited() -> None:
    page_type, found = load("type: parcours\nextends: base\n", TYPE.replace("type: parcours", "type: base"))
    assert not found
    assert page_type.passport is not None


@pytest.mark.parametrize(
    ("wrong", "right", "code", "quoted", "suggestion"),
    [
        ("steps: semaine", "steps: semaines", "ES610", "semaine", "semaines"),
        ("steps: titre", "steps: semaines", "ES603", "titre", None),
        ("title: titer", "title: titre", "ES610", "titer", "titre"),
        ("title: semaine", "title: titre", "ES603", "semaine", None),
        ("text: quio", "text: quoi", "ES610", "quio", "quoi"),
        ("after: quoi", "after: semaine", "ES603", "quoi", None),
        ("pages: titre", "pages: demarches", "ES603", "titre", None),
        ("page_steps: etapes.titer", "page_steps: etapes.titre", "ES610", "etapes.titer", "etapes.titre"),
        ("page_steps: etapes", "page_steps: etapes.titre", "ES603", "etapes", None),
        ("page_step: etapes.titre", "page_steps: etapes.titre", "ES601", "page_step", "page_steps"),
    ],
)
def test_a_mistake_is_told_at_its_place(
    wrong: str, right: str, code: str, quoted: str, suggestion: str | None
) -> None:
    assert f"  {right}\n" in TYPE
    text = TYPE.replace(f"  {right}\n", f"  {wrong}\n")
    _, found = load(text)
    assert [one.code for one in found] == [code]
    assert text.split("\n")[found[0].span.start.line - 1].strip() == wrong
    start, end = found[0].span.start.column - 1, found[0].span.end.column - 1
    assert text.split("\n")[found[0].span.start.line - 1][start:end] == quoted
    assert found[0].suggestion == suggestion


@pytest.mark.parametrize("key", ["steps", "title"])
def test_what_is_missing_is_told(key: str) -> None:
    line = {"steps": "  steps: semaines\n", "title": "  title: titre\n"}[key]
    page_type, found = load(TYPE.replace(line, ""))
    assert [one.code for one in found] == ["ES602"]
    assert page_type.passport is None


def test_page_steps_without_pages_is_told() -> None:
    _, found = load(TYPE.replace("  pages: demarches\n", ""))
    assert [one.code for one in found] == ["ES602"]


def test_steps_come_in_the_order_of_their_weeks() -> None:
    found = passport("  - {titre: Plus tard, semaine: 5}\n  - {titre: Tôt, semaine: 1, quoi: Dire bonjour}\n")
    assert told(found) == [(1, "Tôt", "Dire bonjour"), (5, "Plus tard", "")]


def test_without_a_week_a_step_has_its_rank() -> None:
    assert [
        week for week, _, _ in told(passport("  - {titre: A}\n  - {titre: B}\n  - {titre: C, semaine: 9}\n"))
    ] == [
        1,
        2,
        9,
    ]


def test_a_week_is_told_in_words_and_a_title_that_only_says_it_is_not_repeated() -> None:
    found = passport("  - {titre: SEMAINE 1}\n  - {titre: Le contrat}\n  - {titre: A, semaine: 0}\n")
    assert found is not None
    assert [(step.when, step.name) for step in found.steps] == [
        ("1 semaine avant", "A"),
        ("Semaine 1", ""),
        ("Semaine 2", "Le contrat"),
    ]


def test_a_step_sends_to_pages_and_shows_their_own_steps() -> None:
    found = passport("  - {titre: A, demarches: [signer]}\n")
    assert found is not None
    assert [(page.path, page.title, page.steps) for page in found.steps[0].pages] == [
        ("docs/demarches/signer.md", "Signer", ("Lire", "Parapher"))
    ]
    assert (found.text_label, found.pages_label) == ("Ce que je fais", "Démarches")


def test_a_page_that_waits_for_a_correction_gives_its_title_only() -> None:
    wrong = {"docs/demarches/signer.md": SIGN.replace("titre: Signer", "titre: Signer\ninconnu: 1")}
    found = passport("  - {titre: A, demarches: [signer]}\n", others=wrong)
    assert found is not None
    assert [(page.title, page.steps) for page in found.steps[0].pages] == [("Signer", ())]


def test_a_calendar_knows_a_step_again() -> None:
    """By its title: its words, its week and its rank may change."""
    before = passport("  - {titre: A, quoi: un}\n  - {titre: A}\n  - {titre: B}\n")
    after = passport("  - {titre: B, semaine: 7}\n  - {titre: A, quoi: deux}\n")
    assert before is not None
    assert after is not None
    keys = {(step.title, step.text): step.key for step in (*before.steps, *after.steps)}
    assert keys["A", "un"] == keys["A", "deux"]
    assert len({step.key for step in before.steps}) == 3
    assert {step.key for step in after.steps} < {step.key for step in before.steps}


def test_former_names_are_told() -> None:
    found = passport("  - {titre: A}\n", header="alias: [entrer]\n")
    assert found is not None
    assert (found.page, found.formerly) == ("parcours/arriver", ("parcours/entrer",))


class TestAudiences:
    rows = "  - {quoi: caché, semaine: 3}\n  - {titre: Vu, demarches: [signer]}\n"
    hidden_text = TYPE.replace("quoi: {type: text,", "quoi: {type: text, visibility: members,")

    def test_a_step_of_which_nothing_is_seen_does_not_count(self) -> None:
        assert told(passport(self.rows, self.hidden_text)) == [(1, "Vu", "")]
        assert told(passport(self.rows, self.hidden_text, audience="members")) == [(2, "Vu", ""), (3, "", "caché")]

    def test_pages_that_are_not_seen_are_left_out(self) -> None:
        closed = {"docs/demarches/_type.yml": f"visibility: members\n{OTHER}"}
        found = passport(self.rows, self.hidden_text, closed)
        assert found is not None
        assert [step.pages for step in found.steps] == [()]
        assert not found.has_pages

    def test_fields_that_are_not_seen_are_left_out(self) -> None:
        hidden = TYPE.replace("semaine: {type: integer}", "semaine: {type: integer, visibility: members}")
        assert told(passport("  - {titre: A, semaine: 8}\n", hidden)) == [(1, "A", "")]
        own = {
            "docs/demarches/_type.yml": OTHER.replace(
                "{titre: text, qui", "{titre: {type: text, visibility: members}, qui"
            )
        }
        found = passport(self.rows, others=own)
        assert found is not None
        assert [page.steps for step in found.steps for page in step.pages] == [()]

    def test_a_group_that_is_not_seen_is_no_passport(self) -> None:
        hidden = TYPE.replace("    many: true\n    fields:", "    many: true\n    visibility: members\n    fields:")
        assert passport(self.rows, hidden) is None
        assert passport(self.rows, hidden, audience="members") is not None

    def test_what_is_hidden_changes_no_byte(self) -> None:
        found = passport("  - {titre: Vu}\n", self.hidden_text)
        more = passport("  - {quoi: caché}\n  - {titre: Vu, quoi: secret}\n", self.hidden_text)
        assert found is not None
        assert more == replace(found)


def test_a_page_without_steps_has_none() -> None:
    assert passport("") is None


def test_a_page_of_endless_steps_shows_the_first_hundred() -> None:
    steps = "".join(f"  - {{titre: Pas {number}}}\n" for number in range(150))
    found = passport(
        "  - {titre: Un, demarches: [longue]}\n", others={"docs/demarches/longue.md": f"---\netapes:\n{steps}---\n"}
    )
    assert found is not None
    assert len(found.steps[0].pages[0].steps) == 100
