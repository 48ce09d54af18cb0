"""Every view of queries and every field type, for each audience: the site `vues` gives its expected pages.

With ESSAIM_UPDATE_CASES=1 the expected pages are written anew, to be read before they are committed.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from essaim.schema.fieldtypes import FIELD_TYPES
from essaim.schema.queries.kinds import COMMON, KINDS
from essaim.source import SourceFile
from essaim.syntax.document import parse_document
from essaim.syntax.nodes import Scalar
from tests.conftest import SITES, run_module
from tests.plugins.test_links import article

SITE = SITES / "vues"
NOVEMBER_FIRST = "1793491200"
"""The day of these builds, in seconds since 1970."""
PAGES = "toutes-les-vues outils outils/scie personnes/adele ateliers/reparer ateliers".split()
"""Whose articles are expected, each as it is for an audience or, when both are shown the same, once."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("vues")
    source = folder / "source"
    shutil.copytree(SITE, source, ignore=shutil.ignore_patterns("attendu"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_FIRST)
        for audience in ("public", "members"):
            arguments = ("build", "--audience", audience, "--site-dir", str(folder / audience))
            run_module("essaim_app", *arguments, cwd=source, status=0)
        run_module("essaim_app", "stage", str(folder / "plain"), cwd=source, status=0)
    return {name: folder / name for name in ("public", "members", "plain")}


@pytest.mark.parametrize("audience", ["public", "members"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_as_expected(built: dict[str, Path], audience: str, page: str) -> None:
    name = f"{page.replace('/', '.')}.html"
    for_all = SITE / "attendu" / name
    expected = for_all if for_all.is_file() else SITE / "attendu" / audience / name
    shown = re.sub(r' d="[^"]{100,}"', ' d="…"', article(built[audience], page))  # outlines have tests of their own
    if "ESSAIM_UPDATE_CASES" in os.environ:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")


def test_the_text_equivalent_is_as_expected(built: dict[str, Path]) -> None:
    shown = (built["plain"] / "toutes-les-vues.md").read_text("utf-8")
    expected = SITE / "attendu/toutes-les-vues.md"
    if "ESSAIM_UPDATE_CASES" in os.environ:
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")


def test_the_site_has_every_view_every_key_and_every_field_type() -> None:
    page = (SITE / "docs/toutes-les-vues.md").read_text("utf-8")
    queries = [q.node for q in parse_document(SourceFile.from_text("x.md", page))[0].queries if q.node]
    views = {node.text for query in queries if isinstance(node := query.get("vue"), Scalar)}
    assert views == KINDS.keys()
    keys = {entry.key.text for query in queries for entry in query.entries}
    assert {*COMMON, *(key for kind in KINDS.values() for key in kind.keys)} - keys == set()
    types = "\n".join(path.read_text("utf-8") for path in SITE.glob("docs/*/_type.yml"))
    assert FIELD_TYPES.keys() - set(re.findall(r"type: (\w+)", types)) == set()


def test_mistakes_are_told_at_their_place_and_the_rest_is_published(built: dict[str, Path]) -> None:
    page = (built["public"] / "toutes-les-vues/index.html").read_text("utf-8")
    source = (SITE / "docs/toutes-les-vues.md").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(source, 1) if text == "de: outi")
    assert f"Cette liste attend une correction (ligne {line - 1} de la page)" in page
    told = run_module("essaim_app", "check", cwd=SITE, status=0).stdout
    assert f"docs/toutes-les-vues.md:{line}:5 avertissement[ES705]" in told
    assert "Vouliez-vous dire « outil » ?" in told
    assert f"docs/toutes-les-vues.md:{line + 1}:13 avertissement[ES708]" in told
