"""Texts without a sign of Markdown are passed over, and what is made of them is what would be."""

from collections.abc import Sequence
from random import Random
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from essaim.views.markdown import WikiExtension
from essaim.views.markdown.dialect import DIALECT
from tests.conftest import ROOT

PIECES = (
    *(
        "mot",
        "l'été",
        "3 < 4",
        "a & b",
        "\n",
        "  \n",
        "\n\n",
        " ",
        "- ",
        "1. ",
        "## ",
        "> ",
        "    ",
        "| a | b |\n|---|---|\n",
    ),
    *("*fort*", "_mot_", "**", "`", "`code`", "\\", "\\*", "$x$", "\\(y\\)", "[", "]", "[[page]]", "[mot](page.md)"),
    *(
        "![image](x.png)",
        "<b>",
        "</b>",
        "<https://exemple.invalid>",
        "&eacute;",
        "&",
        "<",
        ">",
        "[^1]",
        "[^1]: note\n",
    ),
    *(
        "{: #ici }",
        "[mot]",
        "[mot]: page.md\n",
        "\n: sens\n",
        "*[CAE]: Coopérative\n",
        "CAE",
        "--",
        '"mot"',
        "…",
        "http://x.y",
    ),
)


def markdowns(extensions: Sequence[str] = ()) -> tuple[Markdown, Markdown]:
    """Return two converters, of which the second tries each pattern on each text."""
    made: list[Markdown] = []
    for _ in range(2):
        wiki = WikiExtension(lambda: Markdown())
        wiki.begin(None, str)
        given: list[str | Extension] = [
            *DIALECT,
            "abbr",
            "attr_list",
            "def_list",
            "footnotes",
            "tables",
            *extensions,
            wiki,
        ]
        made.append(Markdown(extensions=given, extension_configs=DIALECT))
    made[1].treeprocessors.deregister("essaim-hide-plain")
    return made[0], made[1]


def plain_in(md: Markdown, text: str) -> list[str]:
    """Return the texts that the patterns of a converter are not tried on."""
    inline = md.treeprocessors["inline"]
    seen: list[str] = []

    class Spy(type(inline)):  # type: ignore[misc]
        def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
            seen.extend(element.text for element in tree.iter() if type(element.text) is not str and element.text)
            found: Element = super().run(tree, ancestors)
            return found

    md.treeprocessors.register(Spy(md), "inline", 20)
    md.convert(text)
    return seen


def test_only_texts_without_a_sign_are_passed_over() -> None:
    md, _ = markdowns()
    assert plain_in(md, "Un mot.\n\nUn *mot*.\n\n- l'un\n- l'`autre`\n") == ["Un mot.", "l'un"]


@pytest.mark.parametrize("extension", ["nl2br", "wikilinks", "pymdownx.magiclink", "pymdownx.tilde"])
def test_none_is_with_a_pattern_whose_signs_are_not_known(extension: str) -> None:
    md, every = markdowns([extension])
    text = '"Un mot" ... http://exemple.invalid\net ~un~ autre\n'
    assert md.convert(text) == every.convert(text)
    assert plain_in(md, "Un mot.") == []


def test_what_comes_after_the_patterns_takes_them_for_any_text() -> None:
    md, every = markdowns(["smarty"])
    text = '"Un mot" -- CAE...\n\n*[CAE]: Coopérative\n'
    assert md.convert(text) == every.convert(text)
    assert "&ldquo;" in md.reset().convert(text)


def test_none_is_with_a_pattern_of_a_wiki() -> None:
    class Shout(InlineProcessor):
        def handleMatch(self, m, data):  # type: ignore[no-untyped-def, override]  # noqa: N802
            return m[0].upper(), m.start(), m.end()

    md, _ = markdowns()
    md.inlinePatterns.register(Shout("mot"), "shout", 5)
    assert "MOT" in md.convert("Un mot.")


def test_what_is_made_is_the_same() -> None:
    random = Random(20)  # noqa: S311
    md, every = markdowns()
    written = [path.read_text("utf-8") for path in sorted(ROOT.glob("docs/aide/*.md"))]
    assert written
    for text in (*("".join(random.choices(PIECES, k=random.randint(1, 25))) for _ in range(1500)), *written):
        assert md.reset().convert(text) == every.reset().convert(text), text
