"""What a build publishes of facets and orders: to each audience what it may see, in numbers as in words."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, write_files

TYPE = """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text}
  resume: {type: text}
  famille: {type: choice, of: {vendre: Vendre, "l'écrit": "L'écrit <b> & l'oral"}, label: Famille}
  garde: {type: choice, of: {canariun: Canariun, canarideux: Canarideux}, visibility: members, label: Canarichamp}
  rang: {type: integer, visibility: members, label: Canarirang}
  aupres: {type: reference, to: coffre, label: Auprès, inverse: {name: pres, label: Près}}
index: {view: VIEW, facets: [famille, garde, rang, aupres, gardees], columns: [titre, famille, garde], sort: -rang}
"""
SAFE = """\
type: coffre
label: {one: coffre, many: coffres, gender: m}
visibility: members
fields:
  titre: {type: text}
  fiche: {type: reference, to: fiche, label: Fiche, inverse: {name: gardees, label: Canariinverse}}
"""


@pytest.fixture(scope="module", params=["cards", "table", "list"])
def wiki(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "mkdocs.yml": "site_name: x\ntheme: {name: mkdocs, locale: fr}\nplugins: [essaim, essaim-views]\n",
        "docs/index.md": "# Accueil\n",
        "docs/fiches/_type.yml": TYPE.replace("VIEW", request.param),
        "docs/coffre/_type.yml": SAFE,
    }
    for n in range(8):
        word, family = ("canariun", "vendre") if n % 3 else ("canarideux", "l'écrit")
        files[f"docs/coffre/canari-{n}.md"] = f"---\ntitre: Canaritrésor {n}\nfiche: n{n // 2}\n---\n"
        files[f"docs/fiches/n{n}.md"] = (
            f"---\ntitre: N{n}\nresume: Résumé {n}\nfamille: {family}\ngarde: {word}\nrang: {n // 2}\n"
            f"aupres: canari-{n // 2}\n---\n"
        )
    return write_files(tmp_path_factory.mktemp("index"), files)


def build(essaim: Run, wiki: Path, target: Path, audience: str) -> str:
    essaim("build", "--audience", audience, "--site-dir", str(target), cwd=wiki)
    return (target / "fiches" / "index.html").read_text("utf-8")


def asked(html: str) -> dict[str, Any]:
    """Return what the script is told of the list."""
    (text,) = re.findall(r"data-tamis='([^']*)'", html)
    data: dict[str, Any] = json.loads(unescape(text))
    return data


def test_the_public_is_told_nothing_of_what_is_for_members(essaim: Run, wiki: Path, tmp_path: Path) -> None:
    html = build(essaim, wiki, tmp_path / "public", "public")
    told = asked(html)
    assert [facet["nom"] for facet in told["facettes"]] == ["famille"]
    assert [name for name, _, _ in told["tris"]] == ["titre", "famille"]
    assert told["tri"] == "titre"
    assert html.count("data-cles=") == 8
    for path in (tmp_path / "public").rglob("*"):
        assert "canari" not in path.name
        assert path.is_dir() or b"canari" not in path.read_bytes().lower(), path


def test_members_are(essaim: Run, wiki: Path, tmp_path: Path) -> None:
    """Else the words would be missing for another reason than the audience."""
    told = asked(build(essaim, wiki, tmp_path / "members", "members"))
    assert [facet["nom"] for facet in told["facettes"]] == ["famille", "garde", "rang", "aupres", "gardees"]
    assert told["tri"] == "-rang"


def test_values_are_written_as_they_are(essaim: Run, wiki: Path, tmp_path: Path) -> None:
    html = build(essaim, wiki, tmp_path / "public", "public")
    assert asked(html)["facettes"][0]["valeurs"] == [["vendre", "Vendre"], ["l'écrit", "L'écrit <b> & l'oral"]]
    keys = re.findall(r'data-cles="([^"]*)"', html)
    assert keys == ["1", "0", "0", "1", "0", "0", "1", "0"]


def test_script_and_style_are_there_once(essaim: Run, wiki: Path, tmp_path: Path) -> None:
    html = build(essaim, wiki, tmp_path / "public", "public")
    assert html.count("assets/essaim-index.js") == html.count("assets/essaim.css") == 1
    assert "essaim-tamis" in (tmp_path / "public/assets/essaim.css").read_text("utf-8")
    assert len([*(tmp_path / "public/assets").glob("essaim-index.css")]) == 0  # its rules are in the one sheet
    assert (tmp_path / "public/assets/essaim-index.js").is_file()
