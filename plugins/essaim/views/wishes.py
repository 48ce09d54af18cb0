"""The links that ask for a page nobody wrote, gathered by the page they mean."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from essaim.folding import forms
from essaim.graph.model import LinkTarget
from essaim.views.audience import sees_type
from essaim.views.words import capitalised

if TYPE_CHECKING:
    from essaim.views.site import Site

_FILE = re.compile(r"\.(?:avif|csv|docx?|gif|jpe?g|mp[34]|od[pst]|pdf|png|pptx?|svg|webm|webp|xlsx?|zip)$", re.I)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){2,}")


class Wish(NamedTuple):
    """A link that leads nowhere: the type it names, if any, the title it gives, and who asks."""

    type: str
    title: str
    target: str
    page: str


def is_wanted(target: LinkTarget) -> bool:
    """Whether a link asks for a page that this wiki could have: not a path, a file, or a page of another wiki."""
    is_name = target.link.kind.is_wikilink and not _FILE.search(target.link.target)
    return target.status == "missing" and is_name and not target.place


def wishes_of(site: "Site") -> Iterator[Wish]:
    """Yield the links that ask for a page, of the pages that the audience is shown."""
    for path, links in site.graph.out.items():
        if not links.has_missing or path in site.errors or not site.sees(path):
            continue
        for target in filter(is_wanted, links.links):
            name = target.link.target
            type_name, title = _split(name.removesuffix(".md"), site)
            yield Wish(type_name, title, name, path)


def _split(target: str, site: "Site") -> tuple[str, str]:
    """Return the type that a name begins with, as `type/…` or `dossier/…`, and the title that follows."""
    folder, _, rest = target.rpartition("/")
    if not folder or not rest:
        return "", target
    named = site.schema.types.get(folder)
    if named is None or named.is_abstract:
        collections = site.schema.by_folder.items()
        named = next((t for place, t in collections if f"/{place}".endswith(f"/{folder}")), None)
    if named is None:
        return "", target
    return named.name if sees_type(site.audience, named) else "", rest


def grouped(wishes: list[Wish]) -> list[list[Wish]]:
    """Gather the links that mean the same page: the same name folded, in any inclusive form, with or without type."""
    parents: dict[tuple[str, str], tuple[str, str]] = {}

    def root(key: tuple[str, str]) -> tuple[str, str]:
        while parents.setdefault(key, key) != key:
            key = parents[key]
        return key

    types: dict[str, set[str]] = defaultdict(set)
    for wish in wishes:
        first, *others = forms(wish.title)
        for form in (first, *others):
            parents[root((wish.type, form))] = root((wish.type, first))
            types[form].add(wish.type)
    for form, names in types.items():
        if len(names) == 2 and "" in names:  # one type only: the name alone means it too
            parents[root(("", form))] = root((max(names), form))
    groups: dict[tuple[str, str], list[Wish]] = defaultdict(list)
    for wish in wishes:
        groups[root((wish.type, forms(wish.title)[0]))].append(wish)
    return [*groups.values()]


def title_of(group: list[Wish]) -> str:
    """Return the title most links give, the best written of several, made of words when they give an id."""
    counts = Counter(wish.title for wish in group)
    title = min(counts, key=lambda text: (-counts[text], *_carelessness(text), text))
    words = title.replace("-", " ") if _ID.fullmatch(title) else " ".join(title.split())
    return capitalised(words)


def _carelessness(title: str) -> tuple[int, int]:
    """Return what tells hasty writing: few accents first, many capitals next."""
    return sum(sign.isascii() for sign in title) - len(title), sum(sign.isupper() for sign in title)


def type_named(group: list[Wish]) -> str:
    """Return the type that links name, '' when none does."""
    return max(wish.type for wish in group)
