"""Two files that would be published at one address are told apart before one hides the other."""

from datetime import date
from pathlib import Path

import pytest

from essaim.workspace import Workspace

TYPE = "type: note\nlabel: {one: note, many: notes}\nextra: allow\n"


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["pain.md", "pain/index.md"], ["pain.md"]),
        (["pain.md", "pain/README.md"], ["pain.md"]),
        (["pain/index.md", "pain/README.md"], ["pain/README.md"]),
        (["index.md", "README.md"], ["README.md"]),
        (["pain.md", "pain/pain.md", "pain/levain.md"], []),
        (["pain/index.md", "README.md", "index/pain.md"], []),
    ],
)
def test_one_address(tmp_path: Path, paths: list[str], told: list[str]) -> None:
    (tmp_path / "_type.yml").write_text(TYPE, "utf-8")
    for path in paths:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("Texte.\n", "utf-8")
    found = [d for d in Workspace(tmp_path, date(2026, 5, 1)).refresh().diagnostics if d.code == "ES005"]
    assert [d.path for d in found] == told


def test_a_readme_beside_an_index_is_only_told(tmp_path: Path) -> None:
    (tmp_path / "_type.yml").write_text(TYPE, "utf-8")
    for path in ("index.md", "README.md", "pain.md", "pain/index.md"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("Texte.\n", "utf-8")
    told = Workspace(tmp_path, date(2026, 5, 1)).refresh().diagnostics
    found = {d.path: d.severity.value for d in told if d.code == "ES005"}
    assert (found["README.md"], found["pain.md"]) == ("warning", "error")
