"""`essaim serve`: what is saved is shown, at once where it is read, a moment later everywhere."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from essaim.views.audience import Audience
from mkdocs_essaim.build import order_of
from mkdocs_essaim.building.gather import Gathered, gather
from mkdocs_essaim.building.order import Order
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.workers import Crew
from mkdocs_essaim.serving.beside import Published, publish_beside
from mkdocs_essaim.serving.live import Live
from tests.conftest import run_module, write_files
from tests.plugins.test_building import SETTINGS, TYPE, edit, files, tool

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
    tools = {f"outils/outil-{number}.md": tool(number) for number in range(30)}
    home = "# Accueil\n\n```requete\nde: outil\nvue: compteur\n```\n"
    return write_files(root, {"mkdocs.yml": SETTINGS, "outils/_type.yml": TYPE, "docs/index.md": home, **tools})


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
    return files(wiki / ".essaim_cache" / "servi-public")


def published_site(wiki: Path) -> Gathered:
    """Return a site that was published beside the wiki, in `shown`, as a server begins with."""
    order = order_of(wiki / "mkdocs.yml", Audience.PUBLIC, wiki.parent / "shown", strict=False)
    gathered = gather(order, Crew(size=1), Progress())
    gathered.publish()
    return gathered


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
    expected = built(wiki)
    wait_until(lambda: site(wiki) == expected)
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


def test_folders_that_come_or_come_back_are_followed(wiki: Path, served: str) -> None:
    (wiki / "engins").mkdir()
    time.sleep(1.5)  # the site was brought up to date without it
    write_files(
        wiki, {"engins/_type.yml": TYPE.replace("outil", "engin"), "engins/grue.md": "---\ntitre: Grue\n---\n"}
    )
    wait_until(lambda: "Grue" in read(f"{served}engins/grue/"))
    edit(wiki, "engins/grue.md", "Grue", "Treuil")
    wait_until(lambda: "Treuil" in read(f"{served}engins/grue/"))
    shutil.rmtree(wiki / "docs")
    time.sleep(1.5)
    write_files(wiki, {"docs/index.md": "# Revenu\n"})
    wait_until(lambda: "Revenu" in read(served))
    edit(wiki, "docs/index.md", "Revenu", "Encore")
    wait_until(lambda: "Encore" in read(served))


def test_settings_that_are_broken_leave_the_site_as_it_was(wiki: Path, served: str) -> None:
    for broken in ("site_name: [\n", "site_name: X\nplugins: [inconnu]\n"):
        write_files(wiki, {"mkdocs.yml": broken})
        time.sleep(1.5)
        assert "Mesure" in read(served)
    write_files(wiki, {"mkdocs.yml": SETTINGS.replace("Mesure", "Mendé")})
    wait_until(lambda: "Mendé" in read(served))
    told = (wiki.parent / "log").read_text("utf-8")
    assert "Le site reste comme il était : ce qui est dit juste au-dessus est à corriger d'abord." in told


def test_another_site_whose_name_leads_here_reads_nothing(wiki: Path, served: str) -> None:
    def status(host: str) -> int:
        asked = HTTPConnection(served.removeprefix("http://").rstrip("/"))
        asked.request("GET", "/", headers={"Host": host})
        return asked.getresponse().status

    assert [status(host) for host in ("ailleurs.example", "127.0.0.1.ailleurs.example:80", "")] == [403, 403, 403]
    assert [status(host) for host in ("localhost:8000", "127.0.0.1")] == [200, 200]


def test_a_wiki_that_is_served_already_is_said(wiki: Path, served: str) -> None:
    done = run_module("essaim_app", "serve", "--port", str(free_port()), cwd=wiki, status=2)
    assert "montre déjà ce wiki" in done.stderr


def test_a_site_that_waits_to_be_shown_is_not_made_over(wiki: Path) -> None:
    first = published_site(wiki)
    order = first.order
    made = threading.Event()
    live = Live(first, made.set, lambda sentence: None)
    edit(wiki, "outils/outil-4.md", "Outil 4", "Marteau")
    live.take({wiki / "outils/outil-4.md"})
    assert made.wait(_PATIENCE)
    live._catch_up()  # as the pause after a change that came meanwhile ends
    time.sleep(1)
    live.take(set())
    assert files(order.folder) == built(wiki)


def built(wiki: Path) -> dict[str, bytes]:
    """Return the site of a build."""
    run_module("essaim_app", "build", "--site-dir", "../built", cwd=wiki, status=0)
    return files(wiki.parent / "built")


def test_what_is_in_memory_serves_until_it_would_make_other_pages(wiki: Path) -> None:
    first = published_site(wiki)
    order = first.order
    made = threading.Event()
    live = Live(first, made.set, lambda sentence: None)

    def keeps_its_memory_after(path: str) -> bool:
        known = live.current
        live.take({wiki / path})
        wait_until(lambda: made.is_set() and live._working is not None and not live._working.is_alive())
        live.take(set())
        made.clear()
        assert files(order.folder) == built(wiki)
        return live.current is known

    edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
    assert keeps_its_memory_after("outils/outil-4.md")
    edit(wiki, "outils/outil-4.md", "Outil 4", "Marteau")
    assert keeps_its_memory_after("outils/outil-4.md")
    edit(wiki, "outils/_type.yml", "fields:", "fields:\n  couleur: {type: text}")  # no page shows it yet
    assert not keeps_its_memory_after("outils/_type.yml")
    write_files(wiki, {"outils/neuf.md": tool(7, title="Tout neuf")})
    assert not keeps_its_memory_after("outils/neuf.md")


def test_what_is_made_meanwhile_is_shown_while_all_is_learnt_anew(wiki: Path) -> None:
    first = published_site(wiki)
    order = first.order
    page = order.folder / "outils/outil-9/index.html"
    seen: list[bool] = []

    def look() -> None:
        live.take(set())
        seen.append("le lundi" in page.read_text("utf-8"))

    live = Live(first, look, lambda sentence: None)
    edit(wiki, "outils/_type.yml", "Va avec", "Sert avec")
    live.take({wiki / "outils/_type.yml"})
    live._catch_up()
    time.sleep(0.3)
    edit(wiki, "outils/outil-9.md", "tous les jours", "le lundi")
    live.take({wiki / "outils/outil-9.md"})
    assert live._working is not None
    live._working.join(_PATIENCE)
    assert live.current is not first
    assert seen
    assert all(seen)


def test_what_is_made_while_another_process_publishes_is_not_lost(
    wiki: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published_site(wiki)
    order = first.order
    live = Live(first, lambda: None, lambda sentence: None)

    def edit_before_it_is_told(asked: Order) -> Published:
        published = publish_beside(asked)
        for number in range(3 if asked == order else 0):  # another test's site may still be brought up to date
            edit(wiki, f"outils/outil-{number}.md", "tous les jours", "avec [[outil-20]]")
            live.take({wiki / f"outils/outil-{number}.md"})
        return published

    monkeypatch.setattr("mkdocs_essaim.serving.live.publish_beside", edit_before_it_is_told)
    edit(wiki, "outils/outil-9.md", "tous les jours", "le lundi")
    live.take({wiki / "outils/outil-9.md"})
    live._catch_up()
    assert live._working is not None
    live._working.join(_PATIENCE)
    live.take(set())
    assert live._timer is not None
    live._timer.cancel()  # the next time would edit again
    assert live.current is first
    expected = built(wiki)
    for page in (*(f"outils/outil-{number}/index.html" for number in range(3)), "outils/outil-20/index.html"):
        assert (order.folder / page).read_bytes() == expected[page]


def test_a_build_beside_ends_with_the_server(wiki: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "essaim_app", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=wiki, stdout=subprocess.DEVNULL) as server:
        wait_until(lambda: "Accueil" in read(f"http://127.0.0.1:{port}/"))
        edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
        try:
            wait_until(lambda: bool(builds_beside(wiki)))
        finally:
            server.kill()
    wait_until(lambda: not builds_beside(wiki))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What a shell begins in the background is not interrupted, nor is what that begins: here it is."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_a_build_beside_says_nothing_when_the_server_is_interrupted(wiki: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "essaim_app", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=wiki, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        wait_until(lambda: "Accueil" in read(f"http://127.0.0.1:{port}/"))
        edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
        try:
            wait_until(lambda: bool(builds_beside(wiki)))
            os.killpg(server.pid, signal.SIGINT)  # as a terminal does
            said = server.communicate(timeout=_PATIENCE)[1]
        finally:
            server.kill()
    assert said == ""


def builds_beside(wiki: Path) -> list[str]:
    """Return the running processes that build a wiki for its server."""
    told = subprocess.run(["ps", "-ewwo", "args="], capture_output=True, text=True, check=True)
    return [line for line in told.stdout.splitlines() if "serving.beside" in line and str(wiki) in line]


def test_a_page_is_shown_while_the_whole_site_is_made_anew(wiki: Path) -> None:
    first = published_site(wiki)
    order = first.order
    live = Live(first, lambda: None, lambda sentence: None)
    searched = {path: path.read_bytes() for path in order.room.glob("recherche/*/*/pages/*")}
    assert searched
    config, content = order.begin()  # as another build of this process does
    edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
    live.take({wiki / "outils/outil-4.md"})
    assert "le lundi" in (wiki.parent / "shown/outils/outil-4/index.html").read_text("utf-8")
    assert content is not first.content
    assert {path: path.read_bytes() for path in searched} == searched  # the other may be reading it
    config.plugins.on_shutdown()
