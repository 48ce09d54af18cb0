"""The measuring script measures what it says: a wiki that is sound, always the same, and linked."""

import importlib.util
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from essaim.diagnostics import Severity
from essaim.workspace import Workspace
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench", ROOT / "scripts" / "bench.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}


def test_the_generated_wiki_is_sound_linked_and_always_the_same(bench: ModuleType, tmp_path: Path) -> None:
    for name in ("a", "b"):
        bench.generate(tmp_path / name, 60)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    analysis = Workspace(tmp_path / "a", date(2026, 11, 22)).refresh()
    assert [d for d in analysis.diagnostics if d.severity is not Severity.INFO] == []
    assert len(analysis.graph.pages) == 60
    assert sum(len(links.edges) for links in analysis.graph.out.values()) > 300


def test_the_floor_reads_every_page(bench: ModuleType, tmp_path: Path) -> None:
    bench.generate(tmp_path / "a", 10)
    floor = [sys.executable, "-c", bench.FLOOR, str(tmp_path / "a")]
    assert subprocess.run(floor, capture_output=True, check=False).returncode == 0
    (tmp_path / "a" / "profils" / "personne-4.md").write_text("---\na: [\n---\n", "utf-8")
    assert b"ParserError" in subprocess.run(floor, capture_output=True, check=False).stderr


def test_a_measure_is_that_of_a_process_and_a_failed_one_is_none(bench: ModuleType) -> None:
    seconds, megabytes = bench.measure([sys.executable, "-c", "x = bytearray(40_000_000)"])
    assert seconds > 0
    assert megabytes > 40
    with pytest.raises(SystemExit):
        bench.measure([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_generated_wiki_that_asks_is_as_sound(bench: ModuleType, tmp_path: Path) -> None:
    bench.generate(tmp_path / "a", 60, asks=True)
    analysis = Workspace(tmp_path / "a", date(2026, 11, 22)).refresh()
    assert [d for d in analysis.diagnostics if d.severity is not Severity.INFO] == []
    assert sum(len(links.queries) for links in analysis.graph.out.values()) == 18


@pytest.mark.parametrize("what", ["check", "views"])
def test_the_script_prints_a_row_for_each_size(what: str) -> None:
    script = ROOT / "scripts" / "bench.py"
    command = [sys.executable, str(script), what, "--pages", "20", "40", "--runs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines() if line.startswith("|")]
    assert rows == ["pages", "---", "20", "40"]
