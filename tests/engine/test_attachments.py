"""Images and documents are shown as what they are, with the words that stand beside them, to those given them."""

from pathlib import Path

import pytest

from essaim.diagnostics import Diagnostic
from essaim.media import FileFacts
from essaim.views.attachments import weight
from essaim.views.audience import Audience
from essaim.views.fields import ShownField, ShownValue
from essaim.views.inputs import PageInputs, page_inputs
from essaim.workspace import Analysis, Change, Workspace, update
from essaim.workspace.site import site_of
from tests.conftest import read_wiki, write_files
from tests.plugins.leaks import png

TYPE = """\
type: fiche
label: {one: fiche, many: fiches}
fields:
  titre: text
  legende: {type: text, label: Légende}
  secret: {type: text, visibility: members}
  photo: {type: image, alt: legende, label: Portrait}
  plan: {type: image, alt: secret, label: Plan}
  bilan: {type: file, label: Bilan}
  vues:
    type: group
    many: true
    fields:
      fichier: {type: image, alt: vue, label: Image}
      vue: {type: text, label: "Ce qu'on y voit"}
      credit: {type: text, label: Crédit}
  pieces:
    type: group
    many: true
    fields: {fichier: {type: file, name: titre, label: Document}, titre: {type: text, label: Titre}, note: text}
"""
CLOSED = "type: note\nlabel: {one: note, many: notes}\nvisibility: members\n"
FACTS = {
    "docs/f/a.png": FileFacts(size=48_200, width=640, height=480),
    "docs/f/bilan.ods": FileFacts(size=1_420_000),
    "docs/ferme/b.png": FileFacts(size=10),
}


def wiki(fields: str, page_type: str = TYPE) -> Analysis:
    files = {
        "docs/f/_type.yml": page_type,
        "docs/ferme/_type.yml": CLOSED,
        "docs/f/une.md": f"---\ntitre: Une\n{fields}---\n\nTexte.\n",
    }
    return read_wiki(files, measured=FACTS)


def inputs(analysis: Analysis, audience: Audience = Audience.PUBLIC) -> PageInputs:
    return page_inputs(analysis.graph.pages["docs/f/une.md"], site_of(analysis, audience))


def shown(fields: str, audience: Audience = Audience.PUBLIC) -> dict[str, ShownField]:
    return {field.name: field for field in inputs(wiki(fields), audience).fields}


def only(field: ShownField) -> ShownValue:
    (value,) = field.values
    return value


class TestWords:
    def test_an_image_says_what_the_field_beside_it_says_once(self) -> None:
        found = shown('photo: a.png\nlegende: "Elle rit"\n')
        assert list(found) == ["photo"]
        value = only(found["photo"])
        assert value.text == "Elle rit"
        assert value.file is not None
        assert (value.file.path, value.file.width, value.file.height) == ("docs/f/a.png", 640, 480)
        assert value.file.note == "PNG, 48\u00a0ko"

    def test_without_them_an_image_says_its_label_and_a_document_its_name(self) -> None:
        found = shown("photo: a.png\nbilan: bilan.ods\n")
        assert [only(found[name]).text for name in ("photo", "bilan")] == ["Portrait", "bilan.ods"]
        file = only(found["bilan"]).file
        assert file is not None
        assert file.note == "ODS, 1,4\u00a0Mo"

    def test_words_without_their_image_stay(self) -> None:
        assert list(shown("legende: Elle rit\n")) == ["legende"]

    def test_words_for_members_are_for_members(self) -> None:
        fields = "plan: a.png\nsecret: Le coffre\n"
        assert only(shown(fields)["plan"]).text == "Plan"
        assert only(shown(fields, Audience.MEMBERS)["plan"]).text == "Le coffre"

    def test_a_row_gives_a_document_its_words_and_keeps_the_rest(self) -> None:
        (row,) = shown("pieces: [{fichier: bilan.ods, titre: Le bilan, note: Relu}]\n")["pieces"].rows
        assert [(part.name, part.text) for part in row] == [("fichier", "Le bilan"), ("note", "Relu")]

    def test_rows_of_images_are_a_gallery_and_others_are_not(self) -> None:
        found = shown(
            "vues: [{fichier: a.png, vue: Un pré, credit: Lu}]\npieces: [{fichier: bilan.ods, titre: Le bilan}]\n"
        )
        assert found["vues"].is_gallery
        assert not found["pieces"].is_gallery
        assert not shown("vues: [{fichier: a.png}, {credit: Lu}]\n")["vues"].is_gallery


class TestAudience:
    def test_a_file_that_stands_with_what_is_for_members_is_not_shown_to_the_public(self) -> None:
        fields = "photo: ../ferme/b.png\nlegende: Elle rit\n"
        assert list(shown(fields)) == ["legende"]
        assert list(shown(fields, Audience.MEMBERS)) == ["photo"]


class TestChanges:
    def test_what_a_page_depends_on_changes_with_the_file(self) -> None:
        before = wiki("photo: a.png\n")
        change = Change(path="docs/f/a.png", facts=FileFacts(size=9, width=3, height=4))
        after = update(before, [change])
        assert inputs(after).digest != inputs(before).digest
        assert after.facts == {**FACTS, "docs/f/a.png": change.facts}
        assert update(after, [Change(path="docs/f/a.png", exists=False)]).facts.keys() == FACTS.keys() - {change.path}

    def test_a_wiki_on_disk_sees_a_file_that_changed(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"docs/f/_type.yml": TYPE, "docs/f/une.md": "---\ntitre: Une\nphoto: a.png\n---\n"})
        image = tmp_path / "docs/f/a.png"
        image.write_bytes(png("x"))
        workspace = Workspace(tmp_path, wiki("").today)
        first = workspace.refresh()
        assert workspace.refresh() is first
        assert first.facts == {"docs/f/a.png": FileFacts(size=image.stat().st_size, width=1, height=1)}
        image.write_bytes(b"no image at all")
        assert workspace.refresh().facts == {"docs/f/a.png": FileFacts(size=15)}
        image.unlink()
        assert workspace.refresh().facts == {}


def of_type(page_type: str) -> list[Diagnostic]:
    """Return what is told of the declaration of a type."""
    return [found for found in wiki("", page_type).diagnostics if found.path == "docs/f/_type.yml"]


class TestDeclarations:
    @pytest.mark.parametrize(
        ("written", "told"),
        [
            ("photo: {type: image, alt: legend}", "le nom d'un champ « text » écrit à côté de lui, sans « many »."),
            ("photo: {type: image, alt: date}", "le nom d'un champ « text » écrit à côté de lui, sans « many »."),
            ("photo: {type: image, alt: mots}", "le nom d'un champ « text » écrit à côté de lui, sans « many »."),
            ("photo: {type: image, many: true, alt: legende}", "d'être retirée"),
            ("photo: {type: list, of: {type: image, alt: legende}}", "d'être retirée"),
            ("g: {type: group, fields: {f: {type: file, name: legende}}}", "le nom d'un champ « text »"),
        ],
    )
    def test_words_that_cannot_be_found_are_a_mistake(self, written: str, told: str) -> None:
        base = (
            "type: fiche\nfields:\n  titre: text\n  legende: text\n  date: date\n  mots: {type: text, many: true}\n"
        )
        (found,) = of_type(f"{base}  {written}\n")
        assert found.code == "ES603"
        assert told in found.message
        assert found.span.start.line == 7

    def test_the_nearest_field_is_proposed(self) -> None:
        (found,) = of_type("type: fiche\nfields: {titre: text, legende: text, p: {type: image, alt: legend}}\n")
        assert found.suggestion == "legende"

    def test_each_kind_has_its_option(self) -> None:
        (found,) = of_type("type: fiche\nfields: {titre: text, p: {type: file, alt: titre}}\n")
        assert found.code == "ES601"

    def test_the_words_may_come_from_the_type_that_it_extends(self) -> None:
        files = {
            "docs/_c/_type.yml": "type: _c\nfields: {titre: text, legende: text}\n",
            "docs/f/_type.yml": "type: fiche\nextends: _c\nfields: {photo: {type: image, alt: legende}}\n",
        }
        assert read_wiki(files).diagnostics == ()


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (0, "0 octet"),
        (1, "1 octet"),
        (640, "640 octets"),
        (999, "999 octets"),
        (1000, "1 ko"),
        (1539, "1,5 ko"),
        (12_345, "12 ko"),
        (999_400, "999 ko"),
        (999_600, "1 Mo"),
        (1_420_000, "1,4 Mo"),
        (9_960_000, "10 Mo"),
        (2_000_000_000, "2 Go"),
    ],
)
def test_a_weight_is_told_in_the_unit_that_fits(size: int, told: str) -> None:
    assert weight(size) == told.replace(" ", "\u00a0")
