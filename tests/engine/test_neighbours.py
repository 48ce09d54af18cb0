"""Links to other cooperatives: who they are, what their inventories say, and what `[[autre-cae:cible]]` leads to."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest

from essaim.diagnostics import Severity
from essaim.graph.inventory import (
    MAX_SIZE,
    Inventory,
    InventoryPage,
    InventorySection,
    Unusable,
    is_address,
    is_path,
    parse_inventory,
    render_inventory,
)
from essaim.graph.model import LinkTarget
from essaim.pages.page import PageId
from essaim.report import render_text
from essaim.source import SourceFile
from essaim.views.addresses import published_path
from essaim.views.audience import Audience
from essaim.views.inventory import inventory
from essaim.workspace import Analysis, Change, analyze, update
from essaim.workspace.discover import Layout, is_read
from essaim.workspace.site import site_of
from tests.conftest import ROOT

TODAY = date(2026, 5, 1)
LAYOUT = Layout()
LAKE = "https://wiki.coop-du-lac.example/"
PAGES: list[dict[str, Any]] = [
    {
        "id": "fiche/barque",
        "type": "fiche",
        "titre": "Louer la barque",
        "resume": "Pour traverser.",
        "alias": ["le bateau"],
        "chemin": "fiches/barque/",
        "sections": [{"titre": "Les tarifs", "ancre": "les-tarifs"}, {"titre": "Où la rendre", "ancre": "retour"}],
    },
    {"id": "fiche/camille-1", "titre": "Camille", "chemin": "fiches/camille-1/"},
    {"id": "fiche/camille-2", "titre": "Camille", "chemin": "fiches/camille-2/"},
    {"id": "page/accueil", "titre": "Accueil du lac", "chemin": ""},
    {"id": "terme/é", "titre": "Œuvre", "chemin": "termes/%C3%A9/"},
]
VOISINS = f"""\
coop-du-lac: {{nom: "Coop du Lac", adresse: "{LAKE}"}}
sans-copie: {{adresse: http://sans-copie.example}}
"""
COPY = "docs/_voisins/coop-du-lac.json"
Files = Mapping[str, str]


def inventory_text(*pages: object, **others: object) -> str:
    return json.dumps({"essaim": 1, "nom": "Le Lac", "adresse": LAKE, "pages": [*pages], **others})


def change(path: str, text: str | None) -> Change:
    source = SourceFile.from_text(path, text) if text is not None and is_read(path) else None
    return Change(path=path, source=source, exists=text is not None)


def read(files: Files) -> Analysis:
    return analyze([change(path, text) for path, text in files.items()], LAYOUT, TODAY)


def wiki(body: str, **others: str) -> dict[str, str]:
    return {
        "docs/_voisins.yml": VOISINS,
        COPY: inventory_text(*PAGES),
        "docs/index.md": f"# Accueil\n\n{body}\n",
        **others,
    }


def follow(body: str, **others: str) -> tuple[LinkTarget, list[tuple[str, str | None]]]:
    """Return where the one link of a page leads, and what is said of the page."""
    analysis = read(wiki(body, **others))
    [target] = analysis.graph.out["docs/index.md"].links
    found = [d for d in analysis.diagnostics if d.path == "docs/index.md" and d.code != "ES312"]
    return target, [(d.code, d.suggestion) for d in found]


# --- Where a link leads --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address", "anchor"),
    [
        ("[[coop-du-lac:barque]]", "fiches/barque/", ""),
        ("[[coop-du-lac:Louer la barque]]", "fiches/barque/", ""),
        ("[[coop-du-lac:LE BATEAU|en bateau]]", "fiches/barque/", ""),
        ("[[coop-du-lac:fiche/barque]]", "fiches/barque/", ""),
        ("[[Coop du lac: barque]]", "fiches/barque/", ""),
        ("[[coop-du-lac:barque#Les tarifs]]", "fiches/barque/", "les-tarifs"),
        ("[[coop-du-lac:barque#retour|où]]", "fiches/barque/", "retour"),
        ("![[coop-du-lac:barque]]", "fiches/barque/", ""),
        ("[[coop-du-lac:camille-2]]", "fiches/camille-2/", ""),
        ("[[coop-du-lac:Accueil du lac]]", "", ""),
        ("[[coop-du-lac:oeuvre]]", "termes/%C3%A9/", ""),
    ],
)
def test_a_link_leads_to_the_page_of_the_other_site(written: str, address: str, anchor: str) -> None:
    target, found = follow(f"Voir {written}.")
    assert (target.status, target.path, target.anchor) == ("neighbour", LAKE + address, anchor)
    assert target.title == next(page["titre"] for page in PAGES if page["chemin"] == address)
    assert target.place == "Coop du Lac"
    assert found == []


def test_an_address_without_a_slash_at_its_end_gets_one() -> None:
    copies = {"docs/_voisins/sans-copie.json": inventory_text(*PAGES)}
    target, _ = follow("[[sans-copie:barque]]", **copies)
    assert target.path == "http://sans-copie.example/fiches/barque/"
    assert target.place == "Le Lac", "a neighbour that is given no name has the one of its inventory"


@pytest.mark.parametrize(
    ("written", "status", "code", "suggestion"),
    [
        ("[[coop-du-lac:barqe]]", "missing", "ES332", "coop-du-lac:barque"),
        ("[[coop-du-lac:fiche/barqe]]", "missing", "ES332", "coop-du-lac:barque"),
        ("[[coop-du-lac:autre chose]]", "missing", "ES332", None),
        ("[[coop-du-lac:]]", "missing", "ES332", None),
        ("[[coop-du-lac:Camille]]", "ambiguous", "ES307", None),
        ("[[coop-du-lac:barque#Les tarif]]", "neighbour", "ES308", "Les tarifs"),
        ("[[coop-du-lacs:barque]]", "missing", "ES306", "coop-du-lac:barque"),
        ("[[nulle-part:barque]]", "missing", "ES306", None),
    ],
)
def test_what_is_not_found_there_is_told(written: str, status: str, code: str, suggestion: str | None) -> None:
    target, found = follow(f"Voir {written}.")
    assert target.status == status
    assert found == [(code, suggestion)]


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        ("[[coop-du-lac:barqe|un bateau]]", "coop-du-lac:barqe"),
        ("[[ coop-du-lac:barqe # Les tarifs ]]", "coop-du-lac:barqe"),
        ("[[coop-du-lac:barque#Les tarif|combien]]", "Les tarif"),
        ("| a |\n| --- |\n| [[coop-du-lac:l&eacute;on\\|x]] |", "coop-du-lac:l&eacute;on"),
    ],
)
def test_what_is_wrong_in_a_link_is_marked(written: str, marked: str) -> None:
    analysis = read(wiki(written))
    [told] = [d for d in analysis.diagnostics if d.code in ("ES332", "ES308")]
    source = analysis.sources["docs/index.md"]
    assert source.text[source.offset(told.span.start) : source.offset(told.span.end)] == marked


def test_a_property_of_an_open_page_may_name_another_cooperative() -> None:
    page = '---\nup: "[[coop-du-lac:barque]]"\n---\n# Accueil\n'
    files = wiki("", **{"docs/_type.yml": "type: page\nextra: allow\n", "docs/index.md": page})
    before, edited = read(files), {**files, COPY: inventory_text()}
    assert "ES332" not in [d.code for d in before.diagnostics]
    following = update(before, [change(COPY, edited[COPY])])
    assert "ES332" in [d.code for d in following.diagnostics]
    assert facts(following) == facts(read(edited))


def test_candidates_of_an_ambiguous_link_can_be_copied() -> None:
    [told] = [d for d in read(wiki("[[coop-du-lac:Camille]]")).diagnostics if d.code == "ES307"]
    assert "« coop-du-lac:fiche/camille-1 », « coop-du-lac:fiche/camille-2 »" in told.message
    target, found = follow("[[coop-du-lac:fiche/camille-1]]")
    assert (target.path, found) == (f"{LAKE}fiches/camille-1/", [])


def test_a_title_that_holds_a_colon_is_a_title() -> None:
    others = {"docs/bilan.md": "# Atelier : bilan\n"}
    assert follow("[[Atelier : bilan]]", **others)[0].path == "docs/bilan.md"


def test_links_inside_code_name_nobody() -> None:
    analysis = read(wiki("`[[coop-du-lac:barqe]]`\n\n```\n[[coop-du-lac:barqe]]\n```"))
    assert analysis.graph.out["docs/index.md"].links == ()
    assert "ES332" not in [d.code for d in analysis.diagnostics]


def test_without_an_inventory_one_warning_is_enough() -> None:
    analysis = read(wiki("[[sans-copie:un]] et [[sans-copie:deux]]"))
    found = [(d.code, d.path, d.span.start.line) for d in analysis.diagnostics if d.code != "ES312"]
    assert found == [("ES331", "docs/_voisins.yml", 2)]
    assert [target.status for target in analysis.graph.out["docs/index.md"].links] == ["missing", "missing"]


# --- Who the others are --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "suggestion"),
    [
        ('Coop du Lac: {adresse: "https://x.example/"}\n', 1, "coop-du-lac"),
        ('coop_du_lac: {adresse: "https://x.example/"}\n', 1, "coop-du-lac"),
        ('-rf: {adresse: "https://x.example/"}\n', 1, "rf"),
        ('../lac: {adresse: "https://x.example/"}\n', 1, "lac"),
        ("lac: {nom: Lac}\n", 1, None),
        ("lac:\n", 1, None),
        ("lac: https://x.example/\n", 1, None),
        ("lac: {adresse: wiki.x.example}\n", 1, None),
        ('lac: {adresse: "javascript:alert(1)"}\n', 1, None),
        ('lac: {adresse: "file:///etc/passwd"}\n', 1, None),
        ('lac: {adresse: "https://moi:secret@x.example/"}\n', 1, None),
        ('lac: {adresse: "https://x.example/?q=1"}\n', 1, None),
        ('lac: {adresse: "https://x.example/../"}\n', 1, None),
        ('lac:\n  adress: "https://x.example/"\n  adresse: "https://x.example/"\n', 2, "adresse"),
        ("- lac\n", 1, None),
    ],
)
def test_what_does_not_describe_a_cooperative_is_an_error(text: str, line: int, suggestion: str | None) -> None:
    analysis = read({"docs/_voisins.yml": text, "docs/index.md": "# Accueil\n"})
    found = [(d.code, d.span.start.line, d.suggestion) for d in analysis.diagnostics if d.path == "docs/_voisins.yml"]
    assert found == [("ES330", line, suggestion)]
    assert not analysis.neighbours.by_name


def test_one_bad_line_leaves_the_others_alone() -> None:
    files = wiki("[[coop-du-lac:barque]]") | {"docs/_voisins.yml": f"Étang: {{adresse: x}}\n{VOISINS}"}
    assert read(files).graph.out["docs/index.md"].links[0].status == "neighbour"


@pytest.mark.parametrize("text", ["", "# personne encore\n"])
def test_nobody_is_declared_by_an_empty_file(text: str) -> None:
    analysis = read({"docs/_voisins.yml": text, "docs/index.md": "# Accueil\n"})
    assert [d.code for d in analysis.diagnostics if d.code != "ES312"] == []


# --- What an inventory may say -------------------------------------------------------------------------------------

PAGE = PAGES[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "n'est pas du JSON"),
        ("<html>404</html>", "n'est pas du JSON"),
        ("[" * 1_000_000, "emboîte trop de listes"),
        ('{"a":' * 1_000_000, "emboîte trop de listes"),
        ('"\\' * 2_000_000, "n'est pas du JSON"),
        ('{"essaim":' + "1" * 10_000 + "}", "n'est pas du JSON"),
        (" " * (MAX_SIZE + 1), "dépasse 5 Mo"),
        ("[]", "n'est pas celui d'un site Essaim"),
        ("{}", "n'est pas celui d'un site Essaim"),
        ('{"essaim": true}', "n'est pas celui d'un site Essaim"),
        ('{"essaim": 2, "pages": []}', "vient d'une autre version"),
        (inventory_text(nom=["x"]), "autre chose qu'un texte dans « nom »"),
        (inventory_text(adresse="javascript:alert(1)"), "adresse de site qui n'en est pas une"),
        (inventory_text(pages={}), "autre chose qu'une liste dans « pages »"),
        (inventory_text(PAGE, 3), "une page qui n'en est pas une (page 2)"),
        (inventory_text(PAGE | {"id": "barque"}), "une page sans « id »"),
        (inventory_text(PAGE | {"id": "fiche/../barque"}), "une page sans « id »"),
        (inventory_text(PAGE | {"titre": " \n"}), "sans « titre »"),
        (inventory_text(PAGE | {"titre": 3}), "autre chose qu'un texte dans « titre »"),
        (inventory_text(PAGE | {"alias": "bateau"}), "autre chose qu'une liste dans « alias »"),
        (inventory_text(PAGE | {"alias": [["bateau"]]}), "autre chose qu'un texte dans « alias »"),
        (inventory_text(PAGE | {"chemin": None}), "un « chemin » qui sort du site"),
        (inventory_text(PAGE | {"sections": ["x"]}), "une section qui n'en est pas une"),
        (inventory_text(PAGE | {"sections": [{"titre": "x"}]}), "une section sans « titre » ou sans « ancre »"),
        (inventory_text(PAGE | {"sections": [{"titre": "x", "ancre": '"><b>'}]}), "sans « ancre »"),
    ],
)
def test_what_is_no_inventory_is_a_warning_on_the_file(text: str, said: str) -> None:
    with pytest.raises(Unusable, match=re.escape(said)):
        parse_inventory(text)
    analysis = read(wiki("[[coop-du-lac:barque]]") | {COPY: text})
    [told] = [d for d in analysis.diagnostics if d.path == COPY]
    assert told.code == "ES331"
    assert said in told.message
    assert "essaim inventory update coop-du-lac" in told.message
    assert analysis.graph.out["docs/index.md"].links[0].status == "missing"


def test_what_is_not_utf_8_is_a_warning_on_the_file() -> None:
    source = SourceFile.from_bytes(COPY, inventory_text(*PAGES).encode() + b"\xff")
    changes = [change("docs/_voisins.yml", VOISINS), Change(path=COPY, source=source)]
    found = [d.message for d in analyze(changes, LAYOUT, TODAY).diagnostics if d.path == COPY]
    assert ["UTF-8" in message for message in found] == [True]


@pytest.mark.parametrize(
    "path",
    [
        *("../x/", "/x/", "//x.example/", "a//b", "a/../b", "./x", "%2e%2e/x", "a%2Fb", "a%5Cb", "a%00b"),
        *("javascript:x", "a\\b", "a b", "a?b", "a#b", "a\n", "a)b", "é/"),
    ],
)
def test_an_address_that_leaves_the_site_is_refused(path: str) -> None:
    assert not is_path(path)
    with pytest.raises(Unusable, match="sort du site"):
        parse_inventory(inventory_text(PAGE | {"chemin": path}))


def test_what_cannot_be_seen_is_taken_out_of_texts() -> None:
    pages = [PAGE | {"titre": " Un\n\x00 titre\u202e \ud800", "inconnu": {"x": 1}}]
    [page] = parse_inventory(inventory_text(*pages)).pages
    assert page.title == "Un titre"


def test_an_inventory_is_written_in_one_way() -> None:
    text = render_inventory(parse_inventory(inventory_text(*reversed(PAGES), autre=1)))
    assert text.encode().decode() == text
    assert (
        render_inventory(parse_inventory(text)) == text == render_inventory(parse_inventory(inventory_text(*PAGES)))
    )
    lines = text.splitlines()
    assert len(lines) == len(PAGES) + 2
    assert lines[2] == '{"id":"fiche/camille-1","titre":"Camille","chemin":"fiches/camille-1/"},'


# --- What is published ---------------------------------------------------------------------------------------------

CANARY = "canari"
SOURCE = {
    "docs/fiches/_type.yml": """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text, required: true}
  resume: {type: text, visibility: members}
  alias: {type: text, many: true, visibility: members}
  note: {type: text, visibility: members}
""",
    "docs/ouvertes/_type.yml": """\
type: ouverte
label: {one: fiche ouverte, many: fiches ouvertes, gender: f}
fields: {titre: {type: text}, resume: {type: text}}
""",
    "docs/gens/_type.yml": (
        "type: gens\nlabel: {one: g, many: gs, gender: m}\nshare: never\nfields: {titre: {type: text}}\n"
    ),
    "docs/reserve/_type.yml": (
        "type: reserve\nlabel: {one: r, many: rs, gender: m}\nvisibility: members\nfields: {titre: {type: text}}\n"
    ),
    "docs/fiches/a.md": f"---\ntitre: Un\nresume: {CANARY}1\nalias: [{CANARY}2]\nnote: {CANARY}3\n---\n\n## Là\n",
    "docs/ouvertes/b.md": f"""\
---
titre: "Deux\xa0& <b>trois</b>"
resume: Une phrase.
alias: [Second]
---

## Un lieu

### Plus bas {{#bas}}

#### Trop bas

## Voir [[{CANARY}-secret]]

## Voir [[{CANARY}-secret|ailleurs]]

## Le {{{{ cae.taux }}}}
""",
    "docs/ouvertes/ratee.md": f"---\ntitre: {CANARY}4\nautre: 1\n---\n",
    "docs/gens/camille.md": f"---\ntitre: {CANARY}5\n---\n",
    f"docs/reserve/{CANARY}-secret.md": f"---\ntitre: {CANARY}6\n---\n",
    "docs/index.md": "# Accueil\n",
}


def published(files: Files, audience: Audience) -> str:
    def address_of(path: str) -> str:
        return quote(published_path(path, "docs").removesuffix("index.md").removesuffix(".md")) or "./"

    artifact = inventory(site_of(read(files), audience), "Notre\nCoop", "https://notre.example/wiki/", address_of)
    assert artifact.path == "inventaire.json"
    return artifact.text


@pytest.mark.parametrize("audience", Audience)
def test_the_inventory_is_that_of_the_public_whoever_the_site_is_for(audience: Audience) -> None:
    text = published(SOURCE, audience)
    assert CANARY not in text
    assert text == published(SOURCE, Audience.PUBLIC)
    assert '"camille"' not in text


def test_the_inventory_holds_what_a_link_needs() -> None:
    sections = (InventorySection("Un lieu", "un-lieu"), InventorySection("Plus bas", "bas"))
    title = "Deux & <b>trois</b>"
    assert parse_inventory(published(SOURCE, Audience.PUBLIC)) == Inventory(
        name="Notre Coop",
        address="https://notre.example/wiki/",
        pages=(
            InventoryPage(PageId("fiche", "a"), "fiche", "Un", "", (), "fiches/a", (InventorySection("Là", "la"),)),
            InventoryPage(
                PageId("ouverte", "b"), "fiche ouverte", title, "Une phrase.", ("Second",), "ouvertes/b", sections
            ),
            InventoryPage(PageId("page", "docs"), "page", "Accueil", "", (), "", ()),
        ),
    )


def test_a_title_that_names_what_is_reserved_gives_way_to_the_id() -> None:
    files = SOURCE | {"docs/x.md": f"# Voir [[{CANARY}-secret]]\n"}
    text = published(files, Audience.PUBLIC)
    assert CANARY not in text
    assert '{"id":"page/x","type":"page","titre":"x","chemin":"x"}' in text


def test_a_site_that_has_no_address_publishes_none() -> None:
    site = site_of(read(SOURCE), Audience.PUBLIC)
    assert '"adresse":""' in inventory(site, "x", "", lambda path: path).text
    assert not is_address("")


def test_an_inventory_never_sends_its_reader_elsewhere() -> None:
    """What a host may answer for an address, the reader of the inventory accepts or does not see."""
    site = site_of(read(SOURCE), Audience.PUBLIC)
    for address in ("../x/", "/x/", "https://ailleurs.example/", "", "a b/", "é/"):
        text = inventory(site, "x", "", lambda _, address=address: address).text  # type: ignore[misc]
        assert {page.path for page in parse_inventory(text).pages} <= {"a%20b/", "%C3%A9/"}


# --- Following changes ---------------------------------------------------------------------------------------------

BODY = "[[coop-du-lac:barque#Les tarifs]], [[coop-du-lacs:barque]], [[sans-copie:x]], [[ici]]"
EDITS: dict[str, dict[str, str | None]] = {
    "a copy that comes": {"docs/_voisins/sans-copie.json": inventory_text(PAGE | {"id": "a/x"})},
    "a copy that goes": {COPY: None},
    "a copy that cannot be read": {COPY: "{"},
    "a page that is renamed there": {COPY: inventory_text(PAGE | {"id": "fiche/bateau"})},
    "a title that changes there": {COPY: inventory_text(PAGE | {"titre": "La barque bleue"})},
    "a section that goes there": {COPY: inventory_text(PAGE | {"sections": []})},
    "an address that moves": {"docs/_voisins.yml": VOISINS.replace(LAKE, "https://lac.example/")},
    "a name that readers see": {"docs/_voisins.yml": VOISINS.replace("Coop du Lac", "Le Grand Lac")},
    "a cooperative that comes": {"docs/_voisins.yml": f"{VOISINS}coop-du-lacs: {{adresse: https://x.example}}\n"},
    "a cooperative that goes": {"docs/_voisins.yml": VOISINS.replace("coop-du-lac:", "etang:")},
    "a line that cannot be read": {"docs/_voisins.yml": VOISINS.replace("adresse", "adress")},
    "the file that goes": {"docs/_voisins.yml": None},
    "another link": {"docs/index.md": "# Accueil\n\n[[coop-du-lac:Camille]]\n"},
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_update_is_what_a_fresh_start_would_give(edit: dict[str, str | None]) -> None:
    files = wiki(BODY, **{"docs/ici.md": "# Ici\n", "docs/autre.md": "# Autre\n"})
    edited = {path: text for path, text in {**files, **edit}.items() if text is not None}
    before, after = read(files), read(edited)
    assert facts(before) != facts(after)
    following = update(before, [change(path, text) for path, text in edit.items()])
    assert facts(following) == facts(after)
    back = [change(path, files.get(path)) for path in edit]
    assert facts(update(following, back)) == facts(before)


def test_only_pages_that_may_name_another_cooperative_are_read_again() -> None:
    files = wiki(BODY, **{"docs/ici.md": "# Ici\n", "docs/autre.md": "# Autre\n\n[[ici]]\n"})
    before = read(files)
    following = update(before, [change(COPY, inventory_text())])
    same = {path for path, links in following.graph.out.items() if links is before.graph.out[path]}
    assert same == {"docs/ici.md", "docs/autre.md"}


def facts(analysis: Analysis) -> tuple[object, ...]:
    return analysis.diagnostics, dict(analysis.graph.out), analysis.neighbours


# --- What the help says --------------------------------------------------------------------------------------------

HELP = (ROOT / "docs/aide/autres-cooperatives.md").read_text("utf-8")


def test_the_examples_of_the_help_are_true() -> None:
    written = re.findall(r"^~~~~ (\w+)\n(.*?)^~~~~$", HELP, re.MULTILINE | re.DOTALL)
    blocks = dict(reversed(written))  # the first of each kind
    assert render_inventory(parse_inventory(blocks["json"])) == blocks["json"]
    report = re.search(r"^~~~~ text\n(docs/essai\.md.*?)^~~~~$", HELP, re.MULTILINE | re.DOTALL)
    line = re.search(r"^ 7 \| (.*)$", HELP, re.MULTILINE)
    assert report is not None
    assert line is not None
    files = {
        "docs/_voisins.yml": blocks["yaml"],
        COPY: blocks["json"],
        "docs/essai.md": f"# Essai\n\n\n\n\n\n{line[1]}\n",
    }
    analysis = read(files)
    told = [d for d in analysis.diagnostics if d.severity is not Severity.INFO]
    assert render_text(told, analysis.sources.get) == report[1]


def test_the_links_of_the_help_lead_where_it_says() -> None:
    rows = re.findall(r"^\| `(!?\[\[coop.*?\]\])` \| (.*?) \| à la (page|section)", HELP, re.MULTILINE)
    assert len(rows) == 6
    for written, shown, where in rows:
        link = written.replace("\\|", "|")
        target, found = follow(link)
        assert (target.link.text or f"{target.title} ({target.place})") == shown
        assert (bool(target.anchor), found) == (where == "section", [])


def test_every_key_of_the_format_is_in_the_help() -> None:
    keys = set(re.findall(r'"(\w+)":', published(SOURCE, Audience.PUBLIC)))
    rows = " ".join(re.findall(r"^\| (`.*?) \|", HELP.partition("| Clé |")[2], re.MULTILINE))
    assert set(re.findall(r"`(\w+)`", rows)) == keys - {"ancre"}
