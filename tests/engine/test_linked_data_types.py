"""Mistakes in the `linked_data` of a `_type.yml`: each is told at its place, the rest stands."""

import pytest

from essaim.schema.load import load_schema
from essaim.source import SourceFile

TYPE = """\
type: fiche
fields:
  titre: {type: text}
  niveau: {type: choice, of: [a, facile]}
  etapes: {type: group, many: true, fields: {titre: {type: text}, delai: {type: text}}}
  amie: {type: reference, to: fiche, inverse: {name: amie_de, label: "Amie de"}}
linked_data: """


def told(mapping: str) -> list[str]:
    """Return the diagnostics of a mapping: column in the line of `linked_data`, code, suggestion."""
    schema, found = load_schema([SourceFile.from_text("docs/fiches/_type.yml", f"{TYPE}{mapping}\n")])
    assert {d.span.start.line for d in found} <= {7}
    assert "fiche" in schema.types
    return [f"{d.span.start.column} {d.code}" + (f" → {d.suggestion}" if d.suggestion else "") for d in found]


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("{type: HowTo, properties: {name: titre, step: etapes.titre, knows: amie_de}}", []),
        ("{type: Licorne, properties: {corne: titre}}", []),
        ("{type: HowTo, properties: {actor: titre}}", []),  # schema.org has it, though « author » is close
        ("{typ: HowTo}", ["14 ES602", "15 ES601 → type"]),
        ("HowTo", ["14 ES603"]),
        ("{type: howto}", ["21 ES603 → HowTo"]),
        ("{type: HowTwo}", ["21 ES620 → HowTo"]),
        ("{type: 'zair:Group'}", ["21 ES603 → pair:Group"]),
        ("{type: HowTo, properties: [titre]}", ["40 ES603"]),
        ("{type: HowTo, properties: {Name: titre}}", ["41 ES603 → name"]),
        ("{type: HowTo, properties: {descripton: titre}}", ["41 ES620 → description"]),
        ("{type: HowTo, properties: {name: titer}}", ["47 ES610 → titre"]),
        ("{type: HowTo, properties: {name: etapes.titer}}", ["47 ES610 → etapes.titre"]),
        ("{type: HowTo, properties: {name: amie.titre}}", ["47 ES610"]),
        ("{type: HowTo, properties: {name: [titre, titer]}}", ["55 ES610 → titre"]),
        ("{type: HowTo, properties: {step: etapes}}", ["47 ES603"]),
        ("{type: HowTo, properties: {name: }}", ["41 ES603"]),
        (
            "{type: HowTo, properties: {step: {field: etapes, type: HowToStep, properties: {name: delais}}}}",
            ["99 ES610 → delai"],
        ),
        ("{type: HowTo, properties: {step: {field: etapes}}}", ["47 ES602"]),
        ("{type: HowTo, properties: {step: {field: titre, type: Thing, properties: {name: titre}}}}", ["87 ES603"]),
        ("{type: HowTo, properties: {step: {value: un, feild: titre}}}", ["59 ES601"]),
        ("{type: HowTo, properties: {text: {field: niveau, values: {a: facile}}}}", []),
        ("{type: HowTo, properties: {text: {field: niveau, values: {facil: Facile}}}}", ["72 ES601 → facile"]),
        ("{type: HowTo, properties: {text: {field: titre, values: {a: facile}}}}", ["70 ES603"]),
        ("{type: HowTo, properties: {step: {link: indx, type: Thing}}}", ["54 ES603 → index"]),
        ("{type: HowTo, prefixes: {Ex: 'https://e.fr/', b: mots}}", ["39 ES603", "63 ES603"]),
    ],
)
def test_each_mistake_is_told_at_its_place(mapping: str, expected: list[str]) -> None:
    assert sorted(told(mapping)) == sorted(expected)


def test_mistakes_of_an_ancestor_are_told_once_and_fields_of_a_descendant_count() -> None:
    common = "type: _commun\nfields: {titre: {type: text}}\nlinked_data: {type: HowTo, properties: {name: titer}}\n"
    files = {"docs/_commun/_type.yml": common, "docs/a/_type.yml": "type: a\nextends: _commun\n"}
    schema, found = load_schema([SourceFile.from_text(path, text) for path, text in files.items()])
    assert [(d.path, d.code) for d in found] == [("docs/_commun/_type.yml", "ES610")]
    spec = schema.types["a"].linked_data
    assert spec is not None
    assert spec.thing.types == ("HowTo",)
