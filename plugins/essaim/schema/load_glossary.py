"""From the `glossary:` of a `_type.yml` to the fields by which its pages explain acronyms."""

from essaim.schema.lineage import Lineage
from essaim.schema.model import GlossarySpec, PageType
from essaim.schema.roles import Role, field_in_role

_TEXT = Role(("text", "markdown"), "un champ « text » à une seule valeur")


def load_glossary(line: Lineage, page_type: PageType) -> GlossarySpec | None:
    """Return what makes a type a glossary: what it says, or else the nearest ancestor that says it."""
    options = line.mapping("glossary", "« {acronym: …, definition: …} »")
    if options is None:
        return None
    options.only(("acronym", "definition"))
    if "acronym" not in options:
        options.missing("acronym")
    for key in ("acronym", "definition"):
        field_in_role(options, key, _TEXT, page_type.fields, page_type.name)
    return GlossarySpec(acronym=options.quiet().text("acronym"), definition=options.quiet().text("definition"))
