"""What a `_type.yml` says of its type alone: what names no field of it and no other type."""

import re
from collections.abc import Mapping
from posixpath import dirname
from types import MappingProxyType
from typing import Any

from essaim.schema.fieldtypes import FIELD_TYPES, FieldType, Invalid
from essaim.schema.lineage import Lineage
from essaim.schema.load_sections import load_sections
from essaim.schema.model import Field, PageType
from essaim.schema.options import Options
from essaim.syntax.nodes import Node, Scalar
from essaim.syntax.nodes import Sequence as SequenceNode

OPTIONS = frozenset(
    (
        "type extends label icon lot visibility share title aliases extra review_every fields "
        "departed sections rules gestures index glossary event linked_data notice flags passport "
        "includes print slides commons_when"
    ).split()
)
_WORD = re.compile(r"[\w-]+")
_LOT_EXPECTED = "un mot, comme « vie »"


def plain_type(name: str = "page") -> PageType:
    """Return the type of pages that stand in no collection: any field, any text."""
    alias = _alias_field("alias", FIELD_TYPES)
    title = Field(name="title", path="title", type=FIELD_TYPES["text"], label="Titre")
    return PageType(
        name=name,
        folder="",
        path="",
        label_one="page",
        label_many="pages",
        gender="f",
        title_field="title",
        allows_extra=True,
        fields=MappingProxyType({"title": title, "alias": alias}),
    )


def _alias_field(name: str, field_types: Mapping[str, FieldType]) -> Field:
    return Field(name=name, path=name, type=field_types["text"], label="Autres noms", many=True, accepts_single=True)


def build_type(line: Lineage, fields: dict[str, Field], field_types: Mapping[str, FieldType]) -> PageType:
    """Return a type without what names its fields, or other types: they are not known yet."""
    name, options = line.name, line.own
    alias = options.text("aliases", "alias")
    fields.setdefault(alias, _alias_field(alias, field_types))
    one, many, gender = _labels(options, name)
    return PageType(
        name=name,
        folder=dirname(options.source.path),
        path=options.source.path,
        label_one=one,
        label_many=many,
        gender=gender,
        icon=options.text("icon"),
        lot=_lot(options),
        visibility=options.visibility(),
        share=options.one_of("share", ("commons", "local", "never"), "local"),
        title_field=line.saying("title").text("title", "titre"),
        alias_field=alias,
        allows_extra=options.one_of("extra", ("error", "allow"), "error") == "allow",
        review_every=_review(options, field_types),
        fields=MappingProxyType(fields),
        sections=tuple(section for one in line.each() for section in load_sections(one)),
        gestures=tuple(_plain(node) for node in options.mappings("gestures")),
        notice=" ".join(line.saying("notice").text("notice").split()),
    )


def _labels(options: Options, name: str) -> tuple[str, str, str]:
    node = options.raw("label")
    if isinstance(node, Scalar) and node.text:
        return node.text, node.text, "m"
    node = options.mapping("label", "« {one: …, many: …, gender: m ou f} »")
    if node is None:
        return name, name, "m"
    inner = options.sub(node, "pour « label »")
    inner.only(("one", "many", "gender"))
    one = inner.text("one", name)
    return one, inner.text("many", one), inner.one_of("gender", ("m", "f"), "m")


def _lot(options: Options) -> str:
    """Return the lot of a type: a word, as `without_lots` names it."""
    node = options.scalar("lot", _LOT_EXPECTED)
    if node is None or _WORD.fullmatch(node.text):
        return node.text if node else ""
    options.invalid("lot", node, _LOT_EXPECTED)
    return ""


def _review(options: Options, field_types: Mapping[str, FieldType]) -> Any:
    node = options.scalar("review_every", field_types["duration"].expected)
    if node is None:
        return None
    value = field_types["duration"].parse(node.text, _alias_field("review_every", field_types))
    if isinstance(value, Invalid):
        options.invalid("review_every", node, field_types["duration"].expected)
        return None
    return value


def _plain(node: Node) -> Any:
    """Return a tree as plain data: texts, lists and dicts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return {entry.key.text: _plain(entry.value) for entry in node.entries}
