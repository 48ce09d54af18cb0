"""What a page shows of its past: since when, changed when, and by whom as far as its readers may know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from essaim.pages.history import PageHistory, Revision
from essaim.pages.page import Page
from essaim.schema.fieldtypes.times import Date
from essaim.schema.model import PageType
from essaim.views.audience import Audience, sees_aliases
from essaim.views.fields import ShownValue
from essaim.views.site import Site
from essaim.views.words import agree, capitalised

SOMEBODY = ShownValue(text="un·e membre")
"""Who changed a page, for those who may not know the name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownEvent:
    """Something that happened to a page: what (« Modifiée le »), the day in French and in ISO 8601, who, their words.

    `who` is None when it is not known; `said` is for members only, and of a member who has a page.
    """

    what: str
    day: str
    date: str
    who: ShownValue | None = None
    said: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownHistory:
    """The past of a page: its beginning, its last change if there was another, and who else wrote in it."""

    events: tuple[ShownEvent, ...]
    others: tuple[ShownValue, ...]


def shown_history(page: Page, site: Site) -> ShownHistory | None:
    """Return what a page shows of its past, or None when nothing is known of it."""
    past = site.history.pages.get(page.path)
    if past is None:
        return None
    known = {past.last.author} if past.is_cut else {past.first.author, past.last.author}
    others = [author for author in past.authors if author not in known]
    return ShownHistory(events=tuple(_events(past, page.type, site)), others=tuple(_others(others, site)))


def day_of(revision: Revision) -> str:
    """Return the day of a change in French, where its author was."""
    return Date().display(revision.when)


def who_wrote(author: str, site: Site) -> ShownValue:
    """Return the author of a change as the audience is shown them.

    A name is shown to the public only if a page they may see bears it: it is then the title of that page.
    """
    page = _bearer(author, site)
    if page is not None:
        return ShownValue(text=page.title, page=page.path)
    if site.departed.are_named(author):
        return SOMEBODY
    return ShownValue(text=author) if author and site.audience is Audience.MEMBERS else SOMEBODY


def subject_of(revision: Revision, site: Site) -> str:
    """Return what the author of a change says of it, as far as the audience may read it: nobody who left is named."""
    is_told = site.audience is Audience.MEMBERS and not site.departed.are_named(revision.subject)
    return revision.subject if is_told else ""


def _events(past: PageHistory, page_type: PageType, site: Site) -> Iterator[ShownEvent]:
    label = capitalised(page_type.label_one)
    first, last = past.first, past.last
    if past.is_cut:
        yield _event(f"{label} {agree('connu', page_type.gender)} depuis au moins le", first)
    else:
        yield _event(f"{label} {agree('créé', page_type.gender)} le", first, who_wrote(first.author, site))
    if past.changes and last.commit != first.commit:
        who = who_wrote(last.author, site)
        said = subject_of(last, site) if who.page else ""  # what a member says of it, not who builds the wiki
        yield _event(f"{agree('Modifié', page_type.gender)} le", last, who, said)


def _event(what: str, revision: Revision, who: ShownValue | None = None, said: str = "") -> ShownEvent:
    day = day_of(revision)
    return ShownEvent(what=what, day=day, date=revision.when.date().isoformat(), who=who, said=said)


def _others(authors: Iterable[str], site: Site) -> Iterator[ShownValue]:
    """Yield each person once, and those without a name together: how many they are is not said."""
    shown = [who_wrote(author, site) for author in authors]
    yield from dict.fromkeys(value for value in shown if value != SOMEBODY)
    unnamed = shown.count(SOMEBODY)
    if unnamed:
        yield ShownValue(text="un·e autre membre" if unnamed == 1 else "d'autres membres")


def _bearer(author: str, site: Site) -> Page | None:
    """Return the one page that the audience may see and that bears a name."""
    if not author or "/" in author:
        return None
    pages = site.graph.pages

    def is_shown(path: str, rank: int) -> bool:
        if path in site.departed:
            return site.sees(path)
        return site.sees(path) and (rank != 2 or sees_aliases(site.audience, pages[path].type))

    found = site.graph.names.find(author, lambda name: is_shown(name.path, name.rank))
    return pages[found[0].path] if len(found) == 1 else None
