"""Adding a value to a front matter: in its form, on its line, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.pages.edit import add_value
from essaim.source import SourceFile, apply_edits
from essaim.syntax.document import Document, parse_document
from essaim.syntax.nodes import Mapping, Node, Scalar, Sequence


def document_of(text: str) -> Document:
    return parse_document(SourceFile.from_text("fiche.md", text))[0]


def added(text: str, value: str = "vieux", *, after: str = "titre") -> str | None:
    """Return a text once a value is added to its field `alias`."""
    document = document_of(text)
    edits = add_value(document, "alias", value, after=after)
    return None if edits is None else apply_edits(document.source, list(edits))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Du texte.\n", "---\nalias: [vieux]\n---\n\nDu texte.\n"),
        ("\nDu texte.\n", "---\nalias: [vieux]\n---\n\nDu texte.\n"),
        ("", "---\nalias: [vieux]\n---\n"),
        ("# Titre\r\n\r\nTexte", "---\r\nalias: [vieux]\r\n---\r\n\r\n# Titre\r\n\r\nTexte"),
        ("---\n---\nTexte", "---\nalias: [vieux]\n---\nTexte"),
        ("---\ntitre: A\netat: x\n---\n", "---\ntitre: A\nalias: [vieux]\netat: x\n---\n"),
        ("---\netat: x\ntitre: A\n---\n", "---\netat: x\ntitre: A\nalias: [vieux]\n---\n"),
        ("---\netat: x\n# fin\n---\n", "---\netat: x\n# fin\nalias: [vieux]\n---\n"),
        ("---\ntitre: A # dit\netat: x\n---\n", "---\ntitre: A # dit\nalias: [vieux]\netat: x\n---\n"),
        ("---\ntitre: >\n  A\n  B\netat: x\n---\n", "---\ntitre: >\n  A\n  B\nalias: [vieux]\netat: x\n---\n"),
        ("---\ntitre:\netat: x\n---\n", "---\ntitre:\nalias: [vieux]\netat: x\n---\n"),
        ("---\n  titre: A\n  etat: x\n---\n", "---\n  titre: A\n  alias: [vieux]\n  etat: x\n---\n"),
        ("---\r\ntitre: A\r\n---\r\n", "---\r\ntitre: A\r\nalias: [vieux]\r\n---\r\n"),
        ("---\n{titre: A}\n---\n", "---\n{titre: A, alias: [vieux]}\n---\n"),
        ("---\n{}\n---\n", "---\n{alias: [vieux]}\n---\n"),
        ("---\nalias: [a, 'b']\n---\n", "---\nalias: [a, 'b', vieux]\n---\n"),
        ("---\nalias: [a, b ,]\n---\n", "---\nalias: [a, b, vieux ,]\n---\n"),
        ("---\nalias: []\n---\n", "---\nalias: [vieux]\n---\n"),
        ("---\nalias: [a,\n  b] # deux\n---\n", "---\nalias: [a,\n  b, vieux] # deux\n---\n"),
        ("---\nalias:\n  - a\n  - b\netat: x\n---\n", "---\nalias:\n  - a\n  - b\n  - vieux\netat: x\n---\n"),
        ("---\nalias:\n-   a # un\n---\n", "---\nalias:\n-   a # un\n-   vieux\n---\n"),
        ("---\nalias:\n  - a\n\n# etat\netat: x\n---\n", "---\nalias:\n  - a\n  - vieux\n\n# etat\netat: x\n---\n"),
        ("---\nalias: a\n---\n", "---\nalias: [a, vieux]\n---\n"),
        ("---\nalias: 'a' # un\n---\n", "---\nalias: ['a', vieux] # un\n---\n"),
        ("---\nalias: a, b\n---\n", '---\nalias: ["a, b", vieux]\n---\n'),
        ("---\nalias: |\n  a\netat: x\n---\n", '---\nalias: ["a\\n", vieux]\netat: x\n---\n'),
        ("---\nalias:\netat: x\n---\n", "---\nalias: [vieux]\netat: x\n---\n"),
        ("---\nalias: ~\n---\n", "---\nalias: [vieux]\n---\n"),
        ("---\nalias: [vieux]\n---\n", "---\nalias: [vieux]\n---\n"),
        ("---\nalias: vieux\n---\n", "---\nalias: vieux\n---\n"),
    ],
)
def test_a_value_is_added_in_the_form_that_is_there(before: str, after: str) -> None:
    assert added(before) == after


@pytest.mark.parametrize("text", ["---\ntitre: [\n---\n", "---\ntitre: A\n", "---\nalias: {a: b}\n---\n"])
def test_without_a_place_that_can_be_trusted_there_is_no_edit(text: str) -> None:
    assert added(text) is None


def test_what_yaml_would_read_otherwise_is_quoted() -> None:
    assert added("---\nalias: [a]\n---\n", "a, b") == '---\nalias: [a, "a, b"]\n---\n'
    assert added("---\nalias: [a]\n---\n", "null") == '---\nalias: [a, "null"]\n---\n'


words = st.text("aé b-'·:,#[]{}&*!|>%@`\"\\?0", min_size=1, max_size=8).filter(
    lambda text: text.strip() == text != ""
)
plain = st.text("aéb0", min_size=1, max_size=5)


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


scalars = st.one_of(plain, words.map(single), words.map(double))
spaces = st.sampled_from(("", " "))
forms = st.one_of(
    st.just(""),
    st.just("alias:\n"),
    scalars.map("alias: {}\n".format),
    scalars.map("alias: {} # dit\n".format),
    plain.map("alias: >\n  {}\n\n".format),
    plain.map("alias: |-\n  {}\n".format),
    st.tuples(spaces, st.lists(scalars, max_size=3), spaces).map(
        lambda parts: f"alias: [{parts[0]}{', '.join(parts[1])}{parts[2]}]\n"
    ),
    st.tuples(st.sampled_from(("", "  ")), st.lists(scalars, min_size=1, max_size=3)).map(
        lambda parts: "alias:\n" + "".join(f"{parts[0]}- {item}\n" for item in parts[1])
    ),
)
titles = st.sampled_from(
    ("", "titre: A\n", "titre: 'A' # dit\n", "titre: |\n  A\n\n  B\n", "titre:\n", "titre: a\n  b\n")
)
others = st.sampled_from(("", "etat: x\n", "# un mot\n", "\n", "suivi:\n  - qui: a\n    date: b\n"))
bodies = st.sampled_from(("", "Texte.\n", "\n\tTexte  \n\n---\n\nFin", "# T\n"))


@settings(max_examples=600, deadline=None)
@given(
    parts=st.tuples(others, titles, others, forms, others.filter(lambda text: not text.startswith("etat"))),
    body=bodies,
    has_windows_lines=st.booleans(),
    value=words,
)
def test_reading_again_gives_the_old_values_and_the_new_one(
    parts: tuple[str, ...], body: str, has_windows_lines: bool, value: str
) -> None:
    head = "".join(dict.fromkeys(parts))
    text = f"---\n{head}---\n{body}"
    text = text.replace("\n", "\r\n") if has_windows_lines else text
    before = document_of(text)
    result = added(text, value)
    assert result is not None
    after = document_of(result)
    assert not after.unreadable
    old = values(before)
    assert values(after) == old if value in [v.strip() for v in old] else [*old, value]
    assert rest(after) == rest(before)
    assert after.body_text == before.body_text
    assert_one_change(text, result)


def values(document: Document) -> list[str]:
    value = document.fields.get("alias") if document.fields else None
    items = value.items if isinstance(value, Sequence) else (value,) if value else ()
    return [item.text for item in items if isinstance(item, Scalar) and not item.is_empty]


def rest(document: Document) -> dict[str, object]:
    entries = document.fields.entries if document.fields else ()
    return {entry.key.text: bare(entry.value) for entry in entries if entry.key.text != "alias"}


def bare(node: Node) -> object:
    if isinstance(node, Mapping):
        return {entry.key.text: bare(entry.value) for entry in node.entries}
    return [bare(item) for item in node.items] if isinstance(node, Sequence) else node.text


def assert_one_change(before: str, after: str) -> None:
    """Hold that a text differs from another in one run of whole lines at most: one new, or one instead of a value."""
    old, new = before.split("\n"), after.split("\n")
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    same = 0
    while same < min(len(old), len(new)) - start and old[-1 - same] == new[-1 - same]:
        same += 1
    assert len(new) - start - same <= 1
