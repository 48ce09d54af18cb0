"""Which files an audience is given: an image that only members are shown does not leave with the public site."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import unescape
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from essaim.graph.files import is_hidden
from essaim.pages.page import Page, scalars_of, values_of
from essaim.source import Extent
from essaim.views.audience import sees_field, sees_type
from essaim.views.escaping import escape
from essaim.views.site import Site

_FILES = ("file", "image")
"""Field types whose values name files."""
_ATTRIBUTE = re.compile(
    r"""\b(?:src|href|poster|data)\s*=\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'>]+))""", re.IGNORECASE
)
_ANCHOR = re.compile(r"(?P<tag><a\b[^>]*>)(?P<words>.*?)</a>", re.IGNORECASE | re.DOTALL)
_OPENED = re.compile(r"<a\b", re.IGNORECASE)
_TITLE = re.compile(r"""\b(?:title|aria-label)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_WIKILINK = re.compile(r"\[\[([^\]|#\n]+)")
_VALUE = re.compile(r"""[\s:"'\[,]([^\s:"'\[\],{}]+\.\w{1,5})(?=[\s"'\],}]|\Z)""")


def seen_files(files: Collection[str], site: Site) -> list[str]:
    """Return, of some files of the repository, those that the audience may be given, sorted.

    Not those in a folder for members, nor those that only members are shown: named by fields or pages that the
    audience does not see, and by nothing that it sees. What no page names (styles, icons) is for everybody.
    """
    withheld = _withheld(site, files)
    return sorted(path for path in files if path not in withheld and _may_be_given(path, site))


def is_given(path: str, site: Site) -> bool:
    """Whether a file that something shown to the audience names is one that the audience is given."""
    return path in site.files and not is_hidden(path) and _may_be_given(path, site)


def _may_be_given(path: str, site: Site) -> bool:
    """Whether the place where a file stands is one that the audience is shown."""
    is_shown = path not in site.unborn and path not in site.departed.files
    return is_shown and sees_type(site.audience, site.schema.type_of(path))


def _withheld(site: Site, files: Collection[str]) -> set[str]:
    shown: set[str] = set()
    hidden: set[str] = set()
    types = {id(page.type): page.type for page in site.graph.pages.values()}
    naming = {key for key, one in types.items() if any(field.type.name in _FILES for field in one.all_fields())}
    for path, page in site.graph.pages.items():
        is_seen = site.sees(path)
        for file, is_public in _named(page, site, by_field=id(page.type) in naming):
            (shown if is_seen and is_public else hidden).add(file)
        (shown if is_seen else hidden).update(_in_html(page, site))
    hidden.update(_in_properties((page for path, page in site.graph.pages.items() if not site.sees(path)), files))
    return hidden - shown


def _in_html(page: Page, site: Site) -> Iterator[str]:
    """Yield the paths that the HTML of a body may mean: from the page's file, its address, or the top of the site."""
    text = page.held.source.text
    if "<" not in text or not _ATTRIBUTE.search(text):  # most pages need not be taken apart for it
        return
    for match in _ATTRIBUTE.finditer(page.document.body_text):
        yield from _meant(match, page, site.docs_dir)


def _meant(attribute: re.Match[str], page: Page, docs_dir: str) -> Iterator[str]:
    written = unquote(unescape(next(filter(None, attribute.groups()))).partition("#")[0].partition("?")[0])
    for folder in (dirname(page.path), page.path.removesuffix(".md"), docs_dir):
        yield normpath(join(folder, written.lstrip("/")))


def files_of(page: Page) -> Iterator[str]:
    """Yield the files that the fields of a page name."""
    for name, value in page.values.items():
        for scalar in values_of(value, page.type.fields[name], *_FILES):
            yield normpath(join(dirname(page.path), scalar.text))


def without_anchors(page: Page, words: Mapping[str, str], docs_dir: str) -> Iterator[tuple[int, int, str]]:
    """Yield the edits of a page's file by which the links of its HTML to some pages read as other words.

    `words` are those of each page, by path.
    """
    if not _OPENED.search(page.held.source.text):  # most pages need not be taken apart for it
        return
    base, body = page.document.body.start, page.document.body_text
    for match in _ANCHOR.finditer(body):
        for attribute in _ATTRIBUTE.finditer(match["tag"]):
            for path in _meant(attribute, page, docs_dir):
                target = next((one for one in (path, f"{path}.md") if one in words), "")
                if target:
                    yield base + match.start("words"), base + match.end("words"), escape(words[target])
                    for title in _TITLE.finditer(match["tag"]):
                        yield base + match.start("tag") + title.start(), base + match.start("tag") + title.end(), ""


def seen_text(page: Page, extent: Extent, site: Site) -> str:
    """Return a part of a page's file with the addresses of what is hidden blanked out of its HTML.

    What the engine resolved is hidden as links are; this is what people wrote as `<a href="…">`.
    """
    text = page.document.source.text[extent.start : extent.end]
    if "<" not in text:
        return text

    def blanked(match: re.Match[str]) -> str:
        if all(_is_seen(path, site) for path in _meant(match, page, site.docs_dir)):
            return match[0]
        start, end = match.span(match.lastindex or 0)
        return match[0][: start - match.start()] + " " * (end - start) + match[0][end - match.start() :]

    return _ATTRIBUTE.sub(blanked, text)


def _is_seen(path: str, site: Site) -> bool:
    """Whether a path, or the address of a page, leads to no file that is hidden."""
    found = [place for place in (path, f"{path}.md", f"{path}/index.md") if place in site.files]
    return all(_may_be_given(place, site) for place in found)


def _in_properties(pages: Iterable[Page], files: Collection[str]) -> Iterator[str]:
    """Yield the files that the front matter of open types may name, by a path or by a name between brackets."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in files:
        by_name[basename(path).lower()].append(path)
    for page in pages:
        extent = page.document.front_matter if page.type.allows_extra else None
        if extent is None:
            continue
        written = page.document.source.text[extent.start : extent.end]
        for match in _WIKILINK.finditer(written):
            yield from by_name.get(basename(match[1].strip()).lower(), ())
        for match in _VALUE.finditer(written):
            yield normpath(join(dirname(page.path), match[1]))


def _named(page: Page, site: Site, *, by_field: bool) -> Iterator[tuple[str, bool]]:
    """Yield the files that a page names, and whether the place where it does is for everybody.

    `by_field` says whether some fields of its type can name files.
    """
    for target in site.graph.out[page.path].links:
        if target.status == "file":
            yield target.path, True
    if by_field:
        for name, value in page.values.items():
            for scalar, within in scalars_of(value, page.type.fields[name]):
                if within[-1].type.name in _FILES:
                    is_public = all(sees_field(site.audience, field) for field in within)
                    yield normpath(join(dirname(page.path), scalar.text)), is_public
