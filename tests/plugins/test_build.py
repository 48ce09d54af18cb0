"""The plugins on a site of their own, built by MkDocs and by ProperDocs, each in its own process."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import SITES, run_module, write_files

HOSTS = ("mkdocs", "properdocs")


def build(host: str, source: Path, target: Path, *options: str, status: int = 0) -> str:
    """Build a copy of a site; return what was printed."""
    arguments = (host, "build", "-f", "mkdocs.yml", "-d", str(target), *options)
    done = run_module(*arguments, cwd=source, status=status, fresh=True)
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the site once by each host."""
    folder = tmp_path_factory.mktemp("atelier")
    shutil.copytree(SITES / "atelier", folder / "source")
    for host in HOSTS:
        build(host, folder / "source", folder / host)
    return {host: folder / host for host in HOSTS}


def html(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8")


@pytest.mark.parametrize("host", HOSTS)
class TestPages:
    def test_collections_outside_docs_keep_their_addresses(self, built: dict[str, Path], host: str) -> None:
        assert "Aime" in html(built[host], "fiches/zoé")
        assert "Pain au levain" in html(built[host], "recettes/pain-au-levain")

    def test_links_lead_to_published_pages_across_folders(self, built: dict[str, Path], host: str) -> None:
        page = html(built[host], "recettes/pain-au-levain")
        assert '<a href="../../fiches/zo%C3%A9/">Zoé</a>' in page
        assert '<a href="../farine.t65/#choisir">Farine T65 › Choisir</a>' in page
        assert '<a href="../../recettes/pain-au-levain/">le pain</a>' in html(built[host], "fiches/zoé")
        assert "[[ceci n'est pas un lien]]" in page

    def test_every_internal_link_leads_to_a_file(self, built: dict[str, Path], host: str) -> None:
        broken = []
        for page in built[host].rglob("index.html"):
            for address in re.findall(r'href="([^"#?]+)[#?"]', page.read_text("utf-8")):
                if re.match(r"[a-z]+:|//", address):
                    continue
                target = page.parent / unquote(address)
                if not (target.is_file() or (target / "index.html").is_file()):
                    broken.append((page.relative_to(built[host]).as_posix(), address))
        assert broken == []

    def test_a_missing_page_is_a_red_link(self, built: dict[str, Path], host: str) -> None:
        assert '<span class="essaim-manquant" title="Page à écrire">brioche dorée</span>' in html(
            built[host], "recettes/pain-au-levain"
        )

    def test_the_panel_shows_fields_with_labels_and_links(self, built: dict[str, Path], host: str) -> None:
        page = html(built[host], "recettes/pain-au-levain")
        assert "<dt>Demande</dt>" in page
        assert '<a href="../farine.t65/">Farine T65</a>, <a href="../eau/">Éau</a>' in page
        assert '<p class="essaim-resume">Du pain, en deux jours.</p>' in page

    def test_relations_show_on_the_other_page_under_their_inverse_name(
        self, built: dict[str, Path], host: str
    ) -> None:
        flour = html(built[host], "recettes/farine.t65")
        assert re.search(r"<h2[^>]*>Sert à faire</h2>\s*<ul>\s*<li><a href=\"../pain-au-levain/\">", flour)
        assert re.search(r"<h2[^>]*>Donne un coup de main pour</h2>", html(built[host], "fiches/jean-noël"))

    def test_a_page_has_one_title(self, built: dict[str, Path], host: str) -> None:
        for page in ("recettes/pain-au-levain", "recettes/farine.t65", "fiches/zoé", "recettes", "recettes/ratee"):
            assert html(built[host], page).count("<h1") == 1, page

    def test_indexes_list_their_pages(self, built: dict[str, Path], host: str) -> None:
        table = html(built[host], "recettes")
        assert '<th scope="col">Sert à faire</th>' in table
        assert '<th scope="row"><a href="pain-au-levain/">Pain au levain</a></th>' in table
        assert '<a href="zo%C3%A9/">Zoé</a>' in html(built[host], "fiches")

    def test_a_page_with_an_error_is_kept_out_and_says_why(self, built: dict[str, Path], host: str) -> None:
        page = html(built[host], "recettes/ratee")
        assert "Ce texte ne doit pas paraître" not in page
        assert "ligne 3 : Ce champ n'existe pas pour ce type (ES201)" in page
        assert "couleur" not in page  # to the public, the kind of mistake; never what was written

    def test_what_is_hidden_or_for_members_is_not_published(self, built: dict[str, Path], host: str) -> None:
        names = [path.name for path in built[host].rglob("*")]
        assert "_type.yml" not in names
        assert "brouillon" not in names
        for path in built[host].rglob("*"):
            assert not path.is_file() or b"canari-recette" not in path.read_bytes(), path

    def test_the_navigation_holds_sections_and_indexes_only(self, built: dict[str, Path], host: str) -> None:
        home = html(built[host], ".")
        links = set(re.findall(r'<a href="([^"]+)" class="md-nav__link', home))
        assert links >= {"recettes/", "fiches/"}
        assert not any("pain-au-levain" in link or "zo%C3%A9" in link for link in links)

    def test_the_edit_link_is_the_path_in_the_repository(self, built: dict[str, Path], host: str) -> None:
        base = "https://forge.exemple.invalid/atelier/wiki/edit/main"
        assert f'href="{base}/fiches/jean-no' in html(built[host], "fiches/jean-noël")
        assert f'href="{base}/docs/recettes/eau.md"' in html(built[host], "recettes/eau")


def test_both_hosts_give_the_same_pages(built: dict[str, Path]) -> None:
    pages = {
        host: {
            path.relative_to(site).as_posix(): neutral(path.read_text("utf-8")) for path in site.rglob("index.html")
        }
        for host, site in built.items()
    }
    assert pages["mkdocs"] == pages["properdocs"]
    assert len(pages["mkdocs"]) >= 9


def neutral(page: str) -> str:
    """Return a page without what names the host that made it."""
    return re.sub(r'<meta name="generator"[^>]*>', "", page)


def test_words_of_a_page_never_become_markup(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script> & "x" [y](javascript:z) `c` *d* | $e$'
    page = f"---\nnom: '{hostile}'\nresume: '{hostile}'\n---\n\nVoir [[farine.t65]].\n"
    shutil.copytree(SITES / "atelier", tmp_path / "site")
    write_files(
        tmp_path / "site",
        {
            "docs/recettes/hostile.md": page,
            "docs/recettes/cite.md": "---\nnom: Cite\ndemande: [hostile]\n---\n\n[[hostile]], [[hostile#absent]]\n",
        },
    )
    build("mkdocs", tmp_path / "site", tmp_path / "out")
    for name in ("recettes/hostile", "recettes/cite", "recettes/farine.t65", "recettes"):
        text = html(tmp_path / "out", name)
        assert "<script>alert" not in text, name
        assert 'href="javascript:' not in text, name
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text or "&#60;script&#62;" in text, name
        assert "<em>d</em>" not in text, name


@pytest.mark.parametrize("host", HOSTS)
def test_a_strict_build_stops_once_with_all_errors_printed(tmp_path: Path, host: str) -> None:
    shutil.copytree(SITES / "atelier", tmp_path / "site")
    write_files(tmp_path / "site", {"docs/recettes/autre.md": "---\nnom: Autre\ndemande: [rien du tout]\n---\n"})
    printed = build(host, tmp_path / "site", tmp_path / "out", "--strict", status=1)
    assert "docs/recettes/ratee.md:3:1 ES201" in printed
    assert "docs/recettes/autre.md:3:11 ES301" in printed
    assert printed.count("à corriger avant de publier") == 1
    assert not (tmp_path / "out").exists()


def test_members_see_what_is_theirs(tmp_path: Path) -> None:
    shutil.copytree(SITES / "atelier", tmp_path / "site")
    config = tmp_path / "site" / "mkdocs.yml"
    config.write_text(config.read_text().replace("[essaim,", "[essaim: {audience: members},"))
    build("mkdocs", tmp_path / "site", tmp_path / "out")
    assert "canari-recette" in html(tmp_path / "out", "recettes/pain-au-levain")


def test_nothing_of_what_is_for_members_reaches_the_public_site(tmp_path: Path) -> None:
    site = write_files(
        tmp_path / "site",
        {
            "mkdocs.yml": "site_name: x\ntheme: {name: material, font: false}\n"
            "plugins: [essaim, essaim-views, search]\n",
            "docs/index.md": "# Accueil\n\n[[secret-1]], [des mots](comptes/secret-1.md), [[secret-1|dits]], "
            "[le tableur](comptes/bilan.csv), [la liste](comptes/index.md).\n",
            "docs/comptes/_type.yml": """\
type: compte
visibility: members
fields:
  titre: {type: text}
  qui: {type: reference, to: note, inverse: {name: comptes, label: CANARI-inverse}}
index: {view: cards}
""",
            "docs/comptes/secret-1.md": "---\ntitre: CANARI-titre\nqui: ada\n---\n\nCANARI-texte [[ada]]\n",
            "docs/comptes/bilan.csv": "CANARI-fichier",
            "notes/_type.yml": """\
type: note
fields:
  titre: {type: text}
  prive:
    type: group
    visibility: members
    fields:
      ami: {type: reference, to: note, inverse: {name: amis, label: CANARI-ami}}
  revenu: {type: text, visibility: members}
  resume: {type: text, visibility: members}
  tel: {type: tel, visibility: members}
index: {view: table, columns: [titre, revenu, prive, comptes, amis]}
""",
            "notes/ada.md": "---\ntitre: Ada\nrevenu: CANARI-revenu\nresume: CANARI-resume\n"
            "prive: {ami: nour}\n---\n",
            "notes/fautive.md": "---\ntitre: Fautive\ntel: CANARI-faute\n---\n",
            "notes/nour.md": "---\ntitre: Nour\n---\n",
        },
    )
    build("mkdocs", site, tmp_path / "public")
    run_module("essaim_app", "stage", str(tmp_path / "arbre"), cwd=site, status=1)
    for folder in ("public", "arbre"):
        for path in (tmp_path / folder).rglob("*"):
            assert "bilan" not in path.name
            assert "comptes" not in path.relative_to(tmp_path).parts
            if path.is_file():
                content = path.read_bytes()
                assert b"CANARI" not in content, path
    assert "des mots" in html(tmp_path / "public", ".")
    assert "page réservée aux membres" in html(tmp_path / "public", ".")
    config = site / "mkdocs.yml"
    config.write_text(config.read_text().replace("[essaim,", "[essaim: {audience: members},"))
    build("mkdocs", site, tmp_path / "members")
    shown = "".join(path.read_text("utf-8") for path in (tmp_path / "members").rglob("*.html"))
    canaries = ("titre", "inverse", "texte", "ami", "revenu", "resume", "faute")
    assert [name for name in canaries if f"CANARI-{name}" not in shown] == []
    assert (tmp_path / "members/comptes/bilan.csv").is_file()


def test_the_content_plugin_serves_alone(tmp_path: Path) -> None:
    shutil.copytree(SITES / "atelier", tmp_path / "site")
    config = tmp_path / "site" / "mkdocs.yml"
    config.write_text(
        config.read_text()
        .replace(", essaim-views", "")
        .replace("material", "mkdocs")
        .replace(", language: fr, font: false, features: [content.action.edit]", "")
    )
    write_files(tmp_path / "site", {"docs/index.md": "# Accueil\n\n[[Pain au levain]]\n"})
    build("mkdocs", tmp_path / "site", tmp_path / "out")
    page = html(tmp_path / "out", "recettes/farine.t65")
    assert page.count("<h1") == 1
    assert "Chez le meunier" in page
    assert 'href="recettes/pain-au-levain/"' in html(tmp_path / "out", ".")


def test_views_without_content_say_what_to_do(tmp_path: Path) -> None:
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\nplugins: [essaim-views]\n", "docs/index.md": "# x\n"})
    assert "a besoin du plugin « essaim »" in build("mkdocs", tmp_path, tmp_path / "out", status=1)


def test_a_theme_s_own_page_template_cannot_be_chosen_by_a_page(tmp_path: Path) -> None:
    text = "---\ntemplate: 404.html\n---\n\n# Page\n\nDu texte.\n"
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\nplugins: [essaim]\n", "docs/index.md": text})
    build("mkdocs", tmp_path, tmp_path / "out")
    assert "est réservé" in html(tmp_path / "out", ".")


def test_every_page_is_reached_from_a_home_that_nobody_wrote(tmp_path: Path) -> None:
    write_files(
        tmp_path / "site",
        {
            "mkdocs.yml": "site_name: x\ntheme: {name: mkdocs}\nplugins: [essaim, essaim-views]\n",
            "docs/seule.md": "# Page seule\n",
            "docs/guides/premier.md": "# Premier guide\n",
            "lieux/_type.yml": "type: lieu\nlabel: {one: lieu, many: lieux}\nfields: {titre: {type: text}}\n",
            "lieux/gap.md": "---\ntitre: Gap\n---\n",
            "vide/_type.yml": "type: vide\nfields: {titre: {type: text}}\nindex: {view: cards}\n",
        },
    )
    build("mkdocs", tmp_path / "site", tmp_path / "out")
    home = html(tmp_path / "out", ".")
    assert [address for address in ("seule/", "guides/", "lieux/") if f'<a href="{address}">' not in home] == []
    assert '<a href="premier/">Premier guide</a>' in html(tmp_path / "out", "guides")
    assert '<a href="gap/">Gap</a>' in html(tmp_path / "out", "lieux")
    assert not (tmp_path / "out" / "vide").exists()


def test_what_a_page_tells_its_theme_reaches_the_theme(tmp_path: Path) -> None:
    front = "title: Ma note\ndescription: Décrite.\nhide: [toc]\nsearch: {exclude: true}\n"
    config = "site_name: x\ntheme: {name: material, font: false}\nplugins: [essaim, essaim-views, search]\n"
    pages = {"mkdocs.yml": config, "docs/index.md": "# x\n", "docs/note.md": f"---\n{front}---\n\nDu texte rare.\n"}
    build("mkdocs", write_files(tmp_path / "site", pages), tmp_path / "out")
    page = html(tmp_path / "out", "note")
    assert "<h1>Ma note</h1>" in page
    assert '<meta name="description" content="Décrite.">' in page
    assert "Du texte rare" not in (tmp_path / "out/search/search_index.json").read_text("utf-8")


def test_a_path_that_leads_nowhere_is_a_red_link_and_no_dead_one(tmp_path: Path) -> None:
    pages = {
        "mkdocs.yml": "site_name: x\nplugins: [essaim, essaim-views]\n",
        "docs/index.md": "# x\n\n[un guide](guides/absent.md) et [les gens](../gens/index.md).\n",
        "gens/_type.yml": "type: gens\nfields: {titre: {type: text}}\nindex: {view: list}\n",
    }
    printed = build("mkdocs", write_files(tmp_path / "site", pages), tmp_path / "out")
    assert printed.count("ES309") == 1  # a collection without pages is nowhere: its name stays, as words
    home = html(tmp_path / "out", ".")
    assert ">un guide</span>" in home
    assert " et <span>les gens</span>." in home
    assert "absent" not in home
    write_files(tmp_path / "site", {"gens/ada.md": "---\ntitre: Ada\n---\n"})
    build("mkdocs", tmp_path / "site", tmp_path / "out")
    assert '<a href="gens/">les gens</a>' in html(tmp_path / "out", ".")


def test_a_readme_is_the_cover_of_its_folder(tmp_path: Path) -> None:
    pages = {
        "mkdocs.yml": "site_name: x\ntheme: {name: mkdocs}\nplugins: [essaim, essaim-views]\n",
        "docs/index.md": "# x\n\n[les gens](../gens/index.md), [les guides](guides/)\n",
        "docs/guides/README.md": "# Guides\n\nLisez-moi.\n",
        "gens/_type.yml": "type: gens\nfields: {titre: {type: text, required: true}}\nindex: {view: list}\n",
        "gens/README.md": "# Nos gens\n\nBonjour.\n",
        "gens/ada.md": "---\ntitre: Ada\n---\n",
    }
    build("mkdocs", write_files(tmp_path / "site", pages), tmp_path / "out", "--strict")
    assert "Lisez-moi" in html(tmp_path / "out", "guides")
    assert "Bonjour" in html(tmp_path / "out", "gens")
    assert '<a href="ada/">Ada</a>' in html(tmp_path / "out", "gens")
    assert '<a href="gens/">les gens</a>' in html(tmp_path / "out", ".")


def test_what_passes_for_a_page_and_is_none_is_not_published(tmp_path: Path) -> None:
    pages = {
        "mkdocs.yml": "site_name: x\nplugins: [essaim, essaim-views]\n",
        "docs/index.md": "# x\n",
        "docs/reste.md.orig": "CANARI",
        "gens/_type.yml": "type: gens\nfields: {titre: {type: text}}\n",
        "gens/Ada.MD": "---\ntitre: CANARI\n---\n",
        "_type.yml": "type: tout\nextra: allow\n",
        "secrets.txt": "CANARI",
    }
    printed = build("mkdocs", write_files(tmp_path / "site", pages), tmp_path / "out")
    assert "gens/Ada.MD:1:1 ES006" in printed
    found = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and b"CANARI" in path.read_bytes()]
    assert found == []


def test_a_page_that_mkdocs_excludes_is_shown_nowhere(tmp_path: Path) -> None:
    pages = {
        "mkdocs.yml": "site_name: x\nexclude_docs: guides/brouillon.md\nplugins: [essaim, essaim-views]\n",
        "docs/index.md": "# x\n",
        "docs/guides/brouillon.md": "# CANARI\n\n[[Deux]]\n",
        "docs/guides/deux.md": "# Deux\n",
    }
    build("mkdocs", write_files(tmp_path / "site", pages), tmp_path / "out")
    for page in ("guides", "guides/deux"):
        assert "CANARI" not in html(tmp_path / "out", page)


def test_the_cover_of_a_collection_beside_the_documentation_is_an_ordinary_page(tmp_path: Path) -> None:
    """It has the fields of those of `docs/`: its title and summary are what its author wrote."""
    pages = {
        "mkdocs.yml": "site_name: x\nplugins: [essaim, essaim-views]\n",
        "docs/_type.yml": "type: page\nfields: {titre: {type: text}, resume: {type: text}}\n",
        "docs/index.md": "---\ntitre: Accueil\n---\n",
        "gens/_type.yml": "type: gens\nfields: {titre: {type: text}}\nindex: {view: list}\n",
        "gens/index.md": "---\ntitre: Annuaire\nresume: Qui fait quoi.\n---\n\nBonjour.\n",
        "gens/ada.md": "---\ntitre: Ada\n---\n",
    }
    build("mkdocs", write_files(tmp_path / "site", pages), tmp_path / "out", "--strict")
    assert re.search(r"<h1[^>]*>Annuaire", html(tmp_path / "out", "gens"))
    assert "Qui fait quoi." in html(tmp_path / "out", "gens")
