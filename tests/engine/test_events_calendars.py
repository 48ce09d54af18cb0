"""Calendars that other programs subscribe to, read back as they read them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrule, rruleset, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from essaim.pages.history import Coverage, History, PageHistory, Revision
from essaim.views.audience import Audience
from essaim.views.events.ics import calendars
from essaim.views.events.occurrences import occurrences
from essaim.views.site import Site
from tests.engine.test_events import DAYS, GROUP, PATH, TYPE, site

PARIS = ZoneInfo("Europe/Paris")
WEEKLY = 'resume: "On se parle."\ndebut: 2026-09-07 12:00\nfin: 2026-09-07 12:45\nrevient: "chaque lundi"\n'


def files(known: Site, base: str = "https://wiki.exemple.invalid/") -> dict[str, str]:
    """Return the texts of the calendars of a site, by path."""

    def address_of(path: str) -> str:
        return f"{base}{path.removeprefix('docs/').removesuffix('.md')}/" if known.sees(path) else ""

    return {artifact.path: artifact.text for artifact in calendars(known, address_of)}


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def only(header: str, page_type: str = TYPE) -> Any:
    (found,) = events(files(site(header, page_type))["agenda.ics"])
    return found


def expanded(component: Any, first: date, last: date) -> list[date | datetime]:
    """Return the beginnings of an event, worked out by another program: hours by the clock on the wall."""
    start = component.decoded("DTSTART")
    zone = start.tzinfo if isinstance(start, datetime) else None
    bare = datetime.combine(start, time()) if zone is None else start.replace(tzinfo=None)
    found = rruleset()
    if "RRULE" in component:
        text = component["RRULE"].to_ical().decode()
        until = component["RRULE"].get("UNTIL", [None])[0]
        if isinstance(until, datetime):  # told in UTC: here all is on the wall
            written = until.strftime("%Y%m%dT%H%M%SZ")
            text = text.replace(written, until.astimezone(zone).strftime("%Y%m%dT%H%M%S"))
        rhythm = rrulestr(text, dtstart=bare)
        assert isinstance(rhythm, rrule)
        found.rrule(rhythm)
    else:
        found.rdate(bare)
    exceptions = component.get("EXDATE", [])
    for line in exceptions if isinstance(exceptions, list) else [exceptions]:
        for one in line.dts:
            found.exdate(one.dt.replace(tzinfo=None) if zone else datetime.combine(one.dt, time()))
    known = found.between(
        datetime.combine(first, time()), datetime.combine(last, time()) - timedelta(seconds=1), inc=True
    )
    return [moment.replace(tzinfo=zone) if zone else moment.date() for moment in known]


class TestFiles:
    def test_one_for_everything_one_for_each_group_one_for_each_event(self) -> None:
        found = files(site(WEEKLY + "groupe: [pilotage]\n"))
        assert sorted(found) == ["agenda.ics", "agenda/pilotage.ics", "evenements/point.ics"]
        assert all(len(events(text)) == 1 for text in found.values())

    def test_a_wiki_without_event_has_none(self) -> None:
        assert files(site("")) == {}

    def test_two_groups_of_one_id_have_each_their_own(self) -> None:
        others = {
            "docs/cercles/_type.yml": GROUP.replace("type: groupe", "type: cercle", 1),
            "docs/cercles/pilotage.md": "---\ntitre: Cercle\n---\n",
        }
        page_type = TYPE.replace("to: groupe", "to: [groupe, cercle]")
        known = site(WEEKLY + "groupe: [groupe/pilotage, cercle/pilotage]\n", page_type, others)
        assert {"agenda/groupe-pilotage.ics", "agenda/cercle-pilotage.ics"} <= files(known).keys()

    def test_they_bear_names_in_french(self) -> None:
        known = site(WEEKLY + "groupe: [pilotage]\n", others={"docs/_cae.yml": "nom: La Navette\n"})
        names = {path: str(Calendar.from_ical(text)["X-WR-CALNAME"]) for path, text in files(known).items()}
        assert names == {
            "agenda.ics": "La Navette : agenda",
            "agenda/pilotage.ics": "La Navette : Pilotage",
            "evenements/point.ics": "Point du lundi",
        }

    def test_lines_are_short_and_end_as_they_must(self) -> None:
        header = (
            'resume: "'
            + "Énoncé très long, avec des virgules ; et des points-virgules. " * 8
            + '"\ndebut: 2026-11-23 12:00\n'
        )
        text = files(site(header))["agenda.ics"]
        assert text.endswith("END:VCALENDAR\r\n")
        assert "\n" not in text.replace("\r\n", "")
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
        (found,) = events(text)
        assert str(found["DESCRIPTION"]).startswith("Énoncé très long, avec des virgules ; et des points-virgules. ")

    def test_the_same_wiki_gives_the_same_bytes(self) -> None:
        assert files(site(WEEKLY)) == files(site(WEEKLY))


class TestEvent:
    def test_it_tells_all_there_is_to_know(self) -> None:
        header = WEEKLY + 'lieu: "Au siège ; 2e étage"\nvisio: https://visio.exemple.invalid/x\ngroupe: [pilotage]\n'
        found = only(header)
        assert str(found["SUMMARY"]) == "Point du lundi"
        assert str(found["DESCRIPTION"]) == "On se parle.\nEn visio : https://visio.exemple.invalid/x"
        assert str(found["LOCATION"]) == "Au siège ; 2e étage"
        assert str(found["URL"]) == "https://wiki.exemple.invalid/evenements/point/"
        assert found["CATEGORIES"].to_ical().decode() == "Événement,Pilotage"
        assert str(found["STATUS"]) == "CONFIRMED"
        assert str(found["UID"]) == "evenement-point@wiki.exemple.invalid"

    def test_without_an_address_of_the_site_there_is_none_of_the_page(self) -> None:
        known = site(WEEKLY, others={"docs/_cae.yml": "nom: La Navette\n"})
        (found,) = events(files(known, base="")["agenda.ics"])
        assert "URL" not in found
        assert str(found["UID"]) == "evenement-point@la-navette.invalid"

    def test_a_rhythm_stays_a_rule_in_its_time_zone(self) -> None:
        found = only(WEEKLY + "sauf: [2026-12-28]\n")
        assert found["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO"
        assert found["DTSTART"].to_ical() == b"20260907T120000"
        assert found["DTSTART"].params["TZID"] == "Europe/Paris"
        assert found["EXDATE"].dts[0].dt == datetime(2026, 12, 28, 12, tzinfo=PARIS)

    def test_the_time_zone_is_told_once(self) -> None:
        text = files(site(WEEKLY))["agenda.ics"]
        assert text.count("BEGIN:VTIMEZONE") == text.count("TZID:Europe/Paris\r\n") == 1

    def test_whole_days_end_on_the_day_after(self) -> None:
        found = only('debut: 2026-12-01\nfin: 2026-12-03\nrevient: "chaque année, jusqu\'au 2028-12-01"\n', DAYS)
        assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (date(2026, 12, 1), date(2026, 12, 4))
        assert found["RRULE"].to_ical() == b"FREQ=YEARLY;UNTIL=20281201"

    def test_the_last_day_of_a_rhythm_is_told_in_utc(self) -> None:
        found = only('debut: 2026-12-14 12:00\nrevient: "chaque lundi, jusqu\'au 2027-06-28"\n')
        assert found["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20270628T215959Z;BYDAY=MO"

    def test_it_begins_on_the_first_day_of_its_rhythm(self) -> None:
        found = only('debut: 2026-11-25 12:00\nfin: 2026-11-25 13:00\nrevient: "chaque lundi"\n')
        assert found.decoded("DTSTART") == datetime(2026, 11, 30, 12, tzinfo=PARIS)
        assert found.decoded("DTEND") == datetime(2026, 11, 30, 13, tzinfo=PARIS)

    def test_what_never_takes_place_is_in_none(self) -> None:
        assert files(site("debut: 2026-11-25 12:00\nrevient: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n")) == {}

    @pytest.mark.parametrize(("said", "status"), [("annule", "CANCELLED"), ("prevu", "CONFIRMED")])
    def test_its_status_is_told(self, said: str, status: str) -> None:
        assert str(only(f"debut: 2026-11-25 12:00\netat: {said}\n")["STATUS"]) == status

    def test_its_stamp_is_its_last_change_and_never_the_clock(self) -> None:
        known = site(WEEKLY)
        assert events(files(known)["agenda.ics"])[0].decoded("DTSTAMP") == datetime(2026, 9, 7, tzinfo=UTC)
        last = Revision("c0ffee", datetime(2026, 11, 20, 9, 30, tzinfo=PARIS), "Amina", "Point")
        past = PageHistory(first=last, last=last, authors=("Amina",), changes=1)
        history = History(pages={PATH: past}, recent=(), coverage=Coverage.WHOLE)
        found = events(files(replace(known, history=history))["agenda.ics"])[0]
        assert found.decoded("DTSTAMP") == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


class TestAudience:
    HEADER = WEEKLY + "visio: https://visio.exemple.invalid/secret\ngroupe: [pilotage]\n"

    @pytest.mark.parametrize(
        ("page_type", "others"),
        [
            (TYPE.replace("resume: text", "resume: {type: text, visibility: members}"), {}),
            (TYPE, {"docs/groupes/_type.yml": GROUP + "visibility: members\n"}),
        ],
    )
    def test_nothing_for_members_is_in_a_public_calendar(self, page_type: str, others: Mapping[str, str]) -> None:
        public = files(site(self.HEADER, page_type, others, "public"))
        text = "".join([*public, *public.values()])
        assert "secret" not in text
        assert ("On se parle" in text) == bool(others)
        assert ("pilotage" in text.lower()) == (not others)
        assert "secret" in files(site(self.HEADER, page_type, others))["agenda.ics"]

    def test_a_type_for_members_gives_the_public_none(self) -> None:
        assert files(site(self.HEADER, TYPE.replace("fields:", "visibility: members\nfields:"), {}, "public")) == {}

    def test_audiences_are_given_the_same_event(self) -> None:
        both = [site(self.HEADER, audience=audience) for audience in Audience]
        uids = {str(events(files(known)["agenda.ics"])[0]["UID"]) for known in both}
        assert len(uids) == 1


RHYTHMS = (
    "chaque lundi",
    "le lundi et le jeudi",
    "tous les 15 jours",
    "chaque jour",
    "le premier jeudi du mois",
    "le dernier vendredi du mois",
    "le 31 du mois",
    "chaque mois",
    "tous les trois mois, le 2e mardi",
    "chaque année",
    "chaque 29 février",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=1,5,10;BYDAY=-1TH",
)
ENDS = ("", ", 7 fois", ", jusqu'au 2027-03-28", ", jusqu'au 2027-10-31")


@settings(max_examples=150, deadline=None)
@given(
    rhythm=st.sampled_from(RHYTHMS),
    end=st.sampled_from(ENDS),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)),
    exceptions=st.lists(st.dates(date(2026, 3, 1), date(2027, 11, 1)), max_size=3),
    has_hours=st.booleans(),
    zone=st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Martinique", "UTC"]),
)
def test_another_program_finds_the_same_times(
    rhythm: str, end: str, start: datetime, exceptions: list[date], has_hours: bool, zone: str
) -> None:
    """Over the days when clocks change, at any hour, with exceptions: what is subscribed to is what is shown."""
    if "FREQ" in rhythm:
        end = ""
    days = "".join(f"  - {day}\n" for day in exceptions)
    written = f"{start:%Y-%m-%d %H:%M}" if has_hours else f"{start:%Y-%m-%d}"
    header = f'debut: {written}\nrevient: "{rhythm}{end}"\n' + (f"sauf:\n{days}" if days else "")
    known = site(header, (TYPE if has_hours else DAYS) + f"  timezone: {zone}\n")
    first, last = date(2026, 1, 1), date(2028, 3, 1)
    event = known.events.by_path.get(PATH)  # none when its rhythm ends before it begins
    shown = [found.start for found in occurrences(event, first, last)] if event else []
    told = [moment for text in files(known).values() for one in events(text) for moment in expanded(one, first, last)]
    assert told == shown * 2  # the calendar of everything, and that of the event
