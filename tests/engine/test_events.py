"""Events: what makes a page one, when it takes place, who is told of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from essaim.diagnostics import Diagnostic
from essaim.views.audience import Audience
from essaim.views.events.event import Event
from essaim.views.events.occurrences import MOST, next_occurrences, occurrences
from essaim.views.events.page import PageDates, page_dates
from essaim.views.inputs import page_inputs
from essaim.views.plain import render_page
from essaim.views.site import Site
from essaim.workspace import Analysis
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

TODAY = date(2026, 11, 23)
PARIS = ZoneInfo("Europe/Paris")
TYPE = """\
type: evenement
label: {one: événement, many: événements, gender: m}
fields:
  titre: text
  resume: text
  debut: {type: datetime}
  fin: {type: datetime}
  jour: {type: date}
  revient: {type: recurrence}
  sauf: {type: date, many: true}
  lieu: {type: text}
  visio: {type: url, visibility: members}
  groupe: {type: reference, to: groupe, many: true}
  etat: {type: choice, of: {prevu: "Prévu", annule: "Annulé"}}
event:
  start: debut
  end: fin
  recurrence: revient
  except: sauf
  place: lieu
  online: visio
  group: groupe
  status: etat
"""
DAYS = TYPE.replace("{type: datetime}", "{type: date}")
GROUP = "type: groupe\nlabel: {one: groupe, many: groupes}\nfields: {titre: text}\n"
PATH = "docs/evenements/point.md"


def wiki(header: str, page_type: str = TYPE, others: Mapping[str, str] = {}) -> Analysis:
    files = {
        "docs/evenements/_type.yml": page_type,
        "docs/groupes/_type.yml": GROUP,
        "docs/groupes/pilotage.md": "---\ntitre: Pilotage\n---\n",
        PATH: f"---\ntitre: Point du lundi\n{header}---\n",
    }
    return read_wiki({**files, **others}, TODAY)


def site(header: str, page_type: str = TYPE, others: Mapping[str, str] = {}, audience: str = "members") -> Site:
    return site_of(wiki(header, page_type, others), Audience(audience))


def event(header: str, page_type: str = TYPE) -> Event:
    return site(header, page_type).events.by_path[PATH]


def starts(header: str, first: date, last: date, page_type: str = TYPE) -> list[str]:
    """Return when the event of a page begins, in ISO 8601."""
    return [found.start.isoformat() for found in occurrences(event(header, page_type), first, last)]


class TestOption:
    def found(self, option: str, fields: str = "") -> list[Diagnostic]:
        text = TYPE.partition("event:")[0] + fields + option
        return [d for d in read_wiki({"docs/evenements/_type.yml": text}).diagnostics if d.code.startswith("ES6")]

    def messages(self, option: str) -> list[str]:
        return [f"{d.code} {d.message}" for d in self.found(option) if "groupe" not in d.message]

    def test_only_the_beginning_is_needed(self) -> None:
        assert self.messages("event: {start: debut}\n") == []
        assert self.messages("event: {end: fin}\n") == ["ES602 L'option « start » manque pour « event »."]

    def test_a_field_that_is_not_there_is_told_with_the_nearest(self) -> None:
        assert self.messages("event: {start: debout}\n") == [
            "ES610 Le champ « debout » n'existe pas pour le type « evenement ». Vouliez-vous dire « debut » ?"
        ]

    @pytest.mark.parametrize(
        ("option", "expected"),
        [
            ("{start: titre}", "« start » attend un champ « date » ou « datetime »"),
            ("{start: sauf}", "« start » attend un champ « date » ou « datetime » à une seule valeur"),
            ("{start: debut, recurrence: titre}", "« recurrence » attend un champ « recurrence »"),
            ("{start: debut, group: titre}", "« group » attend un champ « reference »"),
            ("{start: debut, place: debut}", "« place » attend un champ « text »"),
            ("{start: debut, end: jour}", "« end » attend un champ « datetime », comme celui de « start »"),
            ("{start: debut, timezone: Europe/Pari}", "Vouliez-vous dire « Europe/Paris » ?"),
            ("{start: debut, timezone: ../../etc/passwd}", "« timezone » attend un fuseau horaire"),
            ("{start: debut, lieu: lieu}", "L'option « lieu » n'existe pas pour « event »"),
            ("debut", "L'option « event » attend « {start: …"),
        ],
    )
    def test_a_field_that_does_not_fit_is_told(self, option: str, expected: str) -> None:
        (message,) = self.messages(f"event: {option}\n")
        assert expected in message

    def test_a_type_takes_it_from_the_one_it_extends(self) -> None:
        base = TYPE.replace("type: evenement", "type: _rendez_vous")
        files = {
            "docs/_commun/_type.yml": base,
            "docs/evenements/_type.yml": "type: evenement\nextends: _rendez_vous\n",
            "docs/groupes/_type.yml": GROUP,
            PATH: "---\ntitre: Point\ndebut: 2026-11-23 12:00\n---\n",
        }
        known = site_of(read_wiki(files, TODAY), Audience.PUBLIC).events.by_path
        assert known[PATH].start == datetime(2026, 11, 23, 12, tzinfo=PARIS)


class TestTimes:
    def test_a_single_time(self) -> None:
        header = "debut: 2026-11-23 12:00\nfin: 2026-11-23 12:45\n"
        assert starts(header, date(2026, 11, 23), date(2026, 11, 24)) == ["2026-11-23T12:00:00+01:00"]
        assert starts(header, date(2026, 11, 24), date(2026, 12, 24)) == []
        assert starts(header, date(2026, 11, 1), date(2026, 11, 23)) == []

    def test_a_weekly_one_keeps_its_hour_when_clocks_change(self) -> None:
        header = 'debut: 2026-10-19 12:00\nfin: 2026-10-19 13:00\nrevient: "chaque lundi"\n'
        found = occurrences(event(header), date(2026, 10, 19), date(2026, 11, 3))
        assert [(o.start.isoformat(), o.end.isoformat()) for o in found] == [
            ("2026-10-19T12:00:00+02:00", "2026-10-19T13:00:00+02:00"),
            ("2026-10-26T12:00:00+01:00", "2026-10-26T13:00:00+01:00"),
            ("2026-11-02T12:00:00+01:00", "2026-11-02T13:00:00+01:00"),
        ]

    def test_an_exception_takes_a_time_away(self) -> None:
        header = 'debut: 2026-12-14 12:00\nrevient: "chaque lundi"\nsauf: [2026-12-21, 2026-12-28]\n'
        assert starts(header, date(2026, 12, 1), date(2027, 1, 10)) == [
            "2026-12-14T12:00:00+01:00",
            "2027-01-04T12:00:00+01:00",
        ]

    def test_the_last_day_of_a_rhythm_is_one_of_its_days(self) -> None:
        header = 'debut: 2026-12-14 12:00\nrevient: "chaque lundi, jusqu\'au 2026-12-28"\n'
        assert len(starts(header, date(2026, 12, 1), date(2028, 1, 1))) == 3

    @pytest.mark.parametrize(("hour", "count"), [("105959Z", 2), ("110000Z", 3), ("115959", 2), ("120000", 3)])
    def test_a_last_hour_is_exact(self, hour: str, count: int) -> None:
        header = f"debut: 2026-12-14 12:00\nrevient: FREQ=WEEKLY;UNTIL=20261228T{hour}\n"
        assert len(starts(header, date(2026, 12, 1), date(2028, 1, 1))) == count

    def test_whole_days_last_to_the_end_of_the_last(self) -> None:
        found = occurrences(event("debut: 2026-12-01\nfin: 2026-12-03\n", DAYS), date(2026, 12, 3), date(2026, 12, 4))
        assert [(o.start, o.end) for o in found] == [(date(2026, 12, 1), date(2026, 12, 3))]

    def test_what_goes_on_is_found_by_each_of_its_days(self) -> None:
        header = "debut: 2026-12-01 20:00\nfin: 2026-12-02 00:00\n"
        assert starts(header, date(2026, 12, 1), date(2026, 12, 2)) != []
        assert starts(header, date(2026, 12, 2), date(2026, 12, 3)) == []  # it ends at midnight

    def test_an_hour_with_an_offset_is_read_where_the_event_is(self) -> None:
        assert event("debut: 2026-11-23 12:00+00:00\n").start.isoformat() == "2026-11-23T13:00:00+01:00"
        reunion = TYPE + "  timezone: Indian/Reunion\n"
        assert event("debut: 2026-11-23 12:00\n", reunion).start.isoformat() == "2026-11-23T12:00:00+04:00"

    def test_an_end_before_the_beginning_counts_for_nothing(self) -> None:
        found = event("debut: 2026-11-23 12:00\nfin: 2026-11-20 12:00\n")
        assert found.end == found.start

    def test_the_next_times_follow_today(self) -> None:
        header = 'debut: 2026-09-07 12:00\nrevient: "chaque lundi"\n'
        found = next_occurrences(event(header), TODAY, 3)
        assert [o.first_day for o in found] == [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7)]

    def test_times_are_never_more_than_so_many(self) -> None:
        found = occurrences(
            event("debut: 2000-01-01\nrevient: chaque jour\n", DAYS), date(2000, 1, 1), date(2190, 1, 1)
        )
        assert len(found) == MOST

    @pytest.mark.parametrize(
        "header",
        [
            "debut: 0001-01-01 00:00+05:00\n",
            "debut: 9999-12-31 23:59-05:00\n",
            "debut: 2026-01-01 00:00\nfin: 9999-12-31 23:59-05:00\n",
            "debut: 2026-01-01 00:00\nrevient: FREQ=DAILY;UNTIL=99991231T235959Z\n",
            "debut: 2026-01-01 00:00\nrevient: FREQ=DAILY;UNTIL=00010101T000000Z\n",
            "debut: 2199-12-31 23:00\nfin: 2199-12-31 23:30\nrevient: chaque jour\n",
        ],
    )
    def test_the_ends_of_time_break_nothing(self, header: str) -> None:
        known = site(header)
        for found in known.events.by_path.values():
            next_occurrences(found, TODAY, 5)
        page_inputs(known.graph.pages[PATH], known)


class TestPage:
    def dates(self, known: Site, path: str = PATH) -> PageDates:
        found = page_dates(known.graph.pages[path], known)
        assert found is not None
        return found

    def test_an_event_shows_its_next_dates_and_its_calendars(self) -> None:
        header = 'debut: 2026-09-07 12:00\nfin: 2026-09-07 12:45\nrevient: "chaque lundi"\ngroupe: [pilotage]\n'
        found = self.dates(site(header))
        assert [f"{d.day}, {d.hours} ({d.note})" for d in found.dates[:2]] == [
            "lundi 23 novembre 2026, de 12 h à 12 h 45 (aujourd'hui)",
            "lundi 30 novembre 2026, de 12 h à 12 h 45 ()",
        ]
        assert len(found.dates) == 5
        assert [(c.text, c.path) for c in found.calendars] == [
            ("Cet événement", "evenements/point.ics"),
            ("Pilotage", "agenda/pilotage.ics"),
            ("Tout l'agenda", "agenda.ics"),
        ]

    def test_a_group_shows_the_next_date_of_each_of_its_events(self) -> None:
        header = 'debut: 2026-11-10 18:00\nrevient: "chaque mardi"\ngroupe: [pilotage]\n'
        dates = "debut: 2026-11-23 09:00\nfin: 2026-11-24 17:00\n"
        other = f"---\ntitre: Séminaire\n{dates}groupe: [pilotage]\netat: annule\n---\n"
        found = self.dates(site(header, others={"docs/evenements/seminaire.md": other}), "docs/groupes/pilotage.md")
        assert [(d.page.text, d.hours, d.note) for d in found.dates if d.page] == [
            ("Séminaire", "à 9 h, jusqu'au mardi 24 novembre 2026 à 17 h", "aujourd'hui, annulé"),
            ("Point du lundi", "à 18 h", "chaque mardi"),
        ]
        assert found.calendars[0].path == "agenda/pilotage.ics"

    def test_what_is_over_says_so(self) -> None:
        found = self.dates(site("debut: 2026-11-20 18:00\n"))
        assert (found.dates, found.empty) == ((), "Aucune date à venir.")

    def test_an_hour_of_elsewhere_says_where(self) -> None:
        found = self.dates(site("debut: 2026-12-01 18:00\n", TYPE + "  timezone: Indian/Reunion\n"))
        assert found.dates[0].note == "heure de Reunion"

    def test_another_page_shows_none(self) -> None:
        known = site("debut: 2026-11-20 18:00\n")
        assert page_dates(known.graph.pages["docs/groupes/pilotage.md"], known) is None

    def test_plain_markdown_shows_them_too(self) -> None:
        known = site('debut: 2026-09-07 12:00\nrevient: "chaque lundi"\n')
        text = render_page(page_inputs(known.graph.pages[PATH], known))
        assert "- lundi 30 novembre 2026, à 12 h\n" in text
        assert "S'abonner : [Cet événement](point.ics), [Tout l'agenda](../agenda.ics)" in text


class TestAudience:
    def test_a_field_for_members_is_not_told_to_the_public(self) -> None:
        header = "debut: 2026-11-24 18:00\nvisio: https://visio.exemple.invalid/secret\n"
        assert site(header, audience="public").events.by_path[PATH].online is None
        online = site(header, audience="members").events.by_path[PATH].online
        assert online is not None
        assert online.address == "https://visio.exemple.invalid/secret"

    def test_an_event_whose_beginning_is_for_members_is_no_event_for_the_public(self) -> None:
        hidden = TYPE.replace("debut: {type: datetime}", "debut: {type: datetime, visibility: members}")
        assert site("debut: 2026-11-24 18:00\n", hidden, audience="public").events.by_path == {}
        assert len(site("debut: 2026-11-24 18:00\n", hidden).events.by_path) == 1

    def test_a_type_for_members_has_no_public_event(self) -> None:
        hidden = TYPE.replace("fields:", "visibility: members\nfields:")
        known = site("debut: 2026-11-24 18:00\ngroupe: [pilotage]\n", hidden, audience="public")
        assert (known.events.by_path, known.events.by_group) == ({}, {})
        assert page_dates(known.graph.pages["docs/groupes/pilotage.md"], known) is None

    def test_a_group_for_members_is_not_named_to_the_public(self) -> None:
        group = {"docs/groupes/_type.yml": GROUP + "visibility: members\n"}
        known = site("debut: 2026-11-24 18:00\ngroupe: [pilotage]\n", others=group, audience="public")
        assert known.events.by_path[PATH].groups == ()
        assert known.events.by_group == {}

    def test_a_page_with_errors_or_left_out_is_no_event(self) -> None:
        assert site("debut: 2026-11-24 18:00\netat: peut-être\n").events.by_path == {}
        known = site("debut: 2026-11-24 18:00\n")
        assert replace(known, left_out={PATH}).events.by_path == {}
