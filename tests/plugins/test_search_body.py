"""What Pagefind is given of a page: not what it would pass over, as far as that is told for sure."""

import subprocess
from pathlib import Path

import pytest

from mkdocs_essaim.search.body import without_others
from tests.conftest import run_module, write_files

FILES = {
    "mkdocs.yml": "site_name: x\ntheme: {name: material, font: false}\n"
    "plugins: [essaim, essaim-links, essaim-history, essaim-views, essaim-search]\n",
    "docs/index.md": "# Accueil\n",
    "docs/outils/_type.yml": "type: outil\nfields: {titre: {type: text}, note: {type: markdown}}\n",
    "docs/outils/rabot.md": "---\ntitre: Rabot\nnote: MANIER\n---\n\nDOUX\n",
    **{
        f"docs/outils/scie-{number}.md": f"---\ntitre: Scie {number}\n---\n\nCITATION de [[rabot]] et le reste.\n"
        for number in range(4)
    },
}


def git(root: Path, *arguments: str) -> None:
    own = ("-c", "user.name=Élodie", "-c", "user.email=elodie@exemple.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *own, *arguments], cwd=root, check=True, capture_output=True)


def test_what_stands_below_the_text_of_a_page_is_left_out(tmp_path: Path) -> None:
    root = write_files(tmp_path, FILES)
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "Premier")
    run_module("essaim_app", "build", cwd=root, status=0)
    shown = (root / "site/outils/rabot/index.html").read_text("utf-8")
    (given,) = (
        file.read_text("utf-8") for file in root.glob(".essaim_cache/*/recherche/**/*.html") if "rabot" in file.name
    )
    for name in ("essaim-relations", "essaim-voisinage", "essaim-histoire", "CITATION"):
        assert name in shown, name
        assert name not in given, name
    assert "DOUX" in given
    assert "MANIER" in given


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("", ""),
        ("<p>un</p>", "<p>un</p>"),
        ('1<section class="essaim-relations" aria-label="x"><p>2</p></section><p>3</p>', "1<p>3</p>"),
        ('<section class="essaim-voisinage">1</section>2<footer class="essaim-histoire">3</footer>4', "24"),
        ('<section class="essaim-relations"><section>1</section>2</section>',) * 2,
        ('<section class="essaim-relations"><p>1</p>',) * 2,
        ('<section class="essaim-relationsbis">1</section>',) * 2,
        (
            '<section class="essaim-relations"><section class="essaim-relations">1</section>2</section>3',
            '<section class="essaim-relations">2</section>3',
        ),
    ],
)
def test_an_element_is_left_out_when_where_it_ends_is_sure(html: str, left: str) -> None:
    assert without_others(html) == left
