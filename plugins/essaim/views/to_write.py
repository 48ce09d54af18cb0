"""The page « À écrire »: what links ask for and nobody wrote."""

from essaim.views.fields import ShownValue
from essaim.views.listing import Cell, Listing, ListPage
from essaim.views.site import Site
from essaim.views.terms import undefined_acronyms
from essaim.views.wanted import LISTING, NAME, Wanted

_COLUMNS = ("Page à écrire", "Type probable", "Demandée par", "Commencer")


def wanted_page(site: Site) -> ListPage:
    """Return the list of the pages to write, the most wanted first."""
    found = {one.anchor: one for one in site.wanted.values()}
    pages = Listing(
        id=LISTING,
        title="Les pages demandées",
        intro="La page que le plus de fiches demandent vient en premier.",
        columns=_COLUMNS,
        rows=tuple(_row(one, site) for one in found.values()),
        anchors=tuple(found),
    )
    return ListPage(
        path=site.in_docs(f"{NAME}.md"),
        title="À écrire",
        intro="Un lien en rouge attend une page que personne n'a encore écrite. Commencez-la, même courte.",
        make=lambda: tuple(filter(None, (pages, undefined_acronyms(site)))),
        empty="Rien à écrire pour le moment : tous les liens mènent à une page.",
    )


def _row(wanted: Wanted, site: Site) -> tuple[Cell, ...]:
    pages = site.graph.pages
    return (
        (ShownValue(text=wanted.title),),
        (ShownValue(text=wanted.type.label_one),),
        tuple(ShownValue(text=pages[path].title, page=path) for path in wanted.pages),
        (_beginning(wanted, site),),
    )


def _beginning(wanted: Wanted, site: Site) -> ShownValue:
    if wanted.address:
        return ShownValue(text=f"Commencer « {wanted.title} »", address=wanted.address)
    if wanted.type.folder not in site.schema.by_folder:
        return ShownValue(text=f"créer le fichier {wanted.path}")
    title = wanted.title.replace("\\", "\\\\").replace('"', '\\"')
    return ShownValue(text=f'essaim new {wanted.type.name} "{title}"')
