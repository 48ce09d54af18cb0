"""Charts and gauges as HTML: hostile words stay words, ids are told apart, the table says what the drawing does."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from essaim.views.fields import ShownValue
from essaim.views.queries.charts import Chart, ChartRow
from essaim.views.queries.gauges import Gauge
from mkdocs_essaim.views.render import Renderer

RENDERER = Renderer()
HOSTILE = "</title><script>alert(1)</script>\"'&amp;<b>"


def chart(rows: int = 3, series: int = 1, *, is_curve: bool = False, words: str = HOSTILE) -> Chart:
    return Chart(
        title=words,
        heading=words,
        measure=words,
        unit=words,
        series=tuple(f"{words}{n}" for n in range(series)) if series > 1 else (),
        rows=tuple(
            ChartRow(ShownValue(text=f"{words}{n}"), words, n, tuple(Decimal(n - s) for s in range(series)))
            for n in range(rows)
        ),
        is_curve=is_curve,
        notes=(words,),
        empty=words,
    )


def gauge(value: int = 12) -> Gauge:
    return Gauge(
        title=HOSTILE,
        measure=HOSTILE,
        unit=HOSTILE,
        value=Decimal(value),
        whole=Decimal(10),
        limit=Decimal(8),
        is_ceiling=True,
        empty=HOSTILE,
    )


def read(view: Chart | Gauge, id: str = "vue") -> ElementTree.Element:
    """Render a view, and read it as the strictest of parsers does."""
    kind = "graphique" if isinstance(view, Chart) else "jauge"
    html = RENDERER.view(kind, view, lambda path: f"../{path}/", id)
    return ElementTree.fromstring(f'<x xmlns:s="http://www.w3.org/2000/svg">{html}</x>')  # noqa: S314


def texts(root: ElementTree.Element, path: str) -> list[str]:
    return ["".join(element.itertext()) for element in root.iterfind(path)]


VIEWS = [
    chart(),
    chart(series=7),
    chart(is_curve=True),
    chart(series=7, is_curve=True),
    chart(rows=0),
    gauge(),
    gauge(-3),
]


@pytest.mark.parametrize("view", VIEWS)
def test_words_of_members_stay_words(view: Chart | Gauge) -> None:
    root = read(view)
    tags = {element.tag for element in root.iter()}
    assert not {"script", "b", "image", "a"} & tags
    assert HOSTILE in texts(root, ".//figcaption")[0]


@pytest.mark.parametrize("view", VIEWS)
def test_every_id_is_once_and_every_mention_of_one_leads_somewhere(view: Chart | Gauge) -> None:
    root = read(view, "vue-3")
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len({*ids})
    assert all(name.startswith("vue-3-") for name in ids)
    for element in root.iter():
        named = element.get("aria-labelledby", "").split() + re.findall(r"url\(#(.*?)\)", element.get("fill", ""))
        named += [element.attrib["href"][1:]] if element.tag == "use" else []
        assert {*named} <= {*ids}


@pytest.mark.parametrize("view", [v for v in VIEWS if not (isinstance(v, Chart) and v.is_empty)])
def test_a_drawing_is_an_image_with_a_name(view: Chart | Gauge) -> None:
    drawing = next(svg for svg in read(view).iter("svg") if svg.get("role") == "img")
    assert len(drawing.attrib["aria-labelledby"].split()) == 2
    assert drawing.findtext("title") == HOSTILE
    assert drawing.findtext("desc")


@pytest.mark.parametrize(("rows", "is_folded"), [(12, False), (13, True)])
def test_a_long_table_is_folded(rows: int, is_folded: bool) -> None:
    root = read(chart(rows))
    assert (root.find(".//details") is not None) == is_folded
    assert len(root.findall(".//tbody/tr")) == rows


def test_a_chart_of_a_thousand_rows_draws_forty() -> None:
    root = read(chart(1000, words="n"))
    assert len(root.findall(".//tbody/tr")) == 1000
    assert len(root.findall(".//rect")) == 39  # the first is zero


def test_the_values_beside_the_bars_are_those_of_the_table() -> None:
    root = read(chart(4, 3, words="n"))
    assert texts(root, ".//text[@class='essaim-valeur']") == [
        text for text in texts(root, ".//td") if not text.startswith("0")
    ]


def test_series_are_told_apart_without_colour() -> None:
    bars, curves = read(chart(3, 7)), read(chart(3, 7, is_curve=True))
    patterns = [
        ElementTree.tostring(pattern[0]) + str(pattern.get("patternTransform")).encode()
        for pattern in bars.iter("pattern")
    ]
    assert len({*patterns}) == 6
    assert len({path.get("d") for path in curves.iterfind(".//defs/path")}) == 7


def test_an_empty_chart_says_so() -> None:
    root = read(chart(rows=0))
    assert root.find(".//svg") is None
    assert root.find(".//table") is None
    assert texts(root, ".//p") == [HOSTILE]


def test_a_row_that_is_a_page_leads_to_it() -> None:
    row = ChartRow(ShownValue(text="Mairie", page="mairie.md"), "Mairie", 0, (Decimal(1),))
    root = read(Chart(title="t", heading="h", measure="m", rows=(row,)))
    assert [a.get("href") for a in root.iterfind(".//th/a")] == ["../mairie.md/"]


def test_what_goes_beyond_a_ceiling_is_hatched() -> None:
    assert read(gauge(12)).find(".//rect[@class='essaim-au-dela']") is not None
    assert read(gauge(7)).find(".//rect[@class='essaim-au-dela']") is None
