"""Taking a page away: what named it names another, or is told."""

from essaim.graph.naming import Naming, namings_of
from essaim.source import SourceFile
from essaim.workspace.analysis import Analysis
from essaim.workspace.incremental import update
from essaim.workspace.plan import Place, Plan, Refused, doubtful, verify
from essaim.workspace.rename import add_redirections, by_source, changes, check_readable
from essaim.workspace.rewriting import made, replace_edits


def plan_replace(analysis: Analysis, old: str, other: str) -> Plan:
    """Return what it takes to put another page in the place of one; raise Refused if that would break anything.

    The names of the page that goes do not become other names of the other: they may not fit it.
    """
    check_readable(analysis, old)
    if old == other:
        raise Refused("une fiche ne peut pas se remplacer elle-même : nommez-en une autre.")
    graph, page = analysis.graph, analysis.graph.pages[other]
    names, _ = graph.names.replace([graph.pages[old]], [])
    found = [naming for naming in namings_of(graph, old) if naming.source != old]
    namings = [naming for naming in found if isinstance(naming, Naming)]
    _check_types(analysis, namings, other)
    before = {old: analysis.sources[old]}
    after: dict[str, SourceFile] = {}
    for path, places in by_source(analysis, namings).items():
        source = analysis.sources[path]
        before[path], after[path] = source, made(source, replace_edits(source, places, page, names, path))
    pages = len(after)
    add_redirections(analysis, old, page, names, before, after)
    verify(analysis, update(analysis, changes(after, old)), {old: other}, gone=old)
    left = doubtful(analysis, found, (graph.pages[old].id.id, old))
    return Plan(old=old, new=other, before=before, after=after, links=len(namings), pages=pages, left=left)


def plan_remove(analysis: Analysis, old: str, *, force: bool = False) -> Plan:
    """Return what taking a page away changes; raise Refused if others name it, unless forced to leave them so."""
    check_readable(analysis, old)
    found = [naming for naming in namings_of(analysis.graph, old) if naming.source != old]
    places = tuple(_place(analysis, naming) for naming in found if isinstance(naming, Naming))
    if places and not force:
        raise Refused(f"d'autres fiches citent « {old} »", places)
    names, _ = analysis.graph.names.replace([analysis.graph.pages[old]], [])
    before = {old: analysis.sources[old]}
    after: dict[str, SourceFile] = {}
    add_redirections(analysis, old, None, names, before, after)
    return Plan(old=old, new="", before=before, after=after, left=places)


def _place(analysis: Analysis, naming: Naming) -> Place:
    return Place(naming.source, analysis.sources[naming.source].position(naming.start), f"cite « {naming.text} »")


def _check_types(analysis: Analysis, namings: list[Naming], other: str) -> None:
    """Refuse a replacement that fields do not take."""
    page = analysis.graph.pages[other]
    misfits = [n for n in namings if n.field is not None and n.field.to and page.type.name not in n.field.to]
    selves = [n for n in namings if n.source == other and n.field is not None and not n.field.allows_self]
    if misfits or selves:
        places = tuple(_place(analysis, naming) for naming in (*misfits, *selves))
        raise Refused(f"ces champs ne peuvent pas citer « {other} » : corrigez-les d'abord à la main.", places)
