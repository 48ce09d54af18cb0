import re
import shutil
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from essaim.diagnostics import Diagnostic
from essaim.pages.page import Value
from essaim.rules import (
    CATALOGUE,
    Rule,
    body,
    declared,
    facts,
    fields,
    files,
    freshness,
    frontmatter,
    linked_data,
    links,
    mentions,
    neighbours,
    queries,
    redirections,
    rows,
    types,
)
from essaim.schema.fieldtypes import FIELD_TYPES
from essaim.views.catalogue import SEVERITIES, explain_rule, render_rule
from essaim.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
WIKI = ROOT / "tests" / "catalogue"
PAGES = ROOT / "docs" / "aide" / "diagnostics"
TODAY = date(2026, 11, 22)
FAMILIES = {
    "ES001": files,
    "ES101": frontmatter,
    "ES201": fields,
    "ES230": rows,
    "ES301": links,
    "ES320": redirections,
    "ES330": neighbours,
    "ES401": body,
    "ES410": freshness,
    "ES411": mentions,
    "ES420": facts,
    "ES501": declared,
    "ES601": types,
    "ES620": linked_data,
    "ES701": queries,
}
"""Each module of rules, by the code its rules begin with."""
TOLD_ELSEWHERE = {"ES312": "notes/recolte.md", "ES407": "notes/recolte.md"}
"""Where the diagnostic stands when it is not on the file that is at fault."""

each_rule = pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
each_family = pytest.mark.parametrize(("first", "module"), FAMILIES.items(), ids=FAMILIES.keys())


def diagnose(root: Path, place: str = "", text: str = "", *, informed: bool = False) -> tuple[Diagnostic, ...]:
    """Check a copy of the catalogue's wiki, with one file more; `informed` adds what could be linked or explained."""
    shutil.copytree(WIKI, root)
    if place:
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(errors="surrogateescape"))
    analysis = Workspace(root, TODAY).refresh()
    return analysis.informed if informed else analysis.diagnostics


def without_orphans(diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in diagnostics if diagnostic.code != links.ORPHAN.code]


def test_wiki_of_the_catalogue_is_faultless(tmp_path: Path) -> None:
    assert diagnose(tmp_path / "wiki", informed=True) == ()


@each_rule
def test_wrong_yields_its_code_and_nothing_else(rule: Rule, tmp_path: Path) -> None:
    diagnostics = diagnose(tmp_path / "wiki", rule.place, rule.wrong, informed=rule in mentions.ALL)
    found = diagnostics if rule is links.ORPHAN else without_orphans(diagnostics)
    place = TOLD_ELSEWHERE.get(rule.code, rule.place)
    assert {(diagnostic.code, diagnostic.path) for diagnostic in found} == {(rule.code, place)}
    assert {diagnostic.severity for diagnostic in found} == {rule.severity}


@each_rule
def test_right_yields_nothing(rule: Rule, tmp_path: Path) -> None:
    place = rule.right_place or rule.place
    diagnostics = diagnose(tmp_path / "wiki", place, rule.right, informed=rule in mentions.ALL)
    assert not (diagnostics if rule is links.ORPHAN else without_orphans(diagnostics))


@each_rule
def test_every_field_is_filled(rule: Rule) -> None:
    texts = (rule.code, rule.name, rule.title, rule.message, rule.meaning, rule.remedy, rule.wrong, rule.right)
    assert all(text.strip() for text in texts)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", rule.name)
    assert rule.wrong.endswith("\n")
    assert rule.right.endswith("\n")
    assert rule.wrong != rule.right or rule.right_place


@each_rule
def test_french_is_well_set(rule: Rule) -> None:
    for text in (rule.title, rule.message, rule.meaning, rule.remedy):
        prose = re.sub(r"`[^`]+`|« (?:-->|!) »", "code", text)
        assert not re.search(r"[’\"]|\.\.\.| {2}| [.,)]|[^ ][;?!»]|«[^ ]|[^ ]:(?! valeur)", prose), prose
    for text in (rule.meaning, rule.remedy):
        assert text.endswith(".")


@each_family
def test_family_holds_all_its_rules(first: str, module: ModuleType) -> None:
    declared_rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    assert list(module.ALL) == declared_rules
    number = int(first.removeprefix("ES"))
    assert [rule.code for rule in module.ALL] == [f"ES{number + n:03}" for n in range(len(declared_rules))]


def test_codes_and_names_are_unique() -> None:
    rules = [rule for module in FAMILIES.values() for rule in module.ALL]
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
    assert list(CATALOGUE.values()) == rules


def test_field_types_are_all_named() -> None:
    named = re.findall(r"`(\w+)`", types.UNKNOWN_FIELD_TYPE.remedy)
    assert sorted(named) == sorted(FIELD_TYPES)


@each_rule
def test_explanation_is_plain_text(rule: Rule) -> None:
    text = explain_rule(rule)
    assert all(len(line) <= 88 and line == line.rstrip() for line in text.split("\n"))
    prose = [line for line in text.split("\n") if not line.startswith("    ")]
    assert not re.search(r"`\w|\w`|\*\*|^#", "\n".join(prose), re.MULTILINE)
    for line in text.split("\n"):
        assert line.isprintable()


def test_explanation_tells_everything() -> None:
    assert (
        explain_rule(fields.UNKNOWN_CHOICE)
        == """\
ES205 · Ce choix n'est pas dans la liste
Erreur

Ce que cela veut dire

  Ce champ se remplit avec un choix pris dans une liste, la même pour toutes les fiches
  de ce type. C'est ce qui permet de les filtrer sans en oublier.

Exemple

  Dans « docs/fiches/exemple.md » :

    ---
    titre: Faire du pain
    niveau: simple
    ---

Pour corriger

  Prenez l'un des choix que cite le message, écrit de la même façon. S'il en manque un,
  il s'ajoute dans le fichier « _type.yml » du dossier.

  Le même fichier, corrigé :

    ---
    titre: Faire du pain
    niveau: facile
    ---
"""
    )


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (files.NOT_UTF8, "le caf�."),
        (files.BYTE_ORDER_MARK, "⟨caractère invisible⟩---"),
        (files.CONTROL_CHARACTER, "l'eau.⟨caractère invisible⟩Laissez"),
        (files.TOO_LARGE, "⟨la même ligne, encore 8997 fois⟩"),
        (frontmatter.SPECIAL_SPACE, "titre:⟨espace insécable⟩Faire"),
        (frontmatter.TAB, "⟨tabulation⟩- farine"),
    ],
    ids=lambda value: value.code if isinstance(value, Rule) else "",
)
def test_what_cannot_be_seen_is_named(rule: Rule, shown: str) -> None:
    assert shown in render_rule(rule)
    assert shown in explain_rule(rule)


def test_committed_pages_are_those_of_the_catalogue() -> None:
    committed = {path.name: path.read_bytes().decode() for path in PAGES.glob("*.md")}
    assert committed == {f"{code.lower()}.md": render_rule(rule) for code, rule in CATALOGUE.items()}


def test_committed_pages_are_sound_pages_of_the_wiki() -> None:
    analysis = Workspace(ROOT, TODAY).refresh()
    folder = "docs/aide/diagnostics/"
    assert without_orphans(tuple(d for d in analysis.diagnostics if d.path.startswith(folder))) == []
    for code, rule in CATALOGUE.items():
        page = analysis.graph.pages[f"{folder}{code.lower()}.md"]
        assert page.title == f"{code} · {rule.title}"
        values = {name: value.data for name, value in page.values.items() if isinstance(value, Value)}
        assert values.keys() == {"titre", "resume", "code", "gravite"}
        assert (values["code"], values["gravite"]) == (code, SEVERITIES[rule.severity])
        assert [heading.title for heading in page.document.headings] == [
            "Ce que cela veut dire",
            "Exemple",
            "Pour corriger",
        ]
        assert not page.document.links
        assert not page.variables
