"""The previews of pages: what they say, for whom, and in which file a browser finds them."""

import json
from datetime import date
from pathlib import Path

import pytest

from essaim.views.addresses import published_path
from essaim.views.audience import Audience
from essaim.views.listing import Artifact, ListPage
from essaim.views.previews import Preview, preview_shards, previews, shard_count, shard_of
from essaim.workspace import Workspace
from essaim.workspace.site import site_of
from tests.conftest import write_files

TODAY = date(2026, 11, 22)
WIKI = {
    "mkdocs.yml": "site_name: x\n",
    "docs/index.md": "# Accueil\n",
    "docs/fiches/_type.yml": "type: fiche\nlabel: {one: fiche, many: fiches, gender: f}\nfields:\n"
    "  titre: {type: text}\n  resume: {type: text}\nindex: {view: cards}\n",
    "docs/fiches/zoé.md": "---\ntitre: Zoé & <b>\nresume: Elle court.\n---\n",
    "docs/fiches/nour.md": "---\ntitre: Nour\n---\n",
    "docs/notes/_type.yml": "type: note\nfields:\n  titre: {type: text}\n"
    "  resume: {type: text, visibility: members}\n",
    "docs/notes/avis.md": "---\ntitre: Avis\nresume: CANARI\n---\n",
    "docs/prive/_type.yml": "type: prive\nlabel: {one: privé, many: privés}\nvisibility: members\n"
    "fields: {titre: {type: text}}\nindex: {view: list}\n",
    "docs/prive/paie.md": "---\ntitre: Paie\n---\n",
}


def shown(root: Path, audience: Audience) -> dict[str, list[str]]:
    site = site_of(Workspace(write_files(root, WIKI), TODAY).refresh(), audience)
    return {path: rest for path, *rest in previews(site)}


def test_a_preview_has_the_title_the_kind_and_the_summary(tmp_path: Path) -> None:
    found = shown(tmp_path, Audience.PUBLIC)
    assert found["docs/fiches/zoé.md"] == ["Zoé & <b>", "fiche", "Elle court."]
    assert found["docs/fiches/nour.md"] == ["Nour", "fiche", ""]
    assert found["docs/fiches/index.md"] == ["Fiches", "index", "2 pages."]
    assert found["docs/index.md"][0] == "Accueil"


def test_what_is_for_members_is_in_the_members_previews_only(tmp_path: Path) -> None:
    public = shown(tmp_path / "a", Audience.PUBLIC)
    members = shown(tmp_path / "b", Audience.MEMBERS)
    assert not any("prive" in path for path in public)
    assert "CANARI" not in repr(public)
    assert members["docs/prive/paie.md"][0] == "Paie"
    assert members["docs/prive/index.md"][0] == "Privés"
    assert members["docs/notes/avis.md"][2] == "CANARI"


def test_list_pages_have_one_unless_somebody_wrote_the_page(tmp_path: Path) -> None:
    site = site_of(Workspace(write_files(tmp_path, WIKI), TODAY).refresh(), Audience.PUBLIC)
    lists = [
        ListPage(path=path, title="Liste", intro="Tout.", make=lambda: (), empty="")
        for path in ("docs/a.md", "docs/index.md")
    ]
    found = [preview for preview in previews(site, lists) if preview.title == "Liste"]
    assert found == [Preview("docs/a.md", "Liste", "liste", "Tout.")]


@pytest.mark.parametrize(("pages", "files"), [(0, 1), (1, 1), (40, 1), (41, 2), (81, 4), (1000, 32)])
def test_files_are_a_power_of_two_for_a_few_pages_each(pages: int, files: int, tmp_path: Path) -> None:
    texts = {f"docs/p{number}.md": "# P\n" for number in range(pages)}
    site = site_of(Workspace(write_files(tmp_path, texts), TODAY).refresh(), Audience.PUBLIC)
    assert shard_count(site) == files


@pytest.mark.parametrize(("pages", "files"), [(0, 1), (1, 1), (40, 1), (41, 2), (81, 4), (1000, 32), (10_000, 256)])
def test_pages_are_spread_over_small_files(pages: int, files: int) -> None:
    listed = (Preview(f"p{n}.md", "T", "page", "") for n in range(pages))
    shards = preview_shards(listed, lambda path: f"{path}/", files)
    assert [shard.path for shard in shards] == [f"apercus/{n}.json" for n in range(files)]
    held = [json.loads(shard.text) for shard in shards]
    assert sum(len(one) for one in held) == pages
    assert max(len(one) for one in held) <= 80
    for number, one in enumerate(held):
        assert all(shard_of(address, files) == number for address in one)


def test_addresses_are_those_of_the_published_site_without_their_last_index() -> None:
    addresses = {"a": "./", "b": "fiches/index.html", "c": "zoé/", "d": "d.html", "e": ""}
    (shard,) = preview_shards(
        (Preview(name, name, "page", "") for name in addresses), lambda path: addresses[path], 1
    )
    assert sorted(json.loads(shard.text)) == ["", "d.html", "fiches/", "zoé/"]


def test_the_same_pages_in_any_order_give_the_same_bytes() -> None:
    pages = [Preview(f"docs/{n}.md", f"T{n}", "page", "é") for n in range(100)]

    def shards(some: list[Preview]) -> tuple[Artifact, ...]:
        return preview_shards(some, lambda path: published_path(path, "docs"), 4)

    assert shards(pages) == shards(pages[::-1])


def test_the_script_hashes_as_the_build_does() -> None:
    assert [shard_of(text, 2**32) for text in ("", "a", "foobar")] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]
