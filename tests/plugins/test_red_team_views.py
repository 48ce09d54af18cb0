"""What somebody tried against views, calendars and search: to see, to break in, to exhaust, to be in the way."""

import json
import re
from pathlib import Path

import pytest
from icalendar import Calendar

from essaim.syntax.markdown import find_query_blocks
from tests.conftest import run_module, write_files

CONFIG = """\
site_name: Épreuve
site_url: https://epreuve.exemple.invalid/wiki/
theme: {name: mkdocs}
plugins: [essaim, essaim-links, essaim-history, essaim-views, essaim-search]
"""
EVENTS = """\
type: rencontre
label: {one: rencontre, many: rencontres}
event: {start: debut, recurrence: revient, place: lieu, group: par}
fields:
  titre: {type: text}
  resume: {type: text}
  debut: {type: date}
  revient: {type: recurrence}
  lieu: {type: text}
  par: {type: reference, to: [rencontre, groupe], many: true}
"""
GROUPS = "type: groupe\nfields: {titre: {type: text}}\n"


def build(root: Path, files: dict[str, str], *options: str, config: str = CONFIG) -> dict[str, str]:
    """Build a wiki as MkDocs does; return each file of the site as text."""
    write_files(root, {"mkdocs.yml": config, "docs/index.md": "# Accueil\n"} | files)
    done = run_module("mkdocs", "build", "-q", "-d", "site", *options, cwd=root, status=0)
    assert "Traceback" not in done.stderr
    found = [path for path in (root / "site").rglob("*") if path.is_file()]
    return {p.relative_to(root / "site").as_posix(): p.read_bytes().decode("utf-8", "replace") for p in found}


def asked(*blocks: str) -> str:
    return "# Questions\n\n" + "\n".join(f"```requete\n{block}\n```\n" for block in blocks)


# --- To see ---------------------------------------------------------------------------------------------------------

SHARED = """\
type: fiche
label: {one: fiche, many: fiches}
index: {view: table, columns: [titre, famille], facets: [famille, mots, rang, cache, suivi, lien], sort: rang}
fields:
  titre: {type: text}
  resume: {type: text, visibility: members}
  famille: {type: choice, of: {a: A, b: B}}
  lien: {type: reference, to: [fiche, coffre], many: true}
  mots: {type: list, of: {type: text, visibility: members}}
  rang: {type: integer, visibility: members}
  cache: {type: choice, visibility: members, label: LETTER, of: {x: ChoixLETTER, y: AutreLETTER}}
  jour: {type: date, visibility: members}
  ou: {type: territory, visibility: members}
  suivi: {type: group, many: true, checklist: true, fields: {quoi: {type: text},
    note: {type: text, visibility: members, label: NoteLETTER}, combien: {type: integer, visibility: members}}}
linked_data:
  type: Thing
  prefixes: {ex: "https://LETTER.exemple.invalid/#"}
  properties:
    ex:motLETTER: rang
    keywords: mots
    about: {field: suivi, type: Thing, properties: {name: quoi, description: note}}
"""
CLOSED = """\
type: coffre
label: {one: coffre LETTER, many: coffres LETTER}
visibility: members
fields:
  titre: {type: text}
  rang: {type: integer}
  voir: {type: reference, to: fiche, many: true, inverse: {name: vu_par, label: VuLETTER}}
"""
PATHS = (
    "famille lien mots rang cache jour ou suivi suivi.quoi suivi.note suivi.combien cite cite_par vu_par vu_par.rang "
    "lien.rang lien.mots cite_par.titre resume"
).split()


def questions() -> str:
    """Return a page that asks for each path in each view, and in conditions and orders."""
    views = [
        block.replace("CHAMP", path)
        for path in PATHS
        for block in (
            "de: fiche\ntri: -CHAMP\nlimite: 3",
            "de: fiche\nou: not CHAMP",
            "de: fiche\nvue: tableau\ncolonnes: [titre, CHAMP]",
            "de: fiche\nvue: cartes\ngroupe_par: CHAMP",
            "de: fiche\nvue: compteur\ngroupe_par: CHAMP",
            "de: fiche\nvue: compteur\ncalcul: nombre\nchamp: CHAMP",
            "de: fiche\nvue: matrice\nlignes: CHAMP\ncolonnes: famille",
            "de: fiche\nvue: matrice\nlignes: famille\ncolonnes: CHAMP\ncellule: nombre",
            "de: fiche\nvue: graphique\ngroupe_par: CHAMP\nseries: famille",
            "de: fiche\nvue: graphique\ngroupe_par: famille\nseries: CHAMP",
            "de: fiche\nvue: jauge\nparmi: CHAMP",
            "de: fiche\nvue: carte\nterritoire: CHAMP",
            "de: fiche\nvue: agenda\nchamp: CHAMP\ndu: 2026-01-01\nmois: 24",
        )
    ]
    numbers = ("rang", "suivi.combien", "vu_par.rang", "lien.rang")
    views += [
        f"de: fiche\nvue: {view}\nchamp: {number}\ncalcul: {calculation}"
        for number in numbers
        for calculation in ("somme", "moyenne", "minimum", "maximum")
        for view in ("compteur", "graphique\ngroupe_par: famille", "jauge\nsur: 12")
    ]
    views += [f"de: {name}\nvue: {view}" for name in ("coffre", "[coffre, fiche]") for view in ("compteur", "liste")]
    views += ["vue: compteur\ngroupe_par: type", "vue: carte", "de: fiche\npour_chaque: suivi\nvue: compteur"]
    return asked(*views)


def secrets(number: int) -> dict[str, str]:
    """Return a wiki: its public part is the same whatever the number, all that is for members is not."""
    letter = "KZ"[number]
    files = {
        "docs/fiches/_type.yml": SHARED.replace("LETTER", letter),
        "docs/coffres/_type.yml": CLOSED.replace("LETTER", letter),
        "docs/questions.md": questions(),
    }
    for n in range(7):
        files[f"docs/fiches/f{n}.md"] = (
            f"---\ntitre: Fiche {n}\nresume: Dit {letter}{n}\nfamille: {'ab'[n % 2]}\n"
            f"lien: [f{(n + 1) % 7}, s{n % 2}]\n"
            f"mots: [mot{letter}, mot{n * (number + 1) % 5}]\nrang: {n if number else 50 - n % 3}\n"
            f"cache: {'xy'[(n + number) % 2]}\njour: 202{6 + number}-0{n + 1}-01\nou: '{26 + n * number}'\n"
            f"suivi:\n  - {{quoi: un, note: {letter}{n}, combien: {n * 7 + number}}}\n"
            "  - {quoi: deux}\n---\n\nTexte.\n"
        )
    for n in range(2 + 2 * number):
        files[f"docs/coffres/s{n}.md"] = (
            f"---\ntitre: Secret {letter} {n}\nrang: {n + 5 * number}\nvoir: [f{(n * 3 + number) % 7}, f2]\n---\n\n"
            f"Voir [[f{n + number}]].\n"
        )
    return files


def _undated(text: str) -> str:
    return re.sub(r"Build Date UTC : .*", "", text)


def test_what_the_public_is_shown_does_not_depend_on_what_is_for_members(tmp_path: Path) -> None:
    """Two wikis that differ only in that, in numbers, orders, labels and names: the public sites are the same."""
    one, other = (build(tmp_path / str(number), secrets(number)) for number in (0, 1))
    assert one.keys() == other.keys()
    differing = {name for name in one if _undated(one[name]) != _undated(other[name])}
    assert differing <= {"sitemap.xml.gz"}  # it tells when it was made
    assert one["questions/index.html"].count("essaim-vue-titre") > 20


# --- To break in ----------------------------------------------------------------------------------------------------

HOSTILE = "</title></script><script>alert(1)</script><!--"


def test_texts_of_a_calendar_stay_on_their_line(tmp_path: Path) -> None:
    lines = r"Un\r\nEND:VEVENT\rBEGIN:VEVENT\nSUMMARY:faux\u2028\u0085a;b,c\0"
    page = f'---\ntitre: "{lines}"\nresume: "{lines}"\nlieu: "{lines}"\ndebut: 2026-12-01\npar: [a]\n---\n'
    files = {"docs/r/_type.yml": EVENTS, "docs/r/a.md": page, "docs/_cae.yml": f'nom: "Coop {lines}"\n'}
    site = build(tmp_path, files)
    calendars = [text for name, text in site.items() if name.endswith(".ics")]
    assert len(calendars) == 3
    for text in calendars:
        assert len(re.findall(r"(?m)^BEGIN:VEVENT", text)) == 1
        assert [str(event["LOCATION"]).split()[0] for event in Calendar.from_ical(text).walk("VEVENT")] == ["Un"]
    assert "a\\;b\\,c : agenda" in site["agenda.ics"].replace("\r\n ", "")


def test_a_control_character_does_not_show_the_front_matter(tmp_path: Path) -> None:
    page = '---\ntitre: "Un\\u007fdeux"\nresume: "Dit\\u0085ici"\ndebut: 2026-12-01\n---\n\nTexte.\n'
    shown = build(tmp_path, {"docs/r/_type.yml": EVENTS, "docs/r/a.md": page})["r/a/index.html"]
    assert "description:" not in shown
    assert "<title>Un deux" in shown


def test_the_name_of_a_collection_is_text_in_the_title_of_its_index(tmp_path: Path) -> None:
    label = json.dumps(f"fiches {HOSTILE}")
    declared = f"type: fiche\nlabel: {{one: fiche, many: {label}}}\nindex: {{view: list}}\nfields: {{titre: text}}\n"
    config = CONFIG.replace("{name: mkdocs}", "{name: material, font: false}")
    files = {"docs/f/_type.yml": declared, "docs/f/a.md": "---\ntitre: A\n---\n"}
    index = build(tmp_path, files, config=config)["f/index.html"]
    assert "<script>alert" not in index
    assert "<title>Fiches &lt;/title&gt;" in index


# --- To exhaust -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", [" ", ">", "~", "`"])
def test_a_long_run_of_signs_in_a_block_is_read_once(run: str) -> None:
    """Minutes, when each place of the run was tried as the end of the block."""
    (block,) = find_query_blocks(f"```requete\nde: x{run * 200_000}y\n```\n", 0)
    assert block.text.startswith("de: x")


def test_a_page_of_queries_is_answered_as_far_as_it_has_room(tmp_path: Path) -> None:
    files = {f"docs/p{n}.md": f"# Page {n}\n" for n in range(300)} | {"docs/q.md": asked(*["vue: tableau"] * 1500)}
    page = build(tmp_path, files)["q/index.html"]
    assert 0 < page.count("Cette page montre déjà trop de résultats pour celui-ci.") < 1500
    assert len(page) < 10_000_000


def test_an_agenda_shows_its_first_thousand_dates_and_counts_the_others(tmp_path: Path) -> None:
    daily = "---\ntitre: R\ndebut: 1900-01-01\nrevient: FREQ=DAILY\n---\n"
    files = {"docs/r/_type.yml": EVENTS} | {f"docs/r/r{n}.md": daily for n in range(60)}
    page = build(tmp_path, files | {"docs/q.md": asked("vue: agenda\nmois: 24")})["q/index.html"]
    assert page.count("toute la journée") == 1000
    assert "Et plus de 9999 autres dates" in page


def test_long_paths_through_a_hub_end(tmp_path: Path) -> None:
    files = {f"docs/p{n}.md": f"# Page {n}\n\n[[moyeu]]\n" for n in range(150)} | {"docs/moyeu.md": "# Moyeu\n"}
    question = asked('ou: "cite.cite_par.cite.cite_par.cite = p1"\nvue: compteur')
    page = build(tmp_path, files | {"docs/q.md": question})["q/index.html"]
    assert '<strong class="essaim-nombre">0</strong>' in page


# --- To be in the way -----------------------------------------------------------------------------------------------


def test_a_page_called_pagefind_stays_beside_the_index(tmp_path: Path) -> None:
    site = build(tmp_path, {"docs/pagefind.md": "# Ma page\n"})
    assert "Ma page" in site["pagefind/index.html"]
    assert "pagefind/pagefind-entry.json" in site


def test_a_build_that_makes_no_page_again_keeps_the_index(tmp_path: Path) -> None:
    config = CONFIG.replace("essaim-links, essaim-history, ", "")
    first = build(tmp_path, {}, config=config)
    second = build(tmp_path, {}, "--dirty", config=config)
    assert {name for name in first if name.startswith("pagefind/")} <= second.keys()


def test_an_event_and_a_group_of_one_name_have_their_calendars(tmp_path: Path) -> None:
    files = {
        "docs/agenda/_type.yml": EVENTS,
        "docs/g/_type.yml": GROUPS,
        "docs/g/choeur.md": "---\ntitre: Le groupe\n---\n",
        "docs/agenda/choeur.md": "---\ntitre: La rencontre\ndebut: 2026-12-01\npar: [groupe/choeur]\n---\n",
        "docs/agenda/autre.md": "---\ntitre: Une autre\ndebut: 2026-12-02\npar: [groupe/choeur]\n---\n",
        "docs/agenda.ics": "écrit à la main",
    }
    site = build(tmp_path, files)
    assert site["agenda.ics"] == "écrit à la main"
    assert site["agenda/choeur.ics"].count("BEGIN:VEVENT") == 1
    assert site["agenda/groupe-choeur.ics"].count("BEGIN:VEVENT") == 2
