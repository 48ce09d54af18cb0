"""The fields that hold the words of an image or of a file: `alt: vue`, `name: titre`."""

from collections.abc import Mapping

from essaim.schema.model import Field, PageType
from essaim.schema.options import Options
from essaim.suggest import nearest
from essaim.syntax.nodes import Mapping as MappingNode


def caption_name(options: Options, field: Field, *, is_item: bool) -> str:
    """Return the name of the field that holds the words of a field, '' when none can."""
    key = field.type.caption
    node = options.scalar(key, "le nom d'un champ") if key else None
    if node is None:
        return ""
    if field.many or is_item:
        options.invalid(
            key, node, "d'être retirée : les mêmes mots ne disent pas plusieurs fichiers ; faites un groupe"
        )
        return ""
    return node.text


def check_captions(declared: Mapping[str, Options], types: Mapping[str, PageType]) -> None:
    """Report the words that stand in no field of text beside the field that asks for them."""
    for name, options in declared.items():
        _check(options, types[name].fields)


def _check(options: Options, fields: Mapping[str, Field]) -> None:
    node = options.raw("fields")
    for entry in node.entries if isinstance(node, MappingNode) else ():
        field = fields.get(entry.key.text)
        if field is None or not isinstance(entry.value, MappingNode):
            continue
        inner = options.sub(entry.value, "")
        _check(inner, field.fields)
        said = inner.raw(field.type.caption)
        able = [one.name for one in fields.values() if one.type.name == "text" and not one.many]
        if field.caption and said is not None and field.caption not in able:
            expected = "le nom d'un champ « text » écrit à côté de lui, sans « many »"
            inner.invalid(field.type.caption, said, expected, nearest(field.caption, able))
