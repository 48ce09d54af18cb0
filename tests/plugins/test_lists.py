"""What nobody writes, as the hosts publish it and as `essaim stage` writes it: list pages, and what leads there."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import Run, run_module, write_files

HOSTS = ("mkdocs", "properdocs")
AUDIENCES = ("public", "members")
PLUGINS = "[essaim: {audience: %s}, essaim-links, essaim-history, essaim-views, search: {lang: fr}]"
CONFIG = "site_name: Fournil\nsite_url: https://fournil.exemple.invalid/wiki/\ntheme: {name: material, font: false}\n"
REVIEWED = """\
type: geste
label: {one: geste, many: gestes, gender: m}
review_every: 12 months
fields:
  titre: {type: text, required: true}
  delai: {type: text, label: "Délai"}
  verifie_le: {type: date, label: "Vérifiée le"}
  verifie_par: {type: reference, to: personne, label: "Vérifiée par"}
  fait_par: {type: group, many: true, fields: {qui: {type: reference, to: personne}, date: {type: month}}}
gestures:
  - {id: fait, label: "Je l'ai fait", adds: {to: fait_par, value: {qui: me, date: today}}}
index: {view: list}
"""
WIKI = {
    "docs/_type.yml": "type: page\nlabel: {one: page, many: pages, gender: f}\nfields: {titre: {type: text}}\n",
    "docs/_cae.yml": "nom: 'Le <Fournil>'\nfour:\n  delai: deux *jours*\n  taux: ''\n",
    "docs/index.md": "# Accueil\n\n[[brioche dorée]], ![[Brioche doree]] et [[page/le pétrin|le pétrin]].\n"
    "[[Pétrir]] chez {{ cae.nom }}\n",
    "docs/reglages.md": "---\ntitre: Nos <réglages>\n---\n\nDécidés en assemblée, comme [[pétrir]].\n",
    "docs/gens/_type.yml": "type: personne\nfields: {titre: {type: text}}\n",
    "docs/gens/amina.md": "---\ntitre: Amina Diop\n---\n",
    "docs/equipe/_type.yml": "type: equipe\nvisibility: members\nfields: {titre: {type: text}}\n",
    "docs/equipe/noe.md": "---\ntitre: Noé CANARI\n---\n\n[[page CANARI]] {{ cae.four.taux }}\n",
    "gestes/_type.yml": REVIEWED,
    "gestes/petrir.md": '---\ntitre: Pétrir\ndelai: "En {{ cae.four.delai }}"\nverifie_le: 2001-03-01\n'
    "verifie_par: amina\nfait_par:\n  - {qui: amina, date: 2001-05}\n---\n\n[[brioche DORÉE]]\n",
}


def config(audience: str = "public", plugins: str = PLUGINS, more: str = "") -> dict[str, str]:
    return {"mkdocs.yml": f"{CONFIG}plugins: {plugins.replace('%s', audience)}\n{more}"}


def build(source: Path, target: Path, host: str = "mkdocs", status: int = 0) -> str:
    done = run_module(host, "build", "-f", "mkdocs.yml", "-d", str(target), cwd=source, status=status)
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def built(root: Path, files: Mapping[str, str]) -> tuple[Path, str]:
    """Build a small wiki; return where the site is, and what was said."""
    source = write_files(root / "source", {**WIKI, **files})
    return root / "site", build(source, root / "site")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[Path, str]]:
    """Build the wiki by each host for each audience."""
    found = {}
    for audience in AUDIENCES:
        folder = tmp_path_factory.mktemp(audience)
        source = write_files(folder / "source", WIKI | config(audience))
        for host in HOSTS:
            found[host, audience] = folder / host, build(source, folder / host, host)
    return found


Sites = dict[tuple[str, str], tuple[Path, str]]


def article(site: Path, page: str) -> str:
    html = (site / page / "index.html").read_text("utf-8")
    return html[html.index("<article") : html.index("</article>")]


def rows(site: Path, page: str, listing: str) -> list[list[str]]:
    """Return the cells of a table of a list page, as plain text."""
    _, _, rest = article(site, page).partition(f'<h2 id="{listing}">')
    body = rest[rest.index("<tbody>") : rest.index("</tbody>")]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>"))
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells if row]


@pytest.mark.parametrize("host", HOSTS)
class TestPages:
    def test_wanted_pages_with_who_wants_them(self, sites: Sites, host: str) -> None:
        site, _ = sites[host, "public"]
        assert rows(site, "a-ecrire", "pages-a-ecrire") == [
            ["Brioche dorée", "geste", "Accueil, Pétrir", "essaim new geste &#34;Brioche dorée&#34;"],
            ["Le pétrin", "page", "Accueil", "essaim new page &#34;Le pétrin&#34;"],
        ]

    def test_settings_stand_below_what_somebody_wrote(self, sites: Sites, host: str) -> None:
        site, _ = sites[host, "public"]
        page = article(site, "reglages")
        assert page.count("<h1") == 1
        assert page.index("Décidés en assemblée") < page.index('<h2 id="a-decider">') < page.index('<h2 id="decide">')
        assert rows(site, "reglages", "a-decider") == [
            ["cae.four.taux", "pas encore décidée", "aucune page pour l&#39;instant"]
        ]
        assert rows(site, "reglages", "decide")[0] == ["cae.nom", "Le &lt;Fournil&gt;", "Accueil"]

    def test_tables_are_headed_and_stack_on_a_small_screen(self, sites: Sites, host: str) -> None:
        page = article(sites[host, "public"][0], "a-reverifier")
        assert '<table class="essaim-table" aria-labelledby="pages-a-reverifier">' in page
        assert '<th scope="col">À revérifier depuis</th>' in page
        assert '<th scope="row"><a href="../gestes/petrir/">Pétrir</a></th>' in page
        assert '<td data-label="À revérifier depuis">31 mai 2002</td>' in page

    def test_a_section_of_the_navigation_and_the_search_lead_there(self, sites: Sites, host: str) -> None:
        site, _ = sites[host, "public"]
        home = (site / "index.html").read_text("utf-8")
        _, _, section = home.partition("Vie du wiki")
        links = re.findall(r'<a href="([^"]+)" class="md-nav__link"', section)
        assert {"a-ecrire/", "a-reverifier/", "reglages/"} <= set(links)
        assert "Nos &lt;réglages&gt;" in section
        index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
        assert any("Brioche dorée" in doc["text"] for doc in index["docs"] if doc["location"].startswith("a-ecrire/"))

    def test_a_red_link_leads_to_its_row_without_a_warning(self, sites: Sites, host: str) -> None:
        site, said = sites[host, "public"]
        red = re.findall(r'<a[^>]*class="essaim-manquant"[^>]*>', article(site, "gestes/petrir"))
        assert [re.findall(r'href="([^"]+)"', link) for link in red] == [["../../a-ecrire/#brioche-doree"]]
        assert '<tr id="brioche-doree">' in article(site, "a-ecrire")
        assert [line for line in said.splitlines() if "WARNING" in line and " ES" not in line] == []

    def test_freshness_stands_above_the_text(self, sites: Sites, host: str) -> None:
        page = article(sites[host, "public"][0], "gestes/petrir")
        assert "<strong>À revérifier depuis le 31 mai 2002.</strong> Relisez-la" in page
        told = re.sub(r"<[^>]+>", "", page[page.index("<p>Vérifiée") :]).partition("\n")[0]
        assert told == (
            "Vérifiée le 1er mars 2001 par Amina Diop · faite pour la dernière fois en mai 2001 par Amina Diop"
        )
        assert page.count("1er mars 2001") == 1  # not once more in the panel
        assert page.index("essaim-fraicheur") < page.index("essaim-manquant")

    def test_a_value_shows_in_a_field_as_it_is(self, sites: Sites, host: str) -> None:
        assert "<dd>En deux *jours*</dd>" in article(sites[host, "public"][0], "gestes/petrir")

    def test_the_file_for_programs_has_whole_addresses(self, sites: Sites, host: str) -> None:
        (page,) = json.loads((sites[host, "public"][0] / "fraicheur.json").read_text("utf-8"))["pages"]
        assert page == {
            "id": "geste/petrir",
            "titre": "Pétrir",
            "adresse": "https://fournil.exemple.invalid/wiki/gestes/petrir/",
            "verifiee_le": "2001-03-01",
            "faite_le": "2001-05-31",
            "a_reverifier_le": "2002-05-31",
            "etat": "a_reverifier",
        }

    def test_nothing_for_members_reaches_the_public(self, sites: Sites, host: str) -> None:
        site, _ = sites[host, "public"]
        for path in site.rglob("*"):
            assert not path.is_file() or b"CANARI" not in path.read_bytes(), path

    def test_members_see_what_members_want(self, sites: Sites, host: str) -> None:
        site, _ = sites[host, "members"]
        assert ["Page CANARI", "page", "Noé CANARI", "essaim new page &#34;Page CANARI&#34;"] in rows(
            site, "a-ecrire", "pages-a-ecrire"
        )
        assert rows(site, "reglages", "a-decider")[0][2] == "Noé CANARI"


def test_both_hosts_publish_the_same(sites: Sites) -> None:
    for audience in AUDIENCES:
        for page in ("a-ecrire", "a-reverifier", "reglages", "gestes/petrir", "."):
            assert article(sites["mkdocs", audience][0], page) == article(sites["properdocs", audience][0], page)


class TestNewPageForm:
    def test_a_red_link_and_the_list_open_the_form(self, tmp_path: Path) -> None:
        form = "https://forge.exemple.invalid/new?d={dossier}&f={fichier}&v={texte}"
        site, _ = built(tmp_path, config(plugins=f"[essaim: {{new_page: '{form}'}}, essaim-links]"))
        (address,) = re.findall(
            r'href="([^"]+)"[^>]*class="essaim-manquant"|class="essaim-manquant"[^>]*href="([^"]+)"',
            article(site, "gestes/petrir"),
        )
        opened = urlsplit("".join(address).replace("&amp;", "&"))
        assert parse_qs(opened.query)["f"] == ["brioche-doree.md"]
        assert parse_qs(opened.query)["v"][0].startswith("---\ntitre: Brioche dorée\n")
        assert f'href="{"".join(address)}">Commencer « Brioche dorée »</a>' in article(site, "a-ecrire")

    @pytest.mark.parametrize(
        ("repository", "start"),
        [
            (
                "repo_url: https://github.com/o/r\nedit_uri: edit/principale/wiki/docs/\n",
                "https://github.com/o/r/new/principale/wiki/gestes?filename=brioche-doree.md",
            ),
            (
                "repo_url: https://gitlab.com/o/r/\nedit_uri: -/edit/main/docs/\n",
                "https://gitlab.com/o/r/-/new/main/gestes?file_name=brioche-doree.md",
            ),
            (
                "repo_url: https://codeberg.org/o/r\nedit_uri: _edit/main/docs/\n",
                "https://codeberg.org/o/r/_new/main/gestes?filename=brioche-doree.md",
            ),
        ],
    )
    def test_the_forge_of_the_repository_gives_one(self, tmp_path: Path, repository: str, start: str) -> None:
        site, _ = built(tmp_path, config(plugins="[essaim, essaim-links]", more=repository))
        assert f'href="{start}' in article(site, "a-ecrire")

    @pytest.mark.parametrize("template", ["javascript:alert({titre})", "https://a.fr/{auteur}", "a-cote/{titre}"])
    def test_an_unsound_template_is_refused(self, tmp_path: Path, template: str) -> None:
        source = write_files(tmp_path / "s", WIKI | config(plugins=f'[essaim: {{new_page: "{template}"}}]'))
        said = build(source, tmp_path / "site", status=1)
        assert "« new_page » :" in said


class TestPlugins:
    @pytest.mark.parametrize("name", ["essaim-links", "essaim-history", "essaim-views"])
    @pytest.mark.parametrize("order", ["[{name}]", "[{name}, essaim]"])
    def test_each_asks_for_the_one_that_owns_the_wiki(self, tmp_path: Path, name: str, order: str) -> None:
        source = write_files(tmp_path / "s", WIKI | config(plugins=order.replace("{name}", name)))
        said = build(source, tmp_path / "site", status=1)
        assert f"{name} a besoin du plugin « essaim » : ajoutez-le avant lui dans mkdocs.yml." in said

    def test_without_the_list_a_red_link_leads_nowhere(self, tmp_path: Path) -> None:
        site, said = built(tmp_path, config(plugins="[essaim, essaim-views]"))
        assert '<span class="essaim-manquant" title="Page à écrire">brioche DORÉE</span>' in article(
            site, "gestes/petrir"
        )
        assert not (site / "a-ecrire").exists()
        assert [line for line in said.splitlines() if "WARNING" in line and " ES" not in line] == []

    def test_a_navigation_of_ones_own_stays_and_the_lists_are_there(self, tmp_path: Path) -> None:
        site, said = built(tmp_path, config(more="nav: [{Maison: index.md}]\n"))
        home = (site / "index.html").read_text("utf-8")
        assert "Vie du wiki" not in home
        assert (site / "a-ecrire" / "index.html").is_file()
        assert "a-ecrire" not in said

    def test_a_list_page_hidden_from_the_public_is_not_published(self, tmp_path: Path) -> None:
        hidden = {"docs/_type.yml": WIKI["docs/_type.yml"].replace("fields", "visibility: members\nfields", 1)}
        written = {"docs/a-ecrire.md": "CANARI\n", "gestes/index.md": "# Gestes\n"}
        site, _ = built(tmp_path, {**hidden, **written, **config()})
        assert not (site / "a-ecrire").exists()
        assert "a-ecrire" not in (site / "gestes" / "petrir" / "index.html").read_text("utf-8")

    def test_lists_that_have_nothing_to_list_say_so(self, tmp_path: Path) -> None:
        files = {name: "# Rien\n" for name in WIKI if name.endswith(".md")}
        files["gestes/petrir.md"] = "---\ntitre: Pétrir\nverifie_le: 9999-01-01\n---\n"
        types = {"gestes/_type.yml": REVIEWED.replace("12 months", "9000 ans").replace("verifie_le:", "vu_le:")}
        files["gestes/petrir.md"] = "---\ntitre: Pétrir\nfait_par:\n  - {date: 2001-05}\n---\n"
        site, _ = built(tmp_path, {**files, **types, **config()})
        assert "Rien à écrire pour le moment" in article(site, "a-ecrire")
        assert "Rien à revérifier aujourd'hui" in article(site, "a-reverifier").replace("&#39;", "'")


class TestStage:
    def test_the_lists_are_plain_pages(self, tmp_path: Path, essaim: Run) -> None:
        write_files(tmp_path, WIKI | config())
        essaim("stage", "sortie", cwd=tmp_path, status=0)
        wanted = (tmp_path / "sortie" / "a-ecrire.md").read_text("utf-8")
        assert "| Page à écrire | Type probable | Demandée par | Commencer |" in wanted
        assert (
            '<a id="brioche-doree"></a>Brioche dorée | geste | [Accueil](index.md), [Pétrir](gestes/petrir.md)'
            in wanted
        )
        assert "CANARI" not in wanted
        assert "Décidés en assemblée" in (tmp_path / "sortie" / "reglages.md").read_text("utf-8")
        geste = (tmp_path / "sortie" / "gestes" / "petrir.md").read_text("utf-8")
        assert "**À revérifier depuis le 31 mai 2002.**" in geste
        assert "- Vérifiée le 1er mars 2001 par [Amina Diop](../gens/amina.md)" in geste
        (page,) = json.loads((tmp_path / "sortie" / "fraicheur.json").read_text("utf-8"))["pages"]
        assert page["adresse"] == "gestes/petrir.md"

    def test_members_have_theirs(self, tmp_path: Path, essaim: Run) -> None:
        write_files(tmp_path, WIKI | config())
        essaim("stage", "sortie", "--audience", "members", cwd=tmp_path, status=0)
        assert "Page CANARI" in (tmp_path / "sortie" / "a-ecrire.md").read_text("utf-8")


def test_shared_rows_and_dated_facts_in_a_site(tmp_path: Path) -> None:
    files = {
        "docs/lois/_type.yml": (
            "type: loi\nfields:\n  titre: text\n  textes: {type: group, many: true, from: textes, label: Nos textes,"
            " fields: {nom: text}}\n"
        ),
        "docs/_textes.yml": "art-1: {nom: Le <premier>}\nart-2: {nom: Le second}\n",
        "docs/_faits.yml": "seuil: {valeur: douze, valable_au: 2001-12-31, source: La loi}\n",
        "docs/textes.md": "# Nos textes\n\nLus ensemble.\n",
        "docs/lois/a.md": "---\ntitre: A\ntextes: [art-1]\n---\n\n{{ faits.seuil }}, [ici](../textes.md#art-1).\n",
    }
    site, said = built(tmp_path, files | config("public"))
    page = article(site, "lois/a")
    assert 'douze <mark class="essaim-a-completer">(valeur qui a expiré le 31 décembre 2001)</mark>' in page
    assert "Le &lt;premier&gt;" in page
    assert 'href="../../textes/#art-1"' in page
    assert [line for line in said.splitlines() if "WARNING" in line and " ES" not in line] == []
    assert rows(site, "textes", "toutes-les-lignes") == [
        ["Le &lt;premier&gt;", "A", "art-1"],
        ["Le second", "aucune page pour l&#39;instant", "art-2"],
    ]
    listed = article(site, "textes")
    assert '<tr id="art-1">' in listed
    assert listed.index("Lus ensemble.") < listed.index("Le second")
    assert not (site / "_textes.yml").exists()
    assert rows(site, "reglages", "chiffres-dates")[0][:4] == [
        *("faits.seuil", "douze", "a expiré le 31 décembre 2001", "La loi")
    ]
    assert rows(site, "reglages", "a-decider")[0][0] == "faits.seuil"
    home = (site / "index.html").read_text("utf-8")
    assert "Nos textes" in home.partition("Vie du wiki")[2]


@pytest.mark.parametrize(
    ("script", "option"),
    [
        ("essaim-cases", 'sections: [{title: "Liste", form: checklist}]'),
        ("essaim-passeport", "passport: {steps: pas, title: nom}"),
        ("essaim-imprimer", "print: true"),
        ("essaim-diapos", "slides: true"),
    ],
)
def test_a_script_that_only_members_need_is_theirs(tmp_path: Path, script: str, option: str) -> None:
    fields = "fields: {titre: text, pas: {type: group, many: true, fields: {nom: text}}}"
    members = {"docs/equipe/_type.yml": f"type: equipe\nvisibility: members\n{fields}\n{option}\n"}
    found = {}
    for audience in AUDIENCES:
        site, _ = built(tmp_path / audience, {**config(audience), **members})
        asking = [path for path in site.rglob("*.html") if script in path.read_text("utf-8")]
        found[audience] = (site / f"assets/{script}.js").exists(), bool(asking)
    assert found == {"public": (False, False), "members": (True, True)}
