"""The live server: a change anywhere in the wiki shows on the served page."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.conftest import SITES

_PATIENCE = 60
"""Seconds before a change that does not show is a failure."""


def wait_for(address: str, text: str, *, present: bool = True) -> None:
    """Read an address again and again until it holds a text, or no longer does."""
    end = time.monotonic() + _PATIENCE
    page = ""
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=10) as answer:
                page = answer.read().decode()
        except (URLError, ConnectionError):
            page = ""
        if page and (text in page) is present:
            return
        time.sleep(0.2)
    pytest.fail(f"« {text} » {'never came to' if present else 'never left'} {address}")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Serve a copy of the site; yield its folder and its address."""
    site = tmp_path / "site"
    shutil.copytree(SITES / "atelier", site)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, cwd=site, stdout=log, stderr=log) as server:
        try:
            yield site, f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def test_a_change_to_a_page_a_type_or_a_new_page_shows(served: tuple[Path, str]) -> None:
    site, address = served
    wait_for(address, "Bienvenue")
    page = site / "fiches" / "jean-noël.md"
    page.write_text(page.read_text("utf-8").replace("Voir [[Zoé]].", "Boulanger depuis toujours."), "utf-8")
    wait_for(f"{address}fiches/jean-no%C3%ABl/", "Boulanger depuis toujours")
    declared = site / "fiches" / "_type.yml"
    declared.write_text(declared.read_text("utf-8").replace("many: personnes", "many: habitantes"), "utf-8")
    wait_for(f"{address}fiches/", "Habitantes")
    (site / "fiches" / "nour.md").write_text("---\nnom: Nour\n---\n\nNouvelle.\n", "utf-8")
    wait_for(f"{address}fiches/", "Nour")
    (site / "fiches" / "nour.md").unlink()
    wait_for(f"{address}fiches/", "Nour", present=False)
