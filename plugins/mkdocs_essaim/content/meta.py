"""What of a page's front matter the host and its theme are told: they act on it, so only what is known harmless."""

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from essaim.views.inputs import PageInputs

_HIDDEN = ("navigation", "toc", "path", "footer", "tags", "feedback")
_STATUS = re.compile(r"[a-z][a-z0-9-]{0,30}\Z")
_MAX_LINE = 500
_MAX_TAG = 60
_MAX_TAGS = 40
_MAX_BOOST = 100.0
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,6})?\Z")
_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML does not hold, or takes for the end of a line."""


def _page_meta(inputs: PageInputs) -> dict[str, Any]:
    """Return the front matter that a host reads: title, summary, and the keys of a foreign page that keep their
    shape. Themes write all of it as it is: it is escaped.
    """
    meta: dict[str, Any] = {"title": escape(inputs.title, quote=False)}
    if inputs.is_departed:
        meta["search"] = {"exclude": True}
    if inputs.summary:
        meta["description"] = escape(inputs.summary)
    for key, value in inputs.extra:
        read = _READERS.get(key)
        kept = read(json.loads(value)) if read is not None else None
        if kept is not None:
            meta.setdefault(key, kept)
    return meta


def render_meta(inputs: PageInputs) -> str:
    """Return the front matter that a host reads, as YAML between its lines of dashes."""
    header = "".join(f"{key}: {_as_yaml(value)}\n" for key, value in _page_meta(inputs).items())
    return f"---\n{header}---\n"


def _as_yaml(value: Any) -> str:
    """Return a value as MkDocs reads it; a character that YAML refuses would have the whole front matter shown."""
    return _REFUSED.sub(" ", json.dumps(value, ensure_ascii=False))


def _hide(value: Any) -> list[str] | None:
    return [word for word in _HIDDEN if word in value] if isinstance(value, list) else None


def _search(value: Any) -> dict[str, Any] | None:
    """Return whether search leaves the page out, and how much it counts."""
    if not isinstance(value, dict):
        return None
    kept: dict[str, Any] = {"exclude": True} if value.get("exclude") is True else {}
    boost = value.get("boost")
    if isinstance(boost, str) and _NUMBER.match(boost):
        kept["boost"] = min(float(boost), _MAX_BOOST)
    return kept


def _tags(value: Any) -> list[str] | None:
    words = value if isinstance(value, list) else [value]
    names = [" ".join(word.split()) for word in words if isinstance(word, str)]
    return [escape(name) for name in dict.fromkeys(names) if name and len(name) <= _MAX_TAG][:_MAX_TAGS] or None


def _line(value: Any) -> str | None:
    return escape(" ".join(value.split())[:_MAX_LINE]) or None if isinstance(value, str) else None


def _status(value: Any) -> str | None:
    return value if isinstance(value, str) and _STATUS.match(value) else None


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"author": _line, "description": _line, "hide": _hide, "search": _search, "status": _status, "tags": _tags}
)
