"""What somebody tried against conditions, computed fields and forbidden words: measures, chains, long lists."""

from collections.abc import Mapping
from datetime import date
from functools import partial

import pytest

from essaim.source import SourceFile
from essaim.syntax.words import compile_words
from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.workspace import Analysis, Change, update
from essaim.workspace.site import site_of
from tests.conftest import read_wiki
from tests.engine.test_operation_counts import calls

TYPE = "type: x\nfields:\n  titre: text\n  oui: boolean\n  l: {type: reference, many: true, to: x}\n"


def wiki(declared: str, pages: Mapping[str, str] = {}, today: date = date(2026, 11, 1)) -> Analysis:
    texts = {f"docs/x/{name}.md": f"---\ntitre: {name}\n{fields}---\n" for name, fields in pages.items()}
    return read_wiki({"docs/x/_type.yml": TYPE + declared, **texts}, today)


def told(analysis: Analysis) -> list[tuple[str, int]]:
    return [(d.code, d.span.start.line) for d in analysis.diagnostics if d.code.startswith("ES6")]


def show(analysis: Analysis) -> None:
    for audience in Audience:
        site = site_of(analysis, audience)
        for page in site.graph.pages.values():
            page_inputs(page, site)


def show_one(analysis: Analysis) -> None:
    site = site_of(analysis, Audience.PUBLIC)
    page_inputs(next(iter(site.graph.pages.values())), site)


# --- Measures within measures ---------------------------------------------------------------------------------------


def crowd(size: int) -> Analysis:
    """Return pages that all cite all, with a measure within measures of them."""
    asked = "count(l where count(l where count(l where count(l where oui) > 0) > 0) > 0)"
    pages = {f"p{number}": f"l: [{', '.join(f'p{other}' for other in range(size))}]\n" for number in range(size)}
    return wiki(f'  compte: {{type: integer, computed: "{asked}"}}\n', pages)


def test_measures_within_measures_ask_each_page_once() -> None:
    small, large = (sum(calls(partial(show_one, crowd(size))).values()) for size in (5, 10))
    assert large < 8 * small  # links are four times as many; the ways through them, thirty-two times


# --- Conditions and computed fields that go far ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    ["l." * 500 + "oui", "count(l where " * 39 + "l.l.oui" + ")" * 39, "count(" + "l." * 50 + "l) > 1"],
)
def test_a_condition_that_goes_too_far_is_refused(condition: str) -> None:
    analysis = wiki(f'rules:\n  - {{require: "{condition}", message: m}}\n', {"a": "l: [a]\n"})
    assert told(analysis) == [("ES609", 7)]
    show(analysis)


@pytest.mark.parametrize("condition", ["l." * 39 + "oui", "count(l where " * 39 + "oui" + ")" * 39])
def test_the_farthest_condition_is_answered(condition: str) -> None:
    analysis = wiki(f'  calcul: {{type: boolean, computed: "{condition}"}}\n', {"a": "l: [a]\noui: oui\n"})
    assert told(analysis) == []
    site = site_of(analysis, Audience.PUBLIC)
    fields = page_inputs(site.graph.pages["docs/x/a.md"], site).fields
    assert [field.text for field in fields if field.name == "calcul"] == ["oui"]


@pytest.mark.parametrize("asked", ["c{}", "count(l where c{}) > 0", "l.l.l.c{}"])
def test_a_chain_of_computed_fields_has_an_end(asked: str) -> None:
    chain = "".join(f'  c{n}: {{type: boolean, computed: "{asked.format(n + 1)}"}}\n' for n in range(300))
    analysis = wiki(f"{chain}  c300: boolean\n", {"a": "l: [a]\nc300: oui\n"})
    codes = told(analysis)
    assert codes
    assert {code for code, _ in codes} == {"ES603"}
    show(analysis)


def test_a_chain_that_goes_too_far_is_told_once_where_it_does() -> None:
    chain = "".join(f'  c{n}: {{type: boolean, computed: "c{n + 1}"}}\n' for n in range(41))
    analysis = wiki(f"{chain}  c41: boolean\n", {"a": "c41: oui\n"})
    assert told(analysis) == [("ES603", 6)]
    site = site_of(analysis, Audience.PUBLIC)
    shown = {field.name for field in page_inputs(site.graph.pages["docs/x/a.md"], site).fields}
    assert "c0" not in shown
    assert "c1" in shown


# --- What an answer depends on --------------------------------------------------------------------------------------


def test_a_measure_known_already_is_no_reason_to_forget_what_it_depends_on() -> None:
    declared = (
        '  suivi: {type: boolean, computed: "count(this.l where oui)"}\n'
        'rules:\n  - {require: "count(this.l where oui) > 5 or not suivi or titre", message: un}\n'
        '  - {require: "not l.suivi", message: deux}\n'
    )
    pages = {"a": "l: [b]\n", "b": "l: [c]\n", "c": "oui: non\n"}
    before, after = wiki(declared, pages), wiki(declared, {**pages, "c": "oui: oui\n"})
    source = after.sources["docs/x/c.md"]
    assert update(before, [Change(path=source.path, source=source)]).diagnostics == after.diagnostics
    assert after.diagnostics != before.diagnostics


# --- Days at the ends of the calendar -------------------------------------------------------------------------------


@pytest.mark.parametrize("today", [date(1, 1, 1), date(2, 1, 1), date(9998, 12, 31), date(9999, 12, 31)])
@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years"])
@pytest.mark.parametrize("sign", "+-")
def test_a_day_beyond_the_calendar_is_its_first_or_its_last(today: date, unit: str, sign: str) -> None:
    declared = (
        f'  d: date\n  b: {{type: boolean, computed: "d >= today {sign} 10000 {unit}"}}\n'
        f'rules:\n  - {{require: "d < today {sign} 10000 {unit}", message: m}}\n'
    )
    show(wiki(declared, {"a": "d: 9999-12-31\n", "b": "d: 0001-01-01\n"}, today))


# --- Forbidden words ------------------------------------------------------------------------------------------------


def test_numbers_in_a_row_are_cut_in_one_way() -> None:
    pattern = compile_words(("# " * 30 + "€",))
    assert not pattern.search("1 000 " * 300)  # were it not so, this would not end
    assert compile_words(("# €",)).search("de 1 000 €")


def test_many_words_cost_what_begins_alike_in_them() -> None:
    words = tuple(f"mot{number} interdit" for number in range(3000))
    pattern = compile_words((*words, "mot7", "mot"))
    text = "un mot7 interdit, un mot7 permis, un mot, un moteur, un mot2999 interdit"
    assert pattern.findall(text) == ["mot7 interdit", "mot7", "mot", "mot2999 interdit"]
    assert pattern.pattern.count("m") < len(words) / 10


def test_a_text_to_forbid_cites_one_value() -> None:
    forbidden = '"{{ cae.l }} {{ cae.l }} {{ cae.l }}"'
    source = SourceFile.from_text("docs/_cae.yml", f"l: [{', '.join(f'm{n}' for n in range(300))}]\n")
    declared = f"{TYPE}rules:\n  - {{forbid: {forbidden}, message: m}}\n"
    analysis = read_wiki({"docs/x/_type.yml": declared, source.path: source.text, "docs/x/a.md": "# A\n"})
    assert told(analysis) == [("ES603", 7)]
