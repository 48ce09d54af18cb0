"""The `essaim` command, run as a process in a small wiki."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import ROOT, SITES, Run, write_files

WIKI = {
    "mkdocs.yml": "site_name: Essai\nplugins: [essaim]\n",
    "docs/index.md": "# Accueil\n\nVoir [[Marché]].\n",
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text, required: true}
  etat: {type: choice, of: {neuf: "Tout neuf", ancien: "Ancien"}}
  suite: {type: reference, to: fiche, self: error}
  jours: {type: date, many: true}
  lieux: {type: group, many: true, fields: {nom: {type: text, required: true}, jauge: {type: integer, min: 1}}}
sections:
  - {title: "À savoir", required: true}
""",
    "docs/fiches/marche.md": "---\ntitre: Marché\netat: neuf\n---\n\n## À savoir\n\nRien.\n",
}
BAD = "---\ntitre: Fête : le bal\netta: neuf\nsuite: marchee\n---\n\n## À savoir\n\n[[marchée]]\n"


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    return write_files(tmp_path, WIKI)


def codes(output: str) -> list[str]:
    return [diagnostic["code"] for diagnostic in json.loads(output)["diagnostics"]]


def test_a_clean_wiki_exits_0_and_says_so(wiki: Path, essaim: Run) -> None:
    done = essaim("check", cwd=wiki, status=0)
    assert done.stdout.startswith("2 fiches, 1 lien, 0 renvoi : rien à corriger")
    assert done.stderr == ""


def test_a_mistake_is_shown_where_it_is_and_exits_1(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"docs/fiches/fete.md": BAD})
    done = essaim("check", cwd=wiki, status=1)
    assert "docs/fiches/fete.md:2:13 erreur[ES104]" in done.stdout
    assert " 2 | titre: Fête : le bal\n   |             ^\n" in done.stdout
    assert "Vouliez-vous dire « etat » ?" in done.stdout
    assert "\x1b[" not in done.stdout


def test_warnings_fail_only_when_strict(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"docs/index.md": "# Accueil\n\n[[Nulle part]]\n"})
    essaim("check", cwd=wiki, status=0)
    essaim("check", "--strict", cwd=wiki, status=1)


def test_paths_narrow_what_is_told_not_what_is_known(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"docs/fiches/fete.md": BAD})
    assert essaim("check", "docs/index.md", cwd=wiki, status=0)
    narrowed = json.loads(essaim("check", "--format", "json", "docs/fiches", cwd=wiki, status=1).stdout)
    assert narrowed["summary"]["pages"] == 3
    assert {d["path"] for d in narrowed["diagnostics"]} == {"docs/fiches/fete.md"}


def test_another_folder_by_option_and_from_below_the_root(wiki: Path, tmp_path: Path, essaim: Run) -> None:
    elsewhere = tmp_path / "docs" / "fiches"
    assert essaim("check", cwd=elsewhere, status=0).stdout.startswith("2 fiches")
    assert essaim("-C", str(wiki), "check", cwd=Path("/"), status=0).stdout.startswith("2 fiches")


def test_json_is_one_object_of_the_documented_shape(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"docs/fiches/fete.md": BAD})
    report = json.loads(essaim("check", "--format", "json", cwd=wiki, status=1).stdout)
    assert report["summary"] == {"pages": 3, "errors": 3, "warnings": 1, "links": 2, "references": 1}
    colon = next(d for d in report["diagnostics"] if d["code"] == "ES104")
    assert colon == {
        "code": "ES104",
        "severity": "error",
        "path": "docs/fiches/fete.md",
        "line": 2,
        "column": 13,
        "end_line": 2,
        "end_column": 14,
        "message": "Cette valeur contient « : » : mettez-la entre guillemets droits.",
        "suggestion": None,
        "fix": [{"range": {"line": 2, "column": 8, "end_line": 2, "end_column": 21}, "text": '"Fête : le bal"'}],
    }


def test_github_annotations_escape_what_the_runner_would_read(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"docs/fiches/a,b.md": BAD})
    lines = essaim("check", "--format", "github", cwd=wiki, status=1).stdout.splitlines()
    assert lines[0].startswith("::error file=docs/fiches/a%2Cb.md,line=2,endLine=2,title=ES104,col=13,endColumn=14::")


def test_sarif_names_its_rules_and_counts_code_points(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"docs/fiches/fete.md": BAD})
    log = json.loads(essaim("check", "--format", "sarif", cwd=wiki, status=1).stdout)
    run = log["runs"][0]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {r["ruleId"] for r in run["results"]}
    mendable = next(result for result in run["results"] if "fixes" in result)
    assert mendable["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]["startLine"] == 2


def test_the_report_kept_is_the_report_made(wiki: Path, essaim: Run) -> None:
    write_files(wiki, {"docs/fiches/fete.md": BAD})
    first = essaim("check", "--format", "json", cwd=wiki, status=1).stdout
    assert (wiki / ".essaim_cache" / "report.json").is_file()
    assert (wiki / ".essaim_cache" / ".gitignore").read_text() == "*\n"
    assert essaim("check", "--format", "json", cwd=wiki, status=1).stdout == first
    assert essaim("check", "--format", "json", "--no-cache", cwd=wiki, status=1).stdout == first
    write_files(wiki, {"docs/fiches/fete.md": WIKI["docs/fiches/marche.md"].replace("Marché", "Fête")})
    essaim("check", cwd=wiki, status=0)


@pytest.mark.parametrize("damage", ["", "{", '{"key": 1}', "[]", "\x00", pytest.param("[" * 200_000, id="deep")])
def test_a_damaged_report_is_no_report(wiki: Path, essaim: Run, damage: str) -> None:
    expected = essaim("check", cwd=wiki, status=0).stdout
    (wiki / ".essaim_cache" / "report.json").write_text(damage)
    assert essaim("check", cwd=wiki, status=0).stdout == expected


def test_fix_mends_what_a_machine_may_and_touches_nothing_else(wiki: Path, essaim: Run) -> None:
    untouched = (wiki / "docs/fiches/marche.md").read_bytes()
    write_files(wiki, {"docs/fiches/fete.md": BAD.replace("\n", "\r\n")})
    shown = essaim("fix", "--dry-run", cwd=wiki, status=0)
    assert "-etta: neuf" in shown.stdout
    assert "+etat: neuf" in shown.stdout
    assert (wiki / "docs/fiches/fete.md").read_bytes() == BAD.replace("\n", "\r\n").encode()
    essaim("fix", cwd=wiki, status=0)
    mended = (wiki / "docs/fiches/fete.md").read_bytes().decode()
    expected = BAD.replace("Fête : le bal", '"Fête : le bal"').replace("etta", "etat").replace("marchee", "marche")
    assert mended == expected.replace("\n", "\r\n")
    assert (wiki / "docs/fiches/marche.md").read_bytes() == untouched
    assert [path.name for path in (wiki / "docs/fiches").iterdir() if path.name.startswith(".")] == []
    essaim("check", cwd=wiki, status=0)
    assert "[[marchée]]" in mended  # a page that may be wanted is nobody's to replace


def test_new_writes_a_page_prints_its_path_and_never_overwrites(wiki: Path, essaim: Run) -> None:
    done = essaim("new", "fiche", "Associé·e : l'été « 2026 »", cwd=wiki, status=0)
    path = wiki / done.stdout.strip()
    assert done.stdout == "docs/fiches/associee-l-ete-2026.md\n"
    assert '\ntitre: "Associé·e : l\'été « 2026 »"\n' in path.read_text("utf-8")
    assert "## À savoir" in path.read_text("utf-8")
    assert "existe déjà" in essaim("new", "fiche", "Associé·e : l'été « 2026 »", cwd=wiki, status=2).stderr
    essaim("check", cwd=wiki, status=0)


@pytest.mark.parametrize(
    "title", ["../../mkdocs", "con", "CON", "🌾", "/etc/passwd", "a\nb", "-x", "é" * 300, "index"]
)
def test_new_keeps_any_title_inside_its_collection(wiki: Path, essaim: Run, title: str) -> None:
    before = {path for path in wiki.rglob("*") if path.is_file()}
    path = essaim("new", "fiche", "--", title, cwd=wiki, status=0).stdout.strip()
    added = {p for p in wiki.rglob("*") if p.is_file()} - before
    assert {p.parent for p in added if ".essaim_cache" not in p.parts} == {wiki / "docs" / "fiches"}
    assert len(Path(path).name.encode()) < 120
    assert Path(path).stem.lower() not in ("con", "index")
    essaim("check", cwd=wiki, status=0)


def test_new_fills_the_model_of_its_type(wiki: Path, essaim: Run) -> None:
    write_files(
        wiki,
        {"docs/fiches/_modele.md": "---\ntitre: {{ titre }}\n---\n\n## À savoir\n\nLe {{ date }}, {{ cae.x }}\n"},
    )
    path = wiki / essaim("new", "fiche", "Foire", cwd=wiki, status=0).stdout.strip()
    text = path.read_text("utf-8")
    assert text.startswith("---\ntitre: Foire\n---\n\n## À savoir\n\nLe 20")
    assert text.endswith("{{ cae.x }}\n")


def test_explain_knows_codes_by_number_and_by_name(wiki: Path, essaim: Run) -> None:
    by_code = essaim("explain", "es201", cwd=wiki, status=0).stdout
    assert by_code == essaim("explain", "champ-inconnu", cwd=wiki, status=0).stdout
    assert "ES201" in by_code
    assert "Vouliez-vous dire" in essaim("explain", "ES2O1", cwd=wiki, status=2).stderr
    assert len(essaim("explain", cwd=wiki, status=0).stdout.splitlines()) > 50


def test_schema_is_valid_and_judges_as_the_engine_does(wiki: Path, essaim: Run) -> None:
    schema = json.loads(essaim("schema", "fiche", cwd=wiki, status=0).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"titre": "x", "etat": "neuf", "lieux": [{"nom": "Gap", "jauge": 3}], "alias": "y"})
    assert validator.is_valid({"titre": "x", "etat": None, "jours": ["2026-01-02"], "alias": ["y"]})
    assert not validator.is_valid({"etat": "neuf"})
    assert not validator.is_valid({"titre": "x", "etta": "neuf"})
    assert not validator.is_valid({"titre": "x", "etat": "vieux"})
    assert not validator.is_valid({"titre": "x", "lieux": [{"jauge": 0}]})


@pytest.mark.parametrize("name", ["demarche", "profil", "groupe", "etape", "competence", "terme", "page"])
def test_the_schema_of_every_shipped_type_meets_its_dialect(essaim: Run, name: str) -> None:
    schema = json.loads(essaim("schema", name, cwd=ROOT, status=0).stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_stage_writes_a_tree_whose_links_all_lead_somewhere(tmp_path: Path, essaim: Run) -> None:
    site = tmp_path / "atelier"
    shutil.copytree(SITES / "atelier", site)
    target = tmp_path / "arbre"
    essaim("stage", str(target), cwd=site, status=1)  # one page waits for a correction
    page = (target / "recettes/pain-au-levain.md").read_text("utf-8")
    assert "[Zoé](../fiches/zo%C3%A9.md)" in page
    assert "[Farine T65 › Choisir](farine.t65.md#choisir)" in page
    assert "[[ceci n'est pas un lien]]" in page
    assert "canari-recette" not in "".join(p.read_text("utf-8") for p in target.rglob("*.md"))
    assert "Ce texte ne doit pas paraître" not in (target / "recettes/ratee.md").read_text("utf-8")
    assert (target / "images/four.png").is_file()
    graph = json.loads((target / "graph.json").read_text("utf-8"))
    edge = {"from": "recettes/pain-au-levain.md", "to": "fiches/zoé.md", "relation": "gestes.aides.qui"}
    assert edge | {"inverse": "aide_pour"} in graph["edges"]
    essaim("stage", str(target), "--audience", "members", cwd=site, status=1)
    assert "canari-recette" in (target / "recettes/pain-au-levain.md").read_text("utf-8")


def test_stage_never_empties_a_folder_that_is_not_its_own(wiki: Path, tmp_path: Path, essaim: Run) -> None:
    precious = write_files(tmp_path / "autre", {"a.txt": "à garder"})
    assert "contient déjà autre chose" in essaim("stage", str(precious), cwd=wiki, status=2).stderr
    assert (precious / "a.txt").read_text("utf-8") == "à garder"
    assert "contient le wiki" in essaim("stage", str(wiki), cwd=wiki, status=2).stderr
    assert "contient le wiki" in essaim("stage", str(wiki.parent), cwd=wiki, status=2).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "« chekc » n'existe pas ; vouliez-vous dire « check » ?"),
        (["check", "--formt", "json"], "« --formt » n'est pas attendu ici"),
        (["check", "absent.md"], "« absent.md » n'existe pas"),
        (["check", "/etc"], "hors du wiki"),
        (["-C", "absent", "check"], "le dossier « absent » n'existe pas"),
        (["schema", "fiches"], "Vouliez-vous dire « fiche » ?"),
        (["new", "fiche"], "il manque TITRE"),
        ([], "il manque COMMANDE"),
    ],
)
def test_a_wrong_call_says_what_to_do_in_french(wiki: Path, essaim: Run, arguments: list[str], message: str) -> None:
    done = essaim(*arguments, cwd=wiki, status=2)
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_any_wiki_it_says_so(tmp_path: Path, essaim: Run) -> None:
    assert "il n'y a pas de wiki ici" in essaim("check", cwd=tmp_path, status=2).stderr


def test_the_engine_reports_what_it_cannot_read(wiki: Path, essaim: Run) -> None:
    (wiki / "docs" / "latin.md").write_bytes("café".encode("latin-1"))
    (wiki / "docs" / "nul.md").write_bytes(b"a\x00b")
    (wiki / "docs" / "vide.md").write_bytes(b"")
    assert codes(essaim("check", "--format", "json", cwd=wiki, status=1).stdout).count("ES001") == 1
