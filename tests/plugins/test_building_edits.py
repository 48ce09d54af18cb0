"""After any edits, the site that was followed is the site that is built from nothing, byte for byte, for everybody.

A short run belongs to the suite; `ESSAIM_EDITS=400` makes each of its wikis go through four hundred.
"""

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from essaim.views.audience import Audience
from mkdocs_essaim.build import build
from mkdocs_essaim.building.tree import files_of
from mkdocs_essaim.building.workers import Crew
from tests.conftest import write_files

EDITS = int(os.environ.get("ESSAIM_EDITS", "6"))
SETTINGS = """\
site_name: Mesure
theme: {name: null, custom_dir: habit}
plugins: [essaim, essaim-links, essaim-history, essaim-views]
validation: {omitted_files: ignore, unrecognized_links: ignore, anchors: ignore, not_found: ignore}
"""
HABIT = {
    "habit/main.html": (
        "<!doctype html><html lang=fr><head><title>{{ page.title }} {{ config.site_name }}</title></head><body>"
        "<ul>{% for item in nav %}<li>{{ item.title }}</li>{% endfor %}</ul>{{ page.content }}</body></html>"
    ),
    "habit/mkdocs_theme.yml": "static_templates: []\n",
}
TYPES = {
    "outils/_type.yml": (
        "type: outil\nlabel: {one: outil, many: outils}\nreview_every: 6 months\nfields:\n"
        "  titre: {type: text, required: true}\n  resume: {type: text}\n  prix: {type: integer}\n"
        "  secret: {type: text, visibility: members}\n  verifie_le: {type: date}\n"
        "  avec: {type: reference, to: outil, many: true, inverse: {name: va_avec, label: Va avec}}\n"
        "  chez: {type: reference, to: personne, inverse: {name: garde, label: Garde}}\n"
        "index: {view: table, columns: [titre, prix, chez]}\n"
    ),
    "personnes/_type.yml": (
        "type: personne\nlabel: {one: personne, many: personnes}\nfields:\n  titre: {type: text}\n"
        "  mot: {type: text, visibility: members}\nindex: {view: list}\n"
    ),
    "reserve/_type.yml": "type: note\nlabel: {one: note, many: notes}\nvisibility: members\nindex: {view: list}\n",
}
WORDS = "marteau pince clé vis écrou établi scie ponceuse étau rabot équerre mètre niveau tenaille lime".split()
QUERIES = (
    "de: outil\nou: prix > 10\nvue: tableau\ncolonnes: [titre, prix, chez]\ntri: -prix",
    "de: outil\nou: cite contains this\nvue: liste",
    "de: personne\nvue: compteur",
    "de: outil\ngroupe_par: chez\nvue: liste",
)


class Wiki:
    """A small wiki that somebody edits at random, always the same for the same seed."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance, self.day = root, random.Random(seed), 1  # noqa: S311
        write_files(root, {"mkdocs.yml": SETTINGS, **HABIT, **TYPES, "docs/index.md": "# Accueil\n\nBonjour.\n"})
        write_files(root, {"outils/index.md": "# Nos outils\n\nTous.\n", "docs/a-ecrire.md": "# À écrire\n\nTôt.\n"})
        write_files(root, {"docs/_cae.yml": "nom: La Navette\ntaux: 10 %\n"})
        for _ in range(10):
            self.add()
        self._git("init", "-q", "-b", "main")
        self.commit()

    def _git(self, *arguments: str) -> None:
        identity = {"GIT_AUTHOR_NAME": self.chance.choice(["Zoé", "Léa", "Max"]), "GIT_AUTHOR_EMAIL": "a@b.invalid"}
        when = f"2026-10-{self.day:02d}T12:00:00Z"
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_COMMITTER_NAME": "x"}
        environment = {**os.environ, **identity, **dates, "GIT_COMMITTER_EMAIL": "a@b.invalid"}
        subprocess.run(["git", *arguments], cwd=self.root, check=True, env=environment, capture_output=True)

    def pages(self) -> list[Path]:
        folders = ("outils", "personnes", "reserve", "docs")
        return sorted(path for folder in folders for path in (self.root / folder).rglob("*.md"))

    def some(self) -> Path:
        return self.chance.choice([path for path in self.pages() if path.name != "index.md"])

    def words(self, many: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=many))

    def link(self) -> str:
        path = self.chance.choice([*self.pages(), Path(f"{self.chance.choice(WORDS)}.md")])
        form = self.chance.choice(
            ["[[{0}]]", "[[{0}|ce {0}]]", "![[{0}]]", "[[{0}#Usage]]", "{{{{ cae.taux }}}} [[{0}]]"]
        )
        return form.format(path.stem)

    def body(self) -> str:
        query = f"\n```requete\n{self.chance.choice(QUERIES)}\n```\n" if self.chance.random() < 0.25 else ""
        said = self.chance.choice(["", "{{ cae.taux }} ", f"{self.link()} "])
        below = f"\n### {said}{self.words(1)}\n\n{self.words(3)}\n" if self.chance.random() < 0.4 else ""
        return f"## Usage\n\n{self.words(6)} {self.link()}. {self.words(5)} {self.link()}.\n{query}{below}"

    def add(self) -> None:
        folder = self.chance.choice(["outils", "outils", "outils", "personnes", "personnes", "reserve", "docs/notes"])
        path = self.root / folder / f"{self.chance.choice(WORDS)}-{self.chance.randrange(6)}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        fields = [f"titre: {self.words(2)}"] if folder in ("outils", "personnes") else []
        if folder == "outils":
            named = [page.stem for page in self.pages() if page.parent.name == "outils"]
            people = [page.stem for page in self.pages() if page.parent.name == "personnes"]
            fields += [f"prix: {self.chance.randrange(30)}", f"secret: {self.words(2)}"]
            fields += [f"avec: [{', '.join(self.chance.sample(named, min(2, len(named))))}]"]
            fields += [f"chez: {self.chance.choice(people)}"] if people else []
            fields += ["verifie_le: 2026-04-20"] if self.chance.random() < 0.5 else []
        head = "---\n" + "\n".join(fields) + "\n---\n\n" if fields else f"# {self.words(2)}\n\n"
        path.write_text(head + self.body(), "utf-8")

    def write(self) -> None:
        path = self.some()
        head, mark, _ = path.read_text("utf-8").partition("## Usage")
        path.write_text(head + self.body() if mark else f"# {self.words(2)}\n\n{self.body()}", "utf-8")

    def retitle(self) -> None:
        path = self.some()
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(f"titre: {self.words(2)}\n" if line.startswith("titre:") else line for line in lines))

    def value(self) -> None:
        path = self.some()
        lines = path.read_text("utf-8").splitlines(keepends=True)
        new = {"prix:": f"prix: {self.chance.randrange(30)}\n", "secret:": f"secret: {self.words(3)}\n"}
        path.write_text("".join(new.get(line.partition(" ")[0], line) for line in lines), "utf-8")

    def rename(self) -> None:
        path = self.some()
        path.rename(path.with_name(f"{self.chance.choice(WORDS)}-{self.chance.randrange(9)}.md"))

    def move(self) -> None:
        path = self.some()
        path.rename(self.root / self.chance.choice(["outils", "personnes", "reserve", "docs"]) / path.name)

    def delete(self) -> None:
        if len(self.pages()) > 6:
            self.some().unlink()

    def spoil(self) -> None:
        path = self.some()
        path.write_text(path.read_text("utf-8").replace("prix: ", "prix: cher "), "utf-8")

    def declare(self) -> None:
        path = self.root / "outils" / "_type.yml"
        label = self.chance.choice(["Va avec", "S'emploie avec"])
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(_relabelled(line, label) for line in lines), "utf-8")

    def decide(self) -> None:
        write_files(self.root, {"docs/_cae.yml": f"nom: La Navette\ntaux: {self.chance.randrange(9)} %\n"})

    def configure(self) -> None:
        name = self.chance.choice(["Mesure", "Autre nom"])
        write_files(self.root, {"mkdocs.yml": SETTINGS.replace("site_name: Mesure", f"site_name: {name}")})

    def picture(self) -> None:
        path = self.root / "docs" / "image.svg"
        if path.exists():
            path.unlink()
        else:
            path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    def commit(self) -> None:
        self._git("add", "-A")
        self._git("commit", "-q", "--allow-empty", "-m", self.words(2))

    def wait(self) -> None:
        self.day = min(28, self.day + 3)

    def edit(self) -> str:
        usual = [self.add, self.write, self.write, self.retitle, self.value, self.rename, self.move, self.delete]
        rare = [self.spoil, self.declare, self.decide, self.configure, self.picture, self.commit, self.wait]
        chosen: Callable[[], None] = self.chance.choice([*usual, *rare])
        chosen()
        return chosen.__name__


def _relabelled(line: str, label: str) -> str:
    head, mark, _ = line.partition("label: ")
    return f"{head}{mark}{label}}}}}\n" if mark and "va_avec" in line else line


def built(root: Path, audience: Audience, monkeypatch: pytest.MonkeyPatch, day: int) -> dict[str, bytes]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_792_000_000 + day * 86_400))
    site = root.parent / f"site-{root.name}-{audience.value}"
    build(root / "mkdocs.yml", audience, site, strict=False, workers=Crew(size=1))
    return {path: (site / path).read_bytes() for path in files_of(site)}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("audience", Audience)
def test_incremental_is_clean(tmp_path: Path, audience: Audience, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wiki, done = Wiki(tmp_path / "wiki", seed), []
    built(wiki.root, audience, monkeypatch, wiki.day)
    for _ in range(EDITS):
        done += [wiki.edit() for _ in range(wiki.chance.choice([1, 1, 2]))]
        followed = built(wiki.root, audience, monkeypatch, wiki.day)
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(wiki.root, copy, ignore=shutil.ignore_patterns(".essaim_cache"))
        clean = built(copy, audience, monkeypatch, wiki.day)
        different = sorted(path for path in clean.keys() | followed.keys() if clean.get(path) != followed.get(path))
        assert different == [], done
