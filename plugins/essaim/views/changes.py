"""The page of the last changes of the wiki."""

from collections.abc import Iterator
from typing import NamedTuple

from essaim.graph.files import is_hidden
from essaim.pages.history import Absence, Coverage, PageChange
from essaim.views.audience import Audience, sees_type
from essaim.views.fields import ShownValue
from essaim.views.history import day_of, subject_of, who_wrote
from essaim.views.listing import Cell, Listing, ListPage
from essaim.views.site import Site
from essaim.views.words import agree, capitalised

NAME = "changements"
"""Name of the page and of its feeds."""
_MOST = 50
_DONE = {"added": "créé", "changed": "modifié", "renamed": "déplacé", "removed": "retiré"}
_WHY = {
    Absence.NO_GIT: "Le programme git manque sur l'ordinateur qui publie ce wiki. Installez-le, puis publiez à "
    "nouveau : les changements seront ici.",
    Absence.NO_REPOSITORY: "Le dossier de ce wiki n'est pas suivi par git. Tapez « git init » dans ce dossier, "
    "enregistrez les pages, puis publiez à nouveau : les changements seront ici.",
    Absence.NO_COMMIT: "Aucune page n'est encore enregistrée dans git. Enregistrez-les (« git add », puis "
    "« git commit »), puis publiez à nouveau : les changements seront ici.",
    Absence.FAILED: "Le programme git n'a pas pu lire le passé de ce wiki. Le journal de publication dit pourquoi.",
}
_CUT = (
    "La copie du wiki qui a servi à publier ce site ne contient que les derniers changements : les plus anciens "
    "manquent. Pour les retrouver, publiez depuis une copie entière (« git fetch --unshallow »)."
)


class ShownChange(NamedTuple):
    """A change that the audience may know of: its page, or what was its path, and what was done (« Fiche créée »)."""

    change: PageChange
    page: ShownValue
    done: str


def recent_changes(site: Site) -> Iterator[ShownChange]:
    """Yield the last changes that the audience may know of; of pages that are no more, to members only."""
    found = 0
    for change in site.history.recent:
        page = site.graph.pages.get(change.path)
        if page is not None and site.sees(change.path):
            shown = ShownValue(text=page.title, page=change.path)
        elif page is None and change.kind == "removed" and _was_a_page(change.path, site):
            shown = ShownValue(text="".join(sign if sign.isprintable() else "�" for sign in change.path))
        else:
            continue
        page_type = site.schema.type_of(change.path)
        done = f"{capitalised(page_type.label_one)} {agree(_DONE[change.kind], page_type.gender)}"
        yield ShownChange(change, shown, done)
        found += 1
        if found == _MOST:
            return


def recent_page(site: Site) -> ListPage | None:
    """Return the page of the last changes, or of the reason why there are none; None when nobody read the past."""
    history, is_member = site.history, site.audience is Audience.MEMBERS
    if history.absence is Absence.UNREAD:
        return None
    rows = tuple(_row(shown, site) for shown in recent_changes(site))
    columns = ("Page", "Ce qui s'est passé", "Quand", "Par qui", *(("En quelques mots",) if is_member else ()))
    cut = _CUT if history.coverage is Coverage.SHALLOW else ""
    return ListPage(
        path=site.in_docs(f"{NAME}.md"),
        title="Changements récents",
        intro="",
        make=lambda: (
            Listing(id="derniers", title="Les derniers changements", intro=cut, columns=columns, rows=rows),
        ),
        empty=_WHY[history.absence]
        if history.absence
        else f"Aucun changement à montrer pour le moment. {cut}".strip(),
    )


def _row(shown: ShownChange, site: Site) -> tuple[Cell, ...]:
    revision = shown.change.revision
    cells = [shown.page, ShownValue(text=shown.done), ShownValue(text=day_of(revision))]
    cells.append(who_wrote(revision.author, site))
    if site.audience is Audience.MEMBERS:
        cells.append(ShownValue(text=subject_of(revision, site)))
    return tuple((cell,) for cell in cells)


def _was_a_page(path: str, site: Site) -> bool:
    """Whether a path that is no more was that of a page, for an audience that may read its name."""
    if site.audience is not Audience.MEMBERS or is_hidden(path) or site.departed.are_named(path):
        return False
    inside = site.docs_dir == "." or path.startswith(f"{site.docs_dir}/")
    page_type = site.schema.type_of(path)
    return sees_type(site.audience, page_type) and (inside or page_type is not site.schema.plain)
