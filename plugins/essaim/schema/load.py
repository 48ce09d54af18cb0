"""From the `_type.yml` files of a wiki to its `Schema`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from essaim.diagnostics import Diagnostic
from essaim.rules import frontmatter
from essaim.rules import types as rules
from essaim.schema.captions import check_captions
from essaim.schema.fieldtypes import FIELD_TYPES, FieldType
from essaim.schema.forbidden import ForbiddenWords
from essaim.schema.lineage import Lineage, check_extends, lineages
from essaim.schema.load_computed import load_computed
from essaim.schema.load_departed import load_departed
from essaim.schema.load_events import load_event
from essaim.schema.load_fields import FieldLoader
from essaim.schema.load_flags import load_flags
from essaim.schema.load_glossary import load_glossary
from essaim.schema.load_hidden import inherits_reserve, left_out_folders, reserved_folders
from essaim.schema.load_index import load_index
from essaim.schema.load_linked_data import load_linked_data
from essaim.schema.load_passport import load_passport
from essaim.schema.load_reading import load_reading
from essaim.schema.load_rules import check_relations, check_titles, load_rules, read_condition
from essaim.schema.load_type import OPTIONS, build_type, plain_type
from essaim.schema.model import DeclaredRule, Field, PageType, Schema
from essaim.schema.options import Options
from essaim.source import SourceFile
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.yaml import parse_yaml_file


def load_schema(
    sources: Sequence[SourceFile],
    field_types: Mapping[str, FieldType] = FIELD_TYPES,
    without_lots: Collection[str] = (),
) -> tuple[Schema, list[Diagnostic]]:
    """Read all `_type.yml` files; what is wrong in one is reported and left out, the rest stands.

    The types of `without_lots` are shown to nobody.
    """
    found: list[Diagnostic] = []
    declared = _read_all(sources, found)
    lines = lineages(declared)
    is_whole = len(declared) == len(sources)  # else what is missing may be there, unread
    names = {name for name in declared if not name.startswith("_")}
    loader = FieldLoader(field_types, names, is_whole=is_whole)
    own = {name: loader.load(options, "fields") for name, options in declared.items()}
    types = {
        name: build_type(line, _merge([own[ancestor] for ancestor in line.options]), field_types)
        for name, line in lines.items()
    }
    for name, line in lines.items():
        if inherits_reserve(line, declared):
            types[name] = replace(types[name], visibility="members")
    known = Schema(types=types, plain=plain_type())  # it knows what is bound as soon as it is
    check_titles(declared, known)
    check_captions(declared, types)
    check_relations(declared, known, own)
    for name, computed in load_computed(lines, known).items():
        types[name] = replace(types[name], computed=MappingProxyType(computed))
    for name, line in lines.items():
        types[name] = _shown_to(_bound(line, types[name], known), line, without_lots)
    schema = Schema(
        types=MappingProxyType(types),
        plain=plain_type(),
        reserved=frozenset(reserved_folders(sources, declared)),
        left_out=frozenset(left_out_folders(sources, declared, without_lots)),
        is_whole=is_whole,
    )
    return schema, found


def _bound(line: Lineage, page_type: PageType, schema: Schema) -> PageType:
    """Return a type with what it says of the fields and of the types that it names."""
    scope = schema.scope_of(page_type)
    rules = [rule for options in line.each() for rule in load_rules(options, scope)]
    flags = [flag for options in line.each() for flag in load_flags(options, page_type, schema)]
    return replace(
        page_type,
        rules=tuple(rule for rule in rules if isinstance(rule, DeclaredRule)),
        forbidden=tuple(rule for rule in rules if isinstance(rule, ForbiddenWords)),
        flags=tuple(flags),
        glossary=load_glossary(line, page_type),
        linked_data=load_linked_data(line, page_type, schema.inverses_of(page_type.name)),
        departed=load_departed(line, page_type, scope),
        event=load_event(line, page_type),
        passport=load_passport(line, page_type, scope),
        reading=load_reading(line, page_type),
        index=load_index(line.own, page_type, schema),
        commons_when=read_condition(line.own, "commons_when", scope),
    )


def _shown_to(page_type: PageType, line: Lineage, without_lots: Collection[str]) -> PageType:
    """Return a type with whom its pages are written for and shown to: members where its title is, as titles are
    everywhere; nobody when it is left out, or when who left cannot be told.
    """
    title = page_type.fields.get(page_type.title_field)
    meant_for = page_type.visibility if title is None or title.visibility == "public" else "members"
    is_doubtful = page_type.departed is None and "departed" in line.saying("departed")
    is_hidden = is_doubtful or page_type.lot in without_lots
    return replace(page_type, visibility="nobody" if is_hidden else meant_for, meant_for=meant_for)


def _read_all(sources: Sequence[SourceFile], found: list[Diagnostic]) -> dict[str, Options]:
    """Return the options of each declared type, by its name, in the order of their paths."""
    declared: dict[str, Options] = {}
    for source in sorted(sources, key=lambda s: s.path):
        node, problems = parse_yaml_file(source)
        found += problems
        if not isinstance(node, MappingNode):
            if not problems:
                found.append(frontmatter.NOT_A_MAPPING.at(source, (0, min(1, len(source.text)))))
            continue
        options = Options(source, node, found, "dans un fichier _type.yml")
        options.only(OPTIONS)
        name = options.scalar("type", "le nom du type")
        if name is None:
            if "type" not in options:
                options.missing("type")
        elif name.text in declared:
            other = declared[name.text].source.path
            extent = (name.start, name.end)
            found.append(rules.DUPLICATE_TYPE.at(source, extent, type=name.text, other=other))
        else:
            declared[name.text] = options
    for options in declared.values():
        check_extends(options, declared)
    return declared


def _merge(line: list[dict[str, Field]]) -> dict[str, Field]:
    """Return the fields of a type: those its ancestors put first, its own, then what else it inherits.

    Title and summary open a page whoever declares them; a field declared again is the nearest one.
    """
    merged: dict[str, Field] = {}
    for fields in line:
        merged |= fields
    first = list(merged)[:2] if len(line) > 1 else []
    order = dict.fromkeys([*first, *line[-1], *merged])
    return {name: merged[name] for name in order}
