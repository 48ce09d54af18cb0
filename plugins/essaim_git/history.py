"""The history of a wiki, from one pass over its log; from the last commit known, when there is one."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from essaim.pages.history import Absence, Coverage, History, PageChange
from essaim_git.cache import load_past, save_past
from essaim_git.past import Past
from essaim_git.repository import Repository, UnreadableError
from essaim_git.stream import Commit


def read_history(root: Path, cache: Path | None) -> History:
    """Return the past of the pages below a folder; what was read is kept in the folder `cache`, if one is given.

    Costs one process, unless the commit is the one known, and the two that GitPython starts when it is imported. What
    git cannot tell is an `Absence`, never an exception.
    """
    try:
        return _history(_read(Repository(root), cache))
    except UnreadableError as error:
        return History(
            pages={}, recent=(), coverage=Coverage.NONE, absence=error.absence, detail=_one_line(error.detail)
        )


def _read(repository: Repository, cache: Path | None) -> Past:
    circumstances, shallow = repository.circumstances, repository.shallow
    known = load_past(cache, circumstances) if cache else None
    start = known.head if known else ""
    if known is not None and repository.head == known.head:
        return known
    if known is None:
        past = _fold(Past(), repository.log("--reverse"), shallow)
    else:
        with closing(repository.log()) as commits:
            since, news = _news(known, commits)
        past = _fold(since, reversed(news), shallow)
    past.trim()
    if cache and past.head != start:
        save_past(cache, circumstances, past)
    return past


def _news(known: Past, commits: Iterable[Commit]) -> tuple[Past, list[Commit]]:
    """Return a past and the commits since, newest first: what is known or, when they do not lead there, none and all.

    They must lead there by first parents. A log then tells all that came since before it comes to what is known, in
    the order of one that starts at the beginning: one pass and several give the same.
    """
    news: list[Commit] = []
    first_parent = ""
    for commit in commits:
        if not news or commit.id == first_parent:
            if commit.id == known.head:
                return known, news
            first_parent = commit.parents[0] if commit.parents else ""
        news.append(commit)
    return Past(), news


def _fold(past: Past, commits: Iterable[Commit], shallow: frozenset[str]) -> Past:
    for commit in commits:
        past.add(commit, is_boundary=commit.id in shallow)
    return past


def _history(past: Past) -> History:
    """Return a past as a value; one that tells of no page is none."""
    if not past.here and not past.gone:
        raise UnreadableError(Absence.NO_COMMIT)
    pages = {path: trail.history for path, (trail, _) in past.gone.items()}
    pages |= {path: trail.history for path, trail in past.here.items()}
    recent = tuple(PageChange(r.trail.path, r.kind, r.revision, r.number) for r in past.recent)
    return History(pages=pages, recent=recent, coverage=Coverage.SHALLOW if past.is_cut else Coverage.WHOLE)


def _one_line(text: str) -> str:
    return " ".join(text.split())
