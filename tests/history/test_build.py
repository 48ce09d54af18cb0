"""Where pages come from, on the sites that MkDocs builds of real repositories."""

import os
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from tests.conftest import run_module
from tests.history.depot import Depot, page

CONFIG = """\
site_name: "Le wiki & compagnie"
site_url: https://wiki.exemple.invalid/essais/
theme: {name: mkdocs}
plugins: [essaim: {audience: AUDIENCE}, essaim-history, essaim-views]
"""
ATOM = "{http://www.w3.org/2005/Atom}"
PLACES = {
    "mkdocs.yml": CONFIG.replace("AUDIENCE", "public"),
    ".gitignore": ".essaim_cache\n",
    "docs/index.md": "# Accueil\n",
    "fiches/_type.yml": "type: fiche\nlabel: {one: fiche, many: fiches, gender: f}\nfields: {titre: {type: text}}\n",
    "lieux/_type.yml": "type: lieu\nlabel: {one: lieu, many: lieux, gender: m}\nfields: {titre: {type: text}}\n",
    "comptes/_type.yml": "type: compte\nvisibility: members\nfields: {titre: {type: text}}\n",
    "profils/_type.yml": "type: profil\nlabel: {one: profil, many: profils}\n"
    "fields: {titre: {type: text}, alias: {type: text, many: true, visibility: members}}\n",
    "profils/amina-diop.md": "---\ntitre: Amina Diop\nalias: [CANARI-surnom]\n---\n",
}


def sheet(title: str, *lines: str) -> str:
    return "\n".join(("---", f"titre: {title}", "---", "", *(f"{title} {n}." for n in range(12)), *lines, ""))


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return Depot(tmp_path / "wiki")


def build(depot: Depot, audience: str = "public", host: str = "mkdocs") -> Path:
    """Build the site of one audience; return its folder."""
    target = depot.root.parent / f"site-{audience}"
    theme = "mkdocs" if host == "mkdocs" else "material, font: false"
    (depot.root / "mkdocs.yml").write_text(
        CONFIG.replace("AUDIENCE", audience).replace("name: mkdocs", f"name: {theme}")
    )
    done = run_module(host, "build", "--quiet", "-d", str(target), cwd=depot.root, status=0)
    assert "Traceback" not in done.stderr
    return target


def footer(site: Path, name: str) -> str:
    """Return the words of a page on its past, '' when it has none."""
    text = (site / name / "index.html").read_text("utf-8")
    found = re.search(r'<footer class="essaim-histoire".*?</footer>', text, re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]+>", "", found[0]).split())) if found else ""


class TestPages:
    def test_a_page_says_since_when_and_by_whom(self, depot: Depot) -> None:
        depot.commit("Amina Diop", PLACES | {"fiches/pain.md": sheet("Pain"), "lieux/gap.md": sheet("Gap")})
        depot.commit("Zoé Canari", {"fiches/pain.md": sheet("Pain", "a")}, "Le sel")
        depot.commit("Nour Canari", {"fiches/pain.md": sheet("Pain", "a", "b")})
        depot.commit("Amina Diop", {"fiches/pain.md": sheet("Pain", "a", "b", "c")}, "La levure <b>")
        public, members = build(depot), build(depot, "members")
        dates = "Fiche créée le 2 mars 2026 par Amina Diop. Modifiée le 5 mars 2026 par Amina Diop"
        assert footer(public, "fiches/pain") == f"{dates}. Ont aussi écrit ici : d'autres membres."
        assert footer(members, "fiches/pain") == (
            f"{dates} : « La levure <b> ». Ont aussi écrit ici : Nour Canari, Zoé Canari."
        )
        assert footer(public, "lieux/gap") == "Lieu créé le 2 mars 2026 par Amina Diop."
        assert '<time datetime="2026-03-05">5 mars 2026</time> par <a href="../../profils/amina-diop/">' in (
            public / "fiches/pain/index.html"
        ).read_text("utf-8")

    def test_the_words_of_who_has_no_page_are_in_the_list_of_changes_only(self, depot: Depot) -> None:
        depot.commit("Amina Diop", PLACES | {"fiches/pain.md": sheet("Pain")})
        depot.commit("Zoé Canari", {"fiches/pain.md": sheet("Pain", "a")}, "Pages are checked")
        members = build(depot, "members")
        assert footer(members, "fiches/pain").endswith("Modifiée le 3 mars 2026 par Zoé Canari.")
        assert "Pages are checked" in (members / "changements/index.html").read_text("utf-8")

    def test_a_name_that_no_public_page_bears_is_not_shown(self, depot: Depot) -> None:
        depot.commit("CANARI-surnom", PLACES | {"fiches/pain.md": sheet("Pain")})
        depot.commit("Compte Un", {"fiches/pain.md": sheet("Pain", "a"), "comptes/un.md": sheet("Compte Un")})
        words = "Fiche créée le 2 mars 2026 par un·e membre. Modifiée le 3 mars 2026 par un·e membre."
        assert footer(build(depot), "fiches/pain") == words
        assert "par Amina Diop. Modifiée le 3 mars 2026 par Compte Un" in footer(
            build(depot, "members"), "fiches/pain"
        )

    def test_a_page_that_git_does_not_know_yet_says_nothing(self, depot: Depot) -> None:
        depot.commit("Amina Diop", PLACES)
        depot.write({"fiches/pain.md": sheet("Pain")})
        assert footer(build(depot), "fiches/pain") == ""

    def test_in_a_cut_clone_dates_are_not_said_for_sure(self, depot: Depot, tmp_path: Path) -> None:
        depot.commit("Amina Diop", PLACES | {"fiches/pain.md": sheet("Pain"), "lieux/gap.md": sheet("Gap")})
        depot.commit("Amina Diop")
        depot.commit("Amina Diop", {"lieux/gap.md": sheet("Gap", "a"), "docs/changements.md": "# Quoi de neuf\n"})
        depot.git("clone", "--quiet", "--depth", "2", f"file://{depot.root}", str(tmp_path / "coupe/wiki"))
        depot.root = tmp_path / "coupe/wiki"
        site = build(depot)
        assert footer(site, "fiches/pain") == "Fiche connue depuis au moins le 3 mars 2026."
        assert footer(site, "lieux/gap") == (
            "Lieu connu depuis au moins le 3 mars 2026. Modifié le 4 mars 2026 par Amina Diop."
        )
        assert "que les derniers changements" in (site / "changements/index.html").read_text("utf-8")

    def test_the_plugin_serves_without_the_other_views(self, depot: Depot) -> None:
        depot.commit("Amina Diop", PLACES | {"fiches/pain.md": sheet("Pain")})
        config = CONFIG.replace("AUDIENCE", "public").replace(", essaim-views", "")
        depot.write({"mkdocs.yml": config})
        run_module("mkdocs", "build", "--quiet", "-d", str(depot.root.parent / "site"), cwd=depot.root, status=0)
        assert footer(depot.root.parent / "site", "fiches/pain") == "Fiche créée le 2 mars 2026 par Amina Diop."

    def test_both_hosts_say_the_same(self, depot: Depot) -> None:
        depot.commit("Amina Diop", PLACES | {"fiches/pain.md": sheet("Pain")})
        said = [footer(build(depot, host=host), "fiches/pain") for host in ("mkdocs", "properdocs")]
        assert said == ["Fiche créée le 2 mars 2026 par Amina Diop."] * 2


class TestChanges:
    def test_the_page_lists_what_its_readers_may_know(self, depot: Depot) -> None:
        depot.commit("Amina Diop", PLACES)
        depot.commit("Zoé", {"fiches/pain.md": sheet("Pain"), "comptes/un.md": sheet("Un")}, "Du pain")
        depot.move("fiches/pain.md", "fiches/brioche.md")
        depot.commit("Zoé", subject="Plutôt une brioche")
        depot.commit("Zoé", {"fiches/brioche.md": sheet("Pain", "a")})
        depot.commit("Zoé", {"fiches/vieille.md": sheet("Vieille fiche, tout autre")})
        depot.commit("Zoé", {"fiches/vieille.md": None})
        public, members = (
            re.sub(r"\s+", " ", (build(depot, audience) / "changements/index.html").read_text("utf-8"))
            for audience in ("public", "members")
        )
        rows = re.findall(
            r'<tr> <th scope="row">(.*?)</th> <td data-label="Ce qui s&#39;est passé">(.*?)</td>', public
        )
        link = '<a href="../fiches/brioche/">Pain</a>'
        assert rows[:3] == [(link, "Fiche modifiée"), (link, "Fiche déplacée"), (link, "Fiche créée")]
        assert "vieille" not in public
        assert "Zoé" not in public
        assert "fiches/vieille.md" in members
        assert '<td data-label="En quelques mots">Plutôt une brioche</td>' in members

    def test_the_feed_is_atom_with_whole_addresses(self, depot: Depot) -> None:
        title = "Pain & <b>beurre</b> ]]>"
        depot.commit("Amina Diop", PLACES | {"fiches/zoé.md": sheet(f"'{title}'")})
        site = build(depot)
        feed = ElementTree.parse(site / "changements.xml").getroot()  # noqa: S314
        assert feed.tag == f"{ATOM}feed"
        assert feed.findtext(f"{ATOM}id") == "https://wiki.exemple.invalid/essais/changements.xml"
        assert feed.findtext(f"{ATOM}title") == "Le wiki & compagnie : changements récents"
        assert feed.findtext(f"{ATOM}updated") == "2026-03-02T10:00:00+01:00"
        entries = feed.findall(f"{ATOM}entry")
        assert f"{title} (fiche créée)" in [entry.findtext(f"{ATOM}title") for entry in entries]
        for entry in entries:
            assert [
                name for name in ("id", "title", "updated", "content") if not entry.findtext(f"{ATOM}{name}")
            ] == []
            assert entry.findtext(f"{ATOM}author/{ATOM}name")
            link = entry.find(f"{ATOM}link")
            assert link is not None
            path = unquote(urlsplit(link.attrib["href"]).path).removeprefix("/essais/")
            assert (site / path / "index.html").is_file()
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        assert '<a href="../changements.xml"' in (site / "changements/index.html").read_text("utf-8")

    def test_what_was_read_in_the_feed_is_not_new_once_its_page_moves(self, depot: Depot) -> None:
        depot.commit("Amina Diop", PLACES | {"fiches/pain.md": sheet("Pain")})
        before = ids(build(depot) / "changements.xml")
        depot.move("fiches/pain.md", "fiches/brioche.md")
        depot.commit("Amina Diop")
        after = ids(build(depot) / "changements.xml")
        assert before == after[1:]

    def test_a_removed_file_may_have_had_any_name(self, depot: Depot) -> None:
        names = [os.fsdecode(b"docs/latin-\xe9.md"), "docs/saut\nde <b>ligne.md", "docs/_modele.md", "LISEZMOI.md"]
        depot.commit("Amina Diop", PLACES | {name: page(f"Page {n}") for n, name in enumerate(names)})
        depot.commit("Amina Diop", dict.fromkeys(names))
        site = build(depot, "members")
        feed = ElementTree.parse(site / "changements.xml").getroot()  # noqa: S314
        titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
        gone = sorted(title for title in titles if title.endswith("(page retirée)"))
        assert gone == ["docs/latin-\ufffd.md (page retirée)", "docs/saut\ufffdde <b>ligne.md (page retirée)"]
        assert "<b>ligne" not in (site / "changements/index.html").read_text("utf-8")

    @pytest.mark.parametrize("audience", ["public", "members"])
    def test_without_a_repository_the_site_is_whole_and_says_why(self, tmp_path: Path, audience: str) -> None:
        depot = Depot(tmp_path / "wiki")
        depot.write(PLACES | {"fiches/pain.md": sheet("Pain")})
        shutil.rmtree(depot.root / ".git")
        site = build(depot, audience)
        assert footer(site, "fiches/pain") == ""
        assert "n&#39;est pas suivi par git" in (site / "changements/index.html").read_text("utf-8")
        assert not (site / "changements.xml").exists()

    def test_without_the_git_program_the_site_is_whole_and_says_why(
        self, depot: Depot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        depot.commit("Amina Diop", PLACES | {"fiches/pain.md": sheet("Pain")})
        monkeypatch.setenv("PATH", str(depot.root))
        site = build(depot)
        assert footer(site, "fiches/pain") == ""
        assert "Le programme git manque" in (site / "changements/index.html").read_text("utf-8")

    def test_a_strict_build_does_without_history(self, tmp_path: Path) -> None:
        depot = Depot(tmp_path / "wiki")
        depot.write(PLACES)
        done = run_module("mkdocs", "build", "--strict", "-d", str(tmp_path / "site"), cwd=depot.root, status=0)
        assert done.stderr.count("L'histoire des pages n'est pas montrée") == 1

    def test_without_the_plugin_no_page_speaks_of_changes(self, depot: Depot) -> None:
        depot.commit("Amina Diop", PLACES | {"fiches/pain.md": sheet("Pain")})
        config = CONFIG.replace("AUDIENCE", "public").replace("essaim-history, ", "")
        depot.write({"mkdocs.yml": config})
        run_module("mkdocs", "build", "--quiet", "-d", str(depot.root.parent / "site"), cwd=depot.root, status=0)
        assert not (depot.root.parent / "site/changements").exists()
        assert footer(depot.root.parent / "site", "fiches/pain") == ""


def ids(feed: Path) -> list[str | None]:
    return [entry.findtext(f"{ATOM}id") for entry in ElementTree.parse(feed).getroot().iter(f"{ATOM}entry")]  # noqa: S314


class TestProcesses:
    """The number of git processes, counted by a program in its place that writes a line and becomes it."""

    @pytest.fixture
    def calls(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        program, log = shutil.which("git"), tmp_path / "appels"
        counter = tmp_path / "bin/git"
        counter.parent.mkdir()
        counter.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{log}"\nexec "{program}" "$@"\n')
        counter.chmod(0o755)
        monkeypatch.setenv("PATH", f"{counter.parent}{os.pathsep}{os.environ['PATH']}")
        return log

    def count(self, depot: Depot, calls: Path) -> list[str]:
        calls.write_text("")
        build(depot)
        return calls.read_text().splitlines()

    @pytest.mark.parametrize("number", [3, 300])
    def test_they_are_three_at_most_whatever_the_number_of_pages(
        self, depot: Depot, calls: Path, number: int
    ) -> None:
        depot.commit("Amina Diop", PLACES | {f"fiches/p{n}.md": sheet(f"Page {n}") for n in range(number)})
        assert len(self.count(depot, calls)) <= 3  # GitPython asks twice for the version; the log
        assert not any("log" in call.split() for call in self.count(depot, calls))  # the last commit is the one known
        depot.commit("Amina Diop", {f"fiches/p{n}.md": sheet(f"Page {n}", "a") for n in range(number)})
        assert len(self.count(depot, calls)) == 3
        depot.git("checkout", "--quiet", "--orphan", "neuve")
        depot.commit("Amina Diop")
        assert len(self.count(depot, calls)) == 3  # what was known leads nowhere


def test_no_word_of_git_reaches_the_public_that_is_not_theirs(depot: Depot) -> None:
    """Authors, what they said, and the names of files that are no more are for members."""
    people = [f"CANARI-auteur-{n}" for n in range(3)]
    depot.commit(people[0], PLACES | {"fiches/CANARI-ancien-nom.md": sheet("Pain")}, "CANARI-sujet-1\n\nCANARI-corps")
    depot.move("fiches/CANARI-ancien-nom.md", "fiches/pain.md")
    depot.commit(people[1], {"fiches/pain.md": sheet("Pain", "a")}, "CANARI-sujet-2")
    depot.commit(people[2], {"fiches/CANARI-retire.md": sheet("Rien à voir", "du tout")}, "CANARI-sujet-3")
    depot.commit(people[2], {"fiches/CANARI-retire.md": None, "comptes/CANARI-compte.md": sheet("CANARI-titre")})
    depot.git("branch", "CANARI-branche")
    depot.git("tag", "CANARI-etiquette")
    public, members = build(depot), build(depot, "members")
    for path in public.rglob("*"):
        assert "canari" not in path.name.lower()
        if path.is_file():
            content = path.read_bytes().lower()
            assert b"canari" not in content, path
            assert b"la machine" not in content, path
    shown = "".join(path.read_text("utf-8") for path in members.rglob("*") if path.suffix in (".html", ".xml"))
    canaries = (*people, "CANARI-sujet-2", "CANARI-retire", "CANARI-compte", "CANARI-titre")
    assert [canary for canary in canaries if canary not in shown] == []
    assert not re.search(r"canari-adresse|exemple\.invalid>", shown)
    assert "CANARI-ancien-nom" not in shown
