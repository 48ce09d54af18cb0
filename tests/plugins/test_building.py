"""`essaim build`: the site of MkDocs, made from what changed, and never half of one."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from essaim.schema.model import PageType
from essaim.views import index
from essaim.views.audience import Audience
from mkdocs_essaim.build import build as build_here
from mkdocs_essaim.build import order_of
from mkdocs_essaim.building.gather import gather
from mkdocs_essaim.building.memory import NOTHING, recall
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.tree import files_of
from mkdocs_essaim.building.trees import NO_TREES, recall_trees
from mkdocs_essaim.building.workers import Crew
from tests.conftest import run_module, write_files

SETTINGS = """\
site_name: Mesure
theme: {name: material, language: fr, font: false}
plugins: [essaim, essaim-links, essaim-history, essaim-views, essaim-search]
"""
TYPE = """\
type: outil
label: {one: outil, many: outils}
fields:
  titre: {type: text, required: true}
  resume: {type: text}
  avec: {type: reference, to: outil, many: true, inverse: {name: va_avec, label: Va avec}}
index: {view: list}
"""
EXTENSION = """\
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
class Adds(Postprocessor):
    def run(self, text):
        return text + "<p>UN</p>"
class Added(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Adds(md), "adds", 1)
def makeExtension(**options):
    return Added(**options)
"""
HOOK = """\
def said():
    return "UN"
def on_config(config):
    config.extra["dit"] = said
"""


def tool(number: int, words: str = "On s'en sert tous les jours.", title: str = "") -> str:
    other = (number * 7 + 3) % 30
    links = f"Voir [[outil-{other}]] et [[outil-{(number + 1) % 30}|le suivant]]."
    return f"---\ntitre: {title or f'Outil {number}'}\navec: [outil-{other}]\n---\n\n## Usage\n\n{words} {links}\n"


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    """Write a wiki of thirty tools, a home page that counts them, and a picture."""
    root = tmp_path / "wiki"
    files = {f"outils/outil-{number}.md": tool(number) for number in range(30)}
    home = "# Accueil\n\n![Un trait](images/trait.svg)\n\n```requete\nde: outil\nvue: compteur\n```\n"
    write_files(root, {"mkdocs.yml": SETTINGS, "outils/_type.yml": TYPE, "docs/index.md": home, **files})
    write_files(root, {"docs/images/trait.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'})
    return root


def build(root: Path, *options: str, status: int = 0) -> dict[str, Any]:
    """Build a wiki; return what the command tells as JSON."""
    done = run_module("essaim_app", "build", "--format", "json", *options, cwd=root, status=status)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def files(site: Path) -> dict[str, bytes]:
    return {path: (site / path).read_bytes() for path in files_of(site)}


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def spoil(file: Path, damage: bytes | None) -> None:
    """Put other bytes in place of a file; for None, in place of its end."""
    file.write_bytes(file.read_bytes()[:-30] + b"x" * 30 if damage is None else damage)


def clean(root: Path, status: int = 0) -> dict[str, bytes]:
    """Return the files of a build from nothing."""
    copy = root.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", ".essaim_cache"))
    build(copy, status=status)
    return files(copy / "site")


class TestSame:
    def test_as_mkdocs_by_one_process_by_two_and_by_processes_that_are_no_copies(self, wiki: Path) -> None:
        run_module("mkdocs", "build", "-q", "-d", "../plain", cwd=wiki, status=0)
        expected = files(wiki.parent / "plain")
        for number in ("1", "2"):
            build(wiki, "--site-dir", f"../by-{number}", "--processes", number)
            assert files(wiki.parent / f"by-{number}") == expected
        code = (
            "from pathlib import Path\nfrom essaim.views.audience import Audience\n"
            "from mkdocs_essaim.build import build\n"
            "from mkdocs_essaim.building.workers import Crew\n"
            "if __name__ == '__main__':\n"
            "    done = build(Path('mkdocs.yml').resolve(), Audience.PUBLIC, Path('../apart'), strict=False,\n"
            "                 workers=Crew(size=2, forks=False))\n"
            "    print(done.rendered)\n"
        )
        (wiki.parent / "apart.py").write_text(code, "utf-8")
        done = subprocess.run([sys.executable, "../apart.py"], cwd=wiki, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert int(done.stdout) > 30
        assert files(wiki.parent / "apart") == expected


class TestCounts:
    def test_nothing_changed_nothing_made_nothing_written(self, wiki: Path) -> None:
        first = build(wiki)
        assert first["rendered"] >= first["pages"] == 31
        before = {path: (wiki / "site" / path).stat() for path in files(wiki / "site")}
        again = build(wiki)
        assert (again["rendered"], again["written"], again["removed"]) == (0, 0, 0)
        assert again["unchanged"] == first["written"] == len(before)
        assert {path: (wiki / "site" / path).stat() for path in files(wiki / "site")} == before

    def test_an_edited_body_is_one_page(self, wiki: Path) -> None:
        build(wiki)
        edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
        assert build(wiki)["rendered"] == 1
        edit(wiki, "outils/outil-4.md", "Voir", "Comparez avec")
        assert build(wiki)["rendered"] == 2  # the page, and the one that shows the sentence in which it is cited
        assert files(wiki / "site") == clean(wiki)

    def test_a_title_is_the_pages_that_show_it(self, wiki: Path) -> None:
        build(wiki)
        edit(wiki, "outils/outil-4.md", "Outil 4", "Marteau")
        told = build(wiki)
        shown = [p for p in (wiki / "site").rglob("index.html") if "Marteau" in p.read_text("utf-8")]
        assert told["rendered"] == len(shown) < 15
        assert files(wiki / "site") == clean(wiki)

    def test_a_title_is_on_the_index_and_the_list_that_somebody_wrote_a_text_for(self, wiki: Path) -> None:
        written = {"outils/index.md": "# Nos outils\n\nÀ rendre.\n", "docs/toutes-les-fiches.md": "# Tout\n\nIci.\n"}
        write_files(wiki, written)
        build(wiki)
        edit(wiki, "outils/outil-4.md", "Outil 4", "Marteau")
        build(wiki)
        for page in ("outils", "toutes-les-fiches"):
            assert "Marteau" in (wiki / "site" / page / "index.html").read_text("utf-8")
        assert files(wiki / "site") == clean(wiki)

    def test_what_is_made_from_all_pages_is_made_when_a_title_or_a_section_is_another(self, wiki: Path) -> None:
        made = ["inventaire.json", "apercus/0.json"]

        def moved_by(old: str, new: str) -> list[str]:
            before = files(wiki / "site")
            edit(wiki, "outils/outil-4.md", old, new)
            build(wiki)
            after = files(wiki / "site")
            assert {path: after[path] for path in made} == {path: clean(wiki)[path] for path in made}
            return [path for path in made if after[path] != before[path]]

        build(wiki)
        assert moved_by("tous les jours", "le lundi") == []
        assert moved_by("## Usage", "## Emploi") == ["inventaire.json"]
        assert moved_by("Outil 4", "Marteau") == made

    def test_a_site_that_was_not_published_leaves_nothing_old(self, wiki: Path) -> None:
        build(wiki)
        edit(wiki, "outils/outil-4.md", "Outil 4", "Marteau")
        order = order_of(wiki / "mkdocs.yml", Audience.PUBLIC, None, strict=False)
        gather(order, Crew(size=1), Progress()).publication.abandon()  # as a process that is killed there leaves it
        build(wiki)
        assert files(wiki / "site") == clean(wiki)

    def test_a_text_leaves_the_indexes_unasked(self, wiki: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_files(wiki, {"outils/index.md": "# Nos outils\n", "docs/notes/une.md": "# Une\n"})
        lists, made = index._collection_list, list[str]()

        def made_list(page_type: PageType, *others: Any) -> index.IndexList:
            made.append(page_type.name)
            return lists(page_type, *others)

        def lists_made() -> list[str]:
            made.clear()
            build_here(wiki / "mkdocs.yml", Audience.PUBLIC, None, strict=False, workers=Crew(size=1))
            return made

        monkeypatch.setattr(index, "_collection_list", made_list)
        assert lists_made() == ["outil"]
        edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
        assert lists_made() == []
        edit(wiki, "outils/outil-4.md", "Outil 4", "Marteau")
        assert lists_made() == ["outil"]

    def test_a_page_that_is_gone_leaves_nothing(self, wiki: Path) -> None:
        build(wiki)
        (wiki / "outils/outil-4.md").unlink()
        told = build(wiki, status=1)  # a page that names it waits for a correction
        assert told["removed"] >= 1
        assert not (wiki / "site/outils/outil-4").exists()
        assert files(wiki / "site") == clean(wiki, status=1)

    def test_what_stands_there_and_is_not_ours_goes_but_what_is_hidden(self, wiki: Path) -> None:
        build(wiki)
        write_files(wiki / "site", {"vieux/page.html": "x", ".nojekyll": "", "index.html": "touched"})
        build(wiki)
        found = files(wiki / "site")
        assert found.pop(".nojekyll") == b""
        assert found == clean(wiki)
        edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
        build(wiki)
        assert not (wiki / "site/vieux").exists()
        assert (wiki / "site/.nojekyll").exists()

    def test_a_second_name_that_leads_nowhere_goes_too(self, wiki: Path) -> None:
        build(wiki)
        (wiki / "site/boucle").symlink_to("boucle")
        (wiki / "site/.essaim-reste").write_text("a file that an interruption left")
        assert build(wiki)["removed"] == 1
        assert not (wiki / "site/boucle").is_symlink()
        assert not (wiki / "site/.essaim-reste").exists()

    def test_many_edits_later_the_site_is_that_of_a_build_from_nothing(self, wiki: Path) -> None:
        for number in range(4):
            edit(wiki, f"outils/outil-{number}.md", "tous les jours", f"le {number} du mois")
            build(wiki)
        assert files(wiki / "site") == clean(wiki)


class TestAnew:
    @pytest.mark.parametrize(
        ("path", "old", "new"),
        [
            ("mkdocs.yml", "Mesure", "Autre nom"),
            ("mkdocs.yml", "font: false", "font: false, features: [navigation.top]"),
            ("outils/_type.yml", "Va avec", "S'emploie avec"),
        ],
    )
    def test_a_setting_makes_all_that_shows_it(self, wiki: Path, path: str, old: str, new: str) -> None:
        build(wiki)
        edit(wiki, path, old, new)
        assert build(wiki)["rendered"] >= 30
        assert files(wiki / "site") == clean(wiki)

    @pytest.mark.parametrize(
        ("more", "path", "old", "new"),
        [
            ("nav: [index.md, a.md]\n", "docs/a.md", "Titre A", "Nouveau titre"),  # the menu of every page says it
            ("extra: {depuis: 2024-01-01}\n", "mkdocs.yml", "2024-01-01", "2025-01-01"),
            ("markdown_extensions: [ajout]\n", "ajout.py", "UN", "DEUX"),
            (
                "markdown_extensions: [{pymdownx.snippets: {base_path: [bouts]}}]\n",
                "bouts/bout.txt",
                "un bout",
                "deux bouts",
            ),
            ("hooks: [ajoute.py]\n", "ajoute.py", "UN", "DEUX"),
        ],
    )
    def test_what_pages_show_from_elsewhere(self, wiki: Path, more: str, path: str, old: str, new: str) -> None:
        (wiki / "mkdocs.yml").write_text(
            SETTINGS.replace("font: false", "font: false, custom_dir: habits") + more, "utf-8"
        )
        since = "<p>{{ config.extra.depuis }}{{ config.extra.dit and config.extra.dit() }}</p>"
        write_files(wiki, {"docs/a.md": '# Titre A\n\n--8<-- "bout.txt"\n', "bouts/bout.txt": "un bout\n"})
        write_files(wiki, {"habits/partials/copyright.html": since, "ajout.py": EXTENSION, "ajoute.py": HOOK})
        build(wiki)
        edit(wiki, path, old, new)
        build(wiki)
        assert files(wiki / "site") == clean(wiki)

    def test_a_hook_that_looks_at_the_whole_site_finds_it_whole(self, wiki: Path) -> None:
        (wiki / "compte.py").write_text(
            "from pathlib import Path\ndef on_post_build(config):\n    site = Path(config.site_dir)\n"
            "    (site / 'nombre.txt').write_text(str(len([*site.rglob('*.html')])))\n"
        )
        edit(wiki, "mkdocs.yml", "site_name", "hooks: [compte.py]\nsite_name")
        build(wiki)
        edit(wiki, "outils/outil-4.md", "tous les jours", "le lundi")
        build(wiki)
        assert files(wiki / "site") == clean(wiki)

    def test_a_file_in_place_of_another_of_the_same_size_and_date(self, wiki: Path) -> None:
        write_files(wiki, {"docs/note.txt": "avant"})
        dates = (wiki / "docs/note.txt").stat()
        build(wiki)
        write_files(wiki, {"docs/autre.tmp": "APRES"})
        os.utime(wiki / "docs/autre.tmp", ns=(dates.st_atime_ns, dates.st_mtime_ns))
        (wiki / "docs/autre.tmp").rename(wiki / "docs/note.txt")
        build(wiki)
        assert (wiki / "site/note.txt").read_text() == "APRES"

    def test_a_past_that_is_gone_is_shown_no_more(self, wiki: Path) -> None:
        write_files(wiki, {".gitignore": "site\n.essaim_cache\n"})
        who = ["-c", "user.name=Ada", "-c", "user.email=ada@exemple.org"]
        for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "un"]):
            subprocess.run(["git", *words], cwd=wiki, check=True)
        build(wiki)
        shutil.rmtree(wiki / ".git")
        build(wiki)
        assert files(wiki / "site") == clean(wiki)

    def test_a_theme_put_over_makes_all_again(self, wiki: Path) -> None:
        edit(wiki, "mkdocs.yml", "font: false", "font: false, custom_dir: habits")
        write_files(wiki, {"habits/partials/copyright.html": "<p>un</p>"})
        build(wiki)
        write_files(wiki, {"habits/partials/copyright.html": "<p>deux</p>"})
        assert build(wiki)["rendered"] >= 31
        assert "<p>deux</p>" in (wiki / "site/index.html").read_text("utf-8")

    @pytest.mark.parametrize("damage", [b"", b"{}", b"1 00\n{}", None])
    def test_a_damaged_memory_is_none(self, wiki: Path, damage: bytes | None) -> None:
        build(wiki)
        room = next((wiki / ".essaim_cache").glob("site-*"))
        spoil(room / "pages", damage)
        assert recall(room) == NOTHING
        assert build(wiki)["rendered"] >= 31
        assert files(wiki / "site") == clean(wiki)

    @pytest.mark.parametrize("damage", [b"", b"{}", None])
    def test_what_is_known_of_trees_is_none_when_it_is_damaged(self, wiki: Path, damage: bytes | None) -> None:
        build(wiki)
        room = next((wiki / ".essaim_cache").glob("site-*"))
        spoil(room / "arbres.json", damage)
        assert recall_trees(room) == NO_TREES
        build(wiki)
        assert files(wiki / "site") == clean(wiki)

    def test_a_plugin_that_counts_pages_has_them_all_made_in_order(self, wiki: Path) -> None:
        (wiki / "compte.py").write_text(
            "seen = []\ndef on_post_page(output, page, config):\n    seen.append(page)\n"
            "    return output + f'<!-- {len(seen)} -->'\n"
        )
        edit(wiki, "mkdocs.yml", "site_name", "hooks: [compte.py]\nsite_name")
        for _ in range(2):
            told = build(wiki)
            assert told["strangers"] == ["compte.py"]
            assert told["rendered"] >= 31
            ends = [
                re.findall(r"<!-- (\d+) -->$", path.read_text("utf-8"))
                for path in (wiki / "site").rglob("index.html")
            ]
            assert sorted(int(number) for [number] in ends) == list(range(1, len(ends) + 1))
        said = run_module("essaim_app", "build", cwd=wiki, status=0).stderr
        assert "à cause de « compte.py »" in said


@contextmanager
def reading(site: Path) -> Iterator[list[set[str]]]:
    """Read two pages again and again while something goes on; gather what they say together."""
    seen: list[set[str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            handle = os.open(site, os.O_RDONLY | os.O_DIRECTORY)  # one site, whatever takes its place meanwhile
            try:
                words = set()
                for number in range(30):
                    page = os.open(f"outils/outil-{number}/index.html", os.O_RDONLY, dir_fd=handle)
                    with os.fdopen(page, encoding="utf-8") as file:
                        words.update(re.findall(r"édition (\w+)", file.read()))
                seen.append(words)
            finally:
                os.close(handle)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield seen
    finally:
        done.set()
        reader.join()


class TestOneStep:
    def test_a_reader_has_the_old_site_or_the_new_one(self, wiki: Path) -> None:
        for number in range(30):
            edit(wiki, f"outils/outil-{number}.md", "On s'en", "En édition une, on s'en")
        build(wiki)
        with reading(wiki / "site") as seen:
            for old, new in (("une", "deux"), ("deux", "trois")):
                for number in range(30):
                    edit(wiki, f"outils/outil-{number}.md", f"édition {old}", f"édition {new}")
                build(wiki)
        assert {frozenset(words) for words in seen} <= {frozenset({word}) for word in ("une", "deux", "trois")}
        assert len(seen) > 2

    @pytest.mark.parametrize("after", [0.6, 1.4])
    def test_a_build_that_is_killed_leaves_a_whole_site(self, wiki: Path, after: float) -> None:
        build(wiki)
        before = files(wiki / "site")
        edit(wiki, "mkdocs.yml", "Mesure", "Autre nom")
        process = subprocess.Popen(
            [sys.executable, "-m", "essaim_app", "build"], cwd=wiki, stdout=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(after)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        now = files(wiki / "site")
        assert now == before or b"Autre nom" in now["index.html"]
        build(wiki)
        assert files(wiki / "site") == clean(wiki)
        assert not list((wiki / ".essaim_cache").glob("site-*/chantier-*"))

    def test_a_build_killed_as_it_publishes_leaves_nothing_of_a_page_that_is_gone(self, wiki: Path) -> None:
        for words in ("le lundi", "le mardi"):  # two trees, that change places
            edit(wiki, "outils/outil-4.md", "On s'en", f"{words}. On s'en")
            build(wiki)
        write_files(wiki, {"outils/neuf.md": tool(7)})
        build(wiki)
        (wiki / "outils/neuf.md").unlink()
        killed = (
            "import os\nfrom pathlib import Path\nfrom essaim.views.audience import Audience\n"
            "from mkdocs_essaim.build import order_of\nfrom mkdocs_essaim.building.gather import gather\n"
            "from mkdocs_essaim.building.progress import Progress\n"
            "from mkdocs_essaim.building.workers import Crew\n"
            "order = order_of(Path('mkdocs.yml').resolve(), Audience.PUBLIC, None, strict=False)\n"
            "gathered = gather(order, Crew(size=1), Progress())\n"
            "gathered.publication.take_all()\ngathered.publication.commit()\nos._exit(9)\n"
        )
        done = subprocess.run([sys.executable, "-c", killed], cwd=wiki, capture_output=True, check=False)
        assert done.returncode == 9, done.stderr
        edit(wiki, "outils/outil-4.md", "le lundi", "le jeudi")
        build(wiki)
        assert files(wiki / "site") == clean(wiki)

    def test_what_is_hidden_and_was_removed_does_not_come_back(self, wiki: Path) -> None:
        for number in range(3):
            build(wiki)
            (wiki / "site/.nojekyll").write_text("")
            edit(wiki, "outils/outil-4.md", "On s'en", f"{number}. On s'en")
        build(wiki)
        (wiki / "site/.nojekyll").unlink()
        edit(wiki, "outils/outil-4.md", "On s'en", "Là, on s'en")
        build(wiki)
        assert not (wiki / "site/.nojekyll").exists()

    def test_a_volume_is_filled_where_it_is(self, wiki: Path) -> None:
        if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
        (wiki / "site").mkdir()
        (wiki.parent / "volume").mkdir()
        mounted = 'mount --bind ../volume site && exec "$0" -m essaim_app build'
        for words in ("lundi", "mardi"):
            edit(wiki, "outils/outil-4.md", "On s'en", f"Le {words} ou plus tard. On s'en")
            subprocess.run(["unshare", "-rm", "sh", "-c", mounted, sys.executable], cwd=wiki, check=True)
            assert files(wiki.parent / "volume") == clean(wiki)
        (wiki / "outils/outil-9.md").rename(wiki / "outils/outil-9-bis.md")
        subprocess.run(["unshare", "-rm", "sh", "-c", mounted, sys.executable], cwd=wiki, check=False)
        assert not (wiki.parent / "volume/outils/outil-9").exists()

    def test_a_full_disk_is_said_and_leaves_room(self, wiki: Path) -> None:
        if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
        (wiki.parent / "small").mkdir()
        mounted = (
            'mount -t tmpfs -o size=600k tmpfs ../small && "$0" -m essaim_app build --site-dir ../small/site; '
            "echo $? $(find ../small -name 'chantier-*' | wc -l)"
        )
        command = ["unshare", "-rm", "sh", "-c", mounted, sys.executable]
        done = subprocess.run(command, cwd=wiki, capture_output=True, text=True, check=True)
        assert done.stdout == "2 0\n"
        assert "la machine ne peut pas lire ou écrire" in done.stderr
        assert "Traceback" not in done.stderr

    def test_what_is_kept_of_the_search_and_was_damaged_is_made_again(self, wiki: Path) -> None:
        build(wiki)
        for fragment in (wiki / ".essaim_cache").glob("site-*/recherche/*/*/*/fragment/*"):
            data = fragment.read_bytes()
            fragment.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))  # as large as it was
        build(wiki)
        assert files(wiki / "site") == clean(wiki)

    def test_two_builds_at_once_are_one_after_the_other(self, wiki: Path) -> None:
        command = [sys.executable, "-m", "essaim_app", "build", "--format", "json"]
        both = [subprocess.Popen(command, cwd=wiki, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        told = [json.loads(process.communicate()[0]) for process in both]
        assert sorted(one["rendered"] for one in told)[0] == 0
        assert files(wiki / "site") == clean(wiki)
