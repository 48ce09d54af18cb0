"""Flags and notices as a host shows them: above the text, at the foot of the page, in a list of their own."""

import re
from pathlib import Path

from tests.conftest import run_module, write_files
from tests.engine.test_flags import WIKI

CONFIG = """\
site_name: Décisions
theme: {name: material, font: false}
plugins: [essaim, essaim-links, essaim-views, search]
"""
HOME = {"mkdocs.yml": CONFIG, "docs/index.md": "# Accueil\n\nVoir [[note]].\n"}


def test_they_are_where_readers_look_for_them(tmp_path: Path) -> None:
    root, site = write_files(tmp_path / "wiki", {**WIKI, **HOME}), tmp_path / "site"
    done = run_module("mkdocs", "build", "-f", "mkdocs.yml", "-d", str(site), cwd=root, status=0)
    assert [line for line in done.stderr.splitlines() if "WARNING" in line and " ES" not in line] == []
    note = (site / "n/note/index.html").read_text("utf-8")
    banner = note[note.index('<div class="essaim-signalement" role="note"') :].partition("</div>")[0]
    assert '« <a href="../../d/ancienne/">Ancienne</a> » a été remplacée par' in banner
    assert note.index("essaim-signalement") < note.index("puis encore")
    assert "essaim-avis" not in note
    foot = re.findall(r'<p class="essaim-avis" data-search-exclude>(.*?)</p>', _read(site, "d/ancienne"))
    assert foot == ["Information générale de La Coop. Fiche vérifiée le 1er mars 2026."]
    page = _read(site, "signalements")
    assert "<h1" in page
    assert '<th scope="row"><a href="../d/ancienne/">Ancienne</a></th>' in page
    assert '<td data-label="Pages à relire"><a href="../n/note/">Note</a>' in page
    assert 'href="signalements/"' in _read(site, ".").partition("Vie du wiki")[2]


def _read(site: Path, name: str) -> str:
    return (site / name / "index.html").read_text("utf-8")
