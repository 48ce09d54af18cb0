"""Reading the options of a `_type.yml` or of a `requete` block, every mistake reported at its place."""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.folding import fold
from essaim.rules import Rule
from essaim.rules import types as rules
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.nodes import Mapping, Node, Scalar, Sequence

_TRUE, _FALSE = frozenset({"true", "oui", "yes", "vrai"}), frozenset({"false", "non", "no", "faux"})


class Saying(NamedTuple):
    """How the mistakes of a mapping are told: what each takes is the same everywhere."""

    unknown: Rule
    missing: Rule
    invalid: Rule


_OF_TYPES = Saying(rules.UNKNOWN_OPTION, rules.MISSING_OPTION, rules.INVALID_OPTION)


class Options:
    """The options of one mapping: typed access, and a report of what does not belong there.

    `where` is a French phrase that says which mapping this is: « pour un champ text ».
    """

    def __init__(
        self, source: SourceFile, node: Mapping, found: list[Diagnostic], where: str, saying: Saying = _OF_TYPES
    ) -> None:
        self._saying = saying
        self.source = source
        self.node = node
        self.found = found
        self.where = where
        self._entries = {entry.key.text: entry for entry in node.entries}

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def only(self, known: Collection[str]) -> None:
        """Report the keys that are not among the known ones."""
        for key, entry in self._entries.items():
            if key not in known:
                near = nearest(key, known)
                rivals = [other for other in self._entries if other not in known and other != key]
                is_sure = near not in self._entries and not any(nearest(r, [near]) for r in rivals if near)
                fix = near if is_sure else None
                extent = (entry.key.start, entry.key.end)
                words: dict[str, Any] = {"key": key, "where": self.where}
                found = self._saying.unknown.at(self.source, extent, suggestion=near, replacement=fix, **words)
                self.found.append(found)

    def missing(self, key: str) -> None:
        """Report a key that should be there."""
        extent = (self.node.start, self.node.start + 1)
        self.found.append(self._saying.missing.at(self.source, extent, key=key, where=self.where))

    def invalid(self, key: str, node: Node, expected: str, suggestion: str | None = None) -> None:
        """Report a value that does not fit; one that was left out, at its key."""
        if node.start == node.end and key in self._entries:
            node = self._entries[key].key
        extent = (node.start, max(node.end, node.start + 1))
        replacement = suggestion if isinstance(node, Scalar) else None
        words: dict[str, Any] = {"key": key, "expected": expected}
        self.found.append(
            self._saying.invalid.at(self.source, extent, suggestion=suggestion, replacement=replacement, **words)
        )

    def raw(self, key: str) -> Node | None:
        """Return the node of a key."""
        entry = self._entries.get(key)
        return entry.value if entry else None

    def scalar(self, key: str, expected: str = "un texte") -> Scalar | None:
        """Return a non-empty scalar, or None with a report if it is something else."""
        node = self.raw(key)
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text.strip():
            return node
        self.invalid(key, node, expected)
        return None

    def text(self, key: str, default: str = "") -> str:
        """Return the text of a key."""
        node = self.scalar(key)
        return node.text if node else default

    def boolean(self, key: str, *, default: bool = False) -> bool:
        """Return a yes or no."""
        node = self.scalar(key, "« true » ou « false »")
        if node is None:
            return default
        word = fold(node.text)
        if word not in _TRUE | _FALSE:
            self.invalid(key, node, "« true » ou « false »")
            return default
        return word in _TRUE

    def one_of(self, key: str, allowed: Collection[str], default: str) -> str:
        """Return one of a few words."""
        expected = " ou ".join(f"« {word} »" for word in allowed)
        node = self.scalar(key, expected)
        if node is None or node.text in allowed:
            return node.text if node else default
        self.invalid(key, node, expected, nearest(node.text, allowed))
        return default

    def visibility(self) -> str:
        """Return who is shown something: members when what says so is misspelt, for it was meant to hide."""
        said = self.one_of("visibility", ("public", "members"), "members" if "visibility" in self else "public")
        is_misspelt = any(nearest(key, ("visibility",)) for key in self._entries if key != "visibility")
        return "members" if is_misspelt else said

    def mapping(self, key: str, expected: str) -> Mapping | None:
        """Return a mapping."""
        node = self.raw(key)
        if node is None or isinstance(node, Mapping):
            return node
        self.invalid(key, node, expected)
        return None

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """Return the texts of a list, or the one text given instead of a list."""
        node = self.raw(key)
        if node is None:
            return ()
        items: tuple[Node, ...] = node.items if isinstance(node, Sequence) else (node,)
        texts = [item for item in items if isinstance(item, Scalar) and item.text.strip()]
        if len(texts) != len(items):
            self.invalid(key, node, "un nom ou une liste de noms")
        return tuple(texts)

    def mappings(self, key: str) -> Iterator[Mapping]:
        """Yield the mappings of a list."""
        node = self.raw(key)
        if node is None:
            return
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Mapping):
                yield item
            else:
                self.invalid(key, item, "une liste de la forme « - {…} »")

    def sub(self, node: Mapping, where: str) -> "Options":
        """Return the options of a mapping inside this one."""
        return Options(self.source, node, self.found, where)

    def quiet(self) -> "Options":
        """Return the same options, whose mistakes are reported elsewhere."""
        return Options(self.source, self.node, [], self.where, self._saying)


def place_in(source: SourceFile, scalar: Scalar, start: int, end: int) -> tuple[int, int]:
    """Return the extent in the file of a part of a scalar's text; the whole scalar where escapes blur it."""
    raw = source.text[scalar.start : scalar.end]
    if raw == scalar.text:
        return scalar.start + start, scalar.start + end
    if raw[1:-1] == scalar.text:
        return scalar.start + 1 + start, scalar.start + 1 + end
    return _place_in_lines(raw, scalar, start, end) or (scalar.start, scalar.end)


def _place_in_lines(raw: str, scalar: Scalar, start: int, end: int) -> tuple[int, int] | None:
    """Return the extent of a part of a text that is written on several lines: but for blanks, as it reads."""
    low = raw.find("\n") + 1 if scalar.style in ("|", ">") else 1 if scalar.style else 0
    high = len(raw) - (scalar.style in ("'", '"'))
    places = [place for place in range(low, high) if not raw[place].isspace()]
    said = [place for place, sign in enumerate(scalar.text) if not sign.isspace()]
    if not said or [raw[place] for place in places] != [scalar.text[place] for place in said]:
        return None
    first, last = bisect_left(said, start), bisect_left(said, end)
    if first == len(said):  # after the last sign: what is missing
        return scalar.start + places[-1] + 1, scalar.start + places[-1] + 2
    return scalar.start + places[first], scalar.start + places[max(last - 1, first)] + 1
