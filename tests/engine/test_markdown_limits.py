"""What would keep the renderer busy for long is refused, and costs little to refuse; long texts are not."""

import pytest
from markdown import Markdown

from essaim.diagnostics import Diagnostic
from essaim.source import SourceFile
from essaim.syntax.document import parse_document
from essaim.syntax.markdown import find_headings, find_links, mask_body

EXTENSIONS = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.details pymdownx.superfences "
    "pymdownx.tasklist"
).split()
NOTES = "".join(f"mot[^{n}]\n\n[^{n}]: note\n\n" for n in range(1500))
NESTED = "\n".join("    " * level + "- mot" for level in range(120))

REFUSED = (
    ("open-brackets", "[" * 5000),
    ("open-images", "![" * 5000),
    ("scattered-brackets", "[mot " * 5000),
    ("nested-brackets", "[mot " * 2000 + "]" * 2000),
    ("open-parentheses", "[a](" * 5000),
    ("open-parentheses-of-images", "![a](b " * 5000),
    ("stars", "*" * 10_000),
    ("scattered-stars", "**a" * 5000),
    ("comments", "<!--" * 3000),
    ("tags", "<b>" * 5000),
    ("open-tags", "<a " * 5000),
    ("addresses", "<http://" * 3000),
    ("nested-lists", NESTED),
    ("nested-loose-lists", NESTED.replace("\n", "\n\n")),
    ("nested-lists-on-a-line", "- " * 5000 + "mot"),
    ("nested-numbers-on-a-line", "1. " * 500 + "mot"),
    ("nested-quotes", ">" * 5000 + "mot"),
    ("nested-quotes-and-lists", "> - " * 500 + "mot"),
    ("nested-admonitions", "\n".join("    " * level + "!!! note" for level in range(100))),
    ("nested-elements", '<div markdown="1">\n' * 100 + "mot\n" + "</div>\n" * 100),
    ("headings", "# mot\n" * 5000),
    ("underlined", "mot\n---\n" * 3000),
    ("rules", "***\n" * 5000),
    ("notes", NOTES),
    ("notes-in-a-row", "".join(f"[^{n}]: note\n" for n in range(1500))),
    ("note-in-a-note", "mot[^a]\n\n[^a]: note\n\n    [^b]: autre\n\n[^c]: fin"),
    ("abbreviations", "".join(f"*[A{n}]: mot\n" for n in range(1500))),
    ("long", "mot " * 120_000),
    ("long-link", "[" + "a" * 500_000 + "](b)"),
)
PARAGRAPH = "Un **mot** et `du code`, [[une page]], [un lien](ailleurs.md), l'_autre_ *chose*… " * 8 + "\n\n"
ACCEPTED = (
    ("pages", ("## Titre\n\n" + PARAGRAPH + "- un\n- deux\n    - trois\n\n" + "> dit\n\n") * 300),
    ("long-paragraph", "mot " * 50_000),
    ("long-link", "[" + "a" * 200_000 + "](b)"),
    ("long-target", "[a](" + "b" * 200_000 + ")"),
    ("long-wikilink", "[[" + "a" * 200_000 + "]]"),
    ("ticks", "`" * 5000),
    ("scattered-ticks", "` " * 5000),
    ("table", "| a | b |\n|---|---|\n" + "| [[un]] | `deux` *trois* |\n" * 1000),
    ("list", "- [[un]] et *deux*\n" * 2000),
    ("glossary", "".join(f"*[A{n}]: mot\n" for n in range(300)) + PARAGRAPH),
    ("targets", "".join(f"[r{n}]: u{n}\n" for n in range(1000)) + "[r1] et [r2]"),
    ("notes", "".join(f"mot[^{n}]\n\n[^{n}]: note [[page]]\n\n" for n in range(200))),
    ("code", "```\n" + "[" * 5000 + "\n" + "*" * 5000 + "\n```\n\n" + "    " * 30 + "code\n"),
    ("long-code-then-text", "`" + "a" * 200 + "` mot\n\n<!-- " + "a" * 200 + " --> mot"),
    ("raw", "<div>\n" + "<b>mot</b>\n" * 3000 + "</div>"),
    ("blanks", "Nom : " + "_" * 80 + "\n\n" + "mot" + " " * 500 + "mot\n\n" + "* * *\n\n" + "-" * 300),
    ("twenty-levels", "\n".join("    " * level + "- mot" for level in range(20))),
)


SCANNED = (
    *REFUSED,
    *ACCEPTED,
    ("instructions", "<?" * 5000 + ">"),
    ("attributes", '<a b="' * 5000),
    ("backslashes", "\\`" * 5000),
    ("braces", "# mot" + " {" * 5000),
    ("ampersands", "&#" * 5000),
    ("parentheses", "[a](" + "(" * 5000),
    ("quotes", "[a](b " + "\"'" * 5000),
    ("pipes", "|" * 5000 + "\n" + "|-" * 2500 + "\n" + "`|" * 5000),
    ("ends", "<div>" * 5000 + "</p>" * 5000),
    ("details", "??? mot\n" * 2000),
    ("spaces", "[a](" + " " * 50_000 + "\n\n# mot" + " " * 50_000 + "{"),
    ("lines", "\n" * 100_000),
    ("windows-lines", "mot\r\n" * 50_000),
    ("same-headings", "# mot\n\n" * 4000),
)
RENDERER = Markdown(extensions=EXTENSIONS)


def diagnose(body: str) -> list[Diagnostic]:
    """Return what is said of the size and the density of a body."""
    found = parse_document(SourceFile(path="a.md", text=body, digest=""))[1]
    return [diagnostic for diagnostic in found if diagnostic.code in ("ES004", "ES405")]


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in REFUSED])
def test_refused(body: str) -> None:
    assert diagnose(body)


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in ACCEPTED])
def test_accepted_and_rendered(body: str) -> None:
    assert not diagnose(body)
    assert RENDERER.reset().convert(body)


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in SCANNED])
def test_scanned(body: str) -> None:
    """Whatever it is, it is read; each of these takes a fraction of a second, or a test that does not end."""
    mask = mask_body(body)
    find_headings(body, mask.blocks, 0)
    find_links(body, mask.inline, 0)
    assert len(mask.inline) == len(body)
