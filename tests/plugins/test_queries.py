"""`requete` blocks in real sites: shown where they stand, the same by both hosts, and for each audience."""

import json
import re
import shutil
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.workspace.site import site_of
from tests.conftest import Run, read_wiki, run_module, write_files
from tests.plugins.leaks import KINDS, Canaries, write_wiki
from tests.plugins.test_leaks import build as build_for
from tests.plugins.test_leaks import found as canaries_in
from tests.plugins.test_serve import wait_for

HOSTS = ("mkdocs", "properdocs")
MARK = re.compile(r"essaim-vue-[0-9a-f]{32}")
CONFIG = """\
site_name: Questions
site_url: https://questions.exemple.invalid/
theme: {name: material, language: fr, font: false}
plugins: [essaim, essaim-links, essaim-history, essaim-views, search]
markdown_extensions: [admonition, pymdownx.details]
extra: {generator: false}
"""
TYPE = """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text, required: true}
  resume: text
  rang: integer
  groupe: {type: choice, of: {un: "Premier", deux: "Second"}}
  pair: {type: reference, to: fiche, inverse: {name: pairs, label: "Pairs"}}
"""
QUESTIONS = """\
# Questions

Avant.

```requete
de: fiche
vue: tableau
colonnes: [titre, rang, groupe]
tri: -rang
titre: Le tableau
```

> Cité :
>
> ```requete
> de: fiche
> ou: rang = 1
> titre: Dans une citation
> ```

- un

    ```requete
    de: fiche
    ou: rang = 2
    titre: Dans une liste
    ```

- deux

!!! note

    ```requete
    de: fiche
    vue: compteur
    titre: Dans un encadré
    ```

| Case | Autre |
| --- | --- |
| ```requete de: fiche``` | rien |

```requete
de: fiche
ou: rang = 1
titre: Deux fois
groupe_par: groupe
```

```requete
de: fiche
ou: rang = 1
titre: Deux fois
groupe_par: groupe
```

```requete
vue: matrice
de: fiche
lignes: groupe
colonnes: rang
```

```requete
vue: graphique
de: fiche
groupe_par: groupe
```

```requete
de: fiches
```

![[suite#Une question]]

Un signe écrit à la main : MARQUE et `MARQUE`, [un lien](suite.md "MARQUE"), ![image](rien.png "MARQUE").

## MARQUE

<p title='>MARQUE<' class="MARQUE" id="x-MARQUE">MARQUE</p>

````
```requete
de: fiche exemple
```
````

Après.
"""
SUITE = "# Suite\n\n## Une question\n\n```requete\nou: cite contains this\ntitre: Qui cite la suite\n```\n\n## Fin\n"
WIKI = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": "# Accueil\n\nVoir [[Questions]].\n",
    "docs/suite.md": SUITE,
    "docs/fiches/_type.yml": TYPE,
    "docs/fiches/a.md": "---\ntitre: Alpha & <b>co</b>\nresume: La première.\nrang: 1\ngroupe: un\npair: b\n---\n",
    "docs/fiches/b.md": "---\ntitre: Bêta\nrang: 2\ngroupe: deux\n---\n",
    "docs/fiches/c.md": "---\ntitre: Gamma\nrang: 3\ngroupe: un\n---\n",
}


def wiki() -> dict[str, str]:
    """Return the wiki, with the mark of one of its views written by hand too."""
    analysis = read_wiki({**WIKI, "docs/questions.md": QUESTIONS})
    site = site_of(analysis, Audience.PUBLIC)
    mark = page_inputs(analysis.graph.pages["docs/questions.md"], site).views[0].mark
    return {**WIKI, "docs/questions.md": QUESTIONS.replace("MARQUE", mark)}


def build(root: Path, target: Path, host: str = "mkdocs", status: int = 0) -> Path:
    done = run_module(host, "build", "-f", "mkdocs.yml", "-d", str(target), cwd=root, status=status)
    assert "Traceback" not in done.stderr
    return target


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("questions")
    root = write_files(folder / "source", wiki())
    return {host: build(root, folder / host, host) for host in HOSTS} | {"source": root}


def article(site: Path, page: str) -> str:
    text = (site / page / "index.html").read_text("utf-8")
    return text.partition("<article")[2].partition("</article>")[0]


def pieces(html: str) -> list[str]:
    """Return where the views of a page begin, up to their title."""
    return re.findall(r'class="essaim-vue-titre"[^>]*>([^<]+)<', html)


# --- What a page shows ----------------------------------------------------------------------------------------------


def test_both_hosts_give_the_same_bytes(sites: dict[str, Path]) -> None:
    for page in ("questions", "suite", "fiches/a"):
        assert article(sites["mkdocs"], page) == article(sites["properdocs"], page)


def test_each_view_stands_where_its_block_does(sites: dict[str, Path]) -> None:
    html = article(sites["mkdocs"], "questions")
    parts = ["Avant.", "Le tableau", "Cité :", "Dans une citation", "Dans une liste", "deux", "Dans un encadré"]
    parts += ("Deux fois", "Deux fois", "<figure", "Qui cite la suite", "Un signe écrit à la main", "Après.")
    at = 0
    for part in parts:
        assert part in html[at:], part
        at = html.index(part, at) + len(part)
    quote = html.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "Dans une citation" in quote
    assert 'href="../fiches/a/"' in quote
    listed = html[html.index("<li>\n<p>un</p>") :].partition("<p>deux</p>")[0]
    assert "Dans une liste" in listed
    note = html.partition('<div class="admonition note">')[2]
    assert note.index("Dans un encadré") < note.index("<table>")


def test_titles_are_texts_and_lead_to_their_pages(sites: dict[str, Path]) -> None:
    html = article(sites["mkdocs"], "questions")
    assert '<a href="../fiches/a/">Alpha &amp; &lt;b&gt;co&lt;/b&gt;</a>' in html
    assert "<b>co</b>" not in html


def test_sanitising_leaves_views_whole(sites: dict[str, Path]) -> None:
    html = article(sites["mkdocs"], "questions")
    matrix = html[html.index('<table class="essaim-matrice"') - 200 :]
    assert re.search(r'role="region" aria-labelledby="essaim-vue-\d+-titre" tabindex="0"', matrix)
    assert "<svg" in html
    assert "data-label=" in html


def test_ids_are_unique_and_those_named_exist(sites: dict[str, Path]) -> None:
    text = (sites["mkdocs"] / "questions/index.html").read_text("utf-8")
    ids = Counter(re.findall(r'\sid="([^"]*)"', article(sites["mkdocs"], "questions")))
    assert [name for name, count in ids.items() if count > 1] == []
    named = {
        name for names in re.findall(r'aria-(?:labelledby|describedby)="([^"]*)"', text) for name in names.split()
    }
    assert named <= set(re.findall(r'\sid="([^"]*)"', text))


def test_a_block_that_cannot_be_asked_says_so(sites: dict[str, Path]) -> None:
    line = wiki()["docs/questions.md"].split("\n").index("de: fiches")
    assert f"Cette liste attend une correction (ligne {line} de la page)." in article(sites["mkdocs"], "questions")


def test_an_embedded_piece_asks_for_its_own_page(sites: dict[str, Path]) -> None:
    html = article(sites["mkdocs"], "questions").partition("Qui cite la suite")[2].partition("</ul>")[0]
    assert re.findall(r"<a [^>]*>([^<]+)</a>", html) == ["Questions"]


def test_what_is_no_block_stays_as_it_is(sites: dict[str, Path]) -> None:
    html = article(sites["mkdocs"], "questions")
    assert "<td><code>requete de: fiche</code></td>" in html
    assert "de: fiche exemple" in re.sub(r"<[^>]*>", "", html)


def test_a_mark_that_somebody_writes_shows_no_more_than_the_page_does(sites: dict[str, Path]) -> None:
    text = (sites["mkdocs"] / "questions/index.html").read_text("utf-8")
    html = article(sites["mkdocs"], "questions")
    for attribute in re.findall(r'[\w-]+="([^"]*)"', text):
        assert "<" not in attribute
        assert "Le tableau" not in attribute
    for shown in re.finditer(r"<table class=\"essaim-table\">.*?</table>", html, re.DOTALL):
        assert shown[0].count("<tr>") == 4
    assert not re.search(r'<h2[^>]* id="[^"]*<', html)


# --- What else is made of the pages ---------------------------------------------------------------------------------


def test_the_text_of_a_block_is_nowhere(sites: dict[str, Path]) -> None:
    mark = MARK.search(wiki()["docs/questions.md"])
    assert mark
    for path in sites["mkdocs"].rglob("*"):
        if path.suffix in (".html", ".json", ".xml", ".txt", ".atom"):
            text = path.read_text("utf-8")
            assert "vue: matrice" not in text, path
            assert "ou: rang" not in text, path
            assert set(MARK.findall(text)) <= {mark[0]}, path


def test_the_index_of_the_search_holds_what_views_show(sites: dict[str, Path]) -> None:
    index = json.loads((sites["mkdocs"] / "search/search_index.json").read_text("utf-8"))
    (page,) = [entry for entry in index["docs"] if entry["location"] == "questions/"]
    assert "Bêta" in page["text"]


def test_the_staged_tree_has_the_same_answers_in_markdown(
    sites: dict[str, Path], essaim: Run, tmp_path: Path
) -> None:
    essaim("stage", str(tmp_path / "tree"), cwd=sites["source"], status=0)
    (path,) = (tmp_path / "tree").rglob("questions.md")
    text = path.read_text("utf-8")
    assert (
        "**Le tableau**\n\n| Titre | Rang | Groupe |\n| --- | --- | --- |\n| [Gamma](fiches/c.md) | 3 | Premier |"
        in text
    )
    assert "> **Dans une citation**\n>\n> - [Alpha &amp;" in text
    assert "    **Dans une liste**\n\n    - [Bêta](fiches/b.md)" in text
    assert "vue: matrice" not in text


# --- Rebuilding -----------------------------------------------------------------------------------------------------


def test_a_served_page_follows_what_it_asks(tmp_path: Path) -> None:
    root = write_files(tmp_path / "source", wiki())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    address = f"http://127.0.0.1:{port}/questions/"
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, cwd=root, stdout=log, stderr=log) as server:
        try:
            wait_for(address, "Gamma")
            (root / "docs/fiches/d.md").write_text("---\ntitre: Delta\nrang: 1\n---\n", "utf-8")
            wait_for(address, "Delta")
            write_files(root, {"docs/fiches/c.md": "---\ntitre: Gamme\nrang: 3\n---\n"})
            wait_for(address, "Gamme")
            wait_for(address, "Gamma", present=False)
            (root / "docs/fiches/d.md").unlink()
            wait_for(address, "Delta", present=False)
        finally:
            server.terminate()


# --- For whom -------------------------------------------------------------------------------------------------------


def questions() -> str:
    """Return a page that asks in every way for every field of the wiki of canaries."""
    fields = [f"f_{kind}" for kind in KINDS]
    paths = [*fields, "tenu", "notes", "notes.detail", "f_reference.titre", "vu.note", "vu.qui", "f_group.dedans"]
    blocks = [f"de: ouvert\nvue: tableau\ncolonnes: [{', '.join(paths)}]", "de: coffre\nvue: tableau"]
    blocks += ["vue: liste", "vue: cartes\nou: cite_par", "de: [coffre, ouvert]\ngroupe_par: type"]
    blocks += [
        "de: ouvert\npour_chaque: vu\ncolonnes: [vu, vu.note, vu.qui.detail]",
        "de: coffre\ncolonnes: [detail]",
    ]
    for path in paths:
        blocks += [
            f"de: ouvert\ngroupe_par: {path}\ntri: {path}",
            f"de: ouvert\nou: {path}\nvue: compteur",
            f"de: ouvert\nvue: compteur\ngroupe_par: {path}",
            f"de: ouvert\nvue: matrice\nlignes: {path}\ncolonnes: titre",
            f"de: ouvert\nvue: graphique\ngroupe_par: {path}",
            f"de: [ouvert, coffre]\nvue: jauge\nparmi: {path}",
        ]
    blocks += [f"de: ouvert\nvue: compteur\ncalcul: somme\nchamp: f_{kind}" for kind in ("integer", "number")]
    blocks += ["vue: carte", "de: ouvert\nvue: carte\nterritoire: f_territory"]
    return "# Toutes les questions\n\n" + "\n\n".join(f"```requete\n{block}\n```" for block in blocks) + "\n"


def test_no_query_tells_the_public_what_is_for_members(tmp_path: Path) -> None:
    canaries = Canaries()
    root = write_files(write_wiki(tmp_path / "wiki", canaries), {"docs/questions.md": questions()})
    build_for(root, tmp_path / "public", "public")
    assert canaries_in(tmp_path / "public", canaries) == {}
    build_for(root, tmp_path / "members", "members")
    page = tmp_path / "page"
    shutil.copytree(tmp_path / "members/questions", page)
    told = canaries_in(page, canaries)
    assert {
        "title",
        "definition",
        "text",
        "markdown",
        "label of text",
        "part for members",
        "inverse label",
    } <= told.keys()
