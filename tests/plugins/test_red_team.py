"""What somebody tried, to see what is for members: misspelt types, odd front matter, files, navigation, order.

Every word that begins with « canari » is for members only.
"""

import re
from pathlib import Path

import pytest

from tests.conftest import run_module, write_files

CONFIG = """\
site_name: Épreuve
site_url: https://epreuve.exemple.invalid/wiki/
theme: {name: mkdocs}
plugins:
  - essaim: {new_page: "https://forge.exemple.invalid/new/{chemin}?texte={texte}"}
  - essaim-links
  - essaim-history
  - essaim-views
  - search
"""
COFFRE = "type: coffre\nvisibility: members\nfields:\n  titre: {type: text}\n  tel: {type: text}\n"
HOME = {"docs/index.md": "# Accueil\n\n[[Ada]]\n"}


def publish(root: Path, files: dict[str, str], config: str = CONFIG) -> dict[str, str]:
    """Build a wiki for the public and write its plain tree; return each file of both with its name."""
    write_files(root, {"mkdocs.yml": config} | HOME | files)
    for name, command in {"site": ("build", "--site-dir"), "arbre": ("stage",)}.items():
        done = run_module("essaim_app", *command, str(root / f"_{name}"), cwd=root)
        assert "Traceback" not in done.stderr
        assert (root / f"_{name}").is_dir(), done.stderr
    found = [path for name in ("_site", "_arbre") for path in (root / name).rglob("*") if path.is_file()]
    texts = {path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8", "replace") for path in found}
    return {name: f"{name}\n{text}" for name, text in texts.items()}


def leaks(published: dict[str, str]) -> dict[str, set[str]]:
    found = {name: set(re.findall(r"canari\w*", text)) for name, text in published.items()}
    return {name: canaries for name, canaries in found.items() if canaries}


class TestATypeThatCannotBeRead:
    """A slip in `_type.yml` shows nobody what it meant to hide."""

    @pytest.mark.parametrize(
        "declared",
        [
            COFFRE,
            COFFRE.replace("members", "membres"),
            COFFRE.replace("members", "[members]"),
            COFFRE.replace("visibility", "visibilite"),
            COFFRE.replace("type: coffre\n", ""),
            COFFRE.replace("type: coffre", "type: _coffre"),
            COFFRE.replace("type: coffre", "type: pris"),
            COFFRE + "sections: [\n",
            f"- {COFFRE.splitlines()[1]}\n",
            COFFRE.replace("visibility: members", "extends: _introuvable"),
        ],
    )
    def test_its_pages_and_files_stay_among_members(self, tmp_path: Path, declared: str) -> None:
        files = {
            "docs/autre/_type.yml": "type: pris\nfields: {titre: {type: text}}\n",
            "docs/coffre/_type.yml": declared,
            "docs/coffre/ada.md": "---\ntitre: Ada\ntel: canaritel\n---\n\nUn canaritexte.\n",
            "docs/coffre/canarifichier.pdf": "canaricontenu",
        }
        assert leaks(publish(tmp_path, files)) == {}

    @pytest.mark.parametrize("slip", ["visibility: member", "visibilty: members"])
    def test_nor_a_field_of_an_open_type(self, tmp_path: Path, slip: str) -> None:
        declared = f"type: libre\nextra: allow\nfields:\n  titre: {{type: text}}\n  tel: {{type: text, {slip}}}\n"
        ada = "---\ntitre: Ada\ntel: canaritel\n---\n\nTexte.\n"
        assert leaks(publish(tmp_path, {"docs/libre/_type.yml": declared, "docs/libre/ada.md": ada})) == {}


@pytest.mark.parametrize(
    "page",
    [
        "---\ntitre: Ada\ntel: canaritel\n\nTexte.\n",
        "----\ntitre: Ada\ntel: canaritel\n----\n\nTexte.\n",
        '+++\ntitre = "Ada"\ntel = "canaritel"\n+++\n\nTexte.\n',
        "<!-- note -->\n---\ntitre: Ada\ntel: canaritel\n---\n\nTexte.\n",
        "---\ntitre: Ada\n---\n---\ntel: canaritel\n---\n\nTexte.\n",
        "---\ntitre: Ada\n\ttel: canaritel\n---\n\nTexte.\n",
        "\n---\ntitre: Ada\ntel: canaritel\n---\n\nTexte.\n",
    ],
)
def test_a_front_matter_that_is_not_one_is_not_shown_as_text(tmp_path: Path, page: str) -> None:
    declared = "type: libre\nextra: allow\nfields: {titre: {type: text}, tel: {type: text, visibility: members}}\n"
    assert leaks(publish(tmp_path, {"docs/libre/_type.yml": declared, "docs/libre/ada.md": page})) == {}


OPEN_TYPE = """\
type: ouvert
label: {one: fiche, many: fiches}
index: {view: table, columns: [titre, appui], sort: -salaire}
fields:
  titre: {type: text}
  salaire: {type: integer, required: true, visibility: members, help: canariaide}
  genre: {type: choice, required: true, visibility: members, of: {canarichoix: Un, b: Deux}}
  suivi: {type: group, required: true, fields: {note: {type: text, required: true, visibility: members,
    help: canariaideinterieure}}}
  ami: {type: reference, to: ouvert, visibility: members, inverse: {name: appui, label: canariinverse}}
  voisin: {type: reference, to: ouvert, inverse: {name: appui, label: Appuie}}
"""


def one(title: str, salary: object, more: str = "", text: str = "Voir [[Ada]].") -> str:
    return f"---\ntitre: {title}\nsalaire: {salary}\ngenre: b\nsuivi: {{note: canarinote}}\n{more}---\n\n{text}\n"


class TestAWikiWithMembersPages:
    @pytest.fixture(scope="class")
    def published(self, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
        nav = (
            "nav:\n  - Accueil: index.md\n  - canaricoffre: coffre/canarinom.md\n  - canaridossier: coffre/\n"
            "  - coffre/canarinom.md\n  - canarisection:\n    - canaridedans: coffre/canarinom.md\n"
            "  - Fiches: [ouvert/ada.md]\n  - Ailleurs: https://exemple.invalid/\n"
        )
        files = {
            "docs/coffre/_type.yml": COFFRE.replace("fields:", "extra: allow\nfields:"),
            "docs/coffre/canarinom.md": (
                "---\ntitre: canarititre\nbandeau: ../images/canaribandeau.png\n"
                'photo: "[[canariphoto.png]]"\n---\n\n<img src="../images/canaribrute.png">\n'
                "<a href='../../images/canariadresse.pdf'>x</a>\n"
            ),
            **{f"docs/images/canari{name}": "x" for name in ("bandeau.png", "photo.png", "brute.png", "adresse.pdf")},
            "docs/images/commune.png": "x",
            "docs/coffre/autre.md": '---\ntitre: Autre\n---\n\n<img src="../images/commune.png">\n',
            "docs/ouvert/_type.yml": OPEN_TYPE,
            "docs/ouvert/_modele.md": "---\ntitre: {{ titre }}\nsalaire:  # canarimodele\n---\n",
            "docs/ouvert/ada.md": one(
                "Ada", 1, "voisin: bob\n", 'Voir [[Bob]].\n\n<img src="../images/commune.png">'
            ),
            "docs/ouvert/bob.md": one("Bob", 3, "ami: ada\n", "Voir [[Ada]]. Une [[ouvert/Fiche voulue]]."),
            "docs/ouvert/cyd.md": one("Cyd", 2),
            "docs/ouvert/faux.md": one("Faux", "canarifaute", "", "Voir [[Ada]], dit canarifautif au CANARISIGLE."),
            "docs/note.md": (
                "# Note\n\nUn [premier][s], un [second][t].\n\n"
                '[s]: coffre/canarinom.md "canarititrededefinition"\n[t]: <coffre/canarinom.md#x>\n'
            ),
        }
        return publish(tmp_path_factory.mktemp("epreuve"), files, CONFIG + nav)

    def test_nothing_of_them_is_published(self, published: dict[str, str]) -> None:
        assert leaks(published) == {}

    def test_the_written_navigation_keeps_the_rest(self, published: dict[str, str]) -> None:
        assert "Ailleurs" in published["_site/index.html"]
        assert 'href="ouvert/ada/"' in published["_site/index.html"]

    def test_an_order_that_a_hidden_field_gives_is_not_told(self, published: dict[str, str]) -> None:
        for index in (published["_site/ouvert/index.html"], published["_arbre/ouvert/index.md"]):
            assert index.index("Ada") < index.index("Bob") < index.index("Cyd")

    def test_a_wanted_page_still_begins_with_what_is_public(self, published: dict[str, str]) -> None:
        assert "texte=---%0Atitre%3A%20Fiche%20voulue%0A" in published["_site/a-ecrire/index.html"]

    def test_a_file_that_a_public_page_shows_too_is_given(self, published: dict[str, str]) -> None:
        assert "_site/images/commune.png" in published
