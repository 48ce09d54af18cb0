"""Where one goes on: from an address that leads nowhere, and without a script, by each theme."""

from pathlib import Path

import pytest

from tests.conftest import run_module, write_files

CONFIG = """\
site_name: Fournil
site_url: https://fournil.exemple.invalid/wiki/
plugins: [essaim, essaim-links, essaim-views: {order: [geste]}, essaim-search]
theme: {name: THEME}
"""
WIKI = {
    "docs/_type.yml": "type: page\nlabel: {one: page, many: pages, gender: f}\nfields: {titre: text, resume: text}\n",
    "docs/index.md": "# Accueil\n\nBonjour.\n",
    "docs/gestes/_type.yml": (
        "type: geste\nlabel: {one: geste, many: 'gestes & tours', gender: m}\nindex: {view: list}\n"
        "fields: {titre: {type: text}, resume: {type: text}}\n"
    ),
    "docs/gestes/petrir.md": "---\ntitre: Pétrir <à la main>\nresume: Vingt minutes.\n---\n",
    "docs/gestes/index.md": "---\ntitre: Nos gestes\nresume: Ce que l'on fait <tous les jours>.\n---\n\nBonjour.\n",
    "docs/equipe/_type.yml": (
        "type: equipe\nvisibility: members\nindex: {view: list}\nfields: {titre: {type: text}}\n"
    ),
    "docs/equipe/noe.md": "---\ntitre: Noé CANARI\n---\n",
}


@pytest.fixture(scope="module", params=["material", "mkdocs"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    source = write_files(folder / "source", WIKI | {"mkdocs.yml": CONFIG.replace("THEME", request.param)})
    run_module("mkdocs", "build", "-q", "-d", str(folder / "site"), cwd=source, status=0)
    return folder / "site"


def test_an_address_that_leads_nowhere_is_answered_in_french(site: Path) -> None:
    page = (site / "404.html").read_text("utf-8")
    assert "<title>Page introuvable - Fournil</title>" in page
    assert page.count("<h1") == 1
    assert "Cette page n'existe pas" in page
    assert "not found" not in page.lower()


def test_it_leads_on_from_wherever_one_was(site: Path) -> None:
    page = (site / "404.html").read_text("utf-8")
    assert '<a href="/wiki/toutes-les-fiches/">toutes les fiches</a>' in page
    assert '<a href="/wiki/gestes/">Gestes &amp; tours</a>' in page
    assert '<a href="/wiki/.">l\'accueil</a>' in page
    assert "«&nbsp;Rechercher&nbsp;»" in page
    assert "quipe" not in page


def test_every_page_that_is_seen_is_listed(site: Path) -> None:
    page = (site / "toutes-les-fiches/index.html").read_text("utf-8")
    assert '<h2 id="genre-geste">Gestes &amp; tours</h2>' in page
    assert '<a href="../gestes/petrir/">Pétrir &lt;à la main&gt;</a>' in page
    assert "Vingt minutes." in page
    assert "CANARI" not in page


def test_without_a_script_one_is_told_where_to_look(site: Path) -> None:
    page = (site / "gestes/petrir/index.html").read_text("utf-8")
    told = page[page.index("<noscript><p") : page.index("</p></noscript>")]
    assert '<a href="../../toutes-les-fiches/">toutes les fiches</a>' in told
    assert page.index("<noscript><p") < page.index("<h1")


def test_a_page_of_the_wiki_itself_is_kept(tmp_path: Path) -> None:
    own = {"perso/404.html": "<p>Perdu ?</p>", "mkdocs.yml": CONFIG.replace("THEME", "material, custom_dir: perso")}
    source = write_files(tmp_path / "source", WIKI | own)
    run_module("mkdocs", "build", "-q", "-d", str(tmp_path / "site"), cwd=source, status=0)
    assert (tmp_path / "site/404.html").read_text("utf-8") == "<p>Perdu ?</p>"


def test_the_cover_of_a_collection_says_what_it_is_about(site: Path) -> None:
    page = (site / "gestes/index.html").read_text("utf-8")
    told = '<p class="essaim-resume">Ce que l&#39;on fait &lt;tous les jours&gt;.</p>'
    assert page.index("</h1>") < page.index(told) < page.index("Bonjour.")


def test_spaces_are_those_of_french_where_the_wiki_asks(tmp_path: Path) -> None:
    told = CONFIG.replace("THEME", "material").replace("{order: [geste]}", "{french_spaces: true}")
    page = {"docs/gestes/cuire.md": "---\ntitre: Cuire\n---\n\nVrai ? `a : b`\n\n## Et après : quoi ?\n"}
    source = write_files(tmp_path / "source", WIKI | page | {"mkdocs.yml": told})
    run_module("mkdocs", "build", "-q", "-d", str(tmp_path / "site"), cwd=source, status=0)
    html = (tmp_path / "site/gestes/cuire/index.html").read_text("utf-8")
    assert "<p>Vrai\u202f? <code>a : b</code></p>" in html
    assert '<h2 id="et-apres-quoi">Et après\u00a0: quoi\u202f?' in html
    contents = html.partition("md-sidebar--secondary")[2].partition("</nav>")[0]
    assert "Et après\u00a0: quoi\u202f?" in contents
    assert (source / "docs/gestes/cuire.md").read_text("utf-8") == page["docs/gestes/cuire.md"]
