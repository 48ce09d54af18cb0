"""The wheel: built from the source, installed where nothing else of Essaim is, used on a site of its own."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT, SITES

SOURCES = ("plugins", "pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT")


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the sources and install it alone in a new environment; return its bin folder.

    The libraries Essaim depends on are taken from the environment of the tests, which came from the lock file:
    a test may not reach the network. Nothing of Essaim itself is visible from there.
    """
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    built = run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), str(source), cwd=folder)
    assert built.returncode == 0, built.stderr
    environment = folder / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    (wheel,) = folder.glob("essaim-*.whl")
    target = run(
        str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
    ).stdout.strip()
    libraries = Path(target) / "libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib") + "\n")
    install = ("-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index")
    done = run(sys.executable, *install, str(wheel), cwd=folder)
    assert done.returncode == 0, done.stderr
    return environment / "bin"


def test_the_engine_that_runs_is_the_one_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import essaim as a, mkdocs_essaim as b, essaim_app as c; print(a.__file__, b.__file__, c.__file__)"
    done = run(str(installed / "python"), "-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(path.startswith(str(installed.parent)) for path in done.stdout.split())


def test_command_and_plugins_work_on_a_site_of_its_own(installed: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(SITES / "atelier", site)
    (site / "docs/recettes/ratee.md").unlink()
    checked = run(str(installed / "essaim"), "check", cwd=site)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    built = run(str(installed / "python"), "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "out"), cwd=site)
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "out/recettes/pain-au-levain/index.html").read_text("utf-8")
    assert "<dt>Demande</dt>" in page
    assert (tmp_path / "out/assets/essaim.css").is_file()
