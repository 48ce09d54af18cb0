"""JSON-LD as it stands in a page."""

import json
import re
from typing import Any, NamedTuple

from essaim.schema.linked_data import CONTEXT
from essaim.views.addresses import AddressOf
from essaim.views.linked_data.model import Datum, LinkedData, Place, Thing

_LIVE = re.compile("[<>&\u2028\u2029]")
"""What could end a script or begin a comment: in JSON these signs are in texts only, where they may be escapes."""
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class SiteFacts(NamedTuple):
    """What the host knows of the whole site. `home` is the address of its first page."""

    name: str
    description: str
    home: str


def linked_data_json(data: LinkedData, facts: SiteFacts, address_of: AddressOf) -> str:
    """Return the JSON-LD of a page, inert in HTML whatever its values hold.

    `address_of` gives the address of a page or file from its path, '' when it is not published.
    """
    prefixes = dict(data.prefixes)
    tree = {"@context": [CONTEXT, prefixes] if prefixes else CONTEXT, **_page(data, facts, address_of)}
    text = _LIVE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", _JSON.encode(_filled(tree)))
    return text.encode("utf-8", "replace").decode()


def _page(data: LinkedData, facts: SiteFacts, address_of: AddressOf) -> dict[str, Any]:
    address, main = address_of(data.path), _json(data.main, address_of) if data.main else None
    site = {"@type": "WebSite", "@id": facts.home, "name": facts.name}
    if data.kind == "WebSite":
        whole = {"url": facts.home, "description": facts.description or data.summary, "inLanguage": "fr"}
        return {**site, **whole, "mainEntity": main}
    return {
        "@type": data.kind,
        "@id": "" if _tells_of(data) else address,
        "url": address,
        "name": data.name,
        "description": data.summary,
        "inLanguage": "fr",
        "datePublished": data.published,
        "dateModified": data.modified,
        "isPartOf": site,
        "breadcrumb": _breadcrumb(data, address_of),
        "mainEntity": main,
    }


def _tells_of(data: LinkedData) -> bool:
    """Whether a page tells of something that bears its address: the page itself is then not what others name."""
    return data.main is not None and data.main.id is not None


def _breadcrumb(data: LinkedData, address_of: AddressOf) -> dict[str, Any] | None:
    steps = [(address_of(path), name) for path, name in (*data.trail, (data.path, data.name))]
    items = [(address, name) for address, name in steps if address]
    if len(items) < 2:
        return None
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "item": address, "name": name}
            for number, (address, name) in enumerate(items, 1)
        ],
    }


def _json(datum: Datum, address_of: AddressOf) -> Any:
    if isinstance(datum, Place):
        return address_of(datum.path)
    if not isinstance(datum, Thing):
        return datum
    properties = {name: _values(data, address_of) for name, data in datum.properties}
    address = address_of(datum.id.path) if datum.id else ""
    return {"@type": datum.types[0] if len(datum.types) == 1 else list(datum.types), "@id": address, **properties}


def _values(data: tuple[Datum, ...], address_of: AddressOf) -> Any:
    values = [_json(datum, address_of) for datum in data]
    return values[0] if len(values) == 1 else values


def _filled(value: Any) -> Any:
    """Return a tree without what is empty: texts, lists, objects that have but a type. None if nothing is left."""
    if isinstance(value, dict):
        kept = {key: inner for key, part in value.items() if (inner := _filled(part)) is not None}
        return kept if kept.keys() - {"@type"} else None
    if isinstance(value, list):
        items = [inner for part in value if (inner := _filled(part)) is not None]
        return items or None
    return None if value == "" or value is None else value
