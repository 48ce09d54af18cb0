"""`essaim rename` and `essaim remove`, run as processes on wikis that are written down."""

import re
import stat
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from essaim.source import SourceFile
from essaim.workspace import Workspace
from essaim.workspace.plan import Refused
from essaim.workspace.rename import plan_rename
from essaim.workspace.write import write_plan
from tests.conftest import Run, run_module, write_files

WIKI = {
    "mkdocs.yml": """\
site_name: Essai
theme: {name: material, font: false}
plugins: [essaim, essaim-links, essaim-views, search]
nav: [index.md, fiches/marche.md]
""",
    "docs/index.md": "# Accueil\n\nVoir [[Marché]], [[marche|le marché]] et [la fiche](fiches/marche.md#a-savoir).\n",
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text, required: true}
  suite: {type: reference, to: fiche, self: error}
index: {view: list}
""",
    "docs/fiches/marche.md": "---\ntitre: Marché\n---\n\n## À savoir\n\nRien. Voir [[marche#À savoir]].\n",
    "docs/fiches/fete.md": "---\r\ntitre: Fête\r\nsuite: marche\r\n---\r\n\r\nVoir `[[marche]]`.\r\n",
    "notes/_type.yml": "type: note\nlabel: {one: note, many: notes, gender: f}\nfields: {titre: text}\n",
    "notes/bal.md": "---\ntitre: Le grand bal\n---\n\n[le marché](../docs/fiches/marche.md)\n",
}
REDIRECTION = (
    "# Les pages qui ont changé de place : l'ancien chemin, deux-points, puis la page d'arrivée.\n"
    "docs/fiches/marche.md: foire\n"
)


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    return write_files(tmp_path, WIKI)


def content(root: Path) -> dict[str, str]:
    """Return every file of a folder, hidden ones left out."""
    files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    found = {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in files}
    return {path: text for path, text in found.items() if not path.startswith(".")}


RENAMED = {path: text for path, text in WIKI.items() if path != "docs/fiches/marche.md"} | {
    "docs/index.md": WIKI["docs/index.md"].replace("[[marche|", "[[foire|").replace("marche.md", "foire.md"),
    "docs/fiches/foire.md": (
        "---\ntitre: Marché\nalias: [marche]\n---\n\n## À savoir\n\nRien. Voir [[foire#À savoir]].\n"
    ),
    "docs/fiches/fete.md": WIKI["docs/fiches/fete.md"].replace("suite: marche", "suite: foire"),
    "notes/bal.md": WIKI["notes/bal.md"].replace("marche.md", "foire.md"),
    "docs/_redirections.yml": REDIRECTION,
}


@pytest.mark.parametrize(
    ("old", "new"),
    [("marche", "foire"), ("fiche/marche", "fiche/foire"), ("docs/fiches/marche.md", "docs/fiches/foire.md")],
)
def test_a_page_is_renamed_by_any_of_its_names(wiki: Path, essaim: Run, old: str, new: str) -> None:
    done = essaim("rename", old, new, cwd=wiki, status=0)
    assert content(wiki) == RENAMED
    assert done.stdout == (
        "« docs/fiches/marche.md » devient « docs/fiches/foire.md ». 5 liens corrigés dans 4 fiches.\n"
        "L'ancien nom « marche » reste un autre nom de la fiche.\n"
        "L'ancienne adresse mène à la nouvelle : c'est noté dans « docs/_redirections.yml ».\n"
        "« mkdocs.yml » nomme encore l'ancien chemin : corrigez-le à la main.\n"
    )
    essaim("check", "--strict", cwd=wiki, status=0)


def test_a_dry_run_shows_and_writes_nothing(wiki: Path, essaim: Run) -> None:
    done = essaim("rename", "marche", "foire", "--dry-run", cwd=wiki, status=0)
    assert content(wiki) == WIKI
    assert "--- docs/fiches/marche.md\n+++ docs/fiches/foire.md\n" in done.stdout
    changed = re.findall(r"^[+-](?![+-]).*", done.stdout, re.MULTILINE)
    assert len([line for line in changed if line[0] == "-"]) == 4
    assert "5 liens corrigés" in done.stderr


def test_a_folder_is_enough_and_is_made(wiki: Path, essaim: Run) -> None:
    (wiki / "docs/fiches/marche.md").chmod(0o640)
    essaim("rename", "fiches/marche.md", "docs/fiches/ete/", cwd=wiki / "docs", status=0)
    moved = wiki / "docs/fiches/ete/marche.md"
    assert moved.read_text("utf-8") == WIKI["docs/fiches/marche.md"]
    assert stat.S_IMODE(moved.stat().st_mode) == 0o640
    assert "[la fiche](fiches/ete/marche.md#a-savoir)" in (wiki / "docs/index.md").read_text("utf-8")
    assert "marche.md: marche\n" in (wiki / "docs/_redirections.yml").read_text("utf-8")
    essaim("check", "--strict", cwd=wiki, status=0)


def test_a_change_of_case_alone_works(wiki: Path, essaim: Run) -> None:
    essaim("rename", "marche", "Marche", cwd=wiki, status=0)
    assert sorted(path.name for path in (wiki / "docs/fiches").glob("*.md")) == ["Marche.md", "fete.md"]
    essaim("check", "--strict", cwd=wiki, status=0)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Le grand bal", "foire", "Voulez-vous dire « note/bal » ?"),
        ("marchee", "foire", "Vouliez-vous dire « fiche/marche » ?"),
        ("docs/fiches/_type.yml", "foire", "n'est pas une fiche"),
        ("docs/index.md", "accueil", "ouvre son dossier"),
        ("marche", "fete", "« docs/fiches/fete.md » existe déjà"),
        ("marche", "notes/foire.md", "range des fiches de type « note »"),
        ("marche", "../foire.md", "sort du wiki"),
        ("marche", "/tmp/foire.md", "sort du wiki"),  # noqa: S108
        ("marche", "docs/fiches/foire", "ajoutez « .md » ou « / » à la fin"),
        ("marche", "index", "essayez « index-fiche »"),
        ("marche", "", "sort du wiki"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    wiki: Path, essaim: Run, old: str, new: str, told: str
) -> None:
    done = essaim("rename", old, new, cwd=wiki, status=2)
    assert told in done.stderr
    assert done.stdout == ""
    assert content(wiki) == WIKI


def test_a_folder_outside_the_wiki_by_a_symbolic_link_is_refused(wiki: Path, tmp_path: Path, essaim: Run) -> None:
    elsewhere = tmp_path / ".ailleurs"
    elsewhere.mkdir()
    (wiki / "docs/fiches/ete").symlink_to(elsewhere)
    assert "hors du wiki" in essaim("rename", "marche", "docs/fiches/ete/", cwd=wiki, status=2).stderr
    assert content(wiki) == WIKI
    assert list(elsewhere.iterdir()) == []


def test_a_rename_that_would_change_what_others_mean_says_where(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"notes/foire.md": "---\ntitre: F\n---\n", "notes/x.md": "---\ntitre: X\n---\n[[foire]]\n"})
    before = content(wiki)
    done = essaim("rename", "marche", "foire", cwd=wiki, status=1)
    assert "notes/x.md:4:3 Ce lien ne mènerait plus à « notes/foire.md »." in done.stderr
    assert content(wiki) == before


def test_a_file_that_changes_meanwhile_stops_everything(wiki: Path) -> None:
    analysis = Workspace.around(wiki, date(2026, 5, 1)).refresh()
    plan = plan_rename(analysis, "docs/fiches/marche.md", "docs/fiches/foire.md")
    write_files(wiki, {"notes/bal.md": "---\ntitre: Autre bal\n---\n"})
    before = content(wiki)
    with pytest.raises(Refused, match="vient de changer"):
        write_plan(wiki, analysis.layout, plan)
    assert content(wiki) == before
    write_files(wiki, {"notes/bal.md": WIKI["notes/bal.md"], "docs/fiches/foire.md": "là\n"})
    with pytest.raises(Refused, match="existe déjà sur le disque"):
        write_plan(wiki, analysis.layout, plan)
    assert (wiki / "docs/fiches/foire.md").read_text("utf-8") == "là\n"


def test_an_interruption_loses_nothing(wiki: Path) -> None:
    """Hold that, wherever writing stops, the old page is still there and no half of a file is."""
    analysis = Workspace.around(wiki, date(2026, 5, 1)).refresh()
    plan = plan_rename(analysis, "docs/fiches/marche.md", "docs/fiches/foire.md")
    for last, path in enumerate(plan.after):
        root = write_files(wiki / f".essai{last}", WIKI)
        unreadable = SourceFile(path=path, text="\ud800", digest="")  # cannot be encoded: writing it fails
        broken = {**plan.after, path: unreadable}
        with pytest.raises(UnicodeEncodeError):
            write_plan(root, analysis.layout, type(plan)(**{**vars(plan), "after": broken}))
        files = content(root)
        assert files["docs/fiches/marche.md"] == WIKI["docs/fiches/marche.md"]
        assert not list(root.rglob(".essaim-*"))


def test_a_page_that_is_replaced_leads_to_the_other(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"docs/fiches/bazar.md": "---\ntitre: Bazar\n---\n\nTout.\n"})
    done = essaim("remove", "marche", "--replaced-by", "bazar", cwd=wiki, status=0)
    assert "« docs/fiches/bazar.md » la remplace. 5 liens corrigés dans 3 fiches." in done.stdout
    files = content(wiki)
    assert "docs/fiches/marche.md" not in files
    assert files["docs/index.md"] == (
        "# Accueil\n\nVoir [[bazar]], [[bazar|le marché]] et [la fiche](fiches/bazar.md).\n"
    )
    assert files["docs/fiches/fete.md"] == WIKI["docs/fiches/fete.md"].replace("suite: marche", "suite: bazar")
    assert files["docs/fiches/bazar.md"] == "---\ntitre: Bazar\n---\n\nTout.\n"
    assert "docs/fiches/marche.md: bazar\n" in files["docs/_redirections.yml"]
    essaim("check", "--strict", cwd=wiki, status=0)


def test_a_page_that_others_cite_is_removed_only_by_force(wiki: Path, essaim: Run) -> None:
    done = essaim("remove", "marche", cwd=wiki, status=1)
    assert "docs/fiches/fete.md:3:8 cite « marche »\n" in done.stderr
    assert "docs/index.md:3:8 cite « Marché »\n" in done.stderr
    assert content(wiki) == WIKI
    done = essaim("remove", "marche", "--force", cwd=wiki, status=0)
    assert "docs/fiches/fete.md:3:8 cite « marche »\n" in done.stdout
    assert content(wiki) == {path: text for path, text in WIKI.items() if path != "docs/fiches/marche.md"}


def test_a_page_that_nobody_cites_is_simply_removed(wiki: Path, essaim: Run) -> None:
    shown = essaim("remove", "bal", "--dry-run", cwd=wiki, status=0)
    assert shown.stdout == "--- notes/bal.md\n+++ /dev/null\n"
    assert content(wiki) == WIKI
    essaim("remove", "bal", cwd=wiki, status=0)
    assert content(wiki) == {path: text for path, text in WIKI.items() if path != "notes/bal.md"}


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
@pytest.mark.parametrize("folders", [True, False], ids=["folders", "files"])
def test_the_old_address_leads_to_the_page(wiki: Path, essaim: Run, host: str, folders: bool) -> None:
    essaim("rename", "marche", "docs/fiches/ete/foire fériée.md", cwd=wiki, status=0)
    config = WIKI["mkdocs.yml"].replace("fiches/marche.md", "fiches/fete.md")
    write_files(wiki, {"mkdocs.yml": f"{config}use_directory_urls: {str(folders).lower()}\n"})
    run_module(host, "build", "-f", "mkdocs.yml", "--strict", cwd=wiki, status=0)
    site = wiki / "site"
    page = site / ("fiches/marche/index.html" if folders else "fiches/marche.html")
    html = page.read_text("utf-8")
    address = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', html)
    assert address
    target = page.parent / unquote(address[1])
    assert "Marché" in (target / "index.html" if folders else target).read_text("utf-8")
    assert f'<link rel="canonical" href="{address[1]}">' in html
    assert f'<a href="{address[1]}">Marché</a>' in html
    assert '<html lang="fr">' in html
    assert "noindex" in html
    assert "<script" not in html
    others = ("sitemap.xml", "search/search_index.json", "index.html", "fiches/index.html")
    assert not any("fiches/marche" in (site / name).read_text("utf-8") for name in others)


def test_a_staged_tree_says_where_the_page_went(wiki: Path, essaim: Run) -> None:
    essaim("rename", "marche", "docs/fiches/ete/foire.md", cwd=wiki, status=0)
    essaim("stage", "sortie", cwd=wiki, status=0)
    assert "Cette page a changé d'adresse : [Marché](ete/foire.md)." in content(wiki)["sortie/fiches/marche.md"]


def test_links_by_an_old_path_are_mended_after_a_move_by_hand(wiki: Path, essaim: Run) -> None:
    (wiki / "docs/fiches/marche.md").rename(wiki / "docs/fiches/foire.md")
    write_files(
        wiki, {"docs/_redirections.yml": REDIRECTION, "docs/fiches/foire.md": RENAMED["docs/fiches/foire.md"]}
    )
    told = essaim("check", "--info", "--strict", cwd=wiki, status=0).stdout
    assert "docs/index.md:3:53 information[ES324]" in told
    essaim("fix", cwd=wiki, status=0)
    files = content(wiki)
    assert files["notes/bal.md"] == RENAMED["notes/bal.md"]
    assert files["docs/index.md"] == WIKI["docs/index.md"].replace("marche.md", "foire.md")
