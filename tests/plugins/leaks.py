"""A wiki with a canary in every place that only members may see: a word found nowhere else."""

import re
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from struct import pack
from zlib import compress, crc32

from essaim.schema.load import load_schema
from essaim.schema.model import Field, PageType
from essaim.source import SourceFile
from tests.conftest import ROOT, write_files

CONFIG = """\
site_name: Fuites
site_url: https://fuites.exemple.invalid/wiki/
theme: {name: material, language: fr, font: false}
plugins:
  - essaim
  - essaim-links
  - essaim-history
  - essaim-views
  - essaim-search: {filters: [type, territoire, coffre, ouvert, f_choice, f_date, f_boolean, f_integer, articles]}
extra: {generator: false}
draft_docs: brouillon-*.md
exclude_docs: exclu-*.md
"""
PLAIN = "docs/ouvert"
"""The folder of a public type, with a field of every kind for members only."""


class Canaries:
    """Makes canaries, each for one place; remembers where each was put."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.places: dict[str, str] = {}

    def word(self, place: str) -> str:
        """Return a canary: letters and digits only, the same in an address, a slug, or JSON."""
        return self._add(f"canari{next(self._numbers):04d}x", place)

    def number(self, place: str) -> str:
        """Return a canary of digits."""
        return self._add(f"7{next(self._numbers):04d}93", place)

    def capitals(self, place: str) -> str:
        """Return a canary that is an acronym."""
        letters = "".join("BCDFGHJKLM"[int(digit)] for digit in f"{next(self._numbers):03d}")
        self.places[f"{letters}QXZ".lower()] = place
        return f"{letters}QXZ"

    def _add(self, canary: str, place: str) -> str:
        self.places[canary] = place
        return canary


def png(text: str) -> bytes:
    """Return an image of one pixel that carries a text."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    header = pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"tEXt", b"Comment\0" + text.encode()),
        (b"IDAT", compress(b"\0\0\0\0")),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def value_of(field: Field, canaries: Canaries | None, place: str) -> str:
    """Return a value of a field as YAML, with a canary in it if the field is to hold one."""
    kind = (field.item or field).type.name
    if field.fields:
        parts = [f"{name}: {value_of(part, canaries, f'{place}.{name}')}" for name, part in _asked(field, canaries)]
        value = "{" + ", ".join(parts) + "}"
        return f"[{', '.join([value] * max(1, field.min or 1))}]" if field.many else value
    value = _FIXED.get(kind) or (next(iter(field.choices), "") if kind == "choice" else "")
    if not value and kind in ("integer", "number"):
        value = canaries.number(place) if canaries and field.max is None else str(field.min or 1)
    elif not value:
        word = canaries.word(place) if canaries else "exemple"
        value = {"email": f"{word}@exemple.invalid", "url": f"https://{word}.exemple.invalid/"}.get(kind, word)
    return f"[{value}]" if field.many else value


_FIXED = {
    "boolean": "oui",
    "date": "2026-03-02",
    "datetime": "2026-03-02 18:00",
    "duration": "3 mois",
    "month": "2026-03",
    "siren": "732829320",
    "tel": "01 23 45 67 89",
    "territory": "26",
    "recurrence": "chaque jeudi",
}
"""Values of the kinds that no canary fits."""


def _asked(field: Field, canaries: Canaries | None) -> Iterator[tuple[str, Field]]:
    """Yield the parts of a group to fill: those that are required, and all that can hold a canary."""
    for name, part in field.fields.items():
        is_file = part.type.name in ("file", "image")
        if not part.is_reference and (part.required or (canaries is not None and not is_file)):
            yield name, part


def pages_of(page_type: PageType, canaries: Canaries) -> dict[str, str]:
    """Return a page of a type of this repository, with canaries in its fields for members, if it has such fields."""
    written = [f for f in page_type.fields.values() if not (f.is_reference or f.is_computed)]
    secret = [f for f in written if f.visibility == "members"]
    if not secret and page_type.visibility == "public":
        return {}
    lines = [f"{page_type.title_field}: Une page de type {page_type.name}"]
    for field in written:
        if field.name == page_type.title_field:
            continue
        if field in secret or page_type.visibility == "members":
            lines.append(f"{field.name}: {value_of(field, canaries, f'{page_type.name}.{field.name}')}")
        elif field.required:
            lines.append(f"{field.name}: {value_of(field, None, '')}")
    sections = "".join(f"\n## {section.title}\n\n1. un\n\n- deux\n" for section in page_type.sections)
    return {f"{page_type.folder}/page.md": "---\n" + "\n".join(lines) + f"\n---\n{sections}"}


KINDS = (
    "text markdown integer number boolean date datetime month duration choice url email tel image file reference "
    "territory siren list group recurrence"
).split()
SAID = [kind for kind in KINDS if kind != "group"]
"""The kinds of fields whose values a message can say."""


def open_type(canaries: Canaries) -> str:
    """Return a public type with a field of each kind for members only, and one group of which a part is."""
    more = {
        "choice": ", of: {a: " + canaries.word("label of a choice") + "}",
        "reference": ", to: [coffre, ouvert], inverse: {name: tenu, label: " + canaries.word("inverse label") + "}",
        "list": ", of: text",
        "group": ", fields: {dedans: {type: text, label: " + canaries.word("label of a part") + "}}",
    }
    fields = "".join(
        f"  f_{kind}: {{type: {kind}, visibility: members, label: {canaries.word(f'label of {kind}')}"
        f"{more.get(kind, '')}}}\n"
        for kind in KINDS
    )
    columns = ", ".join(("titre", "f_text", "tenu", "articles", *COMPUTED))
    facets = ", ".join((*(f"f_{kind}" for kind in KINDS), "famille", "vu", "articles", "tenu", "notes", *COMPUTED))
    return (
        "type: ouvert\nlabel: {one: fiche ouverte, many: fiches ouvertes}\nvisibility: public\n"
        "review_every: 1 month\n"
        f"index: {{view: table, columns: [{columns}], facets: [{facets}], sort: f_text}}\n"
        "gestures:\n  - {id: vu, label: Vu, adds: {to: vu, value: {qui: me, date: today}}}\n"
        "fields:\n  titre: {type: text}\n  resume: {type: text, visibility: members}\n"
        "  alias: {type: text, many: true}\n"
        "  verifie_le: {type: date}\n  verifie_par: {type: reference, to: coffre}\n  famille: {type: text}\n"
        "  articles: {type: list, of: {type: text, visibility: members}}\n"
        "  pas: {type: group, many: true, checklist: true, visibility: members,"
        f" label: {canaries.word('label of a list to tick')}, fields: {{quoi: {{type: text}}}}}}\n"
        "  vu: {type: group, many: true, fields: {qui: {type: reference, to: coffre}, date: {type: month},"
        f" note: {{type: text, visibility: members, label: {canaries.word('label of a part for members')}}}}}}}\n"
        "  dossier: {type: reference, to: [coffre, ouvert], many: true}\n"
        "  plan: {type: image, alt: f_text}\n"
        "  notes_jointes: {type: group, many: true, fields: {piece: {type: file, name: mots}, "
        f"mots: {{type: text, visibility: members, label: {canaries.word('label of the words of a file')}}}}}}}\n"
        "  caves: {type: image, many: true}\n"
        "  chemin: {type: group, many: true, fields: {titre: {type: text}, quoi: {type: text, visibility: members},"
        " vers: {type: reference, to: coffre, many: true}}}\n"
        "  lignes: {type: group, many: true, from: lignes, label: Lignes, fields: {nom: {type: text},"
        f" note: {{type: text, visibility: members, label: {canaries.word('label of a column for members')}}}}}}}\n"
        f"{computed(canaries)}{fields}{linked_data(canaries)}{flags(canaries)}"
        "includes: dossier\nprint: true\nslides: true\n"
        "passport: {steps: chemin, title: titre, text: quoi, pages: vers, page_steps: detail}\n"
    )


COMPUTED = ("calcul", "oui", "compte", "calcul_reserve")


def computed(canaries: Canaries) -> str:
    """Return fields that nobody writes: one for members, and others that only what is for members makes tell more."""
    word = canaries.word
    asked = "f_text or notes or vu.note or count(f_group where dedans) > 0"
    cases = f"[{{when: '{asked}', value: vu}}, {{value: rien}}]"
    return (
        f"  calcul: {{type: choice, of: {{vu: {word('label of a case')}, rien: Rien}}, computed: {cases}}}\n"
        f"  oui: {{type: boolean, computed: '{asked}'}}\n"
        "  compte: {type: integer, computed: 'sum(f_integer)'}\n"
        f"  calcul_reserve: {{type: choice, of: {{vu: {word('label of a case for members')}}}, visibility: members,"
        f" label: {word('label of what is computed for members')}, computed: [{{value: vu}}]}}\n"
    )


def flags(canaries: Canaries) -> str:
    """Return what the public type tells of its pages to those that cite them: each flag needs what is for members."""
    word = canaries.word
    asked = [f"when: f_{kind}, message: '{word(f'flag that asks for {kind}')}'" for kind in KINDS]
    asked += [f"when: titre, message: '{word(f'flag that says {kind}')} {{f_{kind}}}'" for kind in SAID]
    asked += [
        f"when: not f_text, message: '{word('flag that denies a field')}'",
        f"when: notes, message: '{word('flag of a page for members')} {{notes}}'",
        f"when: titre, message: '{word('flag that says who did it')} {{vu.qui}} {{verifie_par}}'",
        f"when: vu.note, message: '{word('flag that asks for a part')} {{vu.note}}'",
    ]
    return "flags:\n" + "".join(f"  - {{{one}}}\n" for one in asked)


def linked_data(canaries: Canaries) -> str:
    """Return what the public type tells to machines: all that it has, as far as each audience may know it."""
    values = "".join(f"    p{kind}: f_{kind}\n" for kind in KINDS if kind != "group")
    word = canaries.word
    return (
        f"linked_data:\n  type: Thing\n  prefixes: {{reserve: 'https://{word('vocabulary')}.exemple.invalid/#'}}\n"
        f"  properties:\n    reserve:{word('property')}: f_text\n    keywords: articles\n"
        f"    genre: {{field: f_choice, values: {{a: {word('word for a choice')}}}}}\n"
        f"    description: resume\n    knows: [tenu, notes, verifie_par]\n{values}"
        "    about: {field: f_group, type: Thing, properties: {name: dedans}}\n"
        "    mentions: {field: vu, type: Action, properties: {agent: qui, description: note}}\n"
    )


def beside(number: int, canaries: Canaries) -> str:
    """Return one of several public pages alike, so that their index has facets and orders."""
    word = canaries.word
    return (
        f"---\ntitre: Voisine {number}\nfamille: {'ab'[number % 2]}\nf_text: {word('text of many')}\n"
        f"f_choice: a\nf_date: 20{26 + number}-03-02\nf_territory: '{38 + number % 2}'\nf_integer: {number % 2}\n"
        f"f_list: [{word('item of many')}]\narticles: [{word('item for members of many')}]\n---\n\nVoir [[ada]].\n"
    )


def unpublished(canaries: Canaries, place: str) -> str:
    """Return a page of the public type that no site shows: a draft, or one that waits for a correction."""
    word = canaries.word
    return (
        f"---\ntitre: {word(f'title of {place}') if place != WAITING else 'En attente'}\n"
        f"famille: {word(f'value of {place}')}\nf_list: [{word(f'item of {place}')}]\n"
        f"alias: [{word(f'alias of {place}')}]\n{'inconnu: oui' if place == WAITING else ''}\n---\n\n"
        f"## {word(f'heading of {place}')}\n\n{word(f'sentence of {place}')} cite [[ada]].\n\n"
        f"```requete\nde: ouvert\ntitre: {word(f'query of {place}')}\n```\n"
    )


DRAFT, LEFT_OUT, WAITING = "a draft", "a page left out", "a page to be mended"
"""What no site shows of, whoever looks."""

CLOSED_TYPE = """\
type: coffre
label: {one: ONE, many: MANY}
visibility: members
index: {view: cards, facets: [detail]}
glossary: {acronym: sigle, definition: detail}
linked_data: {type: Thing, properties: {description: detail, knows: voir}}
flags: [{when: titre, message: "FLAG"}]
fields:
  titre: {type: text}
  sigle: {type: text}
  alias: {type: text, many: true}
  resume: {type: text}
  detail: {type: text}
  voir: {type: reference, to: ouvert, many: true, inverse: {name: notes, label: LABEL}}
  lignes: {type: group, many: true, from: lignes, fields: {nom: {type: text}, part: {type: text}}}
  tresors: {type: group, many: true, from: ROWS, label: TITLE, fields: {nom: {type: text}}}
"""


EVENT_TYPE = """\
type: rendezvous
label: {one: rendez-vous, many: rendez-vous}
visibility: public
event:
  {start: debut, end: fin, recurrence: revient, except: sauf, place: lieu, online: visio, group: par, status: etat}
index: {view: table, columns: [debut, titre, lieu], sort: debut}
linked_data: {type: Event, properties: {location: lieu, organizer: par, startDate: debut}}
fields:
  titre: {type: text}
  resume: {type: text, visibility: members}
  debut: {type: datetime}
  fin: {type: datetime, visibility: members}
  revient: {type: recurrence, visibility: members}
  sauf: {type: date, many: true, visibility: members}
  lieu: {type: text, visibility: members}
  visio: {type: url, visibility: members}
  par: {type: reference, to: [coffre, ouvert], visibility: members, inverse: {name: NAME, label: LABEL}}
  etat: {type: text, visibility: members}
""".replace("NAME", "tient_rendezvous")


def event(canaries: Canaries, title: str, group: str, kind: str = "an event") -> str:
    """Return an event whose every field but its title and its start is for members."""

    def word(place: str) -> str:
        return canaries.word(f"{place} of {kind}")

    return (
        f"---\ntitre: {title}\nresume: {word('summary')}\n"
        "debut: 2026-11-03 18:00\nfin: 2026-11-03 20:07\n"
        f"revient: chaque mardi\nsauf: [2026-11-10]\nlieu: {word('place')}\n"
        f"visio: https://{word('online place')}.exemple.invalid/\npar: {group}\n"
        f"etat: {word('status')}\n---\n\nVenez.\n"
    )


def questions(secret_name: str) -> str:
    """Return a public page that asks, in every view and with every key, for what is for members."""
    asked = [
        "de: coffre\n",
        "de: [coffre, secret]\nvue: tableau\ncolonnes: [titre, resume, detail, voir, cite, cite_par]\n",
    ]
    asked += [f"de: {name}\nvue: {view}\n" for name in ("coffre", "secret") for view in ("cartes", "compteur")]
    for field in (*(f"f_{kind}" for kind in KINDS), *COMPUTED):
        asked += [
            f'de: ouvert\nou: "{field}"\ntri: [-{field}]\nvue: tableau\ncolonnes: [titre, {field}]\n',
            f"de: ouvert\nvue: tableau\ngroupe_par: {field}\n",
            f"de: ouvert\ncolonnes: [{field}, resume]\n",
            f"de: ouvert\nvue: cartes\ncolonnes: [{field}, tenu, notes, verifie_par, vu.note, vu.qui]\n",
            f"de: ouvert\nvue: cartes\ngroupe_par: {field}\n",
            f"de: ouvert\nvue: matrice\nlignes: {field}\ncolonnes: titre\n",
            f"de: ouvert\nvue: matrice\nlignes: titre\ncolonnes: {field}\ncellule: nombre\n",
            f"de: ouvert\nvue: compteur\ngroupe_par: {field}\n",
            f"de: ouvert\nvue: graphique\ngroupe_par: {field}\nseries: {field}\n",
            f"de: ouvert\nvue: graphique\ngroupe_par: titre\ncalcul: nombre\nchamp: {field}\n",
        ]
    for calculation in ("somme", "moyenne", "minimum", "maximum"):
        numbers = f"calcul: {calculation}\nchamp: f_integer\n"
        asked += [
            f"de: ouvert\nvue: compteur\n{numbers}",
            f"de: ouvert\nvue: graphique\ngroupe_par: titre\n{numbers}",
            f"de: ouvert\nvue: jauge\n{numbers}sur: 12\nseuil: 5\n",
        ]
    asked += [
        "de: ouvert\nvue: carte\nterritoire: f_territory\n",
        *(f"de: ouvert\nvue: agenda\nchamp: f_{kind}\ndu: 2026-03-01\n" for kind in ("date", "datetime")),
        "de: [rendezvous, secret]\nvue: agenda\ndu: 2026-11-01\n",
        "de: ouvert\npour_chaque: vu\nvue: tableau\ncolonnes: [titre, vu.qui, vu.note]\ntri: vu.note\n",
        "de: ouvert\npour_chaque: f_group\nvue: tableau\ncolonnes: [titre, f_group.dedans]\n",
        f"ou: \"cite = '{secret_name}' or verifie_par = '{secret_name}'\"\n",
        'ou: "cite_par.detail or notes.detail"\nvue: tableau\ncolonnes: [titre, cite_par.detail, notes.detail]\n',
        'ou: "type = coffre"\nvue: compteur\ngroupe_par: type\n',
        'de: ouvert\nou: "count(f_group where dedans) > 0 or count(notes) > 0"\nvue: cartes\ncolonnes: [f_group]\n',
        "de: ouvert\nvue: tableau\ncolonnes: [plan, caves, notes_jointes, notes_jointes.piece, notes_jointes.mots]\n",
        'de: ouvert\nou: "share(f_integer where f_text) = 100"\nvue: tableau\ncolonnes: [titre, f_integer]\n',
        "de: coffres\n",
    ]
    blocks = "\n".join(f"```requete\n{one}```\n" for one in asked)
    return f"---\ntitre: Questions\n---\n\n{blocks}"


def loosened(text: str) -> str:
    """Return a `_type.yml` without what it asks of its pages: one with a canary in each field need not make sense."""
    text = re.sub(r"^rules:\n(?:(?: .*)?\n)*", "", text, flags=re.MULTILINE)
    return re.sub(
        r"\b(?:required: true|min: \d+)(?:, |(?=\}))",
        "",
        re.sub(r"^ +required: true\n", "", text, flags=re.MULTILINE),
    )


def write_wiki(root: Path, canaries: Canaries) -> Path:
    """Write the wiki, and record it in git under names and words that are canaries too."""
    word = canaries.word
    secret_name, renamed, removed = word("file name"), word("old file name"), word("removed file name")
    title, acronym = word("title"), canaries.capitals("acronym of a term for members")
    unknown = canaries.capitals("acronym that only members use")
    rows = word("name of a file of rows for members")
    image, file, cellar = word("image of members"), word("file of a field"), word("image beside pages for members")
    files = {
        "mkdocs.yml": CONFIG,
        f"{PLAIN}/_type.yml": open_type(canaries),
        "docs/coffre/_type.yml": CLOSED_TYPE.replace("LABEL", word("inverse label of a type for members"))
        .replace("ONE", word("label of a type for members"))
        .replace("ROWS", rows)
        .replace("TITLE", word("title of a list of rows for members"))
        .replace("FLAG", word("flag of a type for members"))
        .replace("MANY", word("label of a collection for members")),
        "docs/coffre/index.md": f"# {word('cover of a collection for members')}\n",
        f"docs/coffre/{secret_name}.md": (
            f"---\ntitre: {title}\nsigle: {acronym}\nalias: [{word('alias')}]\nresume: {word('summary')}\n"
            f"detail: {word('definition')}\nvoir: [ada]\nlignes: [un]\ntresors: [or]\n---\n\n"
            f"# {title}\n\n## {word('heading')}\n\n"
            f"{word('sentence that cites')} [[ada]]. Puis [[{word('wanted page')}]] et [[{word('wanted again')}]], "
            f"{unknown} et {unknown}, {{{{ cae.reglage }}}} {{{{ faits.seuil }}}} "
            f"{{{{ cae.{word('unknown variable')} }}}}. ^"
            f"{word('block mark')}\n\n"
            f"```requete\nde: ouvert\ntitre: {word('title of a query')}\n```\n\n"
            f"![](../images/{image}.png) [[voisin:{word('neighbour link')}]]\n"
        ),
        "docs/coffre/fautive.md": (
            f"---\ntitre: {word('title of a faulty page')}\ncouleur: {word('faulty value')}\n---\n"
        ),
        f"{PLAIN}/ada.md": open_page(canaries, secret_name, title, file, cellar),
        f"{PLAIN}/bob.md": (
            f"---\ntitre: Bob\nf_integer: {word('value that is no integer')}\n---\n\nVoir [[ada]] et [[fautive]].\n"
        ),
        f"{PLAIN}/titre.md": f"# Voir [[{secret_name}]]\n\n## Encore [[{secret_name}]]\n",
        f"{PLAIN}/eve.md": "---\ntitre: Ève\n---\n\nÈve écrit à [[ada]]. Une [[page à écrire]].\n",
        **{f"{PLAIN}/voisine-{number}.md": beside(number, canaries) for number in range(6)},
        f"{PLAIN}/brouillon-{word(f'name of {DRAFT}')}.md": unpublished(canaries, DRAFT),
        f"{PLAIN}/exclu-{word(f'name of {LEFT_OUT}')}.md": unpublished(canaries, LEFT_OUT),
        f"{PLAIN}/en-attente.md": unpublished(canaries, WAITING),
        "docs/rendezvous/brouillon-reunion.md": event(canaries, word(f"title of {DRAFT}"), "ada", DRAFT),
        "docs/_cae.yml": "nom: La Fuite\nreglage: douze\nvide: ''\n",
        "docs/_faits.yml": "seuil: {valeur: douze, valable_au: 2026-01-01, source: La loi}\n",
        "docs/_lignes.yml": (
            f"un: {{nom: Une ligne, note: {word('column of rows for members')},"
            f" part: {word('column of a type for members')}}}\n"
        ),
        f"docs/_{rows}.yml": f"or: {{nom: {word('row of a type for members')}}}\n",
        "docs/_redirections.yml": f"coffre/{word('old path to a page for members')}.md: coffre/{secret_name}\n",
        "docs/questions.md": questions(secret_name),
        "docs/rendezvous/_type.yml": EVENT_TYPE.replace("LABEL", word("inverse label of events")),
        "docs/rendezvous/ouvert.md": event(canaries, "Une réunion ouverte", secret_name),
        "docs/secrets/_type.yml": EVENT_TYPE.replace("LABEL", word("inverse label of secret events"))
        .replace("rendezvous", "secret")
        .replace("visibility: public", "visibility: members"),
        f"docs/secrets/{word('file name of an event')}.md": event(canaries, word("title of an event"), "ada"),
        "docs/index.md": f"# Accueil\n\nVers [[{secret_name}|un mot]], [[eve]] et [ici](coffre/{secret_name}.md).\n",
    }
    types = sorted({*ROOT.glob("*/_type.yml"), *ROOT.glob("docs/**/_type.yml")})
    for path in types:
        files[path.relative_to(ROOT).as_posix()] = loosened(path.read_text("utf-8"))
    schema, _ = load_schema([SourceFile.from_text(name, text) for name, text in files.items() if "_type" in name])
    for page_type in schema.by_folder.values():
        if page_type.name not in ("ouvert", "coffre"):
            files |= pages_of(page_type, canaries)
    write_files(root, files)
    (root / "docs/images").mkdir()
    (root / f"docs/images/{image}.png").write_bytes(png(word("metadata of an image of members")))
    (root / f"{PLAIN}/{file}.png").write_bytes(png(word("metadata of an image of a field")))
    (root / f"docs/coffre/{cellar}.png").write_bytes(png(word("metadata of an image beside pages for members")))
    (root / f"{PLAIN}/plan.png").write_bytes(png("plan"))
    (root / f"{PLAIN}/plan.pdf").write_bytes(b"plan")
    (root / f"{PLAIN}/{file}.pdf").write_bytes(word("content of a file of a field").encode())
    _record(root, canaries, renamed, removed, secret_name)
    return root


def open_page(canaries: Canaries, secret_name: str, title: str, file: str, cellar: str) -> str:
    """Return a public page: canaries in all its fields for members, and links to what is for members."""
    word, number = canaries.word, canaries.number
    values = {
        "text": word("text"),
        "markdown": word("markdown"),
        "integer": number("integer"),
        "number": number("number"),
        "boolean": "oui",
        "date": "2026-03-02",
        "datetime": "2026-03-02 18:00",
        "month": "2026-03",
        "duration": "3 mois",
        "choice": "a",
        "url": f"https://{word('url')}.exemple.invalid/",
        "email": f"{word('email')}@exemple.invalid",
        "tel": "01 23 45 67 89",
        "file": f"{file}.pdf",
        "image": f"{file}.png",
        "reference": f"coffre/{secret_name}",
        "territory": "26",
        "siren": "732829320",
        "list": f"[{word('item of a list')}]",
        "group": f"{{dedans: {word('part of a group')}}}",
        "recurrence": "chaque jeudi",
    }
    fields = "".join(f"f_{kind}: {value}\n" for kind, value in values.items())
    return (
        f"---\ntitre: Ada\nresume: {word('summary for members of a public page')}\nverifie_le: 2026-01-02\n"
        f"verifie_par: {secret_name}\narticles: [{word('item for members of a list')}, un]\n"
        f"dossier: [{secret_name}, eve]\nplan: plan.png\ncaves: [../coffre/{cellar}.png]\n"
        f"notes_jointes:\n  - {{piece: plan.pdf, mots: {word('words of a file for members')}}}\n"
        f"chemin:\n  - {{titre: Un, quoi: {word('step of a passport')}, vers: [{secret_name}]}}\n"
        f"  - {{quoi: {word('whole step of a passport')}}}\n"
        f"pas:\n  - {{quoi: {word('step of a list to tick')}}}\nlignes: [un]\nvu:\n"
        f"  - {{qui: {secret_name}, date: 2026-02,"
        f" note: {word('part for members')}}}\n{fields}---\n\n"
        f"Ada cite [[{secret_name}]], [[{title}|un mot]], [[{secret_name}#^x]], ![[{secret_name}]] "
        f"et [ce chemin](../coffre/{secret_name}.md).\n\n![[{secret_name}]]\n\n"
        "## Une section\n\nÈve le dit : [[eve]]. {{ cae.reglage }} {{ cae.vide }}\n"
    )


def _record(root: Path, canaries: Canaries, renamed: str, removed: str, kept: str) -> None:
    """Commit the wiki: a page renamed and one removed, authors who are known to members only."""
    author, subject, mail = (canaries.word(f"{what} of a commit") for what in ("author", "subject", "address"))
    identity = ["-c", f"user.name={author}", "-c", f"user.email={mail}@exemple.invalid"]

    def git(*arguments: str) -> None:
        command = ["git", *identity, "-c", "init.defaultBranch=main", *arguments]
        subprocess.run(command, cwd=root, check=True, capture_output=True)

    kept_file = root / f"docs/coffre/{kept}.md"
    old, gone = root / f"docs/coffre/{renamed}.md", root / f"{PLAIN}/{removed}.md"
    kept_file.rename(old)
    gone.write_text("---\ntitre: Partie\n---\n")
    git("init")
    git("add", "--all")
    git("commit", "--message", subject)
    old.rename(kept_file)
    gone.unlink()
    git("add", "--all")
    git("commit", "--message", f"{subject} encore")
