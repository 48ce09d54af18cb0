"""Whatever is edited, the analysis that follows is the one a fresh start would give."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from posixpath import dirname, relpath
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from essaim.diagnostics import Diagnostic
from essaim.graph.model import PageLinks
from essaim.graph.resolve import Surroundings, resolve_page
from essaim.media import FileFacts
from essaim.pages.page import Page
from essaim.pages.parse import parse_page
from essaim.schema.model import PageType
from essaim.source import SourceFile
from essaim.views.audience import Audience
from essaim.views.body import body_views
from essaim.views.flags import page_flags
from essaim.views.notice import page_notice
from essaim.workspace import Analysis, Change, analyze, update
from essaim.workspace.discover import Layout, is_read
from essaim.workspace.site import site_of

TODAY = date(2026, 5, 1)
LAYOUT = Layout()
LEAVING = Layout(without_lots=("vie",))
"""The same without a part of the wiki."""

# --- A small wiki in which everything depends on something else ----------------------------------------------------

COMMUN = """\
type: _commun
fields:
  titre: {type: text, required: true}
  resume: {type: text, max: 60}
  relu_par: {type: reference, inverse: {name: a_relu, label: "A relu"}}
rules:
  - {when: "relu_par", require: "relu_par != this", message: "On ne se relit pas."}
"""
DEMARCHE = """\
type: demarche
label: {one: démarche, many: démarches, gender: f}
extends: _commun
fields:
  etat: {type: choice, of: [brouillon, relue, partie]}
  etape: {type: reference, to: etape, inverse: {name: demarches, label: "Démarches"}}
  prerequis: {type: reference, to: demarche, many: true, acyclic: true, inverse: {name: ouvre, label: "Ouvre"}}
  suivi: {type: group, many: true, fields: {qui: {type: reference, to: [terme, page]}, piece: {type: file}}}
  ouvertes: {type: integer, computed: "count(ouvre where etat = relue)"}
  poids: {type: choice, of: [lourd, leger], computed: [{when: "ouvertes > 1 or suivi.qui.vu_par", value: lourd},
    {when: "etape.titre", value: leger}]}
  suivie: {type: boolean, computed: "count(this.prerequis where etat = relue) or ouvre.suivie_ailleurs"}
  suivie_ailleurs: {type: boolean, computed: "count(cite_par where titre) > 1"}
index: {view: table, columns: [titre, poids, suivie], where: "etat != partie and not suivie_ailleurs"}
notice: "Décidé : {{ cae.b.c }}."
departed: {when: "etat = partie", as: resume}
flags:
  - {when: "poids = lourd", message: "« {titre} » est lourde : {ouvre}.", unless: prerequis}
  - {when: "etape.suivante.demarches.etat = brouillon", message: "Revoir {titre} pour {etape}.", severity: warning}
sections:
  - {title: "Étapes", required: true}
rules:
  - {require: "not prerequis.etat = brouillon", message: "Relisez d'abord ce qui précède."}
  - {when: "ouvre", require: "ouvre.etape.titre contains z", message: "Ce qui suit nomme mal son étape."}
  - {when: "prerequis.poids = lourd", require: "poids", message: "Une lourde précède."}
  - {require: "count(this.prerequis where etat = relue) < 2 or suivie", message: "Deux relues précèdent."}
  - {require: "not prerequis.suivie", message: "Une suivie précède."}
  - {forbid: ["{{ cae.a }}", "# m"], except: [Un lieu], when: "not suivie", message: "Ne l'écrivez pas."}
"""
ETAPE = """\
type: etape
lot: vie
label: {one: étape, many: étapes, gender: f}
fields:
  titre: {type: text}
  suivante: {type: reference, to: etape, acyclic: true, self: error}
rules:
  - {require: "demarches.etat contains relue", message: "Aucune démarche relue."}
  - require: "count(demarches where etat = relue and count(prerequis) < 2) >= count(demarches.suivi where qui.titre)"
    message: "Trop de suivis."
  - {require: "sum(demarches.ouvertes) < 2", message: "Trop d'ouvertes."}
"""
TERME = """\
type: terme
label: {one: terme, many: termes, gender: m}
fields:
  titre: {type: text}
  voir: {type: reference, to: terme, many: true, inverse: {name: vu_par, label: "Vu par"}}
flags:
  - {when: "count(vu_par) > 0 and not cite_par.etat = relue", message: "{titre} est vu par {vu_par}."}
index: {view: list, sort: titre}
"""
PAGE = "type: page\nextra: allow\nfields: {titre: text}\n"
SOURCE = """\
type: source
fields:
  titre: {type: text}
  textes:
    type: group
    many: true
    from: textes
    fields: {nom: {type: text, required: true}, sur: {type: choice, of: [oui, non]}}
rules:
  - {require: "not textes.sur = non", message: "Un texte n'est pas sûr."}
flags: [{when: "count(textes where sur = non) > 0", message: "{titre} : {textes.nom} n'est pas sûr."}]
"""
TYPES = {
    "docs/_commun/_type.yml": COMMUN,
    "docs/_type.yml": PAGE,
    "docs/etapes/_type.yml": ETAPE,
    "docs/termes/_type.yml": TERME,
    "demarches/_type.yml": DEMARCHE,
    "docs/sources/_type.yml": SOURCE,
}
CHANGES_OF_TYPE = (  # what the author of a collection changes in its `_type.yml`
    ("", ""),
    ("required: true", "required: false"),
    ("acyclic: true", "acyclic: false"),
    ("rules:", "rule:"),
    ("- {when", "# {when"),
    ("- {require", "# {require"),
    ("Relisez", "Vérifiez"),
    ("inverse: {name: ", "inverse: {name: x_"),
    ("self: error", "self: allow"),
    ("extends: _commun", "title: etat"),
    ("extends: _commun", "extends: etape"),
    ("to: etape", "to: terme"),
    ("one: ", "one: belle "),
    ("fields:", "aliases: noms\nfields:"),
    ("fields:", "extra: allow\nfields:"),
    ("index:", "# index:"),
    ("fields:", "visibility: members\nfields:"),
    ("type: etape", "type: terme"),
    ("type: terme", "type: mot"),
    ("type: text", "type: texte"),
    ("fields:", "fields: : :"),
    ("from: textes", "from: lois"),
    ("from: textes", "min: 1"),
    ("departed: {when", "departed: {whe"),
    ("as: resume", "as: titre"),
    ("flags:", "# flags:"),
    ("unless: prerequis", "unless: voir"),
    ("count(this.prerequis", "count(ouvre"),
    ("where:", "wher:"),
    ("lot: vie", "lot: autre"),
    ("- {forbid", "# {forbid"),
    ("nom: {type: text", "nom: {type: date"),
)
DECISIONS = ("", "a: 12 %\nb:\n  c: juin\n", "a: 12 %\nb:\n  c:\n", "a: 12 %\nbb: 1\n", "a: : :\n")
FACTS = (
    "a: {valeur: x, valable_au: 2026-04-30}\n",
    "a: {valeur: x, valable_au: 2026-05-01}\nc: y\n",
    "a: {valable_au: mai}\n",
    "- a\n",
)
ROWS = (
    "x: {nom: Un, sur: oui}\ny: {nom: Deux, sur: non}\n",
    "x: {nom: Un, sur: non}\nz: {nom: Trois}\n",
    "x: {nm: Un}\ny: Deux\n",
    "x: : :\n",
)
VALUES = {"docs/_cae.yml": DECISIONS[1], "docs/_faits.yml": FACTS[1], "docs/_textes.yml": ROWS[0]}
MOVED = "docs/_redirections.yml"
REDIRECTIONS = (
    "demarches/vieux.md: a\n",
    "demarches/vieux.md: docs/termes/t.md\ndocs/vieux.md: demarches/vieux.md\n",
    "demarches/vieux.md: docs/vieux.md\ndocs/vieux.md: demarches/vieux.md\ndemarches/a.md: T\n",
    "vieux: a\ndocs/vieux.md: Alphe\n",
    "a.md: : :\n",
)
PAGES = (
    "demarches/a.md",
    "demarches/b.md",
    "demarches/sous/b.md",
    "docs/demarches/a.md",
    "docs/etapes/alpha.md",
    "docs/index.md",
    "docs/sources/s.md",
    "docs/termes/_modele.md",
    "docs/termes/T.md",
    "docs/termes/README.md",
    "docs/termes/index.md",
    "docs/termes/t.md",
)
ASSETS = ("demarches/pieces/note.pdf", "docs/img/plan.png", "docs/note.pdf")
NAMES = (
    "a",
    "b",
    "t",
    "alpha",
    "Alpha",
    "Alphe",
    "Été",
    "ete",
    "Chargé·e",
    "chargee",
    "etape/e",
    "etape/alpha",
    "Tz",
)
HEADINGS = ("Étapes", "Etapes", "Un lieu", "Un lieu {#lieu}", 'Un lieu\n\n<p id="lieu"></p>')
LINES = (  # a path between angle brackets is written from the root, and rendered from the folder of its page
    "[note](<demarches/pieces/note.pdf>) ou [[note.pdf]]",
    "![plan](<docs/img/plan.png>)",
    "[modèle](<docs/termes/_modele.md>) et [type](<docs/termes/_type.yml>)",
    "[glossaire](<docs/termes/index.md>), [étapes](<docs/etapes/>), [sous](<demarches/sous/index.md>)",
    "[vieux](<demarches/vieux.md#lieu>) et [là](<docs/vieux.md>)",
    "[ici](#lieu) et [[#Un lieu]]",
    "{{ cae.a }} et {{ cae.b.c }} et {{ cae.bb }}",
    "{{ faits.a }} et {{ faits.c }}",
    "Écrit 12 %, 3 m ou 4m.",
    "```",
    "```requete\nde: demarche\nou: etape = alpha\n```",
    '```requete\nou: "cite contains this"\ntri: -titre\ncolonnes: [titre, etat, cite_par]\n```',
    "```requete\nde: [demarche, etape]\nou: \"prerequis = 'Été' or suivante.demarches.etat = relue\"\n```",
    "```requete\nde: terme\nou: \"vu_par = 'Alphe'\"\ngroupe_par: voir\n```",
    '```requete\nou: "titre = \'{{ cae.a }}\'"\nlimite: "{{ cae.b.c }}"\n```',
    "```requete\nde: demarches\nou: eta = relue\n```",
)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A page as its author thinks of it."""

    title: str = ""
    aliases: tuple[str, ...] = ()
    state: str = ""
    reference: str = ""
    references: tuple[str, ...] = ()
    piece: str = ""
    slip: str = ""
    rows: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    def render(self, path: str) -> str:
        """Write the page, with the fields of the folder it stands in."""
        one, many = "etape", "prerequis"
        if path.startswith("docs/"):
            one, many = ("suivante", "x") if "etapes" in path else ("relu_par", "voir")
        several = ", ".join(f'"{name}"' for name in self.references)
        fields = [
            ("titre", self.title),
            ("alias", "[" + ", ".join(f'"{name}"' for name in self.aliases) + "]" if self.aliases else ""),
            ("etat", self.state),
            (one, self.reference),
            (many, f"[{several}]" if several else ""),
            ("textes", f"[{', '.join(self.rows)}]" if self.rows else ""),
            ("suivi", f'[{{piece: "{self.piece}", qui: "{self.reference}"}}]' if self.piece else ""),
        ]
        head = "".join(f"{key}: {value}\n" for key, value in fields if value)
        body = [f"## {heading}\n\nTexte.\n" for heading in self.headings] + [
            f"{_from(line, path)}\n" for line in self.lines
        ]
        return f"---\n{head}{self.slip}---\n\n" + "\n".join(body)


def _from(line: str, path: str) -> str:
    return re.sub(r"<([^>#]+/[^>#]+)(#[^>]*)?>", lambda m: relpath(m[1], dirname(path) or ".") + (m[2] or ""), line)


Files = Mapping[str, Draft | str | None]
"""By path: a page, a text, or None for a file that the engine does not read."""

names = st.sampled_from(NAMES)
lines = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(LINES),
    st.builds("Voir [[{}]].".format, names),
    st.builds("Voir [[{}#{}]].".format, names, st.sampled_from(("Étapes", "Un lieu", "Un lie"))),
    st.builds("Voir [lui](<{}{}>).".format, st.sampled_from(PAGES), st.sampled_from(("", "#lieu", "#un-lieu"))),
)
drafts = st.builds(
    Draft,
    title=st.sampled_from(("", *NAMES)),
    aliases=st.lists(names, max_size=2).map(tuple),
    state=st.sampled_from(("brouillon", "relue", "relue", "relu", "partie", "")),
    reference=st.one_of(st.sampled_from(("alpha", "a", "t")), st.sampled_from(("", *NAMES))),
    references=st.lists(st.one_of(st.sampled_from(("a", "b", "t")), names), max_size=2).map(tuple),
    piece=st.sampled_from(("", "", "pieces/note.pdf")),
    slip=st.sampled_from(("", "", "", "", "", "titre: encore\n", "x: a : b\n", 'y: "\n')),
    rows=st.lists(st.sampled_from(("x", "y", "z", "{nom: Seul}")), max_size=2).map(tuple),
    headings=st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=2).map(tuple),
    lines=st.lists(lines, min_size=2, max_size=5).map(tuple),
)
PARTS = (*Draft.__dataclass_fields__, "title", "state", "state", "headings", "lines", "lines")
Edit = Callable[[Files], Files]


def write(path: str, draft: Draft | str | None) -> Edit:
    return lambda files: {**files, path: draft}


def rewrite(path: str, part: str, other: Draft) -> Edit:
    """Change one part of a page, of a list its first item; a page that is not there is written."""

    def edit(files: Files) -> Files:
        known, value = files.get(path), getattr(other, part)
        if not isinstance(known, Draft):
            return {**files, path: other}
        parts: dict[str, Any] = {part: (*value[:1], *getattr(known, part)[1:]) if isinstance(value, tuple) else value}
        return {**files, path: replace(known, **parts)}

    return edit


def delete(path: str) -> Edit:
    return lambda files: {known: draft for known, draft in files.items() if known != path}


def rename(path: str, to: str) -> Edit:
    def edit(files: Files) -> Files:
        return {**delete(path)(files), to: files[path]} if path in files else files

    return edit


def declare(path: str, change: tuple[str, str]) -> Edit:
    return write(path, TYPES[path].replace(*change))


edits = st.one_of(
    st.builds(rewrite, st.sampled_from(PAGES), st.sampled_from(PARTS), drafts),
    st.builds(rewrite, st.sampled_from(PAGES), st.sampled_from(PARTS), drafts),
    st.builds(delete, st.sampled_from((*PAGES, *ASSETS, *TYPES, MOVED, *VALUES))),
    st.builds(rename, st.sampled_from(PAGES), st.sampled_from(PAGES)),
    st.builds(declare, st.sampled_from(tuple(TYPES)), st.sampled_from(CHANGES_OF_TYPE)),
    st.builds(write, st.just("docs/_cae.yml"), st.sampled_from(DECISIONS)),
    st.builds(write, st.just("docs/_faits.yml"), st.sampled_from(FACTS)),
    st.builds(write, st.just("docs/_textes.yml"), st.sampled_from(ROWS)),
    st.builds(write, st.just("docs/_lois.yml"), st.sampled_from(ROWS)),
    st.builds(write, st.just(MOVED), st.sampled_from(REDIRECTIONS)),
    st.builds(write, st.sampled_from(ASSETS), st.none()),
)
steps = st.lists(edits, min_size=1, max_size=2)
wikis = st.dictionaries(st.sampled_from(PAGES), drafts, min_size=6, max_size=len(PAGES)).map(
    lambda pages: {**TYPES, **VALUES, MOVED: REDIRECTIONS[1], **pages}
)

# --- What depends on what ------------------------------------------------------------------------------------------

WIKI: Files = {
    **TYPES,
    **VALUES,
    "docs/textes.md": Draft(title="Tous les textes"),
    "docs/lettres.md": Draft(lines=("[un](<docs/textes.md#y>) et [[textes#z]]",)),
    "docs/sources/s.md": Draft(title="Sources", rows=("x", "{nom: Seul}")),
    MOVED: REDIRECTIONS[1],
    "docs/img/note.pdf": None,
    "demarches/a.md": Draft(
        title="Premier pas",
        aliases=("Débuter",),
        state="relue",
        reference="e",
        references=("b",),
        piece="pieces/note.pdf",
        headings=("Étapes",),
        lines=("Voir [lui](<docs/termes/t.md#lieu>).", "Voir [[Thé#Un lieu]].", "Voir [[Sonbre]]."),
    ),
    "demarches/b.md": Draft(title="Second pas", state="relue", aliases=("Suite",), headings=("Étapes",)),
    "docs/etapes/e.md": Draft(
        title="Départ",
        lines=(
            "[vieux](<docs/vieux.md#lieu>)",
            "Voir [lui](<docs/termes/plan.pdf>).",
            "{{ cae.b.c }}",
            "{{ faits.a }}",
        ),
    ),
    "docs/groupes/README.md": Draft(lines=("[tout](<docs/aide/>)",)),
    "docs/index.md": Draft(lines=("[groupes](<docs/groupes/index.md>)", "[là](<docs/termes/u.md#ici>)")),
    "docs/termes/u.md": Draft(lines=('<p id="ici"></p>',)),
    "docs/termes/v.md": Draft(title="Vue", references=("u",), lines=("Voir [[Sources]].",)),
    "docs/termes/t.md": Draft(title="Thé", headings=("Un lieu {#lieu}",), lines=("Voir [[note.pdf]].",)),
    "docs/questions.md": Draft(
        lines=(
            "```requete\nde: demarche\nou: \"etape = 'Départ'\"\ncolonnes: [titre, etape.titre, suivi.qui]\n```",
            "```requete\nde: demarche\nou: \"prerequis = 'Troisième pas'\"\n```",
            "```requete\nde: mot\n```",
            '```requete\nou: "titre contains {{ cae.a }}"\n```',
            '```requete\nou: "cite contains this"\n```',
        )
    ),
}
DEPENDENCIES: dict[str, Edit] = {
    "a title, in what is said of a page": rewrite("docs/termes/t.md", "title", Draft(title="Théière")),
    "a heading that a link names": rewrite("docs/termes/t.md", "headings", Draft(headings=("Autre lieu {#lieu}",))),
    "an anchor, its heading unchanged": rewrite("docs/termes/t.md", "headings", Draft(headings=("Un lieu {#la}",))),
    "an anchor in raw HTML": rewrite("docs/termes/u.md", "lines", Draft(lines=('<p id="la"></p>',))),
    "a value a rule reads through a reference": rewrite("demarches/b.md", "state", Draft(state="brouillon")),
    "a value a rule reads against a reference": rewrite("demarches/a.md", "state", Draft(state="brouillon")),
    "a page that a query names": write("demarches/c.md", Draft(title="Troisième pas")),
    "a page that a query asks for what cites it": write("docs/lettre.md", Draft(lines=("Voir [[questions]].",))),
    "a type that a query asks": declare("docs/termes/_type.yml", ("type: terme", "type: mot")),
    "a page that starts to cite another": rewrite("demarches/b.md", "reference", Draft(reference="e")),
    "a page that stops citing another": rewrite("demarches/a.md", "reference", Draft()),
    "a page whose values cannot be read any more": rewrite("demarches/a.md", "slip", Draft(slip='y: "\n')),
    "a page cited that goes": delete("docs/termes/t.md"),
    "a page cited that moves": rename("docs/termes/t.md", "docs/termes/sous/t.md"),
    "a page cited that changes type": rename("docs/etapes/e.md", "docs/termes/e.md"),
    "a name near a misspelt one": write("docs/termes/sombre.md", Draft()),
    "a name that becomes ambiguous": write("docs/the.md", Draft(title="Thé")),
    "another name that is taken": rewrite("demarches/b.md", "aliases", Draft(aliases=("Debuter",))),
    "the title of the holder of a name": write("demarches/c.md", Draft(aliases=("Suite",))),
    "two ids that case alone tells apart": write("docs/termes/T.md", Draft()),
    "two pages at one address": write("docs/demarches/a.md", Draft()),
    "a ring that closes": rewrite("demarches/b.md", "references", Draft(references=("a",))),
    "a file that a field names": write("demarches/pieces/note.pdf", None),
    "a file that a wikilink names": delete("docs/img/note.pdf"),
    "a second file of the same name": write("docs/note.pdf", None),
    "a file that is not a page": write("docs/termes/plan.pdf", None),
    "a README that stands for its folder": delete("docs/groupes/README.md"),
    "a cover beside a README": write("docs/groupes/index.md", Draft(title="Groupes")),
    "the first page of a folder": write("docs/aide/a.md", Draft()),
    "a page that cannot be read, where a name is missing": rewrite("demarches/b.md", "slip", Draft(slip='y: "\n')),
    "a type for members only": declare("docs/termes/_type.yml", ("fields:", "visibility: members\nfields:")),
    "a value decided": write("docs/_cae.yml", DECISIONS[2]),
    "all values gone": delete("docs/_cae.yml"),
    "a fact that expires": write("docs/_faits.yml", FACTS[0]),
    "all facts gone": delete("docs/_faits.yml"),
    "a row that a rule reads": write("docs/_textes.yml", ROWS[1]),
    "a row that a link leads to": write("docs/_textes.yml", "x: {nom: Un}\ny: {nom: Deux}\nz: {nom: Trois}\n"),
    "rows that cannot be read": write("docs/_textes.yml", ROWS[3]),
    "all rows gone": delete("docs/_textes.yml"),
    "rows of another file": declare("docs/sources/_type.yml", ("from: textes", "from: lois")),
    "rows read by another field": declare("docs/sources/_type.yml", ("required: true", "max: 2")),
    "a row that a page names": rewrite("docs/sources/s.md", "rows", Draft(rows=("y",))),
    "a redirection that leads elsewhere": write(MOVED, "docs/vieux.md: docs/groupes/README.md\n"),
    "a ring of redirections": write(MOVED, REDIRECTIONS[2]),
    "all redirections gone": delete(MOVED),
    "a page at an old path": write("docs/vieux.md", Draft(title="Vieux")),
    "an inverse that changes name": declare("demarches/_type.yml", ("name: demarches", "name: x")),
    "a rule that is no more": declare("demarches/_type.yml", ("- {when", "# {when")),
    "the label of a type": declare("docs/termes/_type.yml", ("one: terme", "one: mot")),
    "a ring that is allowed": declare("demarches/_type.yml", ("acyclic: true", "acyclic: false")),
    "a type lent to others": declare("docs/_commun/_type.yml", ("titre:", "nom:")),
    "a page that is flagged": rewrite("docs/sources/s.md", "rows", Draft(rows=("y",))),
    "a page that is flagged no more": rewrite("docs/index.md", "lines", Draft(lines=("Voir [[Premier pas]].",))),
    "who cites a page that is flagged": rewrite("demarches/a.md", "lines", Draft(lines=("Voir [[u]].",))),
    "somebody who leaves": rewrite("demarches/a.md", "state", Draft(state="partie")),
    "a value that is forbidden": write("docs/_cae.yml", "a: Voir\nb:\n  c: juin\n"),
    "a flag that needs another page": rewrite("docs/etapes/e.md", "reference", Draft(reference="e")),
    "a row that a flag says": write("docs/_textes.yml", "x: {nom: Un, sur: non}\ny: {nom: Deux}\n"),
    "who may leave": declare("demarches/_type.yml", ("departed: {when", "departed: {whe")),
    "a type that goes": delete("docs/termes/_type.yml"),
    "a type that cannot be read": write("docs/termes/_type.yml", "type: : :\n"),
}


@pytest.mark.parametrize("edit", DEPENDENCIES.values(), ids=DEPENDENCIES)
def test_what_depends_on_an_edit_follows_it_and_its_undoing(edit: Edit) -> None:
    edited = edit(WIKI)
    before, after = (analyze(changes_between({}, files), LAYOUT, TODAY) for files in (WIKI, edited))
    assert facts(before) != facts(after)
    following = update(before, changes_between(WIKI, edited))
    assert not compare(facts(following), facts(after))
    assert not compare(facts(update(following, changes_between(edited, WIKI))), facts(before))


@settings(
    derandomize=True,
    max_examples=120,
    deadline=None,
    phases=[Phase.generate],  # a failure tells its edit: shrinking would take minutes and say no more
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)
@given(
    wiki=wikis, sequence=st.lists(steps, min_size=8, max_size=8), layout=st.sampled_from((LAYOUT, LAYOUT, LEAVING))
)
def test_any_sequence_of_edits_equals_a_fresh_start(wiki: Files, sequence: list[list[Edit]], layout: Layout) -> None:
    files, analysis = wiki, analyze(changes_between({}, wiki), layout, TODAY)
    known = facts(analysis)
    for step in sequence:
        edited = files
        for edit in step:
            edited = edit(edited)
        changes = changes_between(files, edited)
        following = update(analysis, changes)
        fresh = facts(analyze(changes_between({}, edited), layout, TODAY))
        differences = compare(facts(following), fresh)
        assert not differences, "\n".join([f"after a change of {[c.path for c in changes]}:", *differences])
        assert facts(replace(analysis)) == known, "the previous analysis changed"
        files, analysis, known = edited, following, fresh


# --- What an edit costs --------------------------------------------------------------------------------------------


@dataclass
class Counts:
    """The pages that were parsed and resolved, one entry each time."""

    parsed: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    found = Counts()

    def counted_parse(source: SourceFile, page_type: PageType) -> tuple[Page, tuple[Diagnostic, ...]]:
        found.parsed.append(source.path)
        return parse_page(source, page_type)

    def counted_resolve(page: Page, around: Surroundings) -> PageLinks:
        found.resolved.append(page.path)
        return resolve_page(page, around)

    monkeypatch.setattr("essaim.workspace.incremental.parse_page", counted_parse)
    monkeypatch.setattr("essaim.workspace.incremental.resolve_page", counted_resolve)
    return found


LARGE: Files = {
    **TYPES,
    **{
        f"demarches/d{number}.md": Draft(
            title=f"Démarche {number}",
            references=(f"d{number + 1}",) if number < 299 else (),
            headings=("Étapes",),
            lines=("Voir [[Le thé]].",) if number < 20 else ("{{ cae.a }}",) if number > 297 else (),
        )
        for number in range(300)
    },
    "docs/termes/the.md": Draft(title="Le thé"),
    "docs/termes/seul.md": Draft(title="Personne ne me cite"),
}


def cost(counts: Counts, edit: Edit) -> tuple[list[str], list[str]]:
    """Return what is parsed and what is resolved after an edit of the large wiki."""
    analysis = analyze(changes_between({}, LARGE), LAYOUT, TODAY)
    counts.parsed.clear()
    counts.resolved.clear()
    update(analysis, changes_between(LARGE, edit(LARGE)))
    return sorted(counts.parsed), sorted(counts.resolved)


def test_a_body_costs_one_page(counts: Counts) -> None:
    page = "demarches/d150.md"
    assert cost(counts, rewrite(page, "lines", Draft(lines=("Tout autre chose.",)))) == ([page], [page])


def test_a_body_that_many_cite_costs_one_page(counts: Counts) -> None:
    page = "docs/termes/the.md"
    assert cost(counts, rewrite(page, "lines", Draft(lines=("Une boisson.",)))) == ([page], [page])


def test_a_title_costs_the_pages_that_cite_it(counts: Counts) -> None:
    page = "docs/termes/the.md"
    citing = {f"demarches/d{number}.md" for number in range(20)}
    parsed, resolved = cost(counts, rewrite(page, "title", Draft(title="Le thé vert")))
    assert parsed == [page]
    assert set(resolved) == {page, *citing}


def test_a_heading_costs_the_pages_that_cite_its_page(counts: Counts) -> None:
    page = "demarches/d150.md"
    parsed, resolved = cost(counts, rewrite(page, "headings", Draft(headings=("Etapes",))))
    assert (parsed, resolved) == ([page], ["demarches/d149.md", page])


def test_a_file_that_nobody_names_costs_nothing(counts: Counts) -> None:
    assert cost(counts, write("docs/img/plan.png", None)) == ([], [])


def test_a_value_decided_costs_the_pages_that_show_it(counts: Counts) -> None:
    showing = ["demarches/d298.md", "demarches/d299.md"]
    assert cost(counts, write("docs/_cae.yml", DECISIONS[1])) == ([], showing)


def test_a_page_gone_costs_the_pages_that_cite_it(counts: Counts) -> None:
    assert cost(counts, delete("demarches/d150.md")) == ([], ["demarches/d149.md"])
    assert cost(counts, delete("docs/termes/seul.md")) == ([], [])


def test_a_type_costs_parsing_its_pages_only(counts: Counts) -> None:
    parsed, _ = cost(counts, declare("docs/termes/_type.yml", ("one: terme", "one: mot")))
    assert parsed == ["docs/termes/seul.md", "docs/termes/the.md"]


def test_no_change_gives_the_same_analysis(counts: Counts) -> None:
    analysis = analyze(changes_between({}, LARGE), LAYOUT, TODAY)
    assert update(analysis, ()) is analysis
    counts.resolved.clear()
    again = update(analysis, [change_of("docs/termes/the.md", LARGE["docs/termes/the.md"])])
    assert again.diagnostics == analysis.diagnostics
    assert counts.resolved == ["docs/termes/the.md"]


# --- Reading an analysis -------------------------------------------------------------------------------------------


def facts(analysis: Analysis) -> dict[str, Any]:
    """Return all that an analysis answers."""
    graph = analysis.graph
    return {
        "diagnostics": analysis.diagnostics,
        "faulty": analysis.faulty,
        "summary": [analysis.summary],
        "types": dict(analysis.schema.types),
        "variables": dict(analysis.variables.values),
        "facts": dict(analysis.variables.facts),
        "rows": {name: file.readings for name, file in analysis.rows.files.items()},
        "redirects": dict(analysis.redirects),
        "files": dict(analysis.facts),
        "pages": {path: said(page) for path, page in graph.pages.items()},
        "names": dict(graph.names.by_key),
        "out": dict(graph.out),
        "into": {path: list(graph.edges_to(path)) for path in graph.into},
        **shown(analysis),
    }


def shown(analysis: Analysis) -> dict[str, Any]:
    """Return what a site shows that depends on other pages: answers, flags, who left, lists with a condition."""
    site = site_of(analysis, Audience.MEMBERS)
    asking = (page for page in site.graph.pages.values() if page.document.queries)
    return {
        "answers": {page.path: [(view.kind, view.view) for view in body_views(page, site)] for page in asking},
        "flags": {page.path: page_flags(page, site) for page in site.graph.pages.values()},
        "departed": dict(site.departed.words),
        "stubs": {path: said(site.graph.pages[path]) for path in site.departed.words},
        "led": {path: list(site.graph.edges_from(path)) for path in site.graph.pages},
        "listed": {path: [entry.path for entry in index.listed.entries] for path, index in site.indexes.items()},
        "notices": {page.path: page_notice(page, site, None) for page in site.graph.pages.values()},
    }


def compare(updated: Mapping[str, Any], fresh: Mapping[str, Any]) -> list[str]:
    """Say where two analyses differ: what only the updated one says (+), what only the fresh one says (-)."""
    found = []
    for key in (key for key in fresh if updated[key] != fresh[key]):
        now, then = (
            dict(facts[key]) if isinstance(facts[key], Mapping) else facts[key] for facts in (updated, fresh)
        )
        if isinstance(now, dict) and isinstance(then, dict):
            now = [(name, value) for name, value in now.items() if then.get(name) != value]
            then = [(name, value) for name, value in then.items() if dict(updated[key]).get(name) != value]
        found += [f"+ {key}: {item}" for item in now if item not in then]
        found += [f"- {key}: {item}" for item in then if item not in now]
    return found


def said(page: Page) -> tuple[Any, ...]:
    return page.id, page.type.name, page.title, page.aliases, page.values, page.references


def changes_between(old: Files, new: Files) -> list[Change]:
    """Return the changes that lead from some files to others."""
    gone = [Change(path=path, exists=False) for path in old if path not in new]
    return gone + [change_of(path, new[path]) for path in new if path not in old or old[path] != new[path]]


def change_of(path: str, draft: Draft | str | None) -> Change:
    text = draft.render(path) if isinstance(draft, Draft) else draft
    source = SourceFile.from_text(path, text) if text is not None and is_read(path) else None
    facts = None if is_read(path) else FileFacts(size=len(path))
    return Change(path=path, source=source, facts=facts)
