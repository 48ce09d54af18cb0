"""Charts and gauges: what they compute from a wiki, what they say of it, and what they keep to themselves."""

from collections.abc import Iterable
from decimal import Decimal

import pytest

from essaim.views.audience import Audience
from essaim.views.fields import ShownValue
from essaim.views.queries.charts import Chart
from essaim.views.queries.gauges import Gauge
from essaim.views.queries.graphique import graphique_text
from essaim.views.queries.jauge import jauge_text
from essaim.views.queries.registry import make_view
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

TYPES = {
    "docs/contrats/_type.yml": """\
type: contrat
label: {one: contrat, many: contrats}
fields:
  titre: {type: text}
  metier: {type: choice, of: {sante: Santé, bois: Bois, eau: Eau}, label: Métier}
  groupe: {type: text, many: true, label: Groupe}
  montant: {type: number, label: Montant}
  duree: {type: duration, label: Durée}
  signe_le: {type: date, label: Signé le}
  cliente: {type: reference, to: cliente, label: Cliente}
  marge: {type: number, label: Canari, visibility: members}
  rang: {type: choice, of: [canari_un, canari_deux], label: Canari, visibility: members}
  reserve:
    type: group
    many: true
    label: Canari
    visibility: members
    fields: {somme: {type: number, label: Canari}}
""",
    "docs/clientes/_type.yml": "type: cliente\nlabel: {one: cliente, many: clientes}\nfields:\n"
    "  titre: {type: text}\n",
    "docs/secrets/_type.yml": "type: secret\nvisibility: members\nlabel: {one: secret, many: secrets}\nfields:\n"
    "  titre: {type: text}\n  metier: {type: text, label: Canari}\n  montant: {type: number, label: Canari}\n",
    "docs/mesures/_type.yml": """\
type: mesure
label: {one: mesure, many: mesures, gender: f}
fields:
  titre: {type: text}
  but: {type: number, label: But}
  cache: {type: number, label: Canari, visibility: members}
  serie:
    type: group
    many: true
    label: Relevés
    fields: {date: {type: month, label: Mois}, valeur: {type: number, label: Valeur}}
""",
    "docs/clientes/mairie.md": "---\ntitre: Mairie\n---\n",
    "docs/clientes/ecole.md": "---\ntitre: École\n---\n",
    "docs/contrats/a.md": "---\ntitre: A\nmetier: bois\nmontant: 100.1\nsigne_le: 2026-01-05\ncliente: mairie\n"
    "groupe: [Nord, Sud]\nmarge: 7\nrang: canari_un\nduree: 1 h 30\nreserve:\n  - {somme: 3}\n  - {somme: 4}\n---\n",
    "docs/contrats/b.md": "---\ntitre: B\nmetier: sante\nmontant: 0.2\nsigne_le: 2026-01-28\ncliente: ecole\n"
    "groupe: [Nord]\nmarge: 8\nrang: canari_deux\nduree: 2 jours\n---\n",
    "docs/contrats/c.md": "---\ntitre: C\nmetier: bois\nmontant: 200\nsigne_le: 2026-04-01\ncliente: mairie\n---\n",
    "docs/contrats/d.md": "---\ntitre: D\nmontant: -50\n---\n",
    "docs/secrets/s.md": "---\ntitre: S\nmetier: bois\nmontant: 1000\n---\n",
}
MEASURES = (
    "---\ntitre: Nos comptes\nbut: 10\ncache: 77\nserie:\n  - {date: 2025-11, valeur: 5}\n"
    "  - {date: 2025-12, valeur: 7.5}\n  - {date: 2026-02, valeur: 4}\n---\n"
)


def show(query: str, audience: Audience = Audience.PUBLIC, others: Iterable[tuple[str, str]] = ()) -> Chart | Gauge:
    """Return what a query on the page « Nos comptes » shows."""
    here = "docs/mesures/comptes.md"
    files = {**TYPES, **dict(others), here: f"{MEASURES}\n```requete\n{query}\n```\n"}
    site = site_of(read_wiki(files), audience)
    spec = site.graph.out[here].queries[0]
    assert spec is not None
    view = make_view(spec, site.graph.pages[here], site)
    assert isinstance(view, Chart | Gauge)
    return view


def chart(query: str, audience: Audience = Audience.PUBLIC, others: Iterable[tuple[str, str]] = ()) -> Chart:
    view = show(f"vue: graphique\n{query}", audience, others)
    assert isinstance(view, Chart)
    return view


def gauge(query: str, audience: Audience = Audience.PUBLIC, others: Iterable[tuple[str, str]] = ()) -> Gauge:
    view = show(f"vue: jauge\n{query}", audience, others)
    assert isinstance(view, Gauge)
    return view


def table(view: Chart) -> dict[str, list[str]]:
    return {name.text: [plain(value) for value in values] for name, values in view.table}


def plain(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def written(value: ShownValue) -> str:
    return f"[{value.text}]({value.page})" if value.page else value.text


def test_pages_are_counted_by_choice_in_the_order_of_the_choices() -> None:
    view = chart("de: contrat\ngroupe_par: metier")
    assert (view.title, view.heading, view.columns) == ("Nombre par métier", "Métier", ("Nombre",))
    assert list(table(view).items()) == [("Santé", ["1"]), ("Bois", ["2"]), ("Non précisé", ["1"])]
    assert not view.is_curve


@pytest.mark.parametrize(
    ("calculation", "said", "results"),
    [
        ("nombre", "en nombre", ["1", "2", "1"]),
        ("somme", "au total", ["0,2 €", "300,1 €", "-50 €"]),
        ("moyenne", "en moyenne", ["0,2 €", "150,05 €", "-50 €"]),
        ("minimum", "au plus bas", ["0,2 €", "100,1 €", "-50 €"]),
        ("maximum", "au plus haut", ["0,2 €", "200 €", "-50 €"]),
    ],
)
def test_a_field_is_computed_over(calculation: str, said: str, results: list[str]) -> None:
    unit = "" if calculation == "nombre" else "\nunite: €"
    view = chart(f"de: contrat\ngroupe_par: metier\ncalcul: {calculation}\nchamp: montant{unit}")
    assert [values[0] for values in table(view).values()] == results
    assert view.title == f"Montant {said} par métier"


def test_the_sum_of_a_table_is_that_of_the_pages() -> None:
    view = chart("de: contrat\ngroupe_par: metier\ncalcul: somme\nchamp: montant")
    assert sum(value or 0 for row in view.rows for value in row.values) == Decimal("250.3")


def test_durations_are_computed_in_hours() -> None:
    view = chart("de: contrat\ngroupe_par: metier\ncalcul: somme\nchamp: duree")
    assert table(view)["Bois"] == ["1,5 h"]
    assert table(view)["Santé"] == ["48 h"]


def test_months_without_page_count_for_zero_and_pages_without_date_are_told() -> None:
    view = chart("de: contrat\ngroupe_par: signe_le")
    assert view.is_curve
    assert table(view) == {"janvier 2026": ["2"], "février 2026": ["0"], "mars 2026": ["0"], "avril 2026": ["1"]}
    assert view.notes == ("1 ligne sans date n'est pas comptée.",)
    assert view.title == "Nombre par mois"


def test_a_mean_of_no_page_is_nothing_and_interrupts_the_curve() -> None:
    view = chart("de: contrat\ngroupe_par: signe_le\ncalcul: moyenne\nchamp: montant")
    assert [values[0] for values in table(view).values()] == ["50,15", "–", "–", "200"]
    assert view.curves.lines == ()
    assert len(view.curves.points) == 2


@pytest.mark.parametrize(
    ("period", "first", "count"), [("jour", "5 janvier 2026", 87), ("mois", "janvier 2026", 4), ("annee", "2026", 1)]
)
def test_time_is_told_by_days_months_or_years(period: str, first: str, count: int) -> None:
    view = chart(f"de: contrat\ngroupe_par: signe_le\npar: {period}")
    assert next(iter(table(view))) == first
    assert len(view.rows) == count


def test_a_date_that_is_far_away_does_not_draw_thousands_of_days() -> None:
    far = ("docs/contrats/z.md", "---\ntitre: Z\nsigne_le: 1926-01-05\n---\n")
    view = chart("de: contrat\ngroupe_par: signe_le\npar: jour", others=[far])
    assert len(view.rows) == 101
    assert view.notes[0] == "La période est trop longue pour compter par jour : ici, on compte par année."


def test_the_rows_of_a_group_make_a_curve() -> None:
    view = chart(
        "de: mesure\nou: titre = this.titre\npour_chaque: serie\ngroupe_par: serie.date\ncalcul: somme\n"
        "champ: serie.valeur\ntitre: Trésorerie"
    )
    assert view.title == "Trésorerie"
    assert [row.short for row in view.rows] == ["nov. 2025", "déc. 2025", "janv. 2026", "févr. 2026"]
    assert [row.values for row in view.rows] == [(Decimal(5),), (Decimal("7.5"),), (Decimal(0),), (Decimal(4),)]


def test_times_may_be_bars_and_categories_a_curve() -> None:
    assert not chart("de: contrat\ngroupe_par: signe_le\nforme: barres").is_curve
    assert chart("de: contrat\ngroupe_par: metier\nforme: courbe").is_curve


def test_series_split_the_rows() -> None:
    view = chart("de: contrat\ngroupe_par: metier\nseries: groupe")
    assert view.columns == ("Nord", "Sud", "Non précisé")
    assert table(view) == {"Santé": ["1", "0", "0"], "Bois": ["1", "1", "1"], "Non précisé": ["0", "0", "1"]}


def test_series_of_yes_and_no_say_of_what() -> None:
    yes = "---\ntitre: Oui\nmetier: eau\ndistance: oui\nsigne: oui\n---\n"
    no = "---\ntitre: Non\nmetier: eau\ndistance: non\nsigne: non\n---\n"
    types = TYPES["docs/contrats/_type.yml"] + "  distance: {type: boolean, label: À distance}\n"
    others = [("docs/contrats/_type.yml", types + "  signe: {type: boolean, label: Signé ?}\n")]
    others += [("docs/contrats/oui.md", yes), ("docs/contrats/non.md", no)]
    query = "de: contrat\nou: titre = Oui or titre = Non\ngroupe_par: metier\nseries: "
    assert chart(query + "distance", others=others).columns == ("À distance : oui", "À distance : non")
    assert chart(query + "signe", others=others).columns == ("Signé ? oui", "Signé ? non")


def test_a_table_of_many_series_is_folded_sooner() -> None:
    pages = [(f"docs/contrats/n{n}.md", f"---\ntitre: N{n}\nmontant: {n}\ngroupe: [G{n}]\n---\n") for n in range(8)]
    query = "de: contrat\nou: titre contains N\ngroupe_par: groupe"
    assert not chart(query, others=pages).is_long
    assert chart(f"{query}\nseries: groupe", others=pages).is_long


def test_series_beyond_the_sixth_are_one() -> None:
    more = [(f"docs/contrats/n{n}.md", f"---\ntitre: N{n}\nmetier: eau\ngroupe: [G{n}]\n---\n") for n in range(9)]
    view = chart("de: contrat\nou: titre != D\ngroupe_par: metier\nseries: groupe", others=more)
    assert len(view.columns) == 7
    assert view.columns[-1] == "Autres"
    assert sum(value or 0 for value in dict(zip(table(view), view.rows, strict=True))["Eau"].values) == 9


def test_rows_that_are_pages_lead_to_them() -> None:
    view = chart("de: contrat\ngroupe_par: cliente")
    assert [name.page for name, _ in view.table] == ["docs/clientes/ecole.md", "docs/clientes/mairie.md", ""]


def test_what_a_limit_leaves_out_is_told() -> None:
    assert chart("de: contrat\ngroupe_par: metier\nlimite: 3").notes == ("La limite laisse de côté 1 ligne.",)


def test_nothing_to_draw_is_said() -> None:
    view = chart("de: contrat\nou: montant > 9000\ngroupe_par: metier")
    assert view.is_empty
    assert graphique_text(view, written) == "**Graphique**\n\nRien à dessiner pour le moment.\n"
    assert chart("de: contrat\nou: montant > 9000\ngroupe_par: metier\nvide: Rien encore.").empty == "Rien encore."


def test_a_chart_says_in_words_what_it_shows() -> None:
    view = chart("de: contrat\ngroupe_par: metier\nseries: groupe\ncalcul: somme\nchamp: montant\nunite: €")
    assert plain(view.summary) == (
        "Barres : 9 valeurs. La plus petite : -50 € (Non précisé, Non précisé). "
        "La plus grande : 200 € (Bois, Non précisé). Le tableau qui suit les donne toutes."
    )


def test_the_equivalent_of_a_chart_is_a_table() -> None:
    view = chart("de: contrat\ngroupe_par: cliente\ncalcul: somme\nchamp: montant\nunite: €\ntitre: 'A|B'")
    assert plain(graphique_text(view, written)).splitlines() == [
        "**A&#124;B**",
        "",
        "| Cliente | Montant au total |",
        "| --- | ---: |",
        "| [École](docs/clientes/ecole.md) | 0,2 € |",
        "| [Mairie](docs/clientes/mairie.md) | 300,1 € |",
        "| Non précisé | -50 € |",
    ]


def test_a_thousand_categories_are_all_in_the_table_and_forty_in_the_drawing() -> None:
    pages = [(f"docs/contrats/n{n}.md", f"---\ntitre: N{n}\ngroupe: [G{n:04}]\n---\n") for n in range(1000)]
    view = chart("de: contrat\nou: titre contains N\ngroupe_par: groupe", others=pages)
    assert len(view.table) == 1000
    assert len(view.bars.labels) == 40
    assert view.is_long
    assert view.all_notes == ("Le dessin montre les 40 premières lignes, le tableau les 1000.",)


def test_the_same_wiki_gives_the_same_value() -> None:
    query = "de: contrat\ngroupe_par: metier\nseries: groupe\ncalcul: moyenne\nchamp: montant"
    assert chart(query) == chart(query)
    assert hash(chart(query)) == hash(chart(query))


@pytest.mark.parametrize(
    "query",
    [
        "de: contrat\ngroupe_par: rang",
        "de: contrat\ngroupe_par: metier\ncalcul: somme\nchamp: marge",
        "de: contrat\npour_chaque: reserve\ngroupe_par: reserve.somme",
        "de: contrat\ngroupe_par: reserve.somme",
        "de: secret\ngroupe_par: metier",
        "de: secret\ngroupe_par: montant\ncalcul: somme\nchamp: montant",
    ],
)
def test_a_chart_of_what_members_alone_see_is_empty_for_others(query: str) -> None:
    view = chart(query)
    assert view == Chart(title="Graphique", heading="", measure="", rows=(), empty=view.empty)
    assert not chart(query, Audience.MEMBERS).is_empty


def test_hidden_series_do_not_split_the_rows() -> None:
    query = "de: contrat\ngroupe_par: metier\nseries: rang"
    assert chart(query) == chart("de: contrat\ngroupe_par: metier")
    assert len(chart(query, Audience.MEMBERS).columns) == 3


def test_pages_that_are_not_seen_are_not_counted() -> None:
    query = "de: [contrat, secret]\ngroupe_par: metier\ncalcul: somme\nchamp: montant"
    assert sum(value or 0 for row in chart(query).rows for value in row.values) == Decimal("250.3")
    assert "anari" not in repr(chart(query))
    assert sum(v or 0 for r in chart(query, Audience.MEMBERS).rows for v in r.values) == Decimal("1250.3")
    assert gauge("de: [contrat, secret]\nsur: 10").value == 4
    assert gauge("de: [contrat, secret]\nou: metier = bois").whole == 4


def test_conditions_on_hidden_fields_find_nothing() -> None:
    assert gauge("de: contrat\nou: marge > 1\nsur: 10").value == 0
    assert gauge("de: contrat\nou: marge > 1\nsur: 10", Audience.MEMBERS).value == 2
    hidden = gauge("de: contrat\ncalcul: somme\nchamp: marge\nsur: this.cache\nseuil: this.cache")
    assert hidden.value == 0
    assert hidden.whole is None
    assert hidden.limit is None
    assert "anari" not in repr(hidden)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("sur: 12", "4 sur 12, soit 33,3 %. Encore 8 pour atteindre 12."),
        ("sur: 4", "4 sur 4, soit 100 %. Objectif de 4 atteint."),
        ("sur: 3", "4 sur 3, soit 133,3 %. Objectif de 3 dépassé de 1."),
        ("sur: this.but", "4 sur 10, soit 40 %. Encore 6 pour atteindre 10."),
        ("sur: 5\nsens: max", "4 sur 5, soit 80 %. Sous le plafond de 5 : il reste 1."),
        ("sur: 12\nseuil: 6", "4 sur 12, soit 33,3 %. Encore 2 pour atteindre 6."),
        ("sur: 12\nseuil: 3\nsens: max", "4 sur 12, soit 33,3 %. Plafond de 3 dépassé de 1."),
        ("ou: metier = bois", "50 % : 2 sur 4."),
        ("ou: metier = bois\nseuil: 50", "50 % : 2 sur 4. Seuil de 50 % atteint."),
        ("ou: metier = bois\nseuil: 51", "50 % : 2 sur 4. Encore 1 point pour atteindre 51 %."),
        ("ou: metier = bois\nseuil: 60\nsens: max", "50 % : 2 sur 4. Sous le plafond de 60 % : il reste 10 points."),
        ("ou: metier = bois\nseuil: 50\nsens: max", "50 % : 2 sur 4. Plafond de 50 % atteint."),
        (
            "ou: metier = bois\nparmi: montant > 100\nseuil: 90",
            "100 % : 2 sur 2. Seuil de 90 % dépassé de 10 points.",
        ),
        ("parmi: metier = bois", "200 % : 4 sur 2. C'est plus que l'ensemble."),
        ("parmi: montant > 9000", "4, mais l'ensemble est à zéro : il n'y a pas de part à calculer."),
        (
            "calcul: somme\nchamp: montant\nparmi: montant < 0",
            "250,3, mais l'ensemble est négatif : il n'y a pas de part à calculer.",
        ),
        (
            "ou: montant < 0\ncalcul: somme\nchamp: montant\nsur: 100\nunite: €",
            "-50 € sur 100 €, soit -50 %. La valeur est négative. Encore 150 € pour atteindre 100 €.",
        ),
        (
            "sur: 0",
            "4, mais l'ensemble est à zéro : il n'y a pas de part à calculer. Objectif de 0 dépassé de 4.",
        ),
        ("ou: montant > 9000\ncalcul: moyenne\nchamp: montant\nsur: 10", "Aucune valeur pour le moment."),
        ("ou: montant > 9000\nsur: 10", "0 sur 10, soit 0 %. Encore 10 pour atteindre 10."),
        ("sur: this.cache", "4, mais le nombre à atteindre n'est pas encore connu."),
    ],
)
def test_a_gauge_is_a_sentence(query: str, sentence: str) -> None:
    view = gauge(f"de: contrat\n{query}")
    assert plain(view.sentence) == sentence
    assert jauge_text(view, written).startswith(f"**{view.title}** : ")


def test_a_gauge_tells_its_figures() -> None:
    view = gauge("de: contrat\nou: metier = bois\ncalcul: somme\nchamp: montant\nseuil: 50\nsens: max\nunite: €")
    assert [(name, plain(said)) for name, said in view.table] == [
        ("Ce qui est compté", "300,1 €"),
        ("Ensemble", "250,3 €"),
        ("Part", "119,9 %"),
        ("Plafond", "50 %"),
    ]
    assert view.drawing is not None
    assert view.drawing.over is not None


@pytest.mark.parametrize("query", ["sur: 0", "sur: this.cache", "parmi: montant > 9000"])
def test_without_a_whole_there_is_no_drawing(query: str) -> None:
    view = gauge(f"de: contrat\n{query}")
    assert view.drawing is None
    assert view.table[0] == ("Ce qui est compté" if "parmi" in query else "Nombre", "4")


@pytest.mark.parametrize(("unit", "said"), [("€", "seuil : 3 €"), ("équivalents temps plein", "3")])
def test_the_marks_of_a_gauge_have_room_on_a_phone(unit: str, said: str) -> None:
    drawing = gauge(f"de: contrat\nsur: 12\nseuil: 3\nunite: {unit}").drawing
    assert drawing is not None
    assert drawing.limit is not None
    assert plain(drawing.limit.text) == said
    assert all(0 <= end <= 100 for mark in (*drawing.marks, drawing.limit) for end in mark.extent)
