"""Edits of a page's front matter that touch nothing but what they say."""

import re

from essaim.source import Extent, TextEdit
from essaim.syntax.document import Document
from essaim.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence
from essaim.syntax.yaml_mending import as_scalar, quoted

_DASH = re.compile(r"(?P<indent>[ ]*)-(?P<gap>[ \t]*)")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NULLS = ("null", "~")


def add_value(document: Document, name: str, text: str, *, after: str = "") -> tuple[TextEdit, ...] | None:
    """Return the edit that adds a text to the values of a field, in the form that they have.

    A field that is not there comes on a line of its own: after the field `after` if that is there, else last. No
    edit when the text is among the values already; None when there is no place that can be trusted.
    """
    if document.unreadable:
        return None
    line = f"{name}: [{write_scalar(text)}]"
    if document.fields is None:
        return _begin(document, line)
    entry = next((entry for entry in document.fields.entries if entry.key.text == name), None)
    if entry is None:
        return _add_entry(document, document.fields, line, after)
    if _has(entry.value, text):
        return ()
    if isinstance(entry.value, Scalar):
        return _widen(document, entry, text)
    return _add_item(document, entry.value, text) if isinstance(entry.value, Sequence) else None


def write_scalar(text: str, written: str = "") -> str:
    """Return a text as YAML, in the manner of the scalar that is written: its quotes are kept."""
    if written[:1] == "'":
        return "'" + text.replace("'", "''") + "'"
    if written[:1] == '"' or text in _NULLS:
        return quoted(text)
    return as_scalar(text)


def line_break(text: str) -> str:
    """Return the line break that a text uses: that of its first line."""
    first = re.search(r"\r?\n", text)
    return first[0] if first else "\n"


def _begin(document: Document, line: str) -> tuple[TextEdit, ...]:
    """Write the first field of a front matter, and the front matter if there is none."""
    text = document.source.text
    end = line_break(text)
    if document.front_matter is not None:
        return _insert(document, document.front_matter.start, line + end)
    gap = end if text and not text.startswith(("\n", "\r")) else ""
    return _insert(document, 0, f"---{end}{line}{end}---{end}{gap}")


def _add_entry(document: Document, fields: Mapping, line: str, after: str) -> tuple[TextEdit, ...] | None:
    text = document.source.text
    if text[fields.start : fields.start + 1] == "{":
        return _add_between(document, Extent(fields.start, fields.end), [e.value.end for e in fields.entries], line)
    if document.front_matter is None or not fields.entries:
        return None
    before = _line_start(text, fields.entries[0].key.start)
    indent = text[before : fields.entries[0].key.start]
    if indent.strip(" "):
        return None
    entry = next((entry for entry in fields.entries if entry.key.text == after), None)
    place = _line_after(text, entry.value.end) if entry else document.front_matter.end
    return _insert(document, place, f"{indent}{line}{line_break(text)}")


def _widen(document: Document, entry: Entry, text: str) -> tuple[TextEdit, ...]:
    """Make a list of a single value, or of none."""
    value, source = entry.value, document.source
    if not isinstance(value, Scalar):
        return ()
    if value.is_empty:
        gap = "" if value.end > value.start or source.text[value.start - 1 : value.start] == " " else " "
        return (TextEdit(source.span((value.start, value.end)), f"{gap}[{write_scalar(text)}]"),)
    written = source.text[value.start : value.end]
    is_block = value.style in ("|", ">")
    kept = written
    if is_block or "\n" in written or (not value.style and as_scalar(value.text) != written):
        kept = '"' + "".join(_ESCAPES.get(sign, sign) for sign in value.text) + '"'
    tail = written[len(written.rstrip(" \r\n")) :] if is_block else ""
    return (TextEdit(source.span((value.start, value.end)), f"[{kept}, {write_scalar(text)}]{tail}"),)


def _add_item(document: Document, values: Sequence, text: str) -> tuple[TextEdit, ...] | None:
    source = document.source.text
    item = write_scalar(text)
    if source[values.start : values.start + 1] == "[":
        return _add_between(document, Extent(values.start, values.end), [v.end for v in values.items], item)
    last = values.items[-1] if values.items else None
    if last is None:
        return None
    dash = _DASH.fullmatch(source, _line_start(source, last.start), last.start)
    if dash is None:
        return None
    gap = dash["gap"] or " "
    place = _line_after(source, last.end)
    return _insert(document, place, f"{dash['indent']}-{gap}{item}{line_break(source)}")


def _add_between(document: Document, extent: Extent, ends: list[int], item: str) -> tuple[TextEdit, ...]:
    """Add an item between brackets or braces, after the last one."""
    if ends:
        return _insert(document, ends[-1], f", {item}")
    return _insert(document, extent.start + 1, item)


def _insert(document: Document, offset: int, text: str) -> tuple[TextEdit, ...]:
    return (TextEdit(document.source.span((offset, offset)), text),)


def _has(value: Node, text: str) -> bool:
    items = value.items if isinstance(value, Sequence) else (value,)
    return any(isinstance(item, Scalar) and item.text.strip() == text for item in items)


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_after(text: str, offset: int) -> int:
    """Return where the line begins after the one that an offset ends on; of a block text, its own last line."""
    if offset and text[offset - 1] == "\n":
        return offset
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1
