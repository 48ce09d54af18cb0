"""The names pages answer to: id, title, other names; and how a name finds its page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from essaim.folding import fold, forms, twin
from essaim.pages.page import Page, PageId
from essaim.schema.model import Field
from essaim.suggest import find_close


class Name(NamedTuple):
    """One name of one page; `rank` is 0 for an id, 1 for a title, 2 for another name."""

    path: str
    page: PageId
    rank: int
    text: str


class Near(NamedTuple):
    """A name close to a text; whether no other page has one as close."""

    name: Name
    distance: int
    is_only: bool


def any_name(_: Name) -> bool:
    """Accept every name."""
    return True


def accepts_for(field: Field | None) -> Callable[[Name], bool]:
    """Return a test of whether a name may stand in a field; in a body, any may."""
    return any_name if field is None or not field.to else lambda name: name.page.type in field.to


@dataclass(frozen=True, kw_only=True, slots=True)
class NameIndex:
    """Folded name → the names that fold to it. Immutable: `replace` gives the next one."""

    by_key: Mapping[str, tuple[Name, ...]]

    def replace(self, gone: Iterable[Page], come: Iterable[Page]) -> tuple["NameIndex", set[str]]:
        """Return the index without some pages and with others, and the keys that changed."""
        by_key = dict(self.by_key)
        before: dict[str, tuple[Name, ...]] = {}
        for page in gone:
            for key in names_of(page):
                before.setdefault(key, by_key.get(key, ()))
                rest = tuple(name for name in by_key.get(key, ()) if name.path != page.path)
                if rest:
                    by_key[key] = rest
                else:
                    by_key.pop(key, None)
        for page in come:
            for key, names in names_of(page).items():
                before.setdefault(key, by_key.get(key, ()))
                by_key[key] = tuple(sorted((*by_key.get(key, ()), *names)))
        changed = {key for key, names in before.items() if by_key.get(key, ()) != names}
        return NameIndex(by_key=by_key), changed

    def find(self, target: str, accepts: Callable[[Name], bool] = any_name) -> tuple[Name, ...]:
        """Return one name per page that a text may mean, best kind of match only: several are an ambiguity.

        An exact id comes before an exact title or other name, that before an id that only case tells apart, and
        this before a folded name. `type/name` is an id or else, as of a page that was renamed, another name.
        """
        folder, _, stem = target.rpartition("/")
        found = [name for key in forms(target) for name in self.by_key.get(key, ()) if accepts(name)]
        if folder and not found:
            target, wanted = stem, normalize("NFC", folder)
            found = [n for key in forms(stem) for n in self.by_key.get(key, ()) if accepts(n)]
            of_type = [n for n in found if n.page.type == wanted]
            ids, others = ([n for n in of_type if n.rank == rank] for rank in (0, 2))
            end = twin(f"/{wanted}/{stem}.md")
            found = ids or [n for n in found if twin(f"/{n.path}").endswith(end)] or others
        exact = normalize("NFC", target)
        best: dict[str, Name] = {}
        lowest = 9
        for name in found:
            if normalize("NFC", name.text) == exact:
                tier = min(name.rank, 1)
            else:
                tier = 2 if name.rank == 0 and twin(name.text) == twin(target) else 3
            if tier < lowest:
                best, lowest = {}, tier
            if tier == lowest:
                best.setdefault(name.path, name)
        return tuple(best[path] for path in sorted(best))

    def near(self, target: str, accepts: Callable[[Name], bool] = any_name) -> Near | None:
        """Return the name closest to a text that names nothing."""
        folder, _, stem = target.rpartition("/")
        close = find_close(fold(stem if folder else target), self.by_key.keys())
        fitting = [(distance, n.rank, n.path, n) for distance, key in close for n in self.by_key[key] if accepts(n)]
        if not fitting:
            return None
        best = min(fitting)
        rivals = {path for distance, _, path, _ in fitting if distance == best[0]}
        return Near(best[3], best[0], is_only=len(rivals) == 1)

    def keys_of(self, target: str) -> tuple[str, ...]:
        """Return every key that a text is looked up under."""
        folder, _, stem = target.rpartition("/")
        return (*forms(target), *forms(stem)) if folder else forms(target)


def names_of(page: Page) -> dict[str, list[Name]]:
    """Return the names of a page by the keys they are found under."""
    texts = [(0, page.id.id), (1, page.title), *((2, alias) for alias, _, _ in page.aliases)]
    found: dict[str, list[Name]] = {}
    for rank, text in texts:
        for key in forms(text):
            names = found.setdefault(key, [])
            name = Name(page.path, page.id, rank, text)
            if name not in names:
                names.append(name)
    return found
