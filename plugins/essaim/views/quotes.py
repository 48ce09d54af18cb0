"""The sentences of a page that cite others, as its readers see them."""

from collections.abc import Mapping
from typing import NamedTuple

from essaim.graph.model import LinkTarget
from essaim.pages.page import Page
from essaim.syntax.markdown.sentences import quote_links
from essaim.views.site import Site
from essaim.views.unborn import hidden_words

_MAX_QUOTE = 220
"""Code points of one sentence; a longer one is cut around the link."""


class Quote(NamedTuple):
    """What a sentence says beside one of its links, and the paths that the links in it lead to."""

    text: str
    paths: tuple[str, ...]


_NO_QUOTE = Quote("", ())


def quote_of(source: Page, start: int, site: Site) -> str:
    """Return the sentence around the link that begins at an offset of a page's file.

    '' when the link stands in no text, or alone in its own.
    """
    if source.path not in site.quotes:
        site.quotes[source.path] = _quotes(source, site.unwatched)
    found = site.quotes[source.path].get(start - source.document.body.start, _NO_QUOTE)
    site.stands_on(found.paths)
    return found.text


def _quotes(source: Page, site: Site) -> Mapping[int, Quote]:
    base = source.document.body.start
    links = {target.link.start - base: target for target in site.graph.out[source.path].links}
    shown = {start: _words(target, site) for start, target in links.items()}
    return {
        start: Quote(
            _quote(site.variables.fill(sentence.text), shown.get(start, "")),
            tuple({links[place].path for place in sentence.links if place in links} - {""}),
        )
        for start, sentence in quote_links(source.document.body_text, shown).items()
    }


def _quote(sentence: str, words: str) -> str:
    """Return what a sentence says beside the words of its link, '' when that is nothing."""
    return "" if sentence.strip(" .:;,*-") in ("", words.strip("*_`")) else _cut(sentence, words)


def _words(target: LinkTarget, site: Site) -> str:
    """Return what is read in place of a wikilink."""
    if target.link.text:
        return target.link.text
    hidden = hidden_words(target, site)
    if hidden is not None:
        return hidden
    return site.graph.pages[target.path].title if target.status == "page" else target.link.target


def _cut(sentence: str, words: str) -> str:
    """Return a sentence, or the part of a long one that is around some words."""
    if len(sentence) <= _MAX_QUOTE:
        return sentence
    at = max(sentence.find(words), 0)
    start = max(0, min(at - _MAX_QUOTE // 2, len(sentence) - _MAX_QUOTE))
    start = sentence.find(" ", start) + 1 if start else 0
    end = sentence.rfind(" ", start, start + _MAX_QUOTE) if start + _MAX_QUOTE < len(sentence) else len(sentence)
    return ("… " if start else "") + sentence[start:end] + (" …" if end < len(sentence) else "")
