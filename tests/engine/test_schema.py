"""What a `_type.yml` becomes: what the cases of `tests/cases` cannot say, for it yields no diagnostic."""

from datetime import date
from itertools import permutations

import pytest

from essaim.schema.fieldtypes import FIELD_TYPES, FieldType, Invalid
from essaim.schema.fieldtypes.times import Duration, Month
from essaim.schema.load import load_schema
from essaim.schema.model import Field, Schema
from essaim.source import SourceFile

WIKI = {
    "docs": "type: page\nfields: {titre: text}",
    "docs/_commun": """\
type: _commun
fields:
  titre: {type: text, required: true, help: "Le nom."}
  relu_par: {type: reference, to: profil, inverse: {name: a_relu, label: "A relu"}}
sections:
  - {title: "En bref", required: true}
""",
    "docs/etapes": "type: etape\nfields: {titre: text}\nindex: {view: cards, facets: titre, sort: -titre}",
    "demarches": """\
type: demarche
label: {one: démarche, many: démarches, gender: f}
icon: material/clipboard
visibility: members
share: commons
extends: _commun
review_every: 1 an
fields:
  titre: {type: text, max: 120, label: "Titre de la démarche"}
  portee: {type: choice, of: {loi: "Loi", cae: "Notre CAE"}}
  etape: {type: reference, to: [etape], required: oui, inverse: demarches}
  voir: {type: reference, inverse: {name: vu_par}}
  jours: {type: date, many: true, min: 1, max: 3}
  suivi:
    type: group
    many: true
    visibility: members
    fields:
      qui: {type: reference, to: profil, inverse: {name: realise, label: "A réalisé"}}
      notes: {type: list, of: {type: list, of: {type: integer, max: 5}}}
sections:
  - {title: "Étapes", form: numbered}
gestures:
  - {id: fait, label: "Je l'ai fait", adds: {to: suivi, value: {qui: me, date: today}}}
""",
    "profils": "type: profil\ntitle: nom\naliases: surnoms\nextra: allow\nfields: {nom: text}",
}


def load(wiki: dict[str, str] = WIKI) -> Schema:
    schema, found = load_schema([SourceFile.from_text(f"{folder}/_type.yml", text) for folder, text in wiki.items()])
    assert not found, found
    return schema


SCHEMA = load()
DEMARCHE = SCHEMA.types["demarche"]


# --- Types ---------------------------------------------------------------------------------------------------------


def test_a_type_says_what_its_collection_is() -> None:
    assert (DEMARCHE.name, DEMARCHE.folder, DEMARCHE.path) == ("demarche", "demarches", "demarches/_type.yml")
    assert (DEMARCHE.label_one, DEMARCHE.label_many, DEMARCHE.with_article) == (
        "démarche",
        "démarches",
        "une démarche",
    )
    assert (DEMARCHE.visibility, DEMARCHE.share, DEMARCHE.icon) == ("members", "commons", "material/clipboard")
    assert DEMARCHE.review_every == Duration(months=12)
    assert DEMARCHE.gestures[0]["adds"] == {"to": "suivi", "value": {"qui": "me", "date": "today"}}
    assert [section.title for section in DEMARCHE.sections] == ["En bref", "Étapes"]


def test_what_is_not_said_is_prudent() -> None:
    etape = SCHEMA.types["etape"]
    assert (etape.label_one, etape.label_many, etape.with_article) == ("etape", "etape", "un etape")
    assert (etape.visibility, etape.share, etape.review_every) == ("public", "local", None)
    assert (etape.title_field, etape.alias_field, etape.allows_extra) == ("titre", "alias", False)
    assert SCHEMA.types["demarche"].index is None


def test_an_index_may_name_one_field_without_brackets() -> None:
    index = SCHEMA.types["etape"].index
    assert index is not None
    assert (index.view, index.facets, index.columns, index.sort) == ("cards", ("titre",), (), "-titre")


def test_every_type_has_a_field_for_other_names() -> None:
    for page_type in SCHEMA.types.values():
        field = page_type.fields[page_type.alias_field]
        assert (field.many, field.accepts_single, field.type.name) == (True, True, "text")
    assert SCHEMA.types["profil"].alias_field == "surnoms"
    assert "alias" not in SCHEMA.types["profil"].fields


def test_a_child_has_the_fields_of_its_parents_and_the_last_word() -> None:
    assert list(DEMARCHE.fields)[:3] == ["titre", "relu_par", "portee"]
    title = DEMARCHE.fields["titre"]
    assert (title.label, title.max, title.required, title.help) == ("Titre de la démarche", 120, False, "")
    assert SCHEMA.types["_commun"].is_abstract


def test_the_order_of_the_files_does_not_count() -> None:
    for order in list(permutations(WIKI))[:30]:
        schema = load({folder: WIKI[folder] for folder in order})
        assert dict(schema.types) == dict(SCHEMA.types)
        assert list(schema.types) == list(SCHEMA.types)


# --- Folders -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("docs/a.md", "page"),
        ("docs/index.md", "page"),
        ("docs/ailleurs/dans/a.md", "page"),
        ("docs/etapes/a.md", "etape"),
        ("docs/etapes/sous/a.md", "etape"),
        ("docs/etapes/sous/index.md", "etape"),
        ("docs/etapes/index.md", "page"),
        ("demarches/a.md", "demarche"),
        ("demarches/index.md", "demarche"),
        ("docs/_commun/a.md", "page"),
        ("profils.md", "page"),
        ("docs-2/a.md", "page"),
    ],
)
def test_the_nearest_collection_upwards_decides(path: str, name: str) -> None:
    assert SCHEMA.type_of(path).name == name


def test_outside_every_collection_anything_goes() -> None:
    plain = SCHEMA.type_of("ailleurs/a.md")
    assert plain is SCHEMA.plain
    assert (plain.path, plain.allows_extra) == ("", True)
    assert plain.alias_field in plain.fields


def test_a_collection_may_stand_at_the_root() -> None:
    schema, _ = load_schema([SourceFile.from_text("_type.yml", "type: page\nfields: {}\n")])
    assert schema.type_of("a.md").name == schema.type_of("x/y.md").name == "page"


# --- Fields --------------------------------------------------------------------------------------------------------


def test_a_field_is_named_by_its_path_at_any_depth() -> None:
    paths = [field.path for field in DEMARCHE.fields["suivi"].walk()]
    assert paths == ["suivi", "suivi.qui", "suivi.notes", "suivi.notes", "suivi.notes"]
    assert [field.path for field in DEMARCHE.references()] == ["relu_par", "etape", "voir", "suivi.qui"]


def test_what_is_inside_a_reserved_field_is_reserved() -> None:
    assert {field.visibility for field in DEMARCHE.fields["suivi"].walk()} == {"members"}
    assert DEMARCHE.fields["etape"].visibility == "public"


def test_choices_have_labels() -> None:
    assert dict(DEMARCHE.fields["portee"].choices) == {"loi": "Loi", "cae": "Notre CAE"}


def test_bounds_count_values_where_there_are_many() -> None:
    days = DEMARCHE.fields["jours"]
    assert (days.min, days.max) == (1, 3)
    innermost = list(DEMARCHE.fields["suivi"].walk())[-1]
    assert (innermost.type.name, innermost.max) == ("integer", 5)


def test_a_label_is_made_of_the_name() -> None:
    assert DEMARCHE.fields["relu_par"].label == "Relu par"
    assert DEMARCHE.fields["etape"].inverse is not None
    assert DEMARCHE.fields["etape"].inverse.label == "Demarches"


def test_relations_are_known_from_the_type_they_point_at() -> None:
    by_type = {name: sorted(SCHEMA.inverses_of(name)) for name in SCHEMA.types}
    assert by_type == {
        "_commun": ["vu_par"],
        "demarche": ["vu_par"],
        "etape": ["demarches", "vu_par"],
        "page": ["vu_par"],
        "profil": ["a_relu", "realise", "vu_par"],
    }
    (relation,) = SCHEMA.inverses_of("profil")["a_relu"]
    assert (relation.source_type, relation.field.path) == ("demarche", "relu_par"), "of the child, not of the parent"


def test_a_schema_cannot_be_changed() -> None:
    for mapping in (
        SCHEMA.types,
        DEMARCHE.fields,
        DEMARCHE.fields["suivi"].fields,
        DEMARCHE.fields["portee"].choices,
    ):
        with pytest.raises(TypeError):
            mapping["x"] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        DEMARCHE.name = "x"  # type: ignore[misc]


# --- Field types ---------------------------------------------------------------------------------------------------


def a_field(kind: FieldType) -> Field:
    return Field(name="x", path="x", type=kind, label="X", choices={"loi": "La loi"})


@pytest.mark.parametrize("kind", FIELD_TYPES.values(), ids=FIELD_TYPES)
def test_a_field_type_speaks_french(kind: FieldType) -> None:
    assert kind.expected.startswith(("un ", "une ", "le ", "«"))
    assert kind.name.isascii()
    if not kind.is_nested:
        refused = kind.parse("\u00a7", a_field(kind))
        assert not isinstance(refused, Invalid) or not refused.problem.endswith(".")


@pytest.mark.parametrize(
    ("name", "text", "value", "shown"),
    [
        ("text", " tel quel ", " tel quel ", " tel quel "),
        ("integer", "1234567", 1234567, "1\u202f234\u202f567"),
        ("integer", "-5", -5, "-5"),
        ("number", "1234.5", 1234.5, "1\u202f234,5"),
        ("number", "12.0", 12.0, "12"),
        ("boolean", "Vrai", True, "oui"),
        ("boolean", "no", False, "non"),
        ("date", "2026-05-01", date(2026, 5, 1), "1er mai 2026"),
        ("date", "2026-12-31", date(2026, 12, 31), "31 décembre 2026"),
        ("month", "2026-08", Month(2026, 8), "août 2026"),
        ("duration", "1 h 30", Duration(minutes=90), "1 heure 30 minutes"),
        ("duration", "1h05", Duration(minutes=65), "1 heure 5 minutes"),
        ("duration", "2 ans et 3 mois", Duration(months=27), "2 ans 3 mois"),
        ("duration", "P1Y2M3DT4H5M", Duration(14, 3, 245), "1 an 2 mois 3 jours 4 heures 5 minutes"),
        ("duration", "2 semaines, 1 jour", Duration(days=15), "15 jours"),
        ("duration", "12 months", Duration(months=12), "1 an"),
        ("duration", "0 jour", Duration(), "0 minute"),
        ("choice", "loi", "loi", "La loi"),
        ("territory", "FR", "FR", "France entière"),
        ("territory", "73", "D:73", "Savoie (73)"),
        ("territory", "2a", "D:2A", "Corse-du-Sud (2A)"),
        ("territory", "R:84", "R:84", "Auvergne-Rhône-Alpes"),
        ("territory", "97411", "C:97411", "commune 97411"),
        ("territory", "E:200069193", "E:200069193", "200069193"),
        ("siren", "732 829 320", "732829320", "732\u202f829\u202f320"),
        ("siren", "732\u00a0829\u202f320 00074", "73282932000074", "732\u202f829\u202f320\u202f00074"),
        ("reference", "[[Zoé Martin|Zoé]]", "Zoé Martin", "Zoé Martin"),
    ],
)
def test_a_text_becomes_a_value_and_a_value_is_shown_in_french(
    name: str, text: str, value: object, shown: str
) -> None:
    kind = FIELD_TYPES[name]
    assert kind.parse(text, a_field(kind)) == value
    assert kind.display(value, a_field(kind)) == shown


def test_a_moment_keeps_its_offset_and_is_compared_as_written() -> None:
    kind = FIELD_TYPES["datetime"]
    here, there = (kind.parse(text, a_field(kind)) for text in ("2026-05-01 18:30", "2026-05-01T18:30:00+02:00"))
    assert kind.display(here) == kind.display(there) == "1er mai 2026 à 18 h 30"
    assert kind.measure(here) == kind.measure(there)
    assert there.utcoffset() is not None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("integer", text) for text in ("", "1.0", "1e3", "0x1F", "1_000", "٣", "9" * 5000, "+", "--1")),
        *(("number", text) for text in ("", ".5", "5.", "1e5", "inf", ".nan", "NaN", "1,5,0", "9" * 5000)),
        *(("date", text) for text in ("", "2026-5-1", "2026-02-29", "26-05-01", "2026-05-01T00:00", "0000-01-01")),
        *(("datetime", text) for text in ("2026-05-01", "2026-05-01 24:30", "2026-05-01 18h30", "18:30")),
        *(("month", text) for text in ("2026", "2026-00", "2026-13", "05-2026")),
        *(
            ("duration", text)
            for text in ("", "3", "mois", "1 h 75", "1,5 h", "P", "PT", "P1M2Y", "-1 jour", "1 mois x")
        ),
        *(
            ("url", text)
            for text in ("x", "ftp://a.fr", "http://", "javascript:alert(1)", "https://a b", "http://[", "//a.fr")
        ),
        *(
            ("email", text)
            for text in ("a", "a@b", "@b.fr", "a@b.fr ", "a@b..fr", "<a@b.fr>", "a b@c.fr", "a@b.fr,c@d.fr")
        ),
        *(("tel", text) for text in ("12", "01 23 45 67 89 poste 3", "1" * 16, "+", "(01)", "0123456789\n")),
        *(("file", text) for text in ("", "/etc/passwd", "C:x", "a\\b", "a?b", "a%2e", "a\x00b", "a|b")),
        *(("image", text) for text in ("a.svg", "a.html", "png", "a.png.js", "https://a.fr/b.png")),
        *(
            ("territory", text)
            for text in ("", "X:1", "D:00", "D:999", "R:00", "C:00123", "C:7300", "E:1", "200069193")
        ),
        *(("siren", text) for text in ("", "732829321", "7328293", "73282932000075", "73282932O")),
        *(("boolean", text) for text in ("", "1", "0", "on", "peut-être")),
        *(("choice", text) for text in ("", "lois", "LOI")),
    ],
)
def test_what_is_refused(name: str, text: str) -> None:
    kind = FIELD_TYPES[name]
    assert isinstance(kind.parse(text, a_field(kind)), Invalid)


@pytest.mark.parametrize(
    ("name", "text", "proposed"),
    [
        ("number", "1\u202f234,5", "1234.5"),
        ("integer", "1 000", "1000"),
        ("date", "1er mai 2026", "2026-05-01"),
        ("date", "01.05.2026", "2026-05-01"),
        ("date", "3 Février 2026", "2026-02-03"),
        ("month", "2026-05-01", "2026-05"),
        ("url", "exemple.fr/a", "https://exemple.fr/a"),
        ("territory", "savoie", "D:73"),
        ("choice", "La Loi", "loi"),
        ("choice", "lio", "loi"),
    ],
)
def test_what_was_meant_is_proposed_and_accepted(name: str, text: str, proposed: str) -> None:
    kind = FIELD_TYPES[name]
    invalid = kind.parse(text, a_field(kind))
    assert isinstance(invalid, Invalid)
    assert invalid.suggestion == proposed
    assert not isinstance(kind.parse(proposed, a_field(kind)), Invalid)
