"""What stands at the foot of every page of a type, and since when the page is known to hold."""

from dataclasses import dataclass

from essaim.pages.page import Page
from essaim.views.freshness import Freshness
from essaim.views.site import Site

_UNKNOWN = "Date de vérification inconnue."


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownNotice:
    """The sentence of the type, plain text, and the one that says when the page was last verified."""

    text: str
    checked: str


def page_notice(page: Page, site: Site, fresh: Freshness | None) -> ShownNotice | None:
    """Return the notice of a page, None when its type has none; `fresh` is what is told of how fresh the page is."""
    if not page.type.notice:
        return None
    verified = fresh.verified if fresh is not None else ""
    checked = f"Fiche vérifiée {verified}." if verified else _UNKNOWN
    return ShownNotice(text=site.variables.fill(page.type.notice), checked=checked)
