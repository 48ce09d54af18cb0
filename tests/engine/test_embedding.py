"""Pieces of pages shown in others: what is shown, how much, and where it stops."""

from markdown import Markdown

from essaim.views.audience import Audience
from essaim.views.body import BodyLink
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.markdown import WikiExtension
from essaim.workspace import Analysis
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

EXTENSIONS = ["attr_list", "footnotes", "md_in_html", "tables", "toc"]


def read(**pages: str) -> Analysis:
    return read_wiki({f"docs/{name}.md": text for name, text in pages.items()})


def inputs(name: str, analysis: Analysis) -> PageInputs:
    site = site_of(analysis, Audience.PUBLIC)
    return page_inputs(site.graph.pages[f"docs/{name}.md"], site)


def html(name: str, **pages: str) -> str:
    """Render a page as a host does."""
    extension = WikiExtension(lambda: Markdown(extensions=[*EXTENSIONS, extension]))
    page = inputs(name, read(**pages))
    extension.begin(page, lambda path: path)
    return Markdown(extensions=[*EXTENSIONS, extension]).convert(page.text)


def codes(analysis: Analysis) -> list[str]:
    return [d.code for d in analysis.diagnostics if d.code != "ES312"]


def depth(links: tuple[BodyLink, ...]) -> int:
    return max((1 + depth(link.piece.links) for link in links if link.piece), default=0)


def size(links: tuple[BodyLink, ...]) -> int:
    return sum(len(link.piece.body) + size(link.piece.links) for link in links if link.piece)


def test_a_page_shows_another_without_its_title() -> None:
    shown = html("a", a="![[b]]", b="# Bé\n\nDu texte.\n\n## Suite\n")
    assert "<p>Du texte.</p>" in shown
    assert "<h1" not in shown
    assert '<h2 id="inclus-1-suite">' in shown


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    shown = html(
        "a", a="![[b#Deux]]", b="## Un\n\nun\n\n## Deux\n\ndeux\n\n### Dedans\n\ndedans\n\n## Trois\n\ntrois\n"
    )
    assert [word for word in ("un<", "deux<", "dedans<", "trois<") if word in shown] == ["deux<", "dedans<"]


def test_a_block_is_shown_alone_and_its_mark_is_not() -> None:
    shown = html("a", a="![[b#^ici]]", b="Avant.\n\nLe bloc. ^ici\n\nAprès.\n")
    assert "<p>Le bloc.</p>" in shown
    assert "Avant" not in shown
    assert "^ici<" not in shown


def test_links_and_values_of_a_piece_are_those_of_its_page() -> None:
    shown = html("a", a="![[b]]", b="Voir [[c]], [c](c.md) et [[#Ici]].\n\n## Ici\n", c="# Cé\n")
    assert shown.count('<a href="docs/c.md">') == 2
    assert '<a href="docs/b.md#ici">Ici</a>' in shown


def test_a_piece_inside_a_line_of_text_gets_a_place_of_its_own() -> None:
    shown = html("a", a="Avant ![[b]] après.", b="Du texte.\n")
    assert "<p>Avant </p>" in shown
    assert "<p> après.</p>" in shown
    assert shown.index("Avant") < shown.index("Du texte") < shown.index("après")


def test_in_a_title_or_a_link_an_embedding_is_a_link() -> None:
    shown = html("a", a="## Titre ![[b]]\n", b="Du texte.\n")
    assert "Du texte" not in shown
    assert 'href="docs/b.md"' in shown


def test_footnotes_of_pieces_do_not_mix() -> None:
    shown = html("a", a="Ici[^1].\n\n![[b]]\n\n![[b]]\n\n[^1]: De a.\n", b="Là[^1].\n\n[^1]: De b.\n")
    assert sorted(part.split('"')[0] for part in shown.split('id="')[1:] if part.startswith(("fn:", "inclus"))) == [
        "fn:1",
        "inclus-1-fn:1",
        "inclus-1-fnref:1",
        "inclus-2-fn:1",
        "inclus-2-fnref:1",
    ]


def test_a_page_that_shows_itself_is_told_once_and_shows_a_link() -> None:
    analysis = read(a="![[a]]\n")
    assert codes(analysis) == ["ES314"]
    assert size(inputs("a", analysis).links) == 0


def test_a_ring_of_pages_is_told_once_and_ends() -> None:
    analysis = read(a="un ![[b]]\n", b="deux ![[c]]\n", c="trois ![[a]]\n")
    assert codes(analysis) == ["ES314"]
    assert depth(inputs("a", analysis).links) == 2
    assert depth(inputs("c", analysis).links) == 2


def test_the_same_piece_twice_or_a_section_beside_is_no_ring() -> None:
    assert codes(read(a="![[b]] ![[b]] ![[#Deux]]\n\n## Deux\n\ntexte\n", b="![[c]]\n", c="fin\n")) == []


def test_what_pages_show_of_one_another_is_bounded() -> None:
    """Each page shows the next ten times: without a bound, the first would be ten thousand million times as long."""
    pages = {f"p{n}": f"![[p{n + 1}]]\n\n" * 10 + "mot " * 100 for n in range(10)} | {"p10": "fin " * 1000}
    found = inputs("p0", read(**pages))
    assert depth(found.links) <= 4
    assert size(found.links) <= 200_000


def test_a_missing_section_or_page_shows_nothing_and_is_told() -> None:
    analysis = read(a="![[b#Rien]]\n\n![[rien]]\n\n![[#Rien]]\n", b="# Bé\n")
    assert codes(analysis) == ["ES308", "ES306", "ES308"]
    assert size(inputs("a", analysis).links) == 0


def test_a_page_with_errors_is_not_shown_elsewhere() -> None:
    analysis = read(a="![[b]]\n", b="---\ntemplate: x\n---\n\nsecret\n")
    assert "secret" not in repr(inputs("a", analysis).links)
