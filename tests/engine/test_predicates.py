"""Conditions: how they read, where they are wrong, what their words mean, and when they hold."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.graph.query import Item, Query
from essaim.schema.conditions import Condition, Problem
from essaim.schema.load import load_schema
from essaim.schema.model import Schema
from essaim.schema.paths import Scope
from essaim.schema.predicates import bind_condition
from essaim.source import SourceFile
from essaim.syntax.predicate import All, AnyOf, ListOf, Measure, Not, PredicateError, Text, Word, parse_predicate
from essaim.syntax.predicate import Test as Comparison  # pytest would take a Test for a test
from essaim.workspace import Analysis
from tests.conftest import in_less_than, read_wiki

# --- How they read -------------------------------------------------------------------------------------------------


def shown(item: object) -> str:
    """Write a tree with all its parentheses; texts are quoted, words are not."""
    match item:
        case Comparison(left, None, None):
            return shown(left)
        case Comparison(left, operator, right):
            return f"({shown(left)} {operator} {shown(right)})"
        case Not(Not() as inner):
            return f"not ({shown(inner)})"
        case Not(inner):
            return f"not {shown(inner)}"
        case All(items):
            return "(" + " and ".join(map(shown, items)) + ")"
        case AnyOf(items):
            return "(" + " or ".join(map(shown, items)) + ")"
        case ListOf(items):
            return "[" + ", ".join(map(shown, items)) + "]"
        case Word(text):
            return text
        case Measure(function, path, None):
            return f"{function}({shown(path)})"
        case Measure(function, path, where):
            return f"{function}({shown(path)} where {shown(where)})"
        case Text(text):
            return f"'{text}'"
    return repr(item)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("titre", "titre"),
        ("etat = proposee", "(etat = proposee)"),
        ("a=1", "(a = '1')"),
        ("a != 1 and b <= 2", "((a != '1') and (b <= '2'))"),
        ("a and b or c and d", "((a and b) or (c and d))"),
        ("a or b and c or d", "(a or (b and c) or d)"),
        ("a and (b or c)", "(a and (b or c))"),
        ("not a and b", "(not a and b)"),
        ("not (a and b)", "not (a and b)"),
        ("not not a", "a"),
        ("not not not a = 1", "not (a = '1')"),
        ("((a))", "a"),
        ("etape.suivante.fin >= today", "(etape.suivante.fin >= today)"),
        ("portee in [loi, 'les deux', 3]", "(portee in [loi, 'les deux', '3'])"),
        ("mots contains []", "(mots contains [])"),
        ("mots contains [a,]", "(mots contains [a])"),
        ("n > -1.5", "(n > '-1.5')"),
        ("jour < 2026-05-01", "(jour < '2026-05-01')"),
        ("moment = 2026-05-01T18:30:00+02:00", "(moment = '2026-05-01T18:30:00+02:00')"),
        ('titre = "L\'été : #1"', "(titre = 'L'été : #1')"),
        (r'titre = "dit \"oui\" \\ non"', r"(titre = 'dit \"oui\" \ non')".replace('\\"', '"')),
        ("titre = 'and'", "(titre = 'and')"),
        ("'=' = titre", "('=' = titre)"),
        ("relu-le = été_2", "(relu-le = été_2)"),
        ("  a\n  and\tb ", "(a and b)"),
        ("andre = oral", "(andre = oral)"),
        ("count(a) > 2", "(count(a) > '2')"),
        ("count( a.b where c=1 or d )", "count(a.b where ((c = '1') or d))"),
        ("count(a where count(b where c) > 1) = sum(d)", "(count(a where (count(b where c) > '1')) = sum(d))"),
        ("count = sum and where = 1", "((count = sum) and (where = '1'))"),
        ("not share(where where where) < min(max)", "not (share(where where where) < min(max))"),
        ("3 in [count(a), b]", "('3' in [count(a), b])"),
    ],
)
def test_a_condition_reads(text: str, tree: str) -> None:
    assert shown(parse_predicate(text)) == tree


@pytest.mark.parametrize(
    ("text", "start", "end", "problem"),
    [
        ("", 0, 1, "il manque la suite"),
        ("a =", 3, 4, "il manque la suite"),
        ("a and", 5, 6, "il manque la suite"),
        ("(a", 2, 3, "il manque la suite"),
        ("a in [b", 7, 8, "il manque la suite"),
        ("a b", 2, 3, "« b » n'est pas attendu ici : mettez entre guillemets un texte de plusieurs mots"),
        ("a et b", 2, 4, "« et » n'est pas attendu ici : écrivez « and »"),
        ("a = today + 3", 13, 14, "après « today » et un nombre, il faut days, weeks, months ou years"),
        ("a = today + b", 12, 13, "« b » n'est pas attendu ici"),
        ("a = b = c", 6, 7, "« = » n'est pas attendu ici"),
        ("and a", 0, 3, "« and » n'est pas attendu ici"),
        ("a or or b", 5, 7, "« or » n'est pas attendu ici"),
        ("a == b", 3, 4, "« = » n'est pas attendu ici"),
        ("a = (b)", 4, 5, "« ( » n'est pas attendu ici"),
        ("a)", 1, 2, "« ) » n'est pas attendu ici"),
        ("a in [b c]", 8, 9, "« c » n'est pas attendu ici : mettez entre guillemets un texte de plusieurs mots"),
        ("a in [,]", 6, 7, "« , » n'est pas attendu ici"),
        ("a not in [b]", 2, 5, "« not » n'est pas attendu ici"),
        ("a ? b", 2, 3, "le signe « ? » n'a pas de sens ici"),
        ("a = 🐝", 4, 5, "le signe « 🐝 » n'a pas de sens ici"),
        ("a = 'b", 4, 5, "le signe « ' » n'a pas de sens ici"),
        ("a..b", 1, 2, "le signe « . » n'a pas de sens ici"),
        ("(" * 50 + "a", 40, 41, "trop de parenthèses s'emboîtent"),
        ("count(a where " * 50 + "b", 560, 565, "trop de parenthèses s'emboîtent"),
        ("count(", 6, 7, "il manque la suite"),
        ("count()", 6, 7, "« ) » n'est pas attendu ici"),
        ("count(a where)", 13, 14, "« ) » n'est pas attendu ici"),
        ("count(a where b", 15, 16, "il manque la suite"),
        ("count(a si b)", 8, 10, "il faut « where » et une condition après le champ"),
        ("share(a) < 50", 7, 8, "il faut « where » et une condition après le champ"),
        ("sum(count(a))", 4, 9, "« count » n'est pas attendu ici"),
        ("somme(a) > 1", 0, 5, "« somme » n'est pas un calcul : écrivez « sum »"),
        ("mean(a) > 1", 0, 4, "« mean » n'est pas un calcul : on calcule avec count, sum, share, min ou max"),
    ],
)
def test_a_condition_that_does_not_read_says_where(text: str, start: int, end: int, problem: str) -> None:
    assert parse_predicate(text) == PredicateError(problem, start, end)


TOKENS = (
    "a",
    "b.c",
    "count",
    "share",
    "where",
    "and",
    "or",
    "not",
    "in",
    "contains",
    "=",
    "!=",
    "<",
    ">=",
    "(",
    ")",
    "[",
    "]",
    ",",
    "'x'",
    "1",
)


@settings(derandomize=True, max_examples=1000)
@given(st.lists(st.sampled_from(TOKENS), max_size=12).map(" ".join) | st.text(max_size=30))
def test_any_text_is_a_condition_or_a_mistake_in_its_bounds(text: str) -> None:
    with in_less_than(1):
        result = parse_predicate(text)
    if isinstance(result, PredicateError):
        assert 0 <= result.start < result.end <= len(text) + 1
    else:
        assert parse_predicate(shown(result)) is not None


@settings(derandomize=True, max_examples=300)
@given(
    st.recursive(
        st.sampled_from(("a", "b = 1", "c.d in [x, y]", "n <= 2", "t contains 'et'")),
        lambda inner: (
            inner.map("not ({})".format)
            | st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + ") and (".join(parts) + ")")
            | st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + ") or (".join(parts) + ")")
        ),
        max_leaves=6,
    )
)
def test_what_is_shown_reads_the_same(text: str) -> None:
    tree = parse_predicate(text)
    assert not isinstance(tree, PredicateError)
    assert shown(parse_predicate(shown(tree))) == shown(tree)


def test_a_thousand_conditions_read_at_once() -> None:
    text = " or ".join(f"(a = {n} and not b.c in [x, y])" for n in range(1000))
    assert isinstance(parse_predicate(text), AnyOf)


# --- What their words mean -----------------------------------------------------------------------------------------

TYPES = {
    "docs/etapes": """\
type: etape
fields:
  titre: text
  fin: date
  suivante: {type: reference, to: etape, inverse: avant}
""",
    "docs/demarches": """\
type: demarche
fields:
  titre: text
  portee: {type: choice, of: {loi: "Loi", cae: "Notre CAE"}}
  rang: integer
  prix: number
  ouverte: boolean
  jour: date
  mois: month
  moment: datetime
  delai: duration
  mots: {type: text, many: true}
  etape: {type: reference, to: etape, inverse: {name: demarches, label: D}}
  voir: {type: reference, to: [etape, demarche], many: true, inverse: vu_par}
  suivi: {type: group, many: true, fields: {qui: {type: reference, to: etape}, note: integer}}
""",
}


def schema() -> Schema:
    sources = [SourceFile.from_text(f"{folder}/_type.yml", text) for folder, text in TYPES.items()]
    loaded, found = load_schema(sources)
    assert not found
    return loaded


def bind(text: str, name: str = "demarche") -> Condition | Problem:
    types = schema()
    return bind_condition(
        text, Scope(page_types=(types.types[name],), types=types.types, inverses_of=types.inverses_of)
    )


@pytest.mark.parametrize(
    ("text", "kind", "wrong", "suggestion"),
    [
        ("a =", "syntax", "", None),
        ("[a] = titre", "syntax", "[a]", None),
        ("tirte = x", "field", "tirte", "titre"),
        ("titre and ouvert", "field", "ouvert", "ouverte"),
        ("etape.titr = x", "field", "etape.titr", "etape.titre"),
        ("etap.titre = x", "field", "etap.titre", "etape.titre"),
        ("étape.fin = today", "field", "étape.fin", "etape.fin"),
        ("suivi.notes = 1", "field", "suivi.notes", "suivi.note"),
        ("suivi.qui.fon = today", "field", "suivi.qui.fon", "suivi.qui.fin"),
        ("etape.avan.titre = x", "field", "etape.avan.titre", "etape.avant.titre"),
        ("titre.long = x", "field", "titre.long", None),
        ("id.titre = x", "field", "id.titre", None),
        ("zzz", "field", "zzz", None),
        ("portee = lois", "type", "lois", "loi"),
        ('portee = "Notre CAE"', "type", '"Notre CAE"', "cae"),
        ("portee in [loi, cea]", "type", "cea", "cae"),
        ("portee = tirte", "type", "tirte", "titre"),
        ("rang > deux", "type", "deux", None),
        ("rang = 1.5", "type", "1.5", None),
        ("prix < '1,5'", "type", "'1,5'", "1.5"),
        ("jour > 2026-02-30", "type", "2026-02-30", None),
        ("jour > '1er mai 2026'", "type", "'1er mai 2026'", "2026-05-01"),
        ("mois = 2026-05-01", "type", "2026-05-01", "2026-05"),
        ("delai < longtemps", "type", "longtemps", None),
        ("ouverte = peut-être", "type", "peut-être", None),
        ("titre < z", "type", "titre", None),
        ("portee >= loi", "type", "portee", None),
        ("'a' < titre", "type", "titre", None),
        ("2026-02-30 < jour", "type", "2026-02-30", None),
        ("today > demain", "type", "demain", None),
        ("today >= '1er mai'", "type", "'1er mai'", None),
        ("count(suivis) > 1", "field", "suivis", "suivi"),
        ("count(suivi where notes = 1) > 1", "field", "notes", "note"),
        ("count(suivi where titre) > 1", "field", "titre", None),
        ("count(suivi where note > deux) > 1", "type", "deux", None),
        ("count(vu_par where portee = lois)", "type", "lois", "loi"),
        ("count(mots where titre)", "type", "mots", None),
        ("count(id where titre)", "type", "id", None),
        ("sum(titre)", "type", "titre", None),
        ("sum(voir)", "type", "voir", None),
        ("sum(suivi)", "type", "suivi", None),
        ("sum(jour) > 1", "type", "jour", None),
        ("max(mots)", "type", "mots", None),
        ("count(mots) > beaucoup", "type", "beaucoup", None),
        ("count(mots) = 1.5", "type", "1.5", None),
        ("count(mots) = titre", "type", "titre", None),
        ("titre = count(mots)", "type", "count(mots)", None),
        ("jour < sum(rang)", "type", "sum(rang)", None),
        ("today < count(mots)", "type", "count(mots)", None),
        ("max(jour) > 2026-02-30", "type", "2026-02-30", None),
        ("sum(delai) > 3", "type", "3", None),
        ("rang = 1 and (ouverte or mios = today)", "field", "mios", "mois"),
    ],
)
def test_a_word_that_means_nothing_is_told_at_its_place(
    text: str, kind: str, wrong: str, suggestion: str | None
) -> None:
    problem = bind(text)
    assert isinstance(problem, Problem)
    assert (problem.kind, text[problem.start : problem.end], problem.suggestion) == (kind, wrong, suggestion)


def test_a_path_lists_what_a_diagnostic_is_best_shown_at() -> None:
    condition = bind("etape.fin < today and (rang = 1 or not suivi.qui.titre)")
    assert isinstance(condition, Condition)
    assert [".".join(path.steps) for path in condition.paths] == ["etape.fin", "rang", "suivi.qui.titre"]


# --- When they hold ------------------------------------------------------------------------------------------------

PAGES = {
    "docs/etapes/tester.md": "titre: Tester l'activité\nfin: 2026-12-31",
    "docs/etapes/finir.md": "titre: Finir\nfin: 2026-04-30\nsuivante: tester",
    "docs/demarches/autre.md": "titre: Autre\nrang: 9\nvoir: [pleine]",
    "docs/demarches/vide.md": "titre: Vide",
    "docs/demarches/pleine.md": """\
titre: Été comme hiver
portee: loi
rang: 0
prix: 12.5
ouverte: non
jour: 2026-05-01
mois: 2026-05
moment: 2026-05-01 18:30
delai: 1 mois
mots: [Tarif, devis]
etape: finir
voir: [tester, autre]
suivi:
  - {qui: tester, note: 2}
  - {note: 5}
""",
}


def analysis(pages: Mapping[str, str]) -> Analysis:
    texts = {f"{folder}/_type.yml": text for folder, text in TYPES.items()}
    texts |= {path: f"---\n{head}\n---\n" for path, head in pages.items()}
    return read_wiki(texts, date(2026, 5, 1))


def holds(text: str, path: str = "docs/demarches/pleine.md") -> bool:
    wiki = analysis(PAGES)
    assert not [d for d in wiki.diagnostics if d.severity == "error"]
    page = wiki.graph.pages[path]
    condition = bind(text, page.type.name)
    assert isinstance(condition, Condition), condition
    return Query(graph=wiki.graph, today=wiki.today, this=page).holds(condition, Item(page))


@pytest.mark.parametrize(
    "text",
    [
        # whether there is anything
        *("titre", "rang", "mots", "suivi", "etape", "delai", "not ouverte", "vu_par"),
        # equal, different
        *("portee = loi", "portee != cae", "titre = 'ETE COMME HIVER'", "rang = 0", "prix = 12.50", "ouverte = non"),
        *("delai = 'P1M'", "etape = finir", "etape != tester", "id = pleine", "type = demarche", "this.rang = rang"),
        # before, after
        *("rang < 1", "prix >= 12.5", "prix > rang", "delai < '2 mois'", "-1 < rang", "2026-01-01 < jour"),
        # days, months and moments meet at the coarser of the two
        *("jour = today", "jour >= today", "mois = today", "moment = today", "moment = jour", "mois = jour"),
        *("jour < today + 1 day", "jour > today - 2 mois", "moment <= today + 0 days", "jour = today -0 jours"),
        *("today <= jour", "today >= 2026-05-01", "2026-04-30 < today", "etape.fin < today", "not jour < today"),
        # one among several, several at once
        *(
            "portee in [loi, cae]",
            "rang in [2, 0]",
            "mots = devis",
            "mots contains devis",
            "mots contains [tarif, DEVIS]",
        ),
        *(
            "titre contains ete",
            "titre contains [hiver, été]",
            "not mots contains [tarif, autre]",
            "'tester' in voir",
        ),
        *("voir = tester", "voir contains [tester, autre]", "not voir in [finir]", "mots in [devis, rien]"),
        # through references and groups, and back
        *("etape.titre = finir", "etape.suivante.titre contains activite", "etape.suivante.fin > jour"),
        *("suivi.note = 5", "suivi.note < 3", "suivi.qui.titre contains tester", "suivi.qui = tester"),
        *("vu_par.rang = 9", "vu_par = autre", "etape.demarches = pleine", "voir.rang = 9", "voir.fin > today"),
        *(
            "etape.suivante.avant = finir",
            "etape.avant or etape.suivante.avant",
            "this = pleine",
            "etape.demarches = this",
        ),
        # computed
        *(
            "count(mots)",
            "count(mots) = 2",
            "count(suivi) > rang",
            "count(suivi where note > 2) = 1",
            "count(vu_par) = 1",
        ),
        *(
            "count(suivi where note = 2 and qui = tester)",
            "not count(suivi where note = 5 and qui)",
            "3 > count(voir)",
        ),
        *("count(voir where type = 'etape') = count(voir where rang = 9)", "sum(suivi.note) = 7", "sum(prix) = 12.5"),
        *("sum(suivi.note where qui) = 2", "share(suivi.note where qui) < 29", "share(suivi.note where qui) > 28"),
        *(
            "min(suivi.note) = 2",
            "max(suivi.note where qui) = 2",
            "max(etape.suivante.fin) > today",
            "count(this.voir) = 2",
        ),
        *(
            "sum(delai) = '30 jours'",
            "sum(delai) > '2 semaines'",
            "min(moment) = today",
            "max(mois) >= jour",
        ),
        *("count(this) = 1", "count(voir.demarches) = 0", "count(vu_par.voir where id = this.id)", "not sum(rang)"),
        *(
            "not share(rang where titre) >= 0",
            "not max(vu_par.prix) < 5",
            "sum(vu_par.prix) = 0",
            "not min(vu_par.jour)",
        ),
        # together
        *(
            "portee = cae or rang = 0 and mots",
            "(portee = cae or rang = 0) and mots",
            "not (portee = cae and rang = 0)",
        ),
    ],
)
def test_it_holds(text: str) -> None:
    assert holds(text)
    assert not holds(f"not ({text})")


@pytest.mark.parametrize(
    "text",
    [
        *("ouverte", "portee = cae", "rang > 0", "jour < today", "mots contains [tarif, autre]", "mots contains []"),
        *(
            "portee in []",
            "etape.suivante.suivante",
            "suivi.note > 5",
            "etape = tester",
            "voir.suivante",
            "mots = pri",
        ),
        *("today < 2026-05-01", "delai > '1 mois'", "id = plein", "vu_par.rang < 9", "not titre"),
    ],
)
def test_it_does_not_hold(text: str) -> None:
    assert not holds(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (text, False)
            for text in ("rang", "rang = 0", "rang < 1", "rang in [0]", "mots contains a", "etape.fin < today")
        ),
        *((text, True) for text in ("not rang", "rang != 0", "not rang < 1", "not etape.fin", "etape != tester")),
    ],
)
def test_what_is_left_out_is_equal_to_nothing(text: str, expected: bool) -> None:
    assert holds(text, "docs/demarches/vide.md") is expected


def test_the_paths_of_a_measure_are_told_from_the_page() -> None:
    condition = bind(
        "count(suivi where qui.fin < today and this.rang = 1) > 1 and sum(voir.rang where portee = loi) > rang"
    )
    assert isinstance(condition, Condition)
    told = [("this." if path.of_this else "") + ".".join(path.steps) for path in condition.paths]
    assert told == ["suivi", "suivi.qui.fin", "this.rang", "voir.rang", "voir.portee", "rang"]


def test_two_measures_that_differ_by_a_word_are_not_taken_for_one_another() -> None:
    """As trees, « and » and « or » are equal."""
    assert holds(
        "count(this.suivi where note = 2 or note = 5) = 2 and count(this.suivi where note = 2 and note = 5) = 0"
    )


def test_a_question_remembers_the_pages_it_looked_at() -> None:
    wiki = analysis(PAGES)
    page = wiki.graph.pages["docs/demarches/pleine.md"]
    query = Query(graph=wiki.graph, today=wiki.today, this=page)
    condition = bind("etape.suivante.fin > today and vu_par.rang = 9")
    assert isinstance(condition, Condition)
    assert query.holds(condition, Item(page))
    assert query.grounds.all_pages() == {
        "docs/demarches/pleine.md",
        "docs/etapes/finir.md",
        "docs/etapes/tester.md",
        "docs/demarches/autre.md",
    }
