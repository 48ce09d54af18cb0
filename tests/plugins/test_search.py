"""The search that a build publishes: what is in it, for whom, under which host, and what is not."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mkdocs_essaim.search.shards import uri_of
from tests.conftest import run_module, write_files
from tests.plugins.leaks import CONFIG, Canaries, write_wiki
from tests.plugins.test_leaks import build as build_for

HOSTS = ("mkdocs", "properdocs")
FILES = {
    "mkdocs.yml": "site_name: x\nsite_url: https://exemple.invalid/wiki/\ntheme: {name: material, font: false}\n"
    "plugins: [essaim, essaim-links, essaim-views, essaim-search]\n",
    "docs/index.md": "# Accueil\n\n[[pain]]\n",
    "docs/a-ecrire.md": "# À écrire\n\nPAGESAECRIRE\n",
    "docs/recettes/_type.yml": """\
type: recette
label: {one: recette, many: recettes, gender: f}
fields:
  titre: {type: text}
  resume: {type: text}
  alias: {type: text, many: true}
  note: {type: text, visibility: members, label: LABELCACHE}
index: {view: cards}
""",
    "docs/recettes/pain.md": "---\ntitre: Le pain\nresume: Du pain en deux jours.\nalias: [Miche]\n"
    "note: CACHE\n---\n\n## Pétrir\n\nLe boulanger ou la boulangère pétrit. ![[levain#Nourrir]]\n",
    "docs/recettes/levain.md": "---\ntitre: Levain\n---\n\nVoir [[pain]], [[brioche]].\n\n## Nourrir\n\nRAFRAICHI\n",
    "docs/recettes/brouillon.md": "---\ntitre: Brouillon\n---\n\nPASFINI\n",
    "docs/recettes/ratee.md": "---\ntitre: Ratée\ncouleur: rouge\n---\n\nFAUTIVE\n",
}
DRAFTS = "draft_docs: brouillon.md\n"


def build(root: Path, host: str = "mkdocs", **more: str) -> tuple[Path, str]:
    """Build a wiki; return the folder of the site and what the build said."""
    source = write_files(root / "source", FILES | {name: FILES[name] + text for name, text in more.items()})
    target = root / host
    done = run_module(host, "build", "-d", str(target), cwd=source, status=0, fresh=True)
    return target, done.stderr


def fragments(site: Path) -> dict[str, dict[str, Any]]:
    """Return what Pagefind keeps of each page, by its address."""
    read = [gzip.decompress(path.read_bytes()) for path in (site / "pagefind/fragment").glob("*")]
    pages = [json.loads(text.partition(b"pagefind_dcd")[2]) for text in read]
    return {re.sub(r"(^|/)index\.html$", r"\1", f"/{uri_of(page['url'])}"): page for page in pages}


def everything(site: Path) -> str:
    """Return all the bytes of the search of a site, as text."""
    found = []
    for path in sorted((site / "pagefind").rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        found.append(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return b"\n".join(found).decode("utf-8", "replace")


@pytest.fixture(scope="module", params=HOSTS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, _ = build(tmp_path_factory.mktemp("search"), request.param, **{"mkdocs.yml": DRAFTS})
    return folder


def test_pages_and_indexes_are_searched_and_nothing_else(site: Path) -> None:
    assert sorted(fragments(site)) == ["/", "/recettes/", "/recettes/levain/", "/recettes/pain/"]


def test_a_result_has_what_it_shows(site: Path) -> None:
    pain = fragments(site)["/recettes/pain/"]
    told = {name: pain["meta"][name] for name in ("title", "genre", "resume", "nom1")}
    assert told == {"title": "Le pain", "genre": "recette", "resume": "Du pain en deux jours.", "nom1": "Miche"}
    assert [anchor["id"] for anchor in pain["anchors"]] == ["petrir"]
    narrowing = json.loads((site / "pagefind/filtres.json").read_text("utf-8"))
    kinds = {kind: len(places) for kind, places in narrowing["values"]["type"].items()}
    assert kinds == {"Recette": 2, "Page": 1}
    assert len(narrowing["pages"]) == len(fragments(site))


def test_a_text_is_found_where_it_was_written(site: Path) -> None:
    """Not on the pages that include it, list it or are named by it."""
    found = fragments(site)
    assert [url for url, page in found.items() if "RAFRAICHI" in page["content"]] == ["/recettes/levain/"]
    assert "Levain" not in found["/recettes/pain/"]["content"]
    assert "Le pain" not in found["/recettes/"]["content"]


def test_drafts_faulty_pages_lists_and_hidden_fields_are_not_in_it(site: Path) -> None:
    text = everything(site)
    assert "boulangère" in text
    assert [word for word in ("PASFINI", "FAUTIVE", "PAGESAECRIRE", "CACHE", "LABELCACHE") if word in text] == []


def test_a_site_holds_one_search_and_only_what_it_uses(site: Path) -> None:
    names = {path.name for path in (site / "pagefind").iterdir()}
    meta = {name for name in names if name.endswith(".pf_meta")}
    assert len(meta) == 1
    assert names - meta == {
        "pagefind.js",
        "pagefind-entry.json",
        "wasm.fr.pagefind",
        "mots.gz",
        "filtres.json",
        "fragment",
        "index",
    }
    assert not list(site.rglob("search_index.json"))
    assert "essaim-recherche.js" in (site / "index.html").read_text("utf-8")


def test_two_builds_of_the_same_wiki_search_the_same(tmp_path: Path, site: Path) -> None:
    again, _ = build(tmp_path, site.name, **{"mkdocs.yml": DRAFTS})
    assert {p.name for p in again.rglob("pagefind/**/*")} == {p.name for p in site.rglob("pagefind/**/*")}


def test_members_search_what_is_for_them(tmp_path: Path) -> None:
    configuration = "site_name: x\nplugins:\n  - essaim: {audience: members}\n  - essaim-views\n  - essaim-search\n"
    source = write_files(tmp_path, FILES | {"mkdocs.yml": configuration})
    run_module("mkdocs", "build", "-q", "-d", "site", cwd=source)
    text = everything(source / "site")
    assert "CACHE" in text
    assert "LABELCACHE" not in text  # a search for the label of a field would find every page of a type


def test_addresses_that_end_in_html_are_kept(tmp_path: Path) -> None:
    folder, _ = build(tmp_path, **{"mkdocs.yml": "use_directory_urls: false\n"})
    assert "/recettes/pain.html" in fragments(folder)


def test_a_type_may_come_after_the_others(tmp_path: Path) -> None:
    text = FILES["mkdocs.yml"].replace("essaim-search]", "{essaim-search: {last: [recette]}}]")
    source = write_files(tmp_path, FILES | {"mkdocs.yml": text})
    run_module("mkdocs", "build", "-q", "-d", "site", cwd=source)
    ranks = {url: page["filters"].get("_rang") for url, page in fragments(source / "site").items()}
    assert ranks["/recettes/pain/"] == ["apres"]
    assert ranks["/"] is None


@pytest.mark.parametrize("option", ["filters: [recete]", "last: [recete]"])
def test_a_name_that_is_nothing_is_told_with_the_nearest_one(tmp_path: Path, option: str) -> None:
    text = FILES["mkdocs.yml"].replace("essaim-search]", "{essaim-search: {" + option + "}}]")
    source = write_files(tmp_path, FILES | {"mkdocs.yml": text})
    done = run_module("mkdocs", "build", "-q", "-d", "site", cwd=source, status=1)
    assert "« recete »" in done.stderr
    assert "Vouliez-vous dire « recette » ?" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_search_comes_after_the_plugin_that_owns_the_pages(tmp_path: Path) -> None:
    source = write_files(tmp_path, FILES | {"mkdocs.yml": "site_name: x\nplugins: [essaim-search]\n"})
    done = run_module("mkdocs", "build", "-q", "-d", "site", cwd=source, status=1)
    assert "essaim-search a besoin du plugin « essaim »" in done.stderr


def test_without_pagefind_the_site_is_built_and_says_so(tmp_path: Path) -> None:
    source = write_files(tmp_path, FILES)
    environment = os.environ | {"PAGEFIND_BINARY_PATH": str(tmp_path / "nowhere"), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-d", "site"]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "le site est construit sans recherche" in done.stderr
    assert not (source / "site/pagefind").exists()
    assert "essaim-recherche" not in (source / "site/index.html").read_text("utf-8")


def test_nothing_for_members_is_in_the_public_index(tmp_path: Path) -> None:
    canaries = Canaries()
    root = write_wiki(tmp_path / "wiki", canaries)
    (root / "mkdocs.yml").write_text(
        CONFIG.replace("search]", "essaim-search]").replace("essaim-essaim", "essaim"), "utf-8"
    )
    for audience in ("public", "members"):
        build_for(root, tmp_path / audience, audience)
    public, members = everything(tmp_path / "public").lower(), everything(tmp_path / "members").lower()
    assert {place for canary, place in canaries.places.items() if canary in public} == set()
    seen = {place for canary, place in canaries.places.items() if canary in members}
    assert {"title", "summary", "heading", "text", "label of a choice"} <= seen
