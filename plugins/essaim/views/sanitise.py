"""Rendered HTML made harmless: an allow-list of what Markdown makes and people use; nothing else goes through."""

import re
from html import escape

from nh3 import Cleaner

from essaim.syntax.markdown.tangles import find_tangle
from essaim.views.elsewhere import is_elsewhere, link_elsewhere
from essaim.views.regular import Regular

_TAGS = frozenset(
    """
    a abbr aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp rt ruby s samp section
    small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr
    """.split()
)
_UNSEEN = frozenset(
    "applet embed frame frameset iframe math noembed noframes noscript object param plaintext script "
    "style svg template textarea title xmp".split()
)
"""Elements whose content goes with them: read apart from its element, it would be another text."""
_ATTRIBUTES = {
    "*": "class dir id lang role title aria-label aria-hidden aria-describedby aria-labelledby",
    "a": "href hreflang",
    "audio": "loop muted src",
    "col": "span",
    "colgroup": "span",
    "del": "cite datetime",
    "details": "open",
    "img": "alt height loading src width",
    "input": "checked name",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "ol": "reversed start type",
    "source": "src type",
    "td": "colspan rowspan headers",
    "th": "abbr colspan headers rowspan scope",
    "time": "datetime",
    "track": "default kind label src srclang",
    "video": "height loop muted poster src width",
}
_ALIGNED = frozenset(f"text-align: {side};" for side in ("left", "center", "right"))
_ID = re.compile(
    r"(?!__|mkdocs(?:-search-(?:query|results)|_(?:search|keyboard)_modal)\Z)[\w:.()!?,;'’+@*/^~=·°§€ -]{1,300}\Z"
)
_TAB = re.compile(r"__tabbed_\d{1,4}(?:_\d{1,4})?\Z")
_LINE = re.compile(r"__(?:span|codelineno)-\w{1,20}-\d{1,9}\Z")
_CLASS = re.compile(r"(?!md-(?!button(?:--primary)?\Z)|mermaid\Z)[\w+-]{1,60}\Z")
_SPOKEN = frozenset("doc-noteref doc-backlink doc-endnotes doc-endnote note region list listitem img".split())
_INPUT = re.compile(r"<input\b[^>]*>")
_TAB_INPUT = re.compile(r'(?=[^>]*\bid="__tabbed_\d+_\d+")(?=[^>]*\bname="__tabbed_\d+")(?=[^>]*\btype="radio")')
_CHECKED = re.compile(r"\bchecked\b")


def sanitise(html: str) -> str:
    """Return rendered HTML without what could act, ask another site for something, or pass for the page's frame.

    Markup whose repair would make it many times longer is shown as text.
    """
    regular = _REGULAR.write(html)
    if find_tangle(regular) is not None:
        return f"<pre>{escape(html, quote=False)}</pre>"
    return link_elsewhere(_INPUT.sub(_settle_input, _CLEANER.clean(regular)))


def is_safe_id(tag: str, value: str) -> bool:
    """Whether an element of a page may have this id: one that no script or style of the theme goes by."""
    own = _TAB if tag == "input" else _LINE if tag in ("a", "span") else _ID
    return bool(_ID.match(value) or own.match(value))


def _filter(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value as it is kept, or None."""
    if name == "class":
        return " ".join(word for word in value.split() if _CLASS.match(word)) or None
    if name == "id":
        return value if is_safe_id(tag, value) else None
    if name in ("for", "name"):
        return value if _TAB.match(value) else None
    if name == "role":
        return value if value in _SPOKEN else None
    if name == "title":
        return value.replace("<", "‹")  # some themes write a title as HTML when they show it in a bubble
    if name == "poster" or (tag, name) == ("track", "src"):
        return None if is_elsewhere(value) else value
    return value


def _settle_input(match: re.Match[str]) -> str:
    """Keep the inputs of tabs, and boxes that are ticked in the source and nowhere else."""
    if _TAB_INPUT.search(match[0]):
        return match[0]
    checked = ' checked=""' if _CHECKED.search(match[0]) else ""
    return f'<input type="checkbox" disabled=""{checked}>' if 'type="checkbox"' in match[0] else ""


_REGULAR = Regular(_TAGS, _UNSEEN)
_CLEANER = Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_UNSEEN),
    attributes={tag: set(names.split()) for tag, names in _ATTRIBUTES.items()},
    attribute_filter=_filter,
    link_rel=None,
    tag_attribute_values={
        "input": {"type": {"checkbox", "radio"}},
        "td": {"style": set(_ALIGNED)},
        "th": {"style": set(_ALIGNED)},
    },
    set_tag_attribute_values={"audio": {"controls": ""}, "video": {"controls": ""}},
    url_schemes={"http", "https", "mailto", "tel"},
)
