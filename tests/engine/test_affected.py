"""Whatever is edited, a page that is said to stay as it is does; and few others are computed again."""

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from essaim.pages.history import Coverage, History, PageHistory, Revision
from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.views.site import Site
from essaim.views.tracing import Trace, Tracer, affected
from essaim.views.tracing.notes import Notes
from essaim.views.tracing.watched import watch
from essaim.workspace import Analysis, analyze, update
from essaim.workspace.departing import Shown, without_departed
from essaim.workspace.site import site_of
from tests.engine.test_incremental import (
    LAYOUT,
    LEAVING,
    PAGES,
    TODAY,
    Draft,
    Edit,
    Files,
    changes_between,
    delete,
    edits,
    names,
    rewrite,
    wikis,
    write,
)

TYPES = {
    "docs/points/_type.yml": """\
type: point
label: {one: point, many: points, gender: m}
visibility: public
fields:
  titre: {type: text}
  debut: {type: date}
  lieu: {type: text}
  groupe: {type: reference, to: etape, many: true, inverse: {name: points, label: "Points"}}
event: {start: debut, place: lieu, group: groupe}
index: {view: list, sort: debut}
""",
    "docs/sigles/_type.yml": """\
type: sigle
fields: {titre: {type: text}, sigle: {type: text}, definition: {type: text, visibility: members}}
glossary: {acronym: sigle, definition: definition}
""",
    "docs/dossiers/_type.yml": """\
type: dossier
fields:
  titre: {type: text}
  resume: {type: text}
  partie: {type: text}
  fiches: {type: reference, many: true, inverse: {name: dossiers, label: "Dossiers"}}
  semaines: {type: group, many: true, fields: {titre: text, pages: {type: reference, visibility: members}}}
includes: {field: fiches, section: partie}
passport: {steps: semaines, title: titre, pages: pages, page_steps: titre}
""",
    "docs/reserve/_type.yml": """\
type: reserve
visibility: members
fields: {titre: {type: text}, alias: {type: text, many: true}, voir: {type: reference, many: true}}
""",
}
MORE = ("docs/points/p.md", "docs/points/q.md", "docs/sigles/c.md", "docs/sigles/d.md", "docs/dossiers/d.md")
SECRET = ("docs/reserve/a.md", "docs/reserve/r.md")
PEOPLE = ("Alpha", "Été", "Ada", "")
LINES = (
    "![[a]]",
    "![[b#Étapes]]",
    "![[t#Un lieu]]",
    "Voir [[r]] et [[a]] et [[Le mot|un mot]].",
    "Un CAPE, la TVA, une [[TVA]].",
    "Il manque [[Rien du tout]] et [[etape/Nulle part]].",
    "Il manque [[rien du tout]], que [[alpha]] demande.",
    "Avant [[b]]. Puis [[t]] et [[alpha]] se lisent ensemble. Enfin [[a]].",
    '<a href="../../reserve/r/">r</a>',
    "```requete\nde: point\nvue: agenda\n```",
    "```requete\nde: demarche\ncolonnes: [titre, suivi, suivi.piece, poids]\n```",
    "```requete\nde: [terme, reserve]\nvue: compteur\n```",
    '```requete\nde: etape\nou: "count(demarches where suivie) > 0 or points"\ncolonnes: [points, demarches]\n```',
    '```requete\nde: terme\nou: "count(cite_par) > 1"\ntri: -titre\n```',
)
more_lines = st.sampled_from(LINES).map(lambda line: Draft(lines=(line,)))
days = st.sampled_from(("2026-04-30", "2026-05-01", "2026-06-02", "pas un jour"))
points = st.builds(
    "---\ntitre: {}\ndebut: {}\nlieu: {}\ngroupe: [{}]\n---\n\nVoir [[{}]].\n".format,
    names,
    days,
    names,
    names,
    names,
)
acronyms = st.builds(
    "---\ntitre: {}\nsigle: {}\ndefinition: {}\n---\n".format,
    names,
    st.sampled_from(("CAPE", "TVA", "")),
    st.sampled_from(("Un.", "Deux.")),
)
dossiers = st.builds(
    "---\ntitre: {}\npartie: {}\nfiches: [{}, {}]\nsemaines: [{{titre: Un, pages: [{}]}}]\n---\n\nTout.\n".format,
    names,
    st.sampled_from(("", "Étapes", "Un lieu")),
    names,
    names,
    names,
)
secrets = st.builds("---\ntitre: {}\nvoir: [{}]\n---\n\nVoir [[{}]].\n".format, names, names, names)
more_edits = st.one_of(
    st.builds(rewrite, st.sampled_from(PAGES), st.just("lines"), more_lines),
    st.builds(rewrite, st.sampled_from(PAGES), st.just("lines"), more_lines),
    st.builds(write, st.sampled_from(MORE[:2]), points),
    st.builds(write, st.sampled_from(MORE[2:4]), acronyms),
    st.builds(write, st.just(MORE[4]), dossiers),
    st.builds(write, st.sampled_from(SECRET), secrets),
    st.builds(delete, st.sampled_from((*MORE, *SECRET))),
)


@dataclass(frozen=True, kw_only=True)
class World:
    """All that a site is made from."""

    files: Files
    today: date = TODAY
    drafts: frozenset[str] = frozenset()
    past: Mapping[str, PageHistory] = field(default_factory=dict)

    def sites(self, analysis: Analysis, shown: Mapping[Audience, Shown] = {}) -> dict[Audience, Site]:
        """Return the wiki as each audience is shown it."""
        history = History(pages=self.past, recent=(), coverage=Coverage.WHOLE)
        address = "https://x.fr/{chemin}?{texte}"
        sites = {one: site_of(analysis, one, history, new_page=address, shown=shown.get(one)) for one in Audience}
        return {one: replace(site, left_out=self.drafts) for one, site in sites.items()}


@dataclass(frozen=True, kw_only=True)
class Step:
    """What happens between two builds; `is_fresh` is that the second begins from the files alone."""

    edits: list[Edit]
    days: int
    is_fresh: bool
    draft: str
    committed: str
    author: str

    def of(self, world: World) -> World:
        """Return what follows."""
        files = world.files
        for edit in self.edits:
            files = edit(files)
        past = dict(world.past)
        if self.committed:
            when = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=len(self.author) + len(past))
            last = Revision(f"{len(past)}{self.author}", when, self.author, "Corrige")
            first = past[self.committed].first if self.committed in past else last
            authors = tuple(dict.fromkeys((first.author, last.author)))
            past[self.committed] = PageHistory(first=first, last=last, authors=authors, changes=2)
        drafts = world.drafts ^ {self.draft} if self.draft else world.drafts
        return World(files=files, today=world.today + timedelta(days=self.days), drafts=drafts, past=past)


rarely = st.sampled_from((0, 0, 0, 0, 0, 0, 0, 1))
sometimes = st.one_of(st.just(""), st.just(""), st.just(""), st.sampled_from((*PAGES, *MORE)))
steps = st.builds(
    Step,
    edits=st.lists(st.one_of(edits, more_edits, more_edits), max_size=2),
    days=rarely,
    is_fresh=rarely.map(bool),
    draft=sometimes,
    committed=sometimes,
    author=st.sampled_from(PEOPLE),
)
begun = st.fixed_dictionaries(
    {
        MORE[0]: points,
        MORE[1]: points,
        MORE[2]: acronyms,
        MORE[4]: dossiers,
        SECRET[1]: secrets,
    }
)


@settings(
    derandomize=True,
    max_examples=100,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)
@given(
    wiki=wikis,
    more=begun,
    sequence=st.lists(steps, min_size=8, max_size=8),
    layout=st.sampled_from((LAYOUT, LAYOUT, LEAVING)),
)
def test_a_page_that_is_not_affected_stays_as_it_is(
    wiki: Files, more: Files, sequence: list[Step], layout: object
) -> None:
    world = World(files={**wiki, **TYPES, **more})
    analysis = analyze(changes_between({}, world.files), layout, world.today)  # type: ignore[arg-type]
    shown = {one: without_departed(analysis, one) for one in Audience}
    sites = world.sites(analysis, shown)
    known = {one: Build.of(site) for one, site in sites.items()}
    for step in sequence:
        following = step.of(world)
        if step.is_fresh:
            analysis = analyze(changes_between({}, following.files), layout, following.today)  # type: ignore[arg-type]
        else:
            analysis = update(analysis, changes_between(world.files, following.files), following.today)
        shown = {one: without_departed(analysis, one, shown[one]) for one in Audience}
        then, anew = following.sites(analysis, shown), following.sites(analysis)
        for one, site in then.items():
            again = affected(sites[one], site, known[one].traces)
            known[one] = known[one].next(site, again)
            whole = anew[one]  # as nobody kept anything of it
            fresh = {path: page_inputs(page, whole).digest for path, page in whole.graph.pages.items()}
            stale = [path for path in fresh if known[one].digests[path] != fresh[path]]
            changed = [change.path for change in changes_between(world.files, following.files)]
            assert not stale, f"{one}: {stale} after {changed}, {step}"
        world, sites = following, then


@dataclass(frozen=True, kw_only=True)
class Build:
    """What is kept of the pages from one build to the next."""

    digests: dict[str, str]
    traces: dict[str, Trace]

    @staticmethod
    def of(site: Site) -> "Build":
        """Compute every page."""
        return Build(digests={}, traces={}).next(site, site.graph.pages)

    def next(self, site: Site, again: Iterable[str]) -> "Build":
        """Compute some pages, keep what is known of the others."""
        tracer, digests, traces = Tracer(site), dict(self.digests), dict(self.traces)
        for path in again:
            inputs, traces[path] = tracer.inputs(site.graph.pages[path])
            digests[path] = inputs.digest
        return Build(digests=digests, traces=traces)


# --- What an edit costs ---------------------------------------------------------------------------------------------

SMALL: Mapping[str, str | None] = {
    "docs/_type.yml": "type: page\nfields: {titre: text}\n",
    "docs/fiches/_type.yml": """\
type: fiche
aliases: noms
fields:
  titre: {type: text}
  noms: {type: text, many: true}
  etat: {type: choice, of: [a, b]}
  plan: {type: file}
  lien: {type: reference, to: [fiche, lieu], many: true, inverse: {name: vu_par, label: "Vu par"}}
  loin: {type: boolean, computed: "count(lien.lien where etat = a) > 0"}
  connue: {type: boolean, computed: "count(lien.cite_par) > 1"}
flags: [{when: "lien.lien.etat = b", message: "{titre} est à revoir."}]
""",
    "docs/lieux/_type.yml": "type: lieu\nindex: {view: list}\nfields: {titre: {type: text}}\n",
    "docs/points/_type.yml": """\
type: point
fields:
  titre: {type: text}
  jour: {type: date}
  ou: {type: reference, to: lieu}
  qui: {type: reference, to: [page, fiche], many: true}
event: {start: jour, place: ou, group: qui}
""",
    "docs/sigles/_type.yml": """\
type: sigle
fields: {titre: {type: text}, sigle: {type: text}, definition: {type: text}}
glossary: {acronym: sigle, definition: definition}
""",
    "docs/vides/_type.yml": "type: vide\nindex: {view: list}\nfields: {titre: text}\n",
    "docs/fiches/e.md": "---\ntitre: Essai\n---\n\nVoir [[t]] et [[u]].\n",
    "docs/fiches/t.md": "---\ntitre: Thé\n---\n\nUne boisson.\n",
    "docs/fiches/u.md": "---\ntitre: Usage\n---\n\nUn mot.\n",
    "docs/citent.md": "---\ntitre: Citent\n---\n\nLire [[e]] et [[u]] aussi. Puis [[seule]].\n",
    "docs/montre.md": "---\ntitre: Montre\n---\n\n![[e]]\n",
    "docs/seule.md": "---\ntitre: Seule\n---\n\nRien.\n",
    "docs/fiches/p.md": "---\ntitre: Pas\nlien: [q]\nplan: plan.pdf\n---\n",
    "docs/fiches/q.md": "---\ntitre: Quai\nlien: [r]\n---\n",
    "docs/fiches/r.md": "---\ntitre: Rue\netat: a\n---\n",
    "docs/fiches/plan.pdf": None,
    "docs/lieux/salle.md": "---\ntitre: La salle\n---\n",
    "docs/points/point.md": "---\ntitre: Point\njour: 2026-06-01\nou: salle\nqui: [page/groupe]\n---\n",
    "docs/groupe.md": "---\ntitre: Groupe\n---\n",
    "docs/agenda.md": "---\ntitre: Agenda\n---\n\n```requete\nde: point\nvue: agenda\nmois: 2\n```\n",
    "docs/liste.md": "---\ntitre: Liste\n---\n\n```requete\nde: lieu\ncolonnes: [titre]\n```\n",
    "docs/sigle.md": "---\ntitre: Sigle\n---\n\nUn CAPE.\n",
    "docs/rouge.md": "---\ntitre: Rouge\n---\n\nIl manque [[Une page]].\n",
    "docs/autre.md": "---\ntitre: Autre\n---\n\nIl manque [[Une page]], comme [[salle]].\n",
    "docs/naissance.md": "---\ntitre: Naissance\n---\n\nVoir [les vides](vides/index.md).\n",
    "docs/nomme.md": "---\ntitre: Nommé\n---\n",
}
PAST = Revision("c", datetime(2026, 1, 1, tzinfo=UTC), "Ada", "Écrit")


def past(path: str, last: Revision = PAST) -> dict[str, PageHistory]:
    return {path: PageHistory(first=PAST, last=last, authors=("Ada",), changes=2)}


def again(
    edited: Mapping[str, str | None] | None = None,
    gone: str = "",
    small: Mapping[str, str | None] = SMALL,
    **other: object,
) -> list[str]:
    """Return the names of the pages that are computed again after an edit; all others stay as they are."""
    world = World(files=small, past=past("docs/nomme.md"))
    files = {path: text for path, text in {**small, **(edited or {})}.items() if path != gone}
    following = replace(world, files=files, **other)  # type: ignore[arg-type]
    analysis = analyze(changes_between({}, small), LAYOUT, TODAY)
    if following.today == TODAY:
        then = update(analysis, changes_between(small, files))
    else:
        then = analyze(changes_between({}, files), LAYOUT, following.today)
    old, new = (w.sites(a)[Audience.PUBLIC] for w, a in ((world, analysis), (following, then)))
    build = Build.of(old)
    found = affected(old, new, build.traces)
    for path, page in new.graph.pages.items():
        if path not in found:
            assert page_inputs(page, new).digest == build.digests[path], path
    return sorted(path.rpartition("/")[2].removesuffix(".md") for path in found)


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """Return a file of the small wiki with other words."""
    text = SMALL[path] or ""
    assert old in text
    return {path: text.replace(old, new)}


def test_nothing_changed_affects_nothing() -> None:
    assert again() == []
    assert again({"docs/fiches/t.md": SMALL["docs/fiches/t.md"]}) == []


def test_a_body_affects_its_page_those_it_links_to_and_those_that_show_it() -> None:
    assert again(changed("docs/fiches/e.md", "Voir", "Lisez")) == ["e", "montre", "t", "u"]
    assert again(changed("docs/seule.md", "Rien.", "Rien de plus.")) == ["seule"]


def test_a_title_affects_the_pages_that_cite_it_and_those_whose_sentence_says_it() -> None:
    # `u` shows the sentence of « Citent » that says « Essai »; `seule` shows the one that does not
    edit = changed("docs/fiches/e.md", "titre: Essai", "titre: Épreuve")
    assert again(edit) == ["citent", "e", "montre", "t", "u"]


def test_a_title_cited_by_many_affects_these() -> None:
    many = {f"docs/n{number}.md": f"---\ntitre: N{number}\n---\n\nVoir [[seule]].\n" for number in range(60)}
    found = again(changed("docs/seule.md", "titre: Seule", "titre: Unique"), small={**SMALL, **many})
    assert set(found) == {"seule", "citent", *(f"n{number}" for number in range(60))}


@pytest.mark.parametrize(
    ("edit", "expected"),
    {
        "a name that an author bears": ({"docs/ada.md": "---\ntitre: Ada\n---\n"}, ["ada", "nomme"]),
        "a value computed through another page": (changed("docs/fiches/r.md", "\netat: a", ""), ["p", "q", "r"]),
        "a link that a computed value counts": (
            changed("docs/seule.md", "Rien.", "Voir [[q]] et [[q]]."),
            ["p", "q", "seule"],
        ),
        "the place of an event of an agenda": (
            changed("docs/lieux/salle.md", "La salle", "Le salon"),
            ["agenda", "autre", "groupe", "liste", "point", "salle"],
        ),
        "a page of a type that a query asks": (
            {"docs/lieux/cour.md": "---\ntitre: La cour\n---\n"},
            ["cour", "liste"],
        ),
        "an acronym that is explained": (
            {"docs/sigles/c.md": "---\ntitre: Contrat\nsigle: CAPE\n---\n"},
            ["c", "sigle"],
        ),
        "a page that is wanted, and by whom": (
            changed("docs/autre.md", ", comme [[salle]]", ""),
            ["autre", "rouge", "salle"],
        ),
        "the first page of a collection": ({"docs/vides/v.md": "---\ntitre: V\n---\n"}, ["naissance", "v"]),
        "two groups of one id": (
            {
                "docs/fiches/groupe.md": "---\ntitre: Groupe\n---\n",
                "docs/points/pair.md": "---\ntitre: Pair\njour: 2026-06-01\nqui: [fiche/groupe]\n---\n",
            },
            ["agenda", "groupe", "groupe", "pair", "point"],
        ),
    }.values(),
)
def test_an_edit_affects_what_stands_on_it(edit: Mapping[str, str | None], expected: list[str]) -> None:
    assert again(edit) == expected


def test_what_is_no_text_affects_what_shows_it() -> None:
    assert again(gone="docs/fiches/plan.pdf") == ["p", "q"]  # `p` waits for a correction
    assert again(drafts=frozenset({"docs/fiches/e.md"})) == ["citent", "e", "montre", "t", "u"]
    last = Revision("d", datetime(2026, 2, 1, tzinfo=UTC), "", "Corrige")
    assert again(past={**past("docs/nomme.md"), **past("docs/fiches/e.md", last)}) == ["e", "montre", "t", "u"]


@pytest.mark.parametrize(
    "other",
    [
        {"today": TODAY + timedelta(days=1)},
        {"edited": {"docs/_cae.yml": "a: 1\n"}},
        {"edited": changed("docs/lieux/_type.yml", "index: {view: list}", "label: {one: place}")},
    ],
)
def test_what_concerns_all_affects_all(other: dict[str, object]) -> None:
    count = sum(path.endswith(".md") for path in SMALL)
    assert len(again(**other)) == count  # type: ignore[arg-type]


def test_a_query_that_counts_links_of_many_pages_follows_them() -> None:
    many = {f"docs/lieux/l{number}.md": f"---\ntitre: L{number}\n---\n" for number in range(60)}
    asking = {"docs/liens.md": '---\ntitre: L\n---\n\n```requete\nde: lieu\nou: "count(cite_par) > 0"\n```\n'}
    small = {**SMALL, **many, **asking}
    assert again(changed("docs/seule.md", "Rien.", "Voir [[l7]]."), small=small) == ["l7", "liens", "seule"]
    assert again(changed("docs/seule.md", "Rien.", "Presque rien."), small=small) == ["seule"]


def test_who_goes_through_everything_stands_on_everything() -> None:
    analysis = analyze(changes_between({}, SMALL), LAYOUT, TODAY)
    site = World(files=SMALL).sites(analysis)[Audience.PUBLIC]
    notes = Notes(site.graph.pages)
    watched = watch(site, notes)
    for read in (lambda: [*watched.graph.pages], lambda: [*watched.files], lambda: watched.indexes):
        read()
        assert notes.take() == {"* "}


def test_inputs_hold_nothing_of_what_watches_them() -> None:
    site = World(files=SMALL).sites(analyze(changes_between({}, SMALL), LAYOUT, TODAY))[Audience.MEMBERS]
    tracer = Tracer(site)
    for page in site.graph.pages.values():
        inputs, trace = tracer.inputs(page)
        assert inputs == page_inputs(page, site)
        assert b"Watched" not in pickle.dumps((inputs, trace))
