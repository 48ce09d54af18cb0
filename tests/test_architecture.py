"""The page that tells one build, held against the tree; and every module importable on its own."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp

from tests.conftest import ROOT

PLUGINS = ROOT / "plugins"
STORY = (ROOT / "docs/moteur/architecture.md").read_text("utf-8")
MODULES = sorted(path for path in PLUGINS.rglob("*.py") if path.name not in ("__init__.py", "__main__.py"))


def named() -> set[str]:
    """Return the paths the story names."""
    return set(re.findall(r"`(plugins/[\w./]+)`", STORY))


def test_every_path_of_the_story_exists() -> None:
    assert sorted(path for path in named() if not (ROOT / path).exists()) == []


def test_no_module_is_left_out_of_the_story() -> None:
    told = named()
    forgotten = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if not any(f"{parent.as_posix()}/" in told for parent in path.relative_to(ROOT).parents)
        and path.relative_to(ROOT).as_posix() not in told
    ]
    assert forgotten == []


def test_the_steps_are_numbered_in_order() -> None:
    numbers = [int(number) for number in re.findall(r"^(\d+)\. \*\*", STORY, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 10


def test_the_floors_of_the_story_are_those_that_are_enforced() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = [layer.replace(" | ", " · ") for layer in contracts[0]["layers"]]
    drawing = re.search(r"```text\n(.*?)```", STORY, re.DOTALL)
    assert drawing is not None
    drawn = [line.strip().split("  ")[0] for line in drawing[1].splitlines() if line.startswith("  ")]
    assert drawn == layers


PACKAGES = ("essaim", "essaim_git", "mkdocs_essaim", "essaim_app")


def in_rings(modules: list[str]) -> set[str]:
    """Return the modules that import themselves by way of others; a module imports the packages that hold it."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    edges = {
        name: {*graph.find_modules_directly_imported_by(name), name.rpartition(".")[0]} for name in graph.modules
    }
    assert edges.keys() >= set(modules)

    def reached(name: str) -> set[str]:
        found: set[str] = set()
        waiting = [*edges[name]]
        while waiting:
            other = waiting.pop()
            if other in edges and other not in found:
                found.add(other)
                waiting.extend(edges[other])
        return found

    return {name for name in edges if name in reached(name)}


def test_each_module_imports_alone_in_a_fresh_interpreter() -> None:
    """Whichever comes first: that matters only in a ring; out of rings a module waits for all that it imports."""
    modules = [path.relative_to(PLUGINS).with_suffix("").as_posix().replace("/", ".") for path in MODULES]
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1].split():\n"
        "    for known in [m for m in sys.modules if m.partition('.')[0].startswith(('essaim', 'mkdocs_essaim'))]:\n"
        "        del sys.modules[known]\n"
        "    importlib.import_module(name)\n"
        "for name in sys.argv[2].split():\n"
        "    importlib.import_module(name)\n"
    )
    command = [sys.executable, "-c", code, " ".join(sorted(in_rings(modules))), " ".join(modules)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_engine_loads_no_host() -> None:
    code = (
        "import sys, pathlib, importlib\n"
        "for path in pathlib.Path(sys.argv[1]).rglob('*.py'):\n"
        "    importlib.import_module('.'.join(path.relative_to(sys.argv[2]).with_suffix('').parts))\n"
        "print(sorted({'mkdocs', 'properdocs', 'git', 'http.client', 'socket'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", code, str(PLUGINS / "essaim"), str(PLUGINS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_each_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    reasons = " ".join(path.read_text("utf-8").lower() for path in (ROOT / "docs/moteur/decisions").glob("*.md"))
    names = [re.split(r"[<>=~ \[]", dependency)[0] for dependency in project["dependencies"]]
    assert [name for name in names if name.lower() not in reasons] == []


def test_decisions_fit_on_a_screen() -> None:
    pages: list[Path] = sorted((ROOT / "docs/moteur/decisions").glob("[!_]*.md"))
    assert len(pages) >= 8
    assert {page.name: n for page in pages if (n := len(page.read_text("utf-8").splitlines())) > 40} == {}
