"""The help for authors leaves nothing out: options, commands, forms of links, diagnostics; with results, and true."""

import re
from collections.abc import Callable, Mapping
from textwrap import dedent

import pytest
from mkdocs.config.base import Config

from essaim.rules import CATALOGUE
from essaim.schema.fieldtypes import FIELD_TYPES
from essaim.schema.load import load_schema
from essaim.schema.options import Options
from essaim.schema.queries.kinds import COMMON, KINDS
from essaim.source import SourceFile
from essaim.syntax.document import Document, parse_document
from essaim.syntax.markdown import Link, LinkKind
from essaim.syntax.nodes import Scalar
from essaim_app.commands import COMMANDS
from essaim_app.main import build_parser
from mkdocs_essaim.content.config import ContentConfig
from mkdocs_essaim.history.config import HistoryConfig
from mkdocs_essaim.links.config import LinksConfig
from mkdocs_essaim.search.config import SearchConfig
from mkdocs_essaim.views.config import ViewsConfig
from tests.conftest import ROOT

HELP = ROOT / "docs/aide"
PAGES = {path.name: path.read_text("utf-8") for path in HELP.glob("*.md")}
EVERYTHING = "\n".join(PAGES.values())


def document(name: str) -> Document:
    return parse_document(SourceFile.from_text(f"docs/aide/{name}", PAGES[name]))[0]


def options_of_types(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return every option that a `_type.yml` is asked for, by having one read that uses all mappings there are."""
    known: set[str] = set()

    def only(self: Options, names: set[str]) -> None:
        known.update(names)

    monkeypatch.setattr(Options, "only", only)
    inner = {
        "choice": ", of: [a], computed: [{value: a}]",
        "reference": ", to: x, inverse: {name: r, label: R}",
        "list": ", of: text",
    }
    inner["group"] = ", fields: {a: text}"
    fields = "".join(f"  f_{name}: {{type: {name}{inner.get(name, '')}}}\n" for name in FIELD_TYPES)
    text = (
        "type: x\nlabel: {one: x, many: x}\nindex: {view: list}\nsections:\n  - {title: A}\n"
        f"glossary: {{acronym: f_text}}\nevent: {{start: f_date}}\n"
        f"linked_data: {{type: X, properties: {{a: {{value: b}}, "
        f"c: {{field: f_text, type: X}}, d: {{link: index, type: X}}, e: {{field: f_choice, values: {{a: b}}}}}}}}\n"
        f"passport: {{steps: f_group, title: a}}\nincludes: {{field: f_reference}}\n"
        f"departed: {{when: f_text}}\n"
        f"rules:\n  - {{require: f_text, message: m}}\nflags:\n  - {{when: f_text, message: m}}\nfields:\n{fields}"
    )
    load_schema([SourceFile.from_text("docs/_type.yml", text)])
    return known


def test_every_option_of_a_type_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    options = options_of_types(monkeypatch)
    assert {
        "review_every",
        "acyclic",
        "inverse",
        "glossary",
        "severity",
        "facets",
        "computed",
        "value",
        "where",
    } <= options
    assert sorted(name for name in options if f"`{name}`" not in PAGES["creer-un-type.md"]) == []


def test_every_field_type_is_explained() -> None:
    assert sorted(name for name in FIELD_TYPES if f"`{name}`" not in PAGES["creer-un-type.md"]) == []


@pytest.mark.parametrize(
    ("plugin", "config"),
    [
        ("essaim", ContentConfig),
        ("essaim-links", LinksConfig),
        ("essaim-history", HistoryConfig),
        ("essaim-views", ViewsConfig),
        ("essaim-search", SearchConfig),
    ],
)
def test_every_plugin_and_its_options_are_explained(plugin: str, config: type[Config]) -> None:
    names = [plugin, *(name for name, _ in config._schema)]
    assert [name for name in names if f"`{name}`" not in PAGES["publier.md"]] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_its_options_are_explained(command: str) -> None:
    parser = build_parser([command])
    sub = parser._subparsers._group_actions[0].choices[command]  # type: ignore[union-attr, index]
    options = {name for action in sub._actions for name in action.option_strings if name.startswith("--")}
    told = [f"essaim {command}", *sorted(options - {"--help"})]
    assert [words for words in told if words not in EVERYTHING] == []


def test_the_help_leads_to_each_of_its_pages() -> None:
    reached = {link.target for link in document("index.md").links}
    assert sorted(PAGES.keys() - {"index.md"} - reached) == []


def test_every_diagnostic_has_its_page() -> None:
    assert [code for code in CATALOGUE if not (HELP / "diagnostics" / f"{code.lower()}.md").is_file()] == []


FORMS: Mapping[str, Callable[[Link], object]] = {
    "a page by its name": lambda link: link.kind is LinkKind.WIKI and not (link.section or link.text),
    "other words": lambda link: link.kind is LinkKind.WIKI and link.text and not link.section,
    "a section": lambda link: link.kind is LinkKind.WIKI and link.target and link.section[:1] not in ("", "^"),
    "a section of the same page": lambda link: link.kind is LinkKind.WIKI and not link.target and link.section,
    "a block": lambda link: link.kind is LinkKind.WIKI and link.section.startswith("^"),
    "its type": lambda link: link.kind is LinkKind.WIKI and "/" in link.target,
    "a piece of a page": lambda link: link.kind is LinkKind.EMBED and link.section and "." not in link.target,
    "an image by its name": lambda link: link.kind is LinkKind.EMBED and "." in link.target,
    "an image with a size": lambda link: link.kind is LinkKind.EMBED and re.search(r"\|\d+$", link.text),
    "a document by its name": lambda link: link.kind is LinkKind.WIKI and re.search(r"\.\w{3}$", link.target),
    "a document by its path": lambda link: link.kind is LinkKind.MARKDOWN and link.target.endswith(".png"),
    "an index": lambda link: link.kind is LinkKind.MARKDOWN and link.target.endswith("/index.md"),
    "another site": lambda link: link.kind is LinkKind.MARKDOWN and link.target.startswith("https:"),
    "a path": lambda link: link.kind is LinkKind.MARKDOWN and link.target.endswith(".md") and not link.section,
    "a path and a section": lambda link: link.kind is LinkKind.MARKDOWN and link.target and link.section,
    "an image by its path": lambda link: link.kind is LinkKind.IMAGE,
}
"""What tells each form of link from the others."""


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_link_is_shown_with_its_result(form: str) -> None:
    """Once in a block of code, and once as the reader sees it."""
    live = [link for link in document("liens.md").links if FORMS[form](link)]
    shown = [block for block, _ in examples("liens.md")]
    written = [SourceFile.from_text("x.md", block) for block in shown]
    in_code = [link for source in written for link in parse_document(source)[0].links if FORMS[form](link)]
    assert live
    assert in_code


def examples(name: str) -> list[tuple[str, str]]:
    """Return the examples of a page: what is written, and the example box that follows, if any."""
    pattern = r"^~~~~ ?markdown\n(.*?)^~~~~\n(?:\n+!!! example \"[^\"]*\"\n((?:\n|    [^\n]*\n)+))?"
    found = re.finditer(pattern, f"{PAGES[name]}\n", re.MULTILINE | re.DOTALL)
    return [(match[1], dedent(match[2]).strip("\n") + "\n" if match[2] else "") for match in found]


def test_every_view_and_key_of_queries_is_explained_and_shown() -> None:
    """Each view and each key stands in the text, and in an example that the site shows with its result."""
    told, asked = PAGES["requetes.md"], document("requetes.md").queries
    keys = {*COMMON, *(key for kind in KINDS.values() for key in kind.keys)}
    shown = {entry.key.text for block in asked if block.node for entry in block.node.entries}
    views = {node.text for block in asked if block.node and isinstance(node := block.node.get("vue"), Scalar)}
    assert sorted(key for key in keys if f"`{key}" not in told) == []
    assert sorted(keys - shown) == []
    assert sorted(KINDS.keys() - views) == []
    words = {word for kind in KINDS.values() for takes in kind.keys.values() for word in takes.among}
    assert sorted(word for word in words if f"`{word}" not in told and f": {word}`" not in told) == []


@pytest.mark.parametrize(
    "name", ["liens.md", "mise-en-forme.md", "variables.md", "autres-cooperatives.md", "requetes.md"]
)
def test_every_example_has_its_result_below(name: str) -> None:
    """As the site renders it or, for what this wiki must not have (a link that leads nowhere), told in words."""
    below = re.findall(r"^~~~~ ?markdown\n.*?^~~~~\n\n(.*?\n)\n?(.*?\n)", PAGES[name], re.MULTILINE | re.DOTALL)
    live, told = '!!! example "Ce que le lecteur voit"\n', ("Le lecteur voit :\n", "~~~~ text\n")
    assert below
    assert [lines for lines in below if lines[0] != live and lines != told] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_result_is_that_of_the_source_above_it(name: str) -> None:
    """The box says again what the block of code says, so that the site itself shows the result."""
    different = [(source, result) for source, result in examples(name) if result and result != source]
    assert different == []


def test_interwiki_variables_and_marks_have_their_place() -> None:
    for sign in ("[[autre-cae:", "{{ cae.", "_redirections.yml", "_voisins.yml", "^"):
        assert sign in EVERYTHING, sign
