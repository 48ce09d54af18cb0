"""Who is shown which pages and files, decided before any site is built."""

from essaim.views.audience import Audience
from essaim.views.files import seen_files
from essaim.views.site import Site
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

FILES = {
    "docs/_type.yml": "type: page\nlabel: {one: page, many: pages}\n",
    "docs/fiches/_type.yml": (
        "type: fiche\nlabel: {one: fiche, many: fiches}\nindex: {view: list}\nfields:\n"
        "  titre: {type: text}\n  photo: {type: image}\n  piece: {type: file, visibility: members}\n"
        "  plus: {type: group, visibility: members, fields: {scan: {type: file}}}\n"
    ),
    "docs/interne/_type.yml": (
        "type: note\nlabel: {one: note, many: notes}\nvisibility: members\nindex: {view: list}\n"
    ),
    "docs/interne/index.md": "# Entre nous\n",
    "docs/interne/compte.md": "# Comptes\n\n![](../images/graphique.png) ![](../images/logo.png)\n",
    "docs/fiches/index.md": "# Nos fiches\n",
    "docs/fiches/a.md": (
        "---\ntitre: A\nphoto: a.png\npiece: contrat.pdf\nplus: {scan: scan.pdf}\n---\n\n![](../images/logo.png)\n"
    ),
}
OTHERS = (
    "docs/fiches/a.png docs/fiches/contrat.pdf docs/fiches/scan.pdf docs/images/graphique.png docs/images/logo.png "
    "docs/assets/style.css docs/interne/tableau.ods"
).split()


def site(audience: Audience, **more: str) -> tuple[Site, frozenset[str]]:
    files = FILES | {name.replace("__", "/") + ".md": text for name, text in more.items()}
    analysis = read_wiki(files, others=OTHERS)
    return site_of(analysis, audience), analysis.files


def test_the_cover_of_a_collection_is_shown_to_whom_its_index_is() -> None:
    public, _ = site(Audience.PUBLIC)
    assert public.sees("docs/fiches/index.md")
    assert not public.sees("docs/interne/index.md")
    members, _ = site(Audience.MEMBERS)
    assert members.sees("docs/interne/index.md")


def test_the_public_is_not_given_files_that_only_members_are_shown() -> None:
    public, files = site(Audience.PUBLIC)
    assert [path for path in seen_files(files, public) if path in OTHERS] == [
        "docs/assets/style.css",
        "docs/fiches/a.png",
        "docs/images/logo.png",
    ]


def test_members_are_given_all_files() -> None:
    members, files = site(Audience.MEMBERS)
    assert set(OTHERS) <= set(seen_files(files, members))


def test_a_file_that_a_public_page_shows_too_is_for_everybody() -> None:
    public, files = site(Audience.PUBLIC, docs__b="Le [contrat](fiches/contrat.pdf).\n")
    assert "docs/fiches/contrat.pdf" in seen_files(files, public)
    assert "docs/fiches/scan.pdf" not in seen_files(files, public)
