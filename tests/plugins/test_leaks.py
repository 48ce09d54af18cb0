"""Nothing meant for members is in any byte of the public site: a canary in each such place, then a search for it.

The search is shown to work: with any one of the filters taken out, it finds some.
"""

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.leaks import DRAFT, LEFT_OUT, WAITING, Canaries, write_wiki

FILTERS = {
    "fields": "import essaim.views.audience as m; m.sees_field = lambda *_: True",
    "pages and their files": "import essaim.views.audience as m; m.sees_type = lambda *_: True",
    "summaries": "import essaim.views.audience as m; m.summary_of = lambda page, _: page.summary",
    "files that only members are shown": "import essaim.views.files as m; m._withheld = lambda *_: set()",
    "links from public pages": "import essaim.graph.resolve as m; m._Resolver._reserved = lambda _, target: target",
    "pages in views": "import essaim.views.site as m; m.Site.sees = lambda self, path: path in self.graph.pages",
    "what is wrong with a page": (
        "import essaim.views.inputs as m; m._show_error = lambda e, _: m.ShownError(line=1, text=e.message)"
    ),
}
"""What each filter keeps back, and the code that takes it out."""

NEVER_SHOWN = {"address of a commit", "faulty value", "old file name"}
"""What no page shows, even to members, besides what the site leaves out."""


def build(root: Path, target: Path, audience: str, without: str = "") -> None:
    """Build a site from nothing, in a process of its own, with one filter taken out."""
    shutil.rmtree(root / ".essaim_cache", ignore_errors=True)
    code = f"{without}\nfrom essaim_app.main import run\nrun()"
    command = [
        sys.executable,
        "-c",
        code,
        "-C",
        str(root),
        "build",
        "--audience",
        audience,
        "--site-dir",
        str(target),
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 1, done.stderr  # some pages of the wiki are faulty on purpose
    assert (target / "index.html").is_file()


def found(site: Path, canaries: Canaries) -> dict[str, str]:
    """Return the canaries in the bytes and the names of a site: the place each was put, and the file it is in."""
    seen = {}
    for path in sorted(site.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        if content.startswith(b"\x1f\x8b"):  # the files of the search are compressed too, whatever their names
            content = gzip.decompress(content)
        text = f"{path.relative_to(site)}\n{content.decode('utf-8', 'replace')}".lower().replace("\u202f", "")
        for canary, place in canaries.places.items():
            if canary in text:
                seen[place] = path.relative_to(site).as_posix()
    return seen


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Canaries]:
    canaries = Canaries()
    return write_wiki(tmp_path_factory.mktemp("fuites"), canaries), canaries


def test_nothing_for_members_is_in_the_public_site(wiki: tuple[Path, Canaries], tmp_path: Path) -> None:
    root, canaries = wiki
    build(root, tmp_path / "public", "public")
    assert found(tmp_path / "public", canaries) == {}


def test_members_are_shown_what_the_public_is_not(wiki: tuple[Path, Canaries], tmp_path: Path) -> None:
    """Else the canaries would be missing for another reason than the audience."""
    root, canaries = wiki
    build(root, tmp_path / "members", "members")
    hidden = set(canaries.places.values()) - found(tmp_path / "members", canaries).keys()
    left_out = {place for place in canaries.places.values() if place.endswith((DRAFT, LEFT_OUT, WAITING))}
    assert hidden == NEVER_SHOWN | left_out


@pytest.mark.parametrize("name", FILTERS)
def test_without_a_filter_the_search_finds_what_it_kept_back(
    wiki: tuple[Path, Canaries], tmp_path: Path, name: str
) -> None:
    root, canaries = wiki
    build(root, tmp_path / "public", "public", FILTERS[name])
    assert found(tmp_path / "public", canaries) != {}
