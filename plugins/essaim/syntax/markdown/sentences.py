"""The sentences that hold the links of a body, as they are read."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from essaim.syntax.markdown.block import FILL
from essaim.syntax.markdown.body import Body, read_body
from essaim.syntax.markdown.inline import Found, InlineReader
from essaim.syntax.markdown.plain import plain_text
from essaim.syntax.markdown.reading import Leaf

_END = re.compile(r"(?<!\bM)(?<!\bMme)(?<!\bart)[.!?…]+(?: ?»|[”)*_])*(?=\s)")
_BOX = re.compile(r"\A\[[ xX]\]\s")
_MARKUP = {sign: f"&#{sign};" for sign in map(ord, "\\`*_[]<>&!")}


class Sentence(NamedTuple):
    """A sentence as it is read, and where each link in it begins."""

    text: str
    links: tuple[int, ...]


def quote_links(body: str, shown: Mapping[int, str]) -> dict[int, Sentence]:
    """Return the plain sentence around each link of a body, by where the link begins.

    `shown` are the words that a reader sees of a link, by the same places; of one that it does not name, those that
    are written.
    """
    if "[" not in body:
        return {}
    read = read_body(body)
    quotes: dict[int, Sentence] = {}
    for leaf in read.leaves:
        links = read.inline(leaf).links if "[" in leaf.block.text else []
        quotes |= _quotes(read, leaf, links, shown)
    return quotes


def _quotes(read: Body, leaf: Leaf, links: Sequence[Found], shown: Mapping[int, str]) -> dict[int, Sentence]:
    text = leaf.block.text
    inside = {place for link in links for place in range(link.start, link.end)}
    ends = [match.end() for match in _END.finditer(text) if match.start() not in inside] if links else []
    places = {link: read.extent(leaf.block, link.start, link.end)[0] for link in links}
    sentences: dict[tuple[int, int], Sentence] = {}
    found = {}
    for link in links:
        start = max((end for end in ends if end <= link.start), default=0)
        end = min((end for end in ends if end >= link.end), default=len(text))
        if (start, end) not in sentences:
            within = [(other, shown.get(places[other])) for other in links if start <= other.start < end]
            plain = _plain(read, text, start, end, within)
            sentences[start, end] = Sentence(plain, tuple(places[other] for other, _ in within))
        found[places[link]] = sentences[start, end]
    return found


def _plain(read: Body, text: str, start: int, end: int, links: Sequence[tuple[Found, str | None]]) -> str:
    """Return what a reader sees of a part of a text."""
    pieces, done = [], start
    for link, words in links:
        if link.start < done or words is None or not link.kind.is_wikilink:
            continue
        pieces += [text[done : link.start], words.translate(_MARKUP)]
        done = link.end
    sentence = "".join([*pieces, text[done:end]]).replace(FILL, " ").strip()
    inline = InlineReader(sentence, read.definitions, read.footnotes)
    return _BOX.sub("", plain_text(sentence, inline, len(sentence)))
