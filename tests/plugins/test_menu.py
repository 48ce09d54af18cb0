"""The menu that `order` writes: types and pages under titles, for each audience what it sees, or a French refusal."""

import re
from pathlib import Path

import pytest

from tests.conftest import run_module, write_files

TYPE = "type: %s\nlabel: {one: %s, many: %s}\nindex: {view: list}\nfields: {titre: text}\n"
WIKI = {
    "docs/_type.yml": "type: page\nextra: allow\nfields: {titre: text}\n",
    "docs/index.md": "# Accueil\n",
    "docs/j-arrive.md": "---\ntitre: J'<arrive>\n---\n",
    "docs/ailleurs.md": "# Ailleurs\n",
    "docs/aide/index.md": "# Aide\n",
    "docs/pains/_type.yml": TYPE % ("pain", "pain", "pains"),
    "docs/pains/seigle.md": "# Seigle\n",
    "docs/fours/_type.yml": TYPE % ("four", "four", "fours"),
    "docs/fours/grand.md": "# Grand\n",
    "docs/fours/pelles/_type.yml": TYPE % ("pelle", "pelle", "pelles"),
    "docs/fours/pelles/longue.md": "# Longue\n",
    "docs/gens/_type.yml": TYPE % ("personne", "personne", "gens") + "visibility: members\n",
    "docs/gens/noe.md": "# Noé\n",
    "docs/vides/_type.yml": TYPE % ("vide", "vide", "vides"),
}


THEME = "theme: {name: material, language: fr, font: false}\n"


def build(
    tmp_path: Path, order: str, audience: str = "public", status: int = 0, more: str = "", theme: str = THEME
) -> tuple[str, str]:
    """Build the wiki with an order; return its home page and what was said."""
    config = (
        f"site_name: Fournil\n{theme}{more}plugins:\n"
        f"  - essaim: {{audience: {audience}}}\n  - essaim-links\n  - essaim-views:\n      order:\n{order}"
    )
    source = write_files(tmp_path / "source", WIKI | {"mkdocs.yml": config})
    done = run_module("mkdocs", "build", "-f", "mkdocs.yml", "-d", str(tmp_path / "site"), cwd=source, status=status)
    assert "Traceback" not in done.stderr
    home = tmp_path / "site/index.html"
    return home.read_text("utf-8") if home.is_file() else "", done.stdout + done.stderr


def menu(page: str) -> str:
    """Return the menu of a page as one line: its titles and links, its sections between brackets."""
    nav = page[page.index('<nav class="md-nav md-nav--primary') : page.index('<div class="md-content"')]
    nav = nav[nav.index('<ul class="md-nav__list"') :]
    said = []
    for part in re.findall(
        r'<nav class="md-nav"|</nav>|<label class="md-nav__title".*?</label>|<a .*?</a>|<label .*?</label>', nav, re.S
    ):
        if part.startswith("<nav"):
            said.append("[")
        elif part == "</nav>":
            said.append("]")
        elif "md-nav__title" not in part and "md-nav__link" in part:
            said.append(" ".join(re.sub(r"<[^>]+>", " ", part).split()))
    return " ".join(word for word in said if word)


GROUPS = """\
        - Arriver: [j-arrive.md, pain]
        - four
        - Entre nous: [personne, vide]
        - Le reste: [aide/index.md, pelle]
"""


class TestGroups:
    def test_the_public_menu_has_the_groups_in_their_place(self, tmp_path: Path) -> None:
        page, said = build(tmp_path, GROUPS)
        assert menu(page).startswith(
            "Accueil Arriver [ J'&lt;arrive&gt; Pains ] Fours Le reste [ Aide Pelles ] Vie du wiki ["
        )
        assert "Entre nous" not in page
        assert "Ailleurs" not in page
        assert "WARNING" not in said

    def test_members_have_theirs(self, tmp_path: Path) -> None:
        page, _ = build(tmp_path, GROUPS, "members")
        assert "] Fours Entre nous [ Gens ] Le reste [" in menu(page)

    def test_the_lists_end_the_group_of_their_name(self, tmp_path: Path) -> None:
        page, _ = build(tmp_path, "        - Vie du wiki: [aide/index.md]\n        - pain\n")
        assert menu(page).startswith("Accueil Vie du wiki [ Aide À écrire")
        assert page.count("Vie du wiki") == build(tmp_path, "        - pain\n")[0].count("Vie du wiki")

    def test_the_flat_form_still_works_and_may_hold_a_page(self, tmp_path: Path) -> None:
        page, _ = build(tmp_path, "        - pain\n        - j-arrive.md\n")
        assert menu(page).startswith("Accueil Pains J'&lt;arrive&gt; Aide Fours [")

    def test_a_folder_keeps_what_is_below_it(self, tmp_path: Path) -> None:
        page, _ = build(tmp_path, "        - Cuire: [four]\n")
        assert "Cuire [ Fours [ " in menu(page)
        assert "Pelles ] ]" in menu(page)

    def test_a_navigation_of_ones_own_wins(self, tmp_path: Path) -> None:
        page, _ = build(tmp_path, GROUPS, more="nav: [{Maison: index.md}]\n")
        assert "Arriver" not in page


def test_a_theme_that_would_take_a_title_for_a_link_is_told(tmp_path: Path) -> None:
    theme = "theme: {name: material, language: fr, font: false, features: [navigation.indexes]}\n"
    _, said = build(tmp_path, GROUPS, theme=theme)
    assert "Ôtez « navigation.indexes »" in said
    assert "navigation.indexes" not in build(tmp_path, "        - pain\n", theme=theme)[1]


class TestMistakes:
    @pytest.mark.parametrize(
        ("order", "told"),
        [
            ("        - A: [pain]\n        - B: [four, pain]\n", "« pain » est deux fois dans le menu"),
            ("        - A: [pain]\n        - A: [four]\n", "le groupe « A » est deux fois dans le menu"),
            ("        - A: pain\n", "sous « A », donnez une liste de types ou de pages"),
            ("        - A: []\n", "sous « A », donnez une liste de types ou de pages"),
            ("        - A: [{B: [pain]}]\n", "sous « A », donnez une liste de types ou de pages"),
            ("        - 2026: [pain]\n", "Mettez « 2026 » entre guillemets"),
            ("        - {A: [pain], B: [four]}\n", "Un groupe s'écrit sur sa ligne"),
        ],
    )
    def test_what_is_no_menu_is_refused(self, tmp_path: Path, order: str, told: str) -> None:
        _, said = build(tmp_path, order, status=1)
        assert told in said

    def test_a_name_that_is_nowhere_is_told(self, tmp_path: Path) -> None:
        page, said = build(tmp_path, "        - Arriver: [j-arive.md, pains, pain]\n")
        assert "« order » nomme une page inconnue : « j-arive.md ». Vouliez-vous dire « j-arrive.md » ?" in said
        assert "« order » nomme un type inconnu : « pains ». Vouliez-vous dire « pain » ?" in said
        assert "Arriver [ Pains ]" in menu(page)
