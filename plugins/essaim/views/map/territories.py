"""Pages put together by territory: each département with its own, wider territories apart."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from essaim.folding import fold
from essaim.schema.fieldtypes.places import Territory

LEVELS = (1, 2, 5, 10)
"""The number of pages from which a département has each shade, lightest first."""
_TERRITORY = Territory()
_KINDS = ("FR", "R", "E")


class PlacedPage(NamedTuple):
    """A page at a territory. `place` says more of where: « commune 73008 », or ''."""

    path: str
    title: str
    place: str = ""


class PlacedPages(NamedTuple):
    """A territory and its pages. `code` has its prefix, `D:73`; `name` is « Savoie », `label` « Savoie (73) »."""

    code: str
    name: str
    label: str
    pages: tuple[PlacedPage, ...]

    @property
    def number(self) -> str:
        """The code without prefix, as outlines and addresses are named."""
        return self.code.rpartition(":")[2]

    @property
    def level(self) -> int:
        """The shade on the map, from 1 to 4."""
        return sum(len(self.pages) >= least for least in LEVELS)


def department_of(code: str) -> str:
    """Return the département of a département or a commune, `D:73` for `C:73008`, '' for a wider territory.

    The first signs of a commune's code are those of its département: three of them overseas.
    """
    kind, _, number = code.partition(":")
    if kind not in {"D", "C"}:
        return ""
    return f"D:{number[:3] if number.startswith(('97', '98')) else number[:2]}"


def by_territory(found: Iterable[tuple[PlacedPage, Iterable[str]]]) -> tuple[PlacedPages, ...]:
    """Return the territories of pages, given with their codes: départements by name, then wider ones.

    A commune counts in its département. A page is once in each territory, whatever the number of its communes there.
    """
    pages: dict[str, dict[str, list[str]]] = {}
    titles: dict[str, str] = {}
    for page, codes in found:
        titles[page.path] = page.title
        for code in codes:
            places = pages.setdefault(department_of(code) or code, {}).setdefault(page.path, [])
            if code.startswith("C:") and (place := _TERRITORY.display(code)) not in places:
                places.append(place)
    return tuple(
        PlacedPages(
            code=code,
            name=territory_name(code),
            label=territory_label(code),
            pages=tuple(PlacedPage(path, titles[path], ", ".join(places)) for path, places in of_code.items()),
        )
        for code, of_code in sorted(pages.items(), key=lambda item: _order(item[0]))
    )


def level_words(levels: Iterable[int], one: str, many: str) -> Iterator[tuple[int, str]]:
    """Yield each shade with what it means: « 2 à 4 fiches »."""
    for level in sorted(set(levels)):
        least = LEVELS[level - 1]
        most = LEVELS[level] - 1 if level < len(LEVELS) else 0
        if not most:
            yield level, f"{least} {many} et plus"
        else:
            yield level, f"{least} {one}" if most == 1 else f"{least} à {most} {many}"


def territory_label(code: str) -> str:
    """Return a territory as a list names it: « Savoie (73) »."""
    return f"intercommunalité {code[2:]}" if code.startswith("E:") else _TERRITORY.display(code)


def territory_name(code: str) -> str:
    """Return a territory as a sentence names it: « Savoie »."""
    return territory_label(code).removesuffix(f" ({code[2:]})")


def _order(code: str) -> tuple[int, str, str]:
    kind = code.partition(":")[0]
    return _KINDS.index(kind) + 1 if kind in _KINDS else 0, fold(territory_label(code)), code
