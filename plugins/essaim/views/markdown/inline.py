"""`[[…]]` and `![[…]]`: after code and escapes, before all other links."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from essaim.syntax.markdown import LinkKind
from essaim.syntax.markdown.inline import WIKI_TARGET, WIKI_TEXT
from essaim.views.body import BodyLink
from essaim.views.body_text import is_image
from essaim.views.markdown.rendering import Rendering, key_of
from essaim.views.markdown.stack import Stack

_PATTERN = rf"{WIKI_TARGET}(?:(?:\||\x02klzzwxh:(?P<escape>\d+)\x03){WIKI_TEXT})?\]\]"
_ESCAPE = re.compile(r"\x02(\d+)\x03")
_PIPE = "\x02124\x03"
_SIZE = re.compile(r"(?:(?P<words>.*)\|)?\s*(?P<width>\d{1,4})(?:x(?P<height>\d{1,4}))?\s*")
_SOUNDS = (".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav")
_FILMS = (".mkv", ".mov", ".mp4", ".ogv", ".webm")


class Wikilinks(InlineProcessor):
    """Makes an element of each wikilink that the engine has resolved; others stay as they are written."""

    def __init__(self, md: Markdown, stack: Stack) -> None:
        super().__init__(_PATTERN, md)
        self._stack = stack

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int] | tuple[None, None, None]:
        """Return the element of a link, and where it stands."""
        stash = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        rendering = self._stack.current
        if rendering is None or (m["escape"] and stash.get(m["escape"]) != _PIPE):
            return None, None, None
        kind = LinkKind.EMBED if m[0][0] == "!" else LinkKind.WIKI
        target, section = self._plain(m["target"]), self._plain((m["section"] or "")[1:])
        link = rendering.links.get(key_of(kind, target, section))
        if link is None:
            return None, None, None
        words = self._plain(m["text"] or "")
        if kind is LinkKind.EMBED and link.status == "file":
            return _file(link, words, rendering), m.start(), m.end()
        element = Element("a", {"href": rendering.number(link)})
        if kind is LinkKind.WIKI or link.piece is None:
            element.text = AtomicString(words or link.title)
        else:
            element.set("class", "essaim-inclus")
            element.text = AtomicString(link.title)
        return element, m.start(), m.end()

    def _plain(self, text: str) -> str:
        """Return a text without the marks of the renderer."""
        text = self.unescape(text)
        return _ESCAPE.sub(lambda match: chr(int(match[1])), text).strip()


def _file(link: BodyLink, words: str, rendering: Rendering) -> Element:
    """Return what shows a file: an image, a sound or a film to play, else a link."""
    address, path = rendering.number(link), link.path.lower()
    if is_image(path):
        size = _SIZE.fullmatch(words)
        image = Element("img", {"src": address, "alt": (size["words"] or "") if size else words})
        for name in ("width", "height"):
            if size and size[name]:
                image.set(name, size[name])
        return image
    if path.endswith((*_SOUNDS, *_FILMS)):
        player = Element("audio" if path.endswith(_SOUNDS) else "video", {"src": address, "controls": "controls"})
        player.set("preload", "none")
        player.text = AtomicString(words or link.title)
        return player
    element = Element("a", {"href": address})
    element.text = AtomicString(words or link.title)
    return element
