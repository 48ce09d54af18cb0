"""YAML read as text: nothing guessed, nothing lost in silence, nothing that hangs or raises."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from essaim.diagnostics import Diagnostic
from essaim.source import SourceFile, apply_edits
from essaim.syntax import yaml as subject
from essaim.syntax.characters import without_control
from essaim.syntax.nodes import Mapping, Node, Scalar, Sequence
from essaim.syntax.yaml import parse_yaml, parse_yaml_file
from essaim.syntax.yaml_mending import BLANKS
from tests.conftest import in_less_than

ROOT = Path(__file__).parent.parent.parent
SHORT = 2.0
"""Seconds that nothing here may take, on a slow machine."""


def read(text: str, *, comments: bool = False) -> tuple[Node | None, list[Diagnostic]]:
    source = SourceFile.from_text("docs/a.md", text)
    return parse_yaml(source, 0, len(source.text), comments=comments)


def plain(node: Node | None) -> object:
    """Return a tree without its places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries} if node else None


def said(found: list[Diagnostic]) -> list[tuple[int, int, str]]:
    return [(*d.span.start, d.code) for d in found]


def mended(text: str) -> str:
    """Make every fix that is proposed."""
    source = SourceFile.from_text("docs/a.md", text)
    _, found = parse_yaml(source, 0, len(source.text))
    return apply_edits(source, [edit for d in found if d.fix for edit in d.fix.edits])


# --- The traps of the French author --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("cp: 01000", "01000"),
        ("siret: 010", "010"),
        ("heure: 12:30", "12:30"),
        ("pays: no", "no"),
        ("ok: yes", "yes"),
        ("etat: on", "on"),
        ("jour: 2026-05-01", "2026-05-01"),
        ("version: 1.10", "1.10"),
        ("nombre: 1_000", "1_000"),
        ("hexa: 0x1F", "0x1F"),
        ("rien: .nan", ".nan"),
        ("infini: -.inf", "-.inf"),
        ("vide: ~", "~"),
        ("nul: null", "null"),
        ("lien: http://exemple.fr/#haut", "http://exemple.fr/#haut"),
        ("fusion: <<", "<<"),
        ("egal: =", "="),
        ("question: Où ?", "Où ?"),
        ("marque: R&D, 100 % *beau*", "R&D, 100 % *beau*"),
        ("apostrophe: l'atelier d'été", "l'atelier d'été"),
        ("espace: Qui\u00a0? Vous\u00a0!", "Qui\u00a0? Vous\u00a0!"),
        ("titre: 'L''atelier : #1'", "L'atelier : #1"),
        ('titre: "Atelier\\t\\u00e9 #3"', "Atelier\té #3"),
        ("titre: >-\n  plié\n  ici", "plié ici"),
        ("titre: |\n  tel\n  quel\n", "tel\nquel\n"),
        ("titre: <script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_value_is_the_text_that_was_written(written: str, text: str) -> None:
    node, found = read(written)
    assert found == []
    assert isinstance(node, Mapping)
    assert node.entries[0].value[0] == text


@pytest.mark.parametrize(
    ("written", "place", "code", "corrected"),
    [
        ("titre: Procédure : accueil", (1, 18), "ES104", 'titre: "Procédure : accueil"'),
        ("titre: Un : deux : trois", (1, 11), "ES104", 'titre: "Un : deux : trois"'),
        ("titre: fin:", (1, 11), "ES104", 'titre: "fin:"'),
        ("mots:\n  - a: b: c", (2, 9), "ES104", 'mots:\n  - a: "b: c"'),
        ("titre: Dire \\ « oui » : quand", (1, 23), "ES104", 'titre: "Dire \\\\ « oui » : quand"'),
        ("titre:\u00a0Bonjour", (1, 7), "ES105", "titre: Bonjour"),
        ("titre:\u202fBonjour\nsuite: x", (1, 7), "ES105", "titre: Bonjour\nsuite: x"),
        ("a: 1\nb:\u00a0{x: 1}", (2, 3), "ES105", "a: 1\nb: {x: 1}"),
        ("titre\u00a0: Bonjour", (1, 6), "ES105", "titre: Bonjour"),
        ("\u00a0titre: Bonjour", (1, 1), "ES105", "titre: Bonjour"),
        ("mots:\n  -\u00a0un", (2, 4), "ES105", "mots:\n  - un"),
        ("titre: Atelier #3", (1, 16), "ES106", 'titre: "Atelier #3"'),
        ("titre: Atelier # 3", (1, 16), "ES106", 'titre: "Atelier # 3"'),
        ("titre: #3", (1, 8), "ES106", 'titre: "#3"'),
        ("mots:\n- un\n- #deux", (3, 3), "ES106", 'mots:\n- un\n- "#deux"'),
        ("a: 1\nb: 2\na: 3", (3, 1), "ES107", "a: 1\nb: 2\na: 3"),
        ("a: {b: 1, b: 2}", (1, 11), "ES107", "a: {b: 1, b: 2}"),
        ("titre: *gras* ici", (1, 8), "ES108", 'titre: "*gras* ici"'),
        ("titre: *alias", (1, 8), "ES108", 'titre: "*alias"'),
        ("titre: &co", (1, 8), "ES108", 'titre: "&co"'),
        ("titre: !important", (1, 8), "ES109", 'titre: "!important"'),
        ("titre: !!python/object/apply:os.system x", (1, 8), "ES109", 'titre: "!!python/object/apply:os.system x"'),
        ("titre: @zoe", (1, 8), "ES103", 'titre: "@zoe"'),
        ("titre: `code`", (1, 8), "ES103", 'titre: "`code`"'),
        ("titre: %5", (1, 8), "ES103", 'titre: "%5"'),
        ("a:\n\tb: 1", (2, 1), "ES110", "a:\n  b: 1"),
        ("a:\n\t- 1\n\t- 2", (2, 1), "ES110", "a:\n  - 1\n  - 2"),
    ],
)
def test_a_slip_is_told_at_its_place_and_its_fix_is_right(
    written: str, place: tuple[int, int], code: str, corrected: str
) -> None:
    node, found = read(written)
    assert node is not None, "one slip does not make the rest unreadable"
    assert said(found)[0] == (*place, code)
    assert {d.code for d in found} == {code}
    assert mended(written) == corrected
    if corrected != written:
        assert read(corrected)[1] == []


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("titre: Procédure : accueil\nb: 1", {"titre": "Procédure : accueil", "b": "1"}),
        ("titre: Atelier #3\nb: 1", {"titre": "Atelier", "b": "1"}),
        ("qui: @zoe\nb: 1", {"qui": "@zoe", "b": "1"}),
        ("a: &x un\nb: *x", {"a": "&x un", "b": "*x"}),
        ("a:\u00a01\nb:\u00a02\nc:\u00a0d : e", {"a": "1", "b": "2", "c": "d : e"}),
        ("a: 1\na: 2", {"a": "1"}),
    ],
)
def test_what_follows_a_slip_is_still_read(written: str, values: object) -> None:
    assert plain(read(written)[0]) == values


@pytest.mark.parametrize(
    "written",
    [
        "titre: Juste  # deux espaces",
        'titre: "Atelier" # après des guillemets',
        "# seul sur sa ligne\ntitre: Juste",
        "vide: # à remplir",
        "mots: [un, deux] # après un crochet",
        "texte: |\n  un #2\n  Horaires :\u00a09 h\n",
        "titre: Note:\u00a0texte",
    ],
)
def test_what_only_looks_like_a_slip_is_not_told(written: str) -> None:
    assert read(written)[1] == []


def test_comments_are_comments_in_a_file_of_options() -> None:
    assert read("a: 1 # un", comments=True)[1] == []
    assert read("a: #1", comments=True)[1] == []


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("a: [1, 2\nb: 3", (1, 4)),
        ("a: 1\nb: {x: 1\nc: 2\n", (2, 4)),
        ("a: [[1], 2", (1, 4)),
        ("a: [1,\n  {b: 2", (2, 3)),
        ('a: "un\nb: 2', (1, 4)),
        ("a: 'un\nb: 2", (1, 4)),
        ("a: 'l'atelier'", (1, 7)),
        ('a: "Guide" complet', (1, 12)),
        ("a: [Brouillon] titre", (1, 16)),
        ("a: - b", (1, 4)),
        ("a: 1\n b: 2", (2, 3)),
        ("a:\n  - 1\n - 2", (3, 2)),
        ('a: "\\q"', (1, 5)),
    ],
)
def test_what_cannot_be_read_is_told_where_it_begins(written: str, place: tuple[int, int]) -> None:
    node, found = read(written)
    assert node is None
    assert said(found) == [(*place, "ES103")]


# --- What is meant to harm -----------------------------------------------------------------------------------------

BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
HARMFUL = {
    "an alias bomb": (BOMB, "ES108"),
    "an alias of itself": ("a: &a [*a]", "ES108"),
    "a Python tag": ("a: !!python/object/apply:os.system ['true']", "ES109"),
    "a tag of a mapping": ("a: !!set {x, y}", "ES109"),
    "brackets without end": ("a: " + "[" * 20_000, "ES111"),
    "braces without end": ("a: " + "{a: " * 20_000, "ES111"),
    "nesting by indent": ("".join(" " * n + "a:\n" for n in range(200)), "ES111"),
    "questions without end": ("? " * 20_000, "ES111"),
    "a very long key": ("k" * 2_000_000 + ": 1", "ES004"),
    "very many keys": ("".join(f"k{n}: 1\n" for n in range(60_000)), "ES004"),
    "many tabs": ("a:\n" + "\t- 1\n" * 5_000, "ES110"),
    "many colons": ("".join(f"k{n}: a : b\n" for n in range(5_000)), "ES104"),
    "many special spaces": ("".join(f"k{n}:\u00a0a\n" for n in range(5_000)), "ES105"),
    "many duplicates": ("a: 1\n" * 20_000, "ES107"),
    "one long line of colons": ("a: " + "b: " * 50_000, "ES104"),
    "one long line of signs": ("a: " + "-" * 100_000 + "#", ""),
    "a NUL": ("a: b\x00c", "ES003"),
    "NEL and other line ends": ("a: b\x85c: d\u2028e", "ES003"),
    "a lone surrogate": ("a: \ud83d", "ES001"),
    "a mark of byte order inside": ("a: \ufeffb", "ES003"),
    "a noncharacter": ("a: b\uffff", "ES003"),
    "a second document": ("a: 1\n---\nb: 2", "ES112"),
    "a directive": ("%YAML 1.1\n---\na: 1", ""),
    "a merge": ("a: {b: 1}\n<<: {c: 2}", ""),
    "a key that is a list": ("[a, b]: 1", "ES114"),
    "an empty key": ('"": 1', "ES114"),
    "infinity": ("a: .inf\nb: .nan", ""),
}


@pytest.mark.parametrize(("text", "code"), HARMFUL.values(), ids=HARMFUL)
def test_nothing_harms(text: str, code: str) -> None:
    with in_less_than(SHORT):
        _, found = parse_yaml_file(SourceFile.from_text("docs/_cae.yml", text))
    assert {d.code for d in found} >= ({code} if code else set())
    assert code or found == []


def test_a_nesting_that_a_person_may_write_is_read() -> None:
    text = "".join("  " * n + "a:\n" for n in range(30)) + "  " * 30 + "b: 1"
    assert read(text)[1] == []


# --- For any text --------------------------------------------------------------------------------------------------

FRAGMENTS = (
    *("a", "b: ", "titre: ", ": ", "- ", "? ", ", ", " #", "#", "\n", "\n  ", "\n    ", "\r\n", "\r", " ", "\t"),
    *('"', "'", "[", "]", "{", "}", "|", ">", "|\n  ", ">-\n    ", "&x", "*x", "!t", "%", "@", "`", "---\n", "..."),
    *("é", "e\u0301", "🐝", "\u00a0", "\u202f", "\x00", "\x85", "\u2028", "\ufeff", "\ud83d", "\ue000", "\\", "~"),
    *("01", "12:30", "no", '"a\\n"', "'b'", "x: [1, 2]\n", "y: {z: 1}\n", "- un\n- deux\n", "<<: ", "-\u00a0"),
)
texts = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join),
    st.text(st.characters(codec=None), max_size=40),
)


@settings(derandomize=True, max_examples=1500)
@given(text=texts, comments=st.booleans())
@example(text="?", comments=False)
@example(text="a: \ue000 : b", comments=False)
def test_any_text_is_read_in_its_bounds(text: str, comments: bool) -> None:
    source = without_control(SourceFile.from_text("docs/a.md", f"---\n{text}"))
    with in_less_than(SHORT):
        node, found = parse_yaml(source, 4, len(source.text), comments=comments)
    assert node is not None or found or _is_bare(source.text)
    assert len(found) < 50 + len(text)
    for diagnostic in found:
        start, end = (source.line_extent(line).start + column - 1 for line, column in diagnostic.span)
        assert 4 <= start <= end <= len(source.text)
        assert source.span((start, end)) == diagnostic.span
    check_inside(node, 4, len(source.text))


def _is_bare(text: str) -> bool:
    """Whether a text holds comments and document marks only."""
    return all(not line.strip() or line.lstrip().startswith(("#", "---", "...")) for line in text.splitlines())


def check_inside(node: Node | None, start: int, end: int) -> None:
    """Hold that a node, and what is in it, stands between two offsets."""
    if node is None:
        return
    assert start <= node.start <= node.end <= end
    for inner in children(node):
        check_inside(inner, node.start, node.end)


def children(node: Node) -> Iterator[Node]:
    if isinstance(node, Sequence):
        yield from node.items
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield value


def scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif node is not None:
        for inner in children(node):
            yield from scalars(inner)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=12)
keys = words.map(lambda word: word.strip(BLANKS))  # around a key they are a slip
values = st.recursive(words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3))


@settings(derandomize=True, max_examples=400)
@given(
    value=st.dictionaries(st.from_regex(r"[a-zé]{1,6}", fullmatch=True), values, max_size=5),
    style=st.sampled_from(("'", '"', "|", ">")),
    flow=st.sampled_from((True, False)),
    width=st.sampled_from((20, 1000)),
)
def test_a_scalar_is_the_text_at_its_place(value: object, style: str, flow: bool, width: int) -> None:
    text = yaml.safe_dump(value, default_style=style, default_flow_style=flow, allow_unicode=True, width=width)
    source = SourceFile.from_text("docs/a.md", text.replace("!!binary", ""))
    with in_less_than(SHORT):
        node, _ = parse_yaml(source, 0, len(source.text), comments=True)
    for scalar in scalars(node):
        piece = source.text[scalar.start : scalar.end]
        if re.match(r"[|>]\d", piece):  # the indent it gives is counted from what is around it
            continue
        again = yaml.load(piece, yaml.BaseLoader) if piece else ""  # noqa: S506
        assert again == scalar.text
        assert piece.startswith(scalar.style)


# --- With libyaml and without --------------------------------------------------------------------------------------

AGREED = tuple(f for f in FRAGMENTS if f not in ("!t", "\t", "|", ">", "\r", "%"))
"""What the two parsers read alike: they differ on odd tags, on tabs, and on a sign glued to `|`."""


def read_twice(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    """Return the two trees, places included but for those of values left out."""
    source = without_control(SourceFile.from_text("docs/a.md", text))
    trees = []
    for parser in (yaml.CSafeLoader, yaml.SafeLoader):
        monkeypatch.setattr(subject, "_Parser", parser)
        node, found = parse_yaml(source, 0, len(source.text), comments=True)
        trees.append((node is None, plain(node), [s for s in scalars(node) if s.text or s.style], bool(found)))
    return trees[0], trees[1]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML is without libyaml here")
class TestBothParsers:
    """libyaml is faster; without it the tree is the same."""

    @pytest.mark.parametrize("path", sorted(ROOT.glob("**/_type.yml")), ids=lambda path: path.parent.name)
    def test_agree_on_the_types_of_this_wiki(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with_libyaml, without = read_twice(path.read_text("utf-8"), monkeypatch)
        assert with_libyaml == without

    @settings(derandomize=True, max_examples=800)
    @given(text=st.lists(st.sampled_from(AGREED), max_size=12).map("".join))
    def test_agree_on_what_people_write(self, text: str) -> None:
        with pytest.MonkeyPatch.context() as monkeypatch, in_less_than(SHORT):
            with_libyaml, without = read_twice(text, monkeypatch)
        assert with_libyaml == without
