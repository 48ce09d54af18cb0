"""A Markdown extension that keeps ids, addresses and long code from harm before the host reads them.

The host copies the ids of headings into the table of contents as they are, and stops on an address that it cannot
take apart. What colours code takes, for many languages, the square of its length: long code is left plain.
"""

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from essaim.views.sanitise import is_safe_id

_FENCE = re.compile(r"(?P<before>[> \t]*(?P<sign>`{3,}|~{3,})[ \t]*)(?P<after>[^\n]*)")
_LANGUAGE = re.compile(r"(\{[ \t]*)?\.?[\w#.+-]+")
_MAX_BLOCK = 2500
_MAX_PAGE = 30_000
_ADDRESSES = {"a": "href", "img": "src"}


class GuardExtension(Extension):
    """Registers the guards."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register them: ids before the table of contents (5), addresses before the host's reading of them (0), code
        before its fences are read (25).
        """
        md.preprocessors.register(_LongCode(md), "essaim-long-code", 26)
        md.treeprocessors.register(_Ids(md), "essaim-safe-ids", 5.5)
        md.treeprocessors.register(_Addresses(md), "essaim-safe-addresses", 0.5)


class _LongCode(Preprocessor):
    """Takes the language from code blocks that are too long, and from those that follow many others."""

    def run(self, lines: list[str]) -> list[str]:
        left = _MAX_PAGE
        for number, size in _fences(lines):
            if size > min(left, _MAX_BLOCK):
                lines[number] = _without_language(lines[number])
            else:
                left -= size
        return lines


def _fences(lines: list[str]) -> list[tuple[int, int]]:
    """Return the line of each fence that names something, and how many signs stand before the next that closes it.

    Each is taken by itself: whether an earlier one is open is for the reader of fences to say.
    """
    found: list[tuple[int, int]] = []
    place, closing = 0, dict[str, int]()
    for number in range(len(lines) - 1, -1, -1):
        place += len(lines[number]) + 1
        fence = _FENCE.match(lines[number])
        if fence is not None and fence["after"].strip():
            found.append((number, place - closing.get(fence["sign"], 0)))
        elif fence is not None:
            closing[fence["sign"]] = place
    return found[::-1]


def _without_language(line: str) -> str:
    fence = _FENCE.match(line)
    if fence is None:
        return line
    return fence["before"] + _LANGUAGE.sub(
        lambda match: f"{match[1]}.text" if match[1] else "text", fence["after"], count=1
    )


class _Ids(Treeprocessor):
    """Takes out the ids that could not stay."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if "id" in element.attrib and not is_safe_id(str(element.tag), element.attrib["id"]):
                del element.attrib["id"]


class _Addresses(Treeprocessor):
    """Empties the addresses that cannot be taken apart, and gives one to links that have none."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = _ADDRESSES.get(str(element.tag))
            if name is not None and not _is_readable(element.get(name)):
                element.set(name, "")


def _is_readable(address: str | None) -> bool:
    try:
        return address is not None and urlsplit(address) is not None
    except ValueError:
        return False
