"""The inventory a wiki publishes for others: its format, written in one way and read with suspicion.

What another site sends is checked before anything is made of it: its size, how deep it nests, the kind of each
value, and that no address leaves the site it is read from.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote

from essaim.pages.page import PageId

INVENTORY = "inventaire.json"
"""Where the inventory stands, at the top of the published site."""
MAX_SIZE = 5_000_000
"""Bytes of the largest inventory that is read."""
_FORMAT = 1
_MAX_DEPTH = 8
_MAX_TEXT = 500
_STRINGS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_UNSEEN = re.compile("[\x00-\x20\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Control characters, those that turn the direction of a text, and what cannot be written in UTF-8."""
_PATH = re.compile(r"[\w.~%+,;=@/-]*", re.ASCII)
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f]")
"""What no part of a path may hold, even written as %2F."""
_ADDRESS = re.compile(r"https?://(?:[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?:/(?P<path>.*))?", re.ASCII)
_ANCHOR = re.compile(r"""[^\s"'<>&\\`]{1,500}""")


class Unusable(Exception):  # noqa: N818
    """A text is no inventory; the message says why, in French words that follow « L'inventaire »."""


class InventorySection(NamedTuple):
    """A section of a page: its title and its anchor."""

    title: str
    anchor: str


class InventoryPage(NamedTuple):
    """A page as its wiki presents it. `label` is what its type is called; `path` its address below the site's."""

    id: PageId
    label: str
    title: str
    summary: str
    aliases: tuple[str, ...]
    path: str
    sections: tuple[InventorySection, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inventory:
    """The pages of a wiki; its name and its address as it gives them, which may be empty."""

    name: str
    address: str
    pages: tuple[InventoryPage, ...]


def clean(text: str) -> str:
    """Return a text on one line, without what cannot be seen, cut where it is too long for a name."""
    seen = text if text.isprintable() else _UNSEEN.sub(" ", text)  # what can be printed holds none of it but spaces
    return " ".join(seen.split())[:_MAX_TEXT].rstrip()


def is_path(path: str) -> bool:
    """Whether an address, as it is written in a link, stays below the one it is added to."""
    if _PATH.fullmatch(path) is None:
        return False
    parts = path.split("/")
    if "%" in path:
        parts = [unquote(part) for part in parts]
    leaves = any(part in (".", "..") or _UNSAFE.search(part) for part in parts)
    return not leaves and all(parts[:-1])


def is_address(address: str) -> bool:
    """Whether a text is the plain address of a site: http or https, without a user's name or a query."""
    match = _ADDRESS.fullmatch(address)
    return match is not None and is_path(match["path"] or "")


def is_anchor(anchor: str) -> bool:
    """Whether a text can be the anchor of a section in an inventory."""
    return _ANCHOR.fullmatch(anchor) is not None and _UNSEEN.search(anchor) is None


def render_inventory(inventory: Inventory) -> str:
    """Write an inventory: one page a line, sorted, so that a comparison shows the pages that changed."""
    head = {"essaim": _FORMAT, "nom": inventory.name, "adresse": inventory.address}
    compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines = [compact(_page_data(page)) for page in sorted(inventory.pages)]
    return f'{compact(head)[:-1]},"pages":[\n' + ",\n".join(lines) + "\n]}\n"


def _page_data(page: InventoryPage) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": str(page.id),
        "type": page.label,
        "titre": page.title,
        "resume": page.summary,
        "alias": page.aliases,
        "chemin": page.path,
        "sections": [{"titre": section.title, "ancre": section.anchor} for section in page.sections],
    }
    return {key: value for key, value in data.items() if value or key in ("id", "titre", "chemin")}


def parse_inventory(text: str) -> Inventory:
    """Read an inventory; raise Unusable if it is not one. Keys that are not known are left out."""
    if len(text) > MAX_SIZE:
        raise Unusable(f"dépasse {MAX_SIZE // 1_000_000} Mo")
    if _depth(text) > _MAX_DEPTH:
        raise Unusable("emboîte trop de listes les unes dans les autres")
    try:
        data = json.loads(text)
    except ValueError:
        raise Unusable("n'est pas du JSON") from None
    if not isinstance(data, dict) or type(data.get("essaim")) is not int:
        raise Unusable("n'est pas celui d'un site Essaim")
    if data["essaim"] != _FORMAT:
        raise Unusable("vient d'une autre version d'Essaim")
    address = _text(data, "adresse", "")
    if address and not is_address(address):
        raise Unusable(f"donne une adresse de site qui n'en est pas une : {_quoted(address)}")
    pages = tuple(_page(item, f" (page {number})") for number, item in enumerate(_list(data, "pages", ""), 1))
    return Inventory(name=_text(data, "nom", ""), address=address, pages=tuple(sorted(pages)))


def _depth(text: str) -> int:
    """Return how many brackets are open at most, those inside strings aside."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", _STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _page(data: object, where: str) -> InventoryPage:
    if not isinstance(data, dict):
        raise Unusable(f"a une page qui n'en est pas une{where}")
    kind, _, name = _text(data, "id", where).partition("/")
    title, path = _text(data, "titre", where), data.get("chemin")
    if not kind or not name or "/" in name or not title:
        raise Unusable(f"a une page sans « id » ou sans « titre »{where}")
    if not isinstance(path, str) or not is_path(path):
        raise Unusable(f"a un « chemin » qui sort du site : {_quoted(str(path))}{where}")
    return InventoryPage(
        id=PageId(kind, name),
        label=_text(data, "type", where),
        title=title,
        summary=_text(data, "resume", where),
        aliases=tuple(filter(None, (_as_text(item, "alias", where) for item in _list(data, "alias", where)))),
        path=path,
        sections=tuple(_section(item, where) for item in _list(data, "sections", where)),
    )


def _section(data: object, where: str) -> InventorySection:
    if not isinstance(data, dict):
        raise Unusable(f"a une section qui n'en est pas une{where}")
    title, anchor = _text(data, "titre", where), data.get("ancre")
    if not title or not isinstance(anchor, str) or not is_anchor(anchor):
        raise Unusable(f"a une section sans « titre » ou sans « ancre »{where}")
    return InventorySection(title, anchor)


def _list(data: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise Unusable(f"a autre chose qu'une liste dans « {key} »{where}")
    return value


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    return _as_text(data.get(key, ""), key, where)


def _as_text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise Unusable(f"a autre chose qu'un texte dans « {key} »{where}")
    return clean(value)


def _quoted(text: str) -> str:
    return f"« {clean(text)[:60]} »"
