"""From `includes:`, `print:` and `slides:` of a `_type.yml` to how its pages are read."""

from essaim.schema.lineage import Lineage
from essaim.schema.model import PageType
from essaim.schema.options import Options
from essaim.schema.reading import ReadingSpec
from essaim.schema.roles import ANY, Role, field_in_role
from essaim.syntax.nodes import Scalar

_PAGES = Role(("reference",), "un champ « reference »", many=ANY)
_SECTION = Role(("text",), "un champ « text » à une seule valeur")


def load_reading(line: Lineage, page_type: PageType) -> ReadingSpec:
    """Return how the pages of a type are read: each option as it says, or else as its nearest ancestor says."""
    field, section = _includes(line.saying("includes"), page_type)
    return ReadingSpec(
        includes=field,
        includes_section=section,
        prints=line.saying("print").boolean("print"),
        slides=line.saying("slides").boolean("slides"),
    )


def _includes(options: Options, page_type: PageType) -> tuple[str, str]:
    """Return the field whose pages are shown, and the one that names a section of theirs; '' for none."""
    if isinstance(options.raw("includes"), Scalar):
        return _name(options, "includes", _PAGES, page_type), ""
    node = options.mapping("includes", "un champ « reference », ou « {field: …, section: …} »")
    if node is None:
        return "", ""
    inner = options.sub(node, "pour « includes »")
    inner.only(("field", "section"))
    if "field" not in inner:
        inner.missing("field")
    return _name(inner, "field", _PAGES, page_type), _name(inner, "section", _SECTION, page_type)


def _name(options: Options, key: str, role: Role, page_type: PageType) -> str:
    field = field_in_role(options, key, role, page_type.fields, page_type.name)
    return field.name if field else ""
