"""A page that changes its path: what named it names it still, and nothing else moves."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from posixpath import basename, dirname, relpath
from urllib.parse import quote, unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.graph.naming import Naming, namings_of
from essaim.source import SourceFile
from essaim.syntax.markdown import LinkKind
from essaim.views.audience import Audience
from essaim.views.redirects import redirects
from essaim.workspace import Analysis, Change, analyze, update
from essaim.workspace.discover import Layout, is_read
from essaim.workspace.plan import Plan, Refused
from essaim.workspace.remove import plan_remove, plan_replace
from essaim.workspace.rename import changes, plan_rename
from essaim.workspace.site import site_of

TODAY = date(2026, 5, 1)
FICHE = """\
type: fiche
label: {one: fiche, many: fiches, gender: f}
fields:
  titre: {type: text}
  suite: {type: reference, to: fiche}
  liens: {type: reference, many: true}
  lignes: {type: group, many: true, fields: {qui: {type: reference}, piece: {type: file}}}
"""
NOTE = """\
type: note
label: {one: note, many: notes, gender: f}
aliases: noms
visibility: members
fields: {titre: text}
"""
TYPES = {"docs/fiches/_type.yml": FICHE, "notes/_type.yml": NOTE}
REDIRECTIONS = "docs/_redirections.yml"


def wiki(files: Mapping[str, str | None]) -> Analysis:
    """Analyze a wiki; None stands for a file that is not read."""
    return analyze([change_of(path, text) for path, text in {**TYPES, **files}.items()], Layout(), TODAY)


def change_of(path: str, text: str | None) -> Change:
    return Change(
        path=path, source=SourceFile.from_bytes(path, text.encode()) if text is not None and is_read(path) else None
    )


def texts(plan: Plan) -> dict[str, str]:
    return {path: source.text for path, source in plan.after.items()}


def done(analysis: Analysis, plan: Plan) -> Analysis:
    return update(analysis, changes(plan.after, plan.old))


# --- One form after the other -------------------------------------------------------------------------------------

A = "---\ntitre: Alpha\nalias: [premier]\n---\n\n## Un lieu\n"
FORMS = [  # (what a page in `docs/fiches/` writes, and once `a.md` there is `sous/neuf.md`)
    ("[[a]]", "[[neuf]]"),
    ("[[A]]", "[[neuf]]"),
    ("[[a|le premier]] et ![[a]]", "[[neuf|le premier]] et ![[neuf]]"),
    ("[[a#Un lieu|là]]", "[[neuf#Un lieu|là]]"),
    ("[[fiche/a]]", "[[fiche/neuf]]"),
    ("[[fiches/a]]", "[[sous/neuf]]"),
    ("[[docs/fiches/a]]", "[[fiches/sous/neuf]]"),
    ("[[Alpha]], [[premier]], [[alpha|A]]", "[[Alpha]], [[premier]], [[alpha|A]]"),
    ("[[fiche/premier]]", "[[fiche/premier]]"),
    (
        "[x](a.md) [x](./a.md#un-lieu) [x](a.md?y=1#un-lieu)",
        "[x](sous/neuf.md) [x](./sous/neuf.md#un-lieu) [x](sous/neuf.md?y=1#un-lieu)",
    ),
    ("[x](<a.md> \"titre\") ![x](a.md 'titre')", "[x](<sous/neuf.md> \"titre\") ![x](sous/neuf.md 'titre')"),
    ('[x][ici]\n\n[ici]: a.md "titre"', '[x][ici]\n\n[ici]: sous/neuf.md "titre"'),
    ("[a], [x](%61.md)\n\n[a]: <a.md>", "[a], [x](sous/neuf.md)\n\n[a]: <sous/neuf.md>"),
    ("[[a.md]] [[fiches/a.md|x]] [[./a.md]]", "[[neuf.md]] [[sous/neuf.md|x]] [[sous/neuf.md]]"),
    ("`[[a]]` et `[x](a.md)`", "`[[a]]` et `[x](a.md)`"),
    ("```\n[[a]]\n```\n\n<!-- [[a]] -->", "```\n[[a]]\n```\n\n<!-- [[a]] -->"),
    ("| a | [[a\\|b]] |\n| --- | --- |\n| c | [[a]] |", "| a | [[neuf\\|b]] |\n| --- | --- |\n| c | [[neuf]] |"),
    ("> - [[a]]\n>   [x](a.md)\n", "> - [[neuf]]\n>   [x](sous/neuf.md)\n"),
]


@pytest.mark.parametrize(("before", "after"), FORMS, ids=[form[0][:20] for form in FORMS])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_body_names_the_page_in_the_same_manner(before: str, after: str, end: str) -> None:
    analysis = wiki({"docs/fiches/a.md": A, "docs/fiches/b.md": before.replace("\n", end)})
    plan = plan_rename(analysis, "docs/fiches/a.md", "docs/fiches/sous/neuf.md")
    assert texts(plan).get("docs/fiches/b.md", before.replace("\n", end)) == after.replace("\n", end)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("suite: a", "suite: neuf"),
        ("suite: 'a' # dit", "suite: 'neuf' # dit"),
        ('suite: "fiche/a"', 'suite: "fiche/neuf"'),
        ("suite: Alpha", "suite: Alpha"),
        ('suite: "[[a|le premier]]"', 'suite: "[[neuf|le premier]]"'),
        ("suite: >-\n  a", "suite: >-\n  neuf"),
        ("liens: [b, a, premier, fiches/a]", "liens: [b, neuf, premier, sous/neuf]"),
        ("liens:\n- a\n-   'a'", "liens:\n- neuf\n-   'neuf'"),
        ("lignes:\n  - {qui: a}\n  - qui: fiche/a", "lignes:\n  - {qui: neuf}\n  - qui: fiche/neuf"),
    ],
)
def test_a_front_matter_names_the_page_in_the_same_manner(before: str, after: str) -> None:
    analysis = wiki({"docs/fiches/a.md": A, "docs/fiches/b.md": f"---\ntitre: B\n{before}\n---\n"})
    plan = plan_rename(analysis, "docs/fiches/a.md", "docs/fiches/sous/neuf.md")
    assert texts(plan).get("docs/fiches/b.md", f"---\ntitre: B\n{before}\n---\n") == f"---\ntitre: B\n{after}\n---\n"


def test_letters_are_encoded_as_they_were() -> None:
    lines = "[x](été.md) [x](%C3%A9t%C3%A9.md) [x](<été.md>)"
    analysis = wiki({"docs/fiches/été.md": "", "docs/fiches/b.md": lines})
    plan = plan_rename(analysis, "docs/fiches/été.md", "docs/fiches/fin d'août.md")
    assert texts(plan)["docs/fiches/b.md"] == (
        "[x](fin%20d%27août.md) [x](fin%20d%27ao%C3%BBt.md) [x](<fin%20d%27août.md>)"
    )


def test_what_yaml_would_read_otherwise_is_quoted() -> None:
    analysis = wiki({"docs/fiches/a.md": A, "docs/fiches/b.md": "---\nliens: [a]\n---\n"})
    plan = plan_rename(analysis, "docs/fiches/a.md", "docs/fiches/un, deux.md")
    assert texts(plan)["docs/fiches/b.md"] == '---\nliens: ["un, deux"]\n---\n'


def test_where_the_new_id_is_another_page_too_the_type_comes_before() -> None:
    files = {"docs/fiches/a.md": A, "notes/neuf.md": "", "docs/fiches/b.md": "---\nsuite: a\n---\n[[a]]"}
    plan = plan_rename(wiki(files), "docs/fiches/a.md", "docs/fiches/neuf.md")
    assert texts(plan)["docs/fiches/b.md"] == "---\nsuite: neuf\n---\n[[fiche/neuf]]"


def test_a_link_that_would_become_ambiguous_stops_everything() -> None:
    files = {"docs/fiches/a.md": A, "notes/neuf.md": "", "docs/fiches/b.md": "Voir [[neuf]]."}
    with pytest.raises(Refused) as refused:
        plan_rename(wiki(files), "docs/fiches/a.md", "docs/fiches/neuf.md")
    assert ("docs/fiches/b.md", (1, 8)) in [(place.path, place.position) for place in refused.value.places]


def test_a_page_that_moves_keeps_its_own_paths_right() -> None:
    page = (
        "---\ntitre: A\nlignes: [{piece: 'p/note.pdf', qui: a}]\n---\n"
        "[b](b.md#x) [[b]] ![plan](p/plan.png) [moi](a.md) [type](../fiches/) [rien](rien.md)\n"
        "[[plan.png]] [[p/note.pdf]] [web](https://exemple.fr/b.md) [là](#ici) `[b](b.md)` [loin](../../../x.md)\n\n"
        "[d]: p/note.pdf\n[d]\n"
    )
    files = {
        "docs/fiches/a.md": page,
        "docs/fiches/b.md": "",
        "docs/fiches/p/note.pdf": None,
        "docs/fiches/p/plan.png": None,
    }
    plan = plan_rename(wiki(files), "docs/fiches/a.md", "docs/fiches/sous/a.md")
    assert texts(plan)["docs/fiches/sous/a.md"] == (
        "---\ntitre: A\nlignes: [{piece: '../p/note.pdf', qui: a}]\n---\n"
        "[b](../b.md#x) [[b]] ![plan](../p/plan.png) [moi](a.md) [type](../) [rien](../rien.md)\n"
        "[[plan.png]] [[p/note.pdf]] [web](https://exemple.fr/b.md) [là](#ici) `[b](b.md)` [loin](../../../../x.md)\n"
        "\n[d]: ../p/note.pdf\n[d]\n"
    )
    assert plan.alias == ""


def test_the_old_id_becomes_another_name_in_the_field_of_the_type() -> None:
    plan = plan_rename(wiki({"notes/a.md": "---\ntitre: A\n---\n"}), "notes/a.md", "notes/neuf.md")
    assert texts(plan)["notes/neuf.md"] == "---\ntitre: A\nnoms: [a]\n---\n"
    assert plan.alias == "a"


def test_an_old_id_that_another_page_answers_to_is_left_to_it() -> None:
    files = {"docs/fiches/a.md": "---\ntitre: x\n---\n", "docs/fiches/b.md": "---\ntitre: A\n---\n"}
    plan = plan_rename(wiki(files), "docs/fiches/a.md", "docs/fiches/neuf.md")
    assert (plan.alias, texts(plan)["docs/fiches/neuf.md"]) == ("", "---\ntitre: x\n---\n")


def test_a_byte_order_mark_and_a_missing_last_line_break_stay() -> None:
    files = {"docs/fiches/a.md": "\ufeff---\ntitre: A\n---\nfin", "docs/fiches/b.md": "\ufeff[[a]]"}
    plan = plan_rename(wiki(files), "docs/fiches/a.md", "docs/fiches/neuf.md")
    assert all(plan.after[path].has_bom for path in ("docs/fiches/neuf.md", "docs/fiches/b.md"))
    assert texts(plan)["docs/fiches/neuf.md"] == "---\ntitre: A\nalias: [a]\n---\nfin"


def test_what_may_name_the_page_and_cannot_be_read_is_told() -> None:
    files = {
        "docs/fiches/a.md": A,
        "docs/a.md": "",
        "docs/fiches/b.md": "Voir [[a]].",
        "docs/fiches/c.md": "---\nsuite: [a\n---\n",
        "docs/fiches/d.md": "---\nsuite: [ab\n---\n",
        "docs/fiches/e.md": "---\nliens: [a]\n---\n",
    }
    latin = SourceFile.from_bytes("docs/fiches/f.md", "Café, [[fiche/a]]".encode("latin-1"))
    analysis = update(wiki(files), [Change(path=latin.path, source=latin)])
    plan = plan_rename(analysis, "docs/fiches/a.md", "docs/fiches/neuf.md")
    assert [(place.path, place.position) for place in plan.left] == [
        ("docs/fiches/b.md", (1, 8)),
        ("docs/fiches/c.md", (2, 9)),
        ("docs/fiches/e.md", (2, 9)),
        ("docs/fiches/f.md", (1, 9)),
    ]
    assert plan.after.keys() == {"docs/fiches/neuf.md", REDIRECTIONS}


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("docs/fiches/a.md", "déjà ce nom"),
        ("docs/fiches/b.md", "existe déjà"),
        ("docs/fiches/B.md", "existe déjà"),
        ("docs/fiches/e\u0301te\u0301.md", "existe déjà"),
        ("docs/fiches/sous/b.md", "l'identifiant"),
        ("notes/neuf.md", "range des fiches de type « note »"),
        ("ailleurs/neuf.md", "ne serait pas publiée"),
        ("docs/fiches/_neuf.md", "ne peut pas s'appeler"),
        ("docs/fiches/index.md", "ne peut pas s'appeler"),
        ("docs/fiches/CON.md", "essayez « con-fiche »"),
        ("docs/fiches/a:b.md", "essayez « a-b »"),
        ("docs/fiches/a\u00a0b.md", "ne peut pas s'appeler"),
        ("docs/fiches/.md", "ne peut pas s'appeler"),
        ("docs/Fiches/neuf.md", "le dossier s'écrit « docs/fiches »"),
        ("docs/fiches/_sous/neuf.md", "ne serait pas publiée"),
        ("docs/fiches/../neuf.md", "un dossier ne peut pas"),
    ],
)
def test_a_path_that_cannot_be_is_refused_with_what_to_do(new: str, why: str) -> None:
    analysis = wiki(
        {"docs/fiches/a.md": A, "docs/fiches/b.md": "", "docs/fiches/été.md": "", "docs/index.md": "[[a]]"}
    )
    with pytest.raises(Refused, match=re.escape(why)):
        plan_rename(analysis, "docs/fiches/a.md", new)


def test_a_name_may_change_by_case_or_accents_only() -> None:
    analysis = wiki({"docs/fiches/a.md": A, "docs/index.md": "[[a]] [x](fiches/a.md)"})
    plan = plan_rename(analysis, "docs/fiches/a.md", "docs/fiches/À.md")
    assert texts(plan)["docs/index.md"] == "[[À]] [x](fiches/%C3%80.md)"
    assert plan.alias == ""
    again = plan_rename(done(analysis, plan), "docs/fiches/À.md", "docs/fiches/à.md")
    assert texts(again)["docs/index.md"] == "[[à]] [x](fiches/%C3%A0.md)"


VAULT = {"docs/_type.yml": "type: page\nextra: allow\n"}


def test_a_vault_of_notes_with_the_same_names_keeps_its_links() -> None:
    files = {
        "docs/a/Note.md": "[[b/Note]] [[Note]] [[Idée]]",
        "docs/b/Note.md": "[[Note]] ![[Idée.md#Un lieu]]",
        "docs/Idée.md": "## Un lieu\n\n[[a/Note|x]] [[docs/b/Note.md]]",
    }
    analysis = wiki({**VAULT, **files})
    plan = plan_rename(analysis, "docs/b/Note.md", "docs/b/Mémo.md")
    assert texts(plan)["docs/a/Note.md"] == "[[b/Mémo]] [[Note]] [[Idée]]"
    assert texts(plan)["docs/b/Mémo.md"].endswith("[[Mémo]] ![[Idée.md#Un lieu]]")
    assert texts(plan)["docs/Idée.md"] == "## Un lieu\n\n[[a/Note|x]] [[docs/b/Mémo.md]]"
    plan = plan_rename(analysis, "docs/b/Note.md", "docs/c/Note.md")
    assert texts(plan)["docs/a/Note.md"] == "[[c/Note]] [[Note]] [[Idée]]"


# --- Redirections --------------------------------------------------------------------------------------------------


def test_the_redirections_follow_and_nothing_else_in_their_file_changes() -> None:
    lines = ("# tête", "docs/v.md: 'a' # un", "docs/w.md: docs/fiches/a.md", "x.md: Alpha", "y.md: docs/v.md")
    kept = "\r\n".join(lines)
    analysis = wiki({"docs/fiches/a.md": A, REDIRECTIONS: kept})
    plan = plan_rename(analysis, "docs/fiches/a.md", "docs/fiches/neuf.md")
    after = kept.replace("'a'", "'neuf'").replace("docs/fiches/a.md", "docs/fiches/neuf.md")
    assert texts(plan)[REDIRECTIONS] == f"{after}\r\ndocs/fiches/a.md: neuf\r\n"
    assert set(done(analysis, plan).redirects.values()) == {"docs/fiches/neuf.md"}


def test_renaming_back_takes_the_redirection_out() -> None:
    analysis = wiki({"docs/fiches/a.md": A})
    there = done(analysis, plan_rename(analysis, "docs/fiches/a.md", "docs/fiches/neuf.md"))
    back = done(there, plan_rename(there, "docs/fiches/neuf.md", "docs/fiches/a.md"))
    assert back.redirects == {"docs/fiches/neuf.md": "docs/fiches/a.md"}
    assert not [d for d in back.diagnostics if d.path == REDIRECTIONS]


def test_a_file_of_redirections_with_an_error_is_not_touched() -> None:
    analysis = wiki({"docs/fiches/a.md": A, REDIRECTIONS: "a.txt: b\n"})
    with pytest.raises(Refused, match="corrigez-la d'abord"):
        plan_rename(analysis, "docs/fiches/a.md", "docs/fiches/neuf.md")


def test_a_link_by_an_old_path_leads_on_and_says_the_new_one() -> None:
    lines = {"docs/index.md": "[x](fiches/vieux.md#un-lieu)", REDIRECTIONS: "docs/fiches/vieux.md: a\n"}
    analysis = wiki({"docs/fiches/a.md": A, **lines})
    (link,) = analysis.graph.out["docs/index.md"].links
    assert (link.status, link.path, link.anchor) == ("page", "docs/fiches/a.md", "un-lieu")
    (found,) = [d for d in analysis.diagnostics if d.path == "docs/index.md" and d.code == "ES324"]
    assert found.fix
    assert [edit.text for edit in found.fix.edits] == ["fiches/a.md"]
    assert found.span == ((1, 5), (1, 20))


def test_redirects_are_for_those_who_see_both_ends_and_never_over_a_page() -> None:
    lines = [
        "docs/fiches/vieux.md: a",
        "docs/fiches/Vieux.md: a",  # one address where case does not count
        "docs/fiches/B.md: a",  # a page is there, but for the case
        "docs/fiches/sous/index.md: a",
        "docs/vers-note.md: notes/n.md",
        "notes/vieille.md: a",
        "docs/_cache.md: a",
        "docs/loin.md: docs/fiches/vieux.md",
    ]
    files = {"docs/fiches/a.md": A, "docs/fiches/b.md": "", "notes/n.md": "", REDIRECTIONS: "\n".join(lines)}
    analysis = wiki(files)
    shown = {a: {r.path: r.target for r in redirects(site_of(analysis, a))} for a in Audience}
    public = {
        "docs/fiches/Vieux.md": "docs/fiches/a.md",
        "docs/fiches/sous/index.md": "docs/fiches/a.md",
        "docs/loin.md": "docs/fiches/a.md",
    }
    assert shown[Audience.PUBLIC] == public
    assert shown[Audience.MEMBERS] == public | {
        "docs/vers-note.md": "notes/n.md",
        "notes/vieille.md": "docs/fiches/a.md",
    }


# --- Taking a page away -------------------------------------------------------------------------------------------


def test_another_page_takes_the_place_of_one_under_all_its_names() -> None:
    files = {
        "docs/fiches/a.md": A,
        "docs/fiches/b.md": "---\ntitre: Bêta\n---\n\n## Un lieu\n",
        "docs/index.md": "[[a]] [[Alpha|x]] [[premier#Un lieu]] [[a#Ailleurs|y]] "
        "[z](fiches/a.md#ailleurs) [z](fiches/a.md#un-lieu)",
        "docs/fiches/c.md": "---\nliens: [premier, 'a']\n---\n",
        REDIRECTIONS: "docs/fiches/v.md: Alpha\n",
    }
    plan = plan_replace(wiki(files), "docs/fiches/a.md", "docs/fiches/b.md")
    assert texts(plan) == {
        "docs/index.md": "[[b]] [[b|x]] [[b#Un lieu]] [[b|y]] [z](fiches/b.md) [z](fiches/b.md#un-lieu)",
        "docs/fiches/c.md": "---\nliens: [b, 'b']\n---\n",
        REDIRECTIONS: "docs/fiches/v.md: b\ndocs/fiches/a.md: b\n",
    }


def test_a_replacement_that_a_field_does_not_take_is_refused_with_the_places() -> None:
    files = {"docs/fiches/a.md": A, "notes/n.md": "", "docs/fiches/c.md": "---\nsuite: a\n---\n"}
    with pytest.raises(Refused) as refused:
        plan_replace(wiki(files), "docs/fiches/a.md", "notes/n.md")
    assert [f"{place}" for place in refused.value.places] == ["docs/fiches/c.md:2:8 cite « a »"]


def test_a_page_that_others_cite_goes_only_by_force() -> None:
    analysis = wiki(
        {"docs/fiches/a.md": f"{A}[[a]]", "docs/index.md": "[[Alpha]]", REDIRECTIONS: "v.md: a\nw.md: b\n"}
    )
    with pytest.raises(Refused) as refused:
        plan_remove(analysis, "docs/fiches/a.md")
    assert [f"{place}" for place in refused.value.places] == ["docs/index.md:1:3 cite « Alpha »"]
    plan = plan_remove(analysis, "docs/fiches/a.md", force=True)
    assert texts(plan) == {REDIRECTIONS: "w.md: b\n"}
    assert plan_remove(wiki({"docs/fiches/a.md": A}), "docs/fiches/a.md").after == {}


# --- Any wiki ------------------------------------------------------------------------------------------------------

PAGES = {  # path → title
    "docs/fiches/a.md": "Alpha",
    "docs/fiches/sous/b.md": "Bêta",
    "docs/fiches/été.md": "Saison",
    "docs/libre.md": "",
    "notes/n.md": "Une note",
}
NEW = ("neuf.md", "sous/neuf.md", "sous/plus/x-y.md", "fin d'août.md", "NEUF.md")
TYPE_OF = {"docs/fiches": "fiche", "docs/fiches/sous": "fiche", "docs": "page", "notes": "note"}
PATTERNS = (
    "[[{id}]] et [[{upper}]]",
    "[[{id}|le texte]] ![[{id}#Un lieu]]",
    "[[{type}/{id}]] [[{folder}/{id}|x]]",
    "[[{title}]] [[autre {id}]]",
    "[x]({rel}) [x]({quoted}#un-lieu)",
    '![x](<{rel}>) [x](./{rel}?y=1 "titre")',
    "[x][r{n}]\n\n[r{n}]: {quoted}",
    "`[[{id}]]` {id} `[x]({rel})`",
    "> - [[{id}]]\n>   suite [x]({rel})",
    "[[rien]] [x](rien.md) [[plan.png]]",
    "```\n[[{id}]] [x]({rel})\n```",
    "![p]({plan})",
)
FIELDS = (
    "",
    "suite: {fiche}",
    "liens: [{id}, '{type}/{id}']",
    'liens:\n  - {id}\n  - "{title}"',
    "lignes: [{{qui: {id}}}]",
)
HEADS = ("", "alias: autre {own}", "alias: [autre {own}]", "alias:\n- 'autre {own}'", "alias: []")


@st.composite
def wikis(draw: st.DrawFn) -> dict[str, str | None]:
    files: dict[str, str | None] = {"docs/fiches/p/plan.png": None}
    for path, title in PAGES.items():
        words = {"own": basename(path).removesuffix(".md"), **draw(targets(path))}
        lines = [draw(st.sampled_from(HEADS)).format(**words)]
        if path.startswith("docs/fiches"):
            lines.append(draw(st.sampled_from(FIELDS)).format(**words))
        head = "".join(f"{line}\n" for line in (f"titre: {title}" if title else "", *lines) if line)
        body = []
        for n in range(draw(st.integers(0, 4))):
            body.append(draw(st.sampled_from(PATTERNS)).format(n=n, **draw(targets(path))))
        text = (f"---\n{head}---\n\n" if title else "") + "\n\n".join(["## Un lieu", *body])
        text += draw(st.sampled_from(("", "\n", "\n\n\tfin  \n")))
        text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
        files[path] = draw(st.sampled_from(("", "", "\ufeff"))) + text
    return files


@st.composite
def targets(draw: st.DrawFn, source: str) -> dict[str, str]:
    """Draw the words that name one page from another."""
    path = draw(st.sampled_from(tuple(PAGES)))
    folder, name = dirname(path), basename(path).removesuffix(".md")
    rel = relpath(path, dirname(source) or ".")
    return {
        "id": name,
        "upper": name.upper(),
        "type": TYPE_OF[folder],
        "folder": basename(folder),
        "title": PAGES[path] or name,
        "rel": rel,
        "quoted": quote(rel),
        "plan": relpath("docs/fiches/p/plan.png", dirname(source) or "."),
        "fiche": draw(st.sampled_from(("a", "b", "été"))),
    }


TOLD_ONCE = ("ES305", "ES314")
"""Rings: told on the first of their pages in the order of paths, so maybe on another when one has a new path."""


def shape(analysis: Analysis, moved: Mapping[str, str]) -> dict[str, object]:
    """Return what leads where, page by page, and what is wrong, at the paths that pages have in the end."""
    graph = analysis.graph
    edges = {
        moved.get(path, path): [(moved.get(e.target, e.target), e.field.path if e.field else "") for e in out.edges]
        for path, out in graph.out.items()
    }
    statuses = {moved.get(path, path): [link.status for link in out.links] for path, out in graph.out.items()}
    told = ((d.code, "" if d.code in TOLD_ONCE else moved.get(d.path, d.path)) for d in analysis.diagnostics)
    wrong = Counter(told)
    return {"edges": edges, "links": statuses, "wrong": wrong}


def blanked(analysis: Analysis, path: str, target: str) -> str:
    """Return the text of a page with a mark in place of every name of another."""
    text, extents = analysis.sources[path].text, []
    for naming in namings_of(analysis.graph, target):
        if isinstance(naming, Naming) and naming.source == path:
            extents.append((naming.start, naming.end))
    for start, end in sorted(set(extents), reverse=True):
        text = f"{text[:start]}▮{text[end:]}"
    return text


def neutral(text: str) -> str:
    """Return a text in which it does not show how letters of links were written."""
    return re.sub(r"(?<![.\w])\./", "", unquote(text)).casefold()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files=wikis(), old=st.sampled_from(tuple(PAGES)), name=st.sampled_from(NEW))
def test_any_wiki_keeps_its_shape_and_comes_back(files: dict[str, str | None], old: str, name: str) -> None:
    top = "docs/fiches" if old.startswith("docs/fiches") else dirname(old)
    new = f"{top}/{name}"
    if top == "docs" and name.startswith("sous/"):
        new = "docs/ailleurs/neuf.md"
    before = wiki(files)
    plan = plan_rename(before, old, new)
    after = done(before, plan)
    assert shape(after, {}) == shape(before, {old: new})
    assert after.redirects[old] == new
    for path in before.graph.pages.keys() - {old}:
        was, is_now = blanked(before, path, old), blanked(after, path, new)
        assert was == is_now
        assert before.sources[path].has_bom == after.sources[path].has_bom
    for path, source in after.sources.items():
        for line in re.findall(r"(?m)^.*\n?", source.text) if path.endswith(".md") else ():
            assert ("\r\n" in source.text) == line.endswith("\r\n") or not line.endswith("\n")
    back = done(after, plan_rename(after, new, old))
    for path in before.graph.pages.keys() - {old}:
        assert neutral(back.sources[path].text) == neutral(before.sources[path].text)
    body = [neutral(a.graph.pages[old].document.body_text) for a in (before, back)]
    assert body[0].strip() == body[1].strip()
    assert back.redirects == {new: old}


def test_a_ring_that_is_told_on_another_page_than_before_is_no_new_mistake() -> None:
    files = {
        "docs/fiches/a.md": "---\ntitre: Alpha\n---\n\n![[b]]\n",
        "docs/fiches/b.md": "---\ntitre: B\n---\n\n![[a]]\n",
    }
    before = wiki(files)
    after = done(before, plan_rename(before, "docs/fiches/a.md", "docs/fiches/c.md"))
    told = [[(d.code, d.path) for d in analysis.diagnostics if d.code == "ES314"] for analysis in (before, after)]
    assert told == [[("ES314", "docs/fiches/a.md")], [("ES314", "docs/fiches/b.md")]]


def test_the_wikis_above_hold_links_of_every_kind() -> None:
    """Hold that the property above is not about wikis without links."""
    files = {path: f"---\ntitre: {title}\n---\n" if title else "" for path, title in PAGES.items()}
    words = {"id": "a", "upper": "A", "type": "fiche", "folder": "fiches", "title": "Alpha", "rel": "a.md"}
    words |= {"quoted": "a.md", "plan": "p/plan.png", "n": "1"}
    files["docs/fiches/c.md"] = "\n\n".join(pattern.format(**words) for pattern in PATTERNS)
    analysis = wiki({**files, "docs/fiches/p/plan.png": None})
    links = analysis.graph.out["docs/fiches/c.md"].links
    assert {link.link.kind for link in links} == set(LinkKind)
    assert {link.status for link in links} == {"page", "file", "missing"}
