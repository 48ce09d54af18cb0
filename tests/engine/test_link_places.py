"""What is said of a link stands on the name or on the section that is wrong, however it is written."""

from datetime import date
from pathlib import Path

import pytest

from essaim.graph.files import FileIndex
from essaim.workspace import Workspace
from tests.conftest import write_files

LINKS = (
    ("[[absent]]", "absent"),
    ("[[ absent # ici ]]", "absent"),
    ("[[R&amp;D absent#ici|mots]]", "R&amp;D absent"),
    ("[[b#absente]]", "absente"),
    ("[[b#Un#absente]]", "absente"),
    ("[[b # R&amp;D ]]", "R&amp;D"),
    ("[[b#^absent]]", "^absent"),
    ("[x](absent\\_ici.md#un)", "absent\\_ici.md"),
    ("[x](b.md#absente&#39;)", "absente&#39;"),
    ("[x](R&#38;D.md#un)", "R&#38;D.md"),
    ("[x](<absent ici.md> 'titre')", "absent ici.md"),
)


@pytest.mark.parametrize(("written", "place"), LINKS, ids=[written for written, _ in LINKS])
@pytest.mark.parametrize("declared", ["type: fiche\n", "type: note\nextra: allow\n"])
def test_place(tmp_path: Path, declared: str, written: str, place: str) -> None:
    files = {"_type.yml": declared, "a.md": f"Voir {written} ici.\n", "b.md": "[[a]]\n\n# Un\n"}
    analysis = Workspace(write_files(tmp_path, files), date(2026, 5, 1)).refresh()
    source = analysis.sources["a.md"]
    spans = [d.span for d in analysis.diagnostics if d.code in ("ES306", "ES308", "ES309")]
    assert [source.text[source.offset(span.start) : source.offset(span.end)] for span in spans] == [place]


class TestFileIndex:
    PATHS = ("n.md", "a/N.md", "zz/b/n.md", "zz/x/y.md", "b/c/y.md", "aaaaaaaa/y.md")

    @pytest.mark.parametrize(
        ("wanted", "page", "found"),
        [
            ("n.md", "a/p.md", "n.md"),  # at that very path, before the page's own folder
            ("b/n.md", "p.md", "zz/b/n.md"),
            ("./n.md", "a/p.md", "a/N.md"),
            ("../n.md", "a/p.md", "n.md"),
            ("/a/n.md", "zz/p.md", "a/N.md"),
            ("y.md", "zz/x/p.md", "zz/x/y.md"),  # the page's own folder, before the shortest path
            ("y.md", "zz/p.md", "b/c/y.md"),  # as a text, not by its number of folders
            ("c/n.md", "p.md", ""),
            ("./y.md", "zz/p.md", ""),
        ],
    )
    def test_the_closest_is_found(self, wanted: str, page: str, found: str) -> None:
        assert FileIndex(self.PATHS).find(wanted, page, ("",), lambda _: True) == found
