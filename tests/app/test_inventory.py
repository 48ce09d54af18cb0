"""Two cooperatives that cite each other, and what a hostile third one may send: real builds, real HTTP servers."""

import gzip
import html
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest

from tests.conftest import Run, run_module, write_files

Handler = Callable[..., BaseHTTPRequestHandler]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers of this machine are reached without a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@contextmanager
def serving(handler: Handler) -> Iterator[str]:
    """Serve on a free port of this machine; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:
        pass


def serving_folder(folder: Path) -> AbstractContextManager[str]:
    return serving(partial(Quiet, directory=str(folder)))


def build(root: Path, *options: str) -> None:
    run_module("mkdocs", "build", "-q", *options, cwd=root, status=0)


# --- Two sites that cite each other --------------------------------------------------------------------------------

CONFIG = """\
site_name: {name}
site_url: {address}
plugins: [essaim, essaim-links, essaim-views]
"""
TYPES = {
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text, required: true}
  resume: {type: text}
  alias: {type: text, many: true}
  secret: {type: text, visibility: members}
""",
    "profils/_type.yml": """\
type: profil
label: {one: profil, many: profils, gender: m}
share: never
fields: {titre: {type: text}}
""",
    "docs/comptes/_type.yml": """\
type: compte
label: {one: compte, many: comptes, gender: m}
visibility: members
fields: {titre: {type: text}}
""",
}
SECRETS = {
    "profils/canari-profil.md": "---\ntitre: Canari profil\n---\n\n## Canari section\n",
    "docs/comptes/canari-compte.md": "---\ntitre: Canari compte\n---\n",
    "docs/fiches/pain.md": "---\ntitre: Le pain\nsecret: canari-champ\n---\n",
}
LAKE = {
    "docs/index.md": "# Le lac\n\nVoir [[coop-du-bois:Le chêne & l'érable]] et [[coop-du-bois:accueil du bois]].\n",
    "docs/fiches/barque.md": """\
---
titre: "Louer la barque <bleue>"
alias: [le bateau]
---

## À savoir

Le bois vient de là : [[coop-du-bois:scierie#Les horaires|la scierie]], ![[coop-du-bois:fiche/scierie]].
""",
    "docs/fiches/îlot d'été.md": "---\ntitre: L'îlot\n---\n\n## Le ponton\n",
}
WOOD = {
    "docs/index.md": "# Accueil du bois\n\n[[coop-du-lac:le bateau]], [[coop-du-lac:L'îlot#Le ponton]].\n",
    "docs/fiches/chene.md": "---\ntitre: Le chêne & l'érable\n---\n\nFlotte : [[coop-du-lac:barque#a savoir]].\n",
    "docs/fiches/scierie.md": "---\ntitre: La scierie\n---\n\n## Les horaires\n\n### Le samedi\n",
}


@dataclass(frozen=True, kw_only=True)
class Sites:
    """Two wikis and the addresses where what they build is served."""

    lake: Path
    wood: Path
    addresses: Mapping[str, str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """Write two wikis that cite each other, build them, and serve what the links of the folder `servi` lead to."""
    folder = tmp_path_factory.mktemp("voisins")
    served = folder / "servi"
    served.mkdir()
    with ExitStack() as stack:
        addresses = {name: stack.enter_context(serving_folder(served / name)) for name in ("lac", "bois")}
        for name, other, own in (("lac", "bois", LAKE), ("bois", "lac", WOOD)):
            config = CONFIG.format(name=f"Coop du {name}", address=addresses[name])
            voisins = f"coop-du-{other}:\n  adresse: {addresses[other].removesuffix('/')}\n"
            files = {"mkdocs.yml": config, "docs/_voisins.yml": voisins, **TYPES, **SECRETS, **own}
            build(write_files(folder / name, files))
        yield Sites(lake=folder / "lac", wood=folder / "bois", addresses=addresses)


@pytest.fixture
def sites(built: Sites, tmp_path: Path) -> Sites:
    """Return copies of the two wikis and of what they built, served at their addresses."""
    for root in (built.lake, built.wood):
        copy = shutil.copytree(root, tmp_path / root.name)
        served = root.parent / "servi" / root.name
        served.unlink(missing_ok=True)
        served.symlink_to(copy / "site")
    return Sites(lake=tmp_path / "lac", wood=tmp_path / "bois", addresses=built.addresses)


def links_elsewhere(root: Path) -> list[tuple[str, str]]:
    """Return the address and the words of every link to another cooperative in what a site has built."""
    pages = (page.read_text("utf-8") for page in sorted((root / "site").rglob("*.html")))
    found = [re.findall(r'<a class="essaim-ailleurs" href="([^"]*)"[^>]*>(.*?)</a>', page) for page in pages]
    return [(html.unescape(address), words) for page in found for address, words in page]


def heading_and_anchors(address: str) -> tuple[str, set[str]]:
    """Fetch a page; return its title as a reader sees it, and its anchors."""
    with urlopen(address, timeout=10) as answer:
        assert answer.status == 200
        text = answer.read().decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    assert heading is not None
    return html.unescape(re.sub(r"<[^>]*>", "", heading[1])).strip(), set(re.findall(r'id="([^"]*)"', text))


def test_two_sites_that_cite_each_other(sites: Sites, essaim: Run) -> None:
    for root in (sites.lake, sites.wood):
        assert links_elsewhere(root) == [], "without an inventory, no link"
        done = essaim("inventory", "update", cwd=root, status=0)
        assert re.fullmatch(r"coop-du-\w+ : copie mise à jour \(\d+ pages : \d+ nouvelles\)\.\n", done.stdout)
        assert done.stderr == ""
        build(root, "--strict")
    lake, wood = links_elsewhere(sites.lake), links_elsewhere(sites.wood)
    assert len(lake) == 4
    assert len(wood) == 3
    titles = set()
    for address, _ in lake + wood:
        title, anchors = heading_and_anchors(address)
        page, _, anchor = address.partition("#")
        assert page.startswith(tuple(sites.addresses.values()))
        assert not anchor or anchor in anchors, address
        titles.add(title)
    assert titles == {
        *("Le chêne & l'érable", "Accueil du bois", "La scierie"),
        *("Louer la barque <bleue>", "L'îlot"),
    }
    words = [html.unescape(re.sub(r"<[^>]*>", "", words)) for _, words in lake + wood]
    assert sorted(words) == [
        "Accueil du bois (Coop du bois)",
        "L'îlot (Coop du lac)",
        "La scierie (Coop du bois)",
        "Le chêne & l'érable (Coop du bois)",
        "Louer la barque <bleue> (Coop du lac)",
        "Louer la barque <bleue> (Coop du lac)",
        "la scierie",
    ]
    assert sum("#" in address for address, _ in lake + wood) == 3


def test_a_page_renamed_there_is_told_after_an_update(sites: Sites, essaim: Run) -> None:
    essaim("inventory", "update", cwd=sites.lake, status=0)
    copy = sites.lake / "docs/_voisins/coop-du-bois.json"
    first = copy.read_bytes()
    essaim("check", "--strict", cwd=sites.lake, status=0)
    assert essaim("inventory", "update", cwd=sites.lake, status=0).stdout == "coop-du-bois : rien de nouveau.\n"
    assert copy.read_bytes() == first

    (sites.wood / "docs/fiches/scierie.md").rename(sites.wood / "docs/fiches/atelier.md")
    write_files(sites.wood, {"docs/fiches/atelier.md": "---\ntitre: L'atelier\n---\n\n## Les horaires\n"})
    build(sites.wood)
    behind = essaim("inventory", "update", "--check", cwd=sites.lake, status=1)
    assert behind.stdout == "coop-du-bois : copie en retard (4 pages : 1 nouvelle, 1 retirée).\n"
    assert copy.read_bytes() == first
    essaim("inventory", "update", "coop-du-bois", cwd=sites.lake, status=0)
    assert essaim("inventory", "update", "--check", cwd=sites.lake, status=0).stdout.endswith("rien de nouveau.\n")
    told = json.loads(essaim("check", "--strict", "--format", "json", cwd=sites.lake, status=1).stdout)["diagnostics"]
    found = [(d["code"], d["path"], d["line"]) for d in told if d["severity"] != "info"]
    assert found == [("ES332", "docs/fiches/barque.md", 8)] * 2


def test_a_copy_shows_in_git_the_pages_that_changed(sites: Sites, essaim: Run) -> None:
    essaim("inventory", "update", cwd=sites.lake, status=0)
    copy = sites.lake / "docs/_voisins/coop-du-bois.json"
    first = copy.read_text("utf-8").splitlines()
    write_files(sites.wood, {"docs/fiches/chene.md": "---\ntitre: Le chêne\n---\n"})
    build(sites.wood)
    essaim("inventory", "update", cwd=sites.lake, status=0)
    second = copy.read_text("utf-8").splitlines()
    [(old, new)] = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    assert ("Le chêne & l'érable" in old, '"titre":"Le chêne"' in new) == (True, True)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_nothing_for_members_is_in_the_inventory_nor_the_copies_on_the_site(sites: Sites, essaim: Run) -> None:
    essaim("inventory", "update", cwd=sites.lake, status=0)
    build(sites.lake)
    public = (sites.lake / "site/inventaire.json").read_bytes()
    assert b"barque" in public
    assert b"canari" not in public.lower()
    assert not [path for path in (sites.lake / "site").rglob("*") if "voisins" in path.name or "bois" in path.name]
    config = (sites.lake / "mkdocs.yml").read_text("utf-8")
    write_files(sites.lake, {"mkdocs.yml": config.replace("[essaim,", "[essaim: {audience: members},")})
    build(sites.lake)
    assert b"canari-champ" in b"".join(p.read_bytes() for p in (sites.lake / "site").rglob("*.html"))
    assert (sites.lake / "site/inventaire.json").read_bytes() == public


# --- What others may send ------------------------------------------------------------------------------------------

PAGE = {"id": "fiche/x", "titre": "X", "chemin": "x/"}
GOOD = {"essaim": 1, "nom": "Bonne coop", "pages": [PAGE]}


def good(**others: object) -> bytes:
    return json.dumps(GOOD | others).encode()


ANSWERS: dict[str, tuple[int, dict[str, str], bytes, str]] = {
    "fichier": (302, {"Location": "file:///etc/hostname"}, b"", "une adresse qui n'est pas suivie"),
    "donnees": (
        302,
        {"Location": "data:application/json," + good().decode()},
        b"",
        "une adresse qui n'est pas suivie",
    ),
    "ftp": (302, {"Location": "ftp://127.0.0.1/inventaire.json"}, b"", "ne répond pas comme un site web"),
    "boucle": (302, {"Location": "/boucle/inventaire.json"}, b"", "une adresse qui n'est pas suivie"),
    "absent": (404, {}, b"<html>", "le site n'a pas de « inventaire.json »"),
    "panne": (500, {}, b"", "le site répond 500"),
    "page": (200, {"Content-Type": "text/html"}, b"<!doctype html><h1>Accueil</h1>", "n'est pas du JSON"),
    "vide": (200, {}, b"", "n'est pas du JSON"),
    "coupe": (200, {"Content-Length": "100000"}, good()[:-3], "n'est pas du JSON"),
    "bombe": (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 50_000_000), "n'est pas un texte en UTF-8"),
    "lourd": (200, {}, b" " * 6_000_000 + good(), "dépasse 5 Mo"),
    "profond": (200, {}, b"[" * 200_000, "emboîte trop de listes"),
    "script": (200, {}, good(pages=[PAGE | {"chemin": "javascript:alert(1)"}]), "« javascript:alert(1) » (page 1)"),
    "grimpe": (200, {}, good(pages=[PAGE | {"chemin": "../../admin/"}]), "un « chemin » qui sort du site"),
    "absolu": (200, {}, good(pages=[PAGE | {"chemin": "//mal.example/"}]), "un « chemin » qui sort du site"),
    "base": (200, {}, good(adresse="javascript:alert(1)"), "adresse de site qui n'en est pas une"),
    "ecran": (200, {}, good(pages=[PAGE | {"chemin": "\x1b[2Jx"}]), "un « chemin » qui sort du site"),
}


class Hostile(Quiet):
    """Answers each path in a way of its own."""

    def do_GET(self) -> None:
        name = self.path.split("/")[1]
        if name == "infini":
            return self._answer_for_ever()
        if name == "detour":
            answer: tuple[int, dict[str, str], bytes] = (301, {"Location": "/bon/inventaire.json"}, b"")
        elif name == "bon":
            seen = {key: self.headers[key] for key in ("User-Agent", "Cookie", "Authorization")}
            answer = (200, {"Set-Cookie": "a=b"}, good(nom=json.dumps(seen)))
        else:
            answer = ANSWERS[name][:3]
        self.send_response(answer[0])
        for key, value in answer[1].items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(answer[2])
        return None

    def _answer_for_ever(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b" " * 65_536)
        except OSError:  # the reader has had enough
            return


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    with serving(Hostile) as address:
        yield address


def wiki(root: Path, addresses: Mapping[str, str]) -> Path:
    """Write a wiki that cites other cooperatives, each with a copy that is already there."""
    voisins = "".join(f'{name}: {{adresse: "{address}"}}\n' for name, address in addresses.items())
    copies = {f"docs/_voisins/{name}.json": '{"essaim":1,"pages":[\n\n]}\n' for name in addresses}
    config = {"mkdocs.yml": "site_name: Essai\nplugins: [essaim]\n", "docs/_voisins.yml": voisins}
    return write_files(root, {**config, **copies, "docs/index.md": "# Accueil\n\n[[bon:x]]\n"})


def test_what_a_hostile_site_sends_is_refused_and_the_old_copies_stay(
    hostile: str, tmp_path: Path, essaim: Run
) -> None:
    names = [*ANSWERS, "infini"]
    root = wiki(tmp_path, {name: f"{hostile}{name}/" for name in names})
    before = {path.name: path.read_bytes() for path in (root / "docs/_voisins").iterdir()}
    done = essaim("inventory", "update", cwd=root, status=1)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    lines = dict(line.split(" : ", 1) for line in done.stderr.splitlines())
    assert list(lines) == names
    for name in ANSWERS:
        assert ANSWERS[name][3] in lines[name]
        assert lines[name].endswith("L'ancienne copie reste.")
    assert "dépasse 5 Mo" in lines["infini"]
    assert {path.name: path.read_bytes() for path in (root / "docs/_voisins").iterdir()} == before


def test_one_that_fails_does_not_stop_the_others(hostile: str, tmp_path: Path, essaim: Run) -> None:
    with serving(Hostile) as gone:
        pass
    names = {"absent": f"{hostile}absent/", "bon": f"{hostile}bon/", "detour": f"{hostile}detour/", "parti": gone}
    root = wiki(tmp_path, names)
    done = essaim("inventory", "update", cwd=root, status=1)
    assert done.stdout.splitlines() == [
        "bon : copie mise à jour (1 page : 1 nouvelle).",
        "detour : copie mise à jour (1 page : 1 nouvelle).",
    ]
    assert "parti : le site n'est pas joignable" in done.stderr
    copy = json.loads((root / "docs/_voisins/bon.json").read_text("utf-8"))
    assert json.loads(copy["nom"]) == {"User-Agent": "essaim", "Cookie": None, "Authorization": None}
    essaim("check", "--strict", cwd=root, status=0)


def test_what_others_write_is_text_on_the_page(tmp_path: Path) -> None:
    title, name = "<img src=x onerror=alert(1)> **gras** [x](y) {: .a }", '"><script>alert(2)</script>'
    page = PAGE | {"titre": title, "sections": [{"titre": "<b>", "ancre": "b"}]}
    root = wiki(tmp_path, {"bon": "http://127.0.0.1:9/"})
    write_files(
        root,
        {
            "docs/_voisins/bon.json": json.dumps(GOOD | {"nom": name, "pages": [page]}),
            "docs/index.md": "# Accueil\n\n[[bon:x]]\n\n[[bon:x#<b>]] ![[bon:x]]\n",
        },
    )
    build(root)
    assert links_elsewhere(root), "the page shows the links"
    for _, words in links_elsewhere(root):
        assert html.unescape(words) == f"{title} ({name})"
        assert not re.search(r"[<>]", words)


def test_usage(tmp_path: Path, essaim: Run) -> None:
    root = wiki(tmp_path, {"coop-du-lac": "http://127.0.0.1:9/"})
    done = essaim("inventory", "update", "coop-du-lak", cwd=root, status=2)
    assert "« coop-du-lak »" in done.stderr
    assert "Vouliez-vous dire « coop-du-lac » ?" in done.stderr
    assert "il manque update" in essaim("inventory", cwd=root, status=2).stderr
    (root / "docs/_voisins.yml").unlink()
    assert "« docs/_voisins.yml »" in essaim("inventory", "update", cwd=root, status=2).stderr


def test_a_bad_line_is_shown_and_the_others_are_updated(hostile: str, tmp_path: Path, essaim: Run) -> None:
    root = wiki(tmp_path, {"bon": f"{hostile}bon/", "Étang": "x"})
    done = essaim("inventory", "update", cwd=root, status=1)
    assert done.stdout.startswith("bon : copie mise à jour")
    assert "docs/_voisins.yml:2:1 erreur[ES330]" in done.stderr


def test_progress_is_for_a_terminal(hostile: str, tmp_path: Path) -> None:
    root = wiki(tmp_path, {"bon": f"{hostile}bon/"})
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "essaim_app", "inventory", "update"]
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, stderr=theirs, check=False, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert shown == f"bon : {hostile}bon/…\r\n"


def test_a_folder_of_copies_that_leads_elsewhere_is_not_written_to(hostile: str, tmp_path: Path, essaim: Run) -> None:
    root = wiki(tmp_path / "wiki", {"bon": f"{hostile}bon/"})
    elsewhere = tmp_path / "ailleurs"
    (root / "docs/_voisins").rename(elsewhere)
    (root / "docs/_voisins").symlink_to(elsewhere)
    before = (elsewhere / "bon.json").read_bytes()
    assert "un vrai dossier" in essaim("inventory", "update", cwd=root, status=2).stderr
    assert (elsewhere / "bon.json").read_bytes() == before
