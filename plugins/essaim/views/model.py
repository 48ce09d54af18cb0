"""The first text of a new page."""

import re
from collections.abc import Iterator
from datetime import date

from essaim.folding import forms
from essaim.schema.model import Field, PageType

_RESERVED = frozenset({"aux", "con", "index", "nul", "prn", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))})
_PLAIN = re.compile(r"(?!null$)[^\W\d_](?:[\w ,.()'’·-]|:(?=\S))*")
_PLACE = re.compile(r"(?P<key>: *)?(?P<quote>[\"']?)\{\{ *titre *\}\}(?P=quote)")
_SUFFIX = "-fiche"


def page_name(title: str) -> str:
    """Return the file stem, and so the id, of a page by its title: plain letters, digits and hyphens.

    >>> page_name("Devenir associé·e")
    'devenir-associee'
    """
    words = re.findall(r"[a-z0-9]+", forms(title)[-1].encode("ascii", "ignore").decode())
    name = "-".join(words)[:80].strip("-")
    return (name or "sans-titre") + (_SUFFIX if name in _RESERVED else "")


def page_text(page_type: PageType, title: str, today: date, model: str | None) -> str:
    """Return the text of a new page: the model of its type, its `{{ titre }}` and `{{ date }}` filled in.

    Without a model, the fields that the type requires, and its sections.
    """
    if model is None:
        model = _default_model(page_type)
    in_quotes = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def write(place: re.Match[str]) -> str:
        if not place["key"] and not place["quote"]:
            return title
        return (place["key"] or "") + (title if _PLAIN.fullmatch(title) and not place["quote"] else in_quotes)

    filled = _PLACE.sub(write, model)
    return re.sub(r"\{\{ *date *\}\}", today.isoformat(), filled)


def _default_model(page_type: PageType) -> str:
    lines = ["---", f"{page_type.title_field}: {{{{ titre }}}}"]
    for field in page_type.fields.values():
        if field.required and field.name != page_type.title_field:
            lines += _field_lines(field, "")
    lines += ["---", ""]
    for section in page_type.sections:
        start = {"numbered": "1. ", "bullets": "- ", "checklist": "- [ ] "}.get(section.form, "")
        lines += [f"## {section.title}", "", start, ""]
    return "\n".join(lines).rstrip() + "\n"


def _field_lines(field: Field, indent: str) -> Iterator[str]:
    if field.help:
        yield from (f"{indent}# {line}" for line in field.help.splitlines())
    elif field.choices:
        yield f"{indent}# {', '.join(field.choices)}"
    value = "{{ date }}" if field.type.name == "date" else "[]" if field.many and not field.fields else ""
    yield f"{indent}{field.name}: {value}".rstrip()
    for number, part in enumerate(inner for inner in field.fields.values() if inner.required):
        lead = "  - " if field.many and number == 0 else "    " if field.many else "  "
        *_, line = _field_lines(part, "")
        yield f"{indent}{lead}{line}"
