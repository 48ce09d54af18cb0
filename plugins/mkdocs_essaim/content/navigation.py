"""A navigation that `mkdocs.yml` writes, as an audience is shown it."""

from collections.abc import Iterator
from posixpath import normpath
from typing import Any

from essaim.views.audience import sees_type
from essaim.views.site import Site


def seen_navigation(nav: Any, site: Site) -> Any:
    """Return a `nav` without what leads to a page that the audience does not see, nor the sections that this empties.

    The host would leave both its label and its path on every page.
    """
    if isinstance(nav, list):
        shown = [(item, seen_navigation(item, site)) for item in nav]
        return [kept for item, kept in shown if kept not in (None, [], {}) or kept == item]
    if isinstance(nav, dict):
        pairs = {label: (item, seen_navigation(item, site)) for label, item in nav.items()}
        return {label: kept for label, (item, kept) in pairs.items() if kept not in (None, [], {}) or kept == item}
    return None if isinstance(nav, str) and not _is_seen(nav, site) else nav


def _is_seen(address: str, site: Site) -> bool:
    paths = [*_meant(address, site)]
    return all(sees_type(site.audience, site.schema.type_of(path)) and path not in site.unborn for path in paths)


def _meant(address: str, site: Site) -> Iterator[str]:
    """Yield the paths in the repository that an entry may mean; nothing for an address of another site."""
    if "://" in address or address.startswith(("/", "mailto:")):
        return
    path = f"{address}index.md" if address.endswith("/") else address
    yield site.in_docs(normpath(path))
    if site.schema.type_of(normpath(path)).folder or normpath(path) in site.graph.pages:
        yield normpath(path)
