"""Values that hold for a time: what readers see on which day, what is told of them, and where they are listed."""

from datetime import date

import pytest

from essaim.views.audience import Audience
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.settings import settings_page
from essaim.workspace import Analysis
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

TYPE = """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text}
  delai: {type: text}
"""
FACTS = """\
smic:
  heure: {valeur: "12,02 €", valable_du: 2026-01-01, valable_au: 2026-12-31, source: Décret, url: "https://a.example/",
    fiabilite: confirmer}
plafond: {valeur: [deux, trois]}
"""
PAGE = """\
---
titre: "Au SMIC de {{ faits.smic.heure }}"
delai: "Payé {{ faits.smic.heure }}."
---
Il est de {{ faits.smic.heure }}.
"""
IN_TIME, LATE, EARLY = date(2026, 12, 31), date(2027, 1, 1), date(2025, 12, 31)
EXPIRED = "valeur qui a expiré le 31 décembre 2026"


def wiki(today: date, page: str = PAGE, facts: str = FACTS, cae: str = "nom: X\n") -> Analysis:
    files = {"docs/_faits.yml": facts, "docs/_cae.yml": cae}
    return read_wiki({"docs/fiches/_type.yml": TYPE, "docs/fiches/a.md": page, **files}, today)


def inputs(analysis: Analysis) -> PageInputs:
    return page_inputs(analysis.graph.pages["docs/fiches/a.md"], site_of(analysis, Audience.PUBLIC))


def told(analysis: Analysis) -> list[tuple[str, str, tuple[int, int]]]:
    return [(d.code, d.path, d.span.start) for d in analysis.diagnostics if d.code != "ES312"]


class TestReaders:
    def test_a_value_is_shown_alone_while_it_holds(self) -> None:
        shown = inputs(wiki(IN_TIME))
        assert shown.text.strip() == "Il est de 12,02 €."
        assert shown.fields[0].text == "Payé 12,02 €."

    @pytest.mark.parametrize(("day", "remark"), [(LATE, EXPIRED), (EARLY, "à partir du 1er janvier 2026")])
    def test_another_day_it_is_shown_with_a_remark(self, day: date, remark: str) -> None:
        shown = inputs(wiki(day))
        mark = f'<mark class="essaim-a-completer">({remark})</mark>'
        assert shown.text.strip() == f"Il est de 12,02 € {mark}."
        assert mark in shown.markdown
        assert shown.fields[0].text == f"Payé 12,02 € ({remark})."

    def test_a_page_changes_on_the_day_and_its_name_does_not(self) -> None:
        before, after, later = (inputs(wiki(day)) for day in (IN_TIME, LATE, date(2027, 1, 2)))
        assert before.digest != after.digest == later.digest
        assert before.title == after.title == "Au SMIC de 12,02 €"

    def test_a_query_compares_the_value_alone(self) -> None:
        block = "---\ntitre: 12,02 €\n---\n```requete\nou: \"titre = '{{ faits.smic.heure }}'\"\nvue: compteur\n```\n"
        (view,) = inputs(wiki(LATE, block)).views
        assert view.view.text == "1"

    def test_a_list_is_joined(self) -> None:
        assert inputs(wiki(LATE, "---\ntitre: A\n---\n{{ faits.plafond }}\n")).text.strip() == "deux, trois"

    def test_a_decision_may_be_dated_too(self) -> None:
        cae = 'taux: {valeur: "12 %", valable_au: 2026-06-30}\n'
        known = wiki(IN_TIME, "---\ntitre: A\n---\n{{ cae.taux }}\n", "", cae)
        assert "12 % <mark" in inputs(known).text
        assert told(known) == [("ES421", "docs/_cae.yml", (1, 1)), ("ES420", "docs/fiches/a.md", (4, 1))]


class TestCheck:
    def test_while_it_holds_nothing_is_told(self) -> None:
        assert told(wiki(IN_TIME)) == []

    def test_the_fact_once_and_each_citation(self) -> None:
        known = wiki(LATE)
        assert told(known) == [
            ("ES421", "docs/_faits.yml", (2, 3)),
            ("ES420", "docs/fiches/a.md", (2, 20)),
            ("ES420", "docs/fiches/a.md", (3, 14)),
            ("ES420", "docs/fiches/a.md", (5, 11)),
        ]
        assert {diagnostic.severity for diagnostic in known.diagnostics} == {"info"}

    def test_a_fact_that_waits_is_told_where_it_is_cited(self) -> None:
        assert {code for code, _, _ in told(wiki(EARLY))} == {"ES420"}

    @pytest.mark.parametrize(
        ("fact", "code", "where"),
        [
            ("{valeur: x, valable_au: 31/12/2026}", "ES204", "31"),
            ("{valeur: x, valable_du: 2027-01-01, valable_au: 2026-12-31}", "ES204", "2026"),
            ("{valeur: x, valabe_au: 2026-12-31}", "ES201", "valabe"),
            ("{valeur: x, fiabilite: texe}", "ES205", "texe"),
            ("{valeur: x, url: legifrance}", "ES204", "legi"),
            ("{valable_au: 2026-12-31}", "ES202", "a_b"),
            ("{valeur: {a: b}}", "ES203", "{a"),
        ],
    )
    def test_a_mistake_in_a_fact_is_told_at_its_place(self, fact: str, code: str, where: str) -> None:
        line = f"a_b: {fact}\n"
        known = wiki(IN_TIME, "---\ntitre: A\n---\n", line)
        assert told(known) == [(code, "docs/_faits.yml", (1, line.index(where) + 1))]

    def test_what_is_known_of_a_value_is_no_value(self) -> None:
        known = wiki(IN_TIME, "---\ntitre: A\n---\n{{ faits.smic.heure.source }}\n")
        (found,) = [d for d in known.diagnostics if d.code == "ES406"]
        assert "docs/_faits.yml" in found.message
        assert found.suggestion == "faits.smic.heure"

    def test_a_value_to_be_decided_has_no_remark(self) -> None:
        known = wiki(LATE, "---\ntitre: A\n---\n{{ faits.a }}\n", 'a: {valeur: "", valable_au: 2026-12-31}\n')
        assert [code for code, _, _ in told(known)] == ["ES421", "ES407"]
        assert "expiré" not in inputs(known).text


class TestList:
    def listed(self, day: date) -> dict[str, list[list[str]]]:
        page = settings_page(site_of(wiki(day, cae='nom: X\nvide: ""\n'), Audience.PUBLIC))
        assert page is not None
        return {
            listing.id: [[", ".join(value.text for value in cell) for cell in row] for row in listing.rows]
            for listing in page.listings
        }

    def test_a_fact_is_shown_with_what_is_known_of_it(self) -> None:
        listed = self.listed(IN_TIME)
        assert listed["chiffres-dates"] == [
            [
                *("faits.smic.heure", "12,02 €", "du 1er janvier 2026 au 31 décembre 2026", "Décret"),
                *("à confirmer", "Au SMIC de 12,02 €"),
            ],
            ["faits.plafond", "deux, trois", *["non indiquée"] * 3, "aucune page pour l'instant"],
        ]
        assert listed["decide"] == [["cae.nom", "X", "aucune page pour l'instant"]]
        assert [row[0] for row in listed["a-decider"]] == ["cae.vide"]

    def test_expired_ones_come_first_among_what_is_to_be_done(self) -> None:
        listed = self.listed(LATE)
        assert listed["a-decider"] == [
            ["faits.smic.heure", EXPIRED, "Au SMIC de 12,02 €"],
            ["cae.vide", "pas encore décidée", "aucune page pour l'instant"],
        ]
        assert listed["chiffres-dates"][0][2] == "a expiré le 31 décembre 2026"
