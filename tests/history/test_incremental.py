"""What is kept of a history: brought up to date, it is the one that a fresh pass reads."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from essaim_git.history import read_history
from tests.history.depot import Depot, page

PEOPLE = ("Amina", "Zoé", "Nour", "Camille", "")


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    depot = Depot(tmp_path / "wiki")
    depot.commit("Amina", {".gitignore": ".essaim_cache\n", "a.md": page("A")})
    return depot


def cache(depot: Depot) -> Path:
    return depot.root / ".essaim_cache"


def check(depot: Depot) -> None:
    """Compare what the cache gives, twice, with a fresh pass."""
    fresh = read_history(depot.root, None)
    assert read_history(depot.root, cache(depot)) == fresh
    assert read_history(depot.root, cache(depot)) == fresh


class Life:
    """What may happen to a wiki, at random; the same for the same seed."""

    def __init__(self, depot: Depot, seed: int) -> None:
        self.depot, self.dice, self.made = depot, random.Random(seed), 0  # noqa: S311

    def pages(self) -> list[str]:
        tracked = self.depot.git("ls-files", "-z").split("\0")
        return sorted(path for path in tracked if path.endswith(".md"))

    def live(self) -> None:
        deeds: list[Callable[[], None]] = [self.write] * 5 + [self.move, self.remove, self.revert, self.reuse]
        self.dice.choice([*deeds, self.branch, self.branch, self.amend, self.reset])()

    def record(self) -> None:
        self.depot.commit(self.dice.choice(PEOPLE[:-1]), subject=f"Geste {self.made}")

    def write(self) -> None:
        self.made += 1
        known = self.pages()
        if known and self.dice.random() < 0.6:
            path = self.dice.choice(known)
            text = (self.depot.root / path).read_text() + f"Retouche {self.made}.\n"
            self.depot.write({path: text})
        else:
            self.depot.write({f"d{self.dice.randrange(3)}/p{self.made}.md": page(f"Page {self.made}")})
        self.record()

    def move(self) -> None:
        self.made += 1
        known = self.pages()
        if known:
            path = self.dice.choice(known)
            new = f"d{self.dice.randrange(3)}/m{self.made}.md"
            self.depot.move(path, new)
            if self.dice.random() < 0.5:
                self.depot.write({new: (self.depot.root / new).read_text() + "Déplacée.\n"})
            self.record()

    def remove(self) -> None:
        known = self.pages()
        if known:
            self.depot.write({self.dice.choice(known): None})
            self.record()

    def reuse(self) -> None:
        self.made += 1
        names = {change.path for change in read_history(self.depot.root, None).recent}
        self.depot.write({self.dice.choice(sorted(names)): page(f"Autre {self.made}", "sans rapport")})
        self.record()

    def revert(self) -> None:
        commit = self.depot.git("rev-list", "--no-merges", "-5", "HEAD").split("\n")
        environment = self.depot.as_(self.dice.choice(PEOPLE[:-1]))
        chosen = self.dice.choice(commit)
        options = ("-c", "merge.conflictStyle=merge")
        try:
            self.depot.git(*options, "revert", "--no-edit", "-Xours", chosen, **environment)
        except Exception:
            self.depot.git("reset", "--quiet", "--hard")

    def branch(self) -> None:
        self.made += 1
        name = f"b{self.made}"
        self.depot.git("switch", "--quiet", "--create", name)
        for _ in range(self.dice.randrange(1, 4)):
            self.dice.choice([self.write, self.write, self.move, self.remove])()
        self.depot.git("switch", "--quiet", "main")
        for _ in range(self.dice.randrange(3)):
            self.dice.choice([self.write, self.move])()
        self.merge(name)

    def merge(self, name: str) -> None:
        try:
            self.depot.merge(name, "Fusion", "-Xours")
        except Exception:  # one side moved or removed what the other changed: keep everything
            self.depot.git("add", "--all")
            self.depot.git("commit", "--quiet", "--message", "Conflit", **self.depot.as_("Fusion"))

    def amend(self) -> None:
        self.depot.git("commit", "--quiet", "--amend", "--allow-empty", "-m", "Repris", **self.depot.as_("Zoé"))

    def reset(self) -> None:
        if int(self.depot.git("rev-list", "--count", "--first-parent", "HEAD")) > 4:
            self.depot.git("reset", "--quiet", "--hard", f"HEAD~{self.dice.randrange(1, 4)}")


@pytest.mark.parametrize("seed", range(4))
def test_a_history_kept_is_the_one_a_fresh_pass_reads(depot: Depot, seed: int) -> None:
    life = Life(depot, seed)
    for _ in range(20):
        life.live()
        check(depot)
    assert json.loads((cache(depot) / "history.json").read_text())["commits"] > 5


def test_a_branch_taken_in_place_of_the_first_is_read_again(depot: Depot) -> None:
    """Seen from the new commit, the one known is on the side: of two changes at one moment, another is the last."""
    depot.git("switch", "--quiet", "--create", "branche")
    depot.commit("Zoé", {"a.md": page("A", "à la fin")})
    depot.git("switch", "--quiet", "main")
    depot.day -= timedelta(days=1)
    depot.commit("Nour", {"a.md": f"Avant tout.\n\n{page('A')}"})
    check(depot)
    depot.git("switch", "--quiet", "branche")
    depot.merge("main", "Camille")
    check(depot)


def test_a_rewritten_history_is_read_again(depot: Depot) -> None:
    depot.commit("Zoé", {"a.md": page("A", "à retirer")})
    assert "Zoé" in read_history(depot.root, cache(depot)).pages["a.md"].authors
    depot.git("reset", "--quiet", "--hard", "HEAD~1")
    check(depot)
    assert "Zoé" not in (cache(depot) / "history.json").read_text()
    depot.git("checkout", "--quiet", "--orphan", "neuve")
    depot.commit("Nour")
    check(depot)
    assert read_history(depot.root, cache(depot)).pages["a.md"].authors == ("Nour",)


def test_a_known_commit_that_is_gone_is_read_again(depot: Depot) -> None:
    depot.commit("Zoé", {"a.md": page("A", "à retirer")})
    read_history(depot.root, cache(depot))
    depot.git("reset", "--quiet", "--hard", "HEAD~1")
    depot.git("reflog", "expire", "--expire=now", "--all")
    depot.git("gc", "--quiet", "--prune=now")
    check(depot)


def test_nothing_is_written_when_nothing_changed(depot: Depot) -> None:
    read_history(depot.root, cache(depot))
    before = (cache(depot) / "history.json").stat()
    read_history(depot.root, cache(depot))
    after = (cache(depot) / "history.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert {path.name for path in cache(depot).iterdir()} == {".gitignore", "history.json"}
    assert (cache(depot) / ".gitignore").read_text() == "*\n"


def _set(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def damage(data: dict[str, Any]) -> None:
        data[name] = value

    return damage


DAMAGE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "format": _set("format", [0, ""]),
    "circumstances": lambda data: data["format"].__setitem__(1, "autre"),
    "option": _set("head", "--output=trompe"),
    "foreign commit": _set("head", "0" * 40),
    "no trail": _set("trails", []),
    "naive": lambda data: data["revisions"][0].__setitem__(1, "2026-03-01T10:00:00"),
    "number": lambda data: data["revisions"][0].__setitem__(2, 12),
    "list": _set("here", [1, 2]),
    "missing": lambda data: data.pop("moved"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_or_foreign_entry_is_no_entry(depot: Depot, damage: str) -> None:
    depot.commit("Zoé", {"a.md": page("A", "plus"), "b.md": page("B")})
    read_history(depot.root, cache(depot))
    file = cache(depot) / "history.json"
    data = json.loads(file.read_text())
    DAMAGE[damage](data)
    file.write_text(json.dumps(data))
    check(depot)
    assert not list(depot.root.rglob("trompe"))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[]", b"null", b'{"format": 1}', b"[" * 100_000])
def test_an_entry_that_is_no_entry_is_none(depot: Depot, content: bytes) -> None:
    cache(depot).mkdir()
    (cache(depot) / "history.json").write_bytes(content)
    check(depot)


def test_a_folder_that_cannot_be_written_keeps_nothing(depot: Depot) -> None:
    cache(depot).write_text("un fichier à la place du dossier")
    check(depot)
    assert cache(depot).read_text() == "un fichier à la place du dossier"
