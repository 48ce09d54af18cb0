"""From the `passport:` of a `_type.yml` to what makes its pages passports."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from essaim.schema.lineage import Lineage
from essaim.schema.model import Field, PageType
from essaim.schema.options import Options
from essaim.schema.passport import PassportSpec
from essaim.schema.paths import Lost, Scope, follow_path, nearest_path
from essaim.schema.roles import ANY, SEVERAL, Role, field_in_role, report_unknown

_SHAPE = "« {steps: …, title: …, text: …, after: …, pages: …, page_steps: …} »"
_TEXTS = ("text", "markdown")
_A_PATH = "le chemin d'un champ « text » des fiches citées, par exemple « etapes.titre »"


_STEPS = Role(("group",), "un champ « group » avec « many: true », qui n'est pas dans un autre champ", SEVERAL)
_ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "title": Role(_TEXTS, "un champ « text » du groupe, à une seule valeur"),
        "text": Role(_TEXTS, "un champ « text » du groupe, à une seule valeur"),
        "after": Role(("integer",), "un champ « integer » du groupe, à une seule valeur"),
        "pages": Role(("reference",), "un champ « reference » du groupe", many=ANY),
    }
)


def load_passport(line: Lineage, page_type: PageType, scope: Scope) -> PassportSpec | None:
    """Return what makes the pages of a type passports: what it says, or else the nearest ancestor that says it."""
    options = line.mapping("passport", _SHAPE)
    return _read(options, page_type, scope) if options else None


def _read(options: Options, page_type: PageType, scope: Scope) -> PassportSpec | None:
    options.only(("steps", *_ROLES, "page_steps"))
    for key in ("steps", "title"):
        if key not in options:
            options.missing(key)
    group = field_in_role(options, "steps", _STEPS, page_type.fields, page_type.name)
    if group is None:
        return None
    fields = {
        key: field_in_role(options, key, role, group.fields, page_type.name, f"{group.name}.")
        for key, role in _ROLES.items()
    }
    if fields["title"] is None:
        return None
    names = {key: field.name if field else "" for key, field in fields.items()}
    return PassportSpec(steps=group.name, **names, page_steps=_page_steps(options, fields["pages"], scope))


def _page_steps(options: Options, pages: Field | None, scope: Scope) -> tuple[str, ...]:
    """Return the path from the pages of a step to texts of theirs; (), with a report, when it leads nowhere."""
    node = options.scalar("page_steps", _A_PATH)
    if node is None:
        return ()
    if pages is None:
        if "pages" not in options:
            options.missing("pages")
        return ()
    types = {name: one for name, one in scope.types.items() if not one.is_abstract}
    asked = replace(scope, page_types=tuple(types[name] for name in pages.to or types if name in types))
    steps = tuple(node.text.split("."))
    way = follow_path(steps, asked)
    if isinstance(way, Lost):
        near = nearest_path(steps, way)
        report_unknown(options, node, near, steps[way.step], ", ".join(pages.to) or "page")
        return ()
    if any(field.type.name not in _TEXTS for field in way.inner) or not way.fields:
        options.invalid("page_steps", node, _A_PATH)
        return ()
    return steps
