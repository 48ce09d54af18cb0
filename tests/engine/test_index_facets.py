"""The facets and the orders of an index, told from what the pages say; and a facet's value is a condition."""

from collections import Counter

import pytest

from essaim.views.audience import Audience
from essaim.views.facets import Facet
from essaim.views.index import IndexList, site_indexes
from essaim.workspace import Analysis
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

TYPE = """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text}
  resume: {type: text}
  famille: {type: choice, of: {vendre: Vendre, apprendre: Apprendre, partir: Partir}, label: Famille}
  etape: {type: reference, to: etape, label: Étape, inverse: {name: fiches, label: Fiches}}
  lieux: {type: territory, many: true, label: Lieux}
  quand: {type: date, label: Quand}
  mois: {type: month, label: Mois}
  ouvert: {type: boolean, label: Ouvert}
  places: {type: integer, label: Places}
  part: {type: number, label: Part}
  duree: {type: duration, label: Durée}
  langues: {type: text, many: true, label: Langues}
  note: {type: text, label: Note}
  reserve: {type: choice, of: [rouge, bleu], visibility: members, label: Réservé}
  voir: {type: reference, to: fiche, many: true, label: Voir, inverse: {name: vue_par, label: Vue par}}
  suivi:
    type: group
    many: true
    label: Suivi
    fields:
      mot: {type: text}
      etat: {type: choice, of: {fait: Fait, vu: Vu}, label: État}
  secrets: {type: group, visibility: members, fields: {etat: {type: choice, of: [un, deux]}}}
index: {view: VIEW, facets: [FACETS], sort: SORT}
"""
STAGE = """\
type: etape
label: {one: étape, many: étapes, gender: f}
fields: {titre: {type: text}, ordre: {type: integer}}
index: {view: list, sort: ordre}
"""
PAGES = {
    "a": "titre: Écrire\nfamille: vendre\netape: z\nlieux: ['C:73008', 'D:26']\nquand: 2025-12-31\nouvert: oui\n"
    "places: 10\npart: 1.5\nduree: 1 h 30\nlangues: [Français, anglais]\nsuivi:\n  - {mot: a, etat: vu}\n"
    "reserve: rouge\nvoir: [b]\nmois: 2025-03\nsecrets: {etat: un}\n",
    "b": "titre: Débuter\nfamille: vendre\netape: m\nlieux: ['D:73', 'FR']\nquand: 2026-01-01\nouvert: non\n"
    "places: 9\npart: 2\nduree: 2 jours\nlangues: [français]\n"
    "suivi:\n  - {mot: b, etat: fait}\n  - {mot: c, etat: vu}\n"
    "reserve: bleu\nvoir: [a, c]\nmois: 2026-03\nsecrets: {etat: deux}\n",
    "c": "titre: Zapper\nfamille: partir\netape: m\nlieux: ['R:84', 'C:97105']\nquand: 2026-05-02\nouvert: oui\n"
    "places: 9\npart: 1.5\nduree: 3 mois\nlangues: [occitan]\nvoir: [b]\nmois: 2026-04\n",
    "d": "titre: À côté\nfamille: apprendre\netape: a\nlieux: ['C:2A004']\nouvert: oui\n"
    "resume: Chaque entrepreneur·e.\n",
    "e": "titre: Coopérateur·trice\nnote: une seule fois\n",
    "f": "titre: Fin\nfamille: vendre\netape: a\n",
}


def wiki(
    facets: str, *, view: str = "cards", sort: str = "titre", rule: str = "", pages: dict[str, str] | None = None
) -> Analysis:
    declared = TYPE.replace("VIEW", view).replace("FACETS", facets).replace("SORT", sort)
    declared += f"rules: [{rule}]\n" if rule else ""
    return read_wiki(
        {
            "docs/fiches/_type.yml": declared,
            "docs/etapes/_type.yml": STAGE,
            "docs/etapes/z.md": "---\ntitre: Le début\nordre: 1\n---\n",
            "docs/etapes/m.md": "---\ntitre: Ensuite\nordre: 2\n---\n",
            "docs/etapes/a.md": "---\ntitre: À la fin\nordre: 10\n---\n",
            **{f"docs/fiches/{name}.md": f"---\n{text}---\n" for name, text in (pages or PAGES).items()},
        }
    )


def index_of(known: Analysis, audience: Audience = Audience.PUBLIC) -> IndexList:
    return site_indexes(site_of(known, audience))["docs/fiches/index.md"].listed


def facet(known: Analysis, audience: Audience = Audience.PUBLIC) -> Facet:
    (found,) = index_of(known, audience).facets
    return found


def said(found: Facet) -> list[tuple[str, str, int]]:
    return [(value.key, value.label, value.count) for value in found.values]


class TestValues:
    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("famille", [("vendre", "Vendre", 3), ("apprendre", "Apprendre", 1), ("partir", "Partir", 1)]),
            ("etape", [("z", "Le début", 1), ("m", "Ensuite", 2), ("a", "À la fin", 2)]),
            (
                "lieux",
                [
                    ("D:73", "Savoie (73)", 2),
                    ("R:84", "Auvergne-Rhône-Alpes", 1),
                    ("D:2A", "Corse-du-Sud (2A)", 1),
                    ("D:26", "Drôme (26)", 1),
                    ("FR", "France entière", 1),
                    ("D:971", "Guadeloupe (971)", 1),
                ],
            ),
            ("quand", [("2026", "2026", 2), ("2025", "2025", 1)]),
            ("mois", [("2026", "2026", 2), ("2025", "2025", 1)]),
            ("ouvert", [("oui", "Oui", 3), ("non", "Non", 1)]),
            ("places", [("9", "9", 2), ("10", "10", 1)]),
            ("part", [("1.5", "1,5", 2), ("2", "2", 1)]),
            ("langues", [("Français", "Français", 2), ("anglais", "anglais", 1), ("occitan", "occitan", 1)]),
            ("voir", [("b", "Débuter", 2), ("a", "Écrire", 1), ("c", "Zapper", 1)]),
            ("vue_par", [("b", "Débuter", 2), ("a", "Écrire", 1), ("c", "Zapper", 1)]),
        ],
    )
    def test_each_kind_of_field_has_its_values_in_a_useful_order(
        self, name: str, values: list[tuple[str, str, int]]
    ) -> None:
        found = facet(wiki(name))
        assert (found.name, said(found)) == (name, values)

    def test_a_group_counts_by_the_first_closed_field_inside_it(self) -> None:
        found = facet(wiki("suivi"))
        assert (found.name, found.label) == ("suivi.etat", "Suivi : État")
        assert said(found) == [("fait", "Fait", 1), ("vu", "Vu", 2)]

    def test_texts_and_numbers_that_pages_do_not_share_are_no_facet(self) -> None:
        assert index_of(wiki("note, duree, titre")).facets == ()

    def test_more_texts_than_a_reader_scans_are_no_facet(self) -> None:
        pages = {f"p{n}": f"titre: P{n}\nnote: n{n // 2}\nfamille: vendre\n" for n in range(60)}
        assert index_of(wiki("note", pages=pages)).facets == ()
        assert len(facet(wiki("note", pages=dict([*pages.items()][:48]))).values) == 24

    def test_a_single_value_is_no_choice(self) -> None:
        pages = {f"p{n}": f"titre: P{n}\nfamille: vendre\n" for n in range(8)}
        assert index_of(wiki("famille", pages=pages)).facets == ()

    def test_an_index_seen_at_a_glance_has_none(self) -> None:
        known = wiki("famille", pages={name: PAGES[name] for name in "abcd"})
        assert (index_of(known).facets, index_of(known).sorts) == ((), ())

    def test_each_entry_tells_its_values_by_their_numbers(self) -> None:
        index = index_of(wiki("suivi, famille"))
        keys = {entry.title: entry.keys for entry in index.entries}
        assert keys["Débuter"] == ((0, 1), (0,))
        assert keys["Zapper"] == ((), (2,))
        for number, found in enumerate(index.facets):
            counted = Counter(key for entry in index.entries for key in entry.keys[number])
            assert [counted[n] for n in range(len(found.values))] == [value.count for value in found.values]


class TestConditions:
    """A value of a facet is the condition `facet = key`, in the one grammar of queries, rules and facets."""

    @pytest.mark.parametrize(
        "name", ["famille", "etape", "ouvert", "places", "part", "langues", "voir", "vue_par", "suivi"]
    )
    def test_a_rule_that_asks_for_a_value_is_broken_by_the_other_pages(self, name: str) -> None:
        index, found = index_of(wiki(name)), facet(wiki(name))
        for number, value in enumerate(found.values):
            rule = f"{{require: \"{found.name} = '{value.key}'\", message: Autre, severity: warning}}"
            known = wiki(name, rule=rule)
            assert [d.message for d in known.diagnostics if d.severity == "error"] == []
            broken = {d.path for d in known.diagnostics if d.message == "Autre"}
            assert broken == {entry.path for entry in index.entries if number not in entry.keys[0]}


class TestAudience:
    @pytest.mark.parametrize("name", ["reserve", "secrets"])
    def test_a_field_for_members_is_a_facet_for_them_alone(self, name: str) -> None:
        index = index_of(wiki(f"{name}, famille", sort=name))
        assert [found.name for found in index.facets] == ["famille"]
        assert [sort.name for sort in index.sorts] == ["titre", "famille"]
        assert index.sort == "titre"
        shown = index_of(wiki(f"{name}, famille"), Audience.MEMBERS)
        assert len(shown.facets) == 2

    def test_a_page_for_members_is_no_value_and_counts_nowhere(self) -> None:
        hidden = STAGE.replace("type: etape", "type: etape\nvisibility: members", 1)
        pages = {f"docs/fiches/{name}.md": f"---\n{text}---\n" for name, text in PAGES.items()}
        declared = TYPE.replace("VIEW", "cards").replace("FACETS", "etape").replace("SORT", "etape")
        known = read_wiki(
            {
                "docs/fiches/_type.yml": declared,
                "docs/etapes/_type.yml": hidden,
                **{f"docs/etapes/{name}.md": f"---\ntitre: {name}\n---\n" for name in "zma"},
                **pages,
            }
        )
        index = index_of(known)
        assert index.facets == ()
        assert ([sort.name for sort in index.sorts], index.sort) == (["titre"], "titre")
        assert len(facet(known, Audience.MEMBERS).values) == 3

    def test_a_page_that_waits_for_a_correction_shows_only_its_title(self) -> None:
        wrong = PAGES | {"b": PAGES["b"] + "resume: Un résumé\ninconnu: x\n"}
        index = index_of(wiki("famille, vue_par", pages=wrong, sort="famille"))
        (entry,) = (entry for entry in index.entries if entry.title == "Débuter")
        assert (entry.summary, entry.words, entry.keys, entry.ranks[1:]) == ("", "", ((),), (None,))
        assert entry.cells == (None, None)
        assert said(index.facets[0])[0] == ("vendre", "Vendre", 2)


class TestOrders:
    def sorted_by(self, sort: str) -> list[str]:
        return [entry.path[-4] for entry in index_of(wiki("famille", sort=sort)).entries]

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("titre", "debafc"),
            ("places", "bcadef"),
            ("-places", "abcdef"),
            ("duree", "abcdef"),
            ("quand", "abcdef"),
            ("-quand", "cbadef"),
            ("famille", "bafdce"),
            ("etape", "abcdfe"),
            ("ouvert", "dacbef"),
        ],
    )
    def test_values_are_compared_as_what_they_are_and_none_comes_last(self, sort: str, expected: str) -> None:
        assert "".join(self.sorted_by(sort)) == expected

    def test_ranks_tell_the_same_order(self) -> None:
        index = index_of(wiki("famille, places, quand, etape, ouvert, lieux", sort="-places"))
        assert [sort.name for sort in index.sorts] == [
            "titre",
            "places",
            "famille",
            "quand",
            "etape",
            "ouvert",
            "lieux",
        ]
        for number, sort in enumerate(index.sorts):
            for way in ("", "-"):
                sign = -1 if way else 1
                by_rank = sorted(
                    index.entries,
                    key=lambda e: (e.ranks[number] is None, sign * (e.ranks[number] or 0), e.ranks[0]),
                )
                declared = index_of(wiki("famille", sort=way + sort.name))
                assert [entry.path for entry in by_rank] == [entry.path for entry in declared.entries]

    def test_what_has_no_order_sorts_nothing(self) -> None:
        index = index_of(wiki("suivi, vue_par, famille", sort="vue_par"))
        assert [sort.name for sort in index.sorts] == ["titre", "famille"]
        assert [entry.ranks[0] for entry in index.entries] == [*range(6)]


class TestWords:
    def test_a_page_is_found_by_the_words_of_inclusive_writing_and_by_a_summary_that_is_not_shown(self) -> None:
        words = {e.title: e.words for e in index_of(wiki("famille")).entries}
        assert words["Coopérateur·trice"] == "cooperateur cooperatrice"
        assert words["À côté"] == "entrepreneur. entrepreneure."
        words = {e.title: e.words for e in index_of(wiki("famille", view="table")).entries}
        assert words["À côté"].endswith("chaque entrepreneur·e.")
