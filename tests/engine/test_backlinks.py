"""Who cites a page: with the sentence that does, what changed last first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from essaim.pages.history import NO_HISTORY, PageHistory, Revision
from essaim.views.audience import Audience
from essaim.views.relations import ShownRelation, show_relations
from essaim.views.site import Site
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

TYPES = {
    "docs/_type.yml": "type: page\nlabel: {one: page, many: pages}\nfields:\n  titre: {type: text}\n"
    "  voir: {type: reference, to: page, many: true, inverse: {name: vue, label: Vue depuis}}\n",
    "docs/prive/_type.yml": "type: note\nlabel: {one: note, many: notes}\nvisibility: members\nfields:\n"
    "  titre: {type: text}\n",
    "docs/_cae.yml": "nom: Le Moulin\nvide: ''\n",
    "docs/but.md": "---\ntitre: Le but\n---\n",
    "docs/prive/secret.md": "---\ntitre: Le secret\n---\n\nOn y lit [[but]].\n",
}


def site(audience: Audience = Audience.PUBLIC, **pages: str) -> Site:
    files = TYPES | {f"docs/{name}.md": text for name, text in pages.items()}
    return site_of(read_wiki(files), audience)


def cited(wiki: Site) -> tuple[ShownRelation, ...]:
    return show_relations(wiki.graph.pages["docs/but.md"], wiki)


def quotes(**pages: str) -> list[str]:
    return [page.quote for relation in cited(site(Audience.PUBLIC, **pages)) for page in relation.pages]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Avant. On vise [[but]] ensemble ! Après.", "On vise Le but ensemble !"),
        ("On vise [[but|ce *but*]], voir [là](but.md).", "On vise ce *but*, voir là."),
        ("M. Petit vise [[but]]. Fin.", "M. Petit vise Le but."),
        ("- [ ] viser [[but]]\n- rien", "viser Le but"),
        ("> Citer **[[but]]** ici.", "Citer Le but ici."),
        ("| a | b |\n| - | - |\n| un | voir [[but]] |", "voir Le but"),
        ("Du `code [[non]]` puis [[but]].", "Du code [[non]] puis Le but."),
        (
            "Chez {{ cae.nom }}, [[but]] et {{ cae.vide }}.",
            "Chez Le Moulin, Le but et à compléter par votre coopérative.",
        ),
        ("Vers [[secret]] et [[but]].", "Vers page réservée aux membres et Le but."),
        ("Vers [[secret|un mot]] et [[but]].", "Vers un mot et Le but."),
        ("Un [[rêve]] et [[but]].", "Un rêve et Le but."),
        ("## Vers [[but]] tout droit", "Vers Le but tout droit"),
        ("![[but]]", ""),
        ("- [[but]]", ""),
        ("- [[but|les **signes**]]", ""),
        ("| [les signes](but.md) |\n| - |\n| a |", ""),
        ("Le mot « [[but]]. » Puis.", "Le mot « Le but. »"),
    ],
)
def test_the_sentence_that_cites_is_quoted_as_it_is_read(text: str, quote: str) -> None:
    assert quotes(a=text) == [quote]


def test_a_long_sentence_is_cut_around_the_link() -> None:
    (quote,) = quotes(a=f"{'avant ' * 100}[[but]] {'après ' * 100}")
    assert len(quote) < 260
    assert "Le but" in quote
    assert quote.startswith("… avant")
    assert quote.endswith("après …")


def test_a_page_is_listed_once_under_the_name_of_its_field() -> None:
    wiki = site(a="---\nvoir: [but]\n---\n\nEt [[but]], [[but]].\n", b="Vers [[but]]. Et [[but]].\n")
    assert [(r.label, [page.path for page in r.pages]) for r in cited(wiki)] == [
        ("Vue depuis", ["docs/a.md"]),
        ("Cité dans", ["docs/b.md"]),
    ]


def test_members_pages_are_cited_to_members_only() -> None:
    assert cited(site()) == ()
    (relation,) = cited(site(Audience.MEMBERS))
    assert [page.title for page in relation.pages] == ["Le secret"]


def test_what_changed_last_comes_first() -> None:
    wiki = site(a="[[but]] un\n", b="[[but]] deux\n", c="[[but]] trois\n")
    when = {"docs/a.md": 3, "docs/b.md": 9}
    pages = {}
    for path, day in when.items():
        revision = Revision("0" * 40, datetime(2026, 5, day, tzinfo=UTC), "Ada", "")
        pages[path] = PageHistory(first=revision, last=revision, authors=("Ada",), changes=1)
    (relation,) = cited(replace(wiki, history=replace(NO_HISTORY, pages=pages)))
    assert [page.path for page in relation.pages] == ["docs/b.md", "docs/a.md", "docs/c.md"]


def test_of_many_pages_the_first_are_quoted() -> None:
    pages = {f"p{number:03d}": f"Vers [[but]], numéro {number}.\n" for number in range(50)}
    (relation,) = cited(site(Audience.PUBLIC, **pages))
    assert len(relation.pages) == 50
    assert sum(page.quote != "" for page in relation.pages) == 30
