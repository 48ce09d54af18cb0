"""Recurrence rules: read from RFC 5545 and from plain French, said in French, and worked out day by day."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from essaim.schema.fieldtypes import FIELD_TYPES, Invalid
from essaim.schema.fieldtypes.rhythms.parsing import parse_rule
from essaim.schema.fieldtypes.rhythms.reading import read_french
from essaim.schema.fieldtypes.rhythms.rule import Rule, Weekday, rule_text
from essaim.schema.fieldtypes.rhythms.saying import say_rule
from essaim.schema.model import Field
from essaim.views.events.days import rule_days

KIND = FIELD_TYPES["recurrence"]
FIELD = Field(name="rythme", path="rythme", type=KIND, label="Rythme")


def read(text: str) -> str:
    """Return the rule of a text and how it is said, or why it is none."""
    value = KIND.parse(text, FIELD)
    return value.problem if isinstance(value, Invalid) else f"{value} : {KIND.display(value)}"


class TestFrench:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("chaque lundi", "FREQ=WEEKLY;BYDAY=MO : chaque lundi"),
            ("Tous les JEUDIS", "FREQ=WEEKLY;BYDAY=TH : chaque jeudi"),
            ("le lundi et le jeudi", "FREQ=WEEKLY;BYDAY=MO,TH : chaque lundi et jeudi"),
            ("du lundi au vendredi", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR : du lundi au vendredi"),
            ("tous les jours ouvrés", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR : du lundi au vendredi"),
            ("un lundi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO : toutes les 2 semaines, le lundi"),
            (
                "toutes les trois semaines, le mardi",
                "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU : toutes les 3 semaines, le mardi",
            ),
            ("tous les 15 jours", "FREQ=WEEKLY;INTERVAL=2 : toutes les 2 semaines"),
            ("tous les quinze jours", "FREQ=WEEKLY;INTERVAL=2 : toutes les 2 semaines"),
            ("tous les 10 jours", "FREQ=DAILY;INTERVAL=10 : tous les 10 jours"),
            ("chaque jour", "FREQ=DAILY : chaque jour"),
            ("une semaine sur deux", "FREQ=WEEKLY;INTERVAL=2 : toutes les 2 semaines"),
            ("chaque 2e mardi du mois", "FREQ=MONTHLY;BYDAY=2TU : le 2e mardi du mois"),
            ("le premier lundi du mois", "FREQ=MONTHLY;BYDAY=1MO : le 1er lundi du mois"),
            ("le 1er et le 3e jeudi du mois", "FREQ=MONTHLY;BYDAY=1TH,3TH : le 1er jeudi et le 3e jeudi du mois"),
            ("le dernier vendredi de chaque mois", "FREQ=MONTHLY;BYDAY=-1FR : le dernier vendredi du mois"),
            ("tous les trois mois, le 2e mardi", "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU : tous les 3 mois, le 2e mardi"),
            ("chaque mois", "FREQ=MONTHLY : chaque mois"),
            ("le 15 du mois", "FREQ=MONTHLY;BYMONTHDAY=15 : le 15 du mois"),
            ("le dernier jour du mois", "FREQ=MONTHLY;BYMONTHDAY=-1 : le dernier jour du mois"),
            ("chaque année", "FREQ=YEARLY : chaque année"),
            ("tous les ans", "FREQ=YEARLY : chaque année"),
            ("chaque 24 décembre", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24 : chaque année, le 24 décembre"),
            ("le 2e mardi de mars", "FREQ=YEARLY;BYMONTH=3;BYDAY=2TU : chaque année, en mars, le 2e mardi"),
        ],
    )
    def test_usual_words_are_a_rule(self, text: str, told: str) -> None:
        assert read(text) == told

    @pytest.mark.parametrize(
        ("end", "told"),
        [
            (", jusqu'au 2027-06-30", "FREQ=WEEKLY;UNTIL=20270630;BYDAY=MO : chaque lundi, jusqu'au 30 juin 2027"),
            (" jusqu'au 1er mai 2027", "FREQ=WEEKLY;UNTIL=20270501;BYDAY=MO : chaque lundi, jusqu'au 1er mai 2027"),
            (" jusqu’au 30 juin 2027", "FREQ=WEEKLY;UNTIL=20270630;BYDAY=MO : chaque lundi, jusqu'au 30 juin 2027"),
            (", 10 fois", "FREQ=WEEKLY;COUNT=10;BYDAY=MO : chaque lundi, 10 fois"),
            (" pendant 3 fois", "FREQ=WEEKLY;COUNT=3;BYDAY=MO : chaque lundi, 3 fois"),
        ],
    )
    def test_a_rhythm_may_end(self, end: str, told: str) -> None:
        assert read(f"chaque lundi{end}") == told

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "quand on veut",
            "le 15",
            "chaque mois, le lundi",
            "tous les 0 jours",
            "le 32 du mois",
            "chaque lundi, 0 fois",
            "chaque lundi, 2000 fois",
            "chaque lundi, jusqu'au 2027-02-30",
            "chaque lundi, jusqu'au printemps",
            "jusqu'au 2027-06-30",
        ],
    )
    def test_other_words_are_none_and_an_example_is_given(self, text: str) -> None:
        assert read(text).startswith("il faut un rythme, par exemple « chaque lundi »")

    def test_a_slip_is_mended(self) -> None:
        value = KIND.parse("chaqe jeudy, 10 fois", FIELD)
        assert isinstance(value, Invalid)
        assert (value.suggestion, value.replacement) == ("chaque jeudi, 10 fois", '"chaque jeudi, 10 fois"')

    @pytest.mark.parametrize(
        "text", ["chaque lundi et jeudi", "le 2e mardi du mois", "toutes les 2 semaines, le lundi"]
    )
    def test_what_is_said_can_be_read_again(self, text: str) -> None:
        rule = read_french(text)
        assert rule is not None
        assert say_rule(rule) == text


class TestRules:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("RRULE:freq=monthly;byday=2tu", "FREQ=MONTHLY;BYDAY=2TU : le 2e mardi du mois"),
            (
                "FREQ=DAILY;UNTIL=20270630T100000Z",
                "FREQ=DAILY;UNTIL=20270630T100000Z : chaque jour, jusqu'au 30 juin 2027",
            ),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
                "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1 : "
                "chaque mois, le lundi et le mardi, mais seulement le dernier de ces jours",
            ),
            (
                "FREQ=YEARLY;BYMONTH=1,6;BYMONTHDAY=1,15",
                "FREQ=YEARLY;BYMONTH=1,6;BYMONTHDAY=1,15 : chaque année, en janvier et juin, le 1er et le 15 du mois",
            ),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=-1 : le dernier jour du mois"),
        ],
    )
    def test_a_rule_is_kept_and_said_in_french(self, text: str, told: str) -> None:
        assert read(text) == told

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("FREQ=SECONDLY", "au plus une fois par jour"),
            ("FREQ=HOURLY;COUNT=3", "au plus une fois par jour"),
            ("FREQ=DAILY;COUNT=1000000000", "un nombre de 1 à 1000"),
            ("FREQ=DAILY;INTERVAL=0", "un nombre de 1 à 999"),
            ("FREQ=DAILY;UNTIL=20270230", "une date de la forme 20270630"),
            ("FREQ=DAILY;BYHOUR=9", "n'en est pas une"),
            ("FREQ=DAILY;FREQ=DAILY", "écrite deux fois"),
            ("BYDAY=MO", "il manque la partie FREQ"),
            ("FREQ=WEEKLY;BYDAY=2TU", "un rang devant le jour"),
            ("FREQ=WEEKLY;BYDAY=0TU", "des jours comme MO"),
            ("FREQ=MONTHLY;BYDAY=6MO", "cinq fois le même jour"),
            ("FREQ=MONTHLY;BYDAY=1MO,TU", "un rang à tous les jours"),
            ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY ne va pas"),
            ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS demande"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20270630", "pas les deux"),
            ("FREQ=DAILY;BYMONTH=" + "1," * 200, "trop longue"),
            ("=", "n'en est pas une"),
        ],
    )
    def test_what_makes_no_sense_is_refused_with_its_reason(self, text: str, problem: str) -> None:
        assert problem in read(text)

    def test_a_misspelt_part_is_mended(self) -> None:
        value = KIND.parse("FREQ=DAILY;CONT=3", FIELD)
        assert isinstance(value, Invalid)
        assert value.suggestion == "FREQ=DAILY;COUNT=3"


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw a rule that is accepted."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    is_long = frequency in ("MONTHLY", "YEARLY")
    ranks = st.sampled_from([1, 2, 4, -1, -2]) if is_long and draw(st.booleans()) else st.just(0)
    days = draw(st.sets(st.builds(Weekday, ranks, st.integers(0, 6)), max_size=3))
    month_days = (
        draw(st.sets(st.sampled_from([1, 7, 13, 28, -1, -3]), max_size=2)) if frequency != "WEEKLY" else set()
    )
    positions = draw(st.sets(st.sampled_from([1, 2, -1]), max_size=2)) if is_long and (days or month_days) else set()
    return Rule(
        frequency=frequency,
        interval=draw(st.integers(1, 4)),
        times=draw(st.sampled_from([0, 0, 1, 7])),
        months=tuple(sorted(draw(st.sets(st.integers(1, 12), max_size=2)))),
        month_days=tuple(sorted(month_days)),
        days=tuple(sorted(days)),
        positions=tuple(sorted(positions)),
        week_start=draw(st.sampled_from([0, 6])),
    )


STARTS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


class TestDays:
    @given(rule=rules())
    def test_a_rule_is_read_as_it_is_written(self, rule: Rule) -> None:
        assert parse_rule(rule_text(rule)) == rule

    @given(rule=rules())
    def test_a_rule_is_said_without_its_english(self, rule: Rule) -> None:
        assert not {"FREQ", "BYDAY", "MO", "=", ";"} & set(say_rule(rule).split())

    @given(rule=rules(), start=STARTS, before=st.integers(-50, 700), length=st.integers(1, 800))
    def test_days_are_those_of_a_known_expander(self, rule: Rule, start: date, before: int, length: int) -> None:
        first = start + timedelta(days=before)
        last = first + timedelta(days=length)
        found = list(rule_days(rule, start, first, last))
        assume(found)  # the other goes on to the year 9999 for what never comes true
        expected = rrulestr(rule_text(rule), dtstart=datetime.combine(start, time()))
        known = (moment.date() for moment in expected)
        assert found == [day for day in takewhile(lambda day: day <= found[-1], known) if day >= first]

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000",
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000",
            "FREQ=WEEKLY;BYMONTH=2;INTERVAL=999",
        ],
    )
    def test_a_rule_that_never_comes_true_is_not_followed_for_ever(self, rule: str) -> None:
        parsed = parse_rule(rule)
        assert isinstance(parsed, Rule)
        assert list(rule_days(parsed, date(1990, 1, 1), date(2026, 11, 1), date(2027, 1, 1))) == []

    def test_a_rule_that_began_centuries_ago_is_not_worked_out(self) -> None:
        assert list(rule_days(Rule("DAILY"), date(1, 1, 1), date(2026, 11, 1), date(2027, 1, 1))) == []

    @pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    def test_the_ends_of_the_calendar_are_no_trouble(self, frequency: str) -> None:
        rule = Rule(frequency)
        assert list(rule_days(rule, date(1, 1, 1), date(1, 1, 1), date(1, 1, 2))) == [date(1, 1, 1)]
        last = [*rule_days(rule, date(9999, 12, 24), date(9999, 12, 1), date.max)]
        assert last[0] == date(9999, 12, 24)
