"""From the `_type.yml` files of a wiki to its `Schema`."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from posixpath import dirname
from types import MappingProxyType
from typing import Any

from essaim.diagnostics import Diagnostic
from essaim.rules import frontmatter
from essaim.rules import types as rules
from essaim.schema.captions import check_captions
from essaim.schema.fieldtypes import FIELD_TYPES, FieldType, Invalid
from essaim.schema.forbidden import ForbiddenWords
from essaim.schema.load_computed import load_computed
from essaim.schema.load_departed import load_departed
from essaim.schema.load_events import load_event
from essaim.schema.load_fields import FieldLoader
from essaim.schema.load_flags import load_flags
from essaim.schema.load_linked_data import load_linked_data
from essaim.schema.load_passport import load_passport
from essaim.schema.load_reading import load_reading
from essaim.schema.load_rules import check_relations, check_types, load_index_condition, load_rules
from essaim.schema.model import DeclaredRule, Field, GlossarySpec, IndexSpec, PageType, Schema, SectionSpec
from essaim.schema.options import Options
from essaim.schema.paths import Scope
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Scalar
from essaim.syntax.nodes import Sequence as SequenceNode
from essaim.syntax.yaml import parse_yaml_file

FORMS = {
    "text": "du texte",
    "numbered": "une liste numérotée (« 1. … »)",
    "bullets": "une liste à puces (« - … »)",
    "checklist": "une liste de cases à cocher (« - [ ] … »)",
    "table": "un tableau",
}
_OPTIONS = frozenset(
    (
        "type extends label icon lot visibility share title aliases extra review_every fields "
        "departed sections rules gestures index glossary event linked_data notice flags passport "
        "includes print slides"
    ).split()
)
_RESERVES = re.compile("visib|memb", re.IGNORECASE)
_DEPARTED = re.compile(r"^\s*departed\s*:", re.MULTILINE)
_WORD = re.compile(r"[\w-]+")
_LOT_EXPECTED = "un mot, comme « vie »"
_LOT = re.compile(r"""^\s*lots?\s*:\s*["']?([^\s"'#]+)""", re.MULTILINE)


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
    is_whole = len(declared) == len(sources)  # else what is missing may be there, unread
    names = {name for name in declared if not name.startswith("_")}
    loader = FieldLoader(field_types, names, is_whole=is_whole)
    own = {name: loader.load(options, "fields") for name, options in declared.items()}
    types: dict[str, PageType] = {}
    for name, options in declared.items():
        line = _lineage(name, declared)
        title = next((declared[a].text("title") for a in reversed(line) if "title" in declared[a]), "titre")
        types[name] = _build(name, options, _merge([own[ancestor] for ancestor in line]), title, field_types)
        notice = next((declared[a].text("notice") for a in reversed(line) if "notice" in declared[a]), "")
        types[name] = replace(types[name], glossary=_glossary_of(line, declared), notice=" ".join(notice.split()))
        if line[0] != name:
            types[name] = replace(types[name], sections=_sections_of(line, declared, found=[]))
        if "visibility" not in options and any(_may_reserve(declared[one], declared) for one in line):
            types[name] = replace(types[name], visibility="members")
    inverses = Schema(types=types, plain=plain_type())
    check_types(declared, inverses)
    check_captions(declared, types)
    check_relations(declared, inverses, own)
    scope = Scope(page_types=(), types=inverses.types, inverses_of=inverses.inverses_of)
    lines = {name: _lineage(name, declared) for name in declared}
    for name, computed in load_computed(lines, declared, inverses).items():
        types[name] = replace(types[name], computed=MappingProxyType(computed))
    for name in declared:
        bound = [
            rule
            for ancestor in _lineage(name, declared)
            for rule in load_rules(declared[ancestor], types[name], inverses, report=ancestor == name)
        ]
        flags = [
            flag
            for ancestor in _lineage(name, declared)
            for flag in load_flags(declared[ancestor], types[name], inverses, report=ancestor == name)
        ]
        linked_data = load_linked_data(_lineage(name, declared), declared, types[name], inverses.inverses_of(name))
        meant_for = _visibility(types[name])
        departed = load_departed(_lineage(name, declared), declared, types[name], inverses)
        is_doubtful = departed is None and any("departed" in declared[one] for one in _lineage(name, declared))
        types[name] = replace(
            types[name],
            rules=tuple(rule for rule in bound if isinstance(rule, DeclaredRule)),
            forbidden=tuple(rule for rule in bound if isinstance(rule, ForbiddenWords)),
            flags=tuple(flags),
            visibility="nobody" if is_doubtful or types[name].lot in without_lots else meant_for,
            meant_for=meant_for,
            linked_data=linked_data,
            departed=departed,
            event=load_event(_lineage(name, declared), declared, types[name]),
            passport=load_passport(_lineage(name, declared), declared, types[name], scope),
            reading=load_reading(_lineage(name, declared), declared, types[name]),
            index=load_index_condition(declared[name], types[name], inverses),
        )
    schema = Schema(
        types=MappingProxyType(types),
        plain=plain_type(),
        reserved=frozenset(_reserved_folders(sources, declared)),
        left_out=frozenset(_left_out_folders(sources, declared, without_lots)),
        is_whole=is_whole,
    )
    return schema, found


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
        options.only(_OPTIONS)
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
        _check_extends(options, declared)
    return declared


def _check_extends(options: Options, declared: Mapping[str, Options]) -> None:
    for parent in options.scalars("extends"):
        extent = (parent.start, parent.end)
        if parent.text not in declared:
            near = nearest(parent.text, set(declared) - {options.text("type")})
            words: dict[str, Any] = {"suggestion": near, "replacement": near}
            options.found.append(rules.UNKNOWN_PAGE_TYPE.at(options.source, extent, **words, type=parent.text))
            continue
        chain = _climb(options.text("type"), declared)
        if chain is not None and parent.text in chain:
            cycle = " → ".join(chain)
            options.found.append(rules.EXTENDS_CYCLE.at(options.source, extent, cycle=cycle))


def _climb(name: str, declared: Mapping[str, Options]) -> list[str] | None:
    """Return the chain from a type back to itself through `extends`, if there is one."""
    trails = [[name]]
    while trails:
        trail = trails.pop()
        for parent in declared[trail[-1]].scalars("extends") if trail[-1] in declared else ():
            if parent.text == name:
                return [*trail, name]
            if parent.text not in trail:
                trails.append([*trail, parent.text])
    return None


def _lineage(name: str, declared: Mapping[str, Options]) -> list[str]:
    """Return a type's ancestors, farthest first, then the type itself."""
    line: list[str] = []

    def visit(current: str, trail: tuple[str, ...]) -> None:
        for parent in declared[current].scalars("extends"):
            if parent.text in declared and parent.text not in trail:
                visit(parent.text, (*trail, parent.text))
        if current not in line:
            line.append(current)

    visit(name, (name,))
    return line


def _is_reserved(options: Options) -> bool:
    """Whether a type keeps its pages for members, and so those of the types that extend it unless they say."""
    return Options(options.source, options.node, [], options.where).visibility() == "members"


def _visibility(page_type: PageType) -> str:
    """Return who is shown the pages of a type: members where their title is for members, as titles are everywhere."""
    title = page_type.fields.get(page_type.title_field)
    return page_type.visibility if title is None or title.visibility == "public" else "members"


def _may_reserve(options: Options, declared: Mapping[str, Options]) -> bool:
    """Whether a type keeps pages for members, or extends one that nobody finds and that may."""
    return _is_reserved(options) or any(parent.text not in declared for parent in options.scalars("extends"))


def _reserved_folders(sources: Sequence[SourceFile], declared: Mapping[str, Options]) -> Iterator[str]:
    """Yield the folders whose file declares no type, though it speaks of keeping something for members."""
    read = {o.source.path for name, o in declared.items() if not (name.startswith("_") and _is_reserved(o))}
    for source in sources:
        if source.path not in read and _RESERVES.search(source.text):
            yield dirname(source.path)


def _left_out_folders(
    sources: Sequence[SourceFile], declared: Mapping[str, Options], without_lots: Collection[str]
) -> Iterator[str]:
    """Yield the folders whose file declares no type, though it names a lot that is left out, or people who left."""
    read = {options.source.path for options in declared.values()}
    for source in sources:
        lots = (match[1] for match in _LOT.finditer(source.text))
        hides = any(lot in without_lots for lot in lots) or _DEPARTED.search(source.text)
        if source.path not in read and hides:
            yield dirname(source.path)


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


def _alias_field(name: str, field_types: Mapping[str, FieldType]) -> Field:
    return Field(name=name, path=name, type=field_types["text"], label="Autres noms", many=True, accepts_single=True)


def _build(
    name: str, options: Options, fields: dict[str, Field], title: str, field_types: Mapping[str, FieldType]
) -> PageType:
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
        title_field=title,
        alias_field=alias,
        allows_extra=options.one_of("extra", ("error", "allow"), "error") == "allow",
        review_every=_review(options, field_types),
        fields=MappingProxyType(fields),
        sections=_sections(options),
        gestures=tuple(_plain(node) for node in options.mappings("gestures")),
        index=_index(options),
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


def _sections_of(
    line: list[str], declared: Mapping[str, Options], found: list[Diagnostic]
) -> tuple[SectionSpec, ...]:
    """Gather the sections of a type and its ancestors; the ancestors' mistakes are theirs to report."""
    quiet = [Options(declared[n].source, declared[n].node, found, declared[n].where) for n in line]
    return tuple(section for options in quiet for section in _sections(options))


def _sections(options: Options) -> tuple[SectionSpec, ...]:
    sections = []
    for node in options.mappings("sections"):
        inner = options.sub(node, "pour une section")
        inner.only(("title", "required", "form", "checklist"))
        title = inner.text("title")
        if "title" not in inner:
            inner.missing("title")
        form = inner.one_of("form", FORMS, "")
        required, checklist = inner.boolean("required"), _is_checklist(inner, form)
        if title:
            sections.append(SectionSpec(title=title, required=required, form=form, checklist=checklist))
    return tuple(sections)


def _is_checklist(options: Options, form: str) -> bool:
    """Return whether the list of a section can be ticked: boxes can, unless it says no; what is no list cannot."""
    asked = options.boolean("checklist", default=form == "checklist")
    node = options.raw("checklist")
    has_list = form not in ("text", "table")
    if node is not None and asked and not has_list:
        options.invalid("checklist", node, f"d'être retirée : une section « {form} » n'a pas de liste à cocher")
    return asked and has_list


def _index(options: Options) -> IndexSpec | None:
    node = options.mapping("index", "« {view: cards, facets: […], sort: … } »")
    if node is None:
        return None
    inner = options.sub(node, "pour « index »")
    inner.only(("view", "facets", "columns", "sort", "where"))
    return IndexSpec(
        view=inner.one_of("view", ("cards", "table", "list"), "list"),
        facets=tuple(s.text for s in inner.scalars("facets")),
        columns=tuple(s.text for s in inner.scalars("columns")),
        sort=inner.text("sort"),
    )


def _glossary_of(line: list[str], declared: Mapping[str, Options]) -> GlossarySpec | None:
    """Return what makes a type a glossary: what it says, or else the nearest ancestor that says it."""
    for name in reversed(line):
        options = declared[name]
        if "glossary" in options:
            own = name == line[-1]
            return _glossary(options if own else Options(options.source, options.node, [], options.where))
    return None


def _glossary(options: Options) -> GlossarySpec | None:
    node = options.mapping("glossary", "« {acronym: …, definition: …} »")
    if node is None:
        return None
    inner = options.sub(node, "pour « glossary »")
    inner.only(("acronym", "definition"))
    if "acronym" not in inner:
        inner.missing("acronym")
    return GlossarySpec(acronym=inner.text("acronym"), definition=inner.text("definition"))


def _plain(node: Node) -> Any:
    """Return a tree as plain data: texts, lists and dicts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return {entry.key.text: _plain(entry.value) for entry in node.entries}
