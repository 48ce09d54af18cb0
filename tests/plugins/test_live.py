"""`essaim serve`: what is saved is shown, at once where it is read, a moment later everywhere."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from mkdocs_essaim.building.tree import files_of
from tests.conftest import run_module, write_files
from tests.plugins.test_building import SETTINGS, TYPE, edit, tool

_PATIENCE = 60
"""Seconds before a change that does not show is a failure."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def read(address: str) -> str:
    """Return a page, '' while there is none."""
    try:
        with urlopen(address, timeout=30) as answer:
            return str(answer.read().decode())
    except (HTTPError, URLError, ConnectionError):
        return ""


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    root = tmp_path / "wiki"
    files = {f"outils/outil-{number}.md": tool(number) for number in range(30)}
    home = "# Accueil\n\n```requete\nde: outil\nvue: compteur\n```\n"
    return write_files(root, {"mkdocs.yml": SETTINGS, "outils/_type.yml": TYPE, "docs/index.md": home, **files})


@pytest.fixture
def served(wiki: Path) -> Iterator[str]:
    """Serve the wiki; yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "essaim_app", "serve", "--port", str(port)]
    with (
        (wiki.parent / "log").open("w") as log,
        subprocess.Popen(command, cwd=wiki, stdout=log, stderr=log) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_until(lambda: "Accueil" in read(address))
            yield address
        finally:
            server.terminate()


def site(wiki: Path) -> dict[str, bytes]:
    folder = wiki / ".essaim_cache" / "servi-public"
    return {path: (folder / path).read_bytes() for path in files_of(folder)}


def test_a_text_a_title_a_type_and_a_page_that_comes_or_goes_show(wiki: Path, served: str) -> None:
    edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
    wait_until(lambda: "le lundi" in read(f"{served}outils/outil-4/"))
    edit(wiki, "outils/outil-4.md", "Outil 4", "Marteau")
    wait_until(lambda: "Marteau" in read(f"{served}outils/outil-4/"))
    wait_until(lambda: "Marteau" in read(f"{served}outils/outil-3/"))  # it cites it
    wait_until(lambda: "Marteau" in read(f"{served}outils/"))
    edit(wiki, "outils/_type.yml", "Va avec", "Sert avec")
    wait_until(lambda: "Sert avec" in read(f"{served}outils/outil-1/"))
    write_files(wiki, {"outils/neuf.md": tool(7, title="Tout neuf")})
    wait_until(lambda: "Tout neuf" in read(f"{served}outils/neuf/"))
    (wiki / "outils" / "neuf.md").unlink()
    wait_until(lambda: not read(f"{served}outils/neuf/"))


def test_at_rest_it_is_the_site_of_a_build(wiki: Path, served: str) -> None:
    for number in range(6):
        edit(wiki, f"outils/outil-{number}.md", "tous les jours", f"le {number} du mois")
        time.sleep(0.15 * number)
    edit(wiki, "outils/outil-4.md", "Outil 4", "Marteau")
    run_module("essaim_app", "build", "--site-dir", "../built", cwd=wiki, status=0)
    built = {path: (wiki.parent / "built" / path).read_bytes() for path in files_of(wiki.parent / "built")}
    wait_until(lambda: site(wiki) == built)
    edit(wiki, "outils/outil-4.md", "Marteau", "Outil 4")
    wait_until(lambda: "Marteau" not in read(f"{served}outils/outil-4/"))


def test_a_mistake_is_shown_in_its_place_and_goes_when_it_is_mended(wiki: Path, served: str) -> None:
    edit(wiki, "outils/outil-4.md", "avec: [outil-1]", "avec: [inconnu]")
    wait_until(lambda: "inconnu" in read(f"{served}outils/outil-4/") or "ES301" in read(f"{served}outils/outil-4/"))
    wait_until(lambda: "outils/outil-4.md:3:8 ES301" in (wiki.parent / "log").read_text("utf-8"))
    edit(wiki, "outils/outil-4.md", "avec: [inconnu]", "avec: [outil-1]")
    wait_until(lambda: "ES301" not in read(f"{served}outils/outil-4/"))


def test_a_port_that_is_taken_is_said(wiki: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_module("essaim_app", "serve", "--port", str(port), cwd=wiki, status=2)
    assert f"le port {port}" in done.stderr
    assert "« --port »" in done.stderr
