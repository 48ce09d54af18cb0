"""Where a page names another in plain words: what is proposed, what is left alone, and what the link changes."""

import re
import time
import unicodedata
from datetime import date
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import markdown

from essaim.diagnostics import Diagnostic
from essaim.source import SourceFile, apply_edits
from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.workspace.analysis import Analysis
from essaim.workspace.changes import Change
from essaim.workspace.incremental import update
from essaim.workspace.site import site_of
from tests.conftest import in_less_than, read_wiki

TODAY = date(2026, 11, 23)
PAGE = "docs/pages/essai.md"
WIKI = {
    "docs/pages/_type.yml": "type: page\nfields: {titre: {type: text, required: true}, suite: {type: reference}}\n",
    "docs/reserve/_type.yml": "type: reserve\nvisibility: members\nfields: {titre: {type: text, required: true}}\n",
    "docs/index.md": "---\ntitle: Bienvenue\n---\n",
    "docs/pages/contrat.md": '---\ntitre: "Contrat d\'appui (CAPE)"\nalias: [contrat de départ]\n---\n',
    "docs/pages/oeuvre.md": "---\ntitre: Chef-d'œuvre partagé\nalias: [ESSOR, Chef]\n---\n",
    "docs/pages/associe.md": "---\ntitre: Devenir associé·e\nalias: [Sociétariat]\n---\n",
    "docs/pages/long.md": "---\ntitre: Contrat d'appui renforcé\n---\n",
    "docs/pages/zut.md": "---\ntitre: Pain de seigle\n---\n",
    "docs/pages/pain-a.md": "---\ntitre: Four commun\n---\n",
    "docs/pages/pain-b.md": "---\ntitre: Le four\nalias: [four commun ]\n---\n",
    "docs/pages/secteurs/prix.md": "---\ntitre: Prix, devis [brouillon]\nalias: [fixer ses prix]\n---\n",
    "docs/pages/refaire.md": "---\ntitre: À refaire\n---\n",
    "docs/reserve/comptes.md": "---\ntitre: Comptes de caisse\n---\n",
}


def read(files: dict[str, str]) -> Analysis:
    return read_wiki(files, TODAY)


def page(body: str, head: str = "") -> str:
    return f"---\ntitre: Un essai\n{head}---\n\n{body}\n"


def mentions(body: str, head: str = "", path: str = PAGE) -> list[Diagnostic]:
    found = read(WIKI | {path: page(body, head)}).mentions
    return [diagnostic for diagnostic in found if diagnostic.path == path]


def links(body: str, head: str = "", path: str = PAGE) -> list[str]:
    """Return the links that are proposed."""
    return [d.fix.edits[0].text for d in mentions(body, head, path) if d.fix]


# --- What is found --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "link"),
    [
        ("Un pain de seigle, voilà.", "[[zut|pain de seigle]]"),
        ("Un Pain de seigle.", "[[Pain de seigle]]"),  # the title itself: the same words are read
        ("Le contrat d'appui d'abord.", "[[contrat|contrat d'appui]]"),  # a title without its acronym
        ("Un CONTRAT D’APPUI.", "[[contrat|CONTRAT D’APPUI]]"),
        ("Au Contrat de depart.", "[[contrat|Contrat de depart]]"),
        ("Un chef d'oeuvre partagé.", "[[oeuvre|chef d'oeuvre partagé]]"),
        ("Un chef-d'œuvre partagé.", "[[oeuvre|chef-d'œuvre partagé]]"),
        ("Pour devenir associée, venez.", "[[associe|devenir associée]]"),
        ("Pour devenir associé.e, venez.", ""),  # a dot between letters could be anything
        ("Pour devenir associé·e, venez.", "[[associe|devenir associé·e]]"),
        ("Un contrat d'appui renforcé.", "[[long|contrat d'appui renforcé]]"),  # the longest name
        ("Avec l'ESSOR de la ville.", "[[oeuvre|ESSOR]]"),
        ("Le sociétariat.", "[[associe|sociétariat]]"),
        ("**Pain de seigle** et *sociétariat*.", "[[Pain de seigle]]"),
        ("- pain de seigle\n- autre", "[[zut|pain de seigle]]"),
        ("> un pain de seigle", "[[zut|pain de seigle]]"),
        ("Apprendre à fixer ses prix.", "[[prix|fixer ses prix]]"),
        ("Note[^1].\n\n[^1]: un pain de seigle", "[[zut|pain de seigle]]"),
        ("« Pain de seigle »", "[[Pain de seigle]]"),
        ("Voir « À refaire ».", "[[À refaire]]"),
    ],
)
def test_a_name_in_plain_words_is_found(body: str, link: str) -> None:
    assert links(body)[:1] == ([link] if link else [])


def test_each_page_is_proposed_once_where_it_is_first_named() -> None:
    found = mentions("Du pain de seigle.\n\nLe sociétariat, le pain de seigle, le sociétariat.")
    assert [tuple(d.span.start) for d in found] == [(5, 4), (7, 4)]


def test_the_message_names_the_page_and_says_what_to_write() -> None:
    (found,) = mentions("Un pain de seigle.")
    assert found.code == "ES411"
    assert found.severity == "info"
    assert "« Pain de seigle »" in found.message
    assert "[[zut|pain de seigle]]" in found.message


@pytest.mark.parametrize("before", ["", "œuf ", "e\u0301te\u0301 ", "🙂 ", "ﬁn ", "\t"])
@pytest.mark.parametrize("words", ["chef-d'œuvre partagé", "chef-d'oeuvre partagé", "CHEF-D'ŒUVRE PARTAGÉ"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_are_exact_whatever_folding_changes(before: str, words: str, form: str) -> None:
    words = unicodedata.normalize(form, words)  # type: ignore[arg-type]
    analysis = read(WIKI | {PAGE: page(f"Un {before}{words}, fin.")})
    (found,) = [d for d in analysis.mentions if d.path == PAGE]
    source = analysis.sources[PAGE]
    extent = source.offset(found.span.start), source.offset(found.span.end)
    assert source.text[slice(*extent)] == words
    assert found.span.start == (5, 4 + len(before))


# --- What is left alone ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "[pain de seigle](contrat.md)",
        "[un [pain de seigle]](contrat.md)",
        "[[contrat|pain de seigle]]",
        "![pain de seigle](image.png)",
        "# Pain de seigle",
        "Pain de seigle\n---",
        "`pain de seigle`",
        "    pain de seigle",
        "~~~\npain de seigle\n~~~",
        "<div>pain de seigle</div>",
        '<a href="x">pain de seigle</a>',
        '<span title="pain de seigle">x</span>',
        "<!-- pain de seigle -->",
        "https://exemple.fr/sociétariat",
        "www.sociétariat.fr et moi@sociétariat.fr",
        "sociétariat.fr, _sociétariat.md_ et docs/sociétariat",
        "{{ cae.sociétariat.prix }}",
        "Voir[^sociétariat].\n\n[^sociétariat]: là",
        "*[Sociétariat]: le capital",
        "[sociétariat]: https://exemple.fr 'Sociétariat'",
        '!!! note "Sociétariat"\n    là',
        "Un mot {: .sociétariat }",
        "le protosociétariat, le socié-tariat, sociétariat-x",
        "un pain `x` de seigle",
        "un pain, de seigle",
        "un pain\nde seigle",
        "un pain *de* seigle",
        "le prud'sociétariat",
        "Essor et essor",  # an acronym is written as it is
        "Le chef.",  # one short word says too little
        "Ce qui reste à refaire.",  # what begins with a preposition is written as it is
        "Un essai.",  # its own name
        "Bienvenue à Bienvenue",  # a cover is found without links
        "Au four commun",  # two pages have this name
        "Les comptes de caisse",  # of members, on a public page
        "$sociétariat$",
        "\\sociétariat",
    ],
)
def test_what_is_no_plain_name_of_one_other_page_is_left_alone(body: str) -> None:
    assert links(body) == []


@pytest.mark.parametrize("named", ["[[zut]]", "[là](zut.md)", "[[zut|là]]"])
def test_a_page_that_is_cited_needs_no_link_more(named: str) -> None:
    assert links(f"Un pain de seigle.\n\nVoir {named}.") == []


def test_a_page_that_a_field_cites_needs_no_link_more() -> None:
    assert links("Un pain de seigle.", head="suite: zut\n") == []


def test_members_are_shown_pages_of_members() -> None:
    assert links("Les comptes de caisse.", path="docs/reserve/essai.md") == ["[[comptes|comptes de caisse]]"]


def test_the_bar_of_a_link_does_not_split_a_cell() -> None:
    assert links("| Quoi | Où |\n|---|---|\n| un pain de seigle | là |") == ["[[zut\\|pain de seigle]]"]
    assert links("Voir [[contrat|là]] et du pain de seigle.") == ["[[zut|pain de seigle]]"]


def test_mentions_are_no_part_of_what_a_check_says_first() -> None:
    analysis = read(WIKI | {PAGE: page("Un pain de seigle.")})
    assert "ES411" not in {d.code for d in analysis.diagnostics}
    assert {d for d in analysis.informed if d not in analysis.diagnostics} == {*analysis.mentions}


def test_mentions_after_an_edit_are_those_of_a_fresh_start() -> None:
    files = WIKI | {PAGE: page("Un pain de seigle, un bon pain.")}
    renamed = "---\ntitre: Bon pain\n---\n"
    edits = {"docs/pages/zut.md": renamed}
    following = update(read(files), [Change(path=p, source=SourceFile.from_text(p, t)) for p, t in edits.items()])
    assert following.mentions == read(files | edits).mentions
    assert [d.fix.edits[0].text for d in following.mentions if d.fix] == ["[[zut|bon pain]]"]


# --- What the link changes ------------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    [
        "pain de seigle",
        "Pain de seigle",
        "contrat d'appui",
        "Contrat d’appui renforcé",
        "sociétariat",
        "ESSOR",
        "devenir associé·e",
        "fixer ses prix",
        "Un essai",
        "chef-d'œuvre partagé",
        "four commun",
    ]
)
PIECES = st.sampled_from(
    [
        "{}",
        "l'{}",
        "**{}**",
        "*{}*",
        "_{}_",
        "`{}`",
        "({})",
        "« {} »",
        "{}, ",
        "{}.",
        "[{}](zut.md)",
        "[{}",
        "{}]",
        "[{}]",
        "[[{}]]",
        "[[zut|{}]]",
        "![{}](x.png)",
        "<b>{}</b>",
        "<{}>",
        "https://a.fr/{}",
        "{{{{ cae.{} }}}}",
        "\\{}",
        "!{}",
        "~~{}~~",
        "=={}==",
        "$ {} $",
        "[^{}]",
        "{}{{: .x }}",
        "{}(x)",
        "({}",
        "[x]({}",
        "mot",
        "|",
        "à",
        "\\|",
        "``",
        "*",
        "_",
    ]
)
BLOCKS = st.sampled_from(
    [
        "{}",
        "- {}",
        "1. {}",
        "> {}",
        "# {}",
        "## {} ##",
        "| A | B |\n|---|---|\n| {} | x |",
        "{}\n: {}",
        "    {}",
        "- x\n\n    {}",
        "!!! note\n    {}",
        '!!! note "{}"\n    x',
        "[^1]: {}",
        "Voir[^1] {}",
        "*[ESSOR]: {}",
        "[x]: zut.md '{}'",
        "<div>\n{}\n</div>",
        '<div markdown="1">\n{}\n</div>',
        "<!-- {} -->",
        "~~~\n{}\n~~~",
        "{}\n---",
        "{}\n{}",
        "- [ ] {}",
        "> - {}\n> - {}",
        "- {}\n  {}",
    ]
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    blocks = []
    for _ in range(draw(st.integers(1, 5))):
        block = draw(BLOCKS)
        lines = []
        for _ in range(block.count("{}")):
            pieces = [draw(PIECES).format(draw(NAMES)) for _ in range(draw(st.integers(1, 4)))]
            lines.append(draw(st.sampled_from([" ", " ", ""])).join(pieces))
        blocks.append(block.format(*lines))
    return "\n\n".join(blocks)


def words(analysis: Analysis) -> str:
    """Return the words that are read on the page."""
    site = site_of(analysis, Audience.PUBLIC)
    extensions = "abbr admonition attr_list def_list footnotes md_in_html tables".split()
    html = markdown(page_inputs(analysis.graph.pages[PAGE], site).markdown, extensions=extensions)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@settings(derandomize=True, max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies())
def test_the_link_leads_to_the_page_reads_the_same_and_spoils_nothing(body: str) -> None:
    before = read(WIKI | {PAGE: page(body)})
    for mention in before.mentions:
        if mention.path != PAGE or mention.fix is None:
            continue
        text = apply_edits(before.sources[PAGE], list(mention.fix.edits))
        after = read(WIKI | {PAGE: text})
        new = [edge.target for edge in after.graph.edges_from(PAGE)]
        assert len(new) == len(before.graph.edges_from(PAGE)) + 1, text
        assert {d.code for d in after.diagnostics} <= {d.code for d in before.diagnostics}, text
        assert words(after).replace(" ", "") == words(before).replace(" ", ""), text


# --- What it costs --------------------------------------------------------------------------------------------------


def test_the_cost_follows_the_length_of_the_texts_and_not_the_number_of_names() -> None:
    def seconds(count: int) -> float:
        files = {"docs/pages/_type.yml": WIKI["docs/pages/_type.yml"]}
        for number in range(count):
            body = f"Le savoir numéro {(number * 7) % count} de la maison. " * 20
            files[f"docs/pages/p{number}.md"] = f"---\ntitre: Le savoir numéro {number} de la maison\n---\n\n{body}\n"
        analysis = read(files)
        start = time.process_time()
        assert len(analysis.mentions) >= count - 2
        return time.process_time() - start

    assert seconds(800) < 8 * min(seconds(100) for _ in range(3)) * 2.5


@pytest.mark.parametrize("text", ["le " * 60_000, "l'" * 60_000, "Contrat d'" * 20_000, "é" * 100_000, "<a>" * 900])
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    files = WIKI | {"docs/pages/le.md": f"---\ntitre: {'le ' * 15}fin\n---\n", PAGE: page(text)}
    analysis = read(files)
    with in_less_than(5):
        assert isinstance(analysis.mentions, tuple)
