"""The search of a build: each page goes to a small file of HTML, and those of one index are read by Pagefind at once.

With many pages there are several indexes, which the browser asks together: a page that changes has only its own made
again. What was made is kept in a folder, for one build at a time.
"""

import json
from collections import defaultdict
from functools import cached_property
from gzip import compress
from hashlib import blake2b
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from essaim.views.search.vocabulary import Vocabulary
from mkdocs_essaim.search.kept import Entry, FilterValues, digest_of, load_entries, save_entries
from mkdocs_essaim.search.made import ENTRY, PUBLISHED, Made, load_made, make_index, remove_others
from mkdocs_essaim.search.shards import file_of, language_of, shard_count, shard_of

FOLDER = "pagefind"
"""Where the search stands in the published tree."""
_PAGES, _ENTRIES = "pages", "pages.json"


class SearchIndex:
    """Takes in the pages of one build after another, and publishes their search; what did not change is made once."""

    def __init__(self, executable: Path, folder: Path | None = None, *, shard_size: int | None = None) -> None:
        """Keep what is made in a folder; without one, as long as the process lasts."""
        self.executable = executable
        self._temporary = None if folder else TemporaryDirectory(prefix="essaim-")
        self._folder = folder or Path(self._temporary.name)  # type: ignore[union-attr]
        self._shard_size = shard_size
        self._kept: list[dict[str, Entry]] = []
        self._taken: list[dict[str, Entry]] = []
        self._pages: list[Path] = []

    def begin(self, pages: int) -> None:
        """Begin a build of that many pages, some of which may not be searched; find what was kept of them."""
        count = shard_count(pages, self._shard_size)
        self._folder.mkdir(parents=True, exist_ok=True)
        remove_others(self._folder, [str(count)])
        self._taken = [{} for _ in range(count)]
        self._pages = [self._shard(number) / _PAGES for number in range(count)]
        for folder in self._pages:
            folder.mkdir(parents=True, exist_ok=True)
        self._kept = [load_entries(self._shard(number) / _ENTRIES) for number in range(count)]

    def close(self) -> None:
        """Remove what is kept in no folder that was given."""
        if self._temporary is not None:
            self._temporary.cleanup()

    @property
    def count(self) -> int:
        """How many indexes there are."""
        return len(self._taken)

    def add(self, uri: str, html: str, filters: FilterValues = (), words: tuple[str, ...] = ()) -> Entry:
        """Take in what is searched of a page, by where it stands in the published tree.

        What is returned can be taken in by another process that shares the folder.
        """
        number = shard_of(uri, self.count)
        file, data = self._file(uri, number), html.encode("utf-8", "surrogatepass")
        digest = digest_of(data, filters, words)
        known = self._kept[number].get(uri)
        if known is not None and known.digest == digest and known.holds(file):
            entry = known
        else:
            _write(Path(file), data)
            modified = Path(file).stat().st_mtime_ns
            entry = Entry(digest=digest, size=len(data), modified=modified, filters=filters, words=words)
        self.take(uri, entry)
        return entry

    def take(self, uri: str, entry: Entry) -> None:
        """Take in a page whose file another process wrote."""
        self._taken[shard_of(uri, self.count)][uri] = entry

    def taken(self, uri: str) -> Entry | None:
        """Return what this build took in of a page, None for a page that is not searched."""
        return self._taken[shard_of(uri, self.count)].get(uri)

    def keep(self, uri: str, digest: str) -> bool:
        """Take in a page as it was kept, if it is whole and has the digest that is said; return whether it has."""
        number = shard_of(uri, self.count)
        entry = self._kept[number].get(uri)
        if entry is None or entry.digest != digest or not entry.holds(self._file(uri, number)):
            return False
        self._taken[number][uri] = entry
        return True

    def index_shard(self, number: int) -> Made | None:
        """Return one index, made again if its pages are not those it is made of; None when it has no page.

        Raises PluginError when Pagefind fails.
        """
        entries, shard = self._taken[number], self._shard(number)
        if entries != self._kept[number]:
            save_entries(shard / _ENTRIES, entries)
            self._kept[number] = dict(entries)
        if not entries:
            return None
        place = self._place(number)
        made = load_made(place)
        if made is None:
            self._remove_strangers(number)
            made = make_index(self.executable, self._pages[number], language_of(number), place, self.count)
            remove_others(shard, [_PAGES, _ENTRIES, place.name])
        return made

    def make_shard(self, number: int) -> None:
        """Make one index, for `files` to find: another process may do it."""
        self.index_shard(number)

    def unmade(self) -> list[int]:
        """Return the numbers of the indexes that are not made of their pages as they are now."""
        return [number for number, some in enumerate(self._taken) if some and not self._place(number).is_dir()]

    def files(self) -> dict[str, str | bytes]:
        """Return what is published, by path below the folder of the search: the indexes are made if they are not.

        Nothing for a build that made no page again. Raises PluginError when Pagefind fails.
        """
        made = [one for number in range(self.count) if (one := self.index_shard(number))]
        found: dict[str, str | bytes] = {}
        for one in reversed(made):  # the script and the program are those of the first
            found |= {_published(name): f"{one.folder}/{name}" for name in one.files}
        if made:
            found[ENTRY] = _entry(made)
            found["mots.gz"] = compress(self._vocabulary().encode(), mtime=0)
            found["filtres.json"] = self._values(made).encode()
        return dict(sorted(found.items()))

    def publish(self, site_dir: Path) -> None:
        """Write what is published into a tree. Raises PluginError when Pagefind fails."""
        found, target = self.files(), site_dir / FOLDER
        if not found:
            return
        for pattern in PUBLISHED:  # of a build before this one; what else stands there is of the wiki
            for file in target.glob(pattern):
                file.unlink()
        for folder in {(target / name).parent for name in found}:
            folder.mkdir(parents=True, exist_ok=True)
        for name, content in found.items():
            if isinstance(content, bytes):
                (target / name).write_bytes(content)
            else:
                copyfile(content, target / name)

    def _place(self, number: int) -> Path:
        """Return where an index made of its pages as they are now stands, or will."""
        digest = blake2b(self._tools, digest_size=16)
        digest.update(repr(sorted((uri, entry.digest) for uri, entry in self._taken[number].items())).encode())
        return self._shard(number) / digest.hexdigest()

    def _shard(self, number: int) -> Path:
        return self._folder / str(self.count) / str(number)

    def _file(self, uri: str, number: int) -> str:
        """Return the path of the file of a page of an index: a text, for all are looked at in each build."""
        return f"{self._pages[number]}/{file_of(uri)}"

    @cached_property
    def _tools(self) -> bytes:
        """What makes an index: the program, and the modules that ask it to."""
        program = self.executable.stat()
        modules = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
        return repr((str(self.executable), program.st_size, program.st_mtime_ns, modules)).encode()

    def _remove_strangers(self, number: int) -> None:
        pages = self._pages[number]
        known = {pages / file_of(uri) for uri in self._taken[number]}
        for file in pages.rglob("*.html"):
            if file.is_file() and file not in known:
                file.unlink()

    def _vocabulary(self) -> str:
        vocabulary = Vocabulary()
        for entries in self._taken:
            for entry in entries.values():
                vocabulary.add(entry.words)
        return vocabulary.text()

    def _values(self, made: list[Made]) -> str:
        """Return as JSON the pages of each value of each filter, by their place in the list of their ids."""
        values: dict[str, dict[str, list[int]]] = defaultdict(dict)
        pages = [page for one in made for page in one.pages]
        for at, (_, uri) in enumerate(pages):
            for name, some in self._taken[shard_of(uri, self.count)][uri].filters:
                for value in some:
                    values[name].setdefault(value, []).append(at)
        data = {"pages": [name for name, _ in pages], "values": values}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def find_executable() -> Path | None:
    """Return the program that indexes, None when there is none for this machine."""
    from pagefind.service import get_executable  # it brings what talks to the program, which takes longer to load

    found = get_executable()
    return found if found is not None and found.is_file() else None


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except FileNotFoundError:  # the folder of a very long name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _published(name: str) -> str:
    return "wasm.fr.pagefind" if name.startswith("wasm.") else name


def _entry(made: list[Made]) -> bytes:
    """Return what a browser asks for first: where each index is.

    The first one stands for French, with the pages of all: Pagefind opens the one of the language of the page, else
    that of most pages. `moteur.js` opens the others beside it, and compares how many pages each really has.
    """
    first = json.loads((made[0].folder / ENTRY).read_text("utf-8"))
    total = sum(len(one.pages) for one in made)
    languages = {
        language_of(number): {
            "hash": one.name,
            "wasm": "fr",
            "page_count": 0 if number else total,
            "pages": len(one.pages),
        }
        for number, one in enumerate(made)
    }
    return json.dumps(first | {"languages": languages}, ensure_ascii=False, separators=(",", ":")).encode()
