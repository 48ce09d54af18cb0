"""A formatted text becomes words that look alike; what is not understood stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.views.prose import Block, Run, plain_prose, read_prose
from tests.conftest import in_less_than


def paragraph(*runs: Run) -> tuple[Block, ...]:
    return (Block("p", (runs,)),)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Rien", [Run("Rien")]),
        ("un **mot** fort", [Run("un "), Run("mot", is_strong=True), Run(" fort")]),
        ("*un* et _deux_", [Run("un", is_stressed=True), Run(" et "), Run("deux", is_stressed=True)]),
        ("**a *b***", [Run("a ", is_strong=True), Run("b", is_strong=True, is_stressed=True)]),
        ("`**a**`", [Run("**a**", is_code=True)]),
        ("[voir *ici*](https://a.fr/?b=1)", [Run("voir ici", "https://a.fr/?b=1")]),
        ("*[ici](https://a.fr)*", [Run("ici", "https://a.fr", is_stressed=True)]),
        ("<https://a.fr>", [Run("https://a.fr", "https://a.fr")]),
        ("<mailto:a@b.fr>", [Run("a@b.fr", "mailto:a@b.fr")]),
        ("sur\n deux  lignes", [Run("sur deux  lignes")]),
        (r"\*non\*", [Run("*non*")]),
    ],
)
def test_marks_are_read(text: str, runs: list[Run]) -> None:
    assert read_prose(text) == paragraph(*runs)


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4 et 2*3*4",
        "un_nom_de_champ",
        "**seul",
        "[[page]] et [mot](../page.md)",
        "[mot](javascript:alert(1))",
        "[mot](JavaScript:alert)",
        "[mot](data:text/html,x)",
        "<script>alert(1)</script>",
        "![vue](https://a.fr/a.png",
        "# Titre",
        "| a | b |",
    ],
)
def test_what_is_no_mark_is_text(text: str) -> None:
    assert read_prose(text) == paragraph(Run(text))


def test_paragraphs_and_lists_are_told_apart() -> None:
    text = "Avant :\n- un\n  suite\n* deux\n\n1. premier\n2) second\n\nAprès\n2026. Une année."
    shown = [(b.kind, [[run.text for run in line] for line in b.lines]) for b in read_prose(text)]
    assert shown == [
        ("p", [["Avant :"]]),
        ("ul", [["un suite"], ["deux"]]),
        ("ol", [["premier"], ["second"]]),
        ("p", [["Après 2026. Une année."]]),
    ]
    assert plain_prose(read_prose(text)) == "Avant : un suite deux premier second Après 2026. Une année."


def test_nothing_is_made_of_nothing() -> None:
    assert read_prose(" \n\n ") == ()


@given(st.text(alphabet="ab *_`[]()<>\\-1.\n/:htps", max_size=120))
def test_only_other_sites_are_led_to_and_no_letter_is_lost(text: str) -> None:
    blocks = read_prose(text)
    runs = [run for block in blocks for line in block.lines for run in line]
    assert all(run.address.startswith(("http://", "https://", "mailto:")) for run in runs if run.address)
    if not any(run.address for run in runs):
        assert plain_prose(blocks).count("a") == text.count("a")


@pytest.mark.parametrize("piece", ["**a", "*a ", "_a", "[", "[a](https://", "`", "<https://a", "- \n", "**", "- a\n"])
def test_marks_without_an_end_take_no_time(piece: str) -> None:
    with in_less_than(5):
        read_prose(piece * 20_000)
