"""The views of queries, put where their marks stand in a rendered page."""

import re

from essaim.views.addresses import AddressOf
from essaim.views.body import all_views
from essaim.views.inputs import PageInputs
from mkdocs_essaim.views.render import Renderer

_MARK = re.compile(
    r"(?P<open><p>)?(?P<mark>essaim-vue-[0-9a-f]{32})(?P<close>\s*</p>)?"
    r'|<[a-zA-Z/](?:[^<>"]|"[^"]*")*>'
)
"""A mark, or an element's tag: what stands in its attributes is no mark."""


def show_views(html: str, inputs: PageInputs, renderer: Renderer, address_of: AddressOf) -> str:
    """Return the HTML of a page with its views.

    A mark is a digest of what it stands for: written by hand, it shows at most what the page shows anyway.
    """
    views = all_views(inputs)
    shown = 0

    def show(found: re.Match[str]) -> str:
        nonlocal shown
        one = views.get(found["mark"] or "")
        if one is None:
            return found[0]
        shown += 1
        view = renderer.view(one.kind, one.view, address_of, f"essaim-vue-{shown}")
        alone = bool(found["open"] and found["close"])
        return view if alone else f"{found['open'] or ''}{view}{found['close'] or ''}"

    return _MARK.sub(show, html) if views else html
