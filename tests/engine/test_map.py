"""The map of the départements: its outlines, and where a query of the view `carte` puts pages."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from essaim.schema import fieldtypes
from essaim.schema.fieldtypes.places import Territory
from essaim.views.audience import Audience
from essaim.views.escaping import escape
from essaim.views.fields import ShownValue
from essaim.views.map.outlines import Outlines, load_outlines
from essaim.views.map.territories import PlacedPage, PlacedPages, by_territory, department_of, level_words
from essaim.views.queries.asked import ask
from essaim.views.queries.carte import CarteView, carte_text, make_carte
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

OFFICIAL = json.loads(Path(fieldtypes.__path__[0], "territories.json").read_text("utf-8"))["departements"]
OVERSEAS = {"971", "972", "973", "974", "976"}
MAINLAND = {code for code in OFFICIAL if not code.startswith(("97", "98"))}
AROUND_PARIS = {"75", "92", "93", "94"}
STEP = re.compile(r"(-?\d+)(?: |(?=-))(-?\d+)(?: |(?=-)|$)")

Ring = list[tuple[int, int]]


@pytest.fixture(scope="module")
def outlines() -> Outlines:
    return load_outlines()


def rings_of(path: str) -> list[Ring]:
    """Read the data of a path as SVG does: each point from the one before, each ring from where the last began."""
    assert re.fullmatch(r"(m[-0-9 ]+z)+", path), path
    x = y = 0
    rings = []
    for part in re.findall(r"m([^z]+)z", path):
        steps = [(int(dx), int(dy)) for dx, dy in STEP.findall(part)]
        assert STEP.sub("", part) == ""
        ring = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            ring.append((x, y))
        (x, y) = ring[0]
        rings.append(ring)
    return rings


def area(ring: Ring) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))) / 2


# What is packaged.


def test_every_departement_of_the_official_list_has_an_outline(outlines: Outlines) -> None:
    assert len(MAINLAND) == 96
    assert set(outlines.departments) == MAINLAND | OVERSEAS


def test_the_file_names_its_source_and_licence(outlines: Outlines) -> None:
    assert "IGN" in outlines.source
    assert outlines.licence == "Licence Ouverte 2.0"


def test_the_outlines_stay_light(outlines: Outlines) -> None:
    drawn = [data for shape in outlines.departments.values() for data in (shape.path, shape.inside)]
    assert sum(map(len, drawn)) <= 32_000


def test_every_path_is_made_of_rings_inside_the_drawing(outlines: Outlines) -> None:
    for code, shape in outlines.departments.items():
        for data in filter(None, (shape.path, shape.inside)):
            rings = rings_of(data)
            assert all(len(ring) >= 3 and area(ring) > 0 for ring in rings), code
            assert all(0 <= x <= outlines.width and 0 <= y <= outlines.height for ring in rings for x, y in ring), (
                code
            )


def test_a_number_stands_inside_its_departement(outlines: Outlines) -> None:
    for code, shape in outlines.departments.items():
        x, y = shape.middle
        ring = max(rings_of(shape.path), key=area)
        crossed = [(ax, ay, bx, by) for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]) if (ay > y) != (by > y)]
        assert sum(x < ax + (y - ay) * (bx - ax) / (by - ay) for ax, ay, bx, by in crossed) % 2 == 1, code


def test_departements_stand_where_they_are(outlines: Outlines) -> None:
    at = {code: shape.middle for code, shape in outlines.departments.items()}
    west_to_east = ["29", "22", "35", "53", "72", "28", "91", "77", "51", "55", "54", "67"]
    north_to_south = ["59", "02", "51", "10", "89", "58", "03", "63", "15", "12", "81", "11", "66"]
    assert sorted(west_to_east, key=lambda code: at[code][0]) == west_to_east
    assert sorted(north_to_south, key=lambda code: at[code][1]) == north_to_south
    assert max(MAINLAND, key=lambda code: at[code][1]) == "2A"
    assert at["2B"][1] < at["2A"][1]


def test_sizes_are_those_of_the_official_areas(outlines: Outlines) -> None:
    known = {
        "33": 9976,
        "40": 9243,
        "24": 9060,
        "21": 8763,
        "69": 3249,
        "90": 609,
        "2A": 4014,
        "29": 6733,
        "48": 5167,
    }
    for code, square_kilometres in known.items():
        drawn = sum(area(ring) for ring in rings_of(outlines.departments[code].path))
        assert drawn == pytest.approx(square_kilometres, rel=0.05), code


def test_neighbours_share_their_border(outlines: Outlines) -> None:
    for one, other in (
        ("69", "42"),
        ("73", "74"),
        ("2A", "2B"),
        ("92", "75"),
        ("44", "49"),
        ("22", "56"),
        ("26", "84"),
    ):
        points = [{p for ring in rings_of(outlines.departments[code].path) for p in ring} for code in (one, other)]
        assert len(points[0] & points[1]) >= 3, (one, other)


def test_what_is_drawn_apart_is_in_a_box_and_paris_also_in_its_place(outlines: Outlines) -> None:
    assert {code for code, shape in outlines.departments.items() if shape.inside} == AROUND_PARIS
    boxes = [(i.left, i.top, i.left + i.width, i.top + i.height) for i in outlines.insets]
    assert len(boxes) == 6
    apart = set()
    for code, shape in outlines.departments.items():
        points = [point for ring in rings_of(shape.path) for point in ring]
        if any(all(left <= x <= right and top <= y <= foot for x, y in points) for left, top, right, foot in boxes):
            apart.add(code)
    assert apart == AROUND_PARIS | OVERSEAS


# Territories of pages.


def placed(*codes: str, path: str = "a.md") -> tuple[PlacedPage, list[str]]:
    return PlacedPage(path, path.removesuffix(".md").capitalize()), [*codes]


def found(*pages: tuple[PlacedPage, list[str]]) -> dict[str, list[str]]:
    return {territory.label: [page.title for page in territory.pages] for territory in by_territory(pages)}


@pytest.mark.parametrize(
    ("code", "department"),
    [
        ("D:73", "D:73"),
        ("C:73008", "D:73"),
        ("C:2A004", "D:2A"),
        ("C:97411", "D:974"),
        ("C:98818", "D:988"),
        ("R:84", ""),
        ("FR", ""),
        ("E:200067106", ""),
    ],
)
def test_the_departement_of_a_territory(code: str, department: str) -> None:
    assert department_of(code) == department


def test_a_commune_counts_in_its_departement_once() -> None:
    (savoie,) = by_territory([placed("C:73008", "C:73065", "D:73")])
    assert savoie.label == "Savoie (73)"
    assert savoie.pages == (PlacedPage("a.md", "A", "commune 73008, commune 73065"),)


def test_a_page_is_in_each_of_its_territories() -> None:
    assert found(placed("D:69", "D:38")) == {"Isère (38)": ["A"], "Rhône (69)": ["A"]}


def test_departements_come_by_name_then_wider_territories() -> None:
    codes = ("R:84", "D:26", "FR", "E:200067106", "D:2A", "D:07", "D:67", "D:09")
    assert [*found(placed(*codes))] == [
        "Ardèche (07)",
        "Ariège (09)",
        "Bas-Rhin (67)",
        "Corse-du-Sud (2A)",
        "Drôme (26)",
        "France entière",
        "Auvergne-Rhône-Alpes",
        "intercommunalité 200067106",
    ]


def test_shades_follow_the_number_of_pages() -> None:
    pages = tuple(PlacedPage(f"{n}.md", str(n)) for n in range(12))
    levels = [PlacedPages("D:01", "Ain", "Ain (01)", pages[:count]).level for count in (1, 2, 4, 5, 9, 10, 12)]
    assert levels == [1, 2, 2, 3, 3, 4, 4]


def test_shades_are_told_in_words() -> None:
    assert [*level_words([4, 2, 1, 2, 3], "fiche", "fiches")] == [
        (1, "1 fiche"),
        (2, "2 à 4 fiches"),
        (3, "5 à 9 fiches"),
        (4, "10 fiches et plus"),
    ]


# A query.

WIKI = {
    "docs/profils/_type.yml": """\
type: profil
label: {one: profil, many: profils, gender: m}
fields:
  titre: {type: text}
  lieu: {type: territory, many: true}
  adresse: {type: territory, visibility: members}
  chantiers: {type: group, many: true, fields: {ou: {type: territory}}}
""",
    "docs/profils/ada.md": "---\ntitre: Ada\nlieu: [D:69, C:69123]\nadresse: D:38\nchantiers:\n"
    "  - {ou: D:01}\n  - {ou: D:01}\n---\n",
    "docs/profils/bob.md": "---\ntitre: Bob\nlieu: [FR, D:69]\n---\n",
    "docs/profils/cleo.md": "---\ntitre: Cléo\nadresse: D:73\n---\n",
    "docs/secrets/_type.yml": "type: secret\nvisibility: members\nfields:\n  titre: {type: text}\n"
    "  lieu: {type: territory}\n",
    "docs/secrets/cave.md": "---\ntitre: Cave\nlieu: D:69\n---\n",
}


def carte(keys: str, audience: Audience = Audience.PUBLIC, more: dict[str, str] | None = None) -> CarteView:
    """Return what a block of the home page with these keys shows."""
    home = {"docs/index.md": f"# Accueil\n\n```requete\nvue: carte\n{keys}\n```\n"}
    site = site_of(read_wiki(WIKI | home | (more or {})), audience)
    (spec,) = site.graph.out["docs/index.md"].queries
    assert spec is not None
    return make_carte(ask(spec, site.graph.pages["docs/index.md"], site))


def shown(view: CarteView) -> dict[str, list[str]]:
    return {territory.label: [page.title for page in territory.pages] for territory in view.territories}


def link(value: ShownValue) -> str:
    return f"[{escape(value.text)}]({value.page})"


def test_the_territory_is_the_first_field_of_that_type() -> None:
    view = carte("de: profil")
    assert shown(view) == {"Rhône (69)": ["Ada", "Bob"], "France entière": ["Bob"]}
    assert [page.title for page in view.elsewhere] == ["Cléo"]
    assert [territory.name for territory in view.drawn] == ["Rhône"]
    assert view.counted(view.drawn[0].pages) == "2 profils"
    assert len(view.blank) == 100


def test_the_territory_can_be_named() -> None:
    assert shown(carte("de: profil\nterritoire: chantiers.ou")) == {"Ain (01)": ["Ada"]}


def test_rows_give_their_territory_and_count_a_page_once() -> None:
    assert shown(carte("de: profil\npour_chaque: chantiers")) == {"Ain (01)": ["Ada"]}


def test_a_column_that_is_no_territory_places_nothing() -> None:
    view = carte("de: profil\nterritoire: titre")
    assert view.territories == ()
    assert [page.title for page in view.elsewhere] == ["Ada", "Bob", "Cléo"]


def test_a_territory_for_members_places_nobody_in_public() -> None:
    keys = "de: profil\nterritoire: adresse"
    assert shown(carte(keys)) == {}
    assert shown(carte(keys, Audience.MEMBERS)) == {"Isère (38)": ["Ada"], "Savoie (73)": ["Cléo"]}


def test_pages_for_members_are_not_counted_in_public() -> None:
    keys = "de: [profil, secret]"
    assert shown(carte(keys))["Rhône (69)"] == ["Ada", "Bob"]
    members = carte(keys, Audience.MEMBERS)
    assert shown(members)["Rhône (69)"] == ["Ada", "Bob", "Cave"]
    assert members.counted(members.drawn[0].pages) == "3 pages"


def test_a_page_to_correct_says_nothing_of_its_territory() -> None:
    wrong = {"docs/profils/zoe.md": "---\ntitre: Zoé\nlieu: D:29\ninconnu: x\n---\n"}
    assert "Finistère (29)" not in shown(carte("de: profil", more=wrong))


def test_a_limit_is_told() -> None:
    view = carte("de: profil\nlimite: 1")
    assert shown(view) == {"Rhône (69)": ["Ada"]}
    assert view.more == "Et 2 autres."


def test_nothing_found_is_told() -> None:
    view = carte("de: profil\nou: titre = Personne\nvide: Personne, pour l'instant.")
    assert view.is_empty
    assert carte_text(view, link) == "Personne, pour l'instant.\n"


def test_what_has_no_outline_stays_in_the_list() -> None:
    view = carte("de: profil", more={"docs/profils/eve.md": "---\ntitre: Eve\nlieu: [D:975]\n---\n"})
    assert "Saint-Pierre-et-Miquelon (975)" in shown(view)
    assert [territory.number for territory in view.undrawn] == ["975"]
    assert "975" not in {territory.number for territory in view.drawn}


def test_the_text_tells_everything_that_the_map_does() -> None:
    more = {"docs/profils/eve.md": "---\ntitre: Eve *bold*\nlieu: [C:73008]\n---\n"}
    assert carte_text(carte("de: profil\ntitre: Qui est où ?\nlimite: 4", more=more), link) == (
        "**Qui est où ?**\n\n"
        "- **Rhône (69)** : 2 profils\n"
        "    - [Ada](docs/profils/ada.md) (commune 69123)\n"
        "    - [Bob](docs/profils/bob.md)\n"
        "- **Savoie (73)** : 1 profil\n"
        "    - [Eve &#42;bold&#42;](docs/profils/eve.md) (commune 73008)\n"
        "- **France entière** : 1 profil\n"
        "    - [Bob](docs/profils/bob.md)\n"
        "- **Sans territoire** : 1 profil\n"
        "    - [Cléo](docs/profils/cleo.md)\n"
    )


def test_names_are_those_that_fields_show(outlines: Outlines) -> None:
    names = {f"{name} ({code})" for code, name in OFFICIAL.items() if code in outlines.departments}
    assert {Territory().display(f"D:{code}") for code in outlines.departments} == names
