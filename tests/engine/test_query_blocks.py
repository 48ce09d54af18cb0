"""The `requete` blocks of a body: found where the renderer sees such a fence, shown where they stand."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from essaim.source import SourceFile
from essaim.syntax.document import parse_document
from essaim.syntax.markdown import QueryBlock, find_query_blocks
from essaim.views.audience import Audience
from essaim.views.body import all_views
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.markdown import WikiExtension
from essaim.views.markdown.dialect import DIALECT
from essaim.views.queries.entries import Entries
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

PATH = "docs/page.md"
OTHERS = ["admonition", "pymdownx.details", "pymdownx.highlight", "def_list"]
"""Extensions of a site in whose blocks a query may stand."""
OPTIONS = {
    **{name: dict(options) for name, options in DIALECT.items()},
    "pymdownx.highlight": {"use_pygments": False},
}


def blocks(text: str) -> list[str]:
    """Return what each block of a body says, without the blanks around."""
    return [block.text.strip() for block in find_query_blocks(text, 0)]


# --- Where a block is found ----------------------------------------------------------------------------------------

FOUND = {
    "alone": "```requete\nde: page\n```\n",
    "tildes": "~~~requete\nde: page\n~~~\n",
    "a longer fence": "`````requete\nde: page\n`````\n",
    "a space before the name": "``` requete\nde: page\n```\n",
    "with its accent": "```requête\nde: page\n```\n",
    "a capital": "```Requete\nde: page\n```\n",
    "options after the name": '```requete title="Des pages"\nde: page\n```\n',
    "words after the name": "```requete des pages\nde: page\n```\n",
    "as an attribute": "``` {.requete #ici}\nde: page\n```\n",
    "Windows lines": "Avant.\r\n\r\n```requete\r\nde: page\r\n```\r\n",
    "at the end, without a line break": "Avant.\n\n```requete\nde: page\n```",
    "blanks after the sign": "```requete \nde: page\n```  \n",
    "right under a text": "Voici :\n```requete\nde: page\n```\nAprès.\n",
    "in a list": "- un\n\n    ```requete\n    de: page\n    ```\n",
    "in a list set in by a tab": "- un\n\n\t```requete\n\tde: page\n\t```\n",
    "in a list in a list": "1. un\n\n    - deux\n\n        ```requete\n        de: page\n        ```\n",
    "in a quote": "> Voici\n>\n> ```requete\n> de: page\n> ```\n",
    "in a quote in a quote": "> > ```requete\n> > de: page\n> > ```\n",
    "in a quote in a list": "- un\n\n    > ```requete\n    > de: page\n    > ```\n",
    "in a callout": "> [!note] Titre\n> ```requete\n> de: page\n> ```\n",
    "in an admonition": "!!! note\n\n    ```requete\n    de: page\n    ```\n",
    "in details": "??? note\n\n    ```requete\n    de: page\n    ```\n",
    "in a footnote": "Un[^1].\n\n[^1]: Note.\n\n    ```requete\n    de: page\n    ```\n",
    "in an element": '<div markdown="1">\n\n```requete\nde: page\n```\n\n</div>\n',
    "a blank line inside": "```requete\n\nde: page\n\n```\n",
    "another sign inside": "```requete\nde: page\n~~~\n```\n",
    "after a comment": "<!-- un mot -->\n\n```requete\nde: page\n```\n",
}
NOT_FOUND = {
    "a longer fence holds it": "````markdown\n```requete\nde: page\n```\n````\n",
    "tildes hold it": "~~~\n```requete\nde: page\n```\n~~~\n",
    "an example that is set in": "    ```requete\n    de: page\n    ```\n",
    "a comment": "<!--\n```requete\nde: page\n```\n-->\n",
    "nothing closes it": "```requete\nde: page\n",
    "another sign closes it": "```requete\nde: page\n~~~\n",
    "two signs": "``requete\nde: page\n``\n",
    "in a line": "Un `requete` et ```requete``` ici.\n",
    "in a table": "| a |\n| --- |\n| ```requete |\n",
    "an accent in two signs": "```reque\u0302te\nde: page\n```\n",
    "another name": "```requetes\nde: page\n```\n",
    "another name that begins so": "```requete-sql\nde: page\n```\n",
    "another language": "```sql\nrequete\n```\n",
    "no name": "```\nrequete\n```\n",
    "an attribute that is no name": "``` {requete}\nde: page\n```\n",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_a_fence_of_that_name_is_a_query(text: str) -> None:
    assert [" ".join(found.split()) for found in blocks(text)] in (["de: page"], ["de: page ~~~"])


@pytest.mark.parametrize("text", NOT_FOUND.values(), ids=NOT_FOUND)
def test_anything_else_is_not(text: str) -> None:
    assert blocks(text) == []


@pytest.mark.parametrize("text", [*FOUND.values(), *NOT_FOUND.values()], ids=[*FOUND, *NOT_FOUND])
def test_its_place_is_that_of_the_fence(text: str) -> None:
    for block in find_query_blocks(f"Tête.\n\n{text}", 100):
        assert_in_place(f"Tête.\n\n{text}", 100, block)


def assert_in_place(text: str, base: int, block: QueryBlock) -> None:
    whole = text[block.start - base : block.end - base]
    inside = text[block.text_start - base : block.text_end - base]
    assert re.match(r"(`{3,}|~{3,})", whole)
    assert re.search(r"(`{3,}|~{3,})[ \t]*\Z", whole)
    assert block.start < block.text_start <= block.text_end < block.end
    assert len(block.text) == len(inside)
    assert all(
        kept == written or (kept == " " and written in "> \t")
        for kept, written in zip(block.text, inside, strict=True)
    )


# --- Where it is shown ---------------------------------------------------------------------------------------------


def inputs(text: str, **others: str) -> PageInputs:
    """Return what a page of a small wiki is rendered from."""
    wiki = read_wiki({PATH: text, **{f"docs/{name}.md": other for name, other in others.items()}}, date(2026, 5, 1))
    site = site_of(wiki, Audience.PUBLIC)
    return page_inputs(site.graph.pages[PATH], site)


def rendered(found: PageInputs) -> str:
    extension = WikiExtension(lambda: Markdown(extensions=[*DIALECT, *OTHERS, extension], extension_configs=OPTIONS))
    extension.begin(found, lambda path: path)
    return Markdown(extensions=[*DIALECT, *OTHERS, extension], extension_configs=OPTIONS).convert(found.text)


@pytest.mark.parametrize("name", [name for name in (*FOUND, *NOT_FOUND) if name != "options after the name"])
def test_the_renderer_sees_code_where_the_engine_sees_a_query(name: str) -> None:
    html = rendered(replace(inputs({**FOUND, **NOT_FOUND}[name]), views=()))
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)  # the sanitiser takes these out
    assert bool(re.search(r'<code (?:id="ici" )?class="language-requ[eê]te"', html, re.IGNORECASE)) is (name in FOUND)


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_the_view_takes_the_place_of_the_block(text: str) -> None:
    found = inputs(text)
    (mark,) = all_views(found)
    html = rendered(found)
    assert html.count(mark) == 1
    assert "requ" not in html
    assert "de: page" not in html
    assert re.search(rf"(<p>|<li>|<td>|<dd>){mark}\s*(</p>|</li>|</dd>|\n|<sup|<a |&#160;)", html)


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("in a list", "li"),
        ("in a list set in by a tab", "li"),
        ("in a list in a list", "ol li ul li"),
        ("in a quote", "blockquote"),
        ("in a quote in a quote", "blockquote blockquote"),
        ("in a callout", "div"),
        ("in an admonition", "div"),
        ("in details", "details"),
    ],
)
def test_the_view_stands_as_far_in_as_its_block(name: str, within: str) -> None:
    found = inputs(FOUND[name] + "\nAprès.\n")
    (mark,) = all_views(found)
    before = rendered(found).partition(mark)[0]
    for element in set(within.split()):
        is_open = len(re.findall(rf"<{element}\b", before)) - before.count(f"</{element}>")
        assert is_open == within.split().count(element)


def test_several_blocks_keep_their_order_and_the_text_between_them() -> None:
    found = inputs("Un.\n\n```requete\ntitre: A\n```\nDeux.\n```requete\ntitre: B\n```\n\nTrois.\n")
    html = rendered(found)
    marks = [view.mark for view in found.views]
    places = [html.index(part) for part in ("Un.", marks[0], "Deux.", marks[1], "Trois.")]
    assert places == sorted(places)


def test_one_bad_block_hides_neither_the_page_nor_the_other_blocks() -> None:
    found = inputs("```requete\nvue: rien\n```\n\n```requete\nde: page\n```\n\n```requete\n[\n```\n")
    assert [view.kind for view in found.views] == ["", "liste", ""]
    assert [getattr(view.view, "line", None) for view in found.views] == [1, None, 9]
    assert "(ligne 1 de la page)" in found.markdown
    assert "(ligne 9 de la page)" in found.markdown


def test_a_block_is_no_text_of_its_page() -> None:
    found = parse_document(SourceFile.from_text(PATH, "```requete\n# titre: [[x]] <p id='y'>\n```\n\n# Vrai\n"))[0]
    assert [heading.title for heading in found.headings] == ["Vrai"]
    assert found.links == ()
    assert "titre" not in found.masked


# --- Whose `this` it is --------------------------------------------------------------------------------------------

ASKS = "---\ntitre: {title}\n---\n\nTête.\n\n## Qui me cite\n\n```requete\nou: cite contains this\n```\n\n## Fin\n"


def names(view: object) -> list[str]:
    assert isinstance(view, Entries)
    return [entry.page.text for group in view.groups for entry in group.entries]


def test_a_piece_asks_for_the_page_it_comes_from() -> None:
    found = inputs(
        "# Hôte\n\n![[source#Qui me cite]]\n\n```requete\nou: cite contains this\n```\n",
        source=ASKS.format(title="Source"),
        ami="# Ami\n\n[[source]]\n",
        autre="# Autre\n\n[[page]]\n",
    )
    (piece,) = [link.piece for link in found.links if link.piece]
    assert [names(view.view) for view in piece.views] == [["Ami", "Hôte"]]
    assert [names(view.view) for view in found.views] == [["Autre"]]
    assert len(all_views(found)) == 2
    assert all(rendered(found).count(mark) == 1 for mark in all_views(found))


def test_a_piece_that_holds_no_whole_block_shows_none() -> None:
    found = inputs("![[source#Fin]]\n", source=ASKS.format(title="Source") + "\nFin.\n")
    assert all_views(found) == {}


def test_a_block_that_a_mark_names_is_shown_where_it_is_embedded() -> None:
    found = inputs("![[source#^liste]]\n", source="# Source\n\n```requete\nde: page\n```\n^liste\n")
    assert [view.kind for view in all_views(found).values()] == ["liste"]


def test_a_page_that_embeds_itself_through_another_asks_once_for_each() -> None:
    found = inputs(ASKS.format(title="P") + "\n![[b]]\n", b=ASKS.format(title="B") + "\n![[page]]\n")
    assert len(found.views) == 1
    assert 1 <= len(all_views(found)) <= 3


# --- The values of a cooperative -----------------------------------------------------------------------------------


def asked_with(text: str, values: str) -> tuple[list[str], PageInputs]:
    files = {PATH: f"```requete\n{text}\n```\n", "docs/a.md": "# A\n", "docs/_cae.yml": values}
    wiki = read_wiki(files)
    site = site_of(wiki, Audience.PUBLIC)
    return [d.code for d in wiki.diagnostics if d.code != "ES312"], page_inputs(site.graph.pages[PATH], site)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ou: id = {{ cae.x }}", ["A"]),
        ('ou: "id = {{cae.x}}"', ["A"]),
        ('ou: "{{ cae.x }} = id"', []),
        ('limite: "{{ cae.un }}"', ["A"]),
        ("tri: titre\nlimite: 1\ntitre: Chez {{ cae.nom }}", ["A"]),
    ],
)
def test_a_variable_in_a_block_has_its_value(text: str, shown: list[str]) -> None:
    codes, found = asked_with(text, "x: a\nun: 1\nnom: nous\n")
    view = found.views[0].view
    if shown:
        assert codes == []
        assert names(view) == shown
        assert view.title in ("", "Chez nous")
    else:  # a value in the place of a field
        assert codes == ["ES706"]


def test_a_value_that_is_not_decided_yet_is_told_once_and_asks_nothing() -> None:
    codes, found = asked_with("ou: id = {{ cae.x }}\nlimite: 2", "x: \n")
    assert (codes, found.views[0].kind) == (["ES407"], "")


def test_a_title_says_what_is_still_to_decide() -> None:
    _, found = asked_with("titre: Chez {{ cae.x }}", "x: \n")
    assert found.views[0].view.title == "Chez à compléter par votre coopérative"


# --- Anything at all -----------------------------------------------------------------------------------------------

PARTS = (
    "```requete",
    "```",
    "~~~",
    "````",
    "de: page",
    "> ",
    "- un",
    "    ",
    "\t",
    "<!--",
    "-->",
    "",
    "Texte.",
    "\r",
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=4).map("".join), max_size=12).map("\n".join))
def test_whatever_is_written_every_block_is_in_place_and_every_view_is_rendered(text: str) -> None:
    for block in find_query_blocks(text, 7):
        assert_in_place(text, 7, block)
    found = inputs(f"---\ntitre: Page\n---\n{text}")
    html = rendered(found)
    assert len(found.views) == len(find_query_blocks(found.body, 0))
    assert all(html.count(mark) >= 1 for mark in {view.mark for view in found.views})
