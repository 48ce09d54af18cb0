"""Pages that contain others, and what else a type says of how its pages are read."""

from collections.abc import Mapping

import pytest
from markdown import Markdown

from essaim.diagnostics import Diagnostic
from essaim.schema.load import load_schema
from essaim.schema.model import PageType
from essaim.schema.reading import ReadingSpec
from essaim.source import SourceFile
from essaim.views.audience import Audience
from essaim.views.body import all_views
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.markdown import WikiExtension
from essaim.views.plain import render_page
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

FIELDS = """\
fields:
  titre: text
  fiches: {type: reference, many: true}
  extrait: {type: text, visibility: members}
  public: text
  mots: {type: text, many: true}
"""
EXTENSIONS = ["attr_list", "footnotes", "md_in_html", "tables", "toc"]
PATH = "docs/dossiers/accueil.md"
SIGN = "---\ntitre: Signer\n---\n\nAvant.\n\n## L'essentiel\n\nDeux heures.\n\n## Étapes\n\n1. Lire\n"
COUNT = "# Compter\n\n## L'essentiel\n\nAvec [[signer]] et {{ cae.taux }}.\n\n### Et après\n"


def load(text: str, other: str = "") -> tuple[PageType, list[Diagnostic]]:
    sources = [SourceFile.from_text("docs/x/_type.yml", f"type: x\n{text}")]
    if other:
        sources.append(SourceFile.from_text("docs/y/_type.yml", other))
    schema, found = load_schema(sources)
    return schema.types["x"], found


def dossier(
    header: str,
    body: str = "Mon texte.\n",
    *,
    includes: str = "fiches",
    others: Mapping[str, str] = {},
    audience: str = "public",
) -> PageInputs:
    files = {
        "docs/_cae.yml": "taux: 10 %\n",
        "docs/_type.yml": "type: page\nfields: {titre: text}\n",
        "docs/dossiers/_type.yml": f"type: dossier\n{FIELDS}includes: {includes}\n",
        "docs/signer.md": SIGN,
        "docs/compter.md": COUNT,
        PATH: f"---\ntitre: Accueil\n{header}---\n\n{body}",
        **others,
    }
    analysis = read_wiki(files)
    return page_inputs(analysis.graph.pages[PATH], site_of(analysis, Audience(audience)))


def html(inputs: PageInputs) -> str:
    """Render a page as a host does."""
    extension = WikiExtension(lambda: Markdown(extensions=[*EXTENSIONS, extension]))
    extension.begin(inputs, lambda path: f"/{path}")
    return Markdown(extensions=[*EXTENSIONS, extension]).convert(inputs.text)


def test_a_link_that_looks_like_a_mark_leads_nowhere() -> None:
    text = html(dossier("fiches: [signer]\n", "Voir [[essaim-inclus-1]].\n\n![[essaim-inclus-1]]\n"))
    assert text.count("Deux heures") == 1
    assert "essaim-inclus-1" in text.partition("<h2")[0]


def order(text: str, *words: str) -> bool:
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


class TestDeclared:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ReadingSpec()),
            ("print: true\nslides: oui\n", ReadingSpec(prints=True, slides=True)),
            ("includes: fiches\n", ReadingSpec(includes="fiches")),
            (
                "includes: {field: fiches, section: public}\n",
                ReadingSpec(includes="fiches", includes_section="public"),
            ),
        ],
    )
    def test_a_type_says_how_its_pages_are_read(self, text: str, expected: ReadingSpec) -> None:
        page_type, found = load(FIELDS + text)
        assert not found
        assert page_type.reading == expected

    def test_each_option_is_inherited_on_its_own(self) -> None:
        other = f"type: y\n{FIELDS}includes: fiches\nprint: true\nslides: true\n"
        page_type, found = load("extends: y\nprint: false\n", other)
        assert not found
        assert page_type.reading == ReadingSpec(includes="fiches", slides=True)

    @pytest.mark.parametrize(
        ("text", "code", "quoted", "suggestion"),
        [
            ("print: parfois", "ES603", "parfois", None),
            ("slides: parfois", "ES603", "parfois", None),
            ("includes: fiche", "ES610", "fiche", "fiches"),
            ("includes: public", "ES603", "public", None),
            ("includes: {field: fiches, section: publi}", "ES610", "publi", "public"),
            ("includes: {field: fiches, section: mots}", "ES603", "mots", None),
            ("includes: {field: fiches, sections: public}", "ES601", "sections", "section"),
            ("includes: {section: public}", "ES602", None, None),
            ("includes: [fiches]", "ES603", "[fiches]", None),
        ],
    )
    def test_a_mistake_is_told_at_its_place(
        self, text: str, code: str, quoted: str | None, suggestion: str | None
    ) -> None:
        _, found = load(f"{FIELDS}{text}\n")
        assert [one.code for one in found] == [code]
        assert found[0].suggestion == suggestion
        if quoted is not None:
            assert text[found[0].span.start.column - 1 : found[0].span.end.column - 1] == quoted


class TestIncludes:
    def test_pages_come_whole_in_the_order_they_are_named(self) -> None:
        shown = html(dossier("fiches: [compter, signer]\n"))
        assert order(shown, "Mon texte.", "Compter</a></h2>", "Et après", "Signer</a></h2>", "Avant.", "Lire")

    def test_each_begins_with_a_title_that_leads_to_it(self) -> None:
        shown = html(dossier("fiches: [signer]\n"))
        assert '<h2 id="signer"><a href="/docs/signer.md">Signer</a></h2>' in shown
        assert "essaim-inclus-source" not in shown

    def test_their_own_titles_are_below_it(self) -> None:
        shown = html(dossier("fiches: [signer, compter]\n"))
        assert '<h3 id="inclus-1-lessentiel">' in shown
        assert '<h4 id="inclus-2-et-apres">' in shown
        assert shown.count("Compter") == 1  # their level-1 heading would say the title twice

    def test_so_are_those_of_what_they_embed(self) -> None:
        others = {"docs/montre.md": "---\ntitre: Montre\n---\n\n![[signer]]\n"}
        shown = html(dossier("fiches: [montre]\n", others=others))
        assert '<h3 id="inclus-1-inclus-1-etapes">' in shown
        assert shown.count("Extrait") == 0
        assert shown.count("essaim-inclus-source") == 1

    def test_an_embedding_elsewhere_keeps_its_levels(self) -> None:
        assert '<h2 id="inclus-1-etapes">' in html(dossier("", "![[signer]]\n"))

    def test_links_and_values_are_theirs(self) -> None:
        shown = html(dossier("fiches: [compter]\n"))
        assert '<a href="/docs/signer.md">Signer</a>' in shown
        assert "10 %" in shown

    def test_queries_are_theirs(self) -> None:
        others = {"docs/montre.md": "---\ntitre: Montre\n---\n\n```requete\nde: dossier\nvue: compteur\n```\n"}
        assert [view.kind for view in all_views(dossier("fiches: [montre]\n", others=others)).values()] == [
            "compteur"
        ]

    def test_only_a_section_is_taken(self) -> None:
        includes = "{field: fiches, section: public}"
        shown = html(dossier("fiches: [signer, compter]\npublic: l’essentiel\n", includes=includes))
        assert order(shown, "Signer</a></h2>", "Deux heures.", "Compter</a></h2>", "Et après")
        assert "Avant." not in shown
        assert "Lire" not in shown
        assert "L'essentiel" not in shown

    def test_a_page_without_the_section_is_only_its_title(self) -> None:
        includes = "{field: fiches, section: public}"
        shown = html(dossier("fiches: [signer, compter]\npublic: Étapes\n", includes=includes))
        assert order(shown, "Signer</a></h2>", "Lire", "Compter</a></h2>")
        assert shown.count("essaim-inclus-entier") == 1

    def test_a_page_that_waits_for_a_correction_is_only_its_title(self) -> None:
        others = {"docs/signer.md": SIGN.replace("titre: Signer", "titre: Signer\ntitre: Signer")}
        shown = html(dossier("fiches: [signer]\n", others=others))
        assert "Deux heures." not in shown

    def test_a_page_is_not_in_itself(self) -> None:
        assert html(dossier("fiches: [dossier/accueil, signer]\n")).count("Mon texte.") == 1

    def test_two_that_contain_each_other_end(self) -> None:
        others = {"docs/dossiers/autre.md": "---\ntitre: Autre\nfiches: [accueil]\n---\n\n![[accueil]]\n"}
        inputs = dossier("fiches: [autre]\n", "![[autre]]\n", others=others)
        assert html(inputs).count("essaim-inclus-entier") == 1

    def test_a_page_that_contains_nothing_is_its_text(self) -> None:
        inputs = dossier("")
        assert inputs.body.strip() == "Mon texte."

    def test_what_is_too_long_together_is_titles(self) -> None:
        others = {f"docs/long{n}.md": f"---\ntitre: L{n}\n---\n\n{'mot ' * 20_000}\n" for n in range(4)}
        shown = html(dossier("fiches: [long0, long1, long2, long3]\n", others=others))
        assert shown.count("essaim-inclus-entier") == 2
        assert "L3</a></h2>" in shown

    def test_titles_that_hold_links_keep_their_anchors(self) -> None:
        shown = html(dossier("fiches: [signer]\n", "## Voir [[compter]]\n\n## Signer\n"))
        assert '<h2 id="signer">Signer</h2>' in shown
        assert '<h2 id="signer_1"><a' in shown
        assert '<h2 id="voir">' in shown

    def test_any_generator_is_given_them(self) -> None:
        text = render_page(dossier("fiches: [signer]\n"))
        assert order(text, "Mon texte.", "## [Signer](../signer.md)", "\nAvant.", "## Étapes")

    @pytest.mark.parametrize("name", ["a]b", "a|b", "a#b", "a(b"])
    def test_names_of_files_may_have_any_sign(self, name: str) -> None:
        others = {f"docs/{name}.md": "---\ntitre: Étrange\nalias: étrange\n---\n\nIci.\n"}
        shown = html(dossier("fiches: [étrange]\n", others=others))
        assert order(shown, "Étrange</a></h2>", "Ici.")


class TestAudiences:
    closed: Mapping[str, str] = {
        "docs/coffre/_type.yml": "type: coffre\nvisibility: members\nfields: {titre: text}\n",
        "docs/coffre/secret.md": "---\ntitre: Secret\n---\n\nChut.\n",
    }

    def test_a_page_that_is_not_seen_is_left_out(self) -> None:
        inputs = dossier("fiches: [secret, signer]\n", others=self.closed)
        assert "Secret" not in html(inputs)
        assert inputs.body == dossier("fiches: [signer]\n").body
        assert order(
            html(dossier("fiches: [secret, signer]\n", others=self.closed, audience="members")), "Chut.", "Deux"
        )

    def test_a_field_that_is_not_seen_contains_nothing(self) -> None:
        hidden = FIELDS.replace("{type: reference, many: true}", "{type: reference, many: true, visibility: members}")
        others = {"docs/dossiers/_type.yml": f"type: dossier\n{hidden}includes: fiches\n"}
        assert dossier("fiches: [signer]\n", others=others).body == dossier("", others=others).body
        assert "Deux heures." in html(dossier("fiches: [signer]\n", others=others, audience="members"))

    def test_a_section_named_for_members_changes_nothing_for_others(self) -> None:
        includes = "{field: fiches, section: extrait}"
        told = dossier("fiches: [signer]\nextrait: Étapes\n", includes=includes)
        assert told.body == dossier("fiches: [signer]\n", includes=includes).body
        assert told.links == dossier("fiches: [signer]\n", includes=includes).links
        members = html(dossier("fiches: [signer]\nextrait: Étapes\n", includes=includes, audience="members"))
        assert "Deux heures." not in members
