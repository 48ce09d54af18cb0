"""YAML as a tree of text: nothing converted, every node with its place in the file."""

from typing import NamedTuple


class Scalar(NamedTuple):
    """One value. `style` is '' for plain text, else the character that opens it: a quote, | or >."""

    text: str
    start: int
    end: int
    style: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the author left the value out."""
        return not self.style and self.text in ("", "~", "null")


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple["Node", ...]
    start: int
    end: int


class Entry(NamedTuple):
    """One `key: value` of a mapping."""

    key: Scalar
    value: "Node"


class Mapping(NamedTuple):
    """Keys and values, in the order of the file; no key comes twice."""

    entries: tuple[Entry, ...]
    start: int
    end: int

    def get(self, key: str) -> "Node | None":
        """Return the value of a key."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


Node = Scalar | Sequence | Mapping
