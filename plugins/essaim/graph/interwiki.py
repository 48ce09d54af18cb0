"""From `[[autre-cae:cible]]` to a page of another cooperative."""

from essaim.diagnostics import Diagnostic
from essaim.folding import fold
from essaim.graph.addresses import path_part
from essaim.graph.inventory import InventoryPage
from essaim.graph.model import LinkTarget
from essaim.graph.names import Name
from essaim.graph.neighbours import Neighbour, Neighbours
from essaim.pages.page import Page
from essaim.rules import links as link_rules
from essaim.rules import neighbours as rules
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.markdown import Link

_MAX_CANDIDATES = 5


def resolve_elsewhere(
    link: Link, source: SourceFile, neighbours: Neighbours
) -> tuple[LinkTarget, tuple[Diagnostic, ...]] | None:
    """Resolve a wikilink that begins with the name of another cooperative; None when it does not."""
    prefix, colon, target = link.target.partition(":")
    neighbour = neighbours.by_name.get(fold(prefix)) if colon else None
    if neighbour is None:
        return None
    missing = LinkTarget(link, "missing", place=neighbour.label)
    if neighbour.inventory is None:  # told once, of the inventory
        return missing, ()
    target = target.strip()
    found = neighbour.names.find(target)
    extent = (link.target_start, link.target_start + len(_name(link, source).rstrip()))
    if not found:
        near = neighbour.names.near(target)
        text = f"{neighbour.name}:{near.name.text}" if near else None
        told = rules.MISSING_ELSEWHERE.at(source, extent, suggestion=text, target=target, place=neighbour.label)
        return missing, (told,)
    if len({name.page for name in found}) > 1:
        candidates = _candidates(neighbour, found)
        told = link_rules.AMBIGUOUS_LINK.at(source, extent, target=link.target, candidates=candidates)
        return LinkTarget(link, "ambiguous", place=neighbour.label), (told,)
    return _with_section(link, source, neighbour, neighbour.pages[found[0].path])


def names_elsewhere(page: Page) -> bool:
    """Whether some link of a page may begin with the name of another cooperative."""
    links = (*page.document.links, *page.property_links)
    return any(":" in link.target and link.kind.is_wikilink for link in links)


def near_elsewhere(target: str, neighbours: Neighbours) -> str | None:
    """Return a target with the name of the cooperative that its beginning resembles, or None."""
    prefix, colon, rest = target.partition(":")
    near = nearest(prefix, (n.name for n in neighbours.by_name.values())) if colon else None
    return f"{near}:{rest.strip()}" if near else None


def _with_section(
    link: Link, source: SourceFile, neighbour: Neighbour, page: InventoryPage
) -> tuple[LinkTarget, tuple[Diagnostic, ...]]:
    address = neighbour.address + page.path
    target = LinkTarget(link, "neighbour", address, title=page.title, place=neighbour.label)
    wanted = link.section.rpartition("#")[2]
    if not wanted:
        return target, ()
    folded = fold(wanted)
    for section in page.sections:
        if fold(section.title) == folded or section.anchor == wanted:
            return target._replace(anchor=section.anchor), ()
    near = nearest(wanted, (section.title for section in page.sections))
    extent = (min(link.target_start + len(_name(link, source)) + 1, link.target_end), link.target_end)
    told = link_rules.MISSING_SECTION.at(source, extent, suggestion=near, page=page.title, section=wanted)
    return target, (told,)


def _name(link: Link, source: SourceFile) -> str:
    """Return the target of a link as it is written, without its section."""
    return path_part(source.text[link.target_start : link.target_end], until="#")


def _candidates(neighbour: Neighbour, names: tuple[Name, ...]) -> str:
    pages = list(dict.fromkeys(f"« {neighbour.name}:{name.page} »" for name in names))
    return ", ".join(pages[:_MAX_CANDIDATES]) + ("…" if len(pages) > _MAX_CANDIDATES else "")
