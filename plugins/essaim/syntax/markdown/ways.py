"""The ways of writing links: how each begins and ends."""

import re
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import NamedTuple

from essaim.syntax.markdown.destinations import find_destination

_LABEL = re.compile(r"\s?\[([^\]]*)\]")
_SPACES = re.compile(r"\s+")
_LINK, _IMAGE = re.compile(r"(?<!!)\["), re.compile(r"!\[")


class LinkKind(StrEnum):
    """How a link is written."""

    WIKI = "wiki"
    EMBED = "embed"
    MARKDOWN = "markdown"
    IMAGE = "image"

    @property
    def is_wikilink(self) -> bool:
        """Whether it is `[[…]]` or `![[…]]`, which give names."""
        return self in (LinkKind.WIKI, LinkKind.EMBED)


class Ending(NamedTuple):
    """Where a link ends, and its target or the label of it; with neither, there is no link up to there."""

    end: int
    target: tuple[int, int] | None = None
    label: str | None = None


def after_parenthesis(text: str, start: int, close: int, labels: Collection[str]) -> Ending | None:
    """Find the end of `[text](target)`."""
    destination = find_destination(text, close + 1)
    return Ending(destination.close, (destination.start, destination.end)) if destination else None


def after_label(text: str, start: int, close: int, labels: Collection[str]) -> Ending | None:
    """Find the end of `[text][label]` or `[label][]`."""
    match = _LABEL.match(text, close + 1)
    return _labelled(match[1] or text[start:close], match.end(), labels) if match else None


def after_text(text: str, start: int, close: int, labels: Collection[str]) -> Ending | None:
    """Find the end of `[label]`."""
    return _labelled(text[start:close], close + 1, labels)


def _labelled(label: str, end: int, labels: Collection[str]) -> Ending:
    label = _SPACES.sub(" ", label.lower())
    return Ending(end, label=label if label in labels else None)


class Way(NamedTuple):
    """A way of writing links: how it begins, what it makes, and how it ends."""

    opening: re.Pattern[str]
    kind: LinkKind
    end: Callable[[str, int, int, Collection[str]], Ending | None]


WAYS = (
    # In the order of `markdown.inlinepatterns.build_inlinepatterns`.
    Way(_LINK, LinkKind.MARKDOWN, after_label),
    Way(_LINK, LinkKind.MARKDOWN, after_parenthesis),
    Way(_IMAGE, LinkKind.IMAGE, after_parenthesis),
    Way(_IMAGE, LinkKind.IMAGE, after_label),
    Way(_LINK, LinkKind.MARKDOWN, after_text),
    Way(_IMAGE, LinkKind.IMAGE, after_text),
)
