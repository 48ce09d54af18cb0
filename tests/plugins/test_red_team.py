"""What somebody tried, to see what is for members: misspelt types, odd front matter, files, navigation, order.

Every word that begins with « canari » is for members only, and so is the acronym KNRSGL.
"""

import re
from html.parser import HTMLParser
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
    found = {name: set(re.findall(r"canari\w*|KNRSGL", text)) for name, text in published.items()}
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
            COFFRE.replace("visibility: members\n", "").replace("{type: text}", "{type: text, visibility: members}"),
        ],
    )
    def test_its_pages_and_files_stay_among_members(self, tmp_path: Path, declared: str) -> None:
        files = {
            "docs/autre/_type.yml": "type: pris\nfields: {titre: {type: text}}\n",
            "docs/coffre/_type.yml": declared,
            "docs/coffre/canari.md": "---\ntitre: canarititre\ntel: canaritel\n---\n\nUn canaritexte.\n",
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


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
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
        "docs/ouvert/ada.md": one("Ada", 1, "voisin: bob\n", 'Voir [[Bob]].\n\n<img src="../images/commune.png">'),
        "docs/ouvert/bob.md": one("Bob", 3, "ami: ada\n", "Voir [[Ada]]. Une [[ouvert/Fiche voulue]]."),
        "docs/ouvert/cyd.md": one("Cyd", 2),
        "docs/ouvert/faux.md": one("Faux", "canarifaute", "", "Voir [[Ada]], dit canarifautif au KNRSGL."),
        "docs/mots/_type.yml": "type: mot\nglossary: {acronym: sigle}\nfields: {sigle: {type: text}}\n",
        "docs/_redirections.yml": "coffre/canariavant.md: ouvert/ada\ndocs/coffre/canariavant2.md: ouvert/ada\n",
        "docs/note.md": (
            "# Note\n\nUn [premier][s], un [second][t].\n\n"
            '[s]: coffre/canarinom.md "canarititrededefinition"\n[t]: <coffre/canarinom.md#x>\n'
            "\n<a href='coffre/canarinom.md'>un</a> <a href=coffre/canarinom/>deux</a>\n"
            '<a href="/coffre/canarinom/#x">trois</a>\n'
            '<a href="https://exemple.invalid/coffre/">dehors</a>\n'
        ),
    }
    return publish(tmp_path_factory.mktemp("epreuve"), files, CONFIG + nav)


class TestAWikiWithMembersPages:
    def test_nothing_of_them_is_published(self, published: dict[str, str]) -> None:
        assert leaks(published) == {}

    def test_the_written_navigation_keeps_the_rest(self, published: dict[str, str]) -> None:
        assert "Ailleurs" in published["_site/index.html"]
        assert 'href="ouvert/ada/"' in published["_site/index.html"]

    def test_an_address_elsewhere_stays_as_it_was_written(self, published: dict[str, str]) -> None:
        assert '<a href="https://exemple.invalid/coffre/">dehors</a>' in published["_site/note/index.html"]

    def test_an_order_that_a_hidden_field_gives_is_not_told(self, published: dict[str, str]) -> None:
        for index in (published["_site/ouvert/index.html"], published["_arbre/ouvert/index.md"]):
            assert index.index("Ada") < index.index("Bob") < index.index("Cyd")

    def test_a_wanted_page_still_begins_with_what_is_public(self, published: dict[str, str]) -> None:
        assert "texte=---%0Atitre%3A%20Fiche%20voulue%0A" in published["_site/a-ecrire/index.html"]

    def test_a_file_that_a_public_page_shows_too_is_given(self, published: dict[str, str]) -> None:
        assert "_site/images/commune.png" in published


def test_a_page_that_the_host_leaves_out_is_named_nowhere(tmp_path: Path) -> None:
    draft = "# canarititre\n\nVoir [[Ada]], [[canari voulue]] et {{ cae.taux }}.\n"
    files = {
        "docs/_cae.yml": "taux: '10'\n",
        "docs/brouillon.md": draft,
        "docs/hors.md": draft,
        "docs/ada.md": "# Ada\n\nVoir [[brouillon|un mot]].\n\n![[hors|autre mot]]\n",
    }
    left_out = "draft_docs: brouillon.md\nexclude_docs: hors.md\n"
    write_files(tmp_path, {"mkdocs.yml": CONFIG + left_out} | HOME | files)
    run_module("mkdocs", "build", "-q", "-d", str(tmp_path / "site"), cwd=tmp_path, status=0)
    built = {path.name: path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.[hjx][tsm]*[lno]")}
    assert "un mot" in (tmp_path / "site/ada/index.html").read_text("utf-8")
    assert leaks(built) == {}


@pytest.mark.parametrize("folder", ["docs/membres", "equipe/membres", "docs"])
@pytest.mark.parametrize("command", [("build", "--site-dir"), ("stage",)])
def test_what_members_are_shown_is_not_written_among_the_pages(
    tmp_path: Path, command: tuple[str, ...], folder: str
) -> None:
    """The next public build would publish it."""
    files = {"equipe/_type.yml": "type: personne\nfields: {titre: {type: text}}\n"}
    write_files(tmp_path, {"mkdocs.yml": CONFIG} | HOME | files)
    done = run_module("essaim_app", *command, folder, "--audience", "members", cwd=tmp_path, status=2)
    assert "choisissez un autre" in done.stderr
    assert not list(tmp_path.rglob("index.html"))


def test_other_names_in_a_hidden_field_are_given_to_nobody(tmp_path: Path) -> None:
    """Notes have two fields for them: `alias`, and `aliases`."""
    declared = "type: note\nextra: allow\nfields: {aliases: {type: text, many: true, visibility: members}}\n"
    ada = "---\ntitle: Ada\naliases: [canarialias, canari autre nom]\n---\n\nTexte.\n"
    published = publish(tmp_path, {"docs/notes/_type.yml": declared, "docs/notes/ada.md": ada})
    assert leaks(published) == {}
    assert '"titre":"ada"' in published["_site/inventaire.json"]


def test_a_hidden_page_of_the_same_name_is_not_told(tmp_path: Path) -> None:
    files = {
        "docs/coffre/_type.yml": COFFRE,
        "docs/coffre/un.md": "---\ntitre: Dupont\n---\n",
        "docs/coffre/deux.md": "---\ntitre: Durand\n---\n",
        "docs/coffre/trois.md": "---\ntitre: Durand\n---\n",
        "docs/dupont-public.md": "# Dupont\n",
        "docs/note.md": "# Note\n\nVoir [[Dupont]], puis [[Durand]].\n",
    }
    note = publish(tmp_path, files)["_site/note/index.html"]
    assert "essaim-ambigu" not in note
    assert '<a href="../dupont-public/">Dupont</a>' in note
    assert "Durand" not in note


class _Reader(HTMLParser):
    """Reads a page, and remembers its ids and what is wrongly nested."""

    VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
    BLOCKS = frozenset("blockquote details div dl h1 h2 h3 h4 h5 h6 ol p pre section table ul".split())

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wrong: list[object] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if (tag in self.BLOCKS and "p" in self._open) or (tag == "a" and "a" in self._open):
            self.wrong.append((self._open[-1], tag, self.getpos()))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append((tag, self.getpos()))


def test_pages_shown_in_every_kind_of_place_give_html_that_holds(tmp_path: Path) -> None:
    source = (
        "---\ntitle: Source & <co>\n---\n\n# Un autre titre\n\nIntro. ^intro\n\n## Table\n\n"
        "| a | b |\n| --- | --- |\n| [[petit]] | ![[petit]] |\n\n## Liste\n\n- un ^un\n    - deux ^deux\n\n"
        "## Vide\n\n## Note\n\nIci[^1].\n\n[^1]: Dite [[petit]].\n\n## Fin [[petit]]\n\n```\n[[pas]]\n```\n"
    )
    embedding = (
        "# Tout\n\nAvant ![[source]] après.\n\n![[source]]\n\n![[source#Table]]\n\n![[source#Vide]]\n\n"
        "![[source#Note]]\n\n![[source#Note]]\n\n![[source#^intro]] ![[source#^deux]]\n\n"
        "!!! note\n    dans ![[petit]]\n\n> cité ![[petit]]\n\n- liste ![[petit]]\n    - ![[petit#Suite]]\n\n"
        "| ![[petit]] | b |\n| --- | --- |\n| ![[petit#Suite]] | [[manque\\|rouge]] |\n\n"
        "Terme\n: ![[petit]]\n\nnote[^a]\n\n[^a]: ![[petit]]\n\n## Un ![[petit]] titre\n"
    )
    small = "# Petit\n\nTexte [[source#Table]].\n\n## Suite\n\nFin.\n"
    files = {"docs/source.md": source, "docs/tout.md": embedding, "docs/petit.md": small}
    extensions = "markdown_extensions: [admonition, footnotes, def_list, tables]\n"
    for name, page in publish(tmp_path, files, CONFIG + extensions).items():
        if name.endswith("index.html"):
            reader = _Reader()
            reader.feed(page.partition("\n")[2])
            assert reader.wrong == [], name
            assert sorted(reader.ids) == sorted(set(reader.ids)), name
