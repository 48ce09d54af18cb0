"""A vault of notes from elsewhere, with one `_type.yml` added: checked, then built, and every link followed."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from essaim.diagnostics import Severity
from essaim.graph.model import LinkTarget
from essaim.workspace import Analysis, Workspace
from tests.conftest import Run, run_module
from tests.sites import coffre
from tests.sites.coffre import LINKS, Case, mark_of

MKDOCS = """\
site_name: Coffre
plugins: [essaim, essaim-links, essaim-views, search]
theme: {name: material, font: false}
"""
TODAY = date(2026, 5, 1)
EACH = pytest.mark.parametrize(("number", "case"), [*enumerate(LINKS)], ids=[f"{c.note}-{c.written}" for c in LINKS])
MISSING = {"ES306", "ES308", "ES309"}


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault as the documentation folder of a site."""
    root = tmp_path_factory.mktemp("coffre")
    coffre.write_vault(root / "docs")
    (root / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    return root


@pytest.fixture(scope="module")
def analysis(wiki: Path) -> Analysis:
    return Workspace(wiki, TODAY).refresh()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault by itself, without a site around it, and with a folder of notes called `docs`."""
    root = coffre.write_vault(tmp_path_factory.mktemp("seul"))
    (root / "docs").mkdir()
    (root / "docs" / "Note rangée.md").write_text("[[Alpha]] et [[Note 1]]\n", "utf-8")
    return root


class Site(NamedTuple):
    """A site as it was built, and what the build said."""

    root: Path
    log: str

    def page(self, path: str) -> Path:
        """Return the file that a note is published as."""
        if path.endswith(("/index.md", "/README.md")) or path in ("index.md", "README.md"):
            return self.root / Path(path).parent / "index.html"
        return self.root / path.removesuffix(".md") / "index.html"

    def html(self, path: str) -> str:
        return self.page(path).read_text("utf-8")


@pytest.fixture(scope="module")
def site(wiki: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("site")
    done = run_module("mkdocs", "build", "-d", str(root), cwd=wiki, status=0)
    return Site(root, done.stdout + done.stderr)


def found(analysis: Analysis, number: int, case: Case, docs: str) -> tuple[list[LinkTarget], list[str]]:
    """Return the links that the engine sees where a case stands, and the codes of what it says there."""
    source = analysis.graph.pages[docs + case.note].document.source
    start = source.text.index(mark_of(number))
    end = source.text.index(" fin", start)
    links = analysis.graph.out[source.path]
    codes = [d.code for d in links.diagnostics if start <= source.offset(d.span.start) < end]
    return [target for target in links.links if start <= target.link.start < end], codes


def shown(target: LinkTarget, docs: str) -> str:
    if target.status in ("external", "missing"):
        return {"external": "dehors", "missing": ""}[target.status]
    return target.path.removeprefix(docs) + (f"#{target.anchor}" if target.anchor else "")


def expected_codes(case: Case) -> int:
    return int(case.leads_to in ("", "refusé") or case.leads_to.endswith("#!"))


class TestCheck:
    @EACH
    def test_each_link_is_one_link_and_leads_where_it_should(
        self, analysis: Analysis, number: int, case: Case
    ) -> None:
        links, codes = found(analysis, number, case, "docs/")
        wanted = "dehors" if case.leads_to == "refusé" else case.leads_to.removesuffix("#!")
        assert [shown(target, "docs/") for target in links] == [wanted]
        assert len(codes) == expected_codes(case)
        assert case.leads_to == "refusé" or MISSING.issuperset(codes)

    def test_nothing_else_is_said_of_links(self, analysis: Analysis) -> None:
        told = [d for d in analysis.diagnostics if d.code in MISSING | {"ES307", "ES310", "ES311"}]
        in_notes = [d for d in told if not d.path.endswith(tuple({case.note for case in LINKS}))]
        assert len(told) - len(in_notes) == sum(expected_codes(case) for case in LINKS) - 1  # one is refused
        assert [(d.path, d.span.start.line) for d in in_notes] == [("docs/Propriétés.md", 7)]
        assert len({(d.path, d.span.start) for d in told}) == len(told)

    def test_other_faults_are_told_and_hide_nothing(self, analysis: Analysis) -> None:
        told = {
            (d.path.removeprefix("docs/"), d.code) for d in analysis.diagnostics if d.code not in ("ES312", "ES315")
        }
        sources = {case.note for case in LINKS}
        assert {(path, code) for path, code in told if path not in sources} == set(coffre.FAULTS)
        assert all(d.severity is not Severity.ERROR for d in analysis.diagnostics)

    def test_code_formulas_and_remarks_hold_no_link(self, analysis: Analysis) -> None:
        assert analysis.graph.out["docs/Intouché.md"].links == ()
        assert [mark.id for mark in analysis.graph.pages["docs/Intouché.md"].document.blocks] == []

    def test_notes_that_cite_one_another_all_find_each_other(self, analysis: Analysis) -> None:
        for number in range(coffre.BULK):
            path = f"docs/Vrac/{number % 12:02d}/Note {number}.md"
            targets = analysis.graph.out[path].links
            assert [target.status for target in targets] == ["page"] * 4
            assert targets[3].anchor == f"^fin-{(number * 11 + 7) % coffre.BULK}"

    def test_links_in_fields_count_as_citations(self, analysis: Analysis) -> None:
        edges = analysis.graph.edges_from("docs/Propriétés.md")
        targets = ["docs/Alpha.md", "docs/Projets/Bêta.md", "docs/Zone/Gamma.md", "docs/Alpha.md"]
        assert [edge.target for edge in edges] == targets

    def test_the_command_says_the_same(self, wiki: Path, analysis: Analysis, essaim: Run) -> None:
        done = essaim("check", "--format", "json", cwd=wiki, status=0)
        report = json.loads(done.stdout)
        assert report["summary"]["pages"] == len(analysis.graph.pages) > coffre.BULK
        assert sorted((d["code"], d["path"], d["line"]) for d in report["diagnostics"] if d["code"] in MISSING) == (
            sorted((d.code, d.path, d.span.start.line) for d in analysis.diagnostics if d.code in MISSING)
        )


class TestAlone:
    """The vault needs no site around it to be checked."""

    def test_links_lead_where_they_should(self, alone: Path) -> None:
        analysis = Workspace(alone, TODAY).refresh()
        wrong = []
        for number, case in enumerate(LINKS):
            links, codes = found(analysis, number, case, "")
            wanted = "dehors" if case.leads_to == "refusé" else case.leads_to.removesuffix("#!")
            if [shown(target, "") for target in links] != [wanted] or len(codes) != expected_codes(case):
                wrong.append(case)
        assert wrong == []
        assert [shown(t, "") for t in analysis.graph.out["docs/Note rangée.md"].links] == [
            "Alpha.md",
            "Vrac/01/Note 1.md",
        ]

    def test_the_command_works_from_outside(self, alone: Path, tmp_path: Path, essaim: Run) -> None:
        done = essaim("-C", str(alone), "check", "--format", "json", cwd=tmp_path, status=0)
        assert json.loads(done.stdout)["summary"]["pages"] > coffre.BULK

    @pytest.mark.parametrize(
        ("declared", "told"), [("extra: allow\n", ["ES602"]), ("type: note\nextra: allow\n", []), ("", ["ES113"])]
    )
    def test_the_least_that_must_be_declared(self, tmp_path: Path, declared: str, told: list[str]) -> None:
        (tmp_path / "a.md").write_text("---\nclef: 1\n---\n[[b]]\n", "utf-8")
        (tmp_path / "b.md").write_text("[[a]]\n", "utf-8")
        (tmp_path / "_type.yml").write_text(declared, "utf-8")
        analysis = Workspace(tmp_path, TODAY).refresh()
        assert [d.code for d in analysis.diagnostics if d.severity.value == "error"] == told
        assert [t.path for t in analysis.graph.out["a.md"].links] == ["b.md"]


class TestBuild:
    @EACH
    def test_each_link_is_followed(self, site: Site, number: int, case: Case) -> None:
        html = site.html(case.note)
        between = re.search(rf"{mark_of(number)}(?=[\s<])(.*?)(?<=\W)fin\b", html.partition("<article")[2], re.DOTALL)
        assert between is not None
        addresses = [unescape(a) for a in re.findall(r'(?:href|src)="([^"]*)"', between[1])]
        if case.leads_to in ("", "dehors", "refusé"):
            assert not [a for a in addresses if not re.match(r"https://|mailto:", a) and "a-ecrire" not in a]
            return
        path, _, anchor = case.leads_to.partition("#")
        there = [address for address in addresses if leads(site, case.note, address, path, anchor)]
        assert there, (addresses, between[1])

    @pytest.mark.parametrize(
        ("number", "words"), [(n, words) for n, (_, words) in enumerate(coffre.EMBEDDED)], ids=dict(coffre.EMBEDDED)
    )
    def test_each_embedding_shows_what_it_names(self, site: Site, number: int, words: str) -> None:
        html = site.html("Inclusions.md").partition("<article")[2]
        shown = html.partition(f"<p>inclus{number:02d}</p>")[2].partition(f"<p>finclus{number:02d}</p>")[0]
        assert words in unescape(shown)
        assert not re.search(r"\^\w", re.sub(r"<[^>]*>", "", shown))
        assert "![[" not in shown

    @pytest.mark.parametrize(
        "note", ["Illisible.md", "Deux fois.md", "Tabulations.md", "Propriétés.md", "Code ouvert.md", "Collé.md"]
    )
    def test_a_slip_hides_no_text(self, site: Site, note: str) -> None:
        assert "<p>Texte" in site.html(note).partition("<article")[2]

    def test_no_address_is_dead(self, site: Site) -> None:
        dead = [
            (page.name, address) for page, address in addresses_of(site.root) if not lives(site.root, page, address)
        ]
        assert dead == []

    def test_what_is_not_a_link_is_shown_as_it_is_written(self, site: Site) -> None:
        html = site.html("Intouché.md").partition("<article")[2].partition("</article")[0]
        text = unescape(re.sub(r"<[^>]+>", "", html))
        assert text.count("[[Nulle part 9") == len(coffre.UNTOUCHED)
        assert "Nulle part 8" not in re.sub(r"<!--.*?-->", "", html)

    def test_a_note_beside_its_folder_stands_for_it(self, site: Site) -> None:
        assert "<p>La note de son dossier.</p>" in site.html("Dossier.md")
        assert re.search(r'href="Dossier/"[^>]*class="md-nav__link', site.html("index.md"))

    def test_signs_that_no_page_may_hold_are_left_out(self, site: Site) -> None:
        assert "<p>Texte collé d'un diaporama" in unescape(site.html("Collé.md"))
        assert not re.search("[\x0b\x0c]", site.html("Collé.md"))

    def test_code_that_closes_askew_is_code(self, site: Site, analysis: Analysis) -> None:
        links = analysis.graph.out["docs/Code mal fermé.md"].links
        assert [target.path for target in links] == ["docs/Alpha.md"]
        html = site.html("Code mal fermé.md").partition("<article")[2].partition("</article")[0]
        assert html.count("<pre") == 3
        assert unescape(re.sub(r"<[^>]+>", "", html)).count("[[Nulle part 7]]") == 3
        assert "```" not in html

    def test_callouts_tags_and_formulas(self, site: Site) -> None:
        html = site.html("Vrac/00/Note 0.md")
        assert '<p class="admonition-title">Voir <a' in html
        assert not re.search(r"<h\d[^>]*>\s*vrac", html)
        assert "#vrac" in html
        assert '<h6 id="sixieme">' in site.html("Titres.md")

    def test_marks_are_not_shown(self, site: Site) -> None:
        html = site.html("Alpha.md").partition("<article")[2].partition("</article")[0]
        assert "^bloc-1" not in re.sub(r"<[^>]+>", "", html)
        assert re.search(r'<table[^>]*id="\^tableau"|id="\^tableau"[^>]*>\s*<table', html)

    def test_the_build_warns_of_no_link_a_second_time(self, site: Site) -> None:
        others = [line for line in site.log.splitlines() if "WARNING" in line and " ES" not in line]
        assert others == []


def leads(site: Site, note: str, address: str, path: str, anchor: str) -> bool:
    """Whether an address on a page leads to a note, or a file, at its place."""
    where, _, fragment = address.partition("#")
    target = (site.page(note).parent / unquote(where)).resolve()
    target = target / "index.html" if target.is_dir() else target
    if not path.endswith(".md"):
        return target == site.root / path and target.is_file() and (not anchor or fragment == anchor)
    wanted = "" if anchor == "!" else anchor
    if target != site.page(path) or unquote(fragment) != wanted:
        return False
    return not wanted or f'id="{wanted}"' in unescape(target.read_text("utf-8"))


def addresses_of(root: Path) -> Iterator[tuple[Path, str]]:
    for page in sorted(root.rglob("*.html")):
        if page.name == "404.html":
            continue
        for address in re.findall(r'(?:href|src)="([^"]*)"', page.read_text("utf-8").partition("<article")[2]):
            yield page, unescape(address)


def lives(root: Path, page: Path, address: str) -> bool:
    where, _, fragment = address.partition("#")
    if re.match(r"[a-z]+:|//", address):
        return True
    target = (page.parent / unquote(where)).resolve() if where else page
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file() or not target.is_relative_to(root):
        return False
    return (
        target.suffix != ".html" or not fragment or f'id="{unquote(fragment)}"' in unescape(target.read_text("utf-8"))
    )
