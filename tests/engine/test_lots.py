"""Lots that a wiki leaves out, and collections that wait for their first page: nobody is shown anything of them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from essaim.source import SourceFile
from essaim.views.audience import Audience
from essaim.views.files import seen_files
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.inventory import inventory
from essaim.views.previews import previews
from essaim.views.site import Site
from essaim.workspace import Analysis, Change, Workspace, analyze, update
from essaim.workspace.discover import Layout, read_layout
from essaim.workspace.lots import UnknownLot
from essaim.workspace.site import site_of
from tests.conftest import Run, write_files

TODAY = date(2026, 11, 1)
FILES = {
    "docs/_type.yml": "type: page\nlabel: {one: page, many: pages}\nextra: allow\nfields: {titre: text}\n",
    "docs/comptes/_type.yml": (
        "type: compte\nlabel: {one: compte, many: comptes}\nlot: transparence\nindex: {view: list}\n"
        "fields:\n  titre: text\n  groupe: {type: reference, to: groupe, inverse: {name: comptes, label: Ses sous}}\n"
    ),
    "docs/comptes/index.md": "# Nos sous\n",
    "docs/comptes/budget.md": "---\ntitre: Budget 2026\ngroupe: jardin\n---\n\nVoir [[jardin]]. ![](recu.png)\n",
    "docs/groupes/_type.yml": (
        "type: groupe\nlabel: {one: groupe, many: groupes}\nlot: vie\n"
        "index: {view: table, columns: [titre, comptes]}\n"
        "fields:\n  titre: text\n  paye_par: {type: reference, to: compte}\n"
    ),
    "docs/groupes/jardin.md": (
        "---\ntitre: Jardin\npaye_par: budget\n---\n\nNos [[Budget 2026]], [[budget|nos sous]], "
        "[le budget](../comptes/budget.md), [la liste](../comptes/index.md) "
        "et <a href='../comptes/budget.md'>lui</a>.\n\n"
        "```requete\nde: compte\ntitre: Les comptes\nvide: Aucun compte.\n```\n\n"
        "```requete\nde: [compte, groupe]\nvue: tableau\ncolonnes: [titre, comptes]\n```\n\nFin.\n"
    ),
    "docs/index.md": "# Accueil\n",
}
OTHERS = ("docs/comptes/recu.png",)
UNKNOWN = "plugins:\n  - essaim: {without_lots: [transparance]}\n"
WITHOUT = Layout(without_lots=("transparence",))


def read(layout: Layout = WITHOUT, **more: str | None) -> Analysis:
    files = FILES | {f"docs/{name.replace('__', '/')}.md": text for name, text in more.items()}
    changes = [Change(path=p, source=SourceFile.from_text(p, text)) for p, text in files.items() if text is not None]
    return analyze([*changes, *(Change(path=path) for path in OTHERS)], layout, TODAY)


def shown(path: str, site: Site) -> PageInputs:
    return page_inputs(site.graph.pages[path], site)


@pytest.mark.parametrize("audience", Audience)
def test_the_pages_of_a_lot_left_out_are_shown_to_nobody(audience: Audience) -> None:
    analysis = read()
    site = site_of(analysis, audience)
    assert sorted(path for path in site.graph.pages if site.sees(path)) == ["docs/groupes/jardin.md", "docs/index.md"]
    assert "docs/comptes/index.md" not in site.indexes
    assert [path for path in seen_files(analysis.files, site) if path.startswith("docs/comptes")] == []
    inputs = shown("docs/groupes/jardin.md", site)
    assert [(link.status, link.text) for link in inputs.links] == [
        ("hidden", "Budget 2026"),
        ("hidden", "nos sous"),
        ("hidden", "le budget"),
        ("hidden", "la liste"),
    ]
    assert (inputs.fields, inputs.relations) == ((), ())
    text = inputs.markdown
    assert "comptes/budget.md" not in text
    assert "Les comptes" not in text
    assert "Aucun compte" not in text
    assert "Ses sous" not in text
    assert "Jardin" in text
    assert text.endswith("Fin.\n")
    assert site.indexes["docs/groupes/index.md"].listed.columns == ("Titre",)
    assert all("comptes" not in one.path for one in previews(site))
    assert "compte" not in inventory(site, "", "", lambda path: path.removesuffix(".md")).text


@pytest.mark.parametrize("audience", Audience)
def test_with_its_lot_everything_is_there(audience: Audience) -> None:
    site = site_of(read(Layout()), audience)
    inputs = shown("docs/groupes/jardin.md", site)
    assert [link.status for link in inputs.links] == ["page", "page", "page", "page"]
    assert "Les comptes" in inputs.markdown
    assert "Ses sous" in inputs.markdown
    assert site.indexes["docs/groupes/index.md"].listed.columns == ("Titre", "Ses sous")


def test_links_to_a_lot_left_out_are_no_mistakes_and_its_pages_are_still_checked() -> None:
    assert read().diagnostics == read(Layout()).diagnostics
    wrong = read(comptes__faux="---\ntitre: Faux\ncouleur: rouge\n---\n")
    assert [d.path for d in wrong.diagnostics if d.severity == "error"] == ["docs/comptes/faux.md"]


def test_a_page_left_out_is_still_told_when_it_cites_what_is_for_members() -> None:
    reserved = {"docs/secrets/_type.yml": "type: secret\nvisibility: members\n", "docs/secrets/s.md": "# S\n"}
    changes = [Change(path=p, source=SourceFile.from_text(p, text)) for p, text in reserved.items()]
    analysis = update(read(comptes__lien="Voir [[secret/s]].\n"), changes)
    assert [(d.code, d.path) for d in analysis.diagnostics if d.code == "ES313"] == [
        ("ES313", "docs/comptes/lien.md")
    ]


def test_what_is_left_out_and_for_members_has_no_name_for_the_public() -> None:
    types = FILES["docs/comptes/_type.yml"] + "visibility: members\n"
    change = Change(path="docs/comptes/_type.yml", source=SourceFile.from_text("docs/comptes/_type.yml", types))
    analysis = update(read(), [change])
    words = {a: shown("docs/groupes/jardin.md", site_of(analysis, a)).links[0].text for a in Audience}
    assert words == {Audience.PUBLIC: "page réservée aux membres", Audience.MEMBERS: "Budget 2026"}
    assert not any(d.code == "ES313" for d in analysis.diagnostics)


def test_a_declaration_that_cannot_be_read_leaves_out_the_lot_it_names() -> None:
    broken = "type: compte\nlot: transparence\n  fields: [\n"
    change = Change(path="docs/comptes/_type.yml", source=SourceFile.from_text("docs/comptes/_type.yml", broken))
    site = site_of(update(read(), [change]), Audience.MEMBERS)
    assert not site.sees("docs/comptes/budget.md")
    assert site.sees("docs/groupes/jardin.md")


def test_the_lots_are_read_from_the_configuration(tmp_path: Path) -> None:
    wiki = write_files(tmp_path, {"mkdocs.yml": "plugins:\n  - essaim: {without_lots: [vie, transparence, vie]}\n"})
    assert read_layout(wiki).without_lots == ("vie", "transparence")
    write_files(wiki, {"mkdocs.yml": "plugins:\n  essaim:\n    without_lots: [vie]\n"})
    assert read_layout(wiki).without_lots == ("vie",)
    write_files(wiki, {"mkdocs.yml": "plugins:\n  - essaim\n  - search: {without_lots: [vie]}\n"})
    assert read_layout(wiki).without_lots == ()


def test_an_unknown_lot_stops_every_command_with_the_nearest_name(tmp_path: Path, essaim: Run) -> None:
    wiki = write_files(tmp_path, FILES | {"mkdocs.yml": f"site_name: L\n{UNKNOWN}"})
    for command in (("check",), ("stage", str(tmp_path / "sortie")), ("build",)):
        told = essaim(*command, cwd=wiki, status=2).stderr
        assert "lot inconnu : « transparance ». Vouliez-vous dire « transparence » ?" in told
    with pytest.raises(UnknownLot):
        Workspace(wiki, TODAY, replace(WITHOUT, without_lots=("xyz",))).refresh()


def test_a_lot_is_one_word() -> None:
    path = "docs/comptes/_type.yml"
    text = FILES[path].replace("lot: transparence", "lot: deux mots")
    found = update(read(Layout()), [Change(path=path, source=SourceFile.from_text(path, text))]).diagnostics
    assert [(d.code, d.span.start.line) for d in found if d.path == path] == [("ES603", 3)]


EMPTY = {
    "docs/_type.yml": FILES["docs/_type.yml"],
    "docs/appels/_type.yml": "type: appel\nlabel: {one: appel, many: appels}\nindex: {view: list}\n",
    "docs/appels/index.md": "# Nos appels\n\nTexte.\n",
    "docs/index.md": (
        "# Accueil\n\nVers [les appels](appels/index.md), [eux](appels/), [[Nos appels]] "
        "et [[Nos appels|ceux-ci]].\n\n"
        "```requete\nde: appel\n```\n"
    ),
}


def of(files: dict[str, str]) -> Analysis:
    return analyze([Change(path=p, source=SourceFile.from_text(p, t)) for p, t in files.items()], Layout(), TODAY)


@pytest.mark.parametrize("audience", Audience)
def test_a_collection_without_a_page_is_nowhere(audience: Audience) -> None:
    analysis = of(EMPTY)
    site = site_of(analysis, audience)
    assert [path for path in site.graph.pages if site.sees(path)] == ["docs/index.md"]
    assert "docs/appels/index.md" not in seen_files(analysis.files, site)
    assert [*site.indexes] == []
    assert [(link.status, link.text) for link in shown("docs/index.md", site).links] == [
        ("hidden", "les appels"),
        ("hidden", "eux"),
        ("hidden", "Nos appels"),
        ("hidden", "ceux-ci"),
    ]
    assert "Rien pour l'instant" in shown("docs/index.md", site).markdown
    assert [one.path for one in previews(site)] == ["docs/index.md"]
    assert analysis.diagnostics == ()


def test_it_appears_with_its_first_page_and_goes_with_its_last() -> None:
    before = of(EMPTY)
    first = Change(path="docs/appels/un.md", source=SourceFile.from_text("docs/appels/un.md", "# Un appel\n"))
    after = update(before, [first])
    site = site_of(after, Audience.PUBLIC)
    assert site.sees("docs/appels/index.md")
    assert "docs/appels/index.md" in site.indexes
    assert [link.status for link in shown("docs/index.md", site).links] == ["page"] * 4
    gone = update(after, [Change(path="docs/appels/un.md", exists=False)])
    assert not site_of(gone, Audience.PUBLIC).sees("docs/appels/index.md")
    assert shown("docs/index.md", site_of(gone, Audience.PUBLIC)) == shown(
        "docs/index.md", site_of(before, Audience.PUBLIC)
    )


def test_a_link_to_the_list_of_an_empty_collection_that_nobody_covered_is_words() -> None:
    files = {path: text for path, text in EMPTY.items() if path != "docs/appels/index.md"}
    files["docs/index.md"] = "[les appels](appels/index.md)\n"
    analysis = of(files)
    assert analysis.diagnostics == ()
    assert [link.status for link in shown("docs/index.md", site_of(analysis, Audience.PUBLIC)).links] == ["hidden"]


def test_drafts_alone_do_not_make_a_collection_appear() -> None:
    site = site_of(of(EMPTY | {"docs/appels/un.md": "# Un appel\n"}), Audience.PUBLIC)
    assert not replace(site, left_out=frozenset({"docs/appels/un.md"})).sees("docs/appels/index.md")


def test_pages_for_members_make_it_appear_to_them_only() -> None:
    inside = {
        "docs/appels/prives/_type.yml": "type: prive\nvisibility: members\n",
        "docs/appels/prives/p.md": "# P\n",
    }
    analysis = of(EMPTY | inside)
    assert not site_of(analysis, Audience.PUBLIC).sees("docs/appels/index.md")
    members = site_of(analysis, Audience.MEMBERS)
    assert members.sees("docs/appels/index.md")
    assert "Nos appels" not in inventory(members, "", "", lambda path: path.removesuffix(".md")).text


def test_a_hidden_cover_is_still_checked() -> None:
    analysis = of(EMPTY | {"docs/appels/index.md": "[perdu](perdu.md)\n"})
    assert ("ES309", "docs/appels/index.md") in [(d.code, d.path) for d in analysis.diagnostics]


def test_the_home_page_never_waits() -> None:
    files = {"docs/_type.yml": "type: page\nindex: {view: list}\n", "docs/index.md": "# Accueil\n"}
    assert site_of(of(files), Audience.PUBLIC).sees("docs/index.md")
