"""What pages have to tell on those that cite them, to whom, and what stands at the foot of the pages of a type."""

from collections.abc import Mapping
from datetime import date

import pytest

from essaim.source import SourceFile
from essaim.views.audience import Audience
from essaim.views.flags import ShownFlag, flags_page, page_flags
from essaim.views.inputs import page_inputs
from essaim.views.plain import render_page
from essaim.workspace import Analysis, Change, analyze, update
from essaim.workspace.discover import Layout
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

TODAY = date(2026, 11, 22)
TYPE = """\
type: decision
label: {one: décision, many: décisions, gender: f}
notice: "Information générale de {{ cae.nom }}."
fields:
  titre: text
  remplace: {type: reference, to: decision, many: true, inverse: {name: remplacee_par, label: "Remplacée par"}}
  revue_le: date
  etat: {type: choice, of: {close: "Close depuis peu", ouverte: Ouverte}}
  secret: {type: text, visibility: members}
  verifie_le: date
flags:
  - {when: "remplacee_par", message: "« {titre} » a été remplacée par {remplacee_par}.", unless: remplace}
  - {when: "revue_le < today", message: "À revoir depuis le {revue_le} ({etat}).", severity: warning}
"""
NOTE = "type: note\nfields: {titre: text, suit: {type: reference, to: decision, visibility: members}}\n"
WIKI = {
    "docs/_cae.yml": "nom: La Coop\n",
    "docs/d/_type.yml": TYPE,
    "docs/n/_type.yml": NOTE,
    "docs/d/ancienne.md": "---\ntitre: Ancienne\nrevue_le: 2026-11-21\netat: close\nverifie_le: 2026-03-01\n---\n",
    "docs/d/nouvelle.md": "---\ntitre: Nouvelle\nremplace: [ancienne]\n---\n\nElle suit [[ancienne]].\n",
    "docs/n/note.md": "---\ntitre: Note\n---\n\nVoir [[ancienne]], puis encore [[ancienne]] et [[nouvelle]].\n",
}
REPLACED = "« Ancienne » a été remplacée par Nouvelle."
DUE = "À revoir depuis le 21 novembre 2026 (Close depuis peu)."


def wiki(files: Mapping[str, str] = {}, today: date = TODAY) -> Analysis:
    return read_wiki({**WIKI, **files}, today)


def shown(known: Analysis, audience: Audience = Audience.PUBLIC, path: str = "docs/n/note.md") -> list[str]:
    return [flag.text for flag in flags_of(known, audience, path)]


def flags_of(known: Analysis, audience: Audience, path: str) -> tuple[ShownFlag, ...]:
    return page_flags(known.graph.pages[path], site_of(known, audience))


def told(known: Analysis) -> list[tuple[str, int, int, str, str]]:
    found = [d for d in known.diagnostics if d.code == "ES502"]
    return [(d.path, d.span.start.line, d.span.start.column, str(d.severity), d.message) for d in found]


class TestCitations:
    def test_a_page_that_cites_says_it_once_and_leads_there(self) -> None:
        flags = flags_of(wiki(), Audience.PUBLIC, "docs/n/note.md")
        assert [flag.text for flag in flags] == [REPLACED, f"{DUE} Voir « Ancienne »."]
        links = [[(part.text, part.page) for part in flag.parts if part.page] for flag in flags]
        assert links[0] == [("Ancienne", "docs/d/ancienne.md"), ("Nouvelle", "docs/d/nouvelle.md")]
        assert links[1] == [("Ancienne", "docs/d/ancienne.md")]

    def test_what_replaces_is_excused_wherever_it_cites(self) -> None:
        assert shown(wiki(), path="docs/d/nouvelle.md") == [f"{DUE} Voir « Ancienne »."]

    def test_a_page_of_a_type_that_is_spared_is_told_of_nothing(self) -> None:
        spared = TYPE.replace("severity: warning", "severity: warning, spares: [note]")
        known = wiki({"docs/d/_type.yml": spared})
        assert shown(known) == [REPLACED]
        assert shown(known, path="docs/d/nouvelle.md") == [f"{DUE} Voir « Ancienne »."]
        assert [message for path, *_, message in told(known) if path == "docs/n/note.md"] == [REPLACED]
        listed = flags_page(site_of(known, Audience.PUBLIC))
        assert listed is not None
        assert [[one.text for one in row[2]] for row in listed.listings[0].rows] == [["Note"], ["Nouvelle"]]

    def test_authors_are_told_at_the_first_citation(self) -> None:
        assert told(wiki()) == [
            ("docs/d/nouvelle.md", 3, 12, "warning", DUE),
            ("docs/n/note.md", 5, 6, "info", REPLACED),
            ("docs/n/note.md", 5, 6, "warning", DUE),
        ]

    def test_the_day_counts(self) -> None:
        assert shown(wiki(today=date(2026, 11, 21))) == [REPLACED]

    def test_many_values_are_cut_short(self) -> None:
        others = {f"docs/d/n{n}.md": f"---\ntitre: N{n}\nremplace: [ancienne]\n---\n" for n in range(6)}
        assert shown(wiki(others))[0].endswith("par N0, N1, N2, N3, N4, 2 autres.")

    def test_a_type_that_extends_it_has_its_flags_and_its_notice(self) -> None:
        heir = {
            "docs/e/_type.yml": "type: charte\nextends: decision\n",
            "docs/e/c.md": "---\ntitre: C\nrevue_le: 2020-01-01\netat: close\n---\n",
            "docs/n/autre.md": "---\ntitre: Autre\n---\n\nVoir [[charte/c]].\n",
        }
        known = wiki(heir)
        assert len(shown(known, path="docs/n/autre.md")) == 1
        assert known.schema.types["charte"].notice == known.schema.types["decision"].notice


class TestAudiences:
    def test_a_message_that_misses_a_value_is_not_shown(self) -> None:
        closed = WIKI["docs/d/_type.yml"].replace("etat: {", "etat: {visibility: members, ")
        known = wiki({"docs/d/_type.yml": closed})
        assert shown(known) == [REPLACED]
        assert len(shown(known, Audience.MEMBERS)) == 2

    def test_what_depends_on_a_hidden_field_is_not_even_denied(self) -> None:
        flags = "flags:\n  - {when: 'not secret', message: 'Rien de secret.'}\n"
        known = wiki({"docs/d/_type.yml": TYPE[: TYPE.index("flags:")] + flags})
        assert shown(known) == []
        assert "Rien de secret. Voir « Ancienne »." in shown(known, Audience.MEMBERS)
        assert flags_page(site_of(known, Audience.PUBLIC)) is None

    def test_a_page_is_not_told_of_what_its_audience_does_not_see_it_cite(self) -> None:
        known = wiki({"docs/n/note.md": "---\ntitre: Note\nsuit: ancienne\n---\n"})
        assert shown(known) == []
        assert len(shown(known, Audience.MEMBERS)) == 2

    def test_a_page_for_members_takes_no_part(self) -> None:
        reserved = {
            "docs/s/_type.yml": "type: secrete\nextends: decision\nvisibility: members\nfields: {titre: text}\n",
            "docs/s/s.md": "---\ntitre: Secrète\nremplace: [nouvelle]\n---\n",
        }
        known = wiki(reserved)
        assert "Secrète" not in repr(shown(known) + shown(known, path="docs/d/nouvelle.md"))
        assert "« Nouvelle » a été remplacée par Secrète." in shown(known, Audience.MEMBERS)

    def test_a_page_that_waits_for_a_correction_is_only_named(self) -> None:
        known = wiki({"docs/d/nouvelle.md": WIKI["docs/d/nouvelle.md"].replace("titre: N", "couleur: x\ntitre: N")})
        assert REPLACED not in shown(known)


class TestList:
    def test_its_rows(self) -> None:
        page = flags_page(site_of(wiki(), Audience.PUBLIC))
        assert page is not None
        assert page.path == "docs/signalements.md"
        rows = [tuple(", ".join(one.text for one in cell) for cell in row) for row in page.listings[0].rows]
        due = f"{DUE} Voir « Ancienne »."
        assert rows == [("Ancienne", REPLACED, "Note"), ("Ancienne", due, "Note, Nouvelle")]

    def test_the_first_flag_of_a_type_comes_first(self) -> None:
        late = "---\ntitre: Aussi\nrevue_le: 2026-11-01\netat: close\n---\n"
        cites = WIKI["docs/n/note.md"] + "\nEt [[aussi]].\n"
        page = flags_page(site_of(wiki({"docs/d/aussi.md": late, "docs/n/note.md": cites}), Audience.PUBLIC))
        assert page is not None
        assert [row[0][0].text for row in page.listings[0].rows] == ["Ancienne", "Ancienne", "Aussi"]
        assert page.listings[0].rows[0][1][0].text == REPLACED

    def test_there_is_none_where_no_type_has_flags(self) -> None:
        known = wiki({"docs/d/_type.yml": TYPE[: TYPE.index("flags:")]})
        assert flags_page(site_of(known, Audience.MEMBERS)) is None


class TestUpdates:
    EDITS = (
        ("docs/d/nouvelle.md", "---\ntitre: Nouvelle\n---\n"),
        ("docs/d/nouvelle.md", None),
        ("docs/d/nouvelle.md", WIKI["docs/d/nouvelle.md"].replace("titre: Nouvelle", "titre: Toute neuve")),
        ("docs/d/ancienne.md", "---\ntitre: Ancienne\nrevue_le: 2027-01-01\n---\n"),
        ("docs/d/encore.md", "---\ntitre: Encore\nremplace: [nouvelle]\n---\n"),
        ("docs/d/_type.yml", TYPE.replace(", unless: remplace", "")),
        ("docs/d/_type.yml", TYPE.replace(", unless: remplace", ", unless: remplace, spares: note")),
        ("docs/d/_type.yml", TYPE.replace("Close depuis", "Fermée depuis")),
        ("docs/n/note.md", "---\ntitre: Note\n---\n"),
        ("docs/_cae.yml", "autre: x\n"),
    )

    @pytest.mark.parametrize(("path", "text"), EDITS)
    def test_an_update_is_a_fresh_start(self, path: str, text: str | None) -> None:
        before = wiki()
        files = {name: content for name, content in {**WIKI, path: text}.items() if content is not None}
        source = SourceFile.from_text(path, text) if text is not None else None
        after = update(before, [Change(path=path, source=source, exists=text is not None)])
        read = [Change(path=name, source=SourceFile.from_text(name, content)) for name, content in files.items()]
        fresh = analyze(read, Layout(), TODAY)
        assert after.diagnostics == fresh.diagnostics
        assert after.diagnostics != before.diagnostics
        back = SourceFile.from_text(path, WIKI[path]) if path in WIKI else None
        assert update(after, [Change(path=path, source=back, exists=path in WIKI)]).diagnostics == before.diagnostics


@pytest.mark.parametrize(
    ("flag", "code", "words"),
    [
        ('{when: "revu_le < today", message: m}', "ES610", "revu_le"),
        ('{when: "revue_le", message: "Depuis {revu_le}."}', "ES610", "revu_le"),
        ('{when: "revue_le <", message: m}', "ES609", "condition"),
        ('{when: "revue_le", message: m, unless: remplaces}', "ES603", "unless"),
        ('{when: "revue_le", message: m, severity: error}', "ES603", "severity"),
        ('{when: "revue_le", message: m, spares: [notte]}', "ES603", "spares"),
        ('{when: "revue_le"}', "ES602", "message"),
        ('{message: "m"}', "ES602", "when"),
        ('{when: "revue_le", mesage: m, message: m}', "ES601", "mesage"),
    ],
)
def test_what_is_wrong_in_a_flag(flag: str, code: str, words: str) -> None:
    known = wiki({"docs/d/_type.yml": f"{TYPE[: TYPE.index('flags:')]}flags:\n  - {flag}\n"})
    problems = [d for d in known.diagnostics if d.path.endswith("_type.yml")]
    assert [d.code for d in problems] == [code]
    assert words in problems[0].message
    source = known.sources["docs/d/_type.yml"]
    assert source.text.splitlines()[problems[0].span.start.line - 1].strip().startswith("- {")


class TestNotice:
    def notice(self, known: Analysis, path: str = "docs/d/ancienne.md") -> str:
        found = page_inputs(known.graph.pages[path], site_of(known, Audience.PUBLIC)).notice
        return f"{found.text} {found.checked}" if found else ""

    def test_it_says_when_the_page_was_verified(self) -> None:
        assert self.notice(wiki()) == "Information générale de La Coop. Fiche vérifiée le 1er mars 2026."

    def test_or_that_nobody_knows(self) -> None:
        known = wiki({"docs/_cae.yml": "nom: ''\n"})
        text = "Information générale de à compléter par votre coopérative. Date de vérification inconnue."
        assert self.notice(known, "docs/d/nouvelle.md") == text

    def test_other_pages_have_none(self) -> None:
        assert self.notice(wiki(), "docs/n/note.md") == ""

    def test_a_day_for_members_is_not_told_to_the_public(self) -> None:
        closed = TYPE.replace("verifie_le: date", "verifie_le: {type: date, visibility: members}")
        assert self.notice(wiki({"docs/d/_type.yml": closed})).endswith("Date de vérification inconnue.")

    def test_a_value_that_it_misses_is_told_at_its_place(self) -> None:
        known = wiki({"docs/_cae.yml": "non: x\n"})
        problems = [d for d in known.diagnostics if d.path == "docs/d/_type.yml"]
        assert [(d.code, d.span.start.line, d.span.start.column) for d in problems] == [("ES406", 3, 34)]

    def test_it_ends_the_page_of_the_plain_tree_which_flags_begin(self) -> None:
        site = site_of(wiki(), Audience.PUBLIC)
        texts = {path: render_page(page_inputs(page, site)) for path, page in site.graph.pages.items()}
        assert texts["docs/d/ancienne.md"].rstrip().splitlines()[-1] == (
            "Information générale de La Coop. Fiche vérifiée le 1er mars 2026."
        )
        banner = "> « [Ancienne](../d/ancienne.md) » a été remplacée par [Nouvelle](../d/nouvelle.md)."
        note = texts["docs/n/note.md"]
        assert 0 < note.index(banner) < note.index("Voir [Ancienne]")
