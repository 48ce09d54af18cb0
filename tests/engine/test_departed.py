"""People who left: their names are in nothing that a site is made of, and what cites them says what they were."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from essaim.pages.history import Coverage, History, PageHistory, Revision
from essaim.source import SourceFile
from essaim.views.audience import Audience
from essaim.views.files import seen_files
from essaim.views.history import who_wrote
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.inventory import inventory
from essaim.views.previews import previews
from essaim.views.redirects import redirects
from essaim.views.site import Site
from essaim.workspace import Analysis, Change, analyze, update
from essaim.workspace.discover import Layout
from essaim.workspace.rename import plan_rename
from essaim.workspace.site import site_of

TODAY = date(2026, 11, 1)
TYPE = """\
type: profil
label: {one: profil, many: profils}
title: nom
index: {view: table, columns: [nom, statut], facets: [statut]}
linked_data: {type: Person, properties: {name: nom}}
departed: {when: "statut = ancien", as: role_passe}
fields:
  nom: {type: text, required: true}
  statut: {type: choice, of: {membre: "Membre", ancien: "A quitté la coopérative"}}
  role_passe: {type: text}
  photo: {type: image}
  resume: {type: text}
  parrain: {type: reference, to: profil, inverse: {name: filleuls, label: "A parrainé"}}
"""
PAUL = """\
---
nom: Paul Estrade
alias: [Polo]
statut: ancien
role_passe: un ancien facilitateur
photo: portrait.png
resume: Tailleur de pierre.
parrain: ada
couleur: rouge
---

# Paul Estrade

Paul vit à Die. Voir [[ada]] et ![](atelier.png).
"""
ADA = """\
---
nom: Ada
statut: membre
parrain: Paul Estrade
---

Merci à [[paul-estrade]], [[Paul Estrade|Paul]], [Polo](paul-estrade.md "Paul Estrade"), [lui][1], ![[Polo]],
<a href="paul-estrade.md" title="Paul">Paul E.</a> et ![son portrait](portrait.png).

## Avec [[Polo]]

| Qui | Quoi |
| --- | --- |
| [[Polo\\|Paul]] | rien |

```requete
de: profil
vue: tableau
colonnes: [nom, parrain]
```

[1]: paul-estrade.md "Paul Estrade"
"""
FILES = {
    "docs/_type.yml": "type: page\nextra: allow\nfields: {titre: text}\n",
    "docs/_redirections.yml": "docs/profils/polo-e.md: paul-estrade\n",
    "docs/profils/_type.yml": TYPE,
    "docs/profils/paul-estrade.md": PAUL,
    "docs/profils/ada.md": ADA,
    "docs/note.md": '---\ntitre: Note\nauthor: "[[Polo]]"\n---\n\nRelue par [[Paul Estrade]]. Puis [[ada]].\n',
    "docs/index.md": "# Accueil\n",
}
OTHERS = ("docs/profils/portrait.png", "docs/profils/atelier.png")
SECRETS = ("estrade", "polo", "paul ", "paul,", "paul.", "paul)", "paul<", "pierre", "tailleur", "rouge", "die.")


def change(path: str, text: str) -> Change:
    return Change(path=path, source=SourceFile.from_text(path, text))


def wiki(**more: str) -> Analysis:
    files = FILES | {f"docs/{name.replace('__', '/')}.md": text for name, text in more.items()}
    return analyze([*(change(*one) for one in files.items()), *(Change(path=o) for o in OTHERS)], Layout(), TODAY)


def shown(path: str, site: Site) -> PageInputs:
    return page_inputs(site.graph.pages[path], site)


def address_of(path: str) -> str:
    return path.removesuffix(".md")


@pytest.fixture(params=list(Audience))
def site(request: pytest.FixtureRequest) -> Site:
    return site_of(wiki(), request.param)


def test_no_input_of_any_page_holds_a_name(site: Site) -> None:
    for path in site.graph.pages:
        text = repr(shown(path, site)).replace("paul-estrade", "").lower()
        assert [secret for secret in SECRETS if secret in text] == [], path


def test_whatever_leads_to_somebody_who_left_says_what_they_were(site: Site) -> None:
    words = "un ancien facilitateur"
    links = [(link.path, link.text) for link in shown("docs/profils/ada.md", site).links]
    markdown = shown("docs/profils/ada.md", site).markdown
    assert all(path == "docs/profils/paul-estrade.md" for path, _ in links)
    assert markdown.count(f"[{words}](paul-estrade.md)") == 8  # seven links, and a cell
    assert f'<a href="paul-estrade.md" >{words}</a>' in markdown
    assert f"## Avec [{words}](paul-estrade.md)" in markdown
    assert [(f.name, f.values[0].text) for f in shown("docs/profils/ada.md", site).fields][-1] == ("parrain", words)
    assert f"Relue par [{words}](profils/paul-estrade.md)." in shown("docs/note.md", site).markdown
    assert shown("docs/note.md", site).extra == (("author", '"[[profil/paul-estrade]]"'),)


def test_the_page_says_what_they_were_and_one_sentence(site: Site) -> None:
    inputs = shown("docs/profils/paul-estrade.md", site)
    assert inputs.title == "Un ancien facilitateur"
    assert inputs.body.strip() == "Cette personne a quitté la coopérative."
    assert [(field.name, field.values[0].text) for field in inputs.fields] == [("statut", "A quitté la coopérative")]
    assert inputs.is_departed
    assert (inputs.summary, inputs.relations, inputs.errors, inputs.links) == ("", (), (), ())
    assert inputs.linked_data.main is None


def test_no_list_gives_them(site: Site) -> None:
    path = "docs/profils/paul-estrade.md"
    assert site.sees(path)
    assert [entry.title for entry in site.indexes["docs/profils/index.md"].listed.entries] == ["Ada"]
    assert "Estrade" not in inventory(site, "", "", address_of).text
    assert path not in inventory(site, "", "", address_of).text
    assert [one.title for one in previews(site) if one.path == path] == ["un ancien facilitateur"]
    assert redirects(site) == ()


def test_their_images_go_with_them(site: Site) -> None:
    given = seen_files(FILES.keys() | {*OTHERS}, site)
    assert "docs/profils/portrait.png" not in given
    assert "portrait.png" not in shown("docs/profils/ada.md", site).markdown


def test_the_type_words_its_sentence_and_what_the_page_keeps() -> None:
    text = TYPE.replace("as: role_passe", 'as: role_passe, keeps: [parrain], text: "Parti·e."')
    site = site_of(update(wiki(), [change("docs/profils/_type.yml", text)]), Audience.PUBLIC)
    inputs = shown("docs/profils/paul-estrade.md", site)
    assert inputs.body.strip() == "Parti·e."
    assert [(field.name, field.values[0].text) for field in inputs.fields] == [("parrain", "Ada")]


def test_without_words_the_label_of_the_type_stands_for_them() -> None:
    site = site_of(wiki(profils__paul_estrade="---\nnom: Zoé\nstatut: ancien\n---\n"), Audience.PUBLIC)
    assert site.graph.pages["docs/profils/paul_estrade.md"].title == "un profil"


def test_words_for_members_are_not_told_to_the_public() -> None:
    text = TYPE.replace("role_passe: {type: text}", "role_passe: {type: text, visibility: members}")
    analysis = update(wiki(), [change("docs/profils/_type.yml", text)])
    titles = {a: shown("docs/profils/paul-estrade.md", site_of(analysis, a)).title for a in Audience}
    assert titles == {Audience.PUBLIC: "Un profil", Audience.MEMBERS: "Un ancien facilitateur"}


def test_who_comes_back_has_their_name_again() -> None:
    back = update(wiki(), [change("docs/profils/paul-estrade.md", PAUL.replace("statut: ancien", "statut: membre"))])
    assert site_of(back, Audience.PUBLIC).graph is back.graph
    gone = update(back, [change("docs/profils/paul-estrade.md", PAUL)])
    ours, fresh = (site_of(one, Audience.MEMBERS) for one in (gone, wiki()))
    assert {p: shown(p, ours) for p in ours.graph.pages} == {p: shown(p, fresh) for p in fresh.graph.pages}


def test_the_past_does_not_name_them() -> None:
    when = datetime(2026, 1, 2, tzinfo=UTC)
    site = site_of(wiki(), Audience.MEMBERS)
    assert who_wrote("Paul Estrade", site).text == "un ancien facilitateur"
    assert who_wrote("Polo", site).text == "un ancien facilitateur"
    assert who_wrote("Quelqu'un", site).text == "Quelqu'un"
    named = Revision(
        commit="a", author="Ada", when=when, subject="Corrige la fiche de paul-estrade : Estrade, Paul Estrade"
    )
    past = PageHistory(first=named._replace(commit="b"), last=named, authors=("Ada",), changes=2)
    history = History(pages={"docs/profils/ada.md": past}, recent=(), coverage=Coverage.WHOLE)
    events = shown("docs/profils/ada.md", replace(site, history=history)).history
    assert events is not None
    assert [event.said for event in events.events] == ["", ""]


def test_a_name_in_plain_words_is_told_to_authors() -> None:
    text = "---\ntitre: Paul Estrade et nous\n---\n\nAvec [[paul-estrade|Paul Estrade]], puis Polo, hier.\n"
    told = [d for d in wiki(avec=text).informed if d.code == "ES413"]
    assert [(d.path, d.span.start) for d in told] == [("docs/avec.md", (2, 8)), ("docs/avec.md", (5, 42))]
    assert "ES413" not in {d.code for d in wiki().informed}


def test_what_is_wrong_with_the_option_is_told_and_hides_the_pages() -> None:
    for departed, codes in (
        ('{when: "statu = ancien"}', ["ES610"]),
        ("{as: role_passe}", ["ES602"]),
        ("{when: statut, as: nom}", ["ES603"]),
        ("{when: statut, keeps: [nom, photos]}", ["ES603", "ES603"]),
        ("{when: statut, was: x}", ["ES601"]),
    ):
        text = TYPE.replace('{when: "statut = ancien", as: role_passe}', departed)
        analysis = update(wiki(), [change("docs/profils/_type.yml", text)])
        found = [d.code for d in analysis.diagnostics if d.path == "docs/profils/_type.yml"]
        assert found == codes, departed
        if "when: statut," not in departed:
            assert not site_of(analysis, Audience.MEMBERS).sees("docs/profils/ada.md")


def test_a_rename_that_forgets_leaves_neither_name_nor_redirection() -> None:
    plan = plan_rename(wiki(), "docs/profils/paul-estrade.md", "docs/profils/ancien-3.md", forget=True)
    assert plan.alias == ""
    assert "paul-estrade" not in plan.after["docs/profils/ancien-3.md"].text
    assert plan.after["docs/_redirections.yml"].text == ""
    assert "[[ancien-3]]" in plan.after["docs/profils/ada.md"].text
