"""From the `linked_data:` of a `_type.yml` to what its pages are in public vocabularies."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from essaim.folding import fold
from essaim.rules.linked_data import UNCERTAIN_WORD
from essaim.schema.lineage import Lineage
from essaim.schema.linked_data import PREFIXES, PROPERTIES, TYPES, LinkedDataSpec, PropertySource, ThingSpec
from essaim.schema.model import NO_FIELDS, Field, PageType
from essaim.schema.options import Options
from essaim.schema.roles import report_unknown
from essaim.suggest import find_close, nearest
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Scalar
from essaim.syntax.nodes import Sequence as SequenceNode

_TYPE = re.compile(r"[A-Z][A-Za-z0-9]*")
_PROPERTY = re.compile(r"[a-z][A-Za-z0-9]*")
_PREFIX = re.compile(r"[a-z][a-z0-9]*")
_PREFIXED = re.compile(r"(?P<prefix>[^:]*):[A-Za-z][\w-]*", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+")
_A_TYPE = "un type de schema.org, par exemple « HowTo », ou d'un autre vocabulaire, par exemple « pair:Group »"
_A_PROPERTY = "que ce nom soit une propriété, par exemple « name » ou « pair:partOf »"
_AN_OBJECT = "un objet « {field: …, type: …, properties: …} » : ce champ est un groupe"
_A_SOURCE = "un champ, une liste de champs, ou « {field: …, type: …, properties: …} »"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scope:
    """What a path may begin with: fields, all below `prefix`, and the relations that lead here."""

    fields: Mapping[str, Field]
    inverses: Collection[str] = ()
    prefix: str = ""


def load_linked_data(line: Lineage, page_type: PageType, inverses: Collection[str]) -> LinkedDataSpec | None:
    """Return what the pages of a type are: what it says, or else the nearest ancestor that says it."""
    options = line.mapping("linked_data", "« {type: …, properties: {…}} »")
    return _Loader(page_type, inverses).load(options) if options else None


class _Loader:
    """Reads one mapping, knowing the fields of its type; remembers the prefixes of the names it meets."""

    def __init__(self, page_type: PageType, inverses: Collection[str]) -> None:
        self._page_type = page_type
        self._scope = _Scope(fields=page_type.fields, inverses=inverses)
        self._prefixes: dict[str, str] = dict(PREFIXES)
        self._used: set[str] = set()

    def load(self, options: Options) -> LinkedDataSpec | None:
        options.only(("type", "properties", "prefixes"))
        self._prefixes |= _prefixes(options)
        thing = self._thing(options, self._scope)
        if thing is None:
            return None
        used = tuple((prefix, self._prefixes[prefix]) for prefix in sorted(self._used))
        return LinkedDataSpec(thing=thing, prefixes=used)

    def _thing(self, options: Options, scope: _Scope) -> ThingSpec | None:
        if "type" not in options:
            options.missing("type")
        nodes = options.scalars("type")
        types = tuple(node.text for node in nodes if self._is_word(options, "type", node, _TYPE, TYPES, _A_TYPE))
        node = options.mapping("properties", "une suite « propriété: champ »")
        properties = tuple(self._properties(options.sub(node, options.where), scope)) if node else ()
        return ThingSpec(types=types, properties=properties) if types else None

    def _properties(self, options: Options, scope: _Scope) -> Iterator[tuple[str, tuple[PropertySource, ...]]]:
        for key, value in options.node.entries:
            is_known = self._is_word(options, key.text, key, _PROPERTY, PROPERTIES, _A_PROPERTY)
            nodes = value.items if isinstance(value, SequenceNode) else (value,)
            found = [self._source(options, key.text, node, scope) for node in nodes]
            sources = tuple(source for source in found if source is not None)
            if is_known and sources:
                yield key.text, sources

    def _source(self, options: Options, name: str, node: Node, scope: _Scope) -> PropertySource | None:
        if isinstance(node, Scalar) and node.text.strip():
            path, field = self._path(options, node, scope)
            if field is not None and field.fields:
                options.invalid(name, node, _AN_OBJECT)
                return None
            return PropertySource(path=path) if path else None
        if not isinstance(node, MappingNode):
            options.invalid(name, node, _A_SOURCE)
            return None
        inner = options.sub(node, f"pour « {name} »")
        if "value" in inner:
            return _constant(inner)
        if "field" in inner:
            return self._from_field(inner, scope)
        inner.only(("field", "value", "values", "type", "properties", "link"))
        is_index = bool(inner.one_of("link", ("index",), ""))
        thing = self._thing(inner, scope)
        return PropertySource(thing=thing, is_index=is_index) if thing else None

    def _from_field(self, inner: Options, scope: _Scope) -> PropertySource | None:
        inner.only(("field", "type", "properties", "values"))
        node = inner.scalar("field", "un champ")
        path, field = self._path(inner, node, scope) if node else ((), None)
        if not path:
            return None
        if "values" in inner:
            words = tuple(_words(inner, field.choices if field else NO_FIELDS))
            return PropertySource(path=path, words=words) if words else None
        fields = field.fields if field else NO_FIELDS
        if "properties" in inner and not fields:
            inner.invalid("properties", inner.raw("properties") or inner.node, "un champ de type « group »")
            return None
        thing = self._thing(inner, _Scope(fields=fields, prefix=f"{'.'.join(path)}."))
        return PropertySource(path=path, thing=thing) if thing else None

    def _path(self, options: Options, node: Scalar, scope: _Scope) -> tuple[tuple[str, ...], Field | None]:
        """Follow a path through groups to a field, or to None for a relation; no steps where it leads nowhere."""
        steps, fields, field = node.text.split("."), scope.fields, None
        if node.text in scope.inverses and node.text not in fields:
            return (node.text,), None
        for step in steps:
            if step not in fields:
                self._report_path(options, node, scope)
                return (), None
            field = _innermost(fields[step])
            fields = field.fields
        return tuple(steps), field

    def _report_path(self, options: Options, node: Scalar, scope: _Scope) -> None:
        paths = [inner.path.removeprefix(scope.prefix) for top in scope.fields.values() for inner in top.walk()]
        near = nearest(node.text, [*paths, *scope.inverses])
        report_unknown(options, node, near, node.text, self._page_type.name)

    def _is_word(
        self, options: Options, key: str, node: Scalar, shape: re.Pattern[str], known: Collection[str], expected: str
    ) -> bool:
        """Whether a text may name something in a vocabulary; report it if not, or if it looks misspelt."""
        prefixed = _PREFIXED.fullmatch(node.text)
        if prefixed is not None:
            return self._is_prefix(options, key, node, prefixed["prefix"])
        if shape.fullmatch(node.text) is None:
            options.invalid(key, node, expected, nearest(node.text, known))
            return False
        near = _likely(node.text, known) if node.text not in known else None
        if near is not None:
            words: dict[str, Any] = {"word": node.text, "near": near}
            options.found.append(
                UNCERTAIN_WORD.at(options.source, (node.start, node.end), suggestion=near, replacement=near, **words)
            )
        return True

    def _is_prefix(self, options: Options, key: str, node: Scalar, prefix: str) -> bool:
        if prefix in self._prefixes:
            self._used.add(prefix)
            return True
        names = ", ".join(f"« {known}: »" for known in sorted(self._prefixes))
        near = nearest(prefix, self._prefixes)
        suggestion = f"{near}{node.text.removeprefix(prefix)}" if near else None
        options.invalid(key, node, f"un préfixe connu ({names}) ou déclaré sous « prefixes »", suggestion)
        return False


def _prefixes(options: Options) -> Iterator[tuple[str, str]]:
    """Yield the vocabularies that a type declares."""
    node = options.mapping("prefixes", "une suite « préfixe: adresse »")
    for entry in node.entries if node else ():
        address = entry.value
        if not _PREFIX.fullmatch(entry.key.text):
            options.invalid(entry.key.text, entry.key, "que ce préfixe soit en lettres minuscules, sans accent")
        elif not isinstance(address, Scalar) or not _ADDRESS.fullmatch(address.text):
            place = address if address.end > address.start else entry.key
            options.invalid(entry.key.text, place, "une adresse entière, par exemple « https://exemple.fr/mots# »")
        else:
            yield entry.key.text, address.text


def _constant(inner: Options) -> PropertySource | None:
    inner.only(("value",))
    node = inner.scalar("value")
    if node is None:
        return None
    is_bare = not node.style
    return PropertySource(value={"true": True, "false": False}.get(node.text, node.text) if is_bare else node.text)


def _words(inner: Options, choices: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a property says for each choice."""
    if not choices:
        inner.invalid("values", inner.raw("values") or inner.node, "un champ de type « choice »")
        return
    node = inner.mapping("values", "une suite « choix: texte »")
    if node is not None:
        words = inner.sub(node, "parmi les choix de ce champ")
        words.only(choices.keys())
        yield from ((choice, word) for choice in choices if (word := words.text(choice)))


def _innermost(field: Field) -> Field:
    while field.item is not None:
        field = field.item
    return field


def _likely(word: str, known: Collection[str]) -> str | None:
    """Return the known word that another one most likely is with a slip: a close one that exists is no mistake."""
    by_key = {fold(name): name for name in sorted(known, reverse=True)}
    slips = 2 if len(word) >= 10 else 1
    close = [(distance, by_key[key]) for distance, key in find_close(fold(word), by_key.keys()) if distance <= slips]
    return min(close)[1] if close else None
