"""A `requete` block bound to the types: every mistake is told at its place, and only that block goes without."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from essaim.diagnostics import Diagnostic, Severity
from essaim.source import apply_edits
from essaim.views.audience import Audience
from essaim.views.body import BodyView
from essaim.views.inputs import page_inputs
from essaim.workspace import Analysis
from essaim.workspace.site import site_of
from tests.conftest import Run, read_wiki, write_files

PATH = "docs/page.md"
BEFORE = "# Page\n\n```requete\n"
WIKI = {
    "docs/formations/_type.yml": """\
type: formation
label: {one: formation, many: formations, gender: f}
fields:
  titre: {type: text, required: true}
  resume: {type: text}
  etat: {type: choice, of: {proposee: "Proposée", ouverte: "Ouverte", close: "Close"}}
  places: integer
  prix: number
  debut: date
  duree: duration
  gratuite: boolean
  mots: {type: text, many: true}
  anime_par: {type: reference, to: personne, many: true, inverse: {name: anime, label: "Anime"}}
  suite: {type: reference, to: formation, inverse: {name: avant, label: "Vient après"}}
  seances: {type: group, many: true, fields: {jour: date, lieu: text, qui: {type: reference, to: personne}}}
  salaire: {type: integer, visibility: members}
""",
    "docs/personnes/_type.yml": """\
type: personne
label: {one: personne, many: personnes, gender: f}
fields:
  titre: {type: text, required: true}
  etat: {type: choice, of: [active, partie]}
  ville: text
  tel: {type: tel, visibility: members}
""",
    "docs/notes/_type.yml": """\
type: note
visibility: members
fields: {titre: text, auteur: {type: reference, to: personne, inverse: {name: notes, label: Notes}}}
""",
    "docs/personnes/amina.md": "---\ntitre: Amina Diop\netat: active\n---\n",
    "docs/personnes/zoe.md": "---\ntitre: Zoé Étienne\nalias: [Zozo]\netat: active\n---\n",
    "docs/formations/pain.md": "---\ntitre: Faire du pain\n---\n",
}


def wiki_with(text: str, path: str = PATH) -> Analysis:
    return read_wiki({**WIKI, path: text}, date(2026, 5, 1))


def told(wiki: Analysis, path: str = PATH, *, informed: bool = False) -> list[Diagnostic]:
    """Return what is said of a page, but that nobody cites it."""
    of_page = [d for d in wiki.diagnostics if d.path == path and d.code != "ES312"]
    return [d for d in of_page if informed or d.severity is not Severity.INFO]


def lines_of(found: list[Diagnostic]) -> list[str]:
    """Write diagnostics by their line in the block, 1 for the first after the fence, and their column."""
    return [
        f"{d.span.start.line - 3}:{d.span.start.column} {d.code}" + (f" → {d.suggestion}" if d.suggestion else "")
        for d in found
    ]


def views_of(wiki: Analysis, path: str = PATH) -> tuple[BodyView, ...]:
    return page_inputs(wiki.graph.pages[path], site_of(wiki, Audience.MEMBERS)).views


# --- Each mistake at its place, and what a machine writes instead --------------------------------------------------

MISTAKES: list[tuple[str, list[str], str | None]] = [  # block, what is told of it, the block that `essaim fix` leaves
    ("de: formation\ntrie: titre", ["2:1 ES702 → tri"], "de: formation\ntri: titre"),
    ("de: formation\noù: places > 2", ["2:1 ES702 → ou"], "de: formation\nou: places > 2"),
    ("de: formation\nwhere: places > 2", ["2:1 ES702"], None),
    ("de: formation\nvue: tablau", ["2:6 ES704 → tableau"], "de: formation\nvue: tableau"),
    ("de: formation\nvue: [liste]", ["2:6 ES704"], None),
    ("de: formation\nvue:", ["2:1 ES704"], None),
    ("de: formation\nvue: tableau\nlignes: etat", ["3:1 ES702"], None),
    ("de: formation\nvue: matrice\nlignes: etat", ["1:1 ES703"], None),
    ("vue: matrice", ["1:1 ES703", "1:1 ES703"], None),
    ("de: formation\nvue: jauge\ngroupe_par: etat", ["3:1 ES702"], None),
    ("de: formations", ["1:5 ES705 → formation"], "de: formation"),
    (
        "de: formatoin\nou: placs > 2",
        ["1:5 ES705 → formation", "2:5 ES706 → places"],
        "de: formation\nou: places > 2",
    ),
    ("de: [formation, personn]", ["1:17 ES705 → personne"], "de: [formation, personne]"),
    ("de: formation, personn", ["1:16 ES705 → personne"], "de: formation, personne"),
    ("de: [formation, zzz]", ["1:17 ES705"], None),
    ("de: {formation: 1}", ["1:5 ES704"], None),
    ("de:", ["1:1 ES704"], None),
    ("de: _commun", ["1:5 ES705"], None),
    ("de: formation\nou: placs > 2", ["2:5 ES706 → places"], "de: formation\nou: places > 2"),
    ('de: formation\nou: "placs > 2"', ["2:6 ES706 → places"], 'de: formation\nou: "places > 2"'),
    (
        "de: formation\nou: >\n  places > 2\n  and placs < 4",
        ["4:7 ES706 → places"],
        "de: formation\nou: >\n  places > 2\n  and places < 4",
    ),
    (
        "de: formation\nou: |\n  places > 2\n\n  and placs < 4",
        ["5:7 ES706 → places"],
        "de: formation\nou: |\n  places > 2\n\n  and places < 4",
    ),
    (
        "de: formation\nou: places > 2\n  and\n  placs < 4",
        ["4:3 ES706 → places"],
        "de: formation\nou: places > 2\n  and\n  places < 4",
    ),
    (
        'de: formation\nou: "places > 2\n  and placs < 4"',
        ["3:7 ES706 → places"],
        'de: formation\nou: "places > 2\n  and places < 4"',
    ),
    ("de: formation\nou: 'titre = ''x'' and plces > 1'", ["2:5 ES706 → places"], None),
    ('de: formation\nou: "titre = \\"x\\" and plces > 1"', ["2:5 ES706 → places"], None),
    ("de: formation\nou: seances.lieux = ici", ["2:5 ES706 → seances.lieu"], "de: formation\nou: seances.lieu = ici"),
    (
        "de: formation\nou: anime_par.villes = Lyon",
        ["2:5 ES706 → anime_par.ville"],
        "de: formation\nou: anime_par.ville = Lyon",
    ),
    (
        "de: formation\nou: seances.qui.vile = Lyon",
        ["2:5 ES706 → seances.qui.ville"],
        "de: formation\nou: seances.qui.ville = Lyon",
    ),
    ("de: formation\nou: avnt", ["2:5 ES706 → avant"], "de: formation\nou: avant"),
    (
        "de: formation\nou: suite.avant.plces > 2",
        ["2:5 ES706 → suite.avant.places"],
        "de: formation\nou: suite.avant.places > 2",
    ),
    ("de: personne\nou: animes", ["2:5 ES706 → anime"], "de: personne\nou: anime"),
    ("de: formation\nou: titre.long = 3", ["2:5 ES706"], None),
    ("de: formation\nou: places > this.placs", ["2:14 ES706"], None),
    ("de: formation\nou: this.titer = titre", ["2:5 ES706 → this.titre"], "de: formation\nou: this.titre = titre"),
    ("de: formation\ntri: this.titr", ["2:6 ES706 → this.titre"], "de: formation\ntri: this.titre"),
    ("de: formation\ntri: -debu", ["2:7 ES706 → debut"], "de: formation\ntri: -debut"),
    ("de: formation\ntri: [etat, -debu]", ["2:14 ES706 → debut"], "de: formation\ntri: [etat, -debut]"),
    ('de: formation\ntri: "etat , -debu"', ["2:15 ES706 → debut"], 'de: formation\ntri: "etat , -debut"'),
    ("de: formation\ntri: titre desc", ["2:6 ES706"], None),
    ("de: formation\ntri: {a: b}", ["2:6 ES704"], None),
    ("de: formation\ncolonnes: titre, etats", ["2:18 ES706 → etat"], "de: formation\ncolonnes: titre, etat"),
    (
        "de: formation\ncolonnes:\n  - titre\n  - seances.lieux",
        ["4:5 ES706 → seances.lieu"],
        "de: formation\ncolonnes:\n  - titre\n  - seances.lieu",
    ),
    (
        "de: formation\ncolonnes: {titre: Nom, etats: État}",
        ["2:24 ES706 → etat"],
        "de: formation\ncolonnes: {titre: Nom, etat: État}",
    ),
    ("de: formation\ncolonnes: {titre: Nom, etat: [x]}", ["2:30 ES704"], None),
    ("de: formation\ncolonnes: [[titre]]", ["2:11 ES704"], None),
    ("de: formation\ngroupe_par: [etat, places]", ["2:13 ES704"], None),
    ("de: formation\ngroupe_par: etats", ["2:13 ES706 → etat"], "de: formation\ngroupe_par: etat"),
    ("de: formation\npour_chaque: seance", ["2:14 ES706 → seances"], "de: formation\npour_chaque: seances"),
    ("de: formation\npour_chaque: titre", ["2:14 ES704"], None),
    ("de: formation\npour_chaque: seances.qui", ["2:14 ES704"], None),
    ("de: formation\nou: places >", ["2:13 ES707"], None),
    ('de: formation\nou: "places >"', ["2:14 ES707"], None),
    ("de: formation\nou: places > 2 et etat = close", ["2:16 ES707"], None),
    ("de: formation\nou: places == 2", ["2:13 ES707"], None),
    ("de: formation\nou: (places > 2", ["2:16 ES707"], None),
    ("de: formation\nou: titre = Faire du pain", ["2:19 ES707"], None),
    ("de: formation\nou: [etat = close]", ["2:5 ES704"], None),
    ("de: formation\nou: etat = ouvert", ["2:12 ES708 → ouverte"], "de: formation\nou: etat = ouverte"),
    ('de: formation\nou: etat = "Ouverte"', ["2:12 ES708 → ouverte"], "de: formation\nou: etat = ouverte"),
    (
        "de: formation\nou: etat in [ouverte, clos]",
        ["2:23 ES708 → close"],
        "de: formation\nou: etat in [ouverte, close]",
    ),
    (
        "de: [formation, personne]\nou: etat in [ouverte, active, parti]",
        ["2:31 ES708 → partie"],
        "de: [formation, personne]\nou: etat in [ouverte, active, partie]",
    ),
    ("de: formation\nou: titre > a", ["2:5 ES708"], None),
    ("de: formation\nou: places > titre", ["2:14 ES708"], None),
    ("de: formation\nou: places > deux", ["2:14 ES708"], None),
    ("de: formation\nou: places = 2.5", ["2:14 ES708"], None),
    ('de: formation\nou: prix < "1,5"', ["2:12 ES708 → 1.5"], "de: formation\nou: prix < 1.5"),
    ("de: formation\nou: debut > 1/5/2026", ["2:14 ES707"], None),
    ('de: formation\nou: debut > "1/5/2026"', ["2:13 ES708 → 2026-05-01"], "de: formation\nou: debut > 2026-05-01"),
    ("de: formation\nou: debut > 2026-02-30", ["2:13 ES708"], None),
    ("de: formation\nou: debut > tday", ["2:13 ES708 → today"], "de: formation\nou: debut > today"),
    ("de: formation\nou: debut > today + 3", ["2:22 ES707"], None),
    ("de: formation\nou: debut > today + 3 lunes", ["2:23 ES707"], None),
    ("de: formation\nou: debut > today + 99999999 jours", ["2:21 ES707"], None),
    ('de: formation\nou: duree > "2 lunes"', ["2:13 ES708"], None),
    ("de: formation\nou: gratuite = peut-être", ["2:16 ES708"], None),
    ("de: formation\nou: places = debut", ["2:14 ES708"], None),
    ("de: formation\nou: places > this", ["2:14 ES708"], None),
    ("de: formation\nou: today > places", ["2:13 ES708"], None),
    (
        "de: formation\nou: anime_par = 'Amina Diopp'",
        ["2:17 ES709 → Amina Diop"],
        "de: formation\nou: anime_par = 'Amina Diop'",
    ),
    ("de: formation\nou: anime_par = aminaa", ["2:17 ES709 → amina"], "de: formation\nou: anime_par = amina"),
    (
        "de: formation\nou: \"anime_par in ['Amina Diop', 'Zoe Etiene']\"",
        ["2:34 ES709 → Zoé Étienne"],
        "de: formation\nou: \"anime_par in ['Amina Diop', 'Zoé Étienne']\"",
    ),
    (
        "de: personne\nou: anime = 'Faire du pin'",
        ["2:13 ES709 → Faire du pain"],
        "de: personne\nou: anime = 'Faire du pain'",
    ),
    ("de: formation\nou: suite = 'Rien de tel'", ["2:13 ES709"], None),
    ("de: formation\nlimite: beaucoup", ["2:9 ES704"], None),
    ("de: formation\nlimite: 0", ["2:9 ES704"], None),
    ("de: formation\nlimite: 1 000", ["2:9 ES704 → 1000"], "de: formation\nlimite: 1000"),
    ("de: formation\nlimite: 2.5", ["2:9 ES704"], None),
    ("de: formation\nlimite:", ["2:1 ES704"], None),
    (
        "vue: compteur\ncalcul: some\nchamp: places\nde: formation",
        ["2:9 ES704 → somme"],
        "vue: compteur\ncalcul: somme\nchamp: places\nde: formation",
    ),
    ("de: formation\nvue: compteur\ncalcul: somme", ["1:1 ES703"], None),
    ("de: formation\nvue: graphique\ngroupe_par: etat\ncalcul: moyenne\nchamp: titre", ["5:8 ES704"], None),
    (
        "de: formation\nvue: agenda\ndu: 1er mai 2026",
        ["3:5 ES704 → 2026-05-01"],
        "de: formation\nvue: agenda\ndu: 2026-05-01",
    ),
    (
        "de: formation\nvue: agenda\nforme: moi\nmois: 25",
        ["3:8 ES704 → mois", "4:7 ES704"],
        "de: formation\nvue: agenda\nforme: mois\nmois: 25",
    ),
    ("de: formation\nvue: jauge\nsur: beaucoup", ["3:6 ES704"], None),
    ("de: formation\nvue: jauge\nsur: this.placs", ["3:6 ES706"], None),
    ("de: formation\ntitre: [a, b]", ["2:8 ES704"], None),
    ("de: formation\ntitre: Le titre : ici", ["2:17 ES104"], 'de: formation\ntitre: "Le titre : ici"'),
    ("de: formation\n\tou: places > 1", ["2:1 ES110", "2:4 ES103"], "de: formation\n  ou: places > 1"),
    ('de: formation\ntitre: "sans fin', ["2:8 ES103"], None),
    ("de: formation\nou:\xa0places > 1", ["2:4 ES105"], "de: formation\nou: places > 1"),
    ("de:\xa0formation", ["1:4 ES105"], "de: formation"),
    ("de: formation\nde: personne", ["2:1 ES107"], None),
    ("de: &a [formation]\ntri: *a", ["1:5 ES108", "2:6 ES108", "2:6 ES706"], 'de: &a [formation]\ntri: "*a"'),
    ("de: !!str formation", ["1:5 ES109", "1:5 ES705"], 'de: "!!str formation"'),
    ("les formations ouvertes", ["0:1 ES701"], None),
    ("- de: formation", ["0:1 ES701"], None),
    ("", ["0:1 ES701"], None),
    ("de:formation", ["0:1 ES701"], None),
    ("---\nde: formation\n---\ntri: titre", ["3:1 ES112"], None),
    ('de: formation\nou: "places > {{ cae.rien }}"', ["2:15 ES406"], None),
]


@pytest.mark.parametrize(("block", "expected", "fixed"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_at_its_place(block: str, expected: list[str], fixed: str | None) -> None:
    wiki = wiki_with(f"{BEFORE}{block}\n```\n\n```requete\nde: personne\n```\n")
    found = told(wiki)
    assert lines_of(found) == expected
    assert {d.severity for d in found} == {Severity.WARNING}
    assert views_of(wiki)[1].kind == "liste"
    edits = [edit for d in found if d.fix and not d.fix.is_offer for edit in d.fix.edits]
    mended = apply_edits(wiki.sources[PATH], edits)
    assert mended == f"{BEFORE}{block if fixed is None else fixed}\n```\n\n```requete\nde: personne\n```\n"


def test_fix_writes_what_is_sure_and_a_second_run_has_nothing_to_do(essaim: Run, tmp_path: Path) -> None:
    root = write_files(tmp_path, {**WIKI, "mkdocs.yml": "site_name: Essai\nplugins: [essaim]\n"})
    sure = [(block, fixed) for block, _, fixed in MISTAKES if fixed is not None]
    for number, (block, _) in enumerate(sure):
        write_files(root, {f"docs/p{number}.md": f"{BEFORE}{block}\n```\n"})
    for _ in range(2):
        essaim("fix", cwd=root)
        for number, (_, fixed) in enumerate(sure):
            assert (root / f"docs/p{number}.md").read_text("utf-8") == f"{BEFORE}{fixed}\n```\n"


@pytest.mark.parametrize(
    "block",
    [
        "de: formation",
        "de: page",
        "de: [formation, personne]",
        "de: formation, personne",
        "tri: titre",
        "limite: 3",
        'de: formation\nou: "etat in [ouverte, close] and not places < 3"',
        "de: formation\nou: debut >= today - 7 jours",
        "de: formation\nou: debut >= today-7 jours",
        "de: formation\nou: anime_par = Zozo",
        "de: formation\nou: \"anime_par = '[[Amina Diop]]'\"",
        "de: formation\nou: anime_par contains Amina",
        "de: formation\nou: anime_par = 'personne/amina'",
        "de: [formation, personne]\nou: etat = active or etat = ouverte",
        "de: [formation, personne]\nou: ville = Lyon or places > 3",
        "de: formation\nou: this.titre = titre",
        "de: formation\nou: cite contains this or this in cite_par",
        "de: personne\nou: anime.seances.jour > today",
        "de: formation\npour_chaque: seances\nou: seances.jour > today\ncolonnes: [titre, seances.lieu, this.titre]",
        "de: formation\nvue: tableau\ncolonnes: {titre: Nom, anime_par.ville: Où}\ngroupe_par: anime_par",
        "de: formation\nvue: jauge\ncalcul: somme\nchamp: places\nsur: 12",
        "# un mot\nde: formation  # un autre",
        "de: formation\nou: salaire > 3",
    ],
)
def test_what_is_right_is_answered_without_a_word(block: str) -> None:
    wiki = wiki_with(f"{BEFORE}{block}\n```\n")
    assert told(wiki) == []
    assert views_of(wiki)[0].kind != ""


@pytest.mark.parametrize("prefix", ["> ", "> > ", "- un\n\n    ", "!!! note\n\n    ", "> [!note]\n> "])
def test_a_mistake_is_told_at_its_place_however_far_in(prefix: str) -> None:
    before, _, signs = prefix.rpartition("\n")
    lines = [f"{signs}{line}" for line in ("```requete", "de: formation", "ou: placs > 2", "```")]
    wiki = wiki_with("\n".join([*([before] if before else []), *lines]) + "\n")
    (found,) = told(wiki)
    start = wiki.sources[PATH].offset(found.span.start)
    end = wiki.sources[PATH].offset(found.span.end)
    assert (found.code, wiki.sources[PATH].text[start:end]) == ("ES706", "placs")
    assert apply_edits(wiki.sources[PATH], list(found.fix.edits if found.fix else ())).count("places > 2") == 1


# --- What is only for members --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ("de: formation\nou: salaire > 3", "2:5"),
        ("de: formation\ntri: -salaire", "2:6"),
        ("de: formation\ncolonnes: [titre, salaire]", "2:19"),
        ("de: formation\nou: anime_par.tel", "2:5"),
        ("de: personne\nou: notes", "2:5"),
        ("de: note", "1:5"),
        ("de: [formation, note]", "1:17"),
        ("de: formation\nvue: compteur\ncalcul: somme\nchamp: salaire\ntri: salaire", "5:6"),
    ],
)
def test_a_public_page_is_told_what_only_members_will_see(block: str, place: str) -> None:
    text = f"{BEFORE}{block}\n```\n"
    found = told(wiki_with(text), informed=True)
    assert [(d.code, d.severity) for d in found] == [("ES710", Severity.INFO)]
    assert lines_of(found)[0].startswith(f"{place} ")
    closed = f"---\ntitre: Note\n---\n{text}"
    assert told(wiki_with(closed, "docs/notes/n.md"), "docs/notes/n.md", informed=True) == []


@pytest.mark.parametrize(
    "block", ["de: formation\nou: places > 3", "de: [formation, personne]\ntri: titre", "tri: etat"]
)
def test_a_page_that_asks_nothing_of_the_kind_is_told_nothing(block: str) -> None:
    assert told(wiki_with(f"{BEFORE}{block}\n```\n"), informed=True) == []


def test_informations_are_shown_when_they_are_asked_for(essaim: Run, tmp_path: Path) -> None:
    page = {PATH: f"{BEFORE}de: note\n```\n", "mkdocs.yml": "site_name: Essai\nplugins: [essaim]\n"}
    root = write_files(tmp_path, {**WIKI, **page})
    assert "ES710" not in essaim("check", cwd=root, status=0).stdout
    assert "ES710" in essaim("check", "--info", cwd=root, status=0).stdout


# --- Nothing raises, nothing hides the page ------------------------------------------------------------------------

DEEP = "[" * 20_000
BOMB = "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c]\nde: *d"


def safe(block: str) -> None:
    wiki = wiki_with(f"Avant.\n\n```requete\n{block}\n```\n\n```requete\nde: personne\n```\n")
    assert PATH not in wiki.faulty
    assert all(d.severity is not Severity.ERROR for d in wiki.diagnostics)
    source = wiki.sources[PATH]
    for d in told(wiki, informed=True):
        assert 0 <= source.offset(d.span.start) <= source.offset(d.span.end) <= len(source.text)
    for audience in Audience:
        found = page_inputs(wiki.graph.pages[PATH], site_of(wiki, audience))
        assert found.views
        assert "Avant." in found.markdown
        assert found.digest


@pytest.mark.parametrize(
    "block",
    [
        DEEP,
        f"ou: {DEEP}",
        f'ou: "{DEEP}"',
        f'ou: "{"(" * 20_000}"',
        f'ou: "{"not " * 20_000}titre"',
        f'ou: "titre = today + {"9" * 5_000} days"',
        f"limite: {'9' * 5_000}",
        f"du: {'9' * 5_000}\nvue: agenda",
        f"sur: {'9' * 5_000}\nvue: jauge",
        f"ou: titre{'.titre' * 5_000}",
        f"colonnes: [{'cite.' * 2_000}titre]",
        f"colonnes: [{', '.join(['titre'] * 5_000)}]",
        BOMB,
        "? [a]\n: b",
        "[a]: b",
        "de: null",
        "de: ~\ntri: ''",
        "ou: this",
        "tri: this",
        "colonnes: this",
        "groupe_par: this",
        "vue: jauge\nsur: this.",
        "ou: this.this",
        "ou: .",
        "tri: '-'",
        "tri: ','",
        "colonnes: {}",
        "colonnes: []",
        "'': x",
        "ou: \"'a' = 'a'\"",
        "ou: today = today",
        "ou: today",
        "pour_chaque: seances\nde: [formation, personne]\ngroupe_par: seances.jour\ntri: -seances.lieu",
    ],
    ids=lambda block: block[:24],
)
def test_a_hostile_block_does_no_harm(block: str) -> None:
    safe(block)


WORDS = (
    "formation", "personne", "note", "page", "titre", "etat", "places", "prix", "debut", "duree", "gratuite", "mots",
    "anime_par", "anime", "suite", "avant", "seances", "seances.jour", "seances.qui.ville", "salaire", "tel", "notes",
    "cite", "cite_par", "this", "this.titre", "id", "type", "resume", "today", "liste", "tableau", "cartes",
    "matrice", "compteur", "graphique", "jauge", "carte", "agenda", "nombre", "somme", "mois", "jour", "barres",
    "12", "0", "-1", "2.5", "2026-05-01", "oui", "ouverte", "Amina Diop", "-titre", "{{ cae.x }}", "é", "",
)  # fmt: skip
KEYS = (
    "de", "ou", "tri", "vue", "limite", "titre", "vide", "pour_chaque", "colonnes", "groupe_par", "lignes", "cellule",
    "calcul", "champ", "unite", "par", "forme", "series", "sur", "parmi", "seuil", "sens", "territoire", "mois", "du",
    "zzz",
)  # fmt: skip
OPERATORS = ("=", "!=", "<", ">=", "in", "contains", "and", "or", "not", "(", ")", "[", "]", ",", "+ 3 jours")
readable = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn"), include_characters="\n\t")
"""Of the others, some keep a page out, in a block as anywhere."""
words = st.sampled_from(WORDS)
conditions = st.lists(st.one_of(words, st.sampled_from(OPERATORS)), max_size=7).map(" ".join)
quoted = st.one_of(words, conditions).map(lambda text: "'" + text.replace("'", "''") + "'")
values = st.one_of(quoted, words, st.lists(quoted, max_size=3).map(lambda items: f"[{', '.join(items)}]"))
mappings = st.lists(st.tuples(st.sampled_from(KEYS), values), max_size=6).map(
    lambda entries: "\n".join(f"{key}: {value}" for key, value in dict(entries).items())
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(mappings)
@example("de: formation\nvue: matrice\nlignes: this.titre\ncolonnes: seances")
@example("vue: compteur\nchamp: debut\ncalcul: somme")
def test_any_keys_with_any_values_are_answered_or_told(block: str) -> None:
    safe(block)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(readable, max_size=80).filter(lambda text: "```" not in text))
def test_any_text_is_answered_or_told(block: str) -> None:
    safe(block)
