"""Feeds and JSON-LD of the wiki of this repository, as MkDocs and ProperDocs publish it."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT, run_module
from tests.history.depot import Depot

ATOM = "{http://www.w3.org/2005/Atom}"
URL = "https://wiki.exemple.invalid/essais/"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
LINK = re.compile(r'<link rel="alternate feed" type="(application/[\w+]+)" title="([^"]*)" href="([^"]*)">')
EXPECTED = {
    "profils": "Person",
    "demarches": "HowTo",
    "groupes": "Organization",
    "competences": "DefinedTerm",
    "termes": "DefinedTerm",
    "etapes": "LearningResource",
    "evenements": "Event",
    "parcours": "HowTo",
    "moteur/decisions": "TechArticle",
}
"""What the pages of each collection are."""

Build = Callable[..., Path]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a function that builds a copy of this wiki, recorded by somebody who has a profile there."""
    root = tmp_path_factory.mktemp("essais") / "wiki"
    for name in ("docs", "profils", "demarches"):
        shutil.copytree(ROOT / name, root / name)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    depot = Depot(root)
    depot.commit("Lucie Dormoy", {"mkdocs.yml": f"{config}\nsite_url: {URL}\n", ".gitignore": ".essaim_cache\n"})
    sites: dict[tuple[str, str], Path] = {}

    def built(host: str = "mkdocs", site_url: str = URL) -> Path:
        if (host, site_url) not in sites:
            target = root.parent / f"{host}-{bool(site_url)}"
            (root / "mkdocs.yml").write_text(f"{config}\nsite_url: {site_url}\n", "utf-8")
            run_module(host, "build", "--quiet", "-d", str(target), cwd=root, status=0)
            sites[host, site_url] = target
        return sites[host, site_url]

    return built


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the address below the top and the HTML of each page; not of what only leads elsewhere."""
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        if path.name != "404.html" and 'http-equiv="refresh"' not in html:
            yield path.relative_to(site).as_posix().removesuffix("index.html"), html


def linked_data(html: str) -> dict[str, Any]:
    """Return the one JSON-LD of a page."""
    (text,) = SCRIPT.findall(html)
    assert "<" not in text
    assert html.index(text) < html.index("</head>")
    data: dict[str, Any] = json.loads(text)
    return data


def parts(data: Any) -> Iterator[Any]:
    """Yield a value and all values inside."""
    yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from parts(inner)


def leads_somewhere(address: str, site: Path) -> bool:
    path = site / unquote(urlsplit(address).path).removeprefix("/essais/")
    return address.startswith(URL) and (path.is_file() or (path / "index.html").is_file())


def pages_of(folder: Path) -> list[str]:
    """Return the pages of a collection, without those of people who left: machines are told nothing of these."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*/index.html"))]
    return [text for text in texts if '<meta name="robots" content="noindex">' not in text]


class TestLinkedData:
    @pytest.mark.parametrize("site_url", [URL, ""], ids=["whole addresses", "addresses as the page sees them"])
    def test_every_page_tells_what_it_is_and_leads_to_what_exists(self, build: Build, site_url: str) -> None:
        site = build(site_url=site_url)
        count = 0
        for address, html in pages(site):
            data = linked_data(html)
            count += 1
            assert str(data["@context"][0] if isinstance(data["@context"], list) else data["@context"]).startswith(
                "https://schema.org"
            )
            for part in parts(data):
                assert part not in ("", None, [], {}), address
                if isinstance(part, dict) and part is not data["@context"]:
                    names = [part[key] for key in ("@id", "item") if key in part]
                    names += [part["url"]] if part.get("@type") in ("ListItem", "WebPage") and "url" in part else []
                    for name in names:
                        assert leads_somewhere(urljoin(f"{URL}{address}", name), site), (address, name)
            assert urljoin(f"{URL}{address}", data["url"]) == f"{URL}{address}"
        assert count > 150

    def test_every_object_has_a_type(self, build: Build) -> None:
        for address, html in pages(build()):
            data = linked_data(html)
            context = data.pop("@context")
            assert context
            untyped = [part for part in parts(data) if isinstance(part, dict) and "@type" not in part]
            assert untyped == [], address

    @pytest.mark.parametrize(("folder", "kind"), EXPECTED.items())
    def test_the_pages_of_a_collection_are_what_its_type_says(self, build: Build, folder: str, kind: str) -> None:
        found = [linked_data(text) for text in pages_of(build() / folder)]
        assert found
        for data in found:
            main = data["mainEntity"]
            assert kind in (main["@type"] if isinstance(main["@type"], list) else [main["@type"]])
            assert main["@id"] == data["url"]
            assert main["name"]
            assert len(data["breadcrumb"]["itemListElement"]) == 3
        index = linked_data((build() / folder / "index.html").read_text("utf-8"))
        assert index["@type"] == "CollectionPage"
        assert index["mainEntity"]["numberOfItems"] == len(found)

    def test_the_home_page_is_the_site(self, build: Build) -> None:
        home = linked_data((build() / "index.html").read_text("utf-8"))
        assert (home["@type"], home["@id"], home["name"]) == ("WebSite", URL, "La Navette")

    def test_a_profile_tells_nothing_that_its_page_does_not_show(self, build: Build) -> None:
        for html in pages_of(build() / "profils"):
            shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", SCRIPT.sub("", html))).split())
            main = linked_data(html)["mainEntity"]
            values = [part for key, value in main.items() if not key.startswith("@") for part in parts(value)]
            names = [v["name"] for v in values if isinstance(v, dict)] + [v for v in main.values() if type(v) is str]
            assert len(names) > 5
            assert [name for name in names if name != main["@id"] and " ".join(name.split()) not in shown] == []


class TestFeeds:
    @pytest.mark.parametrize("name", ["changements", "demarches/flux", "groupes/flux", "termes/flux"])
    def test_both_formats_are_valid_and_tell_the_same(self, build: Build, name: str) -> None:
        site = build()
        root = ElementTree.parse(site / f"{name}.xml").getroot()  # noqa: S314
        data = json.loads((site / f"{name}.json").read_text("utf-8"))
        entries = root.findall(f"{ATOM}entry")
        assert entries
        assert len(entries) <= 50
        assert root.findtext(f"{ATOM}id") == f"{URL}{name}.xml"
        assert data["feed_url"] == f"{URL}{name}.json"
        assert data["title"] == root.findtext(f"{ATOM}title")
        assert leads_somewhere(data["home_page_url"], site)
        assert [item["id"] for item in data["items"]] == [entry.findtext(f"{ATOM}id") for entry in entries]
        assert [item["title"] for item in data["items"]] == [entry.findtext(f"{ATOM}title") for entry in entries]
        assert len({item["id"] for item in data["items"]}) == len(entries)
        for item in data["items"]:
            assert leads_somewhere(item["url"], site)
            assert item["content_text"]
            assert item["tags"]
            assert item["authors"] == [{"name": "Lucie Dormoy", "url": f"{URL}profils/lucie-dormoy/"}]
        modified = [item["date_modified"] for item in data["items"]]
        assert modified == sorted(modified, reverse=True)

    def test_profiles_are_never_shared_and_have_no_feed(self, build: Build) -> None:
        assert sorted(path.name for path in (build() / "profils").glob("flux.*")) == []

    def test_an_index_offers_its_feeds_and_so_does_the_page_of_changes(self, build: Build) -> None:
        for name, stem in (("demarches", "flux"), ("changements", "../changements")):
            html = (build() / name / "index.html").read_text("utf-8")
            line = re.search(r'<p class="essaim-flux">(.*?)</p>', html)
            assert line is not None
            found = re.findall(r'<a href="([^"]+)" type="([^"]+)">([^<]+)</a>', line[1])
            assert found == [
                (f"{stem}.xml", "application/atom+xml", "Atom"),
                (f"{stem}.json", "application/feed+json", "JSON Feed"),
            ]

    def test_the_head_of_a_page_leads_to_the_feeds_of_the_wiki_and_of_its_collection(self, build: Build) -> None:
        site = build()
        for address, html in pages(site):
            found = [urljoin(f"{URL}{address}", href) for _, _, href in LINK.findall(html)]
            expected = [f"{URL}changements.xml", f"{URL}changements.json"]
            if address.startswith(("demarches/", "termes/")):
                folder = address.partition("/")[0]
                expected += [f"{URL}{folder}/flux.xml", f"{URL}{folder}/flux.json"]
            assert set(expected) <= set(found), address
            assert all(leads_somewhere(feed, site) for feed in found), address
        titles = [title for _, title, _ in LINK.findall((site / "demarches/index.html").read_text("utf-8"))]
        assert "La Navette : Démarches (Atom)" in titles

    def test_without_the_address_of_the_site_there_is_no_feed_and_no_link_to_one(self, build: Build) -> None:
        site = build(site_url="")
        assert [*site.rglob("flux.*"), *site.glob("changements.*ml"), *site.glob("changements.json")] == []
        for address, html in pages(site):
            assert LINK.findall(html) == [], address
            assert "essaim-flux" not in html


def test_both_hosts_publish_the_same(build: Build) -> None:
    first, second = build("mkdocs"), build("properdocs")
    names = [path.relative_to(first) for path in sorted(first.rglob("flux.*"))]
    names += [Path("changements.xml"), Path("changements.json")]
    assert len(names) > 10
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
    others = dict(pages(second))
    for address, html in pages(first):
        assert SCRIPT.findall(html) == SCRIPT.findall(others[address]), address
        assert LINK.findall(html) == LINK.findall(others[address]), address
