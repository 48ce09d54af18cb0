"""Giving a page another path: everything that named it names it still."""

import re
from collections.abc import Mapping
from posixpath import basename, dirname

from essaim.folding import fold, twin
from essaim.graph.files import is_hidden
from essaim.graph.names import NameIndex
from essaim.graph.naming import Form, Naming, namings_of
from essaim.pages.edit import add_value
from essaim.pages.page import Page, PageId
from essaim.pages.parse import page_id, parse_page
from essaim.schema.model import COVERS
from essaim.source import SourceFile, TextEdit
from essaim.views.model import page_name
from essaim.workspace.analysis import Analysis
from essaim.workspace.changes import Change
from essaim.workspace.incremental import is_page, update
from essaim.workspace.plan import Plan, Refused, doubtful, verify
from essaim.workspace.redirecting import redirected
from essaim.workspace.rewriting import made, move_edits, rename_edits

_FORBIDDEN = re.compile(r"[\\:*?\"<>|#^\[\]%{}&;]")
_MAX_NAME = 200
"""Bytes of a file name; disks take 255."""


def plan_rename(analysis: Analysis, old: str, new: str, *, forget: bool = False) -> Plan:
    """Return what renaming a page to a path changes; raise Refused if it cannot be, or would break anything.

    `forget` is whether nothing is to lead from the old name any more: neither another name nor a redirection.
    """
    check_readable(analysis, old)
    _check_new(analysis, old, new)
    page = analysis.graph.pages[old]
    source = analysis.sources[old]
    alias = () if forget else _alias_edits(analysis, page, new)
    moved, _ = parse_page(made(source, alias, new), page.type)
    names, _ = analysis.graph.names.replace([page], [moved])
    found = list(namings_of(analysis.graph, old))
    namings = by_source(analysis, [n for n in found if isinstance(n, Naming) and n.form is not Form.NAME])
    before, after = {old: source}, {}
    own = rename_edits(source, namings.pop(old, ()), moved, names, new)
    count, pages = len(own), int(bool(own))
    after[new] = made(source, [*own, *move_edits(analysis, page, new), *alias], new)
    for path, places in namings.items():
        edits = rename_edits(analysis.sources[path], places, moved, names, path)
        if edits:
            count, pages = count + len(edits), pages + 1
            before[path], after[path] = analysis.sources[path], made(analysis.sources[path], edits)
    add_redirections(analysis, old, None if forget else moved, names, before, after)
    verify(analysis, update(analysis, changes(after, old)), {old: new})
    left = doubtful(analysis, found, (page.id.id, old))
    return Plan(
        old=old,
        new=new,
        before=before,
        after=after,
        links=count,
        pages=pages,
        left=left,
        alias=page.id.id if alias else "",
    )


def check_readable(analysis: Analysis, path: str) -> None:
    """Raise Refused unless a page can be written anew."""
    if basename(path) in COVERS:
        raise Refused(f"« {path} » ouvre son dossier et porte son nom : elle se déplace ou se supprime à la main.")
    if analysis.sources[path].undecodable_at is not None:
        raise Refused(f"« {path} » n'est pas en UTF-8 : enregistrez-la d'abord avec ce codage.")


def changes(after: Mapping[str, SourceFile], gone: str) -> list[Change]:
    """Return the changes of a plan, for the analysis."""
    written = [Change(path=path, source=source) for path, source in after.items()]
    return [*written, Change(path=gone, exists=False)]


def add_redirections(
    analysis: Analysis,
    old: str,
    page: Page | None,
    names: NameIndex,
    before: dict[str, SourceFile],
    after: dict[str, SourceFile],
) -> None:
    """Add to a plan the file of redirections, if it changes."""
    known = analysis.redirections.source
    fresh = redirected(analysis, old, page, names)
    if fresh.text != known.text:
        after[known.path] = fresh
        if known.path in analysis.files:
            before[known.path] = analysis.sources[known.path]


def by_source(analysis: Analysis, namings: list[Naming]) -> dict[str, list[Naming]]:
    """Gather the places by file; files that are not UTF-8 are not written."""
    found: dict[str, list[Naming]] = {}
    for naming in namings:
        if analysis.sources[naming.source].undecodable_at is None:
            found.setdefault(naming.source, []).append(naming)
    return found


def _alias_edits(analysis: Analysis, page: Page, new: str) -> tuple[TextEdit, ...]:
    """Return the edit that makes the old id another name of the page; none where the name is free no longer."""
    old_id, new_id = page.id.id, page_id(new)
    field = page.type.fields.get(page.type.alias_field)
    taken = any(
        name.page.type == page.id.type and name.path != page.path
        for name in analysis.graph.names.by_key.get(fold(old_id), ())
    )
    if taken or fold(old_id) == fold(new_id) or field is None or not field.many:
        return ()
    return add_value(page.document, page.type.alias_field, old_id, after=page.type.title_field) or ()


def _check_new(analysis: Analysis, old: str, new: str) -> None:
    schema, page = analysis.schema, analysis.graph.pages[old]
    _check_name(new)
    if new == old:
        raise Refused(f"« {old} » porte déjà ce nom.")
    _check_folders(analysis, new)
    if is_hidden(new) or not is_page(new, schema, analysis.layout):
        raise Refused(f"« {new} » ne serait pas publiée : choisissez un dossier de fiches du wiki.")
    if schema.type_of(new) != page.type:
        there = schema.type_of(new)
        raise Refused(
            f"« {dirname(new)} » range des fiches de type « {there.name} », et celle-ci est de type "
            f"« {page.type.name} » : choisissez un dossier de son type. Pour changer de type, écrivez une nouvelle "
            "fiche avec « essaim new »."
        )
    taken = next((path for path in sorted(analysis.files) if path != old and twin(path) == twin(new)), None)
    if taken is not None:
        raise Refused(f"« {taken} » existe déjà : choisissez un autre nom.")
    wanted = PageId(page.type.name, page_id(new))
    same = next((p for p in analysis.graph.pages.values() if p.path != old and p.id == wanted), None)
    if same is not None and wanted != page.id:
        raise Refused(f"« {same.path} » a déjà l'identifiant « {wanted} » : choisissez un autre nom.")


def _check_folders(analysis: Analysis, new: str) -> None:
    """Refuse a folder that only case tells from one that is there: some disks hold them for one."""
    folders = {folder for path in analysis.files for folder in _above(path)}
    by_twin = {twin(folder): folder for folder in folders}
    for folder in _above(new):
        there = by_twin.get(twin(folder), folder)
        if folder not in folders and there != folder:
            raise Refused(f"le dossier s'écrit « {there} », et non « {folder} ».")


def _above(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def _check_name(new: str) -> None:
    *folders, name = new.split("/")
    stem = name.removesuffix(".md")
    fits = page_name(stem)
    is_reserved = name in COVERS or fits == f"{stem.casefold()}-fiche" or stem.casefold() in ("index", "readme")
    is_bad = not stem.isprintable() or _FORBIDDEN.search(stem) or stem.lower().endswith((".md", ".", " "))
    if is_reserved or is_bad or not stem or stem[0] in "._- " or len(name.encode()) > _MAX_NAME:
        raise Refused(f"une fiche ne peut pas s'appeler « {stem} » : essayez « {fits} ».")
    for folder in folders:
        if not folder.strip() or not folder.isprintable() or _FORBIDDEN.search(folder) or folder[-1] in ". ":
            raise Refused(
                f"un dossier ne peut pas s'appeler « {folder} » : gardez des lettres, des chiffres et « - »."
            )
