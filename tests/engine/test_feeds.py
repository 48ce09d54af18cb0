"""Feeds: which pages are in, in which order, under which names; valid Atom and JSON Feed whatever the texts hold."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from essaim.pages.history import Coverage, History, PageChange, PageHistory, Revision
from essaim.views.addresses import published_path
from essaim.views.audience import Audience
from essaim.views.feeds.atom import atom
from essaim.views.feeds.changes import recent_feed
from essaim.views.feeds.collections import collection_feeds
from essaim.views.feeds.json_feed import json_feed
from essaim.views.feeds.model import MOST, Author, Entry, Feed
from essaim.views.site import Site
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

ATOM = "{http://www.w3.org/2005/Atom}"
START = datetime.fromisoformat("2026-03-01T10:00:00+01:00")
URL = "https://w.invalid/wiki"
WIKI = {
    "docs/fiches/_type.yml": "type: fiche\nlabel: {one: fiche, many: fiches, gender: f}\nindex: {view: list}\n"
    "fields:\n  titre: {type: text}\n  resume: {type: text}\n  verifie_le: {type: date}\n",
    "docs/profils/_type.yml": "type: profil\nindex: {view: list}\nshare: never\n"
    "fields: {titre: {type: text}, resume: {type: text}}\n",
    "docs/coffre/_type.yml": "type: coffre\nvisibility: members\nindex: {view: list}\n"
    "fields: {titre: {type: text}}\n",
    "docs/vide/_type.yml": "type: vide\nindex: {view: list}\nfields: {titre: {type: text}}\n",
    "docs/notes/_type.yml": "type: note\nfields: {titre: {type: text}}\n",
    "docs/fiches/a.md": "---\ntitre: Alpha\nresume: Le premier\n---\n",
    "docs/fiches/b.md": "---\ntitre: Bêta\nverifie_le: 2026-03-05\n---\n",
    "docs/fiches/c.md": "---\ntitre: Gamma\n---\n",
    "docs/fiches/faute.md": "---\ntitre: Faute\nresume: CANARI-faute\nverifie_le: hier\n---\n",
    "docs/profils/amina.md": "---\ntitre: Amina Diop\nresume: CANARI-resume\n---\n",
    "docs/coffre/cle.md": "---\ntitre: La clé\n---\n",
    "docs/notes/n.md": "---\ntitre: Une note\n---\n",
}


def past(first: int, last: int, *authors: str, is_cut: bool = False) -> PageHistory:
    """Return the past of a page changed on two days, counted from the start."""
    names = authors or ("Amina Diop",)
    revisions = [Revision(f"c{n}", START + timedelta(days=n), names[0], "") for n in (first, last)]
    return PageHistory(first=revisions[0], last=revisions[1], authors=names, changes=2, is_cut=is_cut)


def site_with(
    pasts: Mapping[str, PageHistory], audience: Audience = Audience.PUBLIC, wiki: Mapping[str, str] = WIKI
) -> Site:
    recent = tuple(PageChange(path, "changed", one.last) for path, one in pasts.items())
    history = History(pages=pasts, recent=recent, coverage=Coverage.WHOLE)
    return replace(site_of(read_wiki(wiki), audience), history=history)


def address_of(path: str) -> str:
    return f"{URL}/{published_path(path, 'docs').removesuffix('index.md').replace('.md', '/')}"


def feeds(site: Site, site_url: str = URL) -> dict[str, Feed]:
    return dict(collection_feeds(site, address_of, site_url, "La Navette"))


FICHES = "docs/fiches/index.md"
EVERY = {f"docs/{name}.md": past(1, 2) for name in ("fiches/a", "fiches/faute", "profils/amina", "coffre/cle")}


class TestCollections:
    def test_what_changed_last_comes_first(self) -> None:
        site = site_with({"docs/fiches/a.md": past(1, 2), "docs/fiches/c.md": past(0, 7)})
        feed = feeds(site)[FICHES]
        assert [entry.title for entry in feed.entries] == ["Gamma", "Bêta", "Alpha"]
        assert (feed.title, feed.home) == ("La Navette : Fiches", f"{URL}/fiches/")
        assert (feed.atom_path, feed.json_path) == ("fiches/flux.xml", "fiches/flux.json")
        assert feed.updated == START + timedelta(days=7)

    def test_an_entry_says_all_that_is_known_of_a_page(self) -> None:
        site = site_with({"docs/fiches/a.md": past(1, 2, "Amina Diop", "Zoé", "Nour")})
        entry = next(entry for entry in feeds(site)[FICHES].entries if entry.title == "Alpha")
        assert entry == Entry(
            id=f"{URL}/fiches/a/",
            address=f"{URL}/fiches/a/",
            title="Alpha",
            kind="fiche",
            updated=START + timedelta(days=2),
            published=START + timedelta(days=1),
            authors=(Author("Amina Diop", f"{URL}/profils/amina/"), Author("un·e membre")),
            summary="Le premier",
        )

    def test_without_history_a_page_counts_from_its_verification_or_is_left_out(self) -> None:
        entries = feeds(site_with({}))[FICHES].entries
        assert [(entry.title, entry.updated, entry.published) for entry in entries] == [
            ("Bêta", datetime(2026, 3, 5, tzinfo=UTC), None)
        ]

    def test_the_beginning_of_a_cut_history_is_not_told(self) -> None:
        site = site_with({"docs/fiches/a.md": past(1, 2, is_cut=True)})
        assert {entry.published for entry in feeds(site)[FICHES].entries} == {None}

    def test_they_are_fifty_at_most(self) -> None:
        names = [f"docs/fiches/p{n:03}.md" for n in range(MOST + 30)]
        wiki = WIKI | {name: f"---\ntitre: {name[-6:-3]}\n---\n" for name in names}
        site = site_with({name: past(0, n // 2) for n, name in enumerate(names)}, wiki=wiki)
        entries = feeds(site)[FICHES].entries
        assert len(entries) == MOST
        assert [entry.title for entry in entries[:4]] == ["078", "079", "076", "077"]

    def test_the_public_has_no_feed_of_what_is_for_members_never_shared_empty_or_without_index(self) -> None:
        assert feeds(site_with(EVERY)).keys() == {FICHES}
        assert feeds(site_with(EVERY, Audience.MEMBERS)).keys() == {
            FICHES,
            "docs/coffre/index.md",
            "docs/profils/index.md",
        }

    def test_a_page_that_waits_for_a_correction_is_left_out(self) -> None:
        assert "Faute" not in [entry.title for entry in feeds(site_with(EVERY))[FICHES].entries]

    def test_without_the_address_of_the_site_there_is_none(self) -> None:
        assert feeds(site_with(EVERY), "") == {}

    def test_a_page_that_is_not_published_is_left_out(self) -> None:
        site = replace(site_with(EVERY), left_out={"docs/fiches/a.md"})
        assert [entry.title for entry in feeds(site)[FICHES].entries] == ["Bêta"]


class TestChanges:
    def feed(self, audience: Audience) -> Feed:
        feed = recent_feed(site_with(EVERY, audience), address_of, URL, "La Navette")
        assert feed is not None
        return feed

    def test_the_feed_of_the_wiki_tells_changes_with_the_summaries_of_what_is_shown(self) -> None:
        entries = {entry.title: entry for entry in self.feed(Audience.PUBLIC).entries}
        assert entries.keys() == {
            "Alpha (fiche modifiée)",
            "Faute (fiche modifiée)",
            "Amina Diop (profil modifié)",
        }
        alpha = entries["Alpha (fiche modifiée)"]
        assert (alpha.kind, alpha.summary, alpha.address) == ("fiche", "Le premier", f"{URL}/fiches/a/")
        assert entries["Faute (fiche modifiée)"].summary == ""  # it waits for a correction: nothing of it is shown
        assert alpha.content == "Fiche modifiée le 3 mars 2026 par Amina Diop."

    def test_a_profile_that_is_never_shared_takes_no_summary_along(self) -> None:
        assert "CANARI" not in atom(self.feed(Audience.PUBLIC)).text
        assert "CANARI-resume" in atom(self.feed(Audience.MEMBERS)).text


HOSTILE = ["</title><script>alert(1)</script>", "]]> & <![CDATA[", "\x00\x08\x0b\x1f\ufffe", "\ud800", "\u2028 é 🐝"]


def hostile(text: str) -> Feed:
    entry = Entry(
        id=f"{URL}/x/",
        address=f"{URL}/x/",
        title=text,
        kind=text,
        updated=START,
        published=START,
        authors=(Author(text, f"{URL}/y/"),),
        summary=text,
        content=text,
    )
    bare = Entry(id=f"{URL}/#b", address="", title="Nue", kind="", updated=START)
    return Feed(stem="été/flux", title=text, base=f"{URL}/", home=URL, author=text, entries=(entry, bare))


@pytest.mark.parametrize("text", HOSTILE)
class TestFormats:
    def test_atom_is_well_formed_and_has_what_it_must(self, text: str) -> None:
        artifact = atom(hostile(text))
        root = ElementTree.fromstring(artifact.text.encode())  # noqa: S314
        shown = "".join(sign if sign >= " " and sign not in "\ud800\ufffe" else "\ufffd" for sign in text)
        assert root.findtext(f"{ATOM}title") == shown
        first, bare = root.findall(f"{ATOM}entry")
        for name in ("title", "summary", "content", "author/name".replace("/", f"/{ATOM}")):
            assert first.findtext(f"{ATOM}{name}") == shown
        for element in (root, first, bare):
            for name in ("id", "title", "updated"):
                assert element.findtext(f"{ATOM}{name}")
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links == {"self": f"{URL}/%C3%A9t%C3%A9/flux.xml", "alternate": URL}
        assert root.findtext(f"{ATOM}author/{ATOM}name")

    def test_json_feed_has_what_it_must(self, text: str) -> None:
        data: dict[str, Any] = json.loads(json_feed(hostile(text)).text.encode())
        shown = text.replace("\ud800", "\ufffd")
        assert data["version"] == "https://jsonfeed.org/version/1.1"
        assert data["title"] == shown
        assert data["feed_url"] == f"{URL}/%C3%A9t%C3%A9/flux.json"
        first, bare = data["items"]
        assert first["authors"] == [{"name": shown, "url": f"{URL}/y/"}]
        assert first["tags"] == [shown]
        assert first["date_modified"] == first["date_published"] == "2026-03-01T10:00:00+01:00"
        assert bare == {
            "id": f"{URL}/#b",
            "title": "Nue",
            "content_text": "Nue",
            "date_modified": "2026-03-01T10:00:00+01:00",
        }
