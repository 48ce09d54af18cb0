"""Images, sounds and films of other sites: a link to each, for a reader's visit is nobody else's business."""

import re
from html import unescape

_PART = re.compile(r"<(?P<end>/?)(?P<name>a|audio|img|source|video)(?=[\s>])(?P<attributes>[^>]*)>")
_SOURCE = re.compile(r'<source\s[^>]*?\bsrc="([^"]*)"')
_ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')
_DROPPED = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")
_ELSEWHERE = re.compile(r"[/\\]{2}|[a-zA-Z][a-zA-Z0-9+.-]*:")
_EMOJIS = ("emojione", "gemoji", "twemoji")
"""Classes of images that stand for a sign, which is their text."""
_WORDS = {"audio": "son", "img": "image", "video": "vidéo"}


def is_elsewhere(address: str) -> bool:
    """Whether a browser would ask another site for this address."""
    return _ELSEWHERE.match(_DROPPED.sub("", address)) is not None


def link_elsewhere(html: str) -> str:
    """Return well-formed HTML (no « > » in its attributes) with what other sites hold as links to it."""
    if not any(f"<{name}" in html for name in (*_WORDS, "source")):
        return html
    return _PART.sub(_Links(html).replace, html)


class _Links:
    """Where a pass over a page has come: within a link, and within films that have become links."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._anchors = 0
        self._replaced: list[bool] = []

    def replace(self, tag: re.Match[str]) -> str:
        """Return what stands for a tag."""
        name = tag["name"]
        if name == "a":
            self._anchors += -1 if tag["end"] else 1
            return tag[0]
        if tag["end"]:
            return "</span>" if self._replaced and self._replaced.pop() else tag[0]
        attributes: dict[str, str] = dict(_ATTRIBUTE.findall(tag["attributes"]))
        address = attributes.get("src") or (self._source(tag) if name in ("audio", "video") else "")
        elsewhere = is_elsewhere(unescape(address))
        if name in ("audio", "video"):
            self._replaced.append(elsewhere)
        if not elsewhere:
            return tag[0]
        if name == "source":
            return ""
        alt = attributes.get("alt", "").strip()
        if attributes.get("class") in _EMOJIS:
            return alt
        link = self._link(name, address, alt)
        return link if name == "img" else f"<span>{link} "

    def _source(self, tag: re.Match[str]) -> str:
        """Return the first address among the sources of a film."""
        end = self._html.find(f"</{tag['name']}>", tag.end())
        source = _SOURCE.search(self._html, tag.end(), end)
        return str(source[1]) if source else ""

    def _link(self, name: str, address: str, alt: str) -> str:
        words = f"{_WORDS[name]} d'un autre site"
        words = f"{alt} ({words})" if alt else words
        if self._anchors:
            return words
        return f'<a class="essaim-autre-site" href="{address}">{words}</a>'
