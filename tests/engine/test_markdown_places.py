"""Each link, heading and blank of the mask is where it says: an edit there changes that and nothing else."""

import pytest

from essaim.syntax.markdown import (
    LinkKind,
    find_headings,
    find_links,
    find_sections,
    find_variables,
    mask_body,
)

WIKI, EMBED, MARKDOWN, IMAGE = LinkKind.WIKI, LinkKind.EMBED, LinkKind.MARKDOWN, LinkKind.IMAGE

LINKS = (
    # The body, then of each link its kind, the whole, the target with its section, the two apart, and the words.
    ("a [[b]] c", [(WIKI, "[[b]]", "b", "b", "", "")]),
    ("a [[ b # c | d ]]", [(WIKI, "[[ b # c | d ]]", "b # c", "b", "c", "d")]),
    ("[[#c]]", [(WIKI, "[[#c]]", "#c", "", "c", "")]),
    ("![[b.png]]", [(EMBED, "![[b.png]]", "b.png", "b.png", "", "")]),
    ("[[b|le `c` d]]", [(WIKI, "[[b|le `c` d]]", "b", "b", "", "le `c` d")]),
    ("| a | b |\n|---|---|\n| [[c\\|d]] | e |", [(WIKI, "[[c\\|d]]", "c", "c", "", "d")]),
    ("[a](b)", [(MARKDOWN, "[a](b)", "b", "b", "", "a")]),
    ("[a]( b.md#c 't' )", [(MARKDOWN, "[a]( b.md#c 't' )", "b.md#c", "b.md", "c", "a")]),
    ('[a](<b c> "t")', [(MARKDOWN, '[a](<b c> "t")', "b c", "b c", "", "a")]),
    ("[a](b\\_c)", [(MARKDOWN, "[a](b\\_c)", "b\\_c", "b_c", "", "a")]),
    ("![a](b)", [(IMAGE, "![a](b)", "b", "b", "", "a")]),
    (
        "[![a](b) c](d)",
        [(MARKDOWN, "[![a](b) c](d)", "d", "d", "", "![a](b) c"), (IMAGE, "![a](b)", "b", "b", "", "a")],
    ),
    (
        "[a][r] [r]\n\n[r]: <b#c> 't'",
        [
            (MARKDOWN, "[a][r]", "b#c", "b", "c", "a"),
            (MARKDOWN, "[r]", "b#c", "b", "c", "r"),
        ],
    ),
    ("> - [a\n>   b](c)", [(MARKDOWN, "[a\n>   b](c)", "c", "c", "", "a\n  b")]),
    ("- a\r\n\r\n\t[[b]]\tc\r\n", [(WIKI, "[[b]]", "b", "b", "", "")]),
    ("a\n   \n[b](c\td)", [(MARKDOWN, "[b](c\td)", "c\td", "c   d", "", "b")]),
    ("[^1]\n\n[^1]: a\n\n    [[b]]", [(WIKI, "[[b]]", "b", "b", "", "")]),
    (
        '!!! note "[[b]]"\n    [c](d)',
        [
            (WIKI, "[[b]]", "b", "b", "", ""),
            (MARKDOWN, "[c](d)", "d", "d", "", "c"),
        ],
    ),
    ('<div markdown="1">\n<div>x</div>\n[[b]]\n</div>', [(WIKI, "[[b]]", "b", "b", "", "")]),
    ("    ```\n    code\n    ```\n```\n[[b]]", [(WIKI, "[[b]]", "b", "b", "", "")]),
)


@pytest.mark.parametrize(("body", "expected"), LINKS, ids=[body for body, _ in LINKS])
def test_links(body: str, expected: list[tuple[LinkKind, str, str, str, str, str]]) -> None:
    base = 100
    found = [
        (
            link.kind,
            body[link.start - base : link.end - base],
            body[link.target_start - base : link.target_end - base],
            link.target,
            link.section,
            link.text,
        )
        for link in find_links(body, mask_body(body).inline, base)
    ]
    assert found == expected


HEADINGS = (
    ("a\n\n## B ##\nc", ["## B ##"]),
    ("> ## B {#c}\n> d", ["> ## B {#c}"]),
    ("B\n---\nc", ["B\n---"]),
    ("# A\r\n\r\n\t# B\r\n\r\nC\r\n===\r\n", ["# A", "C\r\n==="]),
    ("- # A\n- b", ["- # A"]),
    ("# ", ["# "]),
    ("## B ^c\nd", ["## B ^c"]),
)


@pytest.mark.parametrize(("body", "expected"), HEADINGS, ids=[body for body, _ in HEADINGS])
def test_headings(body: str, expected: list[str]) -> None:
    headings = find_headings(body, mask_body(body).blocks, 100)
    assert [body[heading.start - 100 : heading.end - 100] for heading in headings] == expected


def test_sections_end_where_one_of_their_level_begins() -> None:
    body = "# A\na\n### B\nb\n## C\nc\n# D\nd"
    headings = find_headings(body, mask_body(body).blocks, 0)
    sections = [body[section.start : section.end] for section in find_sections(headings, len(body))]
    assert sections == ["\na\n### B\nb\n## C\nc\n", "\nb\n", "\nc\n", "\nd"]


def test_anchors_wait_for_the_ids_that_are_given() -> None:
    body = "# A\n\n# A\n\n# B {#a}\n\nc\n{: #a_1 }"
    assert [heading.anchor for heading in find_headings(body, mask_body(body).blocks, 0)] == ["a_2", "a_3", "a"]


MASKS = (
    # The body, and the words that are left of it.
    ("a `[[b]]` c", "a c"),
    ("a\n\n    [[b]]\n\nc", "a c"),
    ("> ```\n> [[a]]\n> ```\nb", "> b"),
    ("- a\n\n\t```py\n\t[[b]]\n\t```\n- c", "- a - c"),
    ("a <!-- [[b]] --> c", "a c"),
    ("<!-- a\n\nb --> c", "c"),
    ("<div>\r\n[[a]]\r\n</div>\r\nb", "b"),
    ('<div markdown="1">\n[[a]]\n</div>', "[[a]]"),
    ("a <b>[[c]]</b>", "a <b>[[c]]</b>"),
    ("- [ ] a\n\n| `b` | c |\n|---|---|", "- [ ] a | | c | |---|---|"),
    ("    a\n~~~\n[[b]]\n~~~", "~~~ [[b]] ~~~"),
)


@pytest.mark.parametrize(("body", "expected"), MASKS, ids=[body for body, _ in MASKS])
def test_mask(body: str, expected: str) -> None:
    inline = mask_body(body).inline
    assert inline.split() == expected.split()
    assert all(kept == sign or (kept == " " and sign not in "\r\n") for kept, sign in zip(inline, body, strict=True))


def test_mask_keeps_inline_code_for_headings() -> None:
    mask = mask_body("# `a`\n\n```\nb\n```")
    assert mask.blocks.split() == ["#", "`a`"]
    assert mask.inline.split() == ["#"]


OPEN = (
    ("a\n\n```py\nb", "```py", ""),
    ("- a\n\n    ~~~\n    b\n\nc", "~~~", ""),
    ("```\na\n```\n\n````\nb\n```", "````", ""),
    ("    ```\n    a\n\nb", "", ""),
    ("`` ``` ``\n\n```a```", "", ""),
    ("a <!-- b\n\nc", "", "<!-- b"),
    ("`<!--` a\n\n    <!--\n\n```\n<!--\n```", "", ""),
    ("<!-- a --> b --> c", "", ""),
)


@pytest.mark.parametrize(("body", "fence", "comment"), OPEN, ids=[body for body, _, _ in OPEN])
def test_what_is_left_open(body: str, fence: str, comment: str) -> None:
    mask = mask_body(body)
    for place, expected in ((mask.open_fence, fence), (mask.open_comment, comment)):
        assert (place is not None) == bool(expected)
        assert place is None or body.startswith(expected, place)


def test_variables_are_found_outside_code() -> None:
    body = "{{ a.b }} `{{ c.d }}` {{e-f.g}} {{ h }}\n\n    {{ i.j }}"
    found = find_variables(mask_body(body).inline, 0)
    assert [(variable.name, body[variable.start : variable.end]) for variable in found] == [
        ("a.b", "{{ a.b }}"),
        ("e-f.g", "{{e-f.g}}"),
    ]
