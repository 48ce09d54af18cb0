"""Where a page's front matter begins and ends, what is read of it, and that nothing in a page raises."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.pages.page import Page, Value, Values
from essaim.pages.parse import page_id, parse_page
from essaim.rules import CATALOGUE
from essaim.schema.load import load_schema
from essaim.schema.load_type import plain_type
from essaim.schema.model import PageType
from essaim.source import SourceFile
from essaim.syntax.document import Document, parse_document
from essaim.workspace import Change, analyze
from essaim.workspace.discover import Layout
from tests.conftest import in_less_than

TYPE = """\
type: fiche
fields:
  titre: {type: text, max: 60}
  nombre: {type: integer, min: 1}
  mots: {type: text, many: true}
  voir: {type: reference, to: fiche, many: true, acyclic: true, inverse: vu_par}
  photo: image
  groupe: {type: group, many: true, fields: {jour: date, qui: {type: reference}}}
sections:
  - {title: "Étapes", form: numbered}
rules:
  - {when: "voir", require: "voir.titre contains a", message: "Citez mieux."}
"""


def document(text: str | bytes) -> tuple[Document, list[str]]:
    data = text.encode() if isinstance(text, str) else text
    parsed, found = parse_document(SourceFile.from_bytes("docs/a.md", data))
    return parsed, [f"{d.span.start.line}:{d.span.start.column} {d.code}" for d in found]


def fiche() -> PageType:
    schema, found = load_schema([SourceFile.from_text("docs/fiches/_type.yml", TYPE)])
    assert not found
    return schema.types["fiche"]


def page(text: str, page_type: PageType | None = None, path: str = "docs/fiches/a.md") -> Page:
    return parse_page(SourceFile.from_text(path, text), page_type or fiche())[0]


def data_of(value: object) -> object:
    """Return a value as plain data."""
    if isinstance(value, Values):
        return [data_of(item) for item in value.items]
    return value.data if isinstance(value, Value) else value


# --- Where it begins and ends --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "front_matter", "body"),
    [
        ("---\na: 1\n---\nTexte.\n", "a: 1\n", "Texte.\n"),
        ("---\na: 1\n---", "a: 1\n", ""),
        ("---\na: 1\n---\n", "a: 1\n", ""),
        ("---\n---\nTexte.", "", "Texte."),
        ("--- \na: 1\n---\t\nTexte.", "a: 1\n", "Texte."),
        ("\n\n---\na: 1\n---\nTexte.", "a: 1\n", "Texte."),
        ("---\r\na: 1\r\n---\r\nTexte.\r\n", "a: 1\r\n", "Texte.\r\n"),
        ("---\na: 1\n...\nTexte.", "a: 1\n", "Texte."),
        ("---\na: |\n  ---\n---\nTexte.", "a: |\n  ---\n", "Texte."),
        ("---\na: ---x\n---\nTexte.", "a: ---x\n", "Texte."),
        ("Texte.\n", None, "Texte.\n"),
        ("", None, ""),
        ("# Titre\n\n---\n\na: 1\n\n---\n", None, "# Titre\n\n---\n\na: 1\n\n---\n"),
        ("----\na: 1\n----\n", None, "----\na: 1\n----\n"),
    ],
)
def test_the_two_lines_of_dashes(text: str, front_matter: str | None, body: str) -> None:
    parsed, found = document(text)
    assert found == []
    extent = parsed.front_matter
    assert (text[extent.start : extent.end] if extent else None) == front_matter
    assert parsed.body_text == body
    assert not parsed.unreadable


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\na: 1\n\nTexte.\n", ["1:1 ES102"]),
        ("\n---\na: 1\n", ["2:1 ES102"]),
        ("---\na: 1\n ---\n", ["1:1 ES102"]),
        ("---\na: [\n---\n", ["2:4 ES103"]),
        ("---\ntexte\n---\n", ["2:1 ES113"]),
        ("---\n- a\n- b\n---\n", ["2:1 ES113"]),
    ],
)
def test_front_matter_that_cannot_be_read_silences_what_depends_on_it(text: str, told: list[str]) -> None:
    parsed, found = document(text)
    assert found == told
    assert parsed.unreadable
    source = SourceFile.from_text("docs/fiches/a.md", text)
    required = TYPE.replace("max: 60", "required: true").replace('"Étapes"', '"Étapes", required: true')
    schema, _ = load_schema([SourceFile.from_text("docs/fiches/_type.yml", required)])
    _, diagnostics = parse_page(source, schema.types["fiche"])
    assert len(diagnostics) == len(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\na: 1\n---\n---\nb: 2\n---\n", ["4:1 ES112"]),
        ("---\na: 1\n---\n\nb: 2\nc:\n  - d\n---\nTexte.", ["5:1 ES112"]),
        ("---\r\na: 1\r\n---\r\nb: 2\r\n---\r\n", ["4:1 ES112"]),
        ("---\na: 1\n---\n\nTexte : suite\n\n---\n\nb: 2\n", []),
        ("---\na: 1\n---\n" + "-a: b\n" * 400, []),
    ],
)
def test_a_second_front_matter(text: str, told: list[str]) -> None:
    assert document(text)[1] == told


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xef\xbb\xbf---\na: 1\na: 2\n---\n", ["1:1 ES002", "3:1 ES107"]),
        ("---\na: é\n---\n[[x]]".encode("latin-1"), ["2:4 ES001"]),
        ("---\r\na: \u00e9\r\n---\r\n".encode("utf-16"), ["1:1 ES001", "1:4 ES003"]),
        (b"---\na: \xed\xa0\xbd\n---\n", ["2:4 ES001"]),
        (b"---\na: b\x00\n---\n", ["2:5 ES003"]),
        ("---\na: b\n---\n\u2028".encode(), ["4:1 ES003"]),
        ("---\na: \ufeffb\n---\n".encode(), ["2:4 ES003"]),
        ("---\na: \u202eb\n---\n".encode(), ["2:4 ES003"]),
        ("---\na: b\u200bc\u00ad\u200f\u2067\n---\n".encode(), []),
    ],
)
def test_bytes_that_hide_something(data: bytes, told: list[str]) -> None:
    parsed, found = document(data)
    assert [line for line in found if line in told] == told
    assert len(found) == len(told)
    assert len(parsed.body_text) == parsed.body.end - parsed.body.start


# --- What is read --------------------------------------------------------------------------------------------------


def test_values_keep_their_text_and_their_place() -> None:
    text = '---\ntitre: "Été \\u00e0 3 h"\nnombre: 007\nmots:\n  - un\n  - "deux"\n---\n'
    read = page(text)
    title, number, words = (read.values[name] for name in ("titre", "nombre", "mots"))
    assert isinstance(title, Value)
    assert isinstance(words, Values)
    assert (title.data, text[title.start : title.end]) == ("Été à 3 h", '"Été \\u00e0 3 h"')
    assert isinstance(number, Value)
    assert (number.data, number.text) == (7, "007")
    assert data_of(words) == ["un", "deux"]
    assert [text[item.start : item.end] for item in words.items] == ["un", '"deux"']


def test_what_is_wrong_is_left_out_and_the_rest_is_kept() -> None:
    read = page("---\ntitre: x\nnombre: zéro\nmots: [a, [b]]\ninconnu: y\nvoir: [b, a]\n---\n")
    assert {name: data_of(value) for name, value in read.values.items()} == {
        "titre": "x",
        "mots": ["a"],
        "voir": ["b", "a"],
    }
    assert [reference.target for reference in read.references] == ["b", "a"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitre:  Deux  mots \n---\n# Autre", "Deux mots"),
        ("---\ntitre: >\n  Sur deux\n  lignes\n---\n", "Sur deux lignes"),
        ("---\ntitre: ''\n---\n\n# Le *premier* titre\n\n# Le second", "Le premier titre"),
        ("## Pas celui-ci\n\n# Celui-là", "Celui-là"),
        ("Rien.", "a"),
        ("---\ntitre: [x\n---\n# Titre", "Titre"),
    ],
)
def test_a_page_always_has_a_title(text: str, title: str) -> None:
    assert page(text).title == title


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/a.md", "a"),
        ("docs/a.b.md", "a.b"),
        ("docs/Été 2026.md", "Été 2026"),
        ("docs/groupes/index.md", "groupes"),
        ("index.md", "index"),
        ("docs/.md", ""),
    ],
)
def test_an_id_is_the_name_of_the_file(path: str, expected: str) -> None:
    assert page_id(path) == expected


def test_a_plain_page_may_hold_any_field() -> None:
    _, found = parse_page(SourceFile.from_text("a.md", "---\nx: {y: [1]}\nalias: Z\n---\n"), plain_type())
    assert found == ()


# --- For any page --------------------------------------------------------------------------------------------------

HEADS = (
    *(
        "titre: ",
        "nombre: ",
        "mots: ",
        "voir: ",
        "photo: ",
        "groupe: ",
        "alias: ",
        "template: x\n",
        "jour: ",
        "qui: ",
    ),
    *(
        "a",
        "b",
        "[b, a]",
        "- b\n",
        "\n",
        "\n  ",
        "  - jour: 2026-05-01\n",
        "{",
        "}",
        "[",
        "]",
        ",",
        '"',
        "'",
        ": ",
        "é",
    ),
    *(" #", "🐝", "\u00a0", "\t", "\r\n", "|\n  x\n", "---\n", "&a", "*a", "12", "images/x.png", "\x00", "../x.png"),
)
BODIES = (
    *("[[", "]]", "a", "b#Étapes", "|", "![", "](", ")", "[x](a.md#y)", "# ", "## Étapes\n", "\n", "\n\n", "1. x\n"),
    *(
        "```\n",
        "`",
        "<!--",
        "-->",
        "<div>",
        "</div>",
        "{{ cae.x }}",
        "> ",
        "- ",
        "    ",
        "\t",
        "***",
        "\\",
        "🐝",
        "é",
    ),
    *("\r\n", "\x85", "\u00a0", "[x]: a.md\n", "[^1]", "!!! note\n", "| a |\n", "---\n", "{#x}", "&", "<a id=x>"),
)
pieces = st.text(st.characters(codec=None), max_size=20)
heads = st.lists(st.sampled_from(HEADS) | pieces, max_size=10).map("".join)
bodies = st.lists(st.sampled_from(BODIES) | pieces, max_size=14).map("".join)


@settings(derandomize=True, max_examples=800)
@given(head=heads, body=bodies, fence=st.sampled_from(("---\n", "---\r\n", "", "\ufeff---\n")))
def test_any_page_is_read_and_told_of_in_its_bounds(head: str, body: str, fence: str) -> None:
    files = {
        "docs/fiches/_type.yml": TYPE,
        "docs/fiches/a.md": f"{fence}{head}\n{fence.lstrip(chr(0xFEFF))}{body}",
        "docs/fiches/b.md": "---\nvoir: [a]\n---\n[[a#x]] [y](a.md#y)\n",
        "docs/libre.md": body,
    }
    check_told({path: text.encode("utf-8", "surrogatepass") for path, text in files.items()})


@settings(derandomize=True, max_examples=400)
@given(
    declared=st.lists(
        st.sampled_from(
            [*(line + "\n" for line in TYPE.splitlines()), *HEADS, "extends: fiche\n", "index: {sort: x}\n"]
        )
        | pieces,
        max_size=16,
    ).map("".join),
    decided=heads,
)
def test_any_type_is_read_and_told_of_in_its_bounds(declared: str, decided: str) -> None:
    files = {
        "docs/fiches/_type.yml": declared,
        "docs/fiches/a.md": "---\ntitre: A\nvoir: [b]\n---\n\n## Étapes\n",
        "docs/_cae.yml": decided,
    }
    check_told({path: text.encode("utf-8", "surrogatepass") for path, text in files.items()})


@settings(derandomize=True, max_examples=300)
@given(data=st.binary(max_size=60))
def test_any_bytes_are_read(data: bytes) -> None:
    check_told({"docs/fiches/_type.yml": TYPE.encode(), "docs/fiches/a.md": data, "docs/_cae.yml": data})


def check_told(files: dict[str, bytes]) -> None:
    """Hold that a wiki is analyzed, and that all that is said of it has a known code and a place in its file."""
    sources = {path: SourceFile.from_bytes(path, data) for path, data in files.items()}
    changes = [Change(path=path, source=source) for path, source in sources.items()]
    with in_less_than(2):
        analysis = analyze(changes, Layout(), date(2026, 5, 1))
    for diagnostic in analysis.diagnostics:
        source = sources[diagnostic.path]
        start, end = (source.line_extent(line).start + column - 1 for line, column in diagnostic.span)
        assert 0 <= start <= end <= len(source.text), diagnostic
        assert source.span((start, end)) == diagnostic.span, diagnostic
        assert diagnostic.code in CATALOGUE
    for path, parsed in analysis.graph.pages.items():
        for reference in parsed.references:
            assert 0 <= reference.start < reference.end <= len(sources[path].text)
        assert parsed.title or path.endswith("/.md")
