"""The drawing of a neighbourhood: where each page stands on either side of the one they surround.

Lengths down the page are in rows, so that a style may give a row any height; widths are left to the style.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from essaim.views.addresses import AddressOf
from essaim.views.neighbourhood import Neighbourhood, share
from essaim.views.relations import PageCard

RELATIONS = 8
"""Relations that have a colour and a line of their own: no others are drawn."""
_DRAWN = 14
"""Pages drawn at most."""
_Line = tuple[int, str, str]
"""The relation of what stands on one row of a column, its text and its address."""


class Side(StrEnum):
    """On which side of the middle something stands."""

    LEFT = "gauche"
    RIGHT = "droite"


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """What stands at one place: a page, or the label of a relation when there is no address. `row` is its top."""

    relation: int
    side: Side
    row: float
    text: str
    address: str = ""

    @property
    def middle(self) -> float:
        """Where a line reaches it."""
        return self.row + 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class LegendEntry:
    """A relation that is drawn: its number among the drawn ones, its label, and how many pages it has in all."""

    relation: int
    label: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagram:
    """A drawing `rows` rows high. `drawn` counts the pages on it."""

    rows: int
    spots: tuple[Spot, ...]
    legend: tuple[LegendEntry, ...]
    drawn: int

    @property
    def middle(self) -> float:
        """Where the page in the middle stands."""
        return self.rows / 2

    def line_to(self, spot: Spot) -> str:
        """Return the line between a page and the one in the middle, an SVG path: ten to a row, ten to its width."""
        near, far = (10, 0) if spot.side is Side.RIGHT else (0, 10)
        start, end = f"{spot.middle * 10:g}", f"{self.middle * 10:g}"
        return f"M{near} {start}C5 {start} 5 {end} {far} {end}"


def draw(near: Neighbourhood, address_of: AddressOf) -> Diagram | None:
    """Return the drawing of a neighbourhood, or None when nothing of it is published: no page has an address."""
    published = [(group, [page for page in group.pages if address_of(page.path)]) for group in near.groups]
    groups = [(group, pages) for group, pages in published if pages][:RELATIONS]
    if not groups:
        return None
    kept = share(_DRAWN, [len(pages) for _, pages in groups])
    nodes = [(n, page) for n, (_, pages) in enumerate(groups) for page in pages[: kept[n]]]
    labels = [group.label for group, _ in groups]
    split = _split(tuple(number for number, _ in nodes))
    left, right = ([*_column(part, labels, address_of)] for part in (nodes[:split], nodes[split:]))
    rows = max(len(left), len(right))
    return Diagram(
        rows=rows,
        spots=(*_centred(left, rows, Side.LEFT), *_centred(right, rows, Side.RIGHT)),
        legend=tuple(LegendEntry(relation=n, label=g.label, count=g.count) for n, (g, _) in enumerate(groups)),
        drawn=len({page.path for _, page in nodes}),
    )


@lru_cache(maxsize=1024)
def _split(numbers: tuple[int, ...]) -> int:
    """Return where to cut the pages in two columns of like height, between two relations rather than inside one."""

    def height(part: tuple[int, ...]) -> int:
        return len(part) + len(set(part))

    def cost(at: int) -> tuple[int, int]:
        left, right = height(numbers[:at]), height(numbers[at:])
        is_inside = 0 < at < len(numbers) and numbers[at - 1] == numbers[at]
        return max(left, right) + is_inside, abs(left - right)

    return min(range(len(numbers) + 1), key=cost)


def _column(nodes: Iterable[tuple[int, PageCard]], labels: list[str], address_of: AddressOf) -> Iterator[_Line]:
    last = -1
    for number, page in nodes:
        if number != last:
            yield number, labels[number], ""
            last = number
        yield number, page.title, address_of(page.path)


def _centred(column: list[_Line], rows: int, side: Side) -> Iterator[Spot]:
    gap = (rows - len(column)) / 2
    for row, (relation, text, address) in enumerate(column):
        yield Spot(relation=relation, side=side, row=row + gap, text=text, address=address)
