"""What pages tell to machines, as their type maps them: values, audiences, and JSON that is inert in a page."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pytest

from essaim.pages.history import Coverage, History, PageHistory, Revision
from essaim.views.addresses import published_path
from essaim.views.audience import Audience
from essaim.views.index import site_indexes
from essaim.views.inputs import page_inputs
from essaim.views.linked_data.pages import MOST, index_data
from essaim.views.linked_data.script import SiteFacts, linked_data_json
from essaim.views.site import Site
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

NO_MORE: Mapping[str, str] = MappingProxyType({})
FACTS = SiteFacts("La Navette", "Un wiki.", "https://w.invalid/")
TYPE = """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
index: {view: list}
fields:
  titre: {type: text}
  resume: {type: text}
  nombre: {type: integer}
  oui: {type: boolean}
  jour: {type: date}
  heure: {type: datetime}
  mois: {type: month}
  duree: {type: duration}
  niveau: {type: choice, of: {a: "Facile", b: "Difficile"}}
  ou: {type: territory, many: true}
  photo: {type: image}
  amie: {type: reference, to: [fiche, coffre], many: true, inverse: {name: amie_de, label: "Amie de"}}
  secret: {type: text, visibility: members}
  etapes:
    type: group
    many: true
    fields:
      titre: {type: text}
      qui: {type: reference, to: fiche}
      note: {type: text, visibility: members}
"""
PLACES = {
    "docs/index.md": "# Accueil\n",
    "docs/fiches/_type.yml": TYPE,
    "docs/coffre/_type.yml": "type: coffre\nvisibility: members\nfields: {titre: {type: text}}\n",
    "docs/coffre/cle.md": "---\ntitre: La clé\n---\n",
    "docs/fiches/bob.md": "---\ntitre: Bob\namie: [ada]\n---\n",
}


def site_with(
    mapping: str, page: str, audience: Audience = Audience.PUBLIC, files: Mapping[str, str] = NO_MORE
) -> Site:
    """Return a wiki whose type says what its pages are, and where « ada » has some fields."""
    texts = PLACES | {
        "docs/fiches/_type.yml": f"{TYPE}linked_data:\n{mapping}",
        "docs/fiches/ada.md": f"---\n{page}\n---\n",
    }
    analysis = read_wiki({**texts, **files}, others=["docs/fiches/ada.png"])
    assert [d for d in analysis.diagnostics if d.path.endswith("_type.yml")] == []
    return site_of(analysis, audience)


def address_of(path: str) -> str:
    return f"https://w.invalid/{published_path(path, 'docs').removesuffix('.md')}"


def told(site: Site, path: str = "docs/fiches/ada.md") -> dict[str, Any]:
    """Return the JSON-LD of a page, read back."""
    data = page_inputs(site.graph.pages[path], site).linked_data
    read: dict[str, Any] = json.loads(linked_data_json(data, FACTS, address_of))
    return read


def main(mapping: str, page: str, audience: Audience = Audience.PUBLIC) -> dict[str, Any]:
    """Return what « ada » tells of, without its types, name and address."""
    found = dict(told(site_with(mapping, page, audience))["mainEntity"])
    return {key: value for key, value in found.items() if key not in ("@type", "@id", "name")}


class TestValues:
    @pytest.mark.parametrize(
        ("field", "written", "value"),
        [
            ("resume", "Un « mot » & <b>", "Un « mot » & <b>"),
            ("nombre", "1200", 1200),
            ("oui", "non", False),
            ("jour", "2026-03-02", "2026-03-02"),
            ("heure", "2026-03-02 18:30", "2026-03-02T18:30:00"),
            ("mois", "2026-03", "2026-03"),
            ("duree", "1 an et 10 jours", "P12M10D"),
            ("duree", "1 h 30", "PT90M"),
            ("niveau", "b", "Difficile"),
            ("ou", '["D:73", FR]', ["Savoie (73)", "France entière"]),
            ("ou", '["D:73", "D:73"]', "Savoie (73)"),
            ("photo", "ada.png", "https://w.invalid/fiches/ada.png"),
        ],
    )
    def test_a_field_is_written_as_machines_read_it(self, field: str, written: str, value: object) -> None:
        mapping = f"  type: Thing\n  properties: {{about: {field}}}\n"
        assert main(mapping, f"titre: Ada\n{field}: {written}") == {"about": value}

    @pytest.mark.parametrize("fields", ["titre: Ada", "titre: Ada\nresume: ''", "titre: Ada\nresume: '  '"])
    def test_what_is_empty_is_not_there(self, fields: str) -> None:
        mapping = (
            "  type: Thing\n  properties:\n    about: resume\n    keywords: [resume, niveau]\n"
            "    location: {type: Place, properties: {name: resume}}\n    step: {field: etapes, type: HowToStep}\n"
        )
        assert main(mapping, fields) == {}

    def test_the_name_is_the_title_unless_the_type_says_another(self) -> None:
        plain = told(site_with("  type: Thing\n", "titre: Ada"))["mainEntity"]
        assert plain == {"@type": "Thing", "@id": "https://w.invalid/fiches/ada", "name": "Ada"}
        other = told(site_with("  type: Thing\n  properties: {name: resume}\n", "titre: Ada\nresume: Reine"))
        assert other["mainEntity"]["name"] == "Reine"

    def test_a_reference_is_the_address_and_the_title_of_its_page_with_what_that_is(self) -> None:
        mapping = '  type: [Person, "pair:Person"]\n  properties: {knows: amie, colleague: amie_de}\n'
        bob = {"@type": "Person", "@id": "https://w.invalid/fiches/bob", "name": "Bob"}
        assert main(mapping, "titre: Ada\namie: [bob]") == {"knows": bob, "colleague": bob}

    def test_a_group_becomes_objects(self) -> None:
        mapping = (
            "  type: HowTo\n  properties:\n"
            "    step:\n      field: etapes\n      type: HowToStep\n"
            "      properties: {name: titre, agent: {field: qui, type: Person}}\n"
            "    keywords: etapes.titre\n"
        )
        page = "titre: Ada\netapes:\n  - {titre: Pétrir, qui: bob}\n  - {titre: Cuire}"
        bob = {"@type": "Person", "@id": "https://w.invalid/fiches/bob", "name": "Bob"}
        assert main(mapping, page) == {
            "step": [
                {"@type": "HowToStep", "name": "Pétrir", "agent": bob},
                {"@type": "HowToStep", "name": "Cuire"},
            ],
            "keywords": ["Pétrir", "Cuire"],
        }

    def test_values_become_objects_and_constants_and_fields_mix(self) -> None:
        mapping = (
            "  type: Event\n  properties:\n"
            "    areaServed: {field: ou, type: AdministrativeArea}\n"
            "    keywords: [resume, {value: gratuit}]\n"
            "    isAccessibleForFree: {value: true}\n"
            "    version: {value: 'true'}\n"
            "    location: {type: Place, properties: {name: resume, address: {value: Ici}}}\n"
            "    inDefinedTermSet: {link: index, type: DefinedTermSet}\n"
        )
        assert main(mapping, "titre: Ada\nou: ['D:73']\nresume: Chez Ada") == {
            "areaServed": {"@type": "AdministrativeArea", "name": "Savoie (73)"},
            "keywords": ["Chez Ada", "gratuit"],
            "isAccessibleForFree": True,
            "version": "true",
            "location": {"@type": "Place", "name": "Chez Ada", "address": "Ici"},
            "inDefinedTermSet": {
                "@type": "DefinedTermSet",
                "@id": "https://w.invalid/fiches/index",
                "name": "Fiches",
            },
        }

    @pytest.mark.parametrize(("choice", "said"), [("a", {"eventStatus": "https://schema.org/Ouvert"}), ("b", {})])
    def test_a_choice_says_what_it_is_made_to_say(self, choice: str, said: object) -> None:
        mapping = (
            "  type: Event\n  properties:\n"
            "    eventStatus: {field: niveau, values: {a: 'https://schema.org/Ouvert'}}\n"
        )
        assert main(mapping, f"titre: Ada\nniveau: {choice}") == said

    def test_other_vocabularies_are_named_once_in_the_context(self) -> None:
        mapping = (
            '  type: [Thing, "skos:Concept"]\n  prefixes: {ex: "https://ex.invalid/mots#"}\n'
            '  properties: {"ex:mot": resume, "pair:partOf": resume}\n'
        )
        assert told(site_with(mapping, "titre: Ada\nresume: Mot"))["@context"] == [
            "https://schema.org",
            {
                "ex": "https://ex.invalid/mots#",
                "pair": "http://virtual-assembly.org/ontologies/pair#",
                "skos": "http://www.w3.org/2004/02/skos/core#",
            },
        ]
        assert told(site_with("  type: Thing\n", "titre: Ada"))["@context"] == "https://schema.org"

    def test_a_type_says_what_the_type_that_it_extends_says(self) -> None:
        files = {
            "docs/filles/_type.yml": "type: fille\nextends: fiche\n",
            "docs/filles/eve.md": "---\ntitre: Ève\nresume: Une fille\n---\n",
        }
        site = site_with("  type: Person\n  properties: {description: resume}\n", "titre: Ada", files=files)
        eve = told(site, "docs/filles/eve.md")["mainEntity"]
        assert (eve["@type"], eve["description"]) == ("Person", "Une fille")


class TestAudiences:
    MAPPING = (
        "  type: Thing\n  properties:\n    description: secret\n    knows: amie\n"
        "    step: {field: etapes, type: HowToStep, properties: {name: titre, description: note}}\n"
        "    keywords: [etapes.note, secret]\n"
    )
    PAGE = "titre: Ada\nsecret: CANARI-champ\namie: [cle, bob]\netapes:\n  - {titre: Un, note: CANARI-note}"

    def test_the_public_is_told_what_it_is_shown(self) -> None:
        bob = {"@type": "Thing", "@id": "https://w.invalid/fiches/bob", "name": "Bob"}
        assert main(self.MAPPING, self.PAGE) == {"knows": bob, "step": {"@type": "HowToStep", "name": "Un"}}

    def test_members_are_told_all_of_it(self) -> None:
        found = main(self.MAPPING, self.PAGE, Audience.MEMBERS)
        assert found["description"] == "CANARI-champ"
        assert found["keywords"] == ["CANARI-note", "CANARI-champ"]
        assert found["step"]["description"] == "CANARI-note"
        assert [one["name"] for one in found["knows"]] == ["La clé", "Bob"]

    def test_of_a_page_that_waits_for_a_correction_only_the_name_is_told(self) -> None:
        site = site_with(self.MAPPING, "titre: Ada\nresume: Un mot\njour: hier", Audience.MEMBERS)
        found = told(site)
        assert found.keys() == {"@context", "@type", "@id", "url", "name", "inLanguage", "isPartOf", "breadcrumb"}
        assert found["name"] == "Ada"


class TestPages:
    def test_a_page_says_where_it_stands_and_when_it_changed(self) -> None:
        site = site_with("  type: Thing\n", "titre: Ada\nresume: Une reine")
        first = Revision("a", datetime.fromisoformat("2026-03-01T10:00:00+01:00"), "Zoé", "")
        last = Revision("b", datetime.fromisoformat("2026-04-01T10:00:00+02:00"), "Zoé", "")
        past = PageHistory(first=first, last=last, authors=("Zoé",), changes=2)
        history = History(pages={"docs/fiches/ada.md": past}, recent=(), coverage=Coverage.WHOLE)
        found = told(replace(site, history=history))
        assert {key: found[key] for key in ("@type", "name", "description", "datePublished", "dateModified")} == {
            "@type": "WebPage",
            "name": "Ada",
            "description": "Une reine",
            "datePublished": "2026-03-01",
            "dateModified": "2026-04-01",
        }
        assert found["isPartOf"] == {"@type": "WebSite", "@id": "https://w.invalid/", "name": "La Navette"}
        steps = [(item["position"], item["name"], item["item"]) for item in found["breadcrumb"]["itemListElement"]]
        assert steps == [
            (1, "Accueil", "https://w.invalid/index"),
            (2, "Fiches", "https://w.invalid/fiches/index"),
            (3, "Ada", "https://w.invalid/fiches/ada"),
        ]
        cut = History(pages={"docs/fiches/ada.md": replace(past, is_cut=True)}, recent=(), coverage=Coverage.SHALLOW)
        assert "datePublished" not in told(replace(site, history=cut))

    def test_the_home_page_is_the_site(self) -> None:
        assert told(site_with("  type: Thing\n", "titre: Ada"), "docs/index.md") == {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "@id": "https://w.invalid/",
            "name": "La Navette",
            "url": "https://w.invalid/",
            "description": "Un wiki.",
            "inLanguage": "fr",
        }

    def test_an_index_names_its_pages_and_counts_them_all(self) -> None:
        more = {f"docs/fiches/p{n:03}.md": f"---\ntitre: Page {n:03}\n---\n" for n in range(MOST + 20)}
        site = site_with("  type: Thing\n", "titre: Ada", files=more)
        data = index_data(site_indexes(site)["docs/fiches/index.md"], site)
        found = json.loads(linked_data_json(data, FACTS, address_of))
        assert (found["@type"], found["name"]) == ("CollectionPage", "Fiches")
        assert found["mainEntity"]["numberOfItems"] == MOST + 22
        items = found["mainEntity"]["itemListElement"]
        assert len(items) == MOST
        assert items[0] == {"@type": "ListItem", "position": 1, "url": "https://w.invalid/fiches/ada", "name": "Ada"}

    def test_what_has_no_address_is_not_linked(self) -> None:
        site = site_with("  type: Thing\n  properties: {knows: amie}\n", "titre: Ada\namie: [bob]")
        data = page_inputs(site.graph.pages["docs/fiches/ada.md"], site).linked_data
        found = json.loads(linked_data_json(data, FACTS, lambda path: address_of(path) if "ada" in path else ""))
        assert found["mainEntity"]["knows"] == {"@type": "Thing", "name": "Bob"}
        assert "breadcrumb" not in found


HOSTILE = "</script><script>alert(1)</script><!-- ]]> & \\u003c \"'"


def test_values_are_inert_in_a_script() -> None:
    site = site_with("  type: Thing\n  properties: {description: resume}\n", "titre: Ada\nresume: |-\n  " + HOSTILE)
    data = page_inputs(site.graph.pages["docs/fiches/ada.md"], site).linked_data
    text = linked_data_json(data, FACTS._replace(name=f"{HOSTILE}\u2028"), address_of)
    assert not set(text) & set("<>&\u2028\n")
    assert json.loads(text)["mainEntity"]["description"] == HOSTILE
    assert json.loads(text)["isPartOf"]["name"] == f"{HOSTILE}\u2028"


def test_what_a_page_tells_is_in_its_digest() -> None:
    page, path = "titre: Ada\nresume: Mot", "docs/fiches/ada.md"
    digests = {
        page_inputs(site.graph.pages[path], site).digest
        for word in ("Thing", "Person", "Thing")
        for site in [site_with(f"  type: {word}\n", page)]
    }
    assert len(digests) == 2
