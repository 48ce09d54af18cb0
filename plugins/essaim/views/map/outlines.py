"""The outlines of the départements, made by `scripts/generate-map` from those of the IGN. Lengths are in units of the
map: a kilometre in mainland France.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple


class Outline(NamedTuple):
    """A département: its shape as the data of an SVG path, and the point where a number in it is read best.

    One that is drawn apart, because it is too small where it stands, also has its shape there: `inside`.
    """

    path: str
    middle: tuple[int, int]
    inside: str = ""


class Inset(NamedTuple):
    """A box of départements drawn apart, at a scale of its own: its corner, its size, and where its name starts."""

    name: str
    left: int
    top: int
    width: int
    height: int
    name_left: int
    name_foot: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlines:
    """The drawing of all départements. `source` and `licence` are shown wherever it is."""

    source: str
    licence: str
    width: int
    height: int
    insets: tuple[Inset, ...]
    departments: Mapping[str, Outline]
    """By INSEE code, `01` to `976`."""


@cache
def load_outlines() -> Outlines:
    """Return the packaged outlines: they are read once, and only by who draws a map."""
    data = json.loads(files("essaim.views.map").joinpath("departments.json").read_text("utf-8"))
    departments = {
        code: Outline(path=shape["path"], middle=tuple(shape["middle"]), inside=shape.get("inside", ""))
        for code, shape in data["departments"].items()
    }
    return Outlines(
        source=data["source"],
        licence=data["licence"],
        width=data["width"],
        height=data["height"],
        insets=tuple(Inset(**inset) for inset in data["insets"]),
        departments=MappingProxyType(departments),
    )
