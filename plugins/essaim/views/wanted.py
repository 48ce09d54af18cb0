"""The pages that links ask for and that nobody wrote: what type they would be, and where each can be begun."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from essaim.folding import fold
from essaim.schema.model import PageType
from essaim.views.audience import seen_part, sees_type
from essaim.views.model import page_name
from essaim.views.new_page import new_address, new_path
from essaim.views.wishes import Wish, grouped, title_of, type_named, wishes_of

if TYPE_CHECKING:
    from essaim.views.site import Site

NAME = "a-ecrire"
"""Name of the list of wanted pages."""
LISTING = "pages-a-ecrire"
"""Anchor of its table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A page to write. `path` is where it would be, `anchor` its row in the list, `address` the form that begins it.

    `pages` are the paths of those that want it, `count` how many links do, `targets` the folded names they use.
    """

    title: str
    type: PageType
    path: str
    anchor: str
    address: str
    pages: tuple[str, ...]
    count: int
    targets: tuple[str, ...]


class Beginning(NamedTuple):
    """Where a red link leads: the address of a form or, without, a row of the list of wanted pages; or nowhere."""

    address: str = ""
    path: str = ""
    anchor: str = ""


def new_page_address(site: "Site", target: str) -> Beginning:
    """Return where a link that leads nowhere lets its reader begin the page."""
    wanted = site.wanted.get(fold(target))
    if wanted is None:
        return Beginning()
    if wanted.address:
        return Beginning(address=wanted.address)
    path = site.in_docs(f"{NAME}.md")
    is_hidden = path in site.graph.pages and not site.sees(path)
    return Beginning(path=path, anchor=wanted.anchor) if site.lists_wanted and not is_hidden else Beginning()


def find_wanted(site: "Site") -> tuple[Wanted, ...]:
    """Return the pages to write, those that most pages want first."""
    groups = grouped([*wishes_of(site)])
    likely = _Likely(site)
    ranked = sorted(groups, key=lambda g: (-len({w.page for w in g}), -len(g), fold(title_of(g)), type_named(g)))
    taken = {LISTING}
    return tuple(_wanted(group, likely.type_of(group), site, taken) for group in ranked)


def by_target(wanted: tuple[Wanted, ...]) -> Mapping[str, Wanted]:
    """Return the wanted pages by the folded names that links use for them."""
    return {target: one for one in wanted for target in one.targets}


class _Likely:
    """What type a wanted page would have: the one that links name or, without, the one its pages mostly link to."""

    def __init__(self, site: "Site") -> None:
        self._site = site
        self._votes: dict[str, str] = {}

    def type_of(self, group: list[Wish]) -> PageType:
        """Return the type: each page that asks has one vote; the plain page wins when nobody votes."""
        schema, named = self._site.schema, type_named(group)
        if named:
            return schema.types[named]
        votes = Counter(filter(None, (self._vote(page) for page in sorted({wish.page for wish in group}))))
        best = min(votes, key=lambda name: (-votes[name], name), default="")
        around = schema.type_of(self._site.in_docs("page.md"))
        return schema.types.get(best) or (around if sees_type(self._site.audience, around) else schema.plain)

    def _vote(self, path: str) -> str:
        """Return the type that most links of a page lead to, '' when none leads anywhere."""
        if path not in self._votes:
            site = self._site
            targets = {t.path for t in site.graph.out[path].links if t.status == "page" and t.path != path}
            found = Counter(site.graph.pages[target].type.name for target in targets if site.sees(target))
            self._votes[path] = min(found, key=lambda name: (-found[name], name), default="")
        return self._votes[path]


def _wanted(group: list[Wish], page_type: PageType, site: "Site", taken: set[str]) -> Wanted:
    title = title_of(group)
    path = new_path(page_type, "" if site.docs_dir == "." else site.docs_dir, title)
    shown = seen_part(site.audience, page_type)
    model = site.models.get(page_type.folder) if shown is page_type else None  # it may tell of what is hidden
    address = new_address(site.new_page, shown, path, title, site.today, model) if site.new_page else ""
    return Wanted(
        title=title,
        type=page_type,
        path=path,
        anchor=_anchor(page_name(title), page_type.name, taken),
        address=address,
        pages=tuple(sorted({wish.page for wish in group})),
        count=len(group),
        targets=tuple(sorted({fold(wish.target) for wish in group})),
    )


def _anchor(name: str, type_name: str, taken: set[str]) -> str:
    """Return an anchor that no other row has: the file's name, its type before it, or a number after it."""
    ways = (name, f"{type_name}-{name}", *(f"{name}-{number}" for number in range(2, len(taken) + 2)))
    anchor = next(way for way in ways if way not in taken)
    taken.add(anchor)
    return anchor
