"""Nothing of a lot that the wiki leaves out, nor of a collection without a page, is in any byte of either site."""

from pathlib import Path

import pytest

from tests.conftest import run_module, write_files
from tests.plugins.leaks import Canaries
from tests.plugins.test_leaks import found

CONFIG = """\
site_name: Lots
site_url: https://lots.exemple.invalid/
theme: {name: material, language: fr, font: false}
plugins:
  - essaim: {without_lots: [LOT]}
  - essaim-links
  - essaim-history
  - essaim-views
  - essaim-search: {filters: [type, coffre]}
extra: {generator: false}
"""


def write_wiki(root: Path, canaries: Canaries, lot: str, nav: str = "") -> Path:
    """Write a wiki whose only words about `coffre`, and about the empty `vide`, are canaries."""
    word = canaries.word
    name = word("file name")
    files = {
        "mkdocs.yml": CONFIG.replace("LOT", lot) + nav.replace("NAME", name),
        "docs/_type.yml": "type: page\nextra: allow\nfields: {titre: text}\n",
        "docs/coffres/_type.yml": (
            f"type: coffre\nlabel: {{one: {word('label')}, many: {word('label of many')}}}\nlot: secret\n"
            "index: {view: cards}\nevent: {start: jour}\nglossary: {acronym: sigle}\n"
            "linked_data: {type: Thing, properties: {description: resume}}\n"
            "fields:\n  titre: text\n  jour: date\n  resume: text\n  sigle: text\n"
            f"  tient: {{type: reference, to: outil, inverse: {{name: tenu, label: {word('inverse label')}}}}}\n"
        ),
        "docs/coffres/index.md": f"# {word('cover')}\n",
        f"docs/coffres/{name}.md": (
            f"---\ntitre: {word('title')}\njour: 2026-11-04\nresume: {word('summary')}\n"
            f"sigle: {canaries.capitals('acronym')}\nalias: [{word('alias')}]\ntient: scie\n---\n\n"
            f"{word('sentence')} cite [[scie]] et [[{word('wanted page')}]].\n"
        ),
        "docs/outils/_type.yml": (
            "type: outil\nlabel: {one: outil, many: outils}\nlot: atelier\n"
            "index: {view: table, columns: [titre, tenu]}\n"
            "fields: {titre: text, par: {type: reference, to: coffre}}\n"
        ),
        "docs/outils/scie.md": (
            f"---\ntitre: Scie\npar: {name}\n---\n\nVoir [un mot](../coffres/{name}.md), [[coffre/{name}|lui]] et "
            "[tous](../coffres/index.md).\n\n"
            f"```requete\nde: coffre\ntitre: {word('title of a block')}\nvide: {word('empty sentence')}\n```\n\n"
            "```requete\nde: [coffre, outil]\nvue: tableau\ncolonnes: [titre, type, tenu]\n```\n"
        ),
        "docs/vides/_type.yml": (
            f"type: vide\nlabel: {{one: vide, many: {word('label of an empty collection')}}}\nindex: {{view: list}}\n"
            "fields: {titre: text}\n"
        ),
        "docs/vides/index.md": f"# {word('cover of an empty collection')}\n\n{word('text of that cover')}\n",
        "docs/index.md": "# Accueil\n\nVers [eux](vides/index.md).\n",
    }
    write_files(root, files)
    (root / "docs/coffres/photo.png").write_bytes(word("content of a file").encode())
    return root


@pytest.mark.parametrize("audience", ["public", "members"])
def test_nothing_of_a_lot_left_out_is_in_a_site(tmp_path: Path, audience: str) -> None:
    canaries = Canaries()
    nav = "nav:\n  - index.md\n  - coffres/index.md\n  - coffres/NAME.md\n  - vides/index.md\n  - outils/\n"
    for number, menu in enumerate(("", nav)):
        root = write_wiki(tmp_path / str(number), canaries, "secret", menu)
        target = tmp_path / f"{number}-site"
        arguments = ("build", "--audience", audience, "--site-dir", str(target))
        run_module("essaim_app", *arguments, cwd=root, status=0)
        assert found(target, canaries) == {}
        assert not (target / "vides").exists()
        assert not (target / "coffres").exists()
        assert (target / "outils/scie/index.html").is_file()
        run_module("essaim_app", "stage", "--audience", audience, str(tmp_path / f"{number}-plain"), cwd=root)
        assert found(tmp_path / f"{number}-plain", canaries) == {}


def test_with_its_lot_the_canaries_are_there(tmp_path: Path) -> None:
    """Else they would be missing for another reason."""
    canaries = Canaries()
    root = write_wiki(tmp_path, canaries, "atelier")
    run_module("essaim_app", "build", "--site-dir", str(tmp_path / "site"), cwd=root, status=0)
    seen = found(tmp_path / "site", canaries).keys()
    assert {"title", "alias", "sentence", "cover", "label of many", "content of a file"} <= seen
    assert not {"cover of an empty collection", "text of that cover"} & seen
