"""Fences as other tools read them are read so here: what is code, and what stays text."""

import pytest

from essaim.syntax.markdown import mask_body
from essaim.syntax.markdown.fences import fill_fences
from essaim.syntax.markdown.loose_fences import even_fences, says_more
from tests.conftest import in_less_than

CASES = (
    # The body, and the words of it that are not code.
    ("```\na\n```\nb", "b"),
    ("- a\n\n    ```bash\n    b\n   ```\n\nc", "- a c"),
    (">  ```md\n> > a\n> ```\n> b", "> b"),
    ("> ```html\n> a\n>```\nb", "> b"),
    ("```\na\n  ```\nb", "b"),
    ("~~~ts twoslash\na\n~~~\nb", "b"),
    ('```js title:"a b" fold {1,3}\nc\n```\nd', "d"),
    ("```js:a.js\na\n```\nb", "b"),
    # a fence that closes is not touched
    ("```md\n  ```\n  a\n  ```\n```\nb", "b"),
    ("- a\n\n    ```\n    b\n    ```\n\n    c\n\n```\nd\n```", "- a c"),
    # what nothing closes stays text, all of it
    ("``` un mot deux mots\na", "``` un mot deux mots a"),
    ("```a``` b\nc\n```d``` e", "b c e"),
    ("~~~a~~~ b\n\nc", "~~~a~~~ b c"),
    ("<pre>```query\na\n```</pre>\n\nb\n\n```c\nd\n```", "b"),
    ("    ```\n    a\n\n```\nb\n```\nc", "c"),
)


@pytest.mark.parametrize(("body", "left"), CASES, ids=[body for body, _ in CASES])
def test_what_is_code(body: str, left: str) -> None:
    text = mask_body(body).inline
    assert [word for word in text.split() if word != ">"] == [word for word in left.split() if word != ">"]


@pytest.mark.parametrize("body", [body for body, _ in CASES])
def test_nothing_moves(body: str) -> None:
    even = even_fences(body)
    assert len(even) == len(body)
    assert [n for n, sign in enumerate(even) if sign == "\n"] == [n for n, sign in enumerate(body) if sign == "\n"]
    assert even_fences(even) == even


@pytest.mark.parametrize("body", ["```\na\n```", "> ```\n> a\n> ```", "    ```\n    a", "```a```", "~~~\n```\n~~~"])
def test_what_the_renderer_reads_is_left_alone(body: str) -> None:
    assert even_fences(body) == body


@pytest.mark.parametrize("body", [body for body, _ in CASES])
def test_what_needs_no_evening_is_known_beforehand(body: str) -> None:
    assert even_fences(body) == body or says_more(body) or fill_fences(body)[2]


@pytest.mark.parametrize(
    "line",
    ["   ```py\n  x\n", "```py\n ```\n", " ```a b=c\n", "```a b=c\n", "> ```\n", ">   ```py\n> a\n", "~~~\n   ```\n"],
)
def test_it_takes_no_longer_than_it_should(line: str) -> None:
    with in_less_than(4):
        even_fences(line * (400_000 // len(line)))
