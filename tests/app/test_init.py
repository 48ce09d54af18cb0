"""Another cooperative's wiki from this one: nothing of ours in it, nothing wrong in it, or nothing at all."""

import os
import pty
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from essaim.diagnostics import Severity
from essaim.folding import fold
from essaim.workspace import Analysis, Workspace
from essaim.workspace.swarm.choosing import is_taken_along
from essaim_app.asking import QUESTIONS, keys_to_ask
from tests.conftest import ROOT, Run, run_module, write_files

FILES = {
    "mkdocs.yml": """\
site_name: La Navette # le nom
site_url: https://wiki.navette.example/
copyright: Textes partagés. Coopérative et personnes inventées.
plugins:
  - essaim
  - essaim-links
  - essaim-views:
      order: [coulisse, fiche, personne]
nav:
  - Accueil: index.md
  - Nous:
      - Ana: personnes/ana-roux.md
  - Fiches: fiches/pain.md
""",
    "docs/_type.yml": "type: page\nfields:\n  titre: text\n",
    "docs/_cae.yml": """\
# Ce que nous avons décidé.
# <!-- demonstration -->
# La Navette est inventée.
# <!-- /demonstration -->
nom: La Navette # le nom
forme: Scop
siren: ""
part: {valeur: "20 €", valable_du: 2026-01-01} # en vigueur
contacts: # des rôles
  compta: le bureau du troisième
  paie: |
    deux
    lignes
outils:
  liste: [a, b]
  erp: outil
""",
    "docs/_references.yml": "# Des textes de loi.\nloi: Code du travail\n",
    "docs/_voisins.yml": "# Les autres.\nlac: {nom: Coop du Lac, adresse: 'https://lac.example/'}\n",
    "docs/_voisins/lac.json": (
        '{"essaim":1,"nom":"Lac","adresse":"https://lac.example/","pages":['
        '{"id":"f/barque","type":"f","titre":"La barque","chemin":"barque/"}]}'
    ),
    "docs/_redirections.yml": "# Anciens chemins.\ndocs/fiches/vieux.md: pain\n",
    "docs/_commun/_type.yml": "type: _commun\nfields:\n  titre: {type: text, required: true}\n",
    "docs/personnes/_type.yml": "type: personne\nlabel: {one: personne, many: personnes, gender: f}\nshare: never\n"
    "extends: _commun\nindex: {view: list}\n",
    "docs/personnes/_modele.md": "---\ntitre: {{ titre }}\n---\n",
    "docs/personnes/ana-roux.md": "---\ntitre: Ana Roux\n---\n\nAna cite [[pain]].\n",
    "docs/personnes/images/ana.png": "portrait",
    "docs/groupes/_type.yml": "type: groupe\nlabel: {one: groupe, many: groupes}\nextends: _commun\n"
    "index: {view: list}\n",
    "docs/groupes/index.md": "---\ntitre: Les groupes\n---\n\nVoici [[four-commun]].\n",
    "docs/groupes/four-commun.md": "---\ntitre: Le four commun\n---\n\n## Où\n\nIci.\n",
    "docs/coulisses/_type.yml": "# <!-- demonstration -->\ntype: coulisse\nextends: page\nshare: commons\n"
    "# <!-- /demonstration -->\n",
    "docs/coulisses/code.md": "---\ntitre: Le code\n---\n",
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
share: commons
extends: _commun
fields:
  lues: {type: reference, to: [personne, fiche], many: true}
  par: {type: reference, to: personne}
  faite: {type: group, many: true, fields: {qui: {type: reference, to: personne, required: true}, mot: text}}
  aide: {type: group, many: true, fields: {qui: {type: reference, to: personne}, mot: text}}
  suite: {type: reference, to: fiche}
index: {view: list}
""",
    "docs/fiches/pain.md": """\
---
titre: Faire du pain
lues: [ana-roux, levain, "Ana Roux"]
par: ana-roux
# Qui l'a faite.
faite:
  - qui: ana-roux
    mot: "Facile."
aide:
  - qui: ana-roux
    mot: "Le matin."
  - {qui: ana-roux, mot: "Le soir."}
suite: levain
---

# Le pain

Demandez à [[ana-roux]] ou à [[ana-roux|la boulangère]], au [**four**](../groupes/four-commun.md), à [[levain]].

![[four-commun#Où]]

- ![](../personnes/images/ana.png)
- ![four](four.png)
- Chez eux : [[lac:barque]]. Avant : [le pain](vieux.md). [Le code](../coulisses/code.md). [Le reste][r].

[r]: ../groupes/four-commun.md

```text
par: ana-roux
```
""",
    "docs/fiches/levain.md": (
        "---\ntitre: Le levain\n---\n\nVoir [[pain]], ou {{ cae.contacts.compta }} ({{ cae.siren }}).\n"
    ),
    "docs/fiches/four.png": "image",
    "docs/fiches/orpheline.png": "image",
    "docs/fiches/tenue.md": "---\ntitre: Le tour de garde\nsuite: gardee\n---\n",
    "docs/fiches/gardee.md": "---\ntitre: Une garde\n---\n\nAprès [[tenue]].\n",
    "docs/gardes/_type.yml": "type: garde\nshare: commons\nextends: _commun\nfields:\n"
    "  qui: {type: reference, to: personne, required: true}\n",
    "docs/gardes/lundi.md": "---\ntitre: Le lundi\nqui: ana-roux\n---\n",
    "docs/aide.md": "---\ntitre: Aide\n---\n\n~~~~ text\n<!-- demonstration -->\n~~~~\n\nLe [[lundi]] suffit.\n",
    "docs/index.md": """\
---
titre: Accueil
---

Avant.

<!-- demonstration -->

Tout est inventé, même [[ana-roux]].

<!-- /demonstration -->

Après. [Les gens](personnes/index.md), [[pain]].

```requete
de: fiche
ou: "par = ana-roux"
```

```requete
de: fiche
```
""",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path / "source", FILES)


@pytest.fixture
def grown(source: Path, tmp_path: Path, essaim: Run) -> Path:
    target = tmp_path / "nouveau"
    essaim("init", str(target), "--name", "Coop « du Bois »", "--set", "outils.erp=le cahier", cwd=source, status=0)
    return target


def read(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def test_the_source_is_clean(source: Path, essaim: Run) -> None:
    essaim("check", "--strict", cwd=source, status=0)


def test_a_new_wiki_is_clean_and_builds(grown: Path, essaim: Run) -> None:
    essaim("check", "--strict", cwd=grown, status=0)
    run_module("mkdocs", "build", "--strict", "--quiet", cwd=grown, status=0)


def test_what_goes_along_and_what_stays(grown: Path) -> None:
    found = {p.relative_to(grown).as_posix() for p in grown.rglob("*") if p.is_file() and ".git/" not in p.as_posix()}
    assert found == {
        *("mkdocs.yml", "README.md", "CONTRIBUTING.md", ".gitignore"),
        *("docs/_type.yml", "docs/_cae.yml", "docs/_references.yml", "docs/_voisins.yml", "docs/_redirections.yml"),
        *(
            "docs/_commun/_type.yml",
            "docs/personnes/_type.yml",
            "docs/personnes/_modele.md",
            "docs/groupes/_type.yml",
        ),
        *("docs/groupes/index.md", "docs/fiches/_type.yml", "docs/fiches/pain.md", "docs/fiches/levain.md"),
        *("docs/fiches/four.png", "docs/fiches/tenue.md", "docs/fiches/gardee.md", "docs/gardes/_type.yml"),
        *("docs/aide.md", "docs/index.md"),
    }


def test_fields_lose_the_names_and_links_become_words(grown: Path) -> None:
    assert (
        read(grown, "docs/fiches/pain.md")
        == """\
---
titre: Faire du pain
lues: [levain]
# Qui l'a faite.
aide:
  - mot: "Le matin."
  - {mot: "Le soir."}
suite: levain
---

# Le pain

Demandez à (personne à nommer) ou à la boulangère, au **four**, à [[levain]].

- ![four](four.png)
- Chez eux : La barque. Avant : [le pain](pain.md). Le code. Le reste.

```text
par: personne-a-nommer
```
"""
    )


def test_marked_passages_and_queries_about_nobody_go(grown: Path) -> None:
    assert (
        read(grown, "docs/index.md")
        == """\
---
titre: Accueil
---

Avant.

Après. [Les gens](personnes/index.md), [[pain]].

```requete
de: fiche
```
"""
    )
    assert "<!-- demonstration -->" in read(grown, "docs/aide.md"), "code only shows how to write a mark"


def test_settings_keep_their_keys_and_lose_their_values(grown: Path) -> None:
    """Who answers nothing has words for roles and tools that any cooperative understands, not those of another."""
    assert (
        read(grown, "docs/_cae.yml")
        == """\
# Ce que nous avons décidé.
nom: "Coop « du Bois »" # le nom
forme: ""
siren: ""
part: "" # en vigueur
contacts: # des rôles
  compta: la comptabilité
  paie: la personne chargée de la paie
outils:
  liste: la liste de discussion
  erp: le cahier
"""
    )
    assert read(grown, "docs/_voisins.yml") == "# Les autres.\n"
    assert read(grown, "docs/_redirections.yml") == "# Anciens chemins.\n"
    assert read(grown, "docs/_references.yml") == FILES["docs/_references.yml"]


def test_the_host_has_another_name_and_no_address(grown: Path) -> None:
    assert (
        read(grown, "mkdocs.yml")
        == """\
site_name: "Coop « du Bois »" # le nom
# site_url: https://wiki.navette.example/
copyright: Textes partagés.
plugins:
  - essaim
  - essaim-links
  - essaim-views:
      order: [fiche, personne]
nav:
  - Accueil: index.md
  - Fiches: fiches/pain.md
"""
    )


def test_what_was_verified_elsewhere_says_so(source: Path, tmp_path: Path, essaim: Run) -> None:
    common = FILES["docs/_commun/_type.yml"] + "  verifie_le: {type: date, required: true}\n"
    folders = ("docs/fiches/", "docs/groupes/", "docs/gardes/", "docs/personnes/")
    typed = [name for name in FILES if name.endswith(".md") and name.startswith(folders) and "_modele" not in name]
    typed.remove("docs/groupes/index.md")
    dated = {name: FILES[name].replace("\n---\n", "\nverifie_le: 2026-02-03\n---\n", 1) for name in typed}
    dated["docs/fiches/pain.md"] = dated["docs/fiches/pain.md"].replace("2026-02-03", "2026-02-05")
    dated["docs/personnes/ana-roux.md"] = dated["docs/personnes/ana-roux.md"].replace("2026-02-03", "2026-03-01")
    write_files(source, {**dated, "docs/_commun/_type.yml": common})
    essaim("init", str(tmp_path / "n"), "--yes", cwd=source, status=0)
    values = read(tmp_path / "n", "docs/_cae.yml")
    assert values.endswith("par la coopérative d'origine, pas par la nôtre.\nverifie_ailleurs_jusqu_au: 2026-02-05\n")
    essaim("init", str(tmp_path / "m"), "--yes", cwd=tmp_path / "n", status=0)
    assert read(tmp_path / "m", "docs/_cae.yml") == values
    run_module("mkdocs", "build", "--quiet", cwd=tmp_path / "m", status=0)
    page = read(tmp_path / "m", "site/fiches/pain/index.html")
    assert "Vérifiée le 5 février 2026 par la coopérative d&#39;origine, pas encore par la nôtre" in page


def test_the_menu_keeps_its_groups_without_what_stays(source: Path, tmp_path: Path, essaim: Run) -> None:
    groups = """
        - Faire: [coulisse, fiche, aide.md]
        - Nous: [coulisse, personnes/ana-roux.md]
        - personne
"""
    config = FILES["mkdocs.yml"].replace(" [coulisse, fiche, personne]\n", groups)
    write_files(source, {"mkdocs.yml": config})
    essaim("init", str(tmp_path / "n"), "--yes", cwd=source, status=0)
    assert "      order:\n        - Faire: [fiche, aide.md]\n        - personne\n" in read(
        tmp_path / "n", "mkdocs.yml"
    )
    run_module("mkdocs", "build", "--strict", "--quiet", cwd=tmp_path / "n", status=0)


def test_a_page_that_cannot_be_right_is_told_and_left_out(source: Path, tmp_path: Path, essaim: Run) -> None:
    done = essaim("init", str(tmp_path / "n"), "--yes", cwd=source, status=0)
    assert "docs/gardes/lundi.md : " in done.stdout
    assert "Le Le lundi suffit." in read(tmp_path / "n", "docs/aide.md")
    assert "cae.siren : 1 fiche\n" in done.stdout
    assert 'essaim new personne "Prénom Nom"' in done.stdout
    assert "site_name: Notre coopérative" in read(tmp_path / "n", "mkdocs.yml")


def test_there_is_one_commit(grown: Path) -> None:
    done = subprocess.run(["git", "log", "--format=%s"], cwd=grown, capture_output=True, text=True, check=True)
    assert done.stdout == "Notre wiki commence ici\n"
    status = subprocess.run(["git", "status", "--short"], cwd=grown, capture_output=True, text=True, check=True)
    assert status.stdout == ""


def test_git_is_a_choice_and_signs_for_who_did_not_say(
    source: Path, tmp_path: Path, essaim: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if re.match("GIT_(AUTHOR|COMMITTER)_", name)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    essaim("init", str(tmp_path / "sans"), "--yes", "--no-git", cwd=source, status=0)
    assert not (tmp_path / "sans/.git").exists()
    essaim("init", str(tmp_path / "avec"), "--yes", cwd=source, status=0)
    log = ["git", "log", "--format=%an <%ae>"]
    done = subprocess.run(log, cwd=tmp_path / "avec", capture_output=True, text=True, check=True)
    assert done.stdout == "Essaim <essaim@exemple.invalid>\n"


def test_without_git_it_says_so(source: Path, tmp_path: Path, essaim: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = essaim("init", str(tmp_path / "n"), "--yes", cwd=source, status=0)
    assert "git n'est pas installé" in done.stdout
    assert (tmp_path / "n/docs/index.md").is_file()


def test_a_failure_on_the_way_leaves_nothing(
    source: Path, tmp_path: Path, essaim: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"gitconfig": "[user\nthis is no configuration"})
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    before = sorted(tmp_path.iterdir())
    done = essaim("init", str(tmp_path / "a/n"), "--yes", cwd=source, status=2)
    assert "rien n'est écrit" in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_an_empty_folder_will_do_and_a_full_one_will_not(source: Path, tmp_path: Path, essaim: Run) -> None:
    (tmp_path / "n").mkdir()
    essaim("init", str(tmp_path / "n"), "--yes", cwd=source, status=0)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "n").rglob("*")}
    done = essaim("init", str(tmp_path / "n"), "--yes", cwd=source, status=2)
    assert "contient déjà quelque chose" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "n").rglob("*")} == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["{source}/docs/n"], "est dans ce wiki"),
        (["{source}/site"], "est dans ce wiki"),
        (["{source}/mkdocs.yml/n"], "est dans ce wiki"),
        (["{source}-n", "--territory", "Savoie"], "Vouliez-vous dire « D:73 » ?"),
        (["{source}-n", "--territory", "D:999"], "aucun territoire n'a le code 999"),
        (["{source}-n", "--set", "contacts.conpta=x"], "Vouliez-vous dire « contacts.compta » ?"),
        (["{source}-n", "--set", "contacts.compta"], "n'est pas de la forme clé=valeur"),
        (["{source}-n/.git/hooks/n"], "est dans un dossier « .git »"),
        (["{source}-n/.GIT"], "est dans un dossier « .git »"),
        (["{source}-n", "--name", "La\x07 Navette"], "« nom » contient un signe invisible, U+0007"),
        (["{source}-n", "--set", "contacts.compta=\ufeffx"], "« contacts.compta » contient un signe invisible"),
        (["{source}-n", "--name", "\udcff"], "« nom » contient un signe invisible, U+DCFF"),
    ],
)
def test_what_is_refused(source: Path, essaim: Run, arguments: list[str], told: str) -> None:
    done = essaim("init", "--yes", *(a.format(source=source) for a in arguments), cwd=source, status=2)
    assert told in done.stderr
    assert [path.name for path in source.parent.iterdir()] == ["source"]


@pytest.mark.parametrize(
    "name", ["2024", "On", "no", "0x10", "2024-01-01", "!ENV HOME", '"', "a: b #c", "{{ cae.x }}"]
)
def test_any_name_is_a_text_to_the_host(source: Path, tmp_path: Path, essaim: Run, name: str) -> None:
    essaim("init", str(tmp_path / "n"), "--name", name, "--yes", "--no-git", cwd=source, status=0)
    read = yaml_load((tmp_path / "n/mkdocs.yml").read_text("utf-8"))
    assert read["site_name"] == name


@pytest.mark.parametrize("name", ["a" * 250, "deux mots; touch x", "-x"])
def test_any_name_of_a_folder_will_do(source: Path, tmp_path: Path, essaim: Run, name: str) -> None:
    done = essaim("-C", str(source), "init", "--yes", "--no-git", "--", name, cwd=tmp_path, status=0)
    assert (tmp_path / name / "mkdocs.yml").is_file()
    cd = next(line for line in done.stdout.splitlines() if line.strip().startswith("cd "))
    gone = subprocess.run(["sh", "-c", f"{cd.split(' && ')[0]} && pwd"], cwd=tmp_path, capture_output=True, text=True)
    assert gone.stdout.strip() == str((tmp_path / name).resolve())


OURS = {
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
share: commons
extends: _commun
fields:
  tel: {type: text, visibility: members}
  piece: {type: file, visibility: members}
  appels: {type: group, many: true, fields: {quand: text, note: {type: text, visibility: members}}}
  textes: {type: group, many: true, from: textes, fields: {nom: text, cout: {type: text, visibility: members}}}
  parti: boolean
departed: {when: parti}
""",
    "docs/fiches/pain.md": "---\ntitre: Faire du pain\ntel: canari\npiece: canari.pdf\nappels:\n"
    "  - {quand: ici, note: canari}\n  - {note: canari}\ntextes: [loi]\n---\n\n"
    "Demandez à [[jean]], enfin à Jean Canari.\n",
    "docs/fiches/jean.md": "---\ntitre: Jean Canari\nalias: [Jeannot Canari]\nparti: oui\n---\n\nUn canari.\n",
    "docs/fiches/canari.pdf": "x",
    "docs/personnes/_type.yml": "type: personne\nshare: never\nextends: _commun\nfields:\n"
    "  dons: {type: group, many: true, from: dons, fields: {nom: text}}\n"
    "  textes: {type: group, many: true, from: textes, fields: {nom: text, perso: text}}\n",
    "docs/personnes/ana-roux.md": "---\ntitre: Ana Roux\ndons: [un]\ntextes: [loi, sien]\n---\n",
    "docs/_textes.yml": "# Nos textes.\nloi: {nom: La loi, cout: canari, perso: canari}\nsien: {nom: canari}\n"
    "autre: {nom: Un autre}\n",
    "docs/_dons.yml": "# Nos dons.\nun: {nom: canari}\n",
}


def test_what_is_for_members_of_who_left_or_in_rows_of_ours_stays(tmp_path: Path, essaim: Run) -> None:
    kept = ("mkdocs.yml", "docs/_cae.yml", "docs/_commun/_type.yml", "docs/_type.yml")
    source = write_files(tmp_path / "source", {name: FILES[name] for name in kept} | OURS)
    essaim("init", str(tmp_path / "n"), "--yes", "--no-git", cwd=source, status=0)
    files = [path for path in (tmp_path / "n").rglob("*") if path.is_file()]
    said = {path.name: path.read_text("utf-8") for path in files}
    assert not [name for name, text in said.items() if "canari" in f"{name} {text}".lower()]
    assert said["pain.md"].startswith("---\ntitre: Faire du pain\nappels:\n  - {quand: ici}\ntextes: [loi]\n---\n")
    assert said["_textes.yml"] == "# Nos textes.\nloi: {nom: La loi}\nautre: {nom: Un autre}\n"
    assert said["_dons.yml"] == "# Nos dons.\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [("\n<!-- demonstration -->\n\nA\n", 2), ("A\n<!-- /demonstration -->\n", 2)],
)
def test_a_lone_mark_is_told(source: Path, tmp_path: Path, essaim: Run, text: str, line: int) -> None:
    write_files(source, {"docs/seule.md": text})
    done = essaim("init", str(tmp_path / "n"), "--yes", cwd=source, status=2)
    assert f"docs/seule.md:{line} " in done.stderr
    assert not (tmp_path / "n").exists()


def test_the_territory_goes_below_the_form(source: Path, tmp_path: Path, essaim: Run) -> None:
    essaim("init", str(tmp_path / "n"), "--yes", "--form", "SCIC SA", "--territory", "D:73", cwd=source, status=0)
    assert 'forme: SCIC SA\nterritoire: "D:73"\nsiren' in read(tmp_path / "n", "docs/_cae.yml")


def test_it_asks_on_a_terminal(source: Path, tmp_path: Path) -> None:
    """One question at a time; Enter takes what is between brackets, a wrong territory is asked again."""
    answers = ["Coop du Pré", "", "Savoie", "", "", "les paies", "", ""]
    asked = [*keys_to_ask(["nom", "forme", "contacts.compta", "contacts.paie", "outils.liste", "outils.erp"])]
    assert [key in QUESTIONS for key in asked] == [True] * 7
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "essaim_app", "init", str(tmp_path / "n"), "--no-git"]
    environment = os.environ | {"PYTHONUTF8": "1"}
    process = subprocess.Popen(
        command, cwd=source, env=environment, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, close_fds=True
    )
    os.close(theirs)
    os.write(ours, ("\n".join(answers) + "\n").encode())
    said, _ = process.communicate(timeout=120)
    os.close(ours)
    assert process.returncode == 0
    assert b"rien \xc3\xa0 corriger" in said
    written = read(tmp_path / "n", "docs/_cae.yml")
    assert "nom: Coop du Pré #" in written
    assert 'forme: ""\nterritoire: "D:73"\n' in written
    assert "compta: la comptabilité\n  paie: les paies\n" in written


def mistakes(root: Path) -> set[tuple[str, str]]:
    """Return where something is wrong in a wiki, and what."""
    found = Workspace(root, date.today()).refresh().diagnostics
    return {(d.path, d.code) for d in found if d.severity is not Severity.INFO}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wiki that ships, begun anew."""
    target = tmp_path_factory.mktemp("init") / "coop"
    arguments = ("--name", "Les Mains Libres", "--territory", "D:73", "--yes")
    run_module("essaim_app", "-C", str(ROOT), "init", str(target), *arguments, cwd=target.parent)
    return target


@pytest.fixture(scope="module")
def demonstration() -> Analysis:
    """The wiki that ships, read."""
    return Workspace(ROOT, date(2026, 11, 27)).refresh()


def test_the_shipped_wiki_begun_anew_has_no_mistake_of_its_own(shipped: Path, essaim: Run) -> None:
    """Clean when what ships is, and that is for its own test to say."""
    found = mistakes(shipped)
    assert found <= mistakes(ROOT)
    essaim("check", "--strict", "--no-cache", cwd=shipped, status=1 if found else 0)


def test_pages_of_the_shipped_wiki_name_roles_where_another_has_a_name_to_choose(shipped: Path) -> None:
    """« (groupe à nommer) » is for examples of code, in the help: what members read says what the group is for."""
    pages = Workspace(shipped, date.today()).refresh().graph.pages.values()
    assert [
        page.path for page in pages if "à nommer" in page.document.source.text and "/aide/" not in page.path
    ] == []


def test_the_shipped_wiki_begun_anew_builds(shipped: Path, tmp_path: Path) -> None:
    strict = () if mistakes(ROOT) else ("--strict",)
    run_module("mkdocs", "build", *strict, "--quiet", "--site-dir", str(tmp_path / "site"), cwd=shipped, status=0)


def test_nobody_of_the_shipped_wiki_is_named_in_the_new_one(shipped: Path, demonstration: Analysis) -> None:
    """No name of a person, no title of a group: neither in the pages nor in what stands beside them."""
    source = demonstration
    new = Workspace(shipped, date(2026, 11, 27)).refresh()
    people = [page for page in source.graph.pages.values() if page.type.share == "never"]
    groups = [page for page in source.graph.pages.values() if page.type.name == "groupe"]
    assert len(people) >= 8
    assert len(groups) >= 4
    local = {p.path for p in new.graph.pages.values() if p.type.name != "page" and p.type.share != "commons"}
    assert local == {p.path for p in source.graph.pages.values() if is_taken_along(source, p)}
    assert "docs/structures/france-travail.md" in local
    assert {*new.graph.pages} < {*source.graph.pages}
    files = [path for path in shipped.rglob("*") if path.is_file() and path.suffix in (".md", ".yml")]
    texts = {p.relative_to(shipped).as_posix(): read(shipped, p.relative_to(shipped).as_posix()) for p in files}
    texts = {path: text for path, text in texts.items() if not path.startswith(("plugins/", ".git/"))}
    names = {name for page in (*people, *groups) for name in (page.id.id, page.title)}
    names = {name for name in names if " " in fold(name)}
    assert len(names) >= 20
    whole = "\n".join([*texts, *texts.values()])
    assert [name for name in sorted(names) if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", whole)] == []


def test_no_first_name_of_the_demonstration_is_left_in_the_pages_of_the_new_one(
    shipped: Path, demonstration: Analysis
) -> None:
    """A first name alone may be any word, so that the program leaves it: those who write common pages name roles."""
    source = demonstration
    people = [page for page in source.graph.pages.values() if page.type.name == "profil" and " " in page.title]
    first = {page.title.split()[0] for page in people if "ancien" not in page.title.lower()}
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(first)))})(?![\w-])")
    folders = ("demarches", "docs/termes", "docs/questions", "docs/etapes", "docs/competences", "docs/parcours")
    pages = [path for folder in folders for path in (shipped / folder).glob("*.md") if path.name[0] != "_"]
    assert len(pages) > 150
    assert [path.name for path in pages if named.search(path.read_text("utf-8"))] == []


def test_the_shipped_wiki_begun_anew_brings_its_program(shipped: Path) -> None:
    for script in ("setup", "serve", "check"):
        assert os.access(shipped / "scripts" / script, os.X_OK)
    assert (shipped / "plugins/essaim/py.typed").is_file()
    assert not (shipped / "tests").exists()
    assert not (shipped / "docs/moteur").exists()
    assert not [*shipped.rglob("__pycache__")]
    assert read(shipped, "requirements.lock") == read(ROOT, "requirements.lock")


def test_a_wiki_of_many_pages_takes_seconds(source: Path, tmp_path: Path, essaim: Run) -> None:
    pages = {f"docs/fiches/f{n}.md": f"---\ntitre: Fiche {n}\npar: ana-roux\n---\n\n[[pain]]\n" for n in range(600)}
    write_files(source, pages)
    shutil.rmtree(source / ".essaim_cache", ignore_errors=True)
    done = essaim("init", str(tmp_path / "n"), "--yes", cwd=source, status=0)
    assert "rien à corriger" in done.stdout
    assert read(tmp_path / "n", "docs/fiches/f599.md") == "---\ntitre: Fiche 599\n---\n\n[[pain]]\n"
