"""From the `sections:` of a `_type.yml` to the sections its pages are expected to have."""

from collections.abc import Iterator

from essaim.schema.model import SectionSpec
from essaim.schema.options import Options

FORMS = {
    "text": "du texte",
    "numbered": "une liste numérotée (« 1. … »)",
    "bullets": "une liste à puces (« - … »)",
    "checklist": "une liste de cases à cocher (« - [ ] … »)",
    "table": "un tableau",
}
"""What the text of a section may have to be made of, each form as a report says it."""


def load_sections(options: Options) -> Iterator[SectionSpec]:
    """Yield the sections that a type declares; one without a title is reported and left out."""
    for node in options.mappings("sections"):
        inner = options.sub(node, "pour une section")
        inner.only(("title", "required", "form", "checklist"))
        title = inner.text("title")
        if "title" not in inner:
            inner.missing("title")
        form = inner.one_of("form", FORMS, "")
        required, checklist = inner.boolean("required"), _is_checklist(inner, form)
        if title:
            yield SectionSpec(title=title, required=required, form=form, checklist=checklist)


def _is_checklist(options: Options, form: str) -> bool:
    """Return whether the list of a section can be ticked: boxes can, unless it says no; what is no list cannot."""
    asked = options.boolean("checklist", default=form == "checklist")
    node = options.raw("checklist")
    has_list = form not in ("text", "table")
    if node is not None and asked and not has_list:
        options.invalid("checklist", node, f"d'être retirée : une section « {form} » n'a pas de liste à cocher")
    return asked and has_list
