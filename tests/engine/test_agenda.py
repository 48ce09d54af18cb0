"""The view `agenda`: what takes place, day by day and month by month."""

from collections.abc import Mapping
from datetime import date

import pytest

from essaim.diagnostics import Diagnostic, Severity
from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.views.queries.agenda import Agenda
from essaim.workspace import Analysis
from essaim.workspace.site import site_of
from tests.conftest import read_wiki
from tests.engine.test_events import GROUP, TYPE

TODAY = date(2026, 11, 23)
TASK = """\
type: action
label: {one: action, many: actions, gender: f}
fields:
  titre: text
  echeance: {type: date, label: "Échéance"}
  envoi: {type: datetime}
"""


def page(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", ""])


PAGES = {
    "docs/evenements/point.md": page(
        "titre: Point",
        "debut: 2026-09-07 12:00",
        "fin: 2026-09-07 12:45",
        "revient: chaque lundi",
        "sauf: [2026-12-28]",
        "lieu: Au téléphone",
        "groupe: [pilotage]",
    ),
    "docs/evenements/seminaire.md": page(
        "titre: Séminaire", "debut: 2026-11-22 09:00", "fin: 2026-11-24 17:00", "etat: annule"
    ),
    "docs/evenements/assemblee.md": page("titre: Assemblée", "debut: 2027-06-10 14:00"),
    "docs/evenements/passe.md": page("titre: Passé", "debut: 2026-11-10 14:00"),
    "docs/actions/lettre.md": page("titre: Écrire la lettre", "echeance: 2026-11-30", "envoi: 2026-12-01 09:30"),
    "docs/actions/bilan.md": page("titre: Faire le bilan", "echeance: 2027-03-01"),
}


def wiki(block: str, others: Mapping[str, str] = {}) -> Analysis:
    files = {
        "docs/evenements/_type.yml": TYPE,
        "docs/groupes/_type.yml": GROUP,
        "docs/groupes/pilotage.md": "---\ntitre: Pilotage\n---\n",
        "docs/actions/_type.yml": TASK,
        "docs/agenda.md": f"# Agenda\n\n```requete\nvue: agenda\n{block}```\n",
    }
    return read_wiki({**files, **PAGES, **others}, TODAY)


def agenda(block: str, others: Mapping[str, str] = {}, audience: str = "public") -> Agenda:
    known = wiki(block, others)
    here = (d for d in known.diagnostics if d.path == "docs/agenda.md")
    assert [d.message for d in here if d.severity is not Severity.INFO] == []
    site = site_of(known, Audience(audience))
    (view,) = page_inputs(site.graph.pages["docs/agenda.md"], site).views
    assert isinstance(view.view, Agenda)
    return view.view


def told(view: Agenda) -> list[str]:
    """Return each entry on one line: its day, its hours, its title."""
    return [f"{day.date} {entry.hours} {entry.page.text}" for day in view.days for entry in day.entries]


class TestList:
    def test_it_goes_from_today_to_the_end_of_next_month(self) -> None:
        assert told(agenda("de: evenement\n")) == [
            "2026-11-23 à 9 h, jusqu'au mardi 24 novembre 2026 à 17 h Séminaire",
            "2026-11-23 de 12 h à 12 h 45 Point",
            "2026-11-30 de 12 h à 12 h 45 Point",
            "2026-12-07 de 12 h à 12 h 45 Point",
            "2026-12-14 de 12 h à 12 h 45 Point",
            "2026-12-21 de 12 h à 12 h 45 Point",
        ]

    def test_a_day_is_told_in_full_and_today_in_words(self) -> None:
        first, second, *_ = agenda("de: evenement\n").days
        assert (first.label, first.is_today) == ("lundi 23 novembre 2026", True)
        assert (second.label, second.is_today) == ("lundi 30 novembre 2026", False)

    def test_what_began_before_and_what_may_not_take_place_say_so(self) -> None:
        seminar, point = agenda("de: evenement\n").days[0].entries
        assert seminar.note == "depuis le dimanche 22 novembre 2026, annulé"
        assert (point.note, point.place, [group.text for group in point.groups]) == ("", "Au téléphone", ["Pilotage"])

    def test_a_limit_counts_the_next_dates(self) -> None:
        whole, cut = agenda("de: evenement\n"), agenda("de: evenement\nlimite: 2\n")
        entries = [entry for day in whole.days for entry in day.entries]
        assert [entry for day in cut.days for entry in day.entries] == entries[:2]
        assert cut.more == f"Et {len(entries) - 2} autres dates d'ici le jeudi 31 décembre 2026."

    def test_what_comes_later_is_counted(self) -> None:
        assert agenda("de: evenement\n").more == "Et 1 autre événement après le jeudi 31 décembre 2026."

    def test_one_says_from_when_and_how_long(self) -> None:
        assert told(agenda('de: evenement\ndu: 2027-06-01\nmois: 1\nou: "titre = Assemblée"\n')) == [
            "2027-06-10 à 14 h Assemblée"
        ]
        assert agenda("de: evenement\nmois: 8\n").more == ""

    def test_when_there_is_nothing_it_says_until_when(self) -> None:
        view = agenda('de: evenement\nou: "titre = Assemblée"\n')
        assert view.is_empty
        assert view.months == ()
        assert view.empty == "Rien de prévu d'ici le jeudi 31 décembre 2026."
        assert agenda('de: evenement\nou: "titre = Passé"\nvide: Rien.\n').empty == "Rien."

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_a_day_out_of_reach_is_today(self, day: str) -> None:
        assert told(agenda(f"de: evenement\ndu: {day}\n")) == told(agenda("de: evenement\n"))

    def test_it_leads_to_the_calendar_of_everything(self) -> None:
        assert [calendar.path for calendar in agenda("de: evenement\n").calendars] == ["agenda.ics"]


class TestColumn:
    def test_any_day_of_a_page_can_be_shown(self) -> None:
        view = agenda("de: action\nchamp: echeance\n")
        assert told(view) == ["2026-11-30  Écrire la lettre"]
        assert view.title == "Échéance"
        assert view.more == "Et 1 autre date après le jeudi 31 décembre 2026."
        assert view.calendars == ()

    def test_so_can_any_hour(self) -> None:
        assert told(agenda("de: action\nchamp: envoi\n")) == ["2026-12-01 à 9 h 30 Écrire la lettre"]

    def test_without_it_only_events_are_shown(self) -> None:
        assert agenda("de: action\n").is_empty


class TestGrid:
    def test_months_are_the_whole_weeks_when_something_takes_place(self) -> None:
        november, december = agenda("de: evenement\n").months
        assert (november.label, december.label) == ("novembre 2026", "décembre 2026")
        assert all(len(week) == 7 for week in november.weeks)
        days = [cell.day for week in november.weeks for cell in week if cell]
        assert days == list(range(23, 31))
        assert [cell is None for cell in november.weeks[-1]] == [False] + [True] * 6

    def test_a_month_when_nothing_takes_place_is_not_drawn(self) -> None:
        first, *others = agenda("de: evenement\nmois: 6\n").months
        assert first.label == "novembre 2026"
        assert all(month.weeks for month in (first, *others))

    def test_it_says_what_the_list_says(self) -> None:
        november, december = agenda("de: evenement\n").months
        found = {
            cell.date: [(entry.hour, entry.page.text, entry.note) for entry in cell.entries]
            for month in (november, december)
            for week in month.weeks
            for cell in week
            if cell and cell.entries
        }
        assert found == {
            "2026-11-23": [("", "Séminaire", "suite, annulé"), ("12 h", "Point", "")],
            "2026-11-24": [("", "Séminaire", "suite, annulé")],
            "2026-11-30": [("12 h", "Point", "")],
            **{f"2026-12-{day:02}": [("12 h", "Point", "")] for day in (7, 14, 21)},
        }

    def test_today_is_marked(self) -> None:
        (november, _) = agenda("de: evenement\n").months
        assert [cell.date for week in november.weeks for cell in week if cell and cell.is_today] == ["2026-11-23"]

    @pytest.mark.parametrize("form", ["liste", "mois", "les deux"])
    def test_one_chooses_the_form(self, form: str) -> None:
        assert agenda(f"de: evenement\nforme: {form}\n").form == form


class TestText:
    def test_markdown_says_the_same(self) -> None:
        known = wiki("de: evenement\ntitre: Bientôt\n")
        site = site_of(known, Audience.PUBLIC)
        text = page_inputs(site.graph.pages["docs/agenda.md"], site).markdown
        assert "**Bientôt**\n\n- **lundi 23 novembre 2026** (aujourd'hui)\n    - à 9 h" in text
        assert (
            "    - de 12 h à 12 h 45 : [Point](evenements/point.md) (Au téléphone · [Pilotage](groupes/pilotage.md))"
            in text
        )
        assert "S'abonner à l'agenda : [Tout l'agenda](agenda.ics)" in text


class TestAudience:
    MEMBERS: Mapping[str, str] = {
        "docs/evenements/_type.yml": TYPE.replace("fields:", "visibility: members\nfields:")
    }

    def test_the_public_is_told_nothing_of_what_is_for_members(self) -> None:
        view = site_of(wiki("de: evenement\n", self.MEMBERS), Audience.PUBLIC)
        (shown,) = page_inputs(view.graph.pages["docs/agenda.md"], view).views
        assert shown.view.is_empty
        assert (shown.view.more, shown.view.calendars) == ("", ())

    def test_a_page_with_errors_is_left_out(self) -> None:
        broken = {"docs/evenements/point.md": PAGES["docs/evenements/point.md"].replace("Au téléphone", "[1, 2]")}
        view = agenda("de: evenement\n", broken)
        assert [entry.page.text for day in view.days for entry in day.entries] == ["Séminaire"]


def diagnostics(block: str) -> list[Diagnostic]:
    return [d for d in wiki(block).diagnostics if d.path == "docs/agenda.md" and d.code.startswith("ES7")]


@pytest.mark.parametrize("block", ["mois: 0\n", "mois: 25\n", "forme: grille\n", "du: bientôt\n", "champ: rien\n"])
def test_a_key_that_does_not_fit_is_told(block: str) -> None:
    assert len(diagnostics(f"de: evenement\n{block}")) == 1
