"""The other cooperatives a wiki cites: `_voisins.yml` names them, beside it stand the copies of their inventories."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from posixpath import dirname, join
from types import MappingProxyType

from essaim.diagnostics import Diagnostic
from essaim.folding import fold, forms
from essaim.graph.inventory import Inventory, InventoryPage, Unusable, is_address, parse_inventory
from essaim.graph.names import Name, NameIndex
from essaim.rules import neighbours as rules
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.markdown.headings import slugify
from essaim.syntax.nodes import Entry, Scalar
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.yaml import parse_yaml_file

_KEYS = ("nom", "adresse")


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Another cooperative: the name that links use, what readers see, its site, and the copy of its inventory if any.

    `address` ends with `/`. `start` and `end` are where the name stands in `_voisins.yml`.
    """

    name: str
    label: str
    address: str
    start: int
    end: int
    inventory: Inventory | None = None

    @cached_property
    def pages(self) -> Mapping[str, InventoryPage]:
        """Its pages, by address below that of the site."""
        return {page.path: page for page in self.inventory.pages} if self.inventory else {}

    @cached_property
    def names(self) -> NameIndex:
        """The names of its pages, found as those of this wiki are."""
        by_key: dict[str, set[Name]] = {}
        for page in self.pages.values():
            texts = ((0, page.id.id), (1, page.title), *((2, alias) for alias in page.aliases))
            for rank, text in texts:
                for key in forms(text):
                    by_key.setdefault(key, set()).add(Name(page.path, page.id, rank, text))
        return NameIndex(by_key={key: tuple(sorted(names)) for key, names in by_key.items()})


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """The cooperatives that a wiki declares, by folded name."""

    by_name: Mapping[str, Neighbour]


NO_NEIGHBOURS = Neighbours(by_name=MappingProxyType({}))
"""Nobody."""


def copy_path(declaration: str, name: str) -> str:
    """Return where the copy of an inventory stands, by the path of `_voisins.yml`."""
    return join(dirname(declaration), "_voisins", f"{name}.json")


def load_neighbours(
    declaration: SourceFile, copies: Mapping[str, SourceFile]
) -> tuple[Neighbours, tuple[Diagnostic, ...]]:
    """Read the declaration and the copies, which are looked up by path."""
    declared, found = declared_neighbours(declaration)
    by_name = {}
    for neighbour in declared:
        copy = copies.get(copy_path(declaration.path, neighbour.name))
        loaded, diagnostic = _with_inventory(neighbour, declaration, copy)
        by_name[fold(neighbour.name)] = loaded
        found += (diagnostic,) if diagnostic else ()
    return Neighbours(by_name=by_name), found


def _with_inventory(
    neighbour: Neighbour, declaration: SourceFile, copy: SourceFile | None
) -> tuple[Neighbour, Diagnostic | None]:
    plain = replace(neighbour, label=neighbour.label or neighbour.name)
    if copy is None:
        extent = (neighbour.start, neighbour.end)
        return plain, rules.NO_INVENTORY.at(declaration, extent, name=neighbour.name, problem="manque")
    try:
        inventory = parse_inventory(_readable(copy))
    except Unusable as problem:
        extent = (0, min(1, len(copy.text)))
        return plain, rules.NO_INVENTORY.at(copy, extent, name=neighbour.name, problem=problem)
    return replace(plain, label=neighbour.label or inventory.name or neighbour.name, inventory=inventory), None


def _readable(copy: SourceFile) -> str:
    if copy.undecodable_at is not None:
        raise Unusable("n'est pas écrit en UTF-8")
    return copy.text


def declared_neighbours(source: SourceFile) -> tuple[tuple[Neighbour, ...], tuple[Diagnostic, ...]]:
    """Read `_voisins.yml` alone: the cooperatives, without their inventories."""
    node, found = parse_yaml_file(source)
    declared = []
    if isinstance(node, MappingNode):
        for entry in node.entries:
            problems = tuple(_check(entry, source))
            found += problems
            if not problems:
                declared.append(_declared(entry))
    elif node is not None:
        problem = "chaque coopérative s'écrit « nom-court: {adresse: https://…} »"
        found.append(rules.BAD_NEIGHBOUR.at(source, (node.start, node.end), name=source.path, problem=problem))
    return tuple(declared), tuple(found)


def _declared(entry: Entry) -> Neighbour:
    label, address = (_text(entry, key) for key in _KEYS)
    address = address if address.endswith("/") else f"{address}/"
    return Neighbour(name=entry.key.text, label=label, address=address, start=entry.key.start, end=entry.key.end)


def _text(entry: Entry, key: str) -> str:
    node = entry.value.get(key) if isinstance(entry.value, MappingNode) else None
    return " ".join(node.text.split()) if isinstance(node, Scalar) and not node.is_empty else ""


def _check(entry: Entry, source: SourceFile) -> Iterator[Diagnostic]:
    """Report what keeps a cooperative from being understood."""

    def report(node: Scalar, problem: str, suggestion: str | None = None) -> Diagnostic:
        replacement = None if node.style else suggestion
        return rules.BAD_NEIGHBOUR.at(
            source,
            (node.start, node.end),
            suggestion=suggestion,
            replacement=replacement,
            name=entry.key.text,
            problem=problem,
        )

    slug = slugify(entry.key.text).replace("_", "-").strip("-")
    if entry.key.text != slug:
        problem = "un nom court est fait de lettres minuscules sans accent, de chiffres et de traits d'union"
        yield report(entry.key, problem, slug or None)
    for inner in entry.value.entries if isinstance(entry.value, MappingNode) else ():
        if inner.key.text not in _KEYS:
            yield report(inner.key, f"« {inner.key.text} » n'existe pas ici", nearest(inner.key.text, _KEYS))
        elif not isinstance(inner.value, Scalar):
            yield report(inner.key, f"« {inner.key.text} » attend un texte")
        elif inner.key.text == "adresse" and not is_address(inner.value.text.strip()):
            yield report(inner.value, "une adresse commence par https:// et ne contient ni espace ni « ? »")
    if not _text(entry, "adresse"):
        yield report(entry.key, "il manque « adresse », l'adresse de son site")
