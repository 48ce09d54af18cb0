"""The search of a build and its indexes, with the real Pagefind: what is made again, what is kept, what is alike."""

import gzip
import json
import os
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from essaim.views.search.records import Record
from mkdocs_essaim.search.chunks import SIGNATURE, _read, _words, split_chunks
from mkdocs_essaim.search.index import SearchIndex, find_executable
from mkdocs_essaim.search.made import _run
from mkdocs_essaim.search.shards import file_of, shard_count, shard_of, uri_of
from mkdocs_essaim.views.render import Renderer

SIZE = 10
"""Pages of an index in these tests."""
COUNT = 4
"""Indexes of 40 pages."""
EXECUTABLE = find_executable()
pytestmark = pytest.mark.skipif(EXECUTABLE is None, reason="Pagefind does not exist for this machine")
TITLES = [f"Fiche {number}" for number in range(40)]


def pages(**changed: str) -> dict[str, str]:
    """Return what is searched of forty pages, by where they stand."""
    render = Renderer()
    found = {}
    for number, title in enumerate(TITLES):
        record = Record(title=title, kind="fiche", summary="", names=(), meanings=(), forms=())
        body = "".join(f"<p>mot{number}x{at} boulangerie pétrin{at}</p>" for at in range(30))
        found[f"fiches/été-{number}/index.html"] = render.search(record, changed.get(title, body))
    return found


def search(folder: Path | None, size: int = SIZE) -> SearchIndex:
    assert EXECUTABLE is not None
    return SearchIndex(EXECUTABLE, folder, shard_size=size)


def build(folder: Path | None, some: dict[str, str], size: int = SIZE) -> dict[str, bytes]:
    """Build a search from all its pages; return what is published."""
    index = search(folder, size)
    index.begin(len(some))
    for uri, html in some.items():
        number = uri.split("-")[1].split("/")[0]
        index.add(uri, html, (("type", (f"Type {int(number) % 3}",)),), ("boulangerie", f"mot{number}"))
    found = {
        name: data if isinstance(data, bytes) else Path(data).read_bytes() for name, data in index.files().items()
    }
    index.close()
    return found


def made(folder: Path) -> dict[str, int]:
    """Return when each index of a folder was made."""
    return {path.parent.parent.name: path.stat().st_mtime_ns for path in folder.glob("*/*/*/manifeste.json")}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("search") / "recherche"
    return folder, build(folder, pages())


@pytest.fixture
def kept(tmp_path: Path, clean: tuple[Path, dict[str, bytes]]) -> Path:
    """A folder of its own, where the search of the forty pages is kept."""
    return copytree(clean[0], tmp_path / "recherche")


def test_there_are_as_few_indexes_as_their_size_allows() -> None:
    counts = {0: 1, 256: 1, 257: 2, 1000: 4, 1025: 8, 2048: 8, 4096: 8, 10_000: 32}
    assert {pages: shard_count(pages) for pages in counts} == counts


def test_the_place_of_a_page_depends_on_its_name_alone() -> None:
    uris = [f"fiches/{number}/index.html" for number in range(4000)]
    places = [shard_of(uri, 8) for uri in uris]
    assert all(400 < places.count(place) < 600 for place in range(8))
    assert [place % 4 for place in places] == [shard_of(uri, 4) for uri in uris]


@pytest.mark.parametrize(
    "uri", ["index.html", "a/b/index.html", "100 %/2F%2Fa.html", "é" * 250 + ".html", "a/" * 200 + "index.html"]
)
def test_the_file_of_a_page_says_which_page_it_is(uri: str) -> None:
    assert uri_of("/" + file_of(uri)) == uri
    assert max(len(part.encode()) for part in file_of(uri).split("/")) < 255


def test_every_page_is_in_one_index_under_a_name_of_its_own(clean: tuple[Path, dict[str, bytes]]) -> None:
    _, found = clean
    fragments = {Path(name).stem: data for name, data in found.items() if name.startswith("fragment/")}
    urls = [json.loads(gzip.decompress(data).removeprefix(SIGNATURE))["url"] for data in fragments.values()]
    assert sorted(map(uri_of, urls)) == sorted(pages())
    entry = json.loads(found["pagefind-entry.json"])
    languages = entry["languages"]
    assert list(languages) == ["fr", "fr-x-1", "fr-x-2", "fr-x-3"]
    assert sum(one["pages"] for one in languages.values()) == languages["fr"]["page_count"] == 40
    assert [f"pagefind.{one['hash']}.pf_meta" in found for one in languages.values()] == [True] * COUNT
    assert [name for name in found if "wasm" in name or name.endswith(".js")] == ["pagefind.js", "wasm.fr.pagefind"]
    narrowing = json.loads(found["filtres.json"])
    assert set(narrowing["pages"]) == set(fragments)
    assert sorted(at for places in narrowing["values"]["type"].values() for at in places) == list(range(40))
    assert gzip.decompress(found["mots.gz"]).decode().split("\n")[0] == "boulangerie"


def test_a_page_that_changes_has_only_its_own_index_made_again(kept: Path) -> None:
    before, uri = made(kept), "fiches/été-7/index.html"
    changed = pages(**{"Fiche 7": "<p>nouveautédujour</p>"})
    found = build(kept, changed)
    after = made(kept)
    assert {number for number in after if after[number] != before[number]} == {str(shard_of(uri, COUNT))}
    assert found == build(None, changed), "what is made little by little is what is made at once"


def test_pages_come_and_go_without_a_trace(kept: Path, clean: tuple[Path, dict[str, bytes]]) -> None:
    some = pages()
    some.pop("fiches/été-3/index.html")
    extra = some | {f"fiches/été-{number}/index.html": some["fiches/été-1/index.html"] for number in (60, 61)}
    assert build(kept, some) == build(None, some)
    assert build(kept, extra) == build(None, extra)  # one page more than four indexes are meant for: eight of them
    assert build(kept, pages()) == clean[1]


def test_pages_that_are_not_rendered_again_are_taken_as_they_were_kept(
    kept: Path, clean: tuple[Path, dict[str, bytes]]
) -> None:
    first = search(kept)
    first.begin(40)
    digests = {uri: first.add(uri, html, *values(uri)).digest for uri, html in pages().items()}
    again = search(kept)
    again.begin(40)
    assert all(again.keep(uri, digest) for uri, digest in digests.items())
    found = {
        name: data if isinstance(data, bytes) else Path(data).read_bytes() for name, data in again.files().items()
    }
    assert found == clean[1]


def values(uri: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    number = int(uri.split("-")[1].split("/")[0])
    return (("type", (f"Type {number % 3}",)),), ("boulangerie", f"mot{number}")


def test_what_is_damaged_or_another_is_not_kept(kept: Path) -> None:
    def digest_of_first() -> str:
        index = search(kept)
        index.begin(40)
        return index.add(uri, pages()[uri], *values(uri)).digest

    def is_kept(digest: str) -> bool:
        index = search(kept)
        index.begin(40)
        return index.keep(uri, digest)

    uri = "fiches/été-1/index.html"
    digest = digest_of_first()
    shard = kept / str(COUNT) / str(shard_of(uri, COUNT))
    file, entries = shard / "pages" / file_of(uri), shard / "pages.json"
    assert is_kept(digest)
    assert not is_kept("another")
    text = file.read_bytes()
    os.utime(file, ns=(1, 1))
    assert is_kept(digest), "the same text, of another date"
    file.write_bytes(text.replace(b"boulangerie", b"boulangeriX"))
    assert not is_kept(digest)
    file.unlink()
    assert not is_kept(digest)
    file.write_bytes(text)
    assert is_kept(digest)
    entries.write_bytes(entries.read_bytes().replace(b"boulangerie", b"boulangeriX", 1))
    assert not is_kept(digest)


def test_a_damaged_index_is_made_again(kept: Path, clean: tuple[Path, dict[str, bytes]]) -> None:
    fragment = next(kept.glob(f"{COUNT}/2/*/fragment/*"))
    fragment.write_bytes(fragment.read_bytes()[:-20])
    next(kept.glob(f"{COUNT}/1/*/manifeste.json")).write_text("{")
    next(kept.glob(f"{COUNT}/0/*/*.pf_meta")).unlink()
    assert build(kept, pages()) == clean[1]


def test_one_index_can_be_made_before_the_others_are_ready(kept: Path, clean: tuple[Path, dict[str, bytes]]) -> None:
    rmtree(kept)
    writer, index = search(kept), search(kept)
    writer.begin(40)
    index.begin(40)
    for uri, html in sorted(pages().items(), key=lambda item: shard_of(item[0], COUNT)):
        index.take(uri, writer.add(uri, html, *values(uri)))  # as a process that renders pages for another
    for number in reversed(range(COUNT)):
        assert index.index_shard(number) is not None
    before = made(kept)
    found = {
        name: data if isinstance(data, bytes) else Path(data).read_bytes() for name, data in index.files().items()
    }
    assert found == clean[1]
    assert made(kept) == before


def test_a_chunk_is_cut_without_losing_a_word(tmp_path: Path, clean: tuple[Path, dict[str, bytes]]) -> None:
    assert EXECUTABLE is not None
    source = tmp_path / "pages"
    for uri, html in pages().items():
        (source / file_of(uri)).parent.mkdir(parents=True, exist_ok=True)
        (source / file_of(uri)).write_text(html, "utf-8")
    _run(EXECUTABLE, source, "fr", tmp_path / "made")
    before = {word for file in tmp_path.glob("made/index/*") for word in _words(_read(file))}
    split_chunks(tmp_path / "made", 32)
    files = list(tmp_path.glob("made/index/*"))
    assert len(files) > 5
    assert {word for file in files for word in _words(_read(file))} == before
    assert len(before) > 1200
