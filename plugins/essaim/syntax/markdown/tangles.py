"""Raw HTML that stays open: a browser, and whoever repairs it, would repeat it at every line that follows."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_REPEATED = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that are opened again in each paragraph until they are closed."""
_CLOSED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "p": ("p",),
        "li": ("p", "li"),
        **dict.fromkeys(("dd", "dt"), ("p", "dd", "dt")),
        **dict.fromkeys(("td", "th"), ("p", "td", "th")),
        "tr": ("p", "td", "th", "tr"),
        **dict.fromkeys(("thead", "tbody", "tfoot"), ("p", "td", "th", "tr", "thead", "tbody", "tfoot")),
        "option": ("option",),
    }
)
"""What an element closes when it opens: people leave these open, and they do not pile up."""
_MAX_DEPTH = 1000
_MAX_REPEATED = 20
_SLACK = 100_000


def find_tangle(html: str) -> int | None:
    """Return where too much is open at once, or None: too deep, or more than twenty times the text to repeat.

    Only what is closed in its place counts as closed, so that no misplaced end tag hides what stays open.
    """
    stack: list[tuple[str, int]] = []
    weight = repeated = 0
    limit = _MAX_REPEATED * len(html) + _SLACK
    tags = _TAG.finditer(html)
    tag = next(tags, None)
    while tag is not None:
        after = next(tags, None)
        name = tag[2].lower()
        if tag[1]:
            place = len(stack)
            while (
                name not in _REPEATED and place and stack[place - 1][0] != name and stack[place - 1][0] in _CLOSED_BY
            ):
                place -= 1
            if place and stack[place - 1][0] == name:
                weight -= stack[place - 1][1]
                del stack[place - 1 :]
        elif name not in _VOID:
            closed = ("a",) if name == "a" else _CLOSED_BY.get(name, ())
            while stack and stack[-1][0] in closed:
                weight -= stack.pop()[1]
            own = _weight(html, tag, after) if name in _REPEATED else 0
            stack.append((name, own))
            repeated += weight
            weight += own
            if len(stack) > _MAX_DEPTH or repeated > limit:
                return tag.start()
        tag = after
    return None


def _weight(html: str, tag: re.Match[str], after: re.Match[str] | None) -> int:
    """Return the length of a start tag, or of what could be its attributes: up to the next tag."""
    if html[tag.end() : tag.end() + 1] == ">":
        return tag.end() + 1 - tag.start()
    return (after.start() if after else len(html)) - tag.start()
