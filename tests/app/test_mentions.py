"""Links that could be made: told when information is asked for, written only where somebody asks for it."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, write_files

WIKI = {
    "mkdocs.yml": "site_name: Essai\nplugins: [essaim]\n",
    "docs/index.md": "# Accueil\n\nLe pain de seigle et [[brioche]].\n",
    "docs/notes/seigle.md": "---\ntitle: Pain de seigle\n---\n\nComme la brioche dorée.\n",
    "docs/notes/brioche.md": "---\ntitle: Brioche dorée\n---\n\nComme le pain de seigle.\n",
}


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    return write_files(tmp_path, WIKI)


def codes(output: str) -> list[str]:
    return [d["code"] for d in json.loads(output)["diagnostics"] if d["code"] != "ES312"]  # pages that nobody cites


def test_a_check_says_how_to_see_them_and_counts_nothing_it_did_not_look_for(wiki: Path, essaim: Run) -> None:
    done = essaim("check", cwd=wiki, status=0).stdout
    assert done == "3 fiches, 1 lien, 0 renvoi : rien à corriger (les simples informations : essaim check --info).\n"


def test_with_info_they_are_shown_with_the_command_that_makes_them(wiki: Path, essaim: Run) -> None:
    done = essaim("check", "--info", cwd=wiki, status=0).stdout
    assert "docs/index.md:3:4 information[ES411] « pain de seigle »" in done
    assert "« essaim fix --mentions docs/index.md » peut faire le lien" in done
    assert done.endswith("rien à corriger.\n")


@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_programs_are_always_told_and_the_kept_report_knows_the_difference(
    wiki: Path, essaim: Run, cache: tuple[str, ...]
) -> None:
    for _ in range(2):
        assert "ES411" not in essaim("check", *cache, cwd=wiki, status=0).stdout
        assert codes(essaim("check", "--format", "json", *cache, cwd=wiki, status=0).stdout) == ["ES411"] * 3
        assert "ES411" in essaim("check", "--info", *cache, cwd=wiki, status=0).stdout
    assert "ES411" in essaim("check", "--format", "sarif", *cache, cwd=wiki, status=0).stdout
    assert "ES411" not in essaim("check", "--format", "github", *cache, cwd=wiki, status=0).stdout


def test_a_fix_makes_no_link_unless_asked_to(wiki: Path, essaim: Run) -> None:
    essaim("fix", cwd=wiki, status=0)
    assert {path: (wiki / path).read_text("utf-8") for path in WIKI} == WIKI


def test_the_files_are_named(wiki: Path, essaim: Run) -> None:
    done = essaim("fix", "--mentions", cwd=wiki, status=2)
    assert "nommez les fichiers" in done.stderr


def test_links_are_made_in_the_files_that_are_named(wiki: Path, essaim: Run) -> None:
    essaim("fix", "--mentions", "docs/notes", cwd=wiki, status=0)
    assert (wiki / "docs/index.md").read_text("utf-8") == WIKI["docs/index.md"]
    assert "Comme la [[brioche|brioche dorée]].\n" in (wiki / "docs/notes/seigle.md").read_text("utf-8")
    assert "Comme le [[seigle|pain de seigle]].\n" in (wiki / "docs/notes/brioche.md").read_text("utf-8")
    assert codes(essaim("check", "--format", "json", cwd=wiki, status=0).stdout) == ["ES411"]
