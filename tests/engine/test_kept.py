"""What a process kept, the next one starts from: as if it had analyzed the wiki itself."""

import os
import pickle
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from essaim.diagnostics import Diagnostic
from essaim.source import SourceFile
from essaim.syntax.document import Document, parse_document
from essaim.workspace import Analysis, Change, Workspace, analyze, update
from essaim.workspace.discover import Layout
from essaim.workspace.kept import KeptAnalysis, changes_between, kept_file, state_of
from essaim.workspace.pickling import Unreadable, from_bytes, to_bytes
from essaim.workspace.sealed import open_sealed, write_sealed
from tests.engine.test_incremental import (
    DEPENDENCIES,
    LAYOUT,
    LEAVING,
    TODAY,
    WIKI,
    Counts,
    Edit,
    Files,
    compare,
    counts,
    facts,
    steps,
    wikis,
)
from tests.engine.test_incremental import changes_between as changes_of

__all__ = ["counts"]  # a fixture


def analysis_of(files: Files, layout: Layout = LAYOUT, today: date = TODAY) -> Analysis:
    return analyze(changes_of({}, files), layout, today)


def sources_of(files: Files) -> dict[str, SourceFile]:
    return {change.path: change.source for change in changes_of({}, files) if change.source is not None}


def keep(folder: Path, *analyses: Analysis) -> None:
    """Keep analyses one after the other, as one process does that lives long."""
    kept = KeptAnalysis(folder / "analyse-a")
    for analysis in analyses:
        kept.keep(analysis)


# --- The same analysis ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edit", DEPENDENCIES.values(), ids=DEPENDENCIES)
def test_an_edit_since_is_followed_as_if_nothing_had_been_kept(edit: Edit, tmp_path: Path) -> None:
    edited = edit(WIKI)
    first, after = analysis_of(WIKI), analysis_of(edited)
    keep(tmp_path, first)
    before = KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, sources_of(edited))
    assert before is not None
    assert not compare(facts(before), facts(first))
    assert not compare(facts(update(before, changes_between(before, after))), facts(after))


@settings(
    derandomize=True,
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)
@given(
    wiki=wikis,
    sequence=st.lists(st.tuples(steps, st.integers(0, 1)), min_size=6, max_size=6),
    layout=st.sampled_from((LAYOUT, LAYOUT, LEAVING)),
)
def test_any_sequence_of_processes_equals_a_fresh_start(
    wiki: Files, sequence: list[tuple[list[Edit], int]], layout: Layout
) -> None:
    files, known, today = wiki, analysis_of(wiki, layout), TODAY
    with TemporaryDirectory() as name:
        folder = Path(name)
        keep(folder, known)
        for step, days in sequence:
            edited, today = files, today + timedelta(days)
            for edit in step:
                edited = edit(edited)
            fresh = analysis_of(edited, layout, today)
            kept = KeptAnalysis(folder / "analyse-a")
            before = kept.load(layout, sources_of(edited))
            assert before is not None
            assert state_of(before) == state_of(known)
            assert not compare(facts(before), facts(known))
            following = update(before, changes_of(files, edited), today)
            assert not compare(facts(following), facts(fresh)), f"on {today}"
            kept.keep(following)
            files, known = edited, fresh


def test_another_day_is_followed_without_parsing_anything(counts: Counts) -> None:
    before = analysis_of(WIKI)
    counts.parsed.clear()
    after = update(before, (), TODAY + timedelta(days=400))
    assert counts.parsed == []
    fresh = analysis_of(WIKI, today=TODAY + timedelta(days=400))
    assert facts(before) != facts(fresh)
    assert not compare(facts(after), facts(fresh))


def test_fields_are_the_same_objects_wherever_they_are_named(tmp_path: Path) -> None:
    keep(tmp_path, analysis_of(WIKI))
    analysis = KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, {})
    assert analysis is not None
    edges = [edge for links in analysis.graph.out.values() for edge in links.edges if edge.field is not None]
    fields = {id(field) for page_type in analysis.schema.types.values() for field in page_type.all_fields()}
    assert edges
    assert all(id(edge.field) in fields for edge in edges)
    assert all(page.type is analysis.schema.type_of(path) for path, page in analysis.graph.pages.items())


def test_texts_that_are_no_plain_text_are_kept_as_they_were(tmp_path: Path) -> None:
    texts = {"docs/a.md": b"\xef\xbb\xbf# A\xff\r\n\x07", "docs/b.md": b"\xff", "docs/c.md": "# Été\r".encode()}
    sources = {path: SourceFile.from_bytes(path, data) for path, data in texts.items()}
    files = [change for change in changes_of({}, WIKI) if change.path not in sources]
    analysis = analyze([*files, *(Change(path=p, source=s) for p, s in sources.items())], LAYOUT, TODAY)
    keep(tmp_path, analysis)
    kept = KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, {})
    assert kept is not None
    assert kept.sources == analysis.sources
    assert {path: kept.graph.pages[path] for path in sources} == {
        path: analysis.graph.pages[path] for path in sources
    }


# --- A wiki on disk ------------------------------------------------------------------------------------------------


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    for path, source in sources_of(WIKI).items():
        file = tmp_path / "wiki" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source.text)
    (tmp_path / "wiki/mkdocs.yml").write_text("site_name: Essai\n")
    return tmp_path / "wiki"


def process(wiki: Path, kind: str = "essai", layout: Layout | None = None) -> Workspace:
    """Do what one process does: bring the analysis up to date, and keep it."""
    workspace = Workspace(wiki, TODAY, layout)
    workspace.refresh(kept=kept_file(wiki, kind))
    workspace.keep()
    return workspace


def edit_page(wiki: Path, text: str) -> None:
    with (wiki / "docs/termes/u.md").open("a") as page:
        page.write(text)


def test_a_new_process_parses_what_changed_since(wiki: Path, counts: Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    assert process(wiki).before is None
    taken_apart: list[str] = []

    def counted(source: SourceFile) -> tuple[Document, list[Diagnostic]]:
        taken_apart.append(source.path)
        return parse_document(source)

    monkeypatch.setattr("essaim.syntax.lazy.parse_document", counted)
    for number in range(3):
        counts.parsed.clear()
        taken_apart.clear()
        counts.resolved.clear()
        edit_page(wiki, f"\nLigne {number}.\n")
        workspace = process(wiki)
        assert workspace.before is not None
        assert set(counts.parsed) == {"docs/termes/u.md"}
        assert not {"demarches/a.md", "demarches/b.md", "docs/etapes/e.md", "docs/termes/t.md"} & {*taken_apart}
        fresh = Workspace(wiki, TODAY).refresh()
        assert not compare(facts(workspace.refresh()), facts(fresh))
        assert workspace.refresh().graph.pages["docs/termes/u.md"].document.body_text.endswith(f"Ligne {number}.\n")


def test_a_process_of_another_kind_starts_from_there_and_keeps_its_own(wiki: Path, counts: Counts) -> None:
    process(wiki)
    edit_page(wiki, "\nEncore.\n")
    first, counts.parsed = process(wiki), []
    other = process(wiki, "autre")
    assert counts.parsed == ["docs/termes/u.md"]
    assert other.before is None
    assert not compare(facts(other.refresh()), facts(first.refresh()))
    edit_page(wiki, "\nEt encore.\n")
    for kind in ("autre", "essai"):
        before = process(wiki, kind).before
        assert before is not None
        assert before.sources["docs/termes/u.md"].text.endswith("\nEncore.\n"), kind


def test_an_edit_rewrites_little(wiki: Path) -> None:
    process(wiki)
    whole = kept_file(wiki, "essai")
    written = whole.stat().st_mtime_ns, whole.stat().st_ino
    edit_page(wiki, "\nEncore.\n")
    process(wiki)
    assert (whole.stat().st_mtime_ns, whole.stat().st_ino) == written
    with (wiki / "docs/termes/_type.yml").open("a") as declaration:
        declaration.write("extra: allow\n")
    process(wiki)
    assert (whole.stat().st_mtime_ns, whole.stat().st_ino) != written
    assert process(wiki).before is not None


def test_many_edits_are_kept_whole(wiki: Path) -> None:
    process(wiki)
    whole = kept_file(wiki, "essai")
    written = whole.stat().st_ino
    for number in range(101):
        (wiki / f"docs/termes/n{number}.md").write_text(f"---\ntitre: Nouveau {number}\n---\n")
    process(wiki)
    assert whole.stat().st_ino != written
    before = process(wiki).before
    assert before is not None
    assert "docs/termes/n100.md" in before.graph.pages


@pytest.mark.parametrize("name", ["nomme", "Un titre que tous nomment"])
def test_a_title_that_many_name_is_kept_whole_for_the_next_not_to_look_at_them_again(wiki: Path, name: str) -> None:
    for number in range(150):
        (wiki / f"docs/n{number}.md").write_text(f"# N{number}\n\nVoir [[{name}|là]].\n")
    (wiki / "docs/nomme.md").write_text("# Un titre que tous nomment\n")
    process(wiki)
    (wiki / "docs/nomme.md").write_text("# Un autre titre que tous nomment\n")
    process(wiki)
    whole = wiki / ".essaim_cache/analyse-essai"
    assert not whole.with_name("analyse-essai-depuis").exists()
    assert "Un autre titre" in whole.read_bytes().decode("utf-8", "replace")


def test_where_the_site_is_built_does_not_matter_but_what_it_leaves_out_does(wiki: Path) -> None:
    process(wiki)
    assert process(wiki, layout=Layout(site_dir="ailleurs")).before is not None
    assert process(wiki, layout=Layout(without_lots=("vie",))).before is None


def test_only_the_owner_may_read_or_write_what_is_kept(wiki: Path) -> None:
    process(wiki)
    edit_page(wiki, "\nEncore.\n")
    process(wiki)
    folder = wiki / ".essaim_cache"
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in ("analyse-essai", "analyse-essai-depuis")} == {
        0o600
    }
    assert (folder / ".gitignore").read_text() == "*\n"
    (folder / "analyse-essai").chmod(0o644)
    assert process(wiki).before is None
    assert stat.S_IMODE((folder / "analyse-essai").stat().st_mode) == 0o600
    assert process(wiki).before is not None


def test_a_folder_that_cannot_be_used_keeps_nothing(wiki: Path) -> None:
    (wiki / ".essaim_cache").write_text("un fichier\n")
    assert process(wiki).before is None
    assert process(wiki).before is None


# --- What is not read ----------------------------------------------------------------------------------------------


def test_a_damaged_file_is_no_file(tmp_path: Path) -> None:
    analysis = analysis_of(WIKI)
    keep(tmp_path, analysis)
    file = tmp_path / "analyse-a"
    data = file.read_bytes()
    for place in (*range(0, 64, 5), 100, len(data) // 3, len(data) // 2, len(data) - 3):
        file.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        assert KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, {}) is None, place
        file.write_bytes(data[:place])
        assert KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, {}) is None, place
    file.write_bytes(data)
    assert KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, {}) is not None


def test_texts_are_read_only_when_they_changed(tmp_path: Path) -> None:
    keep(tmp_path, analysis_of(WIKI))
    file = tmp_path / "analyse-a"
    head = open_sealed(file, _seal_of(tmp_path))
    assert head is not None
    head.close()
    file.write_bytes(file.read_bytes()[: 40 + len(head.head)])
    assert KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, sources_of(WIKI)) is not None
    edited = {**WIKI, "docs/termes/u.md": "# Autre\n"}
    assert KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, sources_of(edited)) is None


def test_what_changed_since_another_analysis_is_left_alone(tmp_path: Path) -> None:
    first, second = analysis_of(WIKI), analysis_of({**WIKI, "docs/termes/u.md": "# Autre\n"})
    third = analysis_of({**WIKI, "docs/neuf.md": "# Neuf\n"})
    mine, theirs = KeptAnalysis(tmp_path / "analyse-a"), KeptAnalysis(tmp_path / "analyse-a")
    mine.keep(first)
    theirs.keep(third)  # whole, in place of mine
    mine.keep(second)  # since the first, which is there no more
    loaded = KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, {})
    assert loaded is not None
    assert not compare(facts(loaded), facts(third))


class Harmful:
    """What a file may hold that was not written here."""

    def __init__(self, does: Callable[..., object], *arguments: object) -> None:
        self.does, self.arguments = does, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.does, self.arguments


@pytest.mark.parametrize(
    "does", [os.mkdir, open, eval, getattr, Workspace, SourceFile.from_text, write_sealed, pickle.loads, Path]
)
def test_nothing_but_data_of_the_engine_is_made(does: Callable[..., object], tmp_path: Path) -> None:
    target = tmp_path / "fait"
    with pytest.raises(Unreadable):
        from_bytes(pickle.dumps(Harmful(does, str(target), "w")))
    assert not target.exists()


def test_a_file_that_would_do_something_is_no_file(tmp_path: Path) -> None:
    keep(tmp_path, analysis_of(WIKI))
    about = _seal_of(tmp_path)
    for head in (pickle.dumps(Harmful(os.mkdir, str(tmp_path / "fait"))), to_bytes((1, 2)), to_bytes(({}, ())), b""):
        assert write_sealed(tmp_path / "analyse-a", about, head) is not None
        assert KeptAnalysis(tmp_path / "analyse-a").load(LAYOUT, {}) is None
    assert not (tmp_path / "fait").exists()


def _seal_of(folder: Path) -> str:
    from essaim.workspace.kept import _about

    about = _about(LAYOUT)
    file = open_sealed(folder / "analyse-a", about)
    assert file is not None
    file.close()
    return about


# --- A wiki that is checked ----------------------------------------------------------------------------------------


def check(wiki: Path) -> Workspace:
    """Check a wiki as a process of its own does."""
    workspace = Workspace(wiki, TODAY)
    summary, found = workspace.report()
    fresh = Workspace(wiki, TODAY).refresh()
    assert (summary, found) == (fresh.summary, fresh.diagnostics)
    return workspace


def test_who_checks_again_starts_from_what_was_known(wiki: Path, counts: Counts) -> None:
    kept = kept_file(wiki, "check")
    check(wiki)
    assert not kept.exists()  # a machine that checks once writes nothing
    edit_page(wiki, "\nUn.\n")
    check(wiki)
    written = kept.stat().st_ino
    edit_page(wiki, "\n[[Personne]]\n")
    counts.parsed.clear()
    assert Workspace(wiki, TODAY).report()[1] == Workspace(wiki, TODAY).refresh().diagnostics
    assert counts.parsed.count("docs/termes/u.md") == 2
    assert counts.parsed.count("demarches/a.md") == 1  # by the one that keeps nothing
    assert kept.stat().st_ino == written


def test_who_checks_starts_from_what_a_build_kept_and_leaves_it_as_it_was(wiki: Path, counts: Counts) -> None:
    built = process(wiki).refresh()
    edit_page(wiki, "\n[[Personne]]\n")
    counts.parsed.clear()
    found = Workspace(wiki, TODAY).report()[1]
    assert counts.parsed == ["docs/termes/u.md"]
    assert found == Workspace(wiki, TODAY).refresh().diagnostics
    assert not kept_file(wiki, "check").exists()
    before = process(wiki).before
    assert before is not None
    assert state_of(before) == state_of(built)
