"""What a link shows before one follows it, in small files that a browser asks for when it needs them."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

from essaim.schema.model import PageType
from essaim.views.addresses import AddressOf
from essaim.views.audience import summary_of
from essaim.views.index import cover_path
from essaim.views.listing import LISTS, Artifact, LateArtifact, ListPage
from essaim.views.site import Site
from essaim.views.words import capitalised, counted

FOLDER = "apercus"
"""Where the files stand in the published tree."""
_PER_SHARD = 40
"""Previews that one file holds, or somewhat less."""
_COVER = "index.html"


class Preview(NamedTuple):
    """What is shown of a page: its title, what kind of page it is, its summary. `path` is in the repository."""

    path: str
    title: str
    label: str
    summary: str


def previews(site: Site, lists: Iterable[ListPage] = ()) -> Iterator[Preview]:
    """Yield a preview of each page the audience sees: those somebody wrote, the indexes, and some list pages."""
    counts: Counter[str] = Counter()
    pages = site.graph.pages
    for path, page in pages.items():
        if site.sees(path):
            counts[page.type.name] += site.lists(path)
            yield Preview(path, page.title, page.type.label_one, summary_of(page, site.audience))
    for page_type in site.schema.by_folder.values():
        path, count = cover_path(page_type.folder, site.graph), counts[page_type.name]
        if page_type.index is not None and path not in pages and count:
            yield _index(path, page_type, count)
    for one in lists:
        if one.path not in pages:
            yield Preview(one.path, one.title, "liste", one.intro)


def _index(path: str, page_type: PageType, count: int) -> Preview:
    return Preview(path, capitalised(page_type.label_many), "index", f"{counted(count, 'page')}.")


def shard_count(site: Site) -> int:
    """Return how many files hold the previews of a site: a power of two, so that it seldom changes."""
    seen = sum(map(site.sees, site.graph.pages)) + len(site.schema.by_folder)
    return 1 << max(0, (seen - 1) // _PER_SHARD).bit_length()


def late_shards(site: Site, lists: Iterable[ListPage], address_of: AddressOf) -> tuple[LateArtifact, ...]:
    """Return the files of the previews of a site, which are all made when one is asked for."""
    count = shard_count(site)
    shards = cache(lambda: preview_shards(previews(site, lists), address_of, count))

    def text_of(number: int) -> str:
        return shards()[number].text

    stands_on = frozenset({LISTS})
    return tuple(
        LateArtifact(path=_path(number), make=partial(text_of, number), stands_on=stands_on)
        for number in range(count)
    )


def preview_shards(previews: Iterable[Preview], address_of: AddressOf, count: int) -> tuple[Artifact, ...]:
    """Return some files, as many as a power of two; a page is in the one its address names by `shard_of`.

    `address_of` gives the address of a page from the top of the published tree, as one reads it (not encoded), ''
    when it is not published. Each file maps addresses, without a last `index.html`, to title, kind and summary.
    """
    known = {}
    for path, *shown in previews:
        address = address_of(path)
        if address:
            known[address.removeprefix("./").removesuffix(_COVER)] = shown
    shards: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for address in sorted(known):
        shards[shard_of(address, count)][address] = known[address]
    return tuple(Artifact(path=_path(n), text=_json(shards[n])) for n in range(count))


def _path(number: int) -> str:
    return f"{FOLDER}/{number}.json"


def shard_of(address: str, count: int) -> int:
    """Return the number of the file, of a power of two, that holds an address: FNV-1a over its UTF-8."""
    digest = 0x811C9DC5
    for byte in address.encode():
        digest = (digest ^ byte) * 0x01000193 & 0xFFFFFFFF
    return digest & (count - 1)


def _json(shard: dict[str, list[str]]) -> str:
    return json.dumps(shard, ensure_ascii=False, separators=(",", ":")) + "\n"
