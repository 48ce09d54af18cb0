"""The glossary as the hosts publish it: the first use of an acronym explains it, and leads to its page."""

import re
from pathlib import Path

import pytest

from tests.conftest import run_module, write_files

HOSTS = ("mkdocs", "properdocs")
WIKI = {
    "docs/_type.yml": "type: page\nlabel: {one: page, many: pages, gender: f}\nfields: {titre: {type: text}}\n",
    "docs/index.md": """\
# Le CAPE à l'accueil

Voir [le CAPE](termes/cape.md), `CAPE`, <i title="CAPE">là</i>. Un CAPE, puis le **CAPE** ; en Scop & Cie.

Le PSE, la DREETS, la TVA.

*[TVA]: Taxe sur la valeur ajoutée
""",
    "docs/a-ecrire.md": "---\ntitre: À écrire\n---\n",
    "docs/equipe/_type.yml": "type: mot\nvisibility: members\nextends: terme\n",
    "docs/equipe/pse.md": "---\ntitre: Plan CANARI\nsigle: PSE\ndefinition: Un CANARI.\n---\n\nLa BDES.\n",
    "docs/termes/_type.yml": """\
type: terme
fields:
  titre: {type: text, required: true}
  sigle: {type: text}
  definition: {type: text}
glossary: {acronym: sigle, definition: definition}
index: {view: list}
""",
    "docs/termes/cape.md": "---\ntitre: Contrat d'appui & de projet (CAPE)\nsigle: CAPE\n---\n\nLe CAPE, en Scop.\n",
    "docs/termes/scop.md": "---\ntitre: Société coopérative\nsigle: Scop\n---\n",
}


@pytest.fixture(scope="module", params=[(host, audience) for host in HOSTS for audience in ("public", "members")])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a built site, and for whom it is."""
    host, audience = request.param
    root = tmp_path_factory.mktemp(f"{host}-{audience}")
    config = (
        "site_name: Essai\ntheme: {name: material, font: false}\n"
        f"plugins: [essaim: {{audience: {audience}}}, essaim-links, essaim-views]\n"
        "markdown_extensions: [abbr, attr_list]\n"
    )
    write_files(root / "source", {**WIKI, "mkdocs.yml": config})
    run_module(host, "build", "-q", "-f", "mkdocs.yml", "-d", str(root / "site"), cwd=root / "source", status=0)
    return root / "site", audience


def article(site: Path, path: str) -> str:
    html = (site / path / "index.html").read_text("utf-8")
    return html[html.index("<article") : html.index("</article>")]


def ways(html: str) -> list[tuple[str, str, str]]:
    """Return where each explained acronym leads, what it stands for, and the acronym."""
    return re.findall(r'<a class="essaim-terme" href="([^"]*)"[^>]*><abbr title="([^"]*)">([^<]*)</abbr></a>', html)


def test_the_first_use_outside_titles_links_and_code_is_explained(site: tuple[Path, str]) -> None:
    found = ways(article(site[0], ""))
    assert found[:2] == [
        ("termes/cape/", "Contrat d'appui &amp; de projet", "CAPE"),
        ("termes/scop/", "Société coopérative", "Scop"),
    ]
    assert re.search(r"Un <a [^>]*><abbr [^>]*>CAPE</abbr></a>, puis le <strong>CAPE</strong>", article(site[0], ""))


def test_an_abbreviation_of_the_page_itself_wins(site: tuple[Path, str]) -> None:
    assert '<abbr title="Taxe sur la valeur ajoutée">TVA</abbr>' in article(site[0], "")


def test_a_page_does_not_explain_its_own_acronym(site: tuple[Path, str]) -> None:
    assert [acronym for _, _, acronym in ways(article(site[0], "termes/cape"))] == ["Scop"]


def test_a_term_for_members_is_explained_to_members(site: tuple[Path, str]) -> None:
    explained = [acronym for _, _, acronym in ways(article(site[0], ""))]
    assert explained == (["CAPE", "Scop"] if site[1] == "public" else ["CAPE", "Scop", "PSE"])


def test_nothing_of_the_terms_for_members_is_published(site: tuple[Path, str]) -> None:
    if site[1] == "public":
        for file in filter(Path.is_file, site[0].rglob("*")):
            data = file.read_bytes()
            assert b"CANARI" not in data, file
            assert b"BDES" not in data, file


def test_the_acronyms_to_explain_are_listed(site: tuple[Path, str]) -> None:
    text = re.sub(r"<[^>]*>", " ", article(site[0], "a-ecrire"))
    assert "Les sigles à expliquer" in text
    assert "DREETS" in text
    assert ("BDES" in text) == (site[1] == "members")
