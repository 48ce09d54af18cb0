"""The past of pages, read from real repositories."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from essaim.pages.history import Absence, Coverage, History
from essaim_git.history import read_history
from tests.history.depot import START, Depot, page


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return Depot(tmp_path / "wiki")


def read(depot: Depot) -> History:
    return read_history(depot.root, None)


def kinds(history: History, path: str) -> list[str]:
    return [change.kind for change in history.recent if change.path == path]


class TestPages:
    def test_a_page_has_its_first_and_last_change_and_its_authors(self, depot: Depot) -> None:
        depot.commit("Amina Diop", {"a.md": page("A")}, "Première")
        depot.commit("Zoé", {"a.md": page("A", "plus"), "b.md": page("B")})
        depot.commit("Zoé", {"a.md": page("A", "encore")}, "Dernière\n\nUn long discours.")
        history = read(depot)
        past = history.pages["a.md"]
        assert (past.first.author, past.first.subject) == ("Amina Diop", "Première")
        assert past.first.when == datetime.fromisoformat("2026-03-02T10:00:00+01:00")
        assert past.first.when.utcoffset() == START.utcoffset()
        assert (past.last.author, past.last.subject, past.last.when.day) == ("Zoé", "Dernière", 4)
        assert (past.authors, past.changes, past.is_cut) == (("Zoé", "Amina Diop"), 3, False)
        assert history.pages["b.md"].first == history.pages["b.md"].last
        assert (history.coverage, history.absence) == (Coverage.WHOLE, None)

    def test_the_last_changes_come_newest_first(self, depot: Depot) -> None:
        depot.commit("A", {"a.md": page("A"), "b.md": page("B")})
        depot.commit("A", {"a.md": page("A", "plus"), "image.png": "x"})
        depot.move("b.md", "c.md")
        depot.commit("A")
        depot.commit("A", {"a.md": None})
        recent = [(change.path, change.kind) for change in read(depot).recent]
        assert recent == [
            ("a.md", "removed"),
            ("c.md", "renamed"),
            ("a.md", "changed"),
            ("a.md", "added"),
            ("c.md", "added"),
        ]

    def test_a_change_of_mode_changes_no_page(self, depot: Depot) -> None:
        depot.commit("A", {"a.md": page("A")})
        (depot.root / "a.md").chmod(0o755)
        depot.commit("B")
        assert read(depot).pages["a.md"].authors == ("A",)
        assert kinds(read(depot), "a.md") == ["added"]

    def test_names_are_those_of_the_mailmap(self, depot: Depot) -> None:
        depot.commit("adiop", {"a.md": page("A")})
        assert read_history(depot.root, depot.root / "cache").pages["a.md"].authors == ("adiop",)
        depot.write({".mailmap": "Amina Diop <canari-adresse@exemple.invalid>\n"})
        assert read_history(depot.root, depot.root / "cache").pages["a.md"].authors == ("Amina Diop",)

    def test_no_address_is_kept(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        history = read_history(depot.root, depot.root / "cache")
        assert "canari-adresse" not in repr(history)
        assert "canari-adresse" not in (depot.root / "cache/history.json").read_text()


class TestRenames:
    def test_a_page_keeps_its_past_under_its_new_name(self, depot: Depot) -> None:
        depot.commit("Amina", {"docs/a.md": page("A")})
        depot.move("docs/a.md", "profils/b.md")
        depot.commit("Zoé", {"profils/b.md": page("A", "retouchée en route")})
        depot.move("profils/b.md", "profils/c.md")
        depot.commit("Nour")
        history = read(depot)
        past = history.pages["profils/c.md"]
        assert (past.first.author, past.authors) == ("Amina", ("Amina", "Zoé"))
        assert kinds(history, "profils/c.md") == ["renamed", "renamed", "added"]
        assert set(history.pages) == {"profils/c.md"}

    def test_to_move_a_page_is_not_to_change_it(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        depot.move("a.md", "b.md")
        depot.commit("Zoé")
        past = read(depot).pages["b.md"]
        assert (past.last.author, past.authors, past.changes) == ("Amina", ("Amina",), 1)

    def test_a_path_taken_over_by_another_page_starts_anew(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("Premier sujet")})
        depot.move("a.md", "b.md")
        depot.commit("Amina")
        depot.commit("Zoé", {"a.md": page("Autre chose entièrement")})
        history = read(depot)
        assert history.pages["a.md"].authors == ("Zoé",)
        assert history.pages["b.md"].authors == ("Amina",)

    def test_a_path_taken_over_in_the_same_commit_starts_anew(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("Premier sujet")})
        depot.move("a.md", "b.md")
        depot.move("b.md", "dossier/b.md")
        depot.commit("Zoé", {"b.md": page("Autre chose entièrement")})
        history = read(depot)
        assert history.pages["b.md"].authors == ("Zoé",)
        assert history.pages["dossier/b.md"].authors == ("Amina",)

    def test_another_page_in_the_place_of_one_removed_starts_anew(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("Premier sujet")})
        depot.commit("Amina", {"a.md": None})
        depot.commit("Zoé", {"a.md": page("Autre chose entièrement")})
        assert read(depot).pages["a.md"].authors == ("Zoé",)

    def test_a_page_that_comes_back_as_it_was_keeps_its_past(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        removal = depot.commit("Zoé", {"a.md": None})
        depot.git("revert", "--no-edit", removal, **depot.as_("Nour"))
        past = read(depot).pages["a.md"]
        assert (past.first.author, set(past.authors)) == ("Amina", {"Amina", "Nour"})

    def test_a_note_made_from_a_file_of_another_kind_is_new(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.txt": page("A"), "b.md": page("B")})
        depot.move("a.txt", "a.md")
        depot.move("b.md", "b.txt")
        depot.commit("Zoé")
        history = read(depot)
        assert history.pages["a.md"].authors == ("Zoé",)
        assert kinds(history, "b.md") == ["removed", "added"]


class TestMerges:
    def test_who_merges_is_no_author(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("A"), "b.md": page("B")})
        depot.git("switch", "--quiet", "--create", "branche")
        depot.commit("Zoé", {"a.md": page("A", "à la fin")})
        depot.git("switch", "--quiet", "main")
        depot.commit("Nour", {"b.md": page("B", "à la fin")})
        depot.merge("branche", "Camille")
        history = read(depot)
        assert set(history.pages["a.md"].authors) == {"Amina", "Zoé"}
        assert set(history.pages["b.md"].authors) == {"Amina", "Nour"}
        assert "Camille" not in repr(history)

    def test_what_a_branch_changes_under_the_old_name_counts(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        depot.git("switch", "--quiet", "--create", "branche")
        depot.commit("Zoé", {"a.md": page("A", "à la fin")})
        depot.git("switch", "--quiet", "main")
        depot.move("a.md", "b.md")
        depot.commit("Nour")
        depot.merge("branche", "Camille")
        assert (depot.root / "b.md").read_text() == page("A", "à la fin")
        history = read(depot)
        assert history.pages["b.md"].authors == ("Amina", "Zoé")
        assert history.pages["b.md"].last.author == "Zoé"

    def test_the_last_change_is_the_newest_whatever_the_branch(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        depot.git("switch", "--quiet", "--create", "branche")
        depot.commit("Zoé", {"a.md": page("A", "à la fin")})
        depot.git("switch", "--quiet", "main")
        depot.commit("Nour", {"a.md": f"Avant tout\n\n{page('A')}"})
        depot.merge("branche", "Camille")
        history = read(depot)
        assert history.pages["a.md"].last.author == "Nour"
        assert [change.revision.author for change in history.recent] == ["Nour", "Zoé", "Amina"]


HOSTILE_NAMES = [
    'Jean "le \'Grand"',
    "R100",
    "-x --output=f",
    ":100644 100644 0000 0000 A",
    "a -> b",
    "é́ 蜂 🐝",
    "<script>alert(1)</script>",
]


class TestHostileText:
    @pytest.mark.parametrize("name", HOSTILE_NAMES)
    def test_no_author_name_is_taken_for_structure(self, depot: Depot, name: str) -> None:
        depot.commit(name, {"a.md": page("A")})
        depot.commit("Zoé", {"b.md": page("B")})
        history = read(depot)
        assert set(history.pages) == {"a.md", "b.md"}
        assert history.pages["a.md"].authors == (depot.git("log", "-1", "--format=%an", "HEAD~1"),)
        assert history.pages["b.md"].authors == ("Zoé",)

    @pytest.mark.parametrize(
        "subject",
        [
            "Titre\n\nCo-authored-by: Un Autre <x@y>\nSigned-off-by: Faux <x@y>",
            "commit 0123456789012345678901234567890123456789\nAuthor: Faux <x@y>",
            ":100644 100644 aaaa bbbb M",
            "\\0 \\x00 %x00 %aN ￿",
            "x" * 100_000,
            "",
        ],
    )
    def test_no_subject_is_taken_for_structure(self, depot: Depot, subject: str) -> None:
        depot.write({"a.md": page("A")})
        depot.git("add", "--all")
        depot.git("commit", "-q", "--allow-empty-message", "--cleanup=verbatim", "-m", subject, **depot.as_("Amina"))
        depot.commit("Zoé", {"b.md": page("B")})
        history = read(depot)
        assert {path: past.authors for path, past in history.pages.items()} == {"a.md": ("Amina",), "b.md": ("Zoé",)}
        assert len(history.pages["a.md"].first.subject) <= 200
        assert "\n" not in history.pages["a.md"].first.subject

    @pytest.mark.parametrize(
        "name",
        [
            "saut\nde ligne.md",
            "\n:000000 100644 0 0 A.md",
            "tab\tet \"guillemets\" et 'apostrophes'.md",
            "a -> b.md",
            "-rf.md",
            "--output=x.md",
            ":(top)x.md",
            "é et 蜂 🐝.md",
            os.fsdecode(b"latin-\xe9-\xff.md"),
        ],
    )
    def test_no_file_name_is_taken_for_structure(self, depot: Depot, name: str) -> None:
        depot.commit("Amina", {name: page("A")})
        depot.move(name, f"dossier/{name}")
        depot.commit("Zoé", {"b.md": page("B")})
        history = read_history(depot.root, depot.root / "cache")
        assert set(history.pages) == {f"dossier/{name}", "b.md"}
        assert history.pages[f"dossier/{name}"].authors == ("Amina",)
        assert read_history(depot.root, depot.root / "cache") == history

    def test_a_commit_that_no_git_would_write_is_read(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        depot.write({"b.md": page("B")})
        depot.git("add", "--all")
        tree, parent = depot.git("write-tree"), depot.git("rev-parse", "HEAD")
        people = "author \x1b[31mRouge\u202e\u200b <x> 99999999999999 +9999\ncommitter <> -5 -0000\n"
        text = f"tree {tree}\nparent {parent}\n{people}encoding latin1\n\nUn\x07 sujet \xe9\n".encode()
        command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
        made = subprocess.run(command, cwd=depot.root, input=text, capture_output=True, check=True)
        depot.git("reset", "--quiet", "--hard", made.stdout.decode().strip())
        depot.commit("Zoé", {"b.md": page("B", "plus")})
        past = read(depot).pages["b.md"]
        assert all(name.isprintable() for name in past.authors)
        assert set(past.authors) >= {"Zoé"}
        assert past.first.subject.isprintable()


class TestCoverage:
    def test_a_cut_clone_says_so_and_credits_nobody_for_the_cut(self, depot: Depot, tmp_path: Path) -> None:
        depot.commit("Amina", {"a.md": page("A"), "b.md": page("B")})
        depot.commit("Zoé", {"c.md": page("C")})
        depot.commit("Nour", {"b.md": page("B", "plus"), "d.md": page("D")})
        address = f"file://{depot.root}"
        depot.git("clone", "--quiet", "--depth", "2", address, str(tmp_path / "cut"))
        history = read_history(tmp_path / "cut", tmp_path / "cut/cache")
        assert history.coverage is Coverage.SHALLOW
        untouched, touched, new = (history.pages[name] for name in ("a.md", "b.md", "d.md"))
        assert (untouched.is_cut, untouched.authors, untouched.changes, untouched.first.author) == (True, (), 0, "")
        assert untouched.first.when.day == 3
        assert (touched.is_cut, touched.authors, touched.last.author) == (True, ("Nour",), "Nour")
        assert (new.is_cut, new.first.author) == (False, "Nour")
        assert "Zoé" not in repr(history)
        assert [(change.path, change.kind) for change in history.recent] == [("b.md", "changed"), ("d.md", "added")]
        subprocess.run(["git", "fetch", "--quiet", "--unshallow"], cwd=tmp_path / "cut", check=True)
        assert read_history(tmp_path / "cut", tmp_path / "cut/cache") == read(depot)

    def test_a_clone_that_fetches_on_demand_is_not_made_to(self, depot: Depot, tmp_path: Path) -> None:
        depot.commit("Amina", {"a.md": page("A"), "b.md": page("B")})
        depot.move("a.md", "c.md")
        depot.move("b.md", "d.md")
        depot.commit("Zoé", {"d.md": page("B", "plus")})
        depot.git("config", "uploadpack.allowFilter", "true")
        address = f"file://{depot.root}"
        depot.git("clone", "--quiet", "--filter=blob:none", "--no-checkout", address, str(tmp_path / "partial"))
        depot.root.rename(tmp_path / "elsewhere")
        history = read_history(tmp_path / "partial", None)
        assert history.coverage is Coverage.WHOLE
        assert history.pages["c.md"].authors == ("Amina",)
        assert history.pages["d.md"].authors == ("Zoé",)  # the price: a move with an edit is not seen

    def test_without_a_repository_nothing_is_known(self, tmp_path: Path) -> None:
        history = read_history(tmp_path, tmp_path / "cache")
        assert (history.coverage, history.absence) == (Coverage.NONE, Absence.NO_REPOSITORY)
        assert (history.pages, history.recent) == ({}, ())
        assert not (tmp_path / "cache").exists()

    def test_without_a_commit_nothing_is_known(self, depot: Depot) -> None:
        depot.write({"a.md": page("A")})
        assert read(depot).absence is Absence.NO_COMMIT

    def test_a_wiki_that_the_repository_around_ignores_has_no_history(self, depot: Depot) -> None:
        depot.commit("Amina", {".gitignore": "wiki/\n", "wiki/a.md": page("A"), "b.md": page("B")})
        assert read_history(depot.root / "wiki", None).absence is Absence.NO_COMMIT

    def test_a_repository_that_git_refuses_has_no_history(self, depot: Depot) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        config = depot.root / ".git/config"
        config.write_text(config.read_text().replace("repositoryformatversion = 0", "repositoryformatversion = 99"))
        history = read(depot)
        assert (history.coverage, history.absence) == (Coverage.NONE, Absence.FAILED)
        assert "99" in history.detail
        assert "\n" not in history.detail

    def test_somebody_else_s_repository_has_no_history(self, depot: Depot, monkeypatch: pytest.MonkeyPatch) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        history = read(depot)
        assert history.absence is Absence.FAILED
        assert "dubious ownership" in history.detail

    @pytest.mark.parametrize("damage", ["tree", "commit", "head", "config", "repository"])
    def test_a_damaged_repository_has_no_history(self, depot: Depot, damage: str) -> None:
        depot.commit("Amina", {"a.md": page("A")})
        depot.commit("Amina", {"a.md": page("A", "plus")})
        if damage == "head":
            (depot.root / ".git/refs/heads/main").write_text("x" * 40)
        elif damage == "config":
            (depot.root / ".git/config").write_text("[core\nx = y")
        elif damage == "repository":
            shutil.rmtree(depot.root / ".git/objects")
        else:
            name = depot.git("rev-parse", "HEAD~1^{tree}" if damage == "tree" else "HEAD~1")
            (depot.root / ".git/objects" / name[:2] / name[2:]).unlink()
        assert read(depot).coverage is Coverage.NONE

    def test_a_wiki_may_be_a_folder_of_a_repository(self, depot: Depot) -> None:
        depot.commit("Amina", {"wiki/docs/a.md": page("A"), "autre/x.md": page("X"), "wiki.md": page("W")})
        depot.move("autre/x.md", "wiki/x.md")
        depot.commit("Zoé")
        history = read_history(depot.root / "wiki", None)
        assert set(history.pages) == {"docs/a.md", "x.md"}
        assert {change.path for change in history.recent} == {"docs/a.md", "x.md"}


Trap = Callable[[Depot, Path, pytest.MonkeyPatch], None]


def _hook(depot: Depot, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hook of another repository sets."""
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / ".git/objects"))
    monkeypatch.setenv("GIT_COMMON_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))


def _configuration(depot: Depot, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that change what `git log` prints."""
    settings = {
        "log.showSignature": "true",
        "log.follow": "true",
        "log.date": "relative",
        "log.decorate": "full",
        "log.diffMerges": "first-parent",
        "log.showRoot": "false",
        "format.pretty": "fuller",
        "format.notes": "true",
        "diff.renames": "false",
        "diff.renameLimit": "1",
        "diff.noprefix": "true",
        "diff.external": "touch trompe",
        "color.ui": "always",
        "core.pager": "touch trompe",
        "core.quotepath": "true",
        "i18n.logOutputEncoding": "latin1",
        "pager.log": "true",
        "alias.log": "status",
        "mailmap.file": "absent",
    }
    for name, value in settings.items():
        depot.git("config", name, value)


def _surroundings(depot: Depot, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that change what `git log` prints."""
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER"):
        monkeypatch.setenv(name, "touch trompe")
    monkeypatch.setenv("GIT_TRACE", "2")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setenv("GIT_NOTES_DISPLAY_REF", "refs/notes/*")


def _replacement(depot: Depot, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that pretends to be another."""
    depot.git("replace", depot.git("rev-parse", "HEAD~1"), depot.git("rev-parse", "HEAD"), "--force")


@pytest.mark.parametrize("trap", [_hook, _configuration, _surroundings, _replacement])
def test_what_surrounds_a_build_changes_nothing(
    depot: Depot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: Trap
) -> None:
    depot.commit("Amina", {"dossier é/a.md": page("A"), "b.md": page("B")})
    depot.git("notes", "add", "-m", "note\nde bas de page")
    depot.move("dossier é/a.md", "c.md")
    depot.commit("Zoé", {"b.md": page("B", "plus")}, "Été")
    expected = read(depot)
    other = Depot(tmp_path / "autre")
    other.commit("Un Autre", {"autre.md": page("Autre")})
    trap(depot, other.root, monkeypatch)
    before = dict(os.environ)
    assert read(depot) == expected
    assert set(expected.pages) == {"b.md", "c.md"}
    assert dict(os.environ) == before
    assert not list(tmp_path.rglob("trompe"))


def test_without_the_git_program_nothing_is_known(depot: Depot, tmp_path: Path) -> None:
    """In a process of its own: GitPython looks for the program once."""
    depot.commit("Amina", {"a.md": page("A")})
    code = (
        "import sys; from pathlib import Path; from essaim_git.history import read_history; "
        "h = read_history(Path(sys.argv[1]), None); print(h.coverage, h.absence, len(h.pages))"
    )
    python = shutil.which("python", path=str(Path(sys.executable).parent))
    for refresh in ("", "quiet"):
        surroundings = {"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
        surroundings |= {"GIT_PYTHON_REFRESH": refresh} if refresh else {}
        done = subprocess.run(
            [str(python), "-c", code, str(depot.root)], env=surroundings, capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["none", "no-git", "0"]
        assert "Traceback" not in done.stderr
