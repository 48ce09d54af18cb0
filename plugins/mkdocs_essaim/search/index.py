"""The index of a build: what each page shows goes to a folder, as files of HTML that Pagefind reads at once."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from gzip import compress, decompress
from hashlib import blake2b
from pathlib import Path
from shutil import copy2
from tempfile import TemporaryDirectory

from mkdocs.exceptions import PluginError
from pagefind.service import get_executable

FilterValues = tuple[tuple[str, tuple[str, ...]], ...]
"""Values by the name of the filter."""
FOLDER = "pagefind"
"""Where the index stands in the published tree."""
_SIGNATURE = b"pagefind_dcd"
"""What the files of Pagefind begin with, once decompressed."""
_PUBLISHED = ("pagefind.js", "pagefind-entry.json", "wasm.fr.pagefind", "*.pf_meta", "*/*.pf_*")
"""What a browser asks for; the ready-made interfaces of Pagefind stay out."""
_IGNORED = (
    "h1",
    "img",
    ".headerlink",
    ".essaim-fil",
    ".essaim-resume",
    ".essaim-champ dt",
    ".essaim-table thead",
    ".essaim-fraicheur",
    ".essaim-inclus",
    ".essaim-index",
    ".essaim-compte",
    ".essaim-relations",
    ".essaim-voisinage",
    ".essaim-histoire",
    ".essaim-vue",
    ".essaim-graphique",
)
"""What a page shows of others, or says of itself: each text is found where it was written."""


class SearchIndex:
    """Takes in the pages of one build after another, and publishes their index; the same pages are indexed once."""

    def __init__(self, executable: Path) -> None:
        self._executable = executable
        self._made_of = b""
        self._made = TemporaryDirectory(prefix="essaim-")
        self._pages = TemporaryDirectory(prefix="essaim-")
        self._digests: dict[str, bytes] = {}
        self._filters: dict[str, FilterValues] = {}

    def begin(self) -> None:
        """Forget the pages of the last build."""
        self._pages.cleanup()
        self._pages = TemporaryDirectory(prefix="essaim-")
        self._digests, self._filters = {}, {}

    def close(self) -> None:
        """Remove what is kept from one build to the next."""
        self._pages.cleanup()
        self._made.cleanup()

    def add(self, uri: str, html: str, filters: FilterValues = ()) -> None:
        """Take in what is searched of a page, by where it stands in the published tree, and its values by filter."""
        self._filters[uri] = filters
        path = Path(self._pages.name, uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf-8")
        self._digests[uri] = blake2b(html.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def publish(self, site_dir: Path, vocabulary: str) -> None:
        """Index the pages if they are not those of the last build; write the index into a published tree.

        A build that made no page again leaves the index that is there. Raises PluginError when Pagefind fails.
        """
        if not self._digests:
            return
        made_of = repr(sorted(self._digests.items())).encode()
        if made_of != self._made_of:
            self._run()
            self._made_of = made_of
        made, target = Path(self._made.name), site_dir / FOLDER
        for file in _files(target):  # of a build before this one; what else stands there is of the wiki
            file.unlink()
        for file in _files(made):
            copy = target / file.relative_to(made)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy2(file, copy)
        (target / "mots.gz").write_bytes(compress(vocabulary.encode(), mtime=0))
        (target / "filtres.json").write_text(self._values(made), "utf-8")

    def _values(self, made: Path) -> str:
        """Return as JSON the pages of each value of each filter, by their place in the list of their ids."""
        pages: list[str] = []
        values: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for file in sorted(made.glob("fragment/*.pf_fragment")):
            url = json.loads(decompress(file.read_bytes()).partition(_SIGNATURE)[2])["url"].removeprefix("/")
            uri = f"{url}index.html" if url.endswith("/") or not url else url
            for name, some in self._filters[uri]:
                for value in some:
                    values[name].setdefault(value, []).append(len(pages))
            pages.append(file.stem)
        return json.dumps({"pages": pages, "values": values}, ensure_ascii=False, separators=(",", ":"))

    def _run(self) -> None:
        self._made.cleanup()
        self._made = TemporaryDirectory(prefix="essaim-")
        options = ["--site", self._pages.name, "--output-path", self._made.name, "--force-language", "fr", "--silent"]
        ignored = [part for selector in _IGNORED for part in ("--exclude-selectors", selector)]
        command = [str(self._executable), *options, *ignored]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise PluginError(f"essaim-search : la recherche n'a pas pu être construite. {done.stderr.strip()}")


def find_executable() -> Path | None:
    """Return the program that indexes, None when there is none for this machine."""
    found = get_executable()
    return found if found is not None and found.is_file() else None


def _files(made: Path) -> Iterable[Path]:
    return (file for pattern in _PUBLISHED for file in sorted(made.glob(pattern)))
