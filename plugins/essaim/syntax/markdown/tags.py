"""The tags of raw HTML, as the renderer tells them from text."""

import re

TOKEN = re.compile(r"<(?:(?P<comment>!--)|(?P<end>/[a-zA-Z])|(?P<start>[a-zA-Z])|[!?])")
START = re.compile(
    r"<(?P<name>[a-zA-Z][^`\s/>]*+)"
    r"(?P<attributes>(?:[\s/]++(?:[^`\s/>=][^\s/=>]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^`>\s]*+))?+)?+)*+)>"
)
END = re.compile(r"</(?P<name>[a-zA-Z][^\s/>]*)[^>]*>")
COMMENT_END = re.compile(r"--!?>")
OTHER = re.compile(r"<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s=\"'/>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")

_SPANS = frozenset("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
_RAW = frozenset("canvas math option pre script style textarea".split())
_CONTAINERS = frozenset(
    (
        "article aside blockquote details div dl fieldset figcaption figure footer form header hgroup main menu nav "
        "ol section table ul colgroup body group html iframe map noscript output object progress tbody tfoot thead "
        "tr video center"
    ).split()
)
BLOCKS = _SPANS | _RAW | _CONTAINERS | {"hr"}
"""The elements that stand on their own, as `markdown.util.BLOCK_LEVEL_ELEMENTS`."""


def read_attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag; one without a value has its name for value."""
    return {m[1].lower(): m[2] or m[3] or m[4] or m[1] for m in _ATTRIBUTE.finditer(text)}


def content_state(name: str, wanted: str, around: str) -> str:
    """Tell what is read in an element: `block`, `span`, or `off` for nothing.

    `wanted` is its `markdown` attribute and `around` the state of the element around it; decided as in
    `markdown.extensions.md_in_html`.
    """
    wanted = "1" if wanted == "markdown" else wanted
    if around == "off" or (around == "span" and wanted != "0"):
        wanted = around
    if name in _SPANS:
        return {"1": "span", "span": "span", "block": "block"}.get(wanted, "off")
    if name in _CONTAINERS:
        return {"1": "block", "span": "span", "block": "block"}.get(wanted, "off")
    return "off"
