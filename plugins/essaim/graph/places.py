"""Places within a page that a link may name: sections, and blocks by their marks."""

import re

from essaim.folding import fold
from essaim.pages.page import Page
from essaim.syntax.markdown import BlockMark, Heading

_SIGNS = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\\\[\]]+")
"""What editors leave out of the title of a section when they write a link to it."""
_OPENING = re.compile(r"[\s>]*#{1,6}")


def find_place(page: Page, section: str) -> str | None:
    """Return the anchor of what follows the `#` of a link, or None when the page has no such place.

    `^id` is a mark, or the title that bears it; `A#B` the section B within A; all else the title of a section or its
    anchor.
    """
    last = section.rpartition("#")[2].strip()
    if last.startswith("^"):
        return _find_mark(page, last[1:])
    headings = page.document.headings
    nested = _nested(page, [part.strip() for part in section.split("#") if part.strip()]) if "#" in section else None
    heading = nested or next((h for h in headings if _is_named(h, last)), None)
    if heading is None:
        heading = next(
            (h for h in headings if _bare(h.title) == _bare(last) or _written(page, h) == _bare(last)), None
        )
    return heading.anchor if heading else None


def _find_mark(page: Page, wanted: str) -> str | None:
    marks = page.document.blocks
    found = next((m for m in marks if m.id == wanted), None) or next((m for m in marks if _is_alike(m, wanted)), None)
    if found is None:
        return None
    titles = (heading for heading in page.document.headings if heading.start <= found.mark_start < heading.end)
    return next((heading.anchor for heading in titles), f"^{found.id}")  # a title has an anchor already


def _is_alike(mark: BlockMark, wanted: str) -> bool:
    return mark.id.lower() == wanted.lower()


def _nested(page: Page, titles: list[str]) -> Heading | None:
    """Return the heading that the last of some titles names, each within the one before it."""
    level, number = 0, 0
    for heading in page.document.headings:
        if number and heading.level <= level:
            number, level = 0, 0  # the section left was not the right one
        if _is_named(heading, titles[number]) or _bare(heading.title) == _bare(titles[number]):
            number, level = number + 1, heading.level
            if number == len(titles):
                return heading
    return None


def _is_named(heading: Heading, wanted: str) -> bool:
    """Whether a text is the title of a heading or its anchor, as this site or another makes one of the title."""
    folded = fold(wanted)
    return fold(heading.title) == folded or heading.anchor in (wanted, folded.replace(" ", "-"))


def _bare(title: str) -> str:
    return fold(_SIGNS.sub(" ", title))


def _written(page: Page, heading: Heading) -> str:
    """Return the title of a heading with its markup, without the signs of it."""
    text = page.document.source.text[heading.start : heading.end]
    return _bare(_OPENING.sub("", text, count=1))
