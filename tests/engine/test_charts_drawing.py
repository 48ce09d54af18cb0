"""The drawings of charts and gauges: inside their frame, in order, and the same figures as the table."""

from collections import Counter
from decimal import Decimal, localcontext
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.schema.fieldtypes.times import Duration, Month
from essaim.views.queries.bars import Values, draw_bars
from essaim.views.queries.curves import BOTTOM, TOP, draw_curves
from essaim.views.queries.figures import Calculation, as_number, compute, per_cent, round_for_reading, say_number
from essaim.views.queries.periods import Period, between, place_in_time, readable_period, say_place, say_place_short
from essaim.views.queries.scales import Mark, scale_over
from essaim.views.queries.tallies import OTHERS, Entry, few_series, tabulate
from essaim.views.queries.tracks import draw_gauge

SIZED = st.builds(
    lambda digits, power: Decimal(digits).scaleb(power), st.integers(-(10**15), 10**15), st.integers(-35, 24)
)
"""What number fields hold: forty characters, of which a float keeps seventeen digits."""
ANY = SIZED | st.integers(-1000, 1000).map(Decimal)


def spoken(number: Decimal, unit: str = "") -> str:
    """Write a number with plain spaces, to be read in a test."""
    return say_number(number, unit).replace("\u202f", " ").replace("\u00a0", " ")


@st.composite
def tables(draw: st.DrawFn) -> list[Values]:
    width = draw(st.integers(1, 7))
    row = st.tuples(*[st.none() | ANY for _ in range(width)])
    return draw(st.lists(row, max_size=30))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("12", "12"),
        ("12.50", "12,5"),
        ("1234.5", "1 234,5"),
        ("-1234567", "-1 234 567"),
        ("123456789012345", "123 456 789 012 345"),
        ("0.000001", "0,000001"),
        ("1E+3", "1 000"),
        ("1E+20", "1 × 10²⁰"),
        ("-123456E+30", "-1,235 × 10³⁵"),
        ("0.00000012345", "1,235 × 10⁻⁷"),
    ],
)
def test_numbers_are_written_the_french_way(number: str, said: str) -> None:
    assert spoken(Decimal(number)) == said


def test_a_unit_never_stands_on_a_line_of_its_own() -> None:
    assert say_number(Decimal(1200), "€") == "1\u202f200\u00a0€"


def test_values_of_fields_become_exact_numbers() -> None:
    assert as_number(0.1) == Decimal("0.1")
    assert as_number(12) == 12
    assert as_number(Duration(days=1, minutes=90)) == Decimal("25.5")
    assert [as_number(other) for other in (True, "12", None, Month(2026, 1), float("inf"), float("nan"))] == [
        None
    ] * 6


def test_sums_of_decimals_have_no_dust() -> None:
    assert compute(Calculation.SUM, [Decimal("0.1")] * 3) == Decimal("0.3")
    assert compute(Calculation.SUM, [Decimal("1e39"), Decimal("1e-30"), Decimal("-1e39")]) == Decimal("1e-30")


def test_a_mean_is_rounded_for_reading() -> None:
    assert compute(Calculation.MEAN, [Decimal(1), Decimal(1), Decimal(2)]) == Decimal("1.33")
    assert compute(Calculation.MEAN, [Decimal("0.00012345")]) == Decimal("0.00012")
    assert per_cent(Decimal(1), Decimal(3)) == Decimal("33.3")
    assert round_for_reading(Decimal("1e30")) == Decimal("1e30")


@pytest.mark.parametrize("calculation", Calculation)
def test_nothing_is_zero_for_what_adds_up_and_nothing_for_the_others(calculation: Calculation) -> None:
    assert compute(calculation, []) == (0 if calculation in ("nombre", "somme") else None)


@given(st.lists(ANY, min_size=1))
def test_a_result_stands_among_its_numbers(numbers: list[Decimal]) -> None:
    low, high = compute(Calculation.MIN, numbers), compute(Calculation.MAX, numbers)
    mean = compute(Calculation.MEAN, numbers)
    assert low is not None
    assert mean is not None
    assert high is not None
    assert low - Decimal("0.005") <= mean <= high + Decimal("0.005")
    assert compute(Calculation.COUNT, numbers) == len(numbers)


@given(st.lists(ANY), st.integers(1, 6), st.booleans())
def test_ticks_are_in_order_and_cover_the_numbers(numbers: list[Decimal], intervals: int, with_zero: bool) -> None:
    scale = scale_over(numbers, intervals=intervals, with_zero=with_zero)
    assert 2 <= len(scale.ticks) <= intervals + 2
    assert all(a < b for a, b in pairwise(scale.ticks))
    assert all(scale.low <= number <= scale.high for number in numbers)
    assert all(0 <= scale.place(number) <= 1 for number in numbers)
    if with_zero:
        assert 0 in scale.ticks


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        ([], ["0", "1"]),
        ([0], ["0", "1"]),
        ([1, 2], ["0", "1", "2"]),
        ([3, 17], ["0", "5", "10", "15", "20"]),
        ([-4, 9], ["-5", "0", "5", "10"]),
        (["0.3"], ["0", "0,1", "0,2", "0,3"]),
        ([1234], ["0", "500", "1 000", "1 500"]),
    ],
)
def test_ticks_are_round_numbers(numbers: list[str], ticks: list[str]) -> None:
    assert [spoken(tick) for tick in scale_over(map(Decimal, numbers)).ticks] == ticks


def test_a_scale_without_zero_keeps_close_to_numbers_that_are_far_from_it() -> None:
    far = [Decimal(n) for n in (1510, 1532, 1540)]
    assert [spoken(tick) for tick in scale_over(far, with_zero=False).ticks] == ["1 510", "1 520", "1 530", "1 540"]
    assert scale_over([Decimal(2), Decimal(30)], with_zero=False).low == 0
    assert scale_over([Decimal(-30), Decimal(-2)], with_zero=False).high == 0


def _drawn(row: Values) -> list[int]:
    """Return the series of a row that have a bar."""
    return [series for series, value in enumerate(row) if value] or [0]


@given(tables(), st.text(max_size=80), st.sampled_from(["", "€", "%"]))
def test_bars_stay_in_their_frame(rows: list[Values], name: str, unit: str) -> None:
    drawing = draw_bars([name] * len(rows), rows, unit)
    assert 0 < drawing.width <= 100
    assert 0 <= drawing.zero <= drawing.width
    for bar in drawing.bars:
        assert bar.x >= 0
        assert bar.width >= 0
        assert bar.x + bar.width <= drawing.width + 0.02
        assert 0 <= bar.y <= drawing.height - 1.6
        assert bar.x in (drawing.zero, pytest.approx(drawing.zero - bar.width, abs=0.02))
    assert all(0 <= label.y <= drawing.height for label in drawing.labels)
    assert len(drawing.bars) == sum(len(_drawn(row)) for row in rows)
    assert_marks_are_apart(drawing.marks)


@given(tables())
def test_a_longer_bar_is_a_larger_number(rows: list[Values]) -> None:
    cells = [row[series] for row in rows for series in _drawn(row)]
    known = [(value, bar) for value, bar in zip(cells, draw_bars([""] * len(rows), rows).bars, strict=True)]
    lengths = sorted((abs(value), bar.width) for value, bar in known if value is not None)
    assert [width for _, width in lengths] == sorted(width for _, width in lengths)


def test_a_bar_says_its_value_and_a_long_name_is_cut() -> None:
    drawing = draw_bars(["Compta", "n" * 200], [(Decimal("1234.5"),), (None,)], "€")
    assert [bar.text.replace("\u202f", " ").replace("\u00a0", " ") for bar in drawing.bars] == ["1 234,5 €", "–"]
    assert [len(label.text) for label in drawing.labels] == [6, 38]
    assert drawing.labels[1].text.endswith("…")


def test_of_several_series_only_those_that_have_something_are_drawn() -> None:
    rows: list[Values] = [(Decimal(0), Decimal(2), None), (Decimal(0), Decimal(0), Decimal(0))]
    drawing = draw_bars(["Compta", "Accueil"], rows)
    assert [(bar.series, bar.text) for bar in drawing.bars] == [(1, "2"), (0, "0")]
    assert drawing.height == draw_bars(["Compta", "Accueil"], [(Decimal(2),), (Decimal(0),)]).height


def test_a_unit_that_has_no_room_beside_the_bars_is_left_to_the_table() -> None:
    drawing = draw_bars(["Équipe"], [(Decimal("1234567"),)], "équivalents temps plein")
    assert drawing.bars[0].text == "1\u202f234\u202f567"
    assert drawing.width > 75


@given(tables(), st.data(), st.booleans())
def test_curves_stay_in_their_frame(rows: list[Values], data: st.DataObject, with_zero: bool) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, 5000), min_size=len(rows), max_size=len(rows))))
    drawing = draw_curves(places, [f"janv. {place}" for place in places], rows, with_zero)
    points = [*drawing.points, *(point for line in drawing.lines for point in line.points)]
    assert all(0 < point.x < 100 and TOP <= point.y <= BOTTOM for point in points)
    assert {(p.series, p.x, p.y) for p in points} == {*points}
    drawn = Counter(point.series for point in drawing.points if len(places) <= 40)
    assert sum(drawn.values()) == sum(value is not None for row in rows for value in row)
    for line in drawing.lines:
        assert all(a.x < b.x for a, b in pairwise(line.points))
        assert line.path.count("L") == len(line.points) - 1
    assert [mark.at for mark in drawing.heights] == sorted((mark.at for mark in drawing.heights), reverse=True)
    assert_marks_are_apart(drawing.marks)


def assert_marks_are_apart(marks: tuple[Mark, ...]) -> None:
    assert all(a.extent[1] < b.extent[0] for a, b in pairwise(marks))


def test_a_missing_value_interrupts_a_curve() -> None:
    rows: list[Values] = [(Decimal(n) if n else None,) for n in (5, 6, 0, 7, 0, 8, 9)]
    drawing = draw_curves(range(7), ["m"] * 7, rows, with_zero=True)
    assert [len(line.points) for line in drawing.lines] == [2, 2]
    assert len(drawing.points) == 5


def test_a_curve_of_many_places_has_no_points_but_where_it_is_nothing_else() -> None:
    rows: list[Values] = [(Decimal(n) if n != 1 else None,) for n in range(300)]
    drawing = draw_curves(range(300), [str(n) for n in range(300)], rows, with_zero=True)
    assert len(drawing.points) == 1
    assert drawing.points[0].x < drawing.lines[0].points[0].x
    assert [len(line.points) for line in drawing.lines] == [298]


@given(ANY, ANY.filter(lambda n: n > 0), st.none() | ANY, ANY)
def test_a_gauge_stays_in_its_frame(value: Decimal, whole: Decimal, limit: Decimal | None, ceiling: Decimal) -> None:
    drawing = draw_gauge(value, (whole, "12"), None if limit is None else (limit, "seuil : 3"), ceiling)
    parts = [drawing.track, drawing.filled, *([drawing.over] if drawing.over else [])]
    assert all(part.x >= 0 and part.width >= 0 and part.x + part.width <= 100.02 for part in parts)
    assert all(0 <= mark.at <= 100 for mark in (*drawing.marks, *([drawing.limit] if drawing.limit else [])))
    assert_marks_are_apart(tuple(sorted(drawing.marks)))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), ANY), max_size=60))
def test_sums_of_a_table_equal_the_data(data: list[tuple[int, int, Decimal]]) -> None:
    entries = [Entry((row,), (f"s{series}",), (number,)) for row, series, number in data]
    kept, series = few_series(entries, [f"s{n}" for n in range(10)])
    assert len(series) <= 7
    values = tabulate(kept, range(6), series, Calculation.SUM)
    with localcontext(prec=200):
        assert sum((v or 0 for row in values for v in row), Decimal(0)) == sum((n for *_, n in data), Decimal(0))


def test_a_thousand_categories_are_counted_once_each() -> None:
    entries = [Entry((n % 1000,), ("",), (Decimal(1),)) for n in range(10_000)]
    assert tabulate(entries, range(1000), [""], Calculation.COUNT) == [(Decimal(10),)] * 1000


def test_the_seventh_series_joins_the_others() -> None:
    entries = [Entry((0,), (name,), (Decimal(1),)) for name in "aabbccddeeffgh"]
    kept, series = few_series(entries, "hgfedcba")
    assert series == (*"fedcba", OTHERS)
    assert tabulate(kept, [0], series, Calculation.COUNT) == [(Decimal(2),) * 7]


def test_six_series_stand_on_their_own() -> None:
    entries = [Entry((0,), (name,), (Decimal(1),)) for name in "abcdef"]
    assert few_series(entries, "fedcba") == (entries, (*"fedcba",))


def test_a_page_of_two_small_series_counts_once_among_the_others() -> None:
    entries = [Entry((0,), (name,), (Decimal(1),)) for name in "aabbccddeeff"]
    kept, series = few_series([*entries, Entry((0,), ("g", "h"), (Decimal(1),))], "abcdefgh")
    assert tabulate(kept, [0], series, Calculation.COUNT)[0][-1] == 1


def test_time_is_a_row_of_places() -> None:
    months = [place_in_time(Month(2025, 11), Period.MONTH), place_in_time(Month(2026, 2), Period.MONTH)]
    assert [say_place(place, Period.MONTH) for place in between(months)] == [
        "novembre 2025",
        "décembre 2025",
        "janvier 2026",
        "février 2026",
    ]
    assert say_place_short(months[0], Period.MONTH) == "nov. 2025"
    assert place_in_time(Month(2026, 2), Period.YEAR) == 2026


@given(st.dates(), st.sampled_from(Period))
def test_a_day_is_in_the_place_that_is_named_after_it(day: object, period: Period) -> None:
    place = place_in_time(day, period)  # type: ignore[arg-type]
    assert str(day.year) in say_place(place, period)  # type: ignore[attr-defined]
    assert place_in_time(Month(day.year, day.month), period) <= place  # type: ignore[attr-defined]


@given(st.lists(st.dates(), min_size=1))
def test_too_long_a_time_is_told_by_longer_periods(days: list[object]) -> None:
    period = readable_period(days, Period.DAY)  # type: ignore[arg-type]
    places = between(place_in_time(day, period) for day in days)  # type: ignore[arg-type]
    assert places == sorted({*places})
    assert len(places) <= max(400, len(days))
