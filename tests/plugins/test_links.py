"""Every form of link, for each audience: the pages of the site `liens` hold what stands in its expected pages.

One that stands in no folder is expected for both. With ESSAIM_UPDATE_CASES=1 the expected pages are written anew, to
be read before they are committed.
"""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import SITES, run_module, write_files

SITE = SITES / "liens"
PAGES = (
    "recettes/formes recettes/petrir recettes/cuire equipe/zoe mots/scop coulisses/accord-meunier a-ecrire "
    "reglages index"
).split()


def article(site: Path, page: str) -> str:
    """Return what a page says: its article, one element to a line, without what the theme adds."""
    path = site / page / "index.html" if page != "index" else site / "index.html"
    found = re.search(r"<article[^>]*>(.*?)</article>", path.read_text("utf-8"), re.DOTALL)
    assert found is not None
    text = re.sub(r"\s+", " ", found[1])
    text = re.sub(r" ?<a href=[^>]*class=\"md-content__button.*?</a> ?", "", text)
    return re.sub(r"\s*(</?(?:p|h\d|ul|li|table|tr|div|section|nav|dl|details|svg)\b)", r"\n\1", text).strip() + "\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the site for each audience with `essaim build`, and for the public with each host."""
    folder = tmp_path_factory.mktemp("liens")
    source = folder / "source"
    shutil.copytree(SITE, source, ignore=shutil.ignore_patterns("attendu"))
    for audience in ("public", "members"):
        arguments = ("build", "--audience", audience, "--site-dir", str(folder / audience))
        run_module("essaim_app", *arguments, cwd=source, status=0)
    for host in ("mkdocs", "properdocs"):
        run_module(host, "build", "-f", "mkdocs.yml", "-d", str(folder / host), cwd=source, status=0)
    return {name: folder / name for name in ("public", "members", "mkdocs", "properdocs")}


@pytest.mark.parametrize("audience", ["public", "members"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_as_expected(built: dict[str, Path], audience: str, page: str) -> None:
    name = f"{page.replace('/', '.')}.html"
    for_all = SITE / "attendu" / name
    expected = for_all if for_all.is_file() else SITE / "attendu" / audience / name
    if page.startswith("coulisses/") and audience == "public":
        assert not (built[audience] / page).exists()
        return
    shown = article(built[audience], page)
    if "ESSAIM_UPDATE_CASES" in os.environ:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_each_host_gives_the_same_pages(built: dict[str, Path], host: str) -> None:
    for page in PAGES:
        if not page.startswith("coulisses/"):
            assert article(built[host], page) == article(built["public"], page), page


@pytest.mark.parametrize("audience", ["public", "members"])
def test_every_link_leads_to_a_page_and_an_anchor_that_exist(built: dict[str, Path], audience: str) -> None:
    site = built[audience]
    broken = []
    for page in site.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"]*)"', page.read_text("utf-8")):
            path, _, anchor = address.partition("#")
            if re.match(r"[a-z]+:|//", address) or page.name == "404.html":
                continue
            target = page.parent / unquote(path) if path else page
            target = target / "index.html" if target.is_dir() else target
            found = target.is_file()
            if found and anchor and target.suffix == ".html":
                found = bool(re.search(rf'\b(?:id|name)="{re.escape(unquote(anchor))}"', target.read_text("utf-8")))
            if not found:
                broken.append((page.relative_to(site).as_posix(), address))
    assert broken == []


def test_what_is_missing_is_told_once(tmp_path: Path) -> None:
    shutil.copytree(SITE, tmp_path / "s", ignore=shutil.ignore_patterns("attendu"))
    done = run_module("essaim_app", "check", "--no-cache", cwd=tmp_path / "s", status=0)
    told = re.findall(r"^(docs/recettes/formes\.md):(\d+):\d+ .*?(ES\d+)", done.stdout, re.MULTILINE)
    assert [(int(line), code) for _, line, code in told] == [
        (32, "ES306"),
        (32, "ES309"),
        (32, "ES308"),
        (32, "ES307"),
        (37, "ES306"),
        (47, "ES314"),
        (51, "ES332"),
        (70, "ES313"),
        (70, "ES313"),
        (70, "ES313"),
        (72, "ES313"),
    ]


def test_a_page_that_many_cite_folds_all_but_the_first(tmp_path: Path) -> None:
    pages = {f"docs/p{number:02d}.md": f"# Page {number}\n\nVers [[but]].\n" for number in range(40)}
    write_files(tmp_path, {"mkdocs.yml": "site_name: S\nplugins: [essaim, essaim-views]\n", "docs/but.md": "# But\n"})
    write_files(tmp_path, pages)
    run_module("essaim_app", "build", cwd=tmp_path, status=0)
    page = (tmp_path / "site/but/index.html").read_text("utf-8")
    shown, _, folded = page.partition("<summary>Et 10 autres</summary>")
    assert shown.count('<li><a href="../p') == 30
    assert folded.count('<li><a href="../p') == 10
