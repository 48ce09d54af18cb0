"""Small random wikis with every kind of value, and random conditions to ask of them."""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

TODAY = date(2026, 5, 1)
FOLDERS = {"fiche": "docs/fiches", "autre": "docs/autres", "note": "docs/notes"}
TYPES = {
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
aliases: noms
index: {view: list, sort: rang}
fields:
  titre: {type: text, required: true}
  resume: text
  noms: {type: text, many: true, visibility: members}
  mot: {type: text, many: true}
  choix: {type: choice, of: {a: "Premier", b: "Bis", c: "Ça"}}
  rang: integer
  prix: number
  oui: boolean
  vus: {type: integer, computed: "count(vu_par where cache or rang > 0)"}
  part: {type: number, computed: "share(lien.prix where oui)"}
  grand: {type: boolean, computed: "vus > 1 or count(tenu) > 0"}
  niveau: {type: choice, of: {a: "Haut", b: "Moyen", c: "Bas"}, computed: [{when: "cache or grand", value: a},
    {when: "lien.vus >= 1", value: c}, {when: "vus", value: b}]}
  tu: {type: boolean, visibility: members, computed: "oui"}
  jour: date
  mois: month
  moment: datetime
  delai: duration
  lien: {type: reference, to: [fiche, autre, note], many: true, inverse: {name: vu_par, label: "Vu par"}}
  suivi: {type: group, many: true, fields: {qui: {type: reference, to: fiche, inverse: {name: suivi_par, label: S}},
    note: integer, le: date, cachee: {type: text, visibility: members}}}
  cache: {type: text, visibility: members}
  secret: {type: reference, to: [fiche, autre], visibility: members, inverse: {name: tenu, label: "Tenu"}}
""",
    "docs/autres/_type.yml": """\
type: autre
label: {one: autre, many: autres, gender: m}
fields:
  titre: {type: text, required: true}
  rang: text
  choix: {type: choice, of: [c, d]}
  jour: month
  lien: {type: reference, to: [fiche, autre], inverse: {name: cite_ici, label: "Cité ici"}}
  cache: {type: text, visibility: members}
""",
    "docs/notes/_type.yml": """\
type: note
label: {one: note, many: notes, gender: f}
visibility: members
fields:
  titre: {type: text, required: true}
  rang: integer
  choix: {type: choice, of: [a, c]}
  lien: {type: reference, to: [fiche, autre], inverse: {name: notes, label: "Notes"}}
""",
}
TITLES = ("Été", "Pain", "Coopérateur·trice", "Zèbre", "œuvre", "pain bis", "A | b", "<b>gras</b>")
WORDS = ("été", "ETE", "pain", "hiver", "coopératrice", "Coopérateur·trice", "bis")
DAYS = ("2026-04-30", "2026-05-01", "2026-05-02", "2026-06-30", "2025-05-01")
MONTHS = ("2026-04", "2026-05", "2025-05")
MOMENTS = ("2026-05-01 18:30", "2026-05-02T08:00:00+02:00", "2025-12-31 00:00")
DURATIONS = ("1 mois", "30 jours", "45 minutes", "2 ans")
NUMBERS = ("-1", "0", "1", "2")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A page as its author thinks of it. `hidden` are fields for members; `slip` keeps the page out."""

    kind: str
    title: str
    fields: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Reference fields, each with the numbers of the pages it names."""
    rows: tuple[tuple[int, str, str, str], ...] = ()
    body: tuple[int, ...] = ()
    """The numbers of the pages that its text names."""
    slip: bool = False


Wiki = tuple[Draft, ...]


def name(number: int) -> str:
    return f"p{number}"


def path(wiki: Wiki, number: int) -> str:
    return f"{FOLDERS[wiki[number].kind]}/{name(number)}.md"


def files(wiki: Wiki, *, left_out: frozenset[int] = frozenset()) -> dict[str, str]:
    """Return the texts of a wiki without some of its pages, and without the links to these."""
    texts = dict(TYPES)
    for number in range(len(wiki)):
        if number not in left_out:
            texts[path(wiki, number)] = _text(number, wiki, left_out)
    return texts


def _text(number: int, wiki: Wiki, left_out: frozenset[int]) -> str:
    draft = wiki[number]
    lines = [f"titre: '{draft.title}'", *(f"{key}: {value.format(number=number)}" for key, value in draft.fields)]
    for key, targets in draft.links:
        is_many = (draft.kind, key) == ("fiche", "lien")
        kinds = ("fiche", "autre", "note") if is_many else ("fiche", "autre")
        named = [n for n in dict.fromkeys(targets) if n < len(wiki) and wiki[n].kind in kinds]
        kept = [name(n) for n in (named if is_many else named[:1]) if n not in left_out]
        if kept:
            lines.append(f"{key}: [{', '.join(kept)}]" if is_many else f"{key}: {kept[0]}")
    rows = [_row(row, wiki, left_out) for row in draft.rows]
    if rows:
        lines += ["suivi:", *rows]
    if draft.slip:
        lines.append("inconnu_du_type: 1")
    links = [f"[[{name(n)}]]" for n in draft.body if n < len(wiki) and n not in left_out]
    return "---\n" + "\n".join(lines) + f"\n---\n\nVoir {' et '.join(links)}.\n"


def _row(row: tuple[int, str, str, str], wiki: Wiki, left_out: frozenset[int]) -> str:
    who, note, day, hidden = row
    is_named = who < len(wiki) and wiki[who].kind == "fiche" and who not in left_out
    parts = [f"qui: {name(who)}" if is_named else "", f"note: {note}", f"le: {day}", hidden and f"cachee: {hidden}"]
    return "  - {" + ", ".join(filter(None, parts)) + "}"


def seen_by_all(wiki: Wiki) -> tuple[Wiki, frozenset[int]]:
    """Return a wiki as if nothing had been written in it that the public is not shown; and the pages to leave out."""
    left_out = frozenset(number for number, draft in enumerate(wiki) if draft.kind == "note")
    return tuple(_shown(draft) for draft in wiki), left_out


def _shown(draft: Draft) -> Draft:
    if draft.slip:
        return Draft(kind=draft.kind, title=draft.title, slip=True)
    return replace(
        draft,
        fields=tuple((key, value) for key, value in draft.fields if key not in ("cache", "noms")),
        links=tuple((key, targets) for key, targets in draft.links if key != "secret"),
        rows=tuple((who, note, day, "") for who, note, day, _ in draft.rows),
    )


numbers = st.integers(0, 7)
several = st.lists(numbers, max_size=3).map(tuple)
of_kind = {
    "fiche": {
        "resume": st.sampled_from(WORDS),
        "noms": st.just("[nom {number}]"),
        "mot": st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(lambda words: f"[{', '.join(words)}]"),
        "choix": st.sampled_from("abc"),
        "rang": st.sampled_from(NUMBERS),
        "prix": st.sampled_from((*NUMBERS, "1.5")),
        "oui": st.sampled_from(("oui", "non")),
        "jour": st.sampled_from(DAYS),
        "mois": st.sampled_from(MONTHS),
        "moment": st.sampled_from(MOMENTS),
        "delai": st.sampled_from(DURATIONS),
        "cache": st.sampled_from(WORDS),
    },
    "autre": {
        "rang": st.sampled_from((*NUMBERS, *WORDS)),
        "choix": st.sampled_from("cd"),
        "jour": st.sampled_from(MONTHS),
        "cache": st.sampled_from(WORDS),
    },
    "note": {"rang": st.sampled_from(NUMBERS), "choix": st.sampled_from("ac")},
}


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    kind = draw(st.sampled_from(("fiche", "fiche", "fiche", "autre", "autre", "note")))
    known = of_kind[kind]
    keys = draw(st.lists(st.sampled_from(sorted(known)), unique=True))
    links = [("lien", draw(several))] + ([("secret", draw(several))] if kind == "fiche" else [])
    row = st.tuples(numbers, st.sampled_from(NUMBERS), st.sampled_from(DAYS), st.sampled_from(("", *WORDS)))
    return Draft(
        kind=kind,
        title=draw(st.sampled_from(TITLES)),
        fields=tuple((key, draw(known[key])) for key in keys),
        links=tuple(links),
        rows=tuple(draw(st.lists(row, max_size=2))) if kind == "fiche" else (),
        body=draw(several),
        slip=draw(st.integers(0, 5)) == 0,
    )


wikis = st.lists(drafts(), min_size=3, max_size=8).map(tuple)

# --- Conditions: paths and values of one sort are compared ----------------------------------------------------------

_TEXTS = ("titre", "mot", "resume", "lien.titre", "vu_par.mot", "id", "type", "cache", "suivi.cachee", "this.titre")
_CHOICES = ("niveau", "lien.niveau", "choix", "lien.choix", "this.choix", "vu_par.choix")
_COUNTS = (
    "rang",
    "prix",
    "suivi.note",
    "lien.rang",
    "this.rang",
    "notes.rang",
    "suivi.qui.prix",
    "this.suivi.note",
    "vus",
    "part",
)
_TIMES = ("jour", "mois", "moment", "suivi.le", "lien.jour", "this.jour", "cite.mois", "this.suivi.le")
_LENGTHS = ("delai", "lien.delai", "this.delai")
_PAGES = (
    "lien",
    "this",
    "vu_par",
    "cite",
    "cite_par",
    "suivi.qui",
    "suivi_par",
    "this.lien",
    "secret",
    "notes",
    "tenu",
)
_MEASURES = (
    "count(lien)",
    "count(mot)",
    "count(suivi)",
    "count(lien.mot)",
    "count(lien.lien)",
    "count(vu_par where rang > 0 or not oui)",
    "count(cite where lien = this)",
    "count(suivi where note >= 1 and qui.oui)",
    "count(suivi where cachee)",
    "count(lien.suivi where le >= today)",
    "count(notes)",
    "count(vu_par where niveau = a or tu)",
    "sum(lien.vus)",
    "count(tenu where cache)",
    "count(vu_par where count(lien) > 1)",
    "count(this.lien where choix = a)",
    "count(this.suivi)",
    "sum(rang)",
    "sum(suivi.note where not cachee)",
    "sum(vu_par.prix)",
    "sum(rang where choix = a)",
    "sum(this.vu_par.prix where oui)",
    "share(suivi.qui.prix where oui)",
    "share(vu_par.prix where cache)",
    "share(suivi.note where le < today)",
    "min(suivi.note)",
    "max(vu_par.prix where lien = this)",
)
_RANKS = ("min(suivi.le)", "max(vu_par.jour)", "max(suivi.qui.moment where oui)", "min(this.suivi.le where note > 0)")
_FLAGS = ("oui", "lien.oui", "grand", "vu_par.grand", "this.grand", "tu")
_EQUALS = ("=", "!=", "in", "contains")
_ORDERS = (*_EQUALS, "<", "<=", ">", ">=")


def _tests(paths: tuple[str, ...], values: tuple[str, ...], operators: tuple[str, ...]) -> st.SearchStrategy[str]:
    value = st.sampled_from(values)
    listed = st.lists(value, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    other = st.one_of(value, value, listed, st.sampled_from(paths))
    return st.builds("{} {} {}".format, st.sampled_from(paths), st.sampled_from(operators), other)


_days = tuple(f"today {shift}" for shift in ("", "+ 1 jour", "- 2 mois", "- 1 an", "-1 days"))
tests = st.one_of(
    _tests(_TEXTS, tuple(f'"{word}"' for word in (*WORDS, "e", "fiche", "p1")), _EQUALS),
    _tests(_CHOICES, ("a", "b", "c"), _EQUALS),
    _tests(_COUNTS, NUMBERS, _ORDERS),
    _tests(_MEASURES, (*NUMBERS, "50"), _ORDERS),
    _tests((*_COUNTS[:3], *_MEASURES), (*_MEASURES, *NUMBERS), _ORDERS),
    _tests(_RANKS, (*_days, *_days, *_RANKS), _ORDERS),
    st.sampled_from((*_MEASURES, *_RANKS)),
    _tests(_TIMES, (*_days, *_days), _ORDERS),
    _tests(("jour", "suivi.le"), DAYS, _ORDERS),
    _tests(("mois",), MONTHS, _ORDERS),
    _tests(_LENGTHS, tuple(f'"{length}"' for length in DURATIONS), _ORDERS),
    _tests(_PAGES, ("p1", "p2", '"Pain"', '"été"', '"nom 2"', '"nom 1"', '"œuvre"'), _EQUALS),
    _tests(_FLAGS, ("oui", "non"), ("=", "!=", "in")),
    st.sampled_from((*_TEXTS, *_CHOICES, *_COUNTS, *_TIMES, *_LENGTHS, *_PAGES, *_FLAGS, "suivi")),
    st.builds("{} {} rang".format, st.sampled_from(('"1"', "0")), st.sampled_from(("=", "<", ">="))),
    st.builds("today {} jour".format, st.sampled_from(("=", "<", ">=", "!="))),
)
conditions = st.recursive(
    tests,
    lambda inner: (
        inner.map("not ({})".format)
        | st.builds("({}) and ({})".format, inner, inner)
        | st.builds("({}) or ({})".format, inner, inner)
    ),
    max_leaves=4,
)
