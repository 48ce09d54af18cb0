"""When a page was last verified or done, by whom, and since when it is to be looked at again."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from essaim.diagnostics import Diagnostic
from essaim.views.addresses import published_path
from essaim.views.audience import Audience
from essaim.views.freshness import Freshness, freshness, freshness_data, freshness_page
from essaim.views.inputs import page_inputs
from essaim.views.site import Site
from essaim.workspace import Analysis, Workspace
from essaim.workspace.site import site_of
from tests.conftest import write_files

TODAY = date(2026, 11, 22)
TYPE = """\
type: demarche
label: {one: démarche, many: démarches, gender: f}
review_every: 12 months
fields:
  titre: {type: text}
  verifie_le: {type: date, label: "Vérifiée le"}
  verifie_par: {type: reference, to: personne, many: true}
  faite_par:
    type: group
    many: true
    label: "Déjà faite par"
    fields:
      qui: {type: reference, to: personne}
      date: {type: month}
      retour: {type: text}
gestures:
  - {id: faite, label: "Je l'ai fait", adds: {to: faite_par, value: {qui: me, date: today}}}
"""
WIKI = {
    "mkdocs.yml": "site_name: x\n",
    "docs/demarches/_type.yml": TYPE,
    "docs/gens/_type.yml": "type: personne\nfields: {titre: {type: text}}\n",
    "docs/gens/amina.md": "---\ntitre: Amina Diop\n---\n",
    "docs/gens/noe.md": "---\ntitre: Noé Petit\n---\n",
}
PATH = "docs/demarches/a.md"


def analysis(root: Path, header: str = "", today: date = TODAY, files: Mapping[str, str] = {}) -> Analysis:
    page = {PATH: f"---\ntitre: A\n{header}---\n"}
    return Workspace(write_files(root, {**WIKI, **page, **files}), today).refresh()


def told(known: Analysis, audience: Audience = Audience.PUBLIC) -> Freshness | None:
    return freshness(known.graph.pages[PATH], site_of(known, audience))


def found(known: Analysis) -> list[Diagnostic]:
    return [diagnostic for diagnostic in known.diagnostics if diagnostic.code == "ES410"]


def lines(fresh: Freshness | None) -> list[tuple[str, list[str]]]:
    assert fresh is not None
    return [(words, [person.text for person in people]) for words, people in fresh.lines]


def done(*entries: tuple[str, str]) -> str:
    return "faite_par:\n" + "".join(f"  - {{qui: {who}, date: {when}}}\n" for who, when in entries)


class TestFacts:
    def test_a_verification_and_who_made_it(self, tmp_path: Path) -> None:
        fresh = told(analysis(tmp_path, "verifie_le: 2026-03-01\nverifie_par: [amina, noe]\n"))
        assert lines(fresh) == [("Vérifiée le 1er mars 2026", ["Amina Diop", "Noé Petit"])]
        assert fresh is not None
        assert fresh.warning == ""

    def test_the_last_time_somebody_did_it(self, tmp_path: Path) -> None:
        header = done(("amina", "2026-05"), ("noe", "2026-02"), ("noe", "2026-05"))
        assert lines(told(analysis(tmp_path, header))) == [
            ("Faite pour la dernière fois en mai 2026", ["Amina Diop", "Noé Petit"])
        ]

    def test_what_is_dated_after_today_does_not_count(self, tmp_path: Path) -> None:
        fresh = told(analysis(tmp_path, "verifie_le: 2026-11-23\n" + done(("amina", "2026-12"), ("noe", "2026-01"))))
        assert lines(fresh) == [("Faite pour la dernière fois en janvier 2026", ["Noé Petit"])]

    def test_what_another_cooperative_verified_is_told_so_until_somebody_here_does(self, tmp_path: Path) -> None:
        since = {"docs/_cae.yml": "nom: Nous\nverifie_ailleurs_jusqu_au: 2026-03-01\n"}
        theirs = "Vérifiée le 1er mars 2026 par la coopérative d'origine, pas encore par la nôtre"
        assert lines(told(analysis(tmp_path / "a", "verifie_le: 2026-03-01\n", files=since))) == [(theirs, [])]
        ours = told(analysis(tmp_path / "b", "verifie_le: 2026-03-02\n", files=since))
        assert lines(ours) == [("Vérifiée le 2 mars 2026", [])]
        named = told(analysis(tmp_path / "c", "verifie_le: 2026-03-01\nverifie_par: [amina]\n", files=since))
        assert lines(named) == [("Vérifiée le 1er mars 2026", ["Amina Diop"])]
        wrong = {"docs/_cae.yml": "verifie_ailleurs_jusqu_au: bientôt\n"}
        unsaid = told(analysis(tmp_path / "d", "verifie_le: 2026-03-01\n", files=wrong))
        assert lines(unsaid) == [("Vérifiée le 1er mars 2026", [])]

    def test_the_month_that_runs_counts(self, tmp_path: Path) -> None:
        assert lines(told(analysis(tmp_path, done(("amina", "2026-11")))))[0][0].endswith("en novembre 2026")

    def test_a_page_that_declares_nothing_and_owes_nothing_says_nothing(self, tmp_path: Path) -> None:
        known = analysis(tmp_path, files={"docs/demarches/_type.yml": TYPE.replace("review_every: 12 months\n", "")})
        assert told(known) is None
        assert found(known) == []

    def test_without_a_limit_the_dates_are_told_all_the_same(self, tmp_path: Path) -> None:
        types = {"docs/demarches/_type.yml": TYPE.replace("review_every: 12 months\n", "")}
        known = analysis(tmp_path, "verifie_le: 2001-01-01\n", files=types)
        assert lines(told(known)) == [("Vérifiée le 1er janvier 2001", [])]
        assert found(known) == []


class TestLimit:
    @pytest.mark.parametrize(
        ("header", "every", "due"),
        [
            ("verifie_le: 2025-11-22\n", "12 months", "22 novembre 2026"),
            ("verifie_le: 2025-11-23\n", "12 months", ""),
            ("verifie_le: 2024-02-29\n", "12 months", "28 février 2025"),
            ("verifie_le: 2025-10-31\n", "4 mois", "28 février 2026"),
            ("verifie_le: 2026-11-11\n", "10 jours", "21 novembre 2026"),
            (done(("amina", "2025-10")), "12 months", "31 octobre 2026"),
            (done(("amina", "2025-11")), "12 months", ""),
            ("verifie_le: 2020-01-01\n" + done(("amina", "2026-10")), "1 an", ""),
            ("verifie_le: 2025-11-01\n" + done(("amina", "2020-10")), "1 an", "1er novembre 2026"),
        ],
    )
    def test_it_counts_from_the_last_of_the_two(self, tmp_path: Path, header: str, every: str, due: str) -> None:
        known = analysis(tmp_path, header, files={"docs/demarches/_type.yml": TYPE.replace("12 months", every)})
        fresh = told(known)
        assert fresh is not None
        assert fresh.warning == (f"À revérifier depuis le {due}." if due else "")
        assert [diagnostic.message for diagnostic in found(known)] == (
            [
                f"Cette page est à revérifier depuis le {due} : relisez-la, puis mettez la date du jour dans "
                "« verifie_le »."
            ]
            if due
            else []
        )

    def test_it_says_what_to_do_with_the_words_of_the_page(self, tmp_path: Path) -> None:
        fresh = told(analysis(tmp_path, "verifie_le: 2020-01-01\n"))
        assert fresh is not None
        assert fresh.advice == (
            "Relisez-la, corrigez ce qui a changé, puis mettez la date du jour dans « Vérifiée le ». "
            "Vous venez de le faire ? Le dire dans « Déjà faite par » suffit aussi."
        )

    def test_a_page_never_verified_is_to_be(self, tmp_path: Path) -> None:
        known = analysis(tmp_path)
        fresh = told(known)
        assert fresh is not None
        assert fresh.warning == "À vérifier : rien ne dit encore quand cette page l'a été."
        assert [d.span.start for d in found(known)] == [(1, 1)]

    def test_the_diagnostic_shows_the_date(self, tmp_path: Path) -> None:
        (diagnostic,) = found(analysis(tmp_path, "verifie_le: 2020-01-01\n"))
        assert (diagnostic.severity, diagnostic.span.start) == ("info", (3, 13))

    def test_a_type_that_keeps_no_date_is_left_in_peace(self, tmp_path: Path) -> None:
        bare = "type: demarche\nreview_every: 1 an\nfields: {titre: {type: text}}\n"
        known = analysis(tmp_path, files={"docs/demarches/_type.yml": bare})
        assert told(known) is None
        assert found(known) == []

    def test_a_long_limit_never_comes(self, tmp_path: Path) -> None:
        types = {"docs/demarches/_type.yml": TYPE.replace("12 months", "99999 ans")}
        assert found(analysis(tmp_path, "verifie_le: 2020-01-01\n", files=types)) == []


class TestTime:
    def test_inputs_change_on_the_day_only(self, tmp_path: Path) -> None:
        header = "verifie_le: 2025-12-01\n" + done(("amina", "2025-11"))

        def digests() -> Iterator[str]:
            for day in (date(2025, 12, 2), date(2026, 11, 30), date(2026, 12, 1), date(2027, 5, 1)):
                known = analysis(tmp_path, header, day)
                yield page_inputs(known.graph.pages[PATH], site_of(known, Audience.PUBLIC)).digest

        before, eve, day, after = digests()
        assert before == eve != day == after


HIDDEN = {
    "docs/gens/_type.yml": "type: personne\nvisibility: members\nfields: {titre: {type: text}}\n",
}


class TestAudience:
    def test_a_name_is_for_those_who_see_the_page(self, tmp_path: Path) -> None:
        header = "verifie_le: 2026-03-01\nverifie_par: [amina]\n" + done(("noe", "2026-05"))
        known = analysis(tmp_path, header, files=HIDDEN)
        assert "Amina" not in repr(told(known))
        assert "Noé" not in repr(told(known))
        assert lines(told(known, Audience.MEMBERS))[0][1] == ["Amina Diop"]

    def test_a_field_for_members_does_not_count_for_the_public(self, tmp_path: Path) -> None:
        types = {"docs/demarches/_type.yml": TYPE.replace('label: "Déjà', 'visibility: members\n    label: "Déjà')}
        known = analysis(tmp_path, "verifie_le: 2020-01-01\n" + done(("noe", "2026-05")), files=types)
        public, members = told(known), told(known, Audience.MEMBERS)
        assert public is not None
        assert members is not None
        assert (public.done, "Déjà faite par" in public.advice) == ("", False)
        assert public.warning
        assert (members.warning, members.done) == ("", "en mai 2026")

    def test_the_file_and_the_list_hold_no_page_for_members(self, tmp_path: Path) -> None:
        types = {"docs/demarches/_type.yml": TYPE.replace("review_every", "visibility: members\nreview_every")}
        known = analysis(tmp_path, "verifie_le: 2020-01-01\n", files=types)
        public, members = site_of(known, Audience.PUBLIC), site_of(known, Audience.MEMBERS)
        assert data(public) is None
        assert "docs/demarches/a.md" not in repr(freshness_page(public))
        assert len(data(members) or ()) == 1


def data(site: Site) -> list[dict[str, str | None]] | None:
    artifact = freshness_data(site, lambda path: published_path(path, site.docs_dir))
    if artifact is None:
        return None
    pages = json.loads(artifact.text)["pages"]
    assert isinstance(pages, list)
    return pages


PAGES = {
    "docs/demarches/b.md": "---\ntitre: B\nverifie_le: 2020-01-01\nverifie_par: [amina]\n---\n",
    "docs/demarches/c.md": "---\ntitre: C\n" + done(("noe", "2021-06")) + "---\n",
    "docs/demarches/d.md": "---\ntitre: D\nverifie_le: 2026-11-01\n---\n",
}


class TestLists:
    def test_the_oldest_comes_first_and_what_was_never_verified_before(self, tmp_path: Path) -> None:
        page = freshness_page(site_of(analysis(tmp_path, files=PAGES), Audience.PUBLIC))
        assert page is not None
        rows = [[" ".join(value.text for value in cell) for cell in row] for row in page.listings[0].rows]
        assert rows == [
            ["A", "démarche", "jamais", "", ""],
            ["B", "démarche", "1er janvier 2020", "", "1er janvier 2021"],
            ["C", "démarche", "jamais", "juin 2021", "30 juin 2022"],
        ]

    def test_the_file_tells_a_program_everything_but_names(self, tmp_path: Path) -> None:
        site = site_of(analysis(tmp_path, files=PAGES), Audience.MEMBERS)
        pages = data(site)
        assert pages is not None
        assert [page["id"] for page in pages] == ["demarche/a", "demarche/b", "demarche/c", "demarche/d"]
        assert pages[2] == {
            "id": "demarche/c",
            "titre": "C",
            "adresse": "demarches/c.md",
            "verifiee_le": None,
            "faite_le": "2021-06-30",
            "a_reverifier_le": "2022-06-30",
            "etat": "a_reverifier",
        }
        assert pages[3]["etat"] == "a_jour"
        assert "Amina" not in json.dumps(pages)
        assert "Noé" not in json.dumps(pages, ensure_ascii=False)

    def test_a_wiki_that_reviews_nothing_has_no_list(self, tmp_path: Path) -> None:
        types = {"docs/demarches/_type.yml": TYPE.replace("review_every: 12 months\n", "")}
        assert freshness_page(site_of(analysis(tmp_path, files=types), Audience.PUBLIC)) is None
