"""A mark names the block it ends or follows, and is cut out without a trace."""

import pytest

from essaim.syntax.markdown import find_headings, find_marks, mask_body

MARKS: tuple[tuple[str, list[tuple[str, str, str]]], ...] = (
    # The body, then of each mark its id, the block it names, and what is cut out.
    ("a\nb ^c\n\nd", [("c", "a\nb", " ^c")]),
    ("a\n^c", [("c", "a", "\n^c")]),
    ("- a ^b\n- c\n    - d ^e", [("b", "a", " ^b"), ("e", "d", " ^e")]),
    ("- [ ] a ^b\n", [("b", "[ ] a", " ^b")]),
    ("## A ^b\nc", [("b", "A", " ^b")]),
    ("> a\n> b ^c", [("c", "a\n> b", " ^c")]),
    ("| a | b |\n|---|---|\n| c ^d | e |\n\n^f\n", [("f", "| a | b |\n|---|---|\n| c ^d | e |", "^f")]),
    ("```\na\n\nb\n```\n\n^c", [("c", "```\na\n\nb\n```", "^c")]),
    ("x\n\n- a\n\n    b\n\n- c\n\n^d", [("d", "- a\n\n    b\n\n- c", "^d")]),
    ("> [!note] A\n> b\n\n^c", [("c", "> [!note] A\n> b", "^c")]),
    ("a ^b\r\n\r\nc\td ^e\r\n", [("b", "a", " ^b"), ("e", "c\td", " ^e")]),
    ("a %%x%% b ^c", [("c", "a %%x%% b", " ^c")]),
    ("a ^b c\n\nd^e\n\nf ^é\n\n`g ^h`\n\n    i ^j\n\n```\nk ^l\n```\n\n\\^m", []),
)


@pytest.mark.parametrize(("body", "expected"), MARKS, ids=[body for body, _ in MARKS])
def test_marks(body: str, expected: list[tuple[str, str, str]]) -> None:
    base = 100
    found = [
        (mark.id, body[mark.start - base : mark.end - base], body[mark.mark_start - base : mark.mark_end - base])
        for mark in find_marks(body, base)
    ]
    assert found == expected


def test_titles_are_read_without_their_marks() -> None:
    body = "# Été ^a\n\n## B {#c} ^d\n\n### x^2"
    headings = find_headings(body, mask_body(body).blocks, 0)
    assert [(h.title, h.anchor) for h in headings] == [("Été", "ete"), ("B", "c"), ("x^2", "x2")]
