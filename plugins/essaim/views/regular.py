"""HTML of any kind written in one plain way: what reads it next cannot read it otherwise, nor be kept busy by it."""

import re
from collections.abc import Collection

_SPACE = r"[\t\n\f\r ]"
_VALUE = rf"""(?:{_SPACE}*+={_SPACE}*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^\t\n\f\r >"'][^\t\n\f\r >]*+))?+)?+"""
_NAME = r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
_ATTRIBUTE = re.compile(rf"({_NAME}){_VALUE}")
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)(?P<attributes>(?:[\t\n\f\r /]++|{_NAME}{_VALUE})*+)(?:>|\Z)"
)
_COMMENT = re.compile(r"<(?:!--|[!?]|/(?=[^a-zA-Z]))")
_PLAIN_NAME = re.compile(r"[a-z-]+\Z")


class Regular:
    """Rewrites HTML with nothing but some elements, all attributes quoted, and every other `<` shown as a sign.

    `unseen` are the elements that go with all they hold, if they are closed; of others only the tags go.
    """

    def __init__(self, tags: Collection[str], unseen: Collection[str]) -> None:
        self._tags = frozenset(tags)
        self._unseen = frozenset(unseen)
        names = "|".join(sorted(tags))
        attribute = r'[\t\n\f\r ]++[a-z-]++(?:="[^"<]*+")?+'
        self._plain = re.compile(rf"(?:[^<]++|</?(?:{names})(?:{attribute})*+[\t\n\f\r ]*+/?>)*+\Z")

    def write(self, html: str) -> str:
        """Return the HTML rewritten; what is regular already is returned as it is."""
        if self._plain.match(html):
            return html
        pieces: list[str] = []
        ends: dict[str, int] = {}
        done, place = 0, html.find("<")
        while place >= 0:
            pieces.append(html[done:place])
            text, done = self._token(html, place, ends)
            pieces.append(text)
            place = html.find("<", done)
        return "".join([*pieces, html[done:]])

    def _token(self, html: str, place: int, ends: dict[str, int]) -> tuple[str, int]:
        """Return what stands for the token at a place, and where it ends."""
        tag = _TAG.match(html, place)
        if tag is None:
            comment = _COMMENT.match(html, place)
            sign = "-->" if comment and comment[0] == "<!--" else ">"
            end = _find(html, sign, place, ends) if comment else -1
            return ("", end + len(sign)) if end >= 0 else ("&lt;", place + 1)
        name = tag["name"].lower()
        if name in self._unseen and not tag["end"]:
            end = _find(html, f"</{name}", tag.end(), ends)
            return "", (end if end >= 0 else tag.end())
        if name not in self._tags:
            return "", tag.end()
        if tag["end"]:
            return f"</{name}>", tag.end()
        return f"<{name}{_attributes(tag['attributes'])}>", tag.end()


def _find(html: str, sign: str, place: int, ends: dict[str, int]) -> int:
    """Return where a sign next stands, or -1, looking through a text once however often it is asked."""
    if ends.get(sign, place) < place:
        ends[sign] = -2 if ends[sign] == -2 else _next(html, sign, place)
    elif sign not in ends:
        ends[sign] = _next(html, sign, place)
    return ends[sign] if ends[sign] >= 0 else -1


def _next(html: str, sign: str, place: int) -> int:
    found = re.compile(re.escape(sign), re.IGNORECASE).search(html, place)
    return found.start() if found else -2


def _attributes(text: str) -> str:
    kept: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        if _PLAIN_NAME.match(name.lower()):
            kept.setdefault(name.lower(), double or single or bare)
    quoted = ((name, value.replace('"', "&quot;").replace("<", "&lt;")) for name, value in kept.items())
    return "".join(f' {name}="{value}"' for name, value in quoted)
