"""The bench of whole builds: one wiki for all, the same each time, sound; and a page that hides nothing."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmark import floors
from benchmark.aims import aims
from benchmark.chart import render_chart
from benchmark.dialects import Dialect, written
from benchmark.environments import Environment
from benchmark.french import seconds
from benchmark.measures import NOT_YET, Subject
from benchmark.naming import HUB
from benchmark.order import measure_all
from benchmark.page import render_page
from benchmark.past import plant, restore
from benchmark.peers import ESSAIM, PEERS, Peer
from benchmark.plan import plan
from benchmark.processes import CommandFailed, counted_git, run
from benchmark.results import RESUMED, Results
from benchmark.serving import free_port, saved_to_served
from benchmark.sites import clean, files_of, prepare
from benchmark.wiki import leaves
from essaim.diagnostics import Severity
from essaim.workspace import Workspace
from tests.conftest import ROOT

SIZE = 60
BY_NAME = {peer.name: peer for peer in PEERS}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def wiki(cache: Path) -> Path:
    return prepare(ESSAIM, SIZE, cache)


def git(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def measured(tmp_path: Path, *values: tuple[int, str, str, dict[str, object]]) -> Results:
    results = Results(tmp_path / "results.json", resume=False)
    results.tell({"date": "2026-11-27", "machine": "Linux", "cores": "2", "hugo": "0.1"})
    for size, peer, what, value in values:
        results.measure(size, peer, what, 0, lambda value=value: value)  # type: ignore[misc]
    return results


def fail(reason: str) -> dict[str, object]:
    raise CommandFailed(reason)


def test_a_wiki_is_the_same_each_time_and_has_the_pages_asked_for() -> None:
    for peer in PEERS:
        pages, others = files_of(peer, SIZE)
        assert len(pages) == SIZE
        assert (pages, others) == files_of(peer, SIZE)
    assert len(leaves(1000)) == 1000


def test_a_wiki_is_sound_typed_and_linked(wiki: Path) -> None:
    analysis = Workspace(wiki, date(2026, 11, 22)).refresh()
    assert [d for d in analysis.diagnostics if d.severity is not Severity.INFO] == []
    assert len(analysis.graph.pages) == SIZE
    assert {page.type.name for page in analysis.graph.pages.values()} == {"page", "profil", "demarche", "groupe"}
    assert sum(len(links.edges) for links in analysis.graph.out.values()) > 4 * SIZE
    assert sum(len(links.queries) for links in analysis.graph.out.values()) > 3


def test_one_title_is_cited_by_as_many_pages_as_said() -> None:
    for size, citing in ((SIZE, SIZE // 4), (3000, 500)):
        named = [leaf.path for leaf in leaves(size) if HUB in leaf.body + leaf.fields]
        assert len(named) == citing


def test_links_in_every_dialect_lead_to_the_same_pages() -> None:
    wiki = leaves(SIZE)
    files = {f"{leaf.path}.md" for leaf in wiki}
    paths, addresses = (written(wiki, dialect) for dialect in (Dialect.PATHS, Dialect.ADDRESSES))
    total = 0
    for path in files:
        by_path = re.findall(r"\]\(([^)]+)\)", paths[path])
        by_address = re.findall(r"\]\(([^)]+)\)", addresses[path])
        base = Path("/docs") / path
        reached = [(base.parent / link).as_posix() for link in by_path]
        shown = [(base.with_suffix("") / link).as_posix() + ".md" for link in by_address]
        assert [_flat(one) for one in reached] == [_flat(one) for one in shown]
        assert all(_flat(one).removeprefix("/docs/") in files for one in reached)
        total += len(reached)
    assert total > 2 * SIZE
    assert not any("[[" in text for text in (*paths.values(), *addresses.values()))


def _flat(path: str) -> str:
    parts: list[str] = []
    for part in path.replace("/.md", ".md").split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_the_past_has_several_commits_and_people_and_ends_with_the_pages(wiki: Path) -> None:
    assert git(wiki, "status", "--porcelain") == []
    commits = git(wiki, "log", "--format=%an", "--", "docs")
    assert 2 * SIZE < len(commits) < 4 * SIZE
    assert len(set(commits)) > 3
    pages, _ = files_of(ESSAIM, SIZE)
    assert all((wiki / path).read_text("utf-8") == text for path, text in pages.items())


def test_edits_are_undone_and_a_changed_wiki_is_made_again(cache: Path, tmp_path: Path) -> None:
    plant(tmp_path / "a", {"docs/x.md": "---\na: b\n---\n\nUn.\n"}, {"mkdocs.yml": "site_name: x\n"})
    (tmp_path / "a/docs/x.md").write_text("autre", "utf-8")
    restore(tmp_path / "a")
    assert (tmp_path / "a/docs/x.md").read_text("utf-8").endswith("Un.\n")
    hugo = prepare(BY_NAME["hugo"], SIZE, cache)
    hugo.with_suffix(".digest").write_text("older")
    (hugo / "left-over").touch()
    assert not (prepare(BY_NAME["hugo"], SIZE, cache) / "left-over").exists()


def test_cold_means_nothing_is_left(tmp_path: Path) -> None:
    for name in (ESSAIM.output, *ESSAIM.caches, "docs"):
        (tmp_path / name / "in").mkdir(parents=True)
    clean(tmp_path, ESSAIM)
    assert [path.name for path in tmp_path.iterdir()] == ["docs"]


def test_a_run_tells_what_its_children_cost_and_a_failed_one_is_no_measure(tmp_path: Path) -> None:
    child = "x = bytearray(150_000_000); import time; time.sleep(0.5)"
    script = f"""
import subprocess, sys
for process in [subprocess.Popen([sys.executable, "-c", {child!r}]) for _ in "ab"]:
    process.wait()
"""
    done = run([sys.executable, "-c", script], tmp_path, memory=True)
    assert done.memory is None or 300 < done.memory < 450
    with pytest.raises(CommandFailed, match="3"):
        run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_a_command_is_ended_at_its_limit_and_never_compiles_itself_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "part.py").touch()
    with pytest.raises(CommandFailed, match="arrêté au bout de 1 secondes"):
        run([sys.executable, "-c", "import part, time; time.sleep(60)"], tmp_path, limit=1.0)
    assert list(tmp_path.glob("__pycache__/part.*.pyc"))
    with counted_git() as (surroundings, _):
        assert "PYTHONDONTWRITEBYTECODE" not in surroundings


def test_calls_of_git_are_counted(tmp_path: Path) -> None:
    with counted_git() as (surroundings, calls):
        run(["sh", "-c", "git --version; git --version"], tmp_path, surroundings=surroundings)
        assert calls.read_text().splitlines() == ["--version"] * 2


SERVER = """
import http.server, pathlib, sys, time
class Served(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = pathlib.Path("docs" + self.path.rstrip("/") + ".md")
        if path.name == "cited.md":
            path = max(path.parent.iterdir(), key=lambda one: one.stat().st_mtime)
        late = time.time() - path.stat().st_mtime < (0.7 if "cited" in self.path else 0.3)
        self.send_response(200); self.end_headers()
        self.wfile.write(b"<h1>" if late else b"<h1>" + path.read_bytes())
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Served).serve_forever()
"""


def test_saved_to_served_is_what_passes_until_the_page_shows_the_edit(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"docs/{name}.md").write_text("Texte.\n", "utf-8")
    port = free_port()
    waits = saved_to_served(tmp_path, ["a", "b"], [sys.executable, "-c", SERVER, str(port)], port)
    assert len(waits) == 2
    assert all(0.25 < wait < 2 for wait in waits)
    waits = saved_to_served(tmp_path, ["a"], [sys.executable, "-c", SERVER, str(port)], port, cites=["cited"])
    assert 0.65 < waits[0] < 3, "the page that is cited was not waited for"
    assert "[[cited]]" in (tmp_path / "docs/a.md").read_text("utf-8")
    with pytest.raises(CommandFailed, match="code 1 : Adieu"):
        saved_to_served(tmp_path, ["a"], [sys.executable, "-c", "raise SystemExit('Adieu')"], free_port())


def test_a_peer_that_cannot_be_installed_says_why(tmp_path: Path) -> None:
    nowhere = Environment(name="x", packages=(f"{tmp_path}/nothing-here",))
    assert nowhere.install(tmp_path)
    assert not (tmp_path / "environments/x/installed.json").exists()


def test_what_was_measured_is_kept_and_what_failed_is_tried_again(tmp_path: Path) -> None:
    first = measured(tmp_path, (1000, "hugo", "cold", {"seconds": 2.0}))
    first.measure(1000, "essaim", "served", 0, lambda: fail("pas encore"))
    again = Results(tmp_path / "results.json", resume=True)
    assert again.error(1000, "essaim", "served") == "pas encore"
    again.measure(1000, "hugo", "cold", 0, lambda: fail("trop tard"))
    again.measure(1000, "essaim", "served", 0, lambda: {"seconds": [0.2, 0.4, 0.3]})
    assert again.middle(1000, "hugo", "cold") == 2.0
    assert again.middle(1000, "essaim", "served") == 0.3


def test_what_the_aims_name_is_measured_in_every_round_and_comes_first() -> None:
    steps = plan(PEERS, (1000, 3000, 10_000), 3)
    taken = [(step.size, step.peer.name, what, number) for step in steps for what, number in step.measures]
    assert len(set(taken)) == len(taken)
    assert all(step.size <= step.peer.until and step.predicted > 0 for step in steps)
    thrice = {(size, peer.name, "edited") for peer in PEERS for size in (1000, 10_000) if size <= peer.until}
    thrice |= {(size, peer, "cold") for size in (1000, 3000) for peer in ("essaim", "material-pruned")}
    thrice |= {(size, "material-stack", "cold") for size in (1000, 3000)}
    thrice |= {(10_000, peer, "cold") for peer in ("essaim", "hugo")}
    thrice |= {(size, "essaim", "floors") for size in (1000, 10_000)}
    wanted = {(*one, number) for one in thrice for number in range(3)}
    wanted |= {(10_000, "essaim", "served", 0), (10_000, "hugo", "served", 0), (10_000, "essaim", "memory", 0)}
    assert wanted <= set(taken)
    last = max(taken.index(one) for one in wanted)
    assert all(taken.index(one) > last for one in taken if one[2] == "served" and one[0] < 10_000)
    assert all(taken.index(one) > last for one in taken if one[:2] == (3000, "material"))
    assert {step.least for step in steps if step.peer.name in ("essaim", "hugo") and step.size == 10_000} >= {20}
    assert sum(step.predicted for step in steps) < 75 * 60


def test_a_generator_that_fails_twice_stops_nobody(cache: Path, tmp_path: Path) -> None:
    broken = replace(BY_NAME["hugo"], environment=None, build=lambda _: [sys.executable, "-c", "raise SystemExit(4)"])
    lost = replace(broken, name="eleventy", build=lambda _: ["/nowhere/to-be-found"])
    results = Results(tmp_path / "results.json", resume=False)
    measure_all([broken, lost], [SIZE], 1, results, cache)
    assert results.error(SIZE, "hugo", "cold") == "code 4 : "
    assert "to-be-found" in str(results.error(SIZE, "eleventy", "cold"))
    assert results.error(SIZE, "hugo", "edited") is None
    late = Results(tmp_path / "late.json", resume=False)
    measure_all([broken], [SIZE], 1, late, cache, minutes=-1)
    assert late.sizes() == []


def test_floors_are_what_the_parts_cost_alone(cache: Path, wiki: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(CommandFailed, match="rien à indexer"):
        floors.pagefind(empty)
    Subject(ESSAIM, wiki, SIZE, Path(sys.prefix)).cold()
    before = sorted(wiki.parent.iterdir())
    results = Results(tmp_path / "results.json", resume=False)
    results.tell({"date": "2026-11-27", "machine": "Linux", "cores": "2"})
    for part, act in floors.PARTS.items():
        results.measure(SIZE, floors.NAME, part, 0, lambda act=act: act(wiki))  # type: ignore[misc]
        assert results.error(SIZE, floors.NAME, part) is None
    assert sorted(wiki.parent.iterdir()) == before
    least = floors.floor(results, SIZE)
    shared = [results.middle(SIZE, floors.NAME, part, "processor") or 0 for part in ("markdown", "pagefind", "files")]
    assert min(shared) > 0
    assert least == pytest.approx((results.middle(SIZE, floors.NAME, "start") or 0) + sum(shared) / 2)
    page = render_page(results)
    assert "## Les planchers" in page
    assert f"| **Le plancher** | **{seconds(least)}** |" in page
    assert "## Les planchers" not in render_page(measured(tmp_path, (SIZE, "hugo", "cold", {"seconds": 1.0})))


def test_an_aim_is_judged_by_its_figures_and_never_without(tmp_path: Path) -> None:
    results = measured(
        tmp_path,
        (1000, "essaim", "cold", {"seconds": 4.0, "processor": 5.0}),
        (1000, "material-pruned", "cold", {"seconds": 7.0}),
        (1000, "essaim", "edited", {"seconds": 0.39}),
        (1000, "hugo", "edited", {"seconds": 0.38}),
    )
    told = {(aim.what, aim.size, aim.aim): aim for aim in aims(results)}
    assert [(aim.reached, aim.met) for aim in told.values() if "menu élagué" in aim.aim][:1] == [
        ("0,57 ×, une fois", False)
    ]
    edited = [
        aim
        for aim in told.values()
        if aim.what.startswith("Un texte") and aim.size == "1\N{NARROW NO-BREAK SPACE}000"
    ]
    assert [aim.met for aim in edited] == [True, False]
    assert {aim.met for aim in told.values() if aim.size.startswith("10")} == {None}


def test_the_page_says_what_failed_and_who_was_not_run(tmp_path: Path) -> None:
    results = measured(
        tmp_path,
        (10_000, "essaim", "cold", {"seconds": 20.0}),
        (10_000, "hugo", "cold", {"seconds": 40.0}),
    )
    for what, reason in (("edited", "code 1 : a|b"), ("served", NOT_YET)):
        results.measure(10_000, "essaim", what, 0, lambda reason=reason: fail(reason))  # type: ignore[misc]
    results.tell({"zensical : absent": "aucune version"})
    assert "d'une seule traite" in render_page(results)
    results.tell({RESUMED: "oui"})
    page = render_page(results)
    assert "d'une seule traite" not in page
    assert "plus de six minutes : pas lancé" in page
    assert "pas mesuré, il ne s'installe pas ici : aucune version" in page
    assert "| Hugo, gabarit minimal | 40,0 s (0,50 ×), une fois | non mesuré |" in page
    assert "| Essaim | 20,0 s, une fois | échec (code 1 : a/b) | pas encore |" in page
    drawing = ElementTree.fromstring(render_chart(results))  # noqa: S314
    kinds = [element.tag.rpartition("}")[2] for element in drawing]
    assert kinds[:2] == ["title", "desc"]
    assert kinds.count("rect") == 3


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_what_a_peer_lacks_is_said(peer: Peer) -> None:
    assert peer.lacks
    assert (ROOT / "scripts/benchmark/configurations" / peer.site).is_dir()
