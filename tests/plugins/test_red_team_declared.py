"""What somebody tried through all that a type declares: two wikis that differ in what is for members, and bad text.

Flags, notices, computed fields, conditions of lists, shared rows, dated facts, passports, pages that contain others,
people who left: for the public, the two wikis are the same bytes, and no text becomes anything else than a text.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.plugins.test_red_team import publish

CONFIG = """\
site_name: Épreuve
site_url: https://epreuve.exemple.invalid/wiki/
theme: {name: material, language: fr, font: false}
plugins:
  - essaim
  - essaim-links
  - essaim-history
  - essaim-views
  - essaim-search: {filters: [type, calc, n, chaine]}
extra: {generator: false}
"""
FICHE = """\
type: fiche
label: {one: fiche, many: fiches}
index: {view: table, columns: [titre, calc, n, part, visee, chaine], facets: [calc, n, chaine, visee, etat], sort: -n,
  where: "not exclu and count(cachees) < 3 and not reserve"}
notice: "Avis public."
print: true
slides: true
includes: {field: contient, section: partie}
passport: {steps: pas, title: titre, text: quoi, after: sem, pages: vers, page_steps: pas.titre}
departed: {when: "etat = parti", as: mots}
linked_data: {type: Thing, properties: {name: calc, value: n, amount: part, knows: [visee, contient, cachees]}}
event: {start: quand, place: mots}
flags:
  - {when: "remplace_par", message: "La fiche « {titre} » est remplacée par {remplace_par}.", unless: secret}
  - {when: "count(cachees) > 0", message: "Des cachées pour {titre}."}
  - {when: "calc = vu", message: "Calculée vue {titre} {n} {chaine}."}
  - {when: "cite_par.secret", message: "Citée en secret {titre}"}
  - {when: "count(cite_par) > 3", message: "Citée beaucoup {titre}"}
fields:
  titre: text
  resume: text
  etat: {type: choice, of: [ici, parti]}
  mots: text
  quand: date
  exclu: {type: text, visibility: members}
  partie: {type: text, visibility: members}
  secret: {type: reference, to: [fiche, coffre], many: true, visibility: members,
    inverse: {name: secret_de, label: Secret}}
  remplace: {type: reference, to: fiche, inverse: {name: remplace_par, label: Remplacée}}
  contient: {type: reference, to: [fiche, coffre], many: true}
  num: {type: integer, visibility: members}
  pas: {type: group, many: true, fields: {titre: text, quoi: {type: text, visibility: members},
    sem: {type: integer, visibility: members}, vers: {type: reference, to: [fiche, coffre], many: true}}}
  lignes: {type: group, many: true, from: lignes, fields: {nom: text, cout: {type: integer, visibility: members}}}
  secretes: {type: group, many: true, from: secretes, visibility: members, fields: {nom: text}}
  calc: {type: choice, of: {vu: Vu, pas: Pas}, computed: [{when: "exclu or secret or count(cachees where titre) > 0
    or lignes.cout > 3 or secret_de", value: vu}, {value: pas}]}
  n: {type: integer, computed: "count(cite_par)"}
  cout: {type: integer, computed: "sum(lignes.cout)"}
  part: {type: number, computed: "share(contient.num where titre)"}
  chaine: {type: boolean, computed: "n > 1 or contient.calc = vu"}
  visee: {type: boolean, computed: "secret.calc = vu or cachees.titre"}
  reserve: {type: boolean, visibility: members, computed: "secret or exclu"}
"""
COFFRE = """\
type: coffre
label: {one: coffre, many: coffres}
visibility: members
index: {view: table, columns: [titre]}
notice: "Avis caché"
flags: [{when: titre, message: "Coffre {titre}"}]
passport: {steps: pas, title: titre}
departed: {when: "titre = parti", as: mots}
fields:
  titre: text
  mots: text
  vise: {type: reference, to: fiche, many: true, inverse: {name: cachees, label: Cachées}}
  remplace: {type: reference, to: fiche, inverse: {name: remplace_par, label: Remplacée}}
  lignes: {type: group, many: true, from: lignes, fields: {nom: text}}
  tresors: {type: group, many: true, from: tresors, fields: {nom: text}}
  pas: {type: group, many: true, fields: {titre: text}}
"""
QUESTIONS = (
    'de: fiche\nou: "calc = vu"\nvue: tableau\ncolonnes: [titre, calc, n, cout, part, chaine, visee]',
    "de: fiche\nvue: compteur\ngroupe_par: calc",
    'de: fiche\nou: "count(cachees) > 0"',
    'de: fiche\nou: "not reserve"',
    'de: fiche\nou: "count(secret where titre) = 0"\ntri: [cout]',
    "de: fiche\nvue: agenda\ndu: 2026-01-01",
    "de: fiche\nvue: matrice\nlignes: calc\ncolonnes: n",
    "de: fiche\npour_chaque: lignes\nvue: tableau\ncolonnes: [titre, lignes.nom, lignes.cout]\ntri: -lignes.cout",
)


def wiki(*, whole: bool) -> dict[str, str]:
    """Return a wiki, with or without what is for members."""

    def hidden(text: str) -> str:
        return text if whole else ""

    files = {
        "docs/fiche/_type.yml": FICHE,
        "docs/coffre/_type.yml": COFFRE,
        "docs/coffre/index.md": "# canaricouverture\n",
        "docs/_faits.yml": "a: {valeur: '1', valable_au: 2020-01-01, source: S, url: 'https://e.exemple.invalid'}\n",
        "docs/_lignes.yml": f"un: {{nom: Un{hidden(', cout: 9')}}}\ndeux: {{nom: Deux{hidden(', cout: 8')}}}\n",
        "docs/fiche/ada.md": (
            "---\ntitre: Ada\nresume: Une {{ faits.a }}\nquand: 2026-12-01\n"
            f"contient: [bob{hidden(', coffret')}, cyd]\nlignes: [un, deux]\npas:\n"
            f"{hidden('  - {quoi: canariseul, sem: 2}' + chr(10))}"
            f"  - {{titre: Un{hidden(', quoi: canariquoi, sem: 5')}, vers: [bob{hidden(', coffret')}]}}\n"
            "  - {titre: Deux}\n"
            + hidden("exclu: canarix\nsecret: [coffret, dan]\nnum: 7\npartie: Section\nsecretes: [s]\n")
            + "---\n\nVoir [[bob]]. {{ faits.a }}\n\n## Section\n\nTexte.\n"
        ),
        "docs/fiche/bob.md": (
            "---\ntitre: Bob\npas:\n  - {titre: Pas de Bob}\n"
            + hidden("num: 3\nexclu: canariy\nsecret: [ada, cyd]\n")
            + "---\n\nBob.\n\n## Section\n\nTexte de Bob [[ada]].\n"
        ),
        "docs/fiche/cyd.md": (
            "---\ntitre: Cyd\nremplace: bob\n"
            + hidden("num: 5\nsecret: [bob, eve, dan]\n")
            + "---\n\nCyd voit [[dan]] et [[eve|lui]].\n"
        ),
        "docs/fiche/dan.md": "---\ntitre: Dan\n---\n\nDan voit [[ada]] et [[cyd]].\n",
        "docs/fiche/eve.md": (
            f"---\ntitre: Ève canarieve\netat: parti\nmots: une ancienne\n{hidden('exclu: oui' + chr(10))}---\n\n"
            "canaritexte [[ada]].\n"
        ),
        "docs/q.md": "# Q\n\n[[ada]], [[bob]].\n\n" + "\n".join(f"```requete\n{one}\n```\n" for one in QUESTIONS),
        "docs/vers.md": "# Vers\n\n[un mot](coffre/index.md), [[coffre/index.md|deux]].\n",
        "docs/index.md": "# Accueil\n\n[[ada]]\n",
    }
    for number in range(5):
        more = hidden("exclu: canariz\n") if number % 2 else ""
        files[f"docs/fiche/p{number}.md"] = f"---\ntitre: P{number}\netat: ici\n{more}---\n\nVoir [[ada]].\n"
    if whole:
        files |= {
            "docs/_secretes.yml": "s: {nom: canariligne}\n",
            "docs/_tresors.yml": "or: {nom: canaritresor}\n",
            "docs/coffre/coffret.md": (
                "---\ntitre: canaricoffret\nvise: [ada, bob, cyd, dan, p0, p1]\nremplace: dan\nlignes: [un]\n"
                "tresors: [or]\npas: [{titre: canaripas}]\n---\n\ncanaritexte [[ada]] [[dan]] [[bob]] [[p3]]\n"
            ),
            "docs/coffre/deux.md": (
                "---\ntitre: parti\nmots: canarimots\nalias: [canarialias]\nvise: [ada]\nremplace: ada\n---\n"
            ),
        }
    return files


def test_two_wikis_that_differ_in_what_is_for_members_are_the_same_to_the_public(tmp_path: Path) -> None:
    whole, part = (publish(tmp_path / str(one), wiki(whole=one), CONFIG) for one in (True, False))
    assert [name for name, text in whole.items() if "canari" in text] == []
    assert "Des cachées" not in "".join(whole.values())
    assert "Calculée vue" not in "".join(whole.values())
    assert "Citée beaucoup " in whole["_site/q/index.html"]
    assert {name for name in {*whole, *part} if whole.get(name) != part.get(name)} == set()


HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1)) {{ '{' }} {% x %} </script>"
    " ]]> &quot; ` {onclick=alert(1)}"
)
BAD = json.dumps(HOSTILE.replace("{", "(").replace("}", ")"), ensure_ascii=False)
BAD_TYPE = f"""\
type: fiche
label: {{one: {BAD}, many: {BAD}}}
index: {{view: table, columns: [titre, calc, n], facets: [calc, n, suivi]}}
notice: {json.dumps(json.loads(BAD) + " {{ cae.nom }}", ensure_ascii=False)}
print: true
slides: true
includes: contient
passport: {{steps: pas, title: titre, text: quoi, after: sem, pages: vers, page_steps: pas.titre}}
departed: {{when: "etat = parti", as: mots, text: {BAD}}}
flags:
  - {{when: titre, message: {json.dumps(json.loads(BAD) + " {titre} {calc} {mots} {lien}", ensure_ascii=False)}}}
fields:
  titre: text
  resume: text
  etat: {{type: choice, of: {{ici: {BAD}, parti: {BAD}}}, label: {BAD}}}
  mots: {{type: text, label: {BAD}}}
  lien: url
  contient: {{type: reference, to: fiche, many: true, label: {BAD}, inverse: {{name: contenu, label: {BAD}}}}}
  pas: {{type: group, many: true, label: {BAD}, fields: {{titre: {{type: text, label: {BAD}}},
    quoi: {{type: text, label: {BAD}}}, sem: integer,
    vers: {{type: reference, to: fiche, many: true, label: {BAD}}}}}}}
  lignes: {{type: group, many: true, from: lignes, label: {BAD},
    fields: {{nom: {{type: text, label: {BAD}}}, u: url}}}}
  calc: {{type: choice, label: {BAD}, of: {{vu: {BAD}}}, computed: [{{value: vu}}]}}
  n: {{type: integer, label: {BAD}, computed: "count(cite_par)"}}
  suivi: {{type: boolean, label: {BAD}, computed: "n > 1"}}
"""


def bad_page(title: str, more: str, text: str) -> str:
    step = f"{{titre: {BAD}, quoi: {BAD}, sem: {'9' * 38}, vers: [ada]}}"
    fields = f"resume: {BAD}\nmots: {BAD}\nlien: 'https://e.exemple.invalid/?a=%22'\nlignes: [un, __proto__]\n"
    return f"---\ntitre: {title}\n{fields}pas: [{step}, {{titre: {BAD}, sem: -{'9' * 38}}}]\n{more}---\n\n{text}\n"


BAD_WIKI = {
    "docs/fiche/_type.yml": BAD_TYPE,
    "docs/_cae.yml": f"nom: {BAD}\nliste: [{BAD}, {BAD}]\n",
    "docs/_faits.yml": (
        f"a: {{valeur: {BAD}, valable_au: 2020-01-01, source: {BAD}, fiabilite: confirmer}}\n"
        f"b: {{valeur: [{BAD}, x], valable_du: 9999-12-31, source: {BAD}, url: 'javascript:alert(1)'}}\n"
        f"c: {{valeur: x, valable_du: 0001-01-01, valable_au: 9999-12-31, url: 'https://e.exemple.invalid'}}\n"
    ),
    "docs/_lignes.yml": (
        f"un: {{nom: {BAD}, u: 'https://e.exemple.invalid/onmouseover=alert(1)'}}\n__proto__: {{nom: {BAD}}}\n"
        f"{BAD}: {{nom: x}}\nfaux: {{nom: x, u: 'javascript:alert(1)'}}\n"
    ),
    "docs/lignes.md": "# Lignes\n\n{{ cae.nom }} {{ faits.a }} {{ faits.b }} {{ faits.c }}\n",
    "docs/fiche/ada.md": bad_page(
        BAD, "contient: [bob, cyd, eve]\n", "[[bob]], [[cyd]], {{ cae.nom }} {{ faits.a }}"
    ),
    "docs/fiche/bob.md": bad_page("Bob", "contient: [ada]\n", f"[[ada]] [[eve]]\n\n## {HOSTILE}\n"),
    "docs/fiche/cyd.md": bad_page("Cyd", "contient: [ada, bob]\n", "[[ada]] [Ève](eve.md)"),
    "docs/fiche/eve.md": bad_page("Ève", "etat: parti\n", "[[ada]]"),
    "docs/fiche/diapos.md": bad_page(
        "Diapos",
        "",
        '<div class="essaim-fin-du-texte" data-essaim-outils="diaporama"></div>\n'
        '<section data-essaim-passeport="faux"></section>\n',
    ),
    "docs/index.md": "# Accueil\n\n[[ada]]\n\n"
    "```requete\nde: fiche\nvue: tableau\ncolonnes: [titre, calc, n, mots, lignes.nom, lignes.u]\n```\n",
}


class Dangers(HTMLParser):
    """What a page holds that acts, and that no author may write."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            (tag, name, value or "")
            for name, value in attrs
            if name.startswith("on")
            or re.sub(r"\s", "", value or "").lower().startswith(("javascript:", "vbscript:"))
            or (name == "data-essaim-passeport" and value == "faux")
        ]

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and data.startswith("alert"):
            self.found.append(("script", data))


@pytest.fixture(scope="module")
def bad_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return publish(
        tmp_path_factory.mktemp("mauvais"), BAD_WIKI, CONFIG.replace(": {filters: [type, calc, n, chaine]}", "")
    )


def test_no_text_of_what_types_declare_becomes_anything_else(bad_site: dict[str, str]) -> None:
    found = {}
    for name, text in bad_site.items():
        if name.endswith(".html"):
            dangers = Dangers()
            dangers.feed(text)
            found[name] = dangers.found
    assert {name: those for name, those in found.items() if those} == {}
    assert len(found) > 10


@pytest.mark.parametrize(
    "shown", ["essaim-signalement", "essaim-avis", "essaim-inclus-entier", "essaim-passeport-nom"]
)
def test_all_that_was_tried_is_on_the_page(bad_site: dict[str, str], shown: str) -> None:
    assert shown in bad_site["_site/fiche/ada/index.html"].replace("assets/essaim", "")


def test_files_for_machines_are_read_by_them(bad_site: dict[str, str]) -> None:
    for name, text in bad_site.items():
        if name.endswith(".json"):
            json.loads(text.partition("\n")[2])


def test_a_plain_tree_shows_it_as_text(bad_site: dict[str, str]) -> None:
    page = bad_site["_arbre/fiche/ada.md"].split("\n---\n", 2)[2]
    said = page.partition("## [Bob](bob.md)")[0]  # then comes what its author wrote in HTML, as it is
    assert said != page
    assert "<script" not in said
    assert "](javascript:" not in said
