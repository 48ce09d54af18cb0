"""From the `passport:` of a `_type.yml` to what makes its pages passports."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from essaim.rules import types as rules
from essaim.schema.model import Field, PageType
from essaim.schema.options import Options
from essaim.schema.passport import PassportSpec
from essaim.schema.paths import Lost, Scope, follow_path, nearest_path
from essaim.suggest import nearest
from essaim.syntax.nodes import Scalar

_SHAPE = "« {steps: …, title: …, text: …, after: …, pages: …, page_steps: …} »"
_TEXTS = ("text", "markdown")
_A_PATH = "le chemin d'un champ « text » des fiches citées, par exemple « etapes.titre »"


class _Role(NamedTuple):
    """What a field of the group is to a step: the types it may have, if it may have several values, how to say it."""

    kinds: tuple[str, ...]
    expected: str
    many: bool = False


_STEPS = "un champ « group » avec « many: true », qui n'est pas dans un autre champ"
_ROLES: Mapping[str, _Role] = MappingProxyType(
    {
        "title": _Role(_TEXTS, "un champ « text » du groupe, à une seule valeur"),
        "text": _Role(_TEXTS, "un champ « text » du groupe, à une seule valeur"),
        "after": _Role(("integer",), "un champ « integer » du groupe, à une seule valeur"),
        "pages": _Role(("reference",), "un champ « reference » du groupe", many=True),
    }
)


def load_passport(
    line: Sequence[str], declared: Mapping[str, Options], page_type: PageType, scope: Scope
) -> PassportSpec | None:
    """Return what makes the pages of a type passports: what it says, or else the nearest ancestor that says it.

    `line` names its ancestors, farthest first, then itself; the ancestors' mistakes are theirs to report.
    """
    name = next((name for name in reversed(line) if "passport" in declared[name]), None)
    if name is None:
        return None
    options = declared[name]
    if name != line[-1]:
        options = Options(options.source, options.node, [], options.where)
    node = options.mapping("passport", _SHAPE)
    return _read(options.sub(node, "pour « passport »"), page_type, scope) if node else None


def _read(options: Options, page_type: PageType, scope: Scope) -> PassportSpec | None:
    options.only(("steps", *_ROLES, "page_steps"))
    for key in ("steps", "title"):
        if key not in options:
            options.missing(key)
    group = _steps(options, page_type)
    if group is None:
        return None
    fields = {key: _field(options, key, role, group, page_type) for key, role in _ROLES.items()}
    if fields["title"] is None:
        return None
    names = {key: field.name if field else "" for key, field in fields.items()}
    return PassportSpec(steps=group.name, **names, page_steps=_page_steps(options, fields["pages"], scope))


def _steps(options: Options, page_type: PageType) -> Field | None:
    node = options.scalar("steps", "le nom d'un champ")
    field = page_type.fields.get(node.text) if node else None
    if node is not None and field is None:
        _unknown(options, node, nearest(node.text, page_type.fields), page_type.name)
    elif node is not None and field is not None and (field.type.name != "group" or not field.many):
        fitting = (f.name for f in page_type.fields.values() if f.type.name == "group" and f.many)
        options.invalid("steps", node, _STEPS, nearest(node.text, fitting))
        return None
    return field


def _field(options: Options, key: str, role: _Role, group: Field, page_type: PageType) -> Field | None:
    """Return the field of the group that a key names; None, with a report, when there is none that fits."""
    node = options.scalar(key, "le nom d'un champ du groupe")
    field = group.fields.get(node.text) if node else None
    if node is not None and field is None:
        _unknown(options, node, nearest(node.text, group.fields), page_type.name, f"{group.name}.")
    elif node is not None and field is not None and not _fits(field, role):
        fitting = (f.name for f in group.fields.values() if _fits(f, role))
        options.invalid(key, node, role.expected, nearest(node.text, fitting))
        return None
    return field


def _fits(field: Field, role: _Role) -> bool:
    return field.type.name in role.kinds and (role.many or not field.many)


def _unknown(options: Options, node: Scalar, near: str | None, type_name: str, prefix: str = "") -> None:
    words: dict[str, Any] = {"field": prefix + node.text, "type": type_name}
    extent = (node.start, node.end)
    options.found.append(rules.UNKNOWN_FIELD.at(options.source, extent, suggestion=near, replacement=near, **words))


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
        words: dict[str, Any] = {"field": steps[way.step], "type": ", ".join(pages.to) or "page"}
        extent = (node.start, node.end)
        options.found.append(
            rules.UNKNOWN_FIELD.at(options.source, extent, suggestion=near, replacement=near, **words)
        )
        return ()
    if any(field.type.name not in _TEXTS for field in way.inner) or not way.fields:
        options.invalid("page_steps", node, _A_PATH)
        return ()
    return steps
